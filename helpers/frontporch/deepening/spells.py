"""The spells table as arrays, checked once: the door of every estimator in this room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..names import nearest
from ..rounding import as_given
from ..stats.clustered import clusters
from ..stats.durations import same_times
from ..stats.multistate import Occupancy, occupancy
from ..stats.stays import Stays, one_clock
from ..tables import Fault, TableError, check
from .ladder import STAGES

LISTED = 1_000
"""Faults that an error keeps."""

COLUMNS = ("pair", "stage", "entered", "left", "next_stage")


@dataclass(frozen=True, eq=False)
class Waits:
    """Stays in one stage, in weeks since it was entered.

    Parameters
    ----------
    at : numpy.ndarray of int, shape (n,)
        Places of the stays among the spells.
    time : numpy.ndarray of float, shape (n,)
        When they ended.
    entry : numpy.ndarray of float or None, shape (n,)
        When each came under observation; None where all did at once.
    unknown : int
        Stays left out, because nobody knows when they began.
    """

    at: NDArray[np.int64]
    time: NDArray[np.float64]
    entry: NDArray[np.float64] | None
    unknown: int

    @property
    def note(self) -> str:
        """What a reader must know, in words, or nothing."""
        if not self.unknown:
            return ""
        many = "1 stay is" if self.unknown == 1 else f"{self.unknown:,} stays are"
        return (
            f"{many} left out: the stage had begun before the pair came under observation, and "
            "nobody knows when (a column since can say it)"
        )


@dataclass(frozen=True, eq=False)
class Spells(Stays):
    """Stays of pairs in the stages of a ladder, in weeks since first contact.

    Parameters
    ----------
    pair : numpy.ndarray of int, shape (n,)
        Number of the pair, from 0 up.
    since : numpy.ndarray of float, shape (n,)
        Week in which the stage was entered, which is before `entered` where the pair came under
        observation later; missing where it is not known.
    unit : str
        What times are counted in, for names of columns and axes.
    people : numpy.ndarray of object or None, shape (n, 1) or (n, 2)
        The person of each stay, or the two people of its pair, where errors shall hold for stays
        that share them.
    """

    pair: NDArray[np.int64]
    since: NDArray[np.float64]
    unit: str = "weeks"
    people: NDArray[np.object_] | None = None

    @cached_property
    def sojourn(self) -> NDArray[np.float64]:
        """Weeks that each stay lasted; what differs by rounding only is one time."""
        largest = float(self.left.max(initial=0.0))
        return same_times(self.left - self.entered, out_of=largest)[0]

    def waits(self, stage: str) -> Waits:
        """Give the stays in a stage on the clock that starts when it is entered."""
        here = np.flatnonzero(self.stage == self.number(stage))
        known = here[np.isfinite(self.since[here])]
        largest = float(self.left[known].max(initial=0.0))
        time, entry = same_times(
            self.left[known] - self.since[known],
            self.entered[known] - self.since[known],
            out_of=largest,
        )
        late = bool((entry > 0).any())
        return Waits(known, time, entry if late else None, len(here) - len(known))

    @property
    def pairs(self) -> int:
        """How many pairs there are."""
        return len(np.unique(self.pair))

    @cached_property
    def late_pairs(self) -> NDArray[np.bool_]:
        """Which pairs came under observation after their first contact, shape (pairs,)."""
        begins = np.full(self.pair.max() + 1, np.inf)
        np.minimum.at(begins, self.pair, self.entered)
        return np.isfinite(begins) & (begins > 0)

    @property
    def late(self) -> int:
        """How many pairs came under observation after their first contact."""
        return int(self.late_pairs.sum())

    @property
    def each(self) -> str:
        """One of the unit, such as "week"."""
        return self.unit.removesuffix("s")

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
            self.since[kept],
            self.unit,
            None if self.people is None else self.people[kept],
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
    return replace(occupancy(followed, level, spells.unit, followed.people), last=last)


def read_spells(
    table: pd.DataFrame,
    by: str | None = None,
    stages: Sequence[str] | None = None,
    *,
    unit: str = "weeks",
    cluster: str | Sequence[str] | None = None,
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
        stranger, acquaintance, buyer, friend, lost where all stages are among these. Stages of
        your own come in the order in which they appear in the table.
    unit : str
        What times are counted in, in the plural.
    cluster : str or sequence of two str, optional
        Column of the person, or the two of a pair, such as ("source", "target").

    Returns
    -------
    dict of str to Spells
        Pairs that come under observation late have been in their stage for some time: since
        their first contact if nothing leads into the stage, else since the week in the column
        `since`, if the table has one.

    Raises
    ------
    TableError
        If the table breaks the contract, a stage is unknown or left in the moment it is
        entered, the spells of a pair do not follow one another, or a pair is in two groups.
        Each fault has the label of its row in the index.
    """
    entered, left, pair = _sound(table)
    names = stages_of(table, ("stage", "next_stage"), stages)
    stage = _codes(table, names, "stage")
    following = _codes(table, names, "next_stage")
    _check_order(table, pair, stage, following, entered, left, names)
    since = _since(table, pair, stage, following, entered)
    people = None if cluster is None else _people(table, cluster)
    whole = Spells(stage, following, entered, left, names, pair, since, unit, people)
    if by is None:
        return {"all": whole}
    if by not in table.columns:
        raise TableError(
            "spells",
            [Fault(None, by, None, "this column is missing", nearest(by, table.columns))],
        )
    groups = {}
    codes, values = pd.factorize(table[by], sort=True)
    _refuse(table, codes < 0, by, lambda k: ("is missing", "Every spell has one: fill it in."))
    other = codes != codes[np.unique(pair, return_index=True)[1]][pair]
    _refuse(
        table,
        other,
        by,
        lambda k: (
            f"is another in an earlier row of pair {table['pair'].iloc[k]!r}",
            "Give every pair one, and every pair a name of its own.",
        ),
    )
    for k, value in enumerate(values):
        groups[str(value)] = whole._where(codes == k)
    return groups


