"""A town in which friends are alike, and may influence each other or not."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...community import block_model
from ...community.word_of_mouth.influence import METHODS, Influence, influence
from ...counting import bincount
from ...elementary import power, whole_power
from ...rounding import solved
from ...streams import Seed, generator, spawn
from ..doubles import Doubles, same_surface
from ..town import Town


@dataclass(frozen=True)
class Tastes:
    """People of several tastes, tied mostly to their like; all numbers are assumptions.

    In the first period people adopt by their taste. In the second, those who have not adopt
    by their taste and, if there is influence, by each friend who has.

    Parameters
    ----------
    people : int
        How many; as many of each taste.
    tastes : int
        How many tastes, from the coolest to the keenest.
    ties_alike, ties_others : float
        Expected ties of a person to people of the same taste and to all others.
    early : float
        Share of all who adopt in the first period by themselves, above 0.
    keen : float
        How many times as often the keenest adopt in the first period as the coolest, from 1 up.
    later : float
        Share of people who adopt in the second period by themselves, at the mean taste.
    keen_later : float
        As `keen`, in the second period.
    influence : float
        Probability that one friend who has adopted convinces, from 0 up to 1.
    seen : float
        Share of people whose taste shows; the others show one drawn at random.
    encourage : float
        What an encouragement adds to the probability of adopting in the first period. Half of
        the town may be encouraged, a coin decides who of them is; the other half is watched.
    """

    people: int = 12_000
    tastes: int = 6
    ties_alike: float = 6.0
    ties_others: float = 2.0
    early: float = 0.12
    keen: float = 6.0
    later: float = 0.08
    keen_later: float = 6.0
    influence: float = 0.0
    seen: float = 0.6
    encourage: float = 0.5

    def __post_init__(self) -> None:
        """Check the ranges."""
        if self.tastes < 2 or self.people < 20 * self.tastes:
            raise ValueError(
                f"{self.people} people of {self.tastes} tastes: two tastes or more, and 20 people "
                "or more of each, are needed."
            )
        for name in ("influence", "seen", "encourage"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"{name} is {getattr(self, name)}, but must be from 0 to 1.")
        for name in ("keen", "keen_later"):
            if not getattr(self, name) >= 1:
                raise ValueError(f"{name} is {getattr(self, name)}, but must be 1 or above.")
        if not (self.first.max() + self.encourage <= 1 and self.second.max() <= 1):
            raise ValueError("the keenest would adopt more often than always: lower the rates.")
        if min(self.first.min(), self.second.min()) <= 0:
            raise ValueError("early and later must be above 0.")

    @property
    def first(self) -> NDArray[np.float64]:
        """Probability of adopting in the first period, by taste."""
        return _by_taste(self.early, self.keen, self.tastes)

    @property
    def second(self) -> NDArray[np.float64]:
        """Probability of adopting in the second period without friends, by taste."""
        return _by_taste(self.later, self.keen_later, self.tastes)

    def simulate(self, seed: Seed) -> Town:
        """Draw the town and what happened. Synthetic.

        Returns
        -------
        Town
            Of each person `taste`, `seen` (the taste that shows), `friends`, `may` (whether
            of the half that may be encouraged), `encouraged`, `early` (adopted in the first
            period), `adopted` (in the second; false for those who were early), `early_friends`.
        """
        ties, rest = generator(seed).spawn(2)
        sizes = np.full(self.tastes, self.people // self.tastes)
        sizes[: self.people % self.tastes] += 1
        town = block_model(sizes.tolist(), self.ties_alike, self.ties_others, seed=ties)
        taste, people = np.asarray(town.group), town.size
        seen = np.where(
            rest.random(people) < self.seen, taste, rest.integers(self.tastes, size=people)
        )
        may = rest.permutation(people) < people // 2
        encouraged = np.zeros(people, dtype=bool)
        asked = np.flatnonzero(may)
        encouraged[rest.permutation(asked)[: len(asked) // 2]] = True
        early = rest.random(people) < self.first[taste] + self.encourage * encouraged
        friends = bincount(town.sources, early[town.targets], minlength=people).astype(int)
        chance = 1 - (1 - self.second[taste]) * whole_power(1 - self.influence, friends)
        adopted = ~early & (rest.random(people) < chance)
        table = {
            "taste": taste,
            "seen": seen,
            "friends": town.degree,
            "may": may,
            "encouraged": encouraged,
            "early": early,
            "adopted": adopted,
            "early_friends": friends,
        }
        return Town(town, pd.DataFrame(table))

    def expected(self) -> pd.Series:
        """Give what the watched half shows in a very large town.

        Returns
        -------
        pandas.Series
            `adopted` (share of those not early who adopt in the second period), `naive`
            (slope of adopting on the number of early friends), `true` (what one more early
            friend adds, for those who have one or more, or none, as they are).

        Notes
        -----
        The number of early friends of a person of one taste is Poisson.
        """
        lively = self.first + 0.25 * self.encourage  # half may be encouraged, half of them are
        others = (lively.sum() - lively) / (self.tastes - 1)
        mean = self.ties_alike * lively + self.ties_others * others
        weight = (1 - self.first) / (1 - self.first).sum()
        q, own = 1 - self.influence, 1 - self.second
        no = own * np.exp(-mean * self.influence)
        adopted = weight @ (1 - no)
        ties = weight @ mean
        both = weight @ (mean - own * mean * q * np.exp(-mean * self.influence))
        variance = weight @ (mean + mean**2) - ties**2
        naive, true = (both - adopted * ties) / variance, self.influence * (weight @ no)
        return pd.Series({"adopted": adopted, "naive": naive, "true": true})


def taste_worlds(influence: float = 0.02, *, shuffle: Seed | None = None) -> Doubles[Tastes]:
    """Build a world in which friends influence each other, and its double of homophily alone.

    In both, the first period is the same, as many adopt in the second, and each early friend
    goes with as many more adopters. In the first this is influence; in the second, friends are
    alike. A coin that encourages people tells them apart.

    Parameters
    ----------
    influence : float
        Of the first world, above 0 and up to 0.03.
    shuffle : int or numpy.random.Generator, optional
        With a seed the worlds are called A and B and come in an order that the seed draws.

    Raises
    ------
    ValueError
        If no double with this surface exists.

    Examples
    --------
    >>> for name, world in taste_worlds().items():
    ...     print(name, world.expected().round(3).tolist())
    friends influence each other [0.086, 0.018, 0.018]
    friends are only alike [0.086, 0.018, 0.0]
    """
    first = Tastes(influence=influence, keen_later=1.0, later=0.05)
    wanted = first.expected()

    def made(at: NDArray[np.float64]) -> Tastes:
        later, more = float(np.exp(at[0])), float(np.exp(at[1]))
        return replace(first, influence=0.0, later=later, keen_later=1 + more)

    begin = np.log([wanted["adopted"], 4.0])
    surface = {name: wanted[name] for name in ("adopted", "naive")}
    found = same_surface(
        lambda at: made(at).expected(), begin, surface, of=f"influence={influence}"
    )
    alike = made(found)
    alike = replace(alike, later=solved(alike.later), keen_later=solved(alike.keen_later))
    return Doubles(
        first,
        alike,
        names=("friends influence each other", "friends are only alike"),
        reader=_read,
        shuffle=shuffle,
    )


def overstated(world: Tastes, sets: int, seed: Seed, level: float = 0.95) -> pd.DataFrame:
    """Say by how much each method errs in a world whose truth is known.

    Parameters
    ----------
    world : Tastes
        The world.
    sets : int
        Simulated towns, from 1 up.
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where the draws come from.
    level : float
        Confidence level.

    Returns
    -------
    pandas.DataFrame
        One row a method: `method`, `effect` (mean), `true`, `times` (effect by truth; infinite
        where there is none), `claims` (share of towns in which it says that friends influence
        each other), `covers` (share of intervals that hold the truth), `sets`.
    """
    if sets < 1:
        raise ValueError(f"sets is {sets!r}, but must be a whole number from 1 up.")
    found = [influence(*world.simulate(rng), level).estimates for rng in spawn(seed, sets)]
    true = float(world.expected()["true"])
    rows = []
    for k, method in enumerate(METHODS):
        one = pd.DataFrame([table.iloc[k] for table in found])
        effect = float(one["effect"].mean())
        claims, covers = one["lower"] > 0, (one["lower"] <= true) & (true <= one["upper"])
        times = effect / true if true else np.inf
        rows.append((method, effect, true, times, float(claims.mean()), float(covers.mean()), sets))
    columns = ["method", "effect", "true", "times", "claims", "covers", "sets"]
    return pd.DataFrame(rows, columns=columns)


def _read(drawn: Town) -> Influence:
    """Read what a town of tastes simulates."""
    return influence(*drawn)


def _by_taste(mean: float, keen: float, tastes: int) -> NDArray[np.float64]:
    steps = power(keen, np.linspace(0, 1, tastes))
    return mean * steps / steps.mean()
