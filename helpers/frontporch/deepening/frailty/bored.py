"""The bored leave early, and those who stay look fast."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from ...rounding import as_given, solved
from ...stats.intervals import difference
from ...streams import Seed, generator
from ..estimate import fit
from ..ladder import Ladder
from ..spells import reach, read_spells
from .simulation import climb
from .worlds import STEP, HiddenWorld, Reading

LOSS = ("stranger", "lost")


def early_exit(
    pairs: int = 2_000,
    hazard_ratio: float = 1.4,
    *,
    bored: float = 0.5,
    dullness: float = 0.2,
    rate: float = 0.10,
    loss: float = 0.06,
    week: float = 26.0,
) -> tuple[HiddenWorld, HiddenWorld]:
    """Build a world in which online deepens faster, and one in which the bored leave it early.

    In both the first step is taken as often by week online, among those who are still there. In
    the second nobody is faster online: the bored, who would hardly ever have taken the step,
    are gone sooner, and those who stay are the keen.

    Parameters
    ----------
    pairs : int
        Strangers who set out, half in each channel.
    hazard_ratio : float
        How many times faster everybody is online in the first world, from 1 up.
    bored : float
        Share of strangers who are bored.
    dullness : float
        Their rate of the first step, as a share of the others'.
    rate, loss : float
        Rates per week of the first step and of being lost, of a keen stranger offline.
    week : float
        By when the right reading counts who took the step, of all who set out.

    Returns
    -------
    tuple of HiddenWorld
        The world in which the claim holds, and the one in which it fails. The truth is the
        difference, online less offline, in the share that took the step by the week.

    Raises
    ------
    ValueError
        If no early exit, however fast, makes as much of a difference.

    Examples
    --------
    >>> true, false = early_exit()
    >>> round(false.parameters["sooner"], 1), round(true.truth, 3), round(false.truth, 3)
    (2.6, 0.074, -0.054)
    """
    from scipy import optimize

    given = {"bored": bored, "dullness": dullness, "rate": rate, "loss": loss}
    goal = _average_rate(hazard_ratio, 1.0, **given)

    def short(sooner: float) -> float:
        return _average_rate(1.0, sooner, **given) - goal

    most = 1e4
    if hazard_ratio < 1 or short(most) < 0:
        raise ValueError(
            f"hazard_ratio is {hazard_ratio}: even if all the bored left at once, those who stay "
            "would not look that much faster. Take a smaller one, from 1 up, or more bored."
        )
    sooner = solved(optimize.brentq(short, 1.0, most, xtol=1e-10))
    claim = "Online, strangers become acquaintances faster."

    def world(name: str, holds: bool, ratio: float, sooner: float) -> HiddenWorld:
        truth = _reached(ratio, sooner, week, **given) - _reached(1.0, 1.0, week, **given)
        return HiddenWorld(
            name,
            claim,
            holds,
            truth,
            leave_early,
            {"pairs": pairs, "hazard_ratio": ratio, "sooner": sooner, **given},
            _rate_reading,
            lambda spells: _reach_reading(spells, week),
        )

    return (
        world("the claim holds", True, hazard_ratio, 1.0),
        world("the claim fails", False, 1.0, sooner),
    )


def leave_early(
    pairs: int,
    hazard_ratio: float,
    sooner: float,
    bored: float,
    dullness: float,
    rate: float,
    loss: float,
    seed: Seed,
    *,
    weeks: float = 104.0,
) -> pd.DataFrame:
    """Draw first steps and losses of keen and bored strangers.

    Parameters
    ----------
    pairs : int
        Half of them in each channel.
    hazard_ratio : float
        How many times faster the step is online, for everybody.
    sooner : float
        How many times faster the bored are lost online.
    bored, dullness, rate, loss
        As in `early_exit`.
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where the draws come from.
    weeks : float
        How long each pair is observed.

    Returns
    -------
    pandas.DataFrame
        A spells table with `bored`, which no log would show.
    """
    rng = generator(seed)
    channel = np.arange(pairs) % 2
    dull = rng.random(pairs) < bored
    offline = {STEP: rate, LOSS: loss}
    ladder = Ladder({"offline": offline, "online": {STEP: rate * hazard_ratio, LOSS: loss}})
    spells = climb(
        ladder,
        channel,
        weeks,
        rng,
        {STEP: np.where(dull, dullness, 1.0), LOSS: np.where(dull & (channel == 1), sooner, 1.0)},
    )
    return spells.assign(bored=dull[spells["pair"].to_numpy()])


def _kinds(ratio: float, sooner: float, bored: float, dullness: float, rate: float, loss: float):
    """Share, rate of the step and rate of loss of the keen and of the bored."""
    return ((1 - bored, rate * ratio, loss), (bored, rate * ratio * dullness, loss * sooner))


def _average_rate(ratio: float, sooner: float, **given: float) -> float:
    kinds = _kinds(ratio, sooner, **given)
    weeks = [share / (up + out) for share, up, out in kinds]
    return sum(w * up for w, (_, up, _) in zip(weeks, kinds, strict=True)) / sum(weeks)


def _reached(ratio: float, sooner: float, week: float, **given: float) -> float:
    return sum(
        share * up / (up + out) * -math.expm1(-(up + out) * week)
        for share, up, out in _kinds(ratio, sooner, **given)
    )


def _rate_reading(spells: pd.DataFrame) -> Reading:
    logs = {}
    for name, group in fit(spells, by="channel").groups.items():
        row = group.rates.set_index(["stage", "next_stage"]).loc[STEP]
        logs[name] = tuple(np.log(row[["rate", "lower", "upper"]].to_numpy(float)))
    found = np.exp(difference(logs["online"], logs["offline"]))
    return ("ratio of rates of those still there", *map(float, found))


def _reach_reading(spells: pd.DataFrame, week: float) -> Reading:
    found = {
        name: reach(one, STEP[1]).share(STEP[1], week)
        for name, one in read_spells(spells, "channel").items()
    }
    return (
        f"difference of all who set out, reached by week {as_given(week)}",
        *difference(found["online"], found["offline"]),
    )
