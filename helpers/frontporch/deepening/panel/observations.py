"""The snapshots table as moves between looks, equal ones counted together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...counting import bincount
from ...names import nearest, pick
from ...rounding import as_given
from ...stats.durations import in_a_usable_unit, same_times
from ...tables import check
from ..spells import stages_of


@dataclass(frozen=True, eq=False)
class Observations:
    """What was seen from one look to the next, one place a kind of move.

    Parameters
    ----------
    start, end : numpy.ndarray of int, shape (n,)
        Number of the stage at the look and at the next one.
    gap : numpy.ndarray of float, shape (n,)
        Weeks between the two.
    group : numpy.ndarray of int, shape (n,)
        Row of `covariates` that holds between them.
    count : numpy.ndarray of float, shape (n,)
        How many such moves there were.
    covariates : numpy.ndarray of float, shape (groups, m)
        Values of the covariates at the earlier look, each combination once.
    names : tuple of str
        Names of the covariates.
    exact : numpy.ndarray of bool, shape (stages,)
        Stages whose moment of entry is known.
    stages : tuple of str
        Names of the stages.
    pairs : int
        How many pairs were looked at more than once.
    unit : str
        What times are counted in.
    kind : numpy.ndarray of int, shape (moves,)
        Place among the kinds of each single move.
    look : numpy.ndarray of int, shape (moves,)
        Row of the table with the earlier look of each.
    looks : int
        Rows of the table.
    """

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    gap: NDArray[np.float64]
    group: NDArray[np.int64]
    count: NDArray[np.float64]
    covariates: NDArray[np.float64]
    names: tuple[str, ...]
    exact: NDArray[np.bool_]
    stages: tuple[str, ...]
    pairs: int
    unit: str = "weeks"
    kind: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    look: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    looks: int = 0

    @property
    def timed(self) -> NDArray[np.bool_]:
        """Whether the moment of each move is known."""
        return self.exact[self.end]

    @property
    def moves(self) -> int:
        """How many moves from look to look there are, equal ones counted each."""
        return int(self.count.sum())

    def table(self) -> NDArray[np.float64]:
        """How often each stage was followed by each at the next look, shape (stages, stages)."""
        size = len(self.stages)
        flat = bincount(self.start * size + self.end, self.count, size * size)
        return flat.reshape(size, size)

    def of(self, kept: NDArray[np.bool_]) -> Observations:
        """Take some of the observations."""
        parts = {
            name: getattr(self, name)[kept] for name in ("start", "end", "gap", "group", "count")
        }
        return replace(self, **parts)

    def usual_gap(self) -> float:
        """Median weeks from one look to the next, exactly timed moves aside."""
        seen = ~self.timed
        if not seen.any():
            seen = np.ones_like(seen)
        order = np.argsort(self.gap[seen])
        below = np.cumsum(self.count[seen][order])
        return float(self.gap[seen][order][np.searchsorted(below, below[-1] / 2)])

    def usual_gaps(self) -> NDArray[np.float64]:
        """Usual gap of each group; a group of fewer than 20 looks takes that of all."""
        gaps = np.full(len(self.covariates), self.usual_gap())
        for group in range(len(gaps)):
            mine = self.of(self.group == group)
            if mine.count[~mine.timed].sum() >= 20:
                gaps[group] = mine.usual_gap()
        return gaps


def read_snapshots(
    table: pd.DataFrame,
    covariates: Sequence[str] = (),
    *,
    exact: Sequence[str] = ("lost",),
    stages: Sequence[str] | None = None,
    reference: str | None = None,
) -> Observations:
    """Turn a snapshots table into moves from look to look.

    Parameters
    ----------
    table : pandas.DataFrame
        The `snapshots` contract, with the covariates as further columns.
    covariates : sequence of str
        Names of columns; text becomes 0/1 against the reference, numbers are taken as they
        are. The value at a look holds until the next.
    exact : sequence of str
        Stages whose moment of entry is known: the time of the look is the moment.
    stages : sequence of str, optional
        All stages in order; by default the order of a categorical `stage` column, or
        stranger, acquaintance, buyer, friend, lost.
    reference : str, optional
        The group that a text covariate is compared with; the first in alphabetical order
        where not given.

    Returns
    -------
    Observations

    Raises
    ------
    TableError
        If the table breaks its contract.
    ValueError
        If a stage is unknown, a pair is in two channels, or no pair was looked at twice.
    """
    table = check(table, "snapshots") if "channel" in table else _without_channel(table)
    names = stages_of(table, ("stage",), stages)
    stage = pd.Index(names, dtype=object).get_indexer(table["stage"].astype(str))
    if (stage < 0).any():
        k = int(np.flatnonzero(stage < 0)[0])
        value = table["stage"].iloc[k]
        raise ValueError(
            f"row {k + 1}: stage {value!r} is not a known stage. {nearest(value, names)} "
            "For a ladder of your own pass stages=(…)."
        )
    pair = pd.factorize(table["pair"])[0]
    _one_channel(table, pair)
    time = table["time"].to_numpy(float)
    order = np.lexsort((time, pair))
    one, two = order[:-1], order[1:]
    joined = pair[one] == pair[two]
    one, two = one[joined], two[joined]
    if not len(one):
        raise ValueError("no pair was looked at twice: rates need at least two looks at a pair.")
    certain = np.isin(names, [pick(name, names, "stage") for name in exact])
    design, columns = _design(table, covariates, reference)
    values, group = np.unique(design[one], axis=0, return_inverse=True)
    kinds = pd.DataFrame(
        {
            "start": stage[one],
            "end": stage[two],
            "gap": same_times(time[two] - time[one], out_of=float(np.abs(time).max()))[0],
            "group": group.ravel(),
        }
    )
    grouped = kinds.groupby(["group", "start", "end", "gap"], sort=True)
    counted = grouped.size().reset_index()
    start, end, gap, which = (counted[c].to_numpy() for c in ("start", "end", "gap", "group"))
    return Observations(
        start.astype(np.int64),
        end.astype(np.int64),
        gap,
        which.astype(np.int64),
        counted[0].to_numpy(float),
        values,
        columns,
        certain,
        names,
        len(np.unique(pair[one])),
        kind=grouped.ngroup().to_numpy(np.int64),
        look=one.astype(np.int64),
        looks=len(table),
    )


def _without_channel(table: pd.DataFrame) -> pd.DataFrame:
    """Check a table of one channel, which need not say so."""
    return check(table.assign(channel="all"), "snapshots").drop(columns="channel")


def _one_channel(table: pd.DataFrame, pair: np.ndarray) -> None:
    if "channel" not in table:
        return
    codes = pd.factorize(table["channel"])[0]
    other = codes != codes[np.unique(pair, return_index=True)[1]][pair]
    if other.any():
        k = int(np.flatnonzero(other)[0])
        raise ValueError(
            f"row {k + 1}: pair {table['pair'].iloc[k]} is {table['channel'].iloc[k]!r} here and "
            "another in an earlier row: give every pair one, and every pair a name of its own."
        )


def _design(
    table: pd.DataFrame, covariates: Sequence[str], reference: str | None
) -> tuple[NDArray[np.float64], tuple[str, ...]]:
    columns: dict[str, np.ndarray] = {}
    for name in covariates:
        if name in ("pair", "time", "stage") or name not in table.columns:
            known = [c for c in table.columns if c not in ("pair", "time", "stage")]
            raise ValueError(f"there is no covariate {name!r}. {nearest(name, known)}")
        values = table[name]
        if values.isna().any():
            raise ValueError(
                f"covariate {name!r} is missing in {int(values.isna().sum())} rows, such as row "
                f"{int(values.isna().to_numpy().argmax()) + 1}. Leave them out: "
                f"table.dropna(subset=[{name!r}])."
            )
        if pd.api.types.is_numeric_dtype(values):
            columns[name] = values.to_numpy(float)
            if not np.isfinite(columns[name]).all():
                k = int(np.flatnonzero(~np.isfinite(columns[name]))[0])
                raise ValueError(
                    f"row {k + 1}: covariate {name!r} is {values.iloc[k]}, but "
                    "must be a number. Leave "
                    f"such rows out: table[np.isfinite(table[{name!r}])]."
                )
            if len(values) and np.ptp(columns[name]) == 0:
                raise ValueError(
                    f"covariate {name!r} is {as_given(columns[name][0])} in every row: it can "
                    "explain nothing. Take it out."
                )
            in_a_usable_unit(columns[name], name)
            continue
        text = values.astype(str)
        groups = sorted(text.unique())
        if len(groups) < 2:
            raise ValueError(f"covariate {name!r} has one value only, {groups[0]!r}.")
        base = pick(reference, groups, f"{name} to compare with") if reference else groups[0]
        for one in groups:
            if one != base:
                columns[f"{name}: {one}"] = (text == one).to_numpy(float)
    design = np.column_stack(list(columns.values())) if columns else np.zeros((len(table), 0))
    return design, tuple(columns)
