"""Logs larger than memory: DuckDB reads, numbers and sorts them on disk."""

from __future__ import annotations

import os
import re
import tempfile
import weakref
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ... import tables
from ...citing import cited_file
from ...groups import needs
from ...tables.noticed import KEPT, Note, Notes
from ...tables.reading import Reading
from ...tables.spelling import spelled
from ...tables.usual import proposed
from . import audit
from .load import NEEDED, files, interactions
from .log import LONG_SILENCE, NO_ZONE, Log, example_of, microseconds
from .timeline import Timeline

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

DAY = 86_400_000_000
ROWS_AT_ONCE = 1_000_000
"""How many interactions are looked at together."""

PLAIN = r"[1-9]\d{3}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d{1,6})?"
ZONED = PLAIN + r"(Z|[+-](0\d|1[0-4]):[0-5]\d)"
RAW = """
create view raw as select
  row_number() over () - 1 as row, {moment} as moment, {until} as until,
  {source} as source, {target} as target, {channel} as channel from {scan}
"""
GIVEN = """
create view raw as select
  row_number() over () - 1 as row, moment, until, source, target, channel from given
"""
NOT_PLAIN = """
select count(*) from {scan} where {start} is null or {source} is null or {target} is null
  or {channel} is null or not ({form}) or {moment} is null or {until} is null
  or {until} < {moment} or {moment} < {low} or {until} > {high}
  or starts_with({source}, '''') or starts_with({target}, '''')
  or starts_with({channel}, '''') or {source} = '' or {target} = '' or {channel} = ''
"""
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


@cited_file
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
        A file or a folder, as in `read`. CSV with commas and without quotes, and Parquet, are
        read on disk; Parquet is many times faster. All else is read in memory first.
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
        `channel`, `seconds_since` and all options of `tables.read`, as in `read`.

    Returns
    -------
    Log

    Raises
    ------
    MissingPackage
        If DuckDB is not installed.
    TableError
        If a cell is wrong: the same error as from `read`.

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
        raise ValueError(f"silence_days is {silence_days}, but must be a number of days above 1.")
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
    base.execute("set timezone = 'UTC'")

    def close() -> None:
        base.close()
        place.cleanup()

    try:
        source = _source(base, files(path), reading)
        cuts = _sorted(base)
        log = _log(base, source, cuts, directed, observed_from_start, silence_days)
    except BaseException:
        close()
        raise
    weakref.finalize(log, close)
    return log


@dataclass(frozen=True)
class Source:
    """Where the interactions stand, and what was noticed while they were read.

    Parameters
    ----------
    example : callable
        Shows a row by its number, as an example of what was noticed.
    zone : bool
        Whether times know their zone.
    notes : tuple of Note
        What was noticed.
    """

    example: Callable[[int | None], str]
    zone: bool
    notes: tuple[Note, ...] = ()


def _source(base: DuckDBPyConnection, paths: list[Path], reading: Mapping[str, Any]) -> Source:
    """Make the view `raw` of interactions.

    DuckDB reads files that are plain beyond doubt. All others go through the door of every
    table, so that there is one answer, or one error, whatever the size of the file.
    """
    plain = _plain(base, paths, reading)
    if plain is not None:
        return plain
    frame = interactions(paths[0] if len(paths) == 1 else paths[0].parent, **reading)
    moment = microseconds(frame["start"])
    until = microseconds(frame["end"], moment) if "end" in frame else moment
    names = {one: frame[one].astype(object) for one in ("source", "target", "channel")}
    base.register("given_frame", pd.DataFrame({"moment": moment, "until": until, **names}))
    base.execute("create table given as select * from given_frame")
    base.unregister("given_frame")
    base.execute(GIVEN)
    shown = frame[["start", "source", "target"]]
    return Source(
        lambda row: "" if row is None else example_of(shown, row),
        frame["start"].dt.tz is not None,
        tuple(frame.attrs.get(KEPT, ())),
    )


