"""Logs larger than memory: DuckDB reads, numbers and sorts them on disk."""

from __future__ import annotations

import os
import tempfile
import weakref
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...groups import needs
from ...names import nearest
from . import audit
from .load import NEEDED, files
from .log import LONG_SILENCE, NO_ZONE, Log
from .timeline import Timeline

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

DAY = 86_400_000_000
ROWS_AT_ONCE = 1_000_000
"""How many interactions are looked at together."""

MOMENT = r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d"
OFFSET = r"(Z|[+-]\d\d(:?\d\d)?)$"
RAW = """
create view raw as select
  row_number() over () - 1 as row, {moment} as moment, {until} as until,
  {source} as source, {target} as target, {channel} as channel from {scan}
"""
WRONG = {
    "start": ("moment is null", "is no moment", "Write 2026-03-01T09:30:00."),
    "source": ("source is null", "is missing", "Say who it was, or take the row out."),
    "target": ("target is null", "is missing", "Say who it was, or take the row out."),
    "channel": ("channel is null", "is missing", "Say by what means it was."),
    "end": ("until < moment", "is before start", "Check both, or take the row out."),
}
NUMBERED = """
create table people as
  select name, cast(row_number() over (order by cast(name as varchar)) - 1 as bigint) as number
  from (select source as name from raw union select target from raw);
create table channels as
  select name, cast(row_number() over (order by cast(name as varchar)) - 1 as bigint) as number
  from (select distinct channel as name from raw);
"""
SORTED = """
create table sorted as
  select least(s.number, t.number) * 4294967296 + greatest(s.number, t.number) as pair,
    moment, until, row, s.number > t.number as back, c.number as channel
  from raw join people s on s.name = source join people t on t.name = target
    join channels c on c.name = channel
  where source <> target
  order by pair, moment, row
"""
COUNTS = """
select count(*), min(moment), max(until), count(*) filter (where source = target),
  min(row) filter (where source = target) from raw
"""
BACKWARDS = """
select count(*), min(row) from (select row, moment < lag(moment) over () as earlier from raw)
where earlier
"""
DAYS = "select min(moment) as low, max(moment) as high from raw group by moment // {day} order by 1"
CUTS = "select pair from sorted where rowid % {rows} = 0 order by rowid"
PART = """
select pair, moment, until, row, back, channel from sorted where pair >= {low} and pair < {high}
order by pair, moment, row
"""
EXAMPLE = "select {start}, {source}, {target} from {scan} limit 1 offset {row}"


def read_large(
    path: str | os.PathLike[str],
    *,
    directed: bool = True,
    observed_from_start: bool | None = None,
    silence_days: float = LONG_SILENCE,
    memory_limit: str = "2GB",
    threads: int | None = None,
    folder: str | os.PathLike[str] | None = None,
    **reading: Any,
) -> Log:
    """Read a log that need not fit into memory, sorted on disk by DuckDB.

    Every measure gives the same tables from it as from `read`.

    Parameters
    ----------
    path : path
        A CSV or Parquet file, or a folder of them. Parquet is many times faster.
    directed, observed_from_start, silence_days
        As in `read`. Duplicates are kept.
    memory_limit : str
        How much DuckDB may use, such as "2GB"; beyond it, it works on disk.
    threads : int, optional
        How many threads DuckDB may use; by default all.
    folder : path, optional
        Where the sorted log lies while it is used, about 20 bytes an interaction; by default
        the system's folder of temporary files. It is removed with the log.
    **reading
        `columns`, `channel` and `seconds_since`, as in `read`.

    Returns
    -------
    Log

    Raises
    ------
    MissingPackage
        If DuckDB is not installed.
    ValueError
        If a column is missing or a cell is wrong; the message names row, column and value.

    Examples
    --------
    >>> import tempfile
    >>> sent = "start,source,target\\n2026-03-01T09:00:00,ann,bob\\n"
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "log.csv")
    ...     _ = file.write_text(sent, encoding="utf-8")
    ...     log = read_large(file, channel="message", observed_from_start=True)
    ...     log.pairs, list(log.people)
    (1, ['ann', 'bob'])
    """
    with needs("A large log", instead="use read"):
        import duckdb
    if not 1 < silence_days < np.inf:
        raise ValueError(f"silence_days is {silence_days}, but is a number of days above 1.")
    place = tempfile.TemporaryDirectory(
        prefix="frontporch-", dir=folder, ignore_cleanup_errors=True
    )
    settings = {
        "memory_limit": memory_limit,
        "temp_directory": place.name,
    }
    base = duckdb.connect(
        str(Path(place.name, "log.duckdb")),
        config=settings | ({"threads": threads} if threads else {}),
    )
    base.execute("set enable_progress_bar = false")

    def close() -> None:
        base.close()
        place.cleanup()

    try:
        columns, channel, seconds_since = _read_as(**reading)
        source = _source(base, files(path), columns, channel)
        _interactions(base, source, seconds_since)
        cuts = _sorted(base)
        log = _log(base, source, cuts, directed, observed_from_start, silence_days)
    except BaseException:
        close()
        raise
    weakref.finalize(log, close)
    return log