def _people(table: pd.DataFrame, cluster: str | Sequence[str]) -> NDArray[np.object_]:
    """Give who the people of each stay are, by name, if nobody is missing."""
    columns = [cluster] if isinstance(cluster, str) else list(cluster)
    for column in columns:
        if column not in table.columns:
            known = [one for one in table.columns if one not in COLUMNS]
            raise TableError(
                "spells",
                [Fault(None, column, None, "this column is missing", nearest(column, known))],
            )
    people = table[columns].astype(object).to_numpy()
    clusters(people, len(people))
    return people


def _sound(table: pd.DataFrame) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray]:
    """Give the times and the number of the pair of every stay, if the contract is kept.

    Where it is not, the contract itself says what is wrong, so that it is said in one way.
    """
    if len(table) and set(COLUMNS) <= set(table.columns):
        pair = pd.factorize(table["pair"])[0].astype(np.int64)
        try:
            entered, left = (table[name].to_numpy(float) for name in ("entered", "left"))
        except (TypeError, ValueError):
            entered = left = np.full(len(table), np.nan)
        kept = np.isfinite(left) & (entered >= 0) & (entered <= left) & (pair >= 0)
        if kept.all() and table["stage"].notna().all():
            entered, left = one_clock(entered, left)
            return entered, left, pair
    # A table of one channel need not say so.
    whole = table if "channel" in table else table.assign(channel="all")
    check(whole, "spells", "spells")
    raise TableError(
        "spells",
        [Fault(None, "entered, left", None, "hold what is no time", "Give weeks from 0 up.")],
    )


