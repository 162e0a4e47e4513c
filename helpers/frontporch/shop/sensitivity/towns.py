"""Towns in which every factor is varied by itself: the design from which indices are counted."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from ...counting import repeat
from ...streams import coins, root_key, run_keys
from ..parameters import whole
from .factors import topics

PLACES = 4
"""Digits of a place: so that a table of them says them in full."""


def worlds(
    base: int | pd.DataFrame, groups: Mapping[str, str] | None = None, *, seed: int = 7
) -> pd.DataFrame:
    """Give the towns of a Sobol design, each a place for every factor.

    Parameters
    ----------
    base : int or pandas.DataFrame
        How many pairs of base towns are drawn; more pairs keep the first ones. Or the base towns
        themselves: the first of each pair, and then their partners.
    groups : mapping of str to str, optional
        By factor, the group with which it is varied; without it the topics of `describe`. A group
        for each factor needs many more towns.
    seed : int
        Where base towns come from.

    Returns
    -------
    pandas.DataFrame
        One row a town and one column a factor, with places from 0 to 1. After the first town of a
        pair come its copies, in which one group after the other has the places that it has in the
        partner; then the partner.

    Notes
    -----
    The order is that of SALib, whose indices `fit` gives. The base towns are independent coins,
    cut to four digits. A Sobol sequence is not used: within its first 32 points, two of a hundred
    factors often lie in the same halves of their ranges in all towns, so that no table of these
    towns can tell them apart. Source: Saltelli, Annoni, Azzini, Campolongo, Ratto & Tarantola
    (2010), Computer Physics Communications 181:259-270.

    Examples
    --------
    >>> design = worlds(2, {"a": "first", "b": "second", "c": "second"})
    >>> len(design)
    8
    >>> design["a"].iloc[1] == design["a"].iloc[3], design["b"].iloc[1] == design["b"].iloc[0]
    (np.True_, np.True_)
    """
    of = topics() if groups is None else dict(groups)
    wanted = list(of)
    if not isinstance(base, pd.DataFrame):
        base = _drawn(whole(base, "base", 1), wanted, seed)
    if len(base) % 2 or list(base.columns) != wanted:
        raise ValueError(
            f"base has {len(base)} rows and {len(base.columns)} columns, but has the first towns "
            f"of all pairs and then their partners, with a column for each of the {len(wanted)} "
            "factors, in their order."
        )
    half, names = len(base) // 2, list(dict.fromkeys(of.values()))
    first, second = base.to_numpy(float)[:half], base.to_numpy(float)[half:]
    rows = repeat(first[:, None, :], len(names) + 2, axis=1)
    for place, name in enumerate(names, start=1):
        moved = [one == name for one in of.values()]
        rows[:, place, moved] = second[:, moved]
    rows[:, -1] = second
    return pd.DataFrame(rows.reshape(-1, len(wanted)), columns=wanted)


def _drawn(pairs: int, names: list[str], seed: int) -> pd.DataFrame:
    """Draw the first towns of all pairs, and then their partners; more pairs keep the first."""
    each = run_keys(root_key(seed), range(pairs))
    rows = np.stack([coins(key, run_keys(key, range(2 * len(names)))) for key in each])
    base = np.concatenate([rows[:, : len(names)], rows[:, len(names) :]])
    return pd.DataFrame(np.floor(base * 10**PLACES) / 10**PLACES, columns=names)
