"""Towns in which every factor is varied by itself: the design from which indices are counted."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from ...groups import needs
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
        How many pairs of base towns are drawn, a power of 2. Or the base towns themselves: the
        first of each pair, and then their partners.
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
    The base is SALib's scrambled Sobol sequence, cut to four digits. Source: Saltelli, Annoni,
    Azzini, Campolongo, Ratto & Tarantola (2010), Computer Physics Communications 181:259-270.

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
        base = _drawn(whole(base, "base", 2), wanted, seed)
    if len(base) % 2 or list(base.columns) != wanted:
        raise ValueError(
            f"base has {len(base)} rows and {len(base.columns)} columns, but has the first towns "
            f"of all pairs and then their partners, with a column for each of the {len(wanted)} "
            "factors, in their order."
        )
    half, names = len(base) // 2, list(dict.fromkeys(of.values()))
    first, second = base.to_numpy(float)[:half], base.to_numpy(float)[half:]
    rows = np.repeat(first[:, None, :], len(names) + 2, axis=1)
    for place, name in enumerate(names, start=1):
        moved = [one == name for one in of.values()]
        rows[:, place, moved] = second[:, moved]
    rows[:, -1] = second
    return pd.DataFrame(rows.reshape(-1, len(wanted)), columns=wanted)


def _drawn(half: int, names: list[str], seed: int) -> pd.DataFrame:
    if half & (half - 1):
        raise ValueError(f"base is {half}, but is a power of 2, such as {2 ** half.bit_length()}.")
    with needs("A design of many towns"):
        from SALib.sample import sobol
    bounds = [[0.0, 1.0]] * len(names)
    problem = {"num_vars": len(names), "names": names, "bounds": bounds}
    rows = sobol.sample(problem, half, calc_second_order=False, seed=seed)
    step = len(names) + 2
    base = np.concatenate([rows[::step], rows[step - 1 :: step]])
    cut = np.floor(base * 10**PLACES) / 10**PLACES
    return pd.DataFrame(cut, columns=names)
