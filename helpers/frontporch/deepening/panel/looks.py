"""From spells to snapshots: what somebody sees who looks at a pair now and then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from ...citing import cited
from ...counting import repeat
from ...rounding import as_given
from ..spells import read_spells


@cited
def snapshots(
    spells: pd.DataFrame,
    every: float | Mapping[str, float] = 8.0,
    *,
    exact: Sequence[str] = ("lost",),
    by: str = "channel",
) -> pd.DataFrame:
    """Look at every pair at regular times, and forget what happened in between.

    Parameters
    ----------
    spells : pandas.DataFrame
        The `spells` contract.
    every : float or mapping of str to float
        Weeks from one look to the next, above 0; or by group, where some are looked at more
        often than others.
    exact : sequence of str
        Stages whose moment of entry is known to the day, such as the loss of a customer who
        cancels. The pair is not looked at after it. Other stages that nothing leaves are seen
        at the next look, once.
    by : str
        Column with the groups of `every`; every column that does not change within a pair is
        kept.

    Returns
    -------
    pandas.DataFrame
        The `snapshots` contract, one row a look: `pair`, `channel`, `time` (weeks since first
        contact), `stage`. The first look at a pair is at its first spell's beginning.

    Raises
    ------
    ValueError
        If the table is no spells table, or an interval is not above 0.

    Notes
    -----
    A pair that is observed until week 30 and looked at every 8 weeks is last seen in week 24.

    Examples
    --------
    >>> from frontporch.deepening import Ladder
    >>> spells = Ladder.online_and_offline().simulate(pairs=2, weeks=20, seed=7)
    >>> snapshots(spells, every=8)["time"].tolist()[:3]
    [0.0, 8.0, 16.0]
    """
    data = read_spells(spells)["all"]
    for name in exact:
        data.number(name)
    kept = [c for c in spells.columns if c not in ("stage", "entered", "left", "next_stage")]
    first = np.full(data.pair.max() + 1, np.inf)
    np.minimum.at(first, data.pair, data.entered)
    gap = _gaps(spells, every, by)
    # Looks k at first + k·gap with entered ≤ look < left; the last stay also when left.
    begin, until = data.entered - first[data.pair], data.left - first[data.pair]
    low = np.ceil(begin / gap - 1e-9).astype(np.int64)
    last = data.following < 0
    high = np.where(last, np.floor(until / gap + 1e-9), np.ceil(until / gap - 1e-9) - 1)
    looks = np.maximum(high.astype(np.int64) - low + 1, 0)
    row = repeat(np.arange(len(data.pair)), looks)
    step = low[row] + np.arange(len(row)) - repeat(np.cumsum(looks) - looks, looks)
    parts = [(row, first[data.pair[row]] + step * gap[row], data.stage[row])]

    # A stage that nothing leaves has no spell of its own: it is seen once, at its moment or at
    # the next look.
    left_by = np.unique(data.pair * len(data.stages) + data.stage)
    arrived = (data.following >= 0) & ~np.isin(
        data.pair * len(data.stages) + data.following, left_by
    )
    timed = np.isin(data.following, [data.number(name) for name in exact])
    at = np.flatnonzero(arrived)
    seen = np.where(
        timed[at], data.left[at], first[data.pair[at]] + np.ceil(until[at] / gap[at]) * gap[at]
    )
    parts.append((at, seen, data.following[at]))
    row, time, stage = (np.concatenate(one) for one in zip(*parts, strict=True))
    order = np.lexsort((time, data.pair[row]))
    row, time, stage = row[order], time[order], stage[order]
    table = spells[kept].iloc[row].reset_index(drop=True)
    names = pd.CategoricalDtype(list(data.stages), ordered=True)
    where = 1 + list(table.columns).index("channel") if "channel" in table else 1
    table.insert(where, "time", time)
    table.insert(where + 1, "stage", pd.Categorical.from_codes(stage, dtype=names))
    return table


def _gaps(spells: pd.DataFrame, every: float | Mapping[str, float], by: str) -> np.ndarray:
    if isinstance(every, Mapping):
        if by not in spells.columns:
            raise ValueError(f"every differs by {by!r}, but the spells have no such column.")
        groups = spells[by].astype(str)
        unknown = sorted(set(groups) - set(every))
        if unknown:
            raise ValueError(f"every has no weeks for {by} {unknown[0]!r}: give it some.")
        gap = groups.map(dict(every)).to_numpy(float)
    else:
        gap = np.full(len(spells), every, float)
    if not (np.isfinite(gap) & (gap > 0)).all():
        wrong = gap[~(np.isfinite(gap) & (gap > 0))][0]
        raise ValueError(
            f"every is {as_given(wrong)} weeks, but must be a number above 0, such as 8."
        )
    return gap
