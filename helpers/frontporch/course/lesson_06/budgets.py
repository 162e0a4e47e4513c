"""Join in or push at equal cost: incremental adopters by budget and by how it is split."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd

from ...community import simulate
from ...community.spread.contagion import Spread
from ...stats.intervals import normal_quantile
from ...streams import Seed, root_key
from ..findings import Findings
from .contact import KINDS
from .contact_world import ContactWorld

WAYS = {"join in": 1.0, "half and half": 0.5, "push": 0.0}


@dataclass(frozen=True, eq=False)
class ByBudget(Findings):
    """Who adopts only because of the money, by budget and by way; see `by_budget`."""

    PICTURES: ClassVar[Mapping[str, str]] = {
        "adopters": "frontporch.course.lesson_06.pictures:plot_adopters_by_budget",
        "who brought": "frontporch.course.lesson_06.pictures:plot_who_brought",
    }


def by_budget(
    world: ContactWorld,
    budgets: Sequence[float],
    seed: Seed,
    *,
    ways: Mapping[str, float] | None = None,
    runs: int = 100,
    level: float = 0.95,
) -> ByBudget:
    """Count who adopts only because of the money, for several budgets and splits.

    Parameters
    ----------
    world : ContactWorld
        The community, the shop and the prices.
    budgets : sequence of float
        Money per week, from 0 up.
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where the draws come from. Every budget and split meets the same community and tosses
        the same coins.
    ways : mapping of str to float, optional
        Share of the money that goes into replies, by name; joining in, half and half, and
        pushing if not given.
    runs : int
        Runs behind each row, from 2 up.
    level : float
        Confidence level.

    Returns
    -------
    ByBudget
        Its table has one row a budget and way: `budget`, `way`, `join`, `replies` (per week),
        `boosted` (posts per person and week), `adopters` (incremental, mean over runs) with
        `lower` and `upper`, `money` (per incremental adopter; missing where there is none), and
        who brought all adopters: `by themselves`, `user talk`, `shop as a member`,
        `boosted posts`. Pictures: "adopters", and "who brought" them at one `budget`.

    Raises
    ------
    ValueError
        If a budget or share is out of range, or there are no runs.

    Examples
    --------
    >>> found = by_budget(ContactWorld(people=300, weeks=8), [20], seed=7, runs=20)
    >>> found.summary()["way"].tolist()
    ['join in', 'half and half', 'push']
    """
    if isinstance(runs, bool) or runs < 2:
        raise ValueError(f"runs is {runs!r}, but must be a whole number from 2 up.")
    width = normal_quantile(level) / np.sqrt(runs)
    first = int(root_key(seed)) if isinstance(seed, np.random.Generator) else seed
    town = world.community(first)

    def adopters(budget: float, join: float) -> Spread:
        rule = world.rule(budget, join)
        return simulate(town, [], rule, runs, first, steps=world.weeks)

    nothing = adopters(0.0, 1.0)
    rows = []
    for budget in budgets:
        for way, join in (ways or WAYS).items():
            found = adopters(budget, join)
            more = found.sizes - nothing.sizes
            error = width * more.std(ddof=1)
            replies, boosted = world.bought(budget, join)
            mean = more.mean()
            row = {
                "budget": budget,
                "way": way,
                "join": join,
                "replies": replies,
                "boosted": boosted,
                "adopters": mean,
                "lower": mean - error,
                "upper": mean + error,
                "money": budget * world.weeks / mean if mean > 0 else np.nan,
            }
            rows.append(row | {kind: found.carried[kind] for kind in KINDS})
    return ByBudget(pd.DataFrame(rows))