def _read_as(
    columns: Mapping[str, str] | None = None,
    channel: str | None = None,
    seconds_since: str | pd.Timestamp | None = None,
) -> tuple[dict[str, str], str | None, str | pd.Timestamp | None]:
    """Give what `interactions` would be told; an unknown name is an error."""
    return dict(columns or {}), channel, seconds_since


@dataclass(frozen=True)
class Source:
    """Where the interactions stand, and how they are read.

    Parameters
    ----------
    paths : list of Path
        The files.
    scan : str
        What DuckDB reads them with.
    cells : mapping of str to str
        Expression of each column, by its name in the contract.
    text : bool
        Whether all cells are text.
    zone : bool
        Whether times know their zone.
    """

    paths: list[Path]
    scan: str
    cells: Mapping[str, str]
    text: bool
    zone: bool

    def example(self, base: DuckDBPyConnection, row: int | None) -> str:
        """Show one row, as an example of what was noticed."""
        if row is None:
            return ""
        shown = {one: self.cells[one] for one in ("start", "source", "target")}
        found = base.execute(EXAMPLE.format(scan=self.scan, row=row, **shown)).fetchone()
        return f"row {row}: {found[0]}, {found[1]} to {found[2]}" if found else ""


def _source(
    base: DuckDBPyConnection, paths: list[Path], columns: Mapping[str, str], channel: str | None
) -> Source:
    """Find the columns, and whether times know their zone."""
    names = ", ".join("'" + str(one).replace("'", "''") + "'" for one in paths)
    text = paths[0].suffix.lower() == ".csv"
    scan = (
        f"read_csv([{names}], header = true, all_varchar = true, union_by_name = true)"
        if text
        else f"read_parquet([{names}], union_by_name = true)"
    )
    kinds = {row[0]: row[1] for row in base.execute(f"describe from {scan}").fetchall()}
    called = {ours: theirs for theirs, ours in columns.items()}
    cells = _cells(kinds, called, channel)
    zone = _zone(base, scan, cells["start"], kinds.get(called.get("start", "start")), text)
    return Source(paths, scan, cells, text, zone)


def _interactions(
    base: DuckDBPyConnection, source: Source, seconds_since: str | pd.Timestamp | None
) -> None:
    """Make the view `raw` of interactions, and refuse what breaks their contract."""
    cells, text, zone = source.cells, source.text, source.zone
    moment = until = _moment(cells["start"], seconds_since, text, zone)
    if "end" in cells:
        until = f"coalesce({_moment(cells['end'], seconds_since, text, zone)}, {moment})"
    people_and_channel = {one: cells[one] for one in ("source", "target", "channel")}
    base.execute(RAW.format(moment=moment, until=until, scan=source.scan, **people_and_channel))
    _sound(base, source.scan, cells, source.paths)


def _sorted(base: DuckDBPyConnection) -> NDArray[np.int64]:
    """Number people and channels, sort by pair, and say at which pairs to cut."""
    rows, alone = base.execute(
        "select count(*), count(*) filter (where source = target) from raw"
    ).fetchall()[0]
    if rows == alone:
        raise ValueError("no interaction between two people is left: there is nothing to measure.")
    base.execute(NUMBERED)
    base.execute(SORTED)
    cuts = base.execute(CUTS.format(rows=ROWS_AT_ONCE)).fetchnumpy()["pair"]
    return np.append(np.unique(cuts), np.iinfo(np.int64).max)


def _timelines(
    base: DuckDBPyConnection, cuts: NDArray[np.int64], directed: bool
) -> Iterator[Timeline]:
    """Walk through the sorted log, some pairs at a time."""
    number = 0
    for low, high in pairwise(cuts):
        # A cursor of its own: two walks through the log do not disturb each other.
        part = base.cursor().execute(PART.format(low=low, high=high)).fetchnumpy()
        pair = part["pair"]
        one, other = pair // 4_294_967_296, pair % 4_294_967_296
        timeline = Timeline.from_columns(
            np.where(part["back"], other, one),
            np.where(part["back"], one, other),
            part["moment"],
            part["until"],
            part["channel"],
            part["row"],
            directed=directed,
            number=number,
        )
        number += timeline.pairs
        yield timeline


