"""Four shops that do the same all year: how far luck alone drives them apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from ... import shop
from ..findings import Findings

TOWN = 8
"""Seed of the town in which the lesson shows what luck is."""
SHOPS, WEEKS, A_ROUND = 4, 48, 4
SPREAD = (0, 400, 700, 950, 1_300, 1_650, 2_000, 2_500, 3_050, 3_650, 4_250, 4_900, 5_600)
"""Dollars (standard deviation) by which luck spreads one of four usual shops, after each round of
four weeks; measured in the towns of seeds 1 to 40, and rounded."""


@dataclass(frozen=True, eq=False)
class EqualShops(Findings):
    """Cash of equal shops, week by week; see `equal_shops`."""

    PICTURES: ClassVar[Mapping[str, str]] = {
        "cash": "frontporch.course.lesson_10.pictures:plot_equal_shops"
    }

    @property
    def gap(self) -> float:
        """Dollars between the richest and the poorest shop at the end."""
        last = self.table[self.table["week"] == self.table["week"].max()]["cash"]
        return float(last.max() - last.min())


def equal_shops(seed: int = TOWN, weeks: int = WEEKS) -> EqualShops:
    """Play four shops that do exactly the same among the same people.

    Parameters
    ----------
    seed : int
        Where the town and its luck come from.
    weeks : int
        From 1 up.

    Returns
    -------
    EqualShops
        Its table has one row a week and shop: `week`, `shop` (from 1), `cash` in dollars.

    Examples
    --------
    >>> found = equal_shops(weeks=2)
    >>> found.summary().shape, found.gap > 0
    ((8, 3), True)
    """
    year = shop.simulate(shop.World.drawn(seed), ("usual",) * SHOPS, weeks, seed=seed)
    table = year.weeks[["week", "shop", "cash"]].copy()
    table["shop"] += 1
    table["cash"] /= 100
    return EqualShops(table)


def spread(weeks: float) -> float:
    """Give the dollars by which luck spreads one shop (one standard deviation), by weeks.

    Examples
    --------
    >>> spread(48), spread(46)
    (5600.0, 5250.0)
    """
    return float(np.interp(weeks, A_ROUND * np.arange(len(SPREAD)), SPREAD))


def measured(seeds: range) -> NDArray[np.float64]:
    """Measure `SPREAD` anew: dollars after each round, over the towns of some seeds."""
    found = []
    for seed in seeds:
        table = equal_shops(seed).table.pivot(index="week", columns="shop", values="cash")
        found.append(table.loc[A_ROUND::A_ROUND].to_numpy().var(axis=1, ddof=1))
    return np.sqrt(np.mean(found, axis=0))
