"""The spells table as arrays, checked once: the door of every estimator in this room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..names import nearest
from ..rounding import as_given
from ..stats.multistate import Occupancy, Stays, occupancy
from .ladder import STAGES

COLUMNS = ("pair", "stage", "entered", "left", "next_stage")


@dataclass(frozen=True, eq=False)
class Spells(Stays):
    """Stays of pairs in the stages of a ladder, in weeks since first contact.

    Parameters
    ----------
    pair : numpy.ndarray of int, shape (n,)
        Number of the pair, from 0 up.
    """

    pair: NDArray[np.int64]

    @property
    def sojourn(self) -> NDArray[np.float64]:
        """Weeks that each stay lasted."""
        return self.left - self.entered

    @property
    def pairs(self) -> int:
        """How many pairs there are."""
        return len(np.unique(self.pair))

    @property
    def late(self) -> int:
        """How many pairs came under observation after their first contact."""
        begins = np.full(self.pair.max() + 1, np.inf)
        np.minimum.at(begins, self.pair, self.entered)
        return int((np.isfinite(begins) & (begins > 0)).sum())

    def number(self, stage: str) -> int:
        """Give the number of a stage by its name."""
        if stage not in self.stages:
            raise ValueError(f"there is no stage {stage!r}. {nearest(stage, self.stages)}")
        return self.stages.index(stage)

    def until(self, stage: str) -> Spells:
        """Follow each pair only until it first enters a stage, which then keeps it.

        Pairs that are in the stage from the start stay in it.
        """
        goal = self.number(stage)
        pairs = self.pair.max() + 1
        arrived, begins = np.full(pairs, np.inf), np.full(pairs, np.inf)
        enters = self.following == goal
        np.minimum.at(arrived, self.pair[enters], self.left[enters])
        np.minimum.at(begins, self.pair, self.entered)
        first = self.entered == begins[self.pair]
        kept_there = first & (self.stage == goal)
        arrived[self.pair[kept_there]] = begins[self.pair[kept_there]]
        followed = (self.entered < arrived[self.pair]) | kept_there
        stays = replace(self, following=np.where(kept_there, -1, self.following))
        return stays._where(followed)

    def _where(self, kept: NDArray[np.bool_]) -> Spells:
        return Spells(
            self.stage[kept],
            self.following[kept],
            self.entered[kept],
            self.left[kept],
            self.stages,
            self.pair[kept],
        )


def reach(spells: Spells, stage: str, level: float = 0.95) -> Occupancy:
    """Estimate the share of pairs that have ever reached a stage by each week.

    The stage is made to keep those who enter it; all that ends a pair otherwise is a
    competing risk, so this is a cumulative incidence and not one minus Kaplan-Meier.

    Parameters
    ----------
    spells : Spells
        The stays of the pairs.
    stage : str
        The stage to be reached.
    level : float
        Confidence level.

    Returns
    -------
    Occupancy
        Its column for `stage` is the cumulative incidence.
    """
    followed = spells.until(stage)
    waiting = followed.stage != spells.number(stage)
    settled = (followed.following[waiting] >= 0).all()
    last = np.inf if settled else float(followed.left[waiting].max())
    return replace(occupancy(followed, level, "weeks"), last=last)


def read_spells(
    table: pd.DataFrame, by: str | None = None, stages: Sequence[str] | None = None
) -> dict[str, Spells]:
    """Turn a spells table into arrays, one set a group.

    Parameters
    ----------
    table : pandas.DataFrame
        The `spells` contract: `pair`, `stage`, `entered`, `left`, `next_stage`.
    by : str, optional
        Column whose values make the groups; without it all pairs are one group, "all".
    stages : sequence of str, optional
        All stages in order; by default the order of a categorical `stage` column, or
        stranger, acquaintance, buyer, friend, lost.

    Returns
    -------
    dict of str to Spells

    Raises
    ------
    ValueError
        If a column is missing, a stage is unknown, a time is missing or goes backwards, a
        stage is left in the moment it is entered, the spells of a pair do not follow one
        another, or a pair is in two groups. Row numbers count from 1.
    """
    wanted = COLUMNS if by is None else (*COLUMNS, by)
    for column in wanted:
        if column not in table.columns:
            raise ValueError(
                f"the spells table has no column {column!r}. {nearest(column, table.columns)}"
            )
    if not len(table):
        raise ValueError("the spells table has no row: nothing can be estimated.")
    names = _stages(table, stages)
    stage = _codes(table["stage"], names, "stage", may_be_missing=False)
    following = _codes(table["next_stage"], names, "next_stage", may_be_missing=True)
    entered = _times(table["entered"], "entered")
    left = _times(table["left"], "left")
    pair = pd.factorize(table["pair"])[0].astype(np.int64)
    if (pair < 0).any():
        raise ValueError(f"row {_row(pair < 0)}: pair is missing: every spell belongs to a pair.")
    _check_order(pair, stage, following, entered, left, names)
    if by is None:
        return {"all": Spells(stage, following, entered, left, names, pair)}
    groups = {}
    codes, values = pd.factorize(table[by], sort=True)
    if (codes < 0).any():
        raise ValueError(f"row {_row(codes < 0)}: {by} is missing: every spell has one.")
    other = codes != codes[np.unique(pair, return_index=True)[1]][pair]
    if other.any():
        k = _row(other) - 1
        raise ValueError(
            f"row {k + 1}: pair {table['pair'].iloc[k]} is {by} {str(values[codes[k]])!r} here and "
            "another in an earlier row: give every pair one, and every pair a name of its own."
        )
    for k, value in enumerate(values):
        at = codes == k
        groups[str(value)] = Spells(
            stage[at], following[at], entered[at], left[at], names, pair[at]
        )
    return groups


def _stages(table: pd.DataFrame, stages: Sequence[str] | None) -> tuple[str, ...]:
    if stages is not None:
        return tuple(stages)
    if isinstance(table["stage"].dtype, pd.CategoricalDtype):
        return tuple(map(str, table["stage"].cat.categories))
    return STAGES


def _codes(
    column: pd.Series, names: tuple[str, ...], label: str, *, may_be_missing: bool
) -> NDArray[np.int64]:
    if isinstance(column.dtype, pd.CategoricalDtype):
        own = pd.Index(names).get_indexer(column.cat.categories)
        codes = np.append(own, -1)[column.cat.codes.to_numpy()]
    else:
        codes = pd.Index(names, dtype=object).get_indexer(column.astype(object))
    codes = codes.astype(np.int64)
    missing = column.isna().to_numpy()
    unknown = (codes < 0) & ~missing
    if unknown.any():
        value = column.iloc[_row(unknown) - 1]
        raise ValueError(
            f"row {_row(unknown)}: {label} {value!r} is not a known stage. "
            f"{nearest(value, names)} For a ladder of your own pass stages=(…)."
        )
    if missing.any() and not may_be_missing:
        raise ValueError(f"row {_row(missing)}: {label} is missing: every spell has a stage.")
    return codes


def _times(column: pd.Series, label: str) -> NDArray[np.float64]:
    try:
        times = column.to_numpy(float)
    except (TypeError, ValueError):
        raise ValueError(
            f"column {label!r} holds {column.iloc[0]!r}: weeks since first contact are needed, "
            "as numbers."
        ) from None
    wrong = ~(np.isfinite(times) & (times >= 0))
    if wrong.any():
        value = times[_row(wrong) - 1]
        raise ValueError(
            f"row {_row(wrong)}: {label} is {value}, but is a number of weeks from 0 up."
        )
    return times


def _check_order(pair, stage, following, entered, left, names) -> None:
    backwards = left < entered
    if backwards.any():
        k = _row(backwards) - 1
        raise ValueError(
            f"row {k + 1}: left {as_given(left[k])} is before entered {as_given(entered[k])}."
        )
    at_once = (left == entered) & (following >= 0)
    if at_once.any():
        k = _row(at_once) - 1
        raise ValueError(
            f"row {k + 1}: the stage is left at {as_given(left[k])}, when it was entered: nobody "
            "is seen in it. Give finer times, or leave the row out and let the spell before it "
            "lead on."
        )
    same = stage == following
    if same.any():
        k = _row(same) - 1
        raise ValueError(
            f"row {k + 1}: next_stage is the same stage, {names[stage[k]]!r}: make it one spell."
        )
    order = np.lexsort((left, entered, pair))
    one, two = order[:-1], order[1:]
    joined = pair[one] == pair[two]
    apart = joined & (np.abs(entered[two] - left[one]) > 1e-9)
    if apart.any():
        k = int(np.flatnonzero(apart)[0])
        raise ValueError(
            f"row {two[k] + 1}: this spell is entered at {as_given(entered[two[k]])}, but the "
            f"pair's spell before it was left at {as_given(left[one[k]])}: spells of a pair must "
            "follow one another."
        )
    other = joined & (following[one] != stage[two])
    if other.any():
        k = int(np.flatnonzero(other)[0])
        said = names[following[one[k]]] if following[one[k]] >= 0 else "missing"
        raise ValueError(
            f"row {two[k] + 1}: stage is {names[stage[two[k]]]!r}, but the pair's spell before it "
            f"has next_stage {said!r}: they must be the same."
        )


def _row(where: NDArray[np.bool_]) -> int:
    return int(np.flatnonzero(where)[0]) + 1
