"""Two worlds of letters: strangers convince, or taste alone buys; the same surface."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from ...counting import bincount
from ...rounding import solved
from ...streams import Seed, generator
from ..doubles import Doubles
from .stranger_world import StrangerWorld, contacts_among, read_letters

REFERENCE = 1_955
"""Seed of the towns in which the surface of a world is worked out."""
TOWNS = 40


def worlds(convinced: float = 0.02, *, shuffle: Seed | None = None) -> Doubles[StrangerWorld]:
    """Build a world in which strangers convince, and its double in which taste alone does.

    In both, people tied online to a customer buy more often than others, by the same shares, and
    purchases grow from week to week alike: a reader of the table would say that letters of
    strangers spread. In the second nobody convinces
    anybody; those who are tied online share a taste, and the taste buys. Where the taste was
    recorded, comparing like with like tells them apart; the coin, which had half of the letters
    shown, always does.

    Parameters
    ----------
    convinced : float
        Probability per week that one letter convinces, in the first world: above 0 up to 0.05.
    shuffle : int, numpy.random.SeedSequence or numpy.random.Generator, optional
        With a seed the worlds are called A and B and come in an order that the seed draws.

    Returns
    -------
    Doubles of StrangerWorld

    Raises
    ------
    ValueError
        If no double without contagion has this surface.

    Examples
    --------
    >>> [world.convinced for world in worlds().values()]
    [0.02, 0.0]
    """
    if not 0 < convinced <= 0.05:
        raise ValueError(f"convinced is {convinced!r}, but must be above 0 up to 0.05.")
    first = StrangerWorld(convinced=float(convinced))
    alone, season = _by_taste(first)
    second = replace(first, convinced=0.0, alone=alone, season=season, claim_holds=False)
    return Doubles(
        first,
        second,
        names=("strangers convince", "taste alone"),
        reader=read_letters,
        shuffle=shuffle,
    )


@lru_cache(maxsize=16)
def _by_taste(world: StrangerWorld) -> tuple[tuple[float, float], tuple[float, ...]]:
    """Give rates by taste, and the season, at which as many buy as in a world with contagion.

    As many of those tied to a customer, as many of the others, and as many in each week.
    """
    from scipy.optimize import brentq

    bought, count, tasteful = np.zeros(2), np.zeros(2), np.zeros(2)
    weekly = np.zeros(world.weeks)
    for rng in generator(REFERENCE).spawn(TOWNS):
        found = world.simulate(rng)
        table = found.people[~found.people["customer"]]
        tied = contacts_among(found.community, found.people["customer"].to_numpy())[table.index] > 0
        buys = table["bought"].to_numpy(bool)
        for k in (0, 1):
            count[k] += (tied == k).sum()
            bought[k] += buys[tied == k].sum()
            tasteful[k] += table["taste"].to_numpy()[tied == k].sum()
        weeks = table["week"].dropna().to_numpy(np.int64)
        weekly += bincount(weeks, minlength=world.weeks + 1)[1:]
    mixture = np.column_stack([1 - tasteful / count, tasteful / count])
    within = np.linalg.solve(mixture, bought / count)
    if not ((within >= 0) & (within < 1)).all():
        raise ValueError(
            f"taste alone cannot make as much of a difference as convinced={world.convinced}: "
            "take a smaller one."
        )
    people = np.array([(count - tasteful).sum(), tasteful.sum()])
    total = -np.log1p(-within)  # hazard over all weeks

    def sold(share: float) -> float:
        return float(people @ -np.expm1(-total * share))

    upto = [brentq(lambda c, goal=goal: sold(c) - goal, 0, 2) for goal in np.cumsum(weekly)]
    season = np.diff(upto, prepend=0.0) * world.weeks
    rates = -np.expm1(-total / world.weeks)
    return (solved(rates[0]), solved(rates[1])), tuple(map(solved, season))