def _since(
    table: pd.DataFrame,
    pair: NDArray[np.int64],
    stage: NDArray[np.int64],
    following: NDArray[np.int64],
    entered: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Give the week in which each stage was entered, as far as it is known.

    Who comes under observation late has been in the stage for some time. If nothing leads into
    the stage, it was entered at first contact; else only the column `since` can say.
    """
    begins = np.full(pair.max() + 1, np.inf)
    np.minimum.at(begins, pair, entered)
    late = (entered == begins[pair]) & (entered > 0)
    if not late.any():
        return entered
    since = entered.copy()
    since[late] = np.where(np.isin(stage[late], following), np.nan, 0.0)
    if "since" in table.columns and pd.api.types.is_numeric_dtype(table["since"]):
        given = table["since"].to_numpy(float)
        said = late & np.isfinite(given)
        _refuse(
            table,
            said & ((given < 0) | (given > entered)),
            "since",
            lambda k: (
                f"is no week from 0 to {as_given(entered[k])}, when the pair was first seen",
                "Give the week in which the stage was entered, or leave the cell empty.",
            ),
        )
        since[said] = given[said]
    return since


def _refuse(
    table: pd.DataFrame,
    wrong: NDArray[np.bool_],
    column: str,
    said: Callable[[int], tuple[str, str]],
) -> None:
    """Raise the faults of the rows where something is wrong, as a contract would."""
    at = np.flatnonzero(wrong)
    if len(at):
        faults = [
            Fault(table.index[k], column, _plain(table[column].iloc[k]), *said(int(k)))
            for k in at[:LISTED]
        ]
        raise TableError("spells", faults, len(at))


def _plain(value: object) -> object:
    """Give a cell as a person would write it."""
    if isinstance(value, (float, np.floating)):
        return None if np.isnan(value) else as_given(float(value))
    return None if value is None or value is pd.NaT else value


def stages_of(
    table: pd.DataFrame, columns: Sequence[str], stages: Sequence[str] | None = None
) -> tuple[str, ...]:
    """Give the names of all stages in order.

    Parameters
    ----------
    table : pandas.DataFrame
        The table.
    columns : sequence of str
        Its columns of stages.
    stages : sequence, optional
        The stages that the caller names.
    """
    if stages is not None:
        return tuple(map(str, stages))
    if isinstance(table[columns[0]].dtype, pd.CategoricalDtype):
        return tuple(map(str, table[columns[0]].cat.categories))
    # Row by row, so that what follows a stage comes after it.
    seen = pd.unique(table[list(columns)].astype(object).to_numpy().ravel())
    own = [str(one) for one in seen if not pd.isna(one)]
    known = set(own) & set(STAGES)
    # One word that is not ours among ours is a slip of the pen; none of ours is another ladder.
    return tuple(own) if own and not known else STAGES


def _codes(table: pd.DataFrame, names: tuple[str, ...], label: str) -> NDArray[np.int64]:
    column = table[label]
    if isinstance(column.dtype, pd.CategoricalDtype):
        own = pd.Index(names).get_indexer(column.cat.categories)
        codes = np.append(own, -1)[column.cat.codes.to_numpy()]
    else:
        codes = pd.Index(names, dtype=object).get_indexer(column.astype(object))
    codes = codes.astype(np.int64)
    _refuse(
        table,
        (codes < 0) & ~column.isna().to_numpy(),
        label,
        lambda k: (
            "is not a known stage",
            f"{nearest(column.iloc[k], names)} For a ladder of your own pass stages=(…).",
        ),
    )
    return codes


def _check_order(
    table: pd.DataFrame,
    pair: NDArray[np.int64],
    stage: NDArray[np.int64],
    following: NDArray[np.int64],
    entered: NDArray[np.float64],
    left: NDArray[np.float64],
    names: tuple[str, ...],
) -> None:
    """Refuse stays that no pair can make one after the other."""
    _refuse(
        table,
        (left == entered) & (following >= 0),
        "left",
        lambda k: (
            "is when the stage was entered: nobody is seen in it",
            "Give finer times, or leave the row out and let the spell before it lead on.",
        ),
    )
    _refuse(
        table,
        stage == following,
        "next_stage",
        lambda k: ("is the same stage", "Make it one spell."),
    )
    order = np.lexsort((left, entered, pair))
    one, two = order[:-1], order[1:]
    joined = pair[one] == pair[two]
    before = np.zeros(len(pair), np.int64)
    before[two] = one
    apart, other = np.zeros((2, len(pair)), bool)
    apart[two] = joined & (entered[two] != left[one])
    other[two] = joined & (following[one] != stage[two])
    _refuse(
        table,
        apart,
        "entered",
        lambda k: (
            f"is not {as_given(left[before[k]])}, when the pair's spell before it was left",
            "Spells of a pair must follow one another.",
        ),
    )

    def said(k: int) -> str:
        after = following[before[k]]
        return f"next_stage {names[after]!r}" if after >= 0 else "no next_stage"

    _refuse(
        table,
        other,
        "stage",
        lambda k: (
            f"follows a spell of the pair that has {said(k)}",
            "They must be the same.",
        ),
    )