def _plain(
    base: DuckDBPyConnection, paths: list[Path], reading: Mapping[str, Any]
) -> Source | None:
    """Let DuckDB read files that are plain beyond doubt; None where any doubt is left."""
    with needs("A large log", instead="use read"):
        import duckdb

    text = {one.suffix.lower() for one in paths} == {".csv"}
    told = {name for name, value in reading.items() if value is not None}
    if not told <= {"columns", "channel"} or not (text or paths[0].suffix.lower() == ".parquet"):
        return None
    if text and len({_header(one) for one in paths} | {None}) != 2:
        return None
    names = ", ".join("'" + str(one).replace("'", "''") + "'" for one in paths)
    scan = (
        f"read_csv([{names}], header = true, all_varchar = true, delim = ',', quote = '', "
        "escape = '', comment = '', null_padding = false, strict_mode = true, skip = 0)"
        if text
        else f"read_parquet([{names}])"
    )
    try:
        kinds = {row[0]: row[1] for row in base.execute(f"describe from {scan}").fetchall()}
        cells = _cells(kinds, reading.get("columns") or {}, reading.get("channel"), text)
        if cells is None:
            return None
        zone = _zone(base, scan, cells["start"], kinds, text)
        moment, until = _moment(cells["start"]), _moment(cells["end"])
        low, high = (one.value // 1_000 for one in Reading().bounds)
        form = (
            f"regexp_full_match({cells['start']}, '{ZONED if zone else PLAIN}')" if text else "true"
        )
        doubt = NOT_PLAIN.format(
            scan=scan, form=form, moment=moment, until=until, low=low, high=high, **_quoted(cells)
        )
        rows, doubtful = base.execute(f"select count(*) from {scan}").fetchall()[0][0], 1
        if rows:
            doubtful = base.execute(doubt).fetchall()[0][0]
        if doubtful:
            return None
        base.execute(RAW.format(moment=moment, until=until, scan=scan, **_quoted(cells)))
        notes = Notes()
        for ends in (("source", "target"), ("channel",)):
            union = " union ".join(f"select distinct {one} as name from raw" for one in ends)
            spelled(base.execute(union).fetchnumpy()["name"].tolist(), Reading(), notes)
    except duckdb.Error:
        base.execute("drop view if exists raw")
        return None
    shown = {one: cells[one] for one in ("start", "source", "target")}

    def example(row: int | None) -> str:
        if row is None:
            return ""
        found = base.execute(EXAMPLE.format(scan=scan, row=row, **shown)).fetchone()
        return f"row {row}: {_as_time(found[0])}, {found[1]} to {found[2]}" if found else ""

    return Source(example, zone, tuple(notes))


def _as_time(given: object) -> str:
    at = pd.Timestamp(given)
    return str(at if at.tz is None else at.tz_convert("UTC"))


def _header(path: Path) -> str | None:
    """Give the line of names of a file of plain text; None where a sign needs a closer look."""
    with path.open("rb") as file:
        first = file.readline(1 << 16)
        if first.startswith((b"\xef\xbb\xbf", b"\xff", b"\xfe", b"PK", b"\x1f\x8b")):
            return None
        end = b"\r\n" if first.endswith(b"\r\n") else b"\n"
        last, piece = b"", first
        while piece:
            joined = last + piece
            lone = joined.count(b"\r") != joined.count(b"\r\n") + joined.endswith(b"\r")
            odd = any(one in joined for one in (b'"', b"\x00", b"\n\n", b"\n\r\n"))
            if odd or lone or (end == b"\n" and b"\r" in piece):
                return None
            last, piece = piece[-2:], file.read(1 << 22)
    names = first.decode("utf-8", "replace").rstrip("\r\n").split(",")
    clean = all(name and name == name.strip() and name[:1] not in "'" for name in names)
    return ",".join(names) if clean and len(set(names)) == len(names) else None


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
        return source.example(int(found.min()) if len(found) else None)

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
        audit.with_reading(
            audit.oddities(
                (alone, source.example(which)),
                (len(again), first_of(again), "keep"),
                (len(tied), first_of(tied)),
                (back, source.example(earlier)),
                silent,
                silence_days,
            ),
            source.notes,
        ),
        () if source.zone else (NO_ZONE,),
        partial(_timelines, base, cuts, directed),
    )


def _cells(
    kinds: Mapping[str, str], columns: Mapping[str, str], channel: str | None, text: bool
) -> dict[str, str] | None:
    """Say by which expression DuckDB reads each column; None where the door must decide."""
    called = {ours: theirs for theirs, ours in columns.items()}
    header = [columns.get(name, name) for name in kinds]
    if not set(columns) <= set(kinds) or len(set(header)) < len(header):
        return None
    if "end" in proposed(header, tables.describe("interactions")).values():
        return None
    cells = {}
    for ours in (*NEEDED, "end", "channel"):
        theirs = called.get(ours, ours)
        moment = ours in ("start", "end")
        if theirs in kinds:
            wanted = ("TIMESTAMP", "TIMESTAMP WITH TIME ZONE") if moment else ("VARCHAR", "BIGINT")
            if not text and kinds[theirs] not in wanted:
                return None
            cells[ours] = '"' + theirs.replace('"', '""') + '"'
        elif ours == "channel" and channel:
            cells[ours] = "'" + channel.replace("'", "''") + "'"
        elif ours == "end":
            cells[ours] = cells["start"]
        else:
            return None
    # Ends, where there are any, may have gaps and other forms: the door reads them.
    return cells if cells["end"] == cells["start"] or not text else None


def _quoted(cells: Mapping[str, str]) -> dict[str, str]:
    """Give the cells of people and channel as text, and the others as they are."""
    return {
        one: f"cast({cell} as varchar)" if one in ("source", "target", "channel") else cell
        for one, cell in cells.items()
        if one != "end"
    }


def _moment(cell: str) -> str:
    return f"epoch_us(try_cast({cell} as timestamptz))"


def _zone(
    base: DuckDBPyConnection, scan: str, cell: str, kinds: Mapping[str, str], text: bool
) -> bool:
    """Whether the first time knows its zone; all must be like it."""
    if not text:
        return kinds[cell.strip('"').replace('""', '"')] == "TIMESTAMP WITH TIME ZONE"
    first = base.execute(f"select {cell} from {scan} limit 1").fetchone()
    return bool(first and first[0] and re.search(r"(Z|[+-]\d\d:\d\d)$", first[0]))


def _numbered(base: DuckDBPyConnection, table: str) -> pd.Index:
    found = base.execute(f"select cast(name as varchar) as name from {table} order by number")
    return pd.Index(found.fetchnumpy()["name"].astype(object))
