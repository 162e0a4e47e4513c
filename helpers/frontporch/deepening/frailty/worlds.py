"""Two worlds that look alike: hidden speed behind a ratio, and lively people who choose online."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from ...counting import repeat
from ...elementary import expm1
from ...rounding import as_given, solved
from ...streams import Seed, generator
from ..hazards import hazard_ratios
from ..ladder import Ladder
from .estimate import fit_frailty
from .mechanism import attenuated, checked_variance, cox_limit, gamma_frailty, marginal_survival
from .simulation import climb, simulate_people
from .within import within_person

STEP = ("stranger", "acquaintance")
Reading = tuple[str, float, float, float]


@dataclass(frozen=True)
class HiddenWorld:
    """A world in which people differ in what nobody sees.

    Parameters
    ----------
    name : str
        What this world is called.
    claim : str
        The claim, in a sentence.
    claim_holds : bool
        Whether it is true in this world.
    truth : float
        What the right reading should find.
    draw : callable
        A function of the parameters and a seed that gives a spells table.
    parameters : mapping of str to float
        What `draw` is called with.
    naive, right : callable
        From a spells table to a reading: what was read, its value and its interval.
    """

    name: str
    claim: str
    claim_holds: bool
    truth: float
    draw: Callable[..., pd.DataFrame]
    parameters: Mapping[str, float]
    naive: Callable[[pd.DataFrame], Reading]
    right: Callable[[pd.DataFrame], Reading]

    def __post_init__(self) -> None:
        """Freeze the parameters."""
        object.__setattr__(self, "parameters", MappingProxyType(dict(self.parameters)))

    def simulate(self, seed: Seed) -> pd.DataFrame:
        """Draw the spells of this world; synthetic by construction."""
        return self.draw(**self.parameters, seed=seed)

    def readings(self, spells: pd.DataFrame) -> pd.DataFrame:
        """Read a table the naive way and the right way.

        Parameters
        ----------
        spells : pandas.DataFrame
            Spells as this world's `simulate` gives them.

        Returns
        -------
        pandas.DataFrame
            Rows "naive" and "right": `reads`, `value`, `lower`, `upper`.
        """
        rows = [self.naive(spells), self.right(spells)]
        columns = ["reads", "value", "lower", "upper"]
        return pd.DataFrame(rows, columns=columns, index=pd.Index(["naive", "right"], name="way"))


def hidden_speed(
    people: int = 600, hazard_ratio: float = 2.0, variance: float = 1.0
) -> tuple[HiddenWorld, HiddenWorld]:
    """Build a world in which online is that much faster for everybody, and its double.

    In both Cox's model, which knows of no hidden differences, finds the same ratio. In the
    first people differ, so that it finds too little; in the second they are alike, and it is
    right: online is not as much faster as claimed.

    Parameters
    ----------
    people : int
        How many, half of them in each channel; each gets to know two shops.
    hazard_ratio : float
        How many times faster one and the same person takes the first step online, as claimed.
    variance : float
        θ of the hidden differences in the first world.

    Returns
    -------
    tuple of HiddenWorld
        The world in which the claim holds, and the one in which it fails.

    Examples
    --------
    >>> true, false = hidden_speed()
    >>> round(false.parameters["hazard_ratio"], 2), false.parameters["variance"]
    (1.51, 0.0)
    """
    weak = solved(attenuated(hazard_ratio, variance))
    claim = f"Online makes one and the same person {as_given(hazard_ratio)} times as fast."
    return tuple(
        HiddenWorld(
            name,
            claim,
            holds,
            ratio,
            meet_shops,
            {"people": people, "hazard_ratio": ratio, "variance": theta},
            _cox_reading,
            _frailty_reading,
        )
        for name, holds, ratio, theta in (
            ("the claim holds", True, hazard_ratio, variance),
            ("the claim fails", False, weak, 0.0),
        )
    )


def meet_shops(
    people: int,
    hazard_ratio: float,
    variance: float,
    seed: Seed,
    *,
    shops: int = 2,
    rate: float = 0.1,
    weeks: float = 30.0,
) -> pd.DataFrame:
    """Draw the first steps of people who get to know shops, all online or all offline.

    Parameters
    ----------
    people : int
        How many, half in each channel.
    hazard_ratio : float
        Online by offline, for one and the same person.
    variance : float
        θ of the hidden differences.
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where the draws come from.
    shops : int
        How many each gets to know.
    rate : float
        Hazard of the step per week, offline, of a person of liveliness 1.
    weeks : float
        How long each pair is observed.

    Returns
    -------
    pandas.DataFrame
        A spells table with `person` and `liveliness`.
    """
    ladder = Ladder({"offline": {STEP: rate}, "online": {STEP: rate * hazard_ratio}})
    return simulate_people(ladder, people, weeks, seed, frailty=variance, pairs_each=shops)


def _cox_reading(spells: pd.DataFrame) -> Reading:
    row = hazard_ratios(spells, *STEP, reference="offline").iloc[0]
    return ("hazard ratio, Cox", row["hazard_ratio"], row["lower"], row["upper"])


def _frailty_reading(spells: pd.DataFrame) -> Reading:
    row = fit_frailty(spells, person="person", reference="offline").table.iloc[0]
    return ("hazard ratio, gamma frailty", row["hazard_ratio"], row["lower"], row["upper"])


def chosen_channel(
    people: int = 600, variance: float = 0.5, *, rate: float = 0.1, weeks: float = 30.0
) -> tuple[HiddenWorld, HiddenWorld]:
    """Build a world in which online makes people faster, and one in which the fast go online.

    In both Cox's model finds the same ratio. In the first a coin decides where a person meets a
    shop. In the second nobody is faster online: the livelier a person, the more of the shops
    are met online.

    Parameters
    ----------
    people : int
        How many; each gets to know four shops.
    variance : float
        θ of the hidden differences, above 0.
    rate : float
        Hazard of the first step per week of a person of liveliness 1.
    weeks : float
        How long each pair is observed.

    Returns
    -------
    tuple of HiddenWorld
        The world in which the claim holds, and the one in which it fails.

    Notes
    -----
    A person of liveliness z meets a shop online with probability 1 − exp(−az), with a such that
    half of all are. Shares still waiting are then differences of Laplace transforms of the
    gamma distribution, and the naive ratio has a limit in closed form up to quadrature.

    Examples
    --------
    >>> true, false = chosen_channel()
    >>> round(true.truth, 2), false.truth
    (2.16, 1.0)
    """
    from scipy import optimize

    if checked_variance(variance) == 0:
        raise ValueError("the variance is 0: people who are alike cannot choose by liveliness.")
    pull = (2**variance - 1) / variance

    def waiting(time: np.ndarray, more: float) -> tuple[np.ndarray, np.ndarray]:
        """E exp(−z(λt + more)) and the rate at which it falls."""
        summed = rate * time + more
        left = marginal_survival(summed, 1.0, variance)
        return left, rate * left / (1 + variance * summed)

    def online(time: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        whole, offline = waiting(time, 0.0), waiting(time, pull)
        return whole[0] - offline[0], whole[1] - offline[1]

    naive = cox_limit(lambda time: waiting(time, pull), online, weeks)
    log_ratio = optimize.brentq(
        lambda b: attenuated(np.exp(b), variance, rate=rate, weeks=weeks) - naive, 0.0, 5.0
    )
    ratio = solved(np.exp(log_ratio))
    claim = "Online makes one and the same person faster."
    shared = {"people": people, "variance": variance, "rate": rate, "weeks": weeks}
    return (
        HiddenWorld(
            "the claim holds",
            claim,
            True,
            ratio,
            choose_channels,
            {**shared, "hazard_ratio": ratio, "pull": 0.0},
            _cox_reading,
            _within_reading,
        ),
        HiddenWorld(
            "the claim fails",
            claim,
            False,
            1.0,
            choose_channels,
            {**shared, "hazard_ratio": 1.0, "pull": pull},
            _cox_reading,
            _within_reading,
        ),
    )


def choose_channels(
    people: int,
    hazard_ratio: float,
    pull: float,
    variance: float,
    seed: Seed,
    *,
    shops: int = 4,
    rate: float = 0.1,
    weeks: float = 30.0,
) -> pd.DataFrame:
    """Draw the first steps of people who meet each of several shops online or offline.

    Parameters
    ----------
    people : int
        How many.
    hazard_ratio : float
        Online by offline, for one and the same person.
    pull : float
        a: a person of liveliness z meets a shop online with probability 1 − exp(−az); 0 lets a
        coin decide.
    variance : float
        θ of the hidden differences.
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where the draws come from.
    shops : int
        How many each gets to know.
    rate, weeks : float
        As in `chosen_channel`.

    Returns
    -------
    pandas.DataFrame
        A spells table with `person` and `liveliness`.
    """
    rng = generator(seed)
    lively = repeat(gamma_frailty(people, variance, rng), shops)
    chance = -expm1(-pull * lively) if pull > 0 else np.full(len(lively), 0.5)
    channel = (rng.random(len(lively)) < chance).astype(int)
    ladder = Ladder({"offline": {STEP: rate}, "online": {STEP: rate * hazard_ratio}})
    spells = climb(ladder, channel, weeks, rng, {STEP: lively})
    who = spells["pair"].to_numpy()
    return spells.assign(person=who // shops, liveliness=lively[who])


def _within_reading(spells: pd.DataFrame) -> Reading:
    row = within_person(spells, *STEP, reference="offline").iloc[0]
    return ("hazard ratio within a person", row["hazard_ratio"], row["lower"], row["upper"])
