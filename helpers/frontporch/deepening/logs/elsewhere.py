"""Logs where they live: encounters, spells and life tables as ibis expressions of a database.

What is defined here by windows over pairs is what `Timeline` and the measures define by arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...groups import needs
from ...names import nearest
from .load import NEEDED
from .log import NO_ZONE, Log, as_microseconds, window
from .timeline import MICROSECONDS

if TYPE_CHECKING:
    import ibis.expr.types as ir

HOUR, WEEK = MICROSECONDS["hours"], MICROSECONDS["weeks"]
JOINED = " | "
"""Between two names in the name of their pair."""
PAIR = ("low", "high")
NOT_LOOKED = (
    "The rows stay in their database: nobody looked there for duplicates, silences, or names that "
    "differ by a sign."
)


def _ibis() -> Any:
    with needs("A log in a database"):
        import ibis

    return ibis


def is_elsewhere(table: Any) -> bool:
    """Whether a table is an expression of ibis, without importing ibis.

    Examples
    --------
    >>> is_elsewhere(pd.DataFrame())
    False
    """
    return type(table).__module__.startswith("ibis.") and hasattr(table, "schema")


@dataclass(frozen=True, eq=False)
class LogElsewhere:
    """A log whose rows stay in a database.

    Parameters
    ----------
    table : ibis table
        Rows of two people each: `source`, `target`, `low` and `high` (their names in order),
        `channel`, `moment` and `until` (microseconds since 1970), `row`.
    channels, directed, observed_from_start, begins, ends, rows, pairs, notes
        As in `Log`.
    """

    table: ir.Table = field(repr=False)
    channels: tuple[str, ...]
    directed: bool
    observed_from_start: bool | None
    begins: pd.Timestamp
    ends: pd.Timestamp
    rows: int
    pairs: int
    notes: tuple[str, ...] = field(repr=False)

    needs_direction = Log.needs_direction
    first_contact = Log.first_contact

    def timelines(self) -> NoReturn:
        """Say what to do where a measure needs the rows."""
        raise ValueError(
            "this log stays in its database, where it has encounters, waits, spells and "
            "life_tables. For other measures fetch it: logs.read(table.to_pandas()), or write it "
            'with table.to_parquet("log.parquet") and take logs.read_large("log.parquet").'
        )

    @cached_property
    def _timeline(self) -> ir.Table:
        """Every interaction with what is known of its pair by then."""
        ibis = _ibis()
        given = self.table
        upto = ibis.window(group_by=PAIR, order_by=("moment", "row"), preceding=None, following=0)
        before = ibis.window(group_by=PAIR, order_by=("moment", "row"), preceding=(None, 1))
        opener = given.source.first().over(upto) if self.directed else given.low
        found = given.mutate(
            opened=given.moment.first().over(upto),
            opener=opener,
            kind=given.channel.first().over(upto),
            busy=given.until.max().over(before),
            spoke=given.source.lag().over(upto),
            messages=ibis.row_number().over(upto) + 1,
        )
        answers = (found.source != found.opener) if self.directed else ibis.literal(False)
        changed = (found.source != found.spoke) if self.directed else ibis.literal(False)
        return found.mutate(
            since=found.moment - found.opened,
            other=(found.opener == found.low).ifelse(found.high, found.low),
            answers=answers.ifelse(1, 0),
            changed=changed.fill_null(False).ifelse(1, 0),
        )

    def _numbered(self, gap_hours: float) -> ir.Table:
        """Every interaction with the number of its encounter, and changes of speaker so far."""
        ibis = _ibis()
        if not 0 <= gap_hours < np.inf:
            raise ValueError(f"gap_hours is {gap_hours}, but must be a number of hours from 0 up.")
        found = self._timeline
        upto = ibis.window(group_by=PAIR, order_by=("moment", "row"), preceding=None, following=0)
        pause = found.moment - found.busy
        longer = (pause > gap_hours * HOUR).fill_null(False).ifelse(1, 0)
        found = found.mutate(longer=longer)
        return found.mutate(
            encounter=found.longer.sum().over(upto) + 1,
            exchanges=found.changed.sum().over(upto),
            spoken=found.answers.sum().over(upto),
        )

    def encounters(self, gap_hours: float) -> ir.Table:
        """Give the expression of `logs.encounters`."""
        found = self._numbered(gap_hours)
        by = found.group_by([*PAIR, "opener", "other", "encounter"])
        some = by.aggregate(
            first=found.since.min(),
            last=(found.until - found.opened).max(),
            interactions=found.count(),
            most=found.spoken.max(),
        )
        return some.select(
            pair=named(some),
            source=some.opener,
            target=some.other,
            encounter=some.encounter,
            begins=some.first / float(HOUR),
            ends=some.last / float(HOUR),
            interactions=some.interactions,
            both_spoken=some.most > 0,
        )

    def _arrivals(self, encounters: Sequence[int], gap_hours: float) -> ir.Table:
        """Give for each pair when it reaches each encounter, and when both have spoken."""
        found = self._numbered(gap_hours)
        when = {f"at_{k}": found.since.min(where=found.encounter == k) for k in encounters}
        end = as_microseconds(self.ends)
        by = found.group_by([*PAIR, "opener", "other", "kind", "opened"])
        some = by.aggregate(spoken=found.since.min(where=found.answers == 1), **when)
        return some.mutate(never=(some.opened < end).ifelse(end - some.opened, 0))

    def waits(self, encounter: int, counted: str, gap_hours: float) -> ir.Table:
        """Give the expression of `logs.waits`."""
        some = self._arrivals([encounter], gap_hours)
        when = reaching(some, encounter, counted)
        return some.select(
            pair=named(some),
            channel=some.kind,
            source=some.opener,
            target=some.other,
            hours=when.fill_null(some.never) / float(HOUR),
            reached=when.notnull(),
        )

    def counts(
        self, wanted: Sequence[tuple[str, int]], bins: NDArray[np.float64], gap_hours: float
    ) -> ir.Table:
        """Give one expression of all life tables: how many pairs have which code.

        A code is the place of a way of counting, whether it was reached, and the bin.
        """
        ibis = _ibis()
        some = self._arrivals(sorted({k for _, k in wanted}), gap_hours)
        limits, codes = whole_microseconds(bins), []
        for place, (way, k) in enumerate(wanted):
            when = reaching(some, k, way)
            hours = when.fill_null(some.never)
            at = ibis.cases(*[(hours <= one, n) for n, one in enumerate(limits)], else_=len(bins))
            codes.append(at + len(bins) * when.notnull().ifelse(2 * place, 2 * place + 1))
        long = some.select(code=ibis.array([one.cast("int64") for one in codes]).unnest())
        return long.group_by("code").aggregate(pairs=long.count())

    def totals(
        self, wanted: Sequence[tuple[str, int]], bins: NDArray[np.float64], gap_hours: float
    ) -> NDArray[np.int64]:
        """Count pairs that reach, and that are censored, in each bin."""
        counted = self.counts(wanted, bins, gap_hours).to_pyarrow().to_pydict()
        total = np.zeros(len(wanted) * 2 * len(bins), np.int64)
        total[counted["code"]] = counted["pairs"]
        return total.reshape(len(wanted), 2, len(bins))

    def spells(
        self, rule: Callable, stages: Sequence[str], clock: str, silence: float, gap_hours: float
    ) -> ir.Table:
        """Give the expression of `logs.spells`."""
        ibis = _ibis()
        found = self._numbered(gap_hours)
        history = found.mutate(encounters=found.encounter, hours=found.since / float(HOUR))
        found = history.mutate(stage=staged(rule, history, stages))
        if clock == "messages":
            found = found.mutate(at=found.messages - 1)
        else:
            found = found.mutate(at=found.since)
            later = found.at.lead().over(ordered())
            # Of several interactions in one moment the last decides: nobody is seen in between.
            found = found.mutate(later=later)
            found = found.filter(found.later.isnull() | (found.later != found.at))
            if np.isfinite(silence):
                found = spoken_in_time(found, silence)
        last, lost = self._ends(found, clock, silence)
        found = found.mutate(last=last, lost=lost, earlier=found.stage.lag().over(ordered()))
        found = found.filter(found.earlier.isnull() | (found.earlier != found.stage))
        found = found.mutate(
            left=found.at.lead().over(ordered()), following=found.stage.lead().over(ordered())
        )
        unit = float(WEEK) if clock == "weeks" else 1
        words = [(k, name) for k, name in enumerate(stages)]
        ending = found.lost.ifelse("lost", ibis.null("string"))
        return found.select(
            pair=named(found),
            channel=found.kind,
            source=found.opener,
            target=found.other,
            stage=found.stage.cases(*words),
            entered=found.at / unit,
            left=found.left.fill_null(found.last) / unit,
            next_stage=found.following.notnull().ifelse(found.following.cases(*words), ending),
        )

    def _ends(self, found: ir.Table, clock: str, silence: float) -> tuple[Any, Any]:
        """Give when each pair was last looked at, and whether it was lost then."""
        ibis = _ibis()
        latest = found.at.max().over(ibis.window(group_by=PAIR))
        if clock == "messages":
            return latest, ibis.literal(False)
        end = as_microseconds(self.ends)
        censored = (found.opened < end).ifelse(end - found.opened, 0)
        if not np.isfinite(silence):
            return censored, ibis.literal(False)
        until = (latest + found.opened).cast("float64") + silence
        lost = until <= end
        return lost.ifelse(until.floor().cast("int64") - found.opened, censored), lost


def ordered() -> Any:
    """Give the window of a pair in order of time."""
    ibis = _ibis()
    return ibis.window(group_by=PAIR, order_by=("moment", "row"))


def named(some: ir.Table) -> ir.Column:
    """Name a pair by its people."""
    return some.low + JOINED + some.high


def reaching(some: ir.Table, encounter: int, counted: str) -> ir.Column:
    """Give when each pair reaches an encounter; missing where it does not."""
    ibis = _ibis()
    when = some[f"at_{encounter}"]
    if counted != "both spoken":
        return when
    both = when.notnull() & some.spoken.notnull()
    return both.ifelse((when > some.spoken).ifelse(when, some.spoken), ibis.null("int64"))


def spoken_in_time(found: ir.Table, silence: float) -> ir.Table:
    """Keep what pairs say until they first fall silent for too long."""
    ibis = _ibis()
    pause = (found.later - found.at) > silence
    found = found.mutate(fell=pause.fill_null(False).ifelse(1, 0))
    before = ibis.window(group_by=PAIR, order_by=("moment", "row"), preceding=(None, 1))
    found = found.mutate(silences=found.fell.sum().over(before))
    return found.filter(found.silences.fill_null(0) == 0)


def staged(rule: Callable, history: ir.Table, stages: Sequence[str]) -> ir.Column:
    """Apply a stage rule to columns of a database.

    Raises
    ------
    TypeError
        If it gives no column of whole numbers.
    ValueError
        If a number is none of a stage.
    """
    with needs("A log in a database"):
        import ibis.expr.types as ir

    try:
        given = rule(history)
    except Exception as error:
        raise TypeError(
            f"the stage rule failed on a log in a database: {type(error).__name__}: {error}. {HOW}"
        ) from error
    if not isinstance(given, ir.IntegerValue):
        raise TypeError(f"the stage rule gave {type(given).__name__}. {HOW}")
    if rule.__module__ != "frontporch.deepening.logs.stages":  # ours give no other numbers
        seen = history.aggregate(low=given.min(), high=given.max()).to_pyarrow().to_pylist()[0]
        for one in seen.values():
            if one is None or not 0 <= one < len(stages):
                raise ValueError(f"the stage rule gave {one!r}. {nearest(one, stages)}")
    return given


HOW = (
    "There a rule gets columns of ibis and gives one of whole numbers, such as "
    "lambda history: (history.exchanges >= 1).ifelse(1, 0)."
)


def whole_microseconds(bins: NDArray[np.float64]) -> list[int]:
    """Give the last microsecond that lies in each bin of hours, as `searchsorted` finds it.

    Examples
    --------
    >>> whole_microseconds(np.array([0.5, 1.0]))
    [1800000000, 3600000000]
    """
    limits = np.floor(bins * HOUR).astype(np.int64)
    limits += (limits + 1) / HOUR <= bins
    limits -= limits / HOUR > bins
    return [int(one) for one in limits]


def read_elsewhere(
    table: ir.Table,
    *,
    directed: bool,
    observed_from_start: bool | None,
    observed_from: Any,
    observed_until: Any,
    channel: str | None = None,
    seconds_since: Any = None,
    columns: Any = None,
    **others: Any,
) -> LogElsewhere:
    """Look at a log in its database, and leave it there.

    Raises
    ------
    TypeError, ValueError
        If a column or a cell is missing, or an option needs the rows here.
    """
    told = sorted(name for name, value in others.items() if value is not None)
    if told:
        raise ValueError(
            f"{told[0]} is for tables that are read here. A log in a database is put right there, "
            "by ibis: table.mutate(…), table.filter(…), table.distinct()."
        )
    table = table.rename({ours: theirs for theirs, ours in (columns or {}).items()})
    zone, rows = _rows(table, channel, seconds_since)
    about = _looked_at(rows)
    first, last = (pd.Timestamp(about[k], unit="us", tz=zone) for k in ("first", "last"))
    begins, ends = window(zone, first, last, observed_from, observed_until)
    kinds = rows.select("channel").distinct().to_pyarrow().to_pydict()["channel"]
    kept = rows.filter(rows.source != rows.target)
    forwards = kept.source < kept.target
    kept = kept.mutate(
        low=forwards.ifelse(kept.source, kept.target),
        high=forwards.ifelse(kept.target, kept.source),
    )
    pairs = int(kept.select("low", "high").distinct().count().to_pyarrow().as_py())
    if not pairs:
        raise ValueError("no interaction between two people is left: there is nothing to measure.")
    notes = (NOT_LOOKED,) if zone else (NOT_LOOKED, NO_ZONE)
    alone = about["alone"]
    if alone:
        notes += (
            f"{alone:,} rows of one person with themselves are set aside: they make no pair.",
        )
    return LogElsewhere(
        kept, tuple(sorted(kinds)), directed, observed_from_start, begins, ends,
        about["rows"] - alone, pairs, notes,
    )  # fmt: skip


def _rows(table: ir.Table, channel: str | None, since: Any) -> tuple[str | None, ir.Table]:
    """Give interactions with times in microseconds, and whether times have a zone."""
    ibis = _ibis()
    for one in NEEDED:
        if one not in table.columns:
            said = nearest(one, table.columns)
            raise ValueError(f"the log has no column {one!r}. {said} Say columns={{…: {one!r}}}.")
    if "channel" not in table.columns:
        if channel is None:
            raise ValueError("the log has no column 'channel': say channel=\"message\", or such.")
        table = table.mutate(channel=ibis.literal(channel))
    kind = table.start.type()
    if not (kind.is_timestamp() or kind.is_numeric()) or kind.is_numeric() is (since is None):
        raise TypeError(
            f"start is {kind}, but must be a timestamp, or a number of seconds with seconds_since. "
            'From text: table.mutate(start=table.start.cast("timestamp")).'
        )
    zone = "UTC" if kind.is_timestamp() and kind.timezone else None

    def moment(column: ir.Column) -> ir.Column:
        if kind.is_numeric():
            zero = as_microseconds(pd.Timestamp(since))
            return (column * 1_000_000).round().cast("int64") + zero
        if zone:
            column = column.cast("timestamp('UTC')")
        return column.delta(ibis.timestamp("1970-01-01", timezone=zone), unit="microsecond")

    end = table.end.fill_null(table.start) if "end" in table.columns else table.start
    text = {one: table[one].cast("string") for one in ("source", "target", "channel")}
    some = table.select(
        moment=moment(table.start),
        until=moment(end),
        # Rows of one moment stand as in the file, where the table knows it.
        row=table.row if "row" in table.columns else text["source"],
        **text,
    )
    return zone, some


def _looked_at(rows: ir.Table) -> dict[str, Any]:
    """Count rows and what is missing in them, in one query; refuse what cannot be measured."""
    ibis = _ibis()
    missing = {f"no_{one}": rows[one].isnull().sum() for one in ("moment", "source", "target")}
    found = rows.aggregate(
        rows=rows.count(),
        first=rows.moment.min(),
        last=rows.until.max(),
        alone=(rows.source == rows.target).sum(),
        backwards=(rows.until < rows.moment).sum(),
        joined=ibis.or_(*[rows[one].contains(JOINED) for one in ("source", "target")]).sum(),
        no_channel=rows.channel.isnull().sum(),
        **missing,
    )
    about = found.to_pyarrow().to_pylist()[0]
    if not about["rows"]:
        raise ValueError("the log has no row: there is nothing to measure.")
    for one in ("moment", "source", "target", "channel"):
        many, name = about[f"no_{one}"], "start" if one == "moment" else one
        if many:
            raise ValueError(
                f"{many:,} of {about['rows']:,} rows have no {name}: leave them out with "
                f"table.filter(table.{name}.notnull()), or fill them in."
            )
    if about["backwards"]:
        raise ValueError(
            f"{about['backwards']:,} rows end before they start: look at them with "
            "table.filter(table.end < table.start)."
        )
    if about["joined"]:
        raise ValueError(
            f"{about['joined']:,} rows have a name with {JOINED!r}, which stands between the two "
            "names of a pair here: give these people other names."
        )
    return {name: value or 0 for name, value in about.items()}
