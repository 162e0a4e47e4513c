"""Three ways to be praised, held against doing nothing: letters, open reviews, regulars asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from ...streams import generator
from ..findings import Findings
from .shop import Praise, newcomers

WAYS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "as now": MappingProxyType({}),
        "picked letters": MappingProxyType({"readers": 100}),
        "open reviews": MappingProxyType({"strangers": 20.0}),
        "regulars asked": MappingProxyType({"regulars": 10}),
    }
)
"""What each way changes. Reach and worth are assumed; the prices of the ways are left out."""

AS_NOW = Praise(strangers=0.0, regulars=5)


@dataclass(frozen=True, eq=False)
class Ways(Findings):
    """How many newcomers each way brings; see `ways`."""

    PICTURES: ClassVar[Mapping[str, str]] = {
        "newcomers": "frontporch.course.lesson_05.pictures:plot_ways",
        "by share": "frontporch.course.lesson_05.pictures:plot_ways_by_share",
    }


@lru_cache
def _drawn(praise: Praise, towns: int, runs: int, seed: int) -> NDArray[np.int64]:
    draws = [newcomers(praise.simulate(runs, one)) for one in generator(seed).spawn(towns)]
    return np.concatenate(draws)


def ways(
    disappointed: float | Sequence[float] = 0.1,
    blame: float = 2.0,
    *,
    towns: int = 8,
    runs: int = 150,
    seed: int = 7,
) -> Ways:
    """Compare the ways by how many newcomers they bring.

    Parameters
    ----------
    disappointed : float or sequence of float
        Share of customers who are disappointed, from 0 to 1.
    blame : float
        Words of praise that one word of blame undoes, from 1 up.
    towns, runs : int
        Towns drawn for each way, and runs in each.
    seed : int
        Where they come from.

    Returns
    -------
    Ways
        Its table has one row a way and share: `way`, `disappointed`, `newcomers` (mean of all
        runs), `lower`, `upper` (the middle eight in ten runs). Pictures: "newcomers" for one
        share, and "by share" for several.

    Examples
    --------
    >>> ways(0.1, towns=1, runs=20).summary()["way"].tolist()
    ['as now', 'picked letters', 'open reviews', 'regulars asked']
    """
    import pandas as pd

    rows = []
    for share in np.atleast_1d(disappointed):
        for way, change in WAYS.items():
            one = replace(AS_NOW, disappointed=float(share), blame=float(blame), **change)
            found = _drawn(one, towns, runs, seed)
            rows.append((way, float(share), found.mean(), *np.quantile(found, [0.1, 0.9])))
    columns = ["way", "disappointed", "newcomers", "lower", "upper"]
    return Ways(pd.DataFrame(rows, columns=columns))