def _log(
    base: DuckDBPyConnection,
    source: Source,
    cuts: NDArray[np.int64],
    directed: bool,
    observed_from_start: bool | None,
    silence_days: float,
) -> Log:
    """Count what is odd, and give the log."""
    rows, first, last, alone, which = base.execute(COUNTS).fetchall()[0]
    back, earlier = base.execute(BACKWARDS).fetchall()[0]
    days = base.execute(DAYS.format(day=DAY)).fetchnumpy()
    silent = audit.silences(np.column_stack([days["low"], days["high"]]).ravel(), silence_days)
    pairs, parts, ties = 0, [], []
    for timeline in _timelines(base, cuts, directed):
        pairs += timeline.pairs
        parts.append(timeline.row[audit.same_again(timeline)])
        ties.append(timeline.row[audit.both_at_once(timeline)][: None if directed else 0])
    again, tied = np.concatenate(parts), np.concatenate(ties)

    def first_of(found: NDArray[np.int64]) -> str:
        return source.example(base, int(found.min()) if len(found) else None)

    zoned = "UTC" if source.zone else None
    return Log(
        _numbered(base, "people"),
        tuple(map(str, _numbered(base, "channels"))),
        directed,
        observed_from_start,
        pd.Timestamp(first, unit="us", tz=zoned),
        pd.Timestamp(last, unit="us", tz=zoned),
        rows - alone,
        pairs,
        audit.oddities(
            (alone, source.example(base, which)),
            (len(again), first_of(again), "keep"),
            (len(tied), first_of(tied)),
            (back, source.example(base, earlier)),
            silent,
            silence_days,
        ),
        () if source.zone else (NO_ZONE,),
        partial(_timelines, base, cuts, directed),
    )


def _cells(
    kinds: Mapping[str, str], called: Mapping[str, str], channel: str | None
) -> dict[str, str]:
    cells = {}
    for ours in (*NEEDED, "end", "channel"):
        theirs = called.get(ours, ours)
        if theirs in kinds:
            quoted = '"' + theirs.replace('"', '""') + '"'
            # An empty cell is a missing value, as in every table of the kit.
            cells[ours] = f"nullif({quoted}, '')" if kinds[theirs] == "VARCHAR" else quoted
        elif ours == "channel" and channel is not None:
            cells[ours] = "'" + channel.replace("'", "''") + "'"
        elif ours != "end":
            raise ValueError(f"the log has no column {theirs!r}. {nearest(theirs, kinds)}")
    return cells


def _moment(cell: str, seconds_since: str | pd.Timestamp | None, text: bool, zone: bool) -> str:
    if seconds_since is None:
        moment = f"epoch_us(try_cast({cell} as {'timestamptz' if zone else 'timestamp'}))"
        # A day alone is no moment, here as in every table of the kit.
        return f"case when regexp_matches({cell}, '{MOMENT}') then {moment} end" if text else moment
    origin = pd.Timestamp(seconds_since)
    since = (origin.tz_convert("UTC").tz_localize(None) if origin.tz else origin).value // 1_000
    return f"({since} + cast(round(try_cast({cell} as double) * 1e6) as bigint))"


def _zone(base: DuckDBPyConnection, scan: str, cell: str, kind: str | None, text: bool) -> bool:
    if not text:
        return kind == "TIMESTAMP WITH TIME ZONE"
    rows, zoned = base.execute(
        f"select count({cell}), count(*) filter (where regexp_matches({cell}, '{OFFSET}') "
        f"and contains({cell}, ':')) from {scan}"
    ).fetchone()
    if 0 < zoned < rows:
        raise ValueError(
            f"column 'start': {zoned} of {rows} times have an offset and the others none: give "
            "all of them one, or none."
        )
    return zoned > 0


def _sound(
    base: DuckDBPyConnection, scan: str, cells: Mapping[str, str], paths: list[Path]
) -> None:
    for column, (wrong, problem, remedy) in WRONG.items():
        if column not in cells:
            continue
        count, row = base.execute(f"select count(*), min(row) from raw where {wrong}").fetchone()
        if count:
            one = f"select {cells[column]} from {scan} limit 1 offset {row}"
            value = base.execute(one).fetchone()[0]
            name = paths[0].name if len(paths) == 1 else f"{paths[0].parent.name} (all files)"
            raise ValueError(
                f"{name}: {count} fault{'s' if count > 1 else ''}, the first in row {row}, counted "
                f"from 0, column {column!r}, value {value!r}: {problem}. {remedy}"
            )


def _numbered(base: DuckDBPyConnection, table: str) -> pd.Index:
    found = base.execute(f"select cast(name as varchar) as name from {table} order by number")
    return pd.Index(found.fetchnumpy()["name"].astype(object))
