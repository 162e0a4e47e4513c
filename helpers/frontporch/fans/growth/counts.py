"""From a table of counts to a series; what is wrong with one, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Unpack

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...citing import cited_file
from ...rounding import as_given
from ...tables import Contract, Fault, TableError, check
from ...tables.contract import Field
from ...tables.faults import as_options, completed
from ...tables.reading import Options, Reading
from ...tables.usual import proposed
from .parsing import parse_count, parse_counts, rounding
from .series import DAYS, PageEvent, Series
from .wide import chosen, narrowed, opened

FEWEST = 3
"""Below this number of counts nothing is read."""
FALL = 0.05
"""Reports of one page differ by some percent: a smaller fall is an error of reports, no fault."""

USERS = {
    "fans": "users",
    "date_from": "date",
    "date_to": "",
    "brand": "",
    "platform, brand, date_from, date_to, source": "date",
}
"""Columns of a table of users by day, in place of those of the contract."""


FORMS = ({"date_from"}, {"fans", "platform"}, {"date", "users"}, {"year", "adopters"})
"""Columns by which a long table is known."""
USERS_BY_DAY = Contract(
    "users by day",
    fields=(
        Field("date", "date", usual_names=("day", "month", "week", "when", "time", "timestamp")),
        Field(
            "users",
            usual_names=("fans", "followers", "subscribers", "members", "likes", "count", "total"),
        ),
    ),
)
ADOPTERS_BY_YEAR = Contract(
    "adopters by year",
    fields=(
        Field("year", usual_names=("period", "t")),
        Field("adopters", usual_names=("sales", "new", "adoptions", "units", "newusers")),
    ),
)


@cited_file
def read_counts(
    table: pd.DataFrame | Series | str | Path,
    *,
    of: str | Sequence[str] | None = None,
    counted: str | None = None,
    events: Sequence[PageEvent] = (),
    may_fall: bool | None = None,
    text_counts: bool = False,
    as_of: str | pd.Timestamp | None = None,
    **reading: Unpack[Options],
) -> Series:
    """Read a table of one brand, platform or product into a series.

    Parameters
    ----------
    table : pandas.DataFrame, Series, str or pathlib.Path
        A table, or a file of one, in one of four forms. The `counts` contract: running totals
        with windows and sources. A table with `date` and `users`, such as `platform_users`:
        running totals by day. A table with `year` and `adopters`, such as `bass_classics`: new
        adopters year by year, from the launch on. A wide table: years or days down and a column
        a series, or periods across and a row a series. A series that was read passes as it is.
    of : str or sequence of str, optional
        Which series of a table that has several.
    counted : {"totals", "new"}, optional
        Whether a wide table holds running totals, or new ones in each year; totals by default,
        if none falls.
    events : sequence of PageEvent
        Known steps.
    may_fall : bool, optional
        Whether a total can fall without a page event. By default active users can, fans and
        members cannot.
    text_counts : bool
        Whether counts may be text, such as "7M" or "over 7 million".
    as_of : str or pandas.Timestamp, optional
        The day after which no count can have been taken; today by default.
    **reading
        Options as in `tables.read`, such as `columns` and `times`.

    Returns
    -------
    Series

    Raises
    ------
    TableError
        If a count cannot be right, or several brands, platforms or metrics are mixed; each fault
        names row, column, value and remedy.

    Examples
    --------
    >>> from frontporch import data
    >>> sold = data.load("bass_classics").query("series == 'vcr_us'")
    >>> read_counts(sold).totals[-1].item()
    60640.0
    """
    if isinstance(table, Series):
        return table
    told: dict[str, Any] = {
        "of": of,
        "counted": counted,
        "events": events,
        "may_fall": may_fall,
        "text_counts": text_counts,
        "as_of": as_of,
        **reading,
    }
    try:
        return _read(table, **told)
    except TableError as error:
        raise completed(error, partial(_read, table), told) from None


def _read(
    table: pd.DataFrame | str | Path,
    *,
    of: str | Sequence[str] | None,
    counted: str | None,
    text_counts: bool,
    **rest: Any,
) -> Series:
    """Read a table of one of the four forms."""
    events, may_fall, as_of = (rest.pop(name) for name in ("events", "may_fall", "as_of"))
    reading: Options = rest  # type: ignore[assignment]
    if isinstance(table, str | Path):
        contracts = (Contract.load("counts"), USERS_BY_DAY, ADOPTERS_BY_YEAR)
        frame = opened(table, contracts, Reading.of(reading))
        told = {"of": of, "counted": counted, "text_counts": text_counts, "events": events}
        with _in_lines_of(Path(table)):
            return _read(frame, **told, may_fall=may_fall, as_of=as_of, **reading)
    if not isinstance(table, pd.DataFrame):
        raise TypeError(f"counts are a pandas DataFrame, but this is a {type(table).__name__}.")
    table, reading = _as_told(table, reading)
    table = _one_series(table, of, counted)
    if "date_from" in table.columns or "fans" in table.columns:
        table = parse_counts(table) if text_counts and "fans" in table else table
        names = {}
    elif {"date", "users"} <= set(table.columns):
        table = _from_users(table, text_counts)
        names = USERS
    elif {"year", "adopters"} <= set(table.columns):
        with _in_words_of({}, text_counts):
            return _from_adopters(table, text_counts)
    else:
        problem = (
            "the columns are neither those of the contract 'counts', nor date and users, nor year "
            "and adopters, nor a wide table of years"
        )
        remedy = "Rename them; tables.describe('counts') tells what a table of fan counts needs."
        raise TableError("counts", [Fault(None, None, None, problem, remedy)])
    with _in_words_of(names, text_counts):
        return _from_rows(table, events, may_fall, as_of, reading)


def _as_told(table: pd.DataFrame, reading: Options) -> tuple[pd.DataFrame, Options]:
    """Rename the columns as the caller says, or propose it, and give the other options."""
    named = dict(reading.get("columns", {}))
    rest: Options = {key: value for key, value in reading.items() if key != "columns"}  # type: ignore[assignment,misc]
    rest.setdefault("between", (pd.Timestamp("1500-01-01"), pd.Timestamp("2200-01-01")))
    given = table.rename(columns=named) if named else table
    names = set(given.columns)
    if any(form <= names for form in FORMS):
        return given, rest
    for contract in (USERS_BY_DAY, ADOPTERS_BY_YEAR):
        usual = proposed(list(given.columns), contract)
        if {field.name for field in contract.fields} <= names | set(usual.values()):
            back = {ours: theirs for theirs, ours in named.items()}
            whole = named | {back.get(a, a): b for a, b in usual.items()}
            faults = [
                Fault(None, b, None, "this column is missing", f"Rename {str(a)!r} to {b!r}.")
                for a, b in usual.items()
            ]
            raise TableError("counts", faults, options={"columns": whole})
    return given, rest


def _one_series(
    table: pd.DataFrame, of: str | Sequence[str] | None, counted: str | None
) -> pd.DataFrame:
    """Choose a series, and give a wide table in long form."""
    if any(form <= set(table.columns) for form in FORMS):
        return table if of is None else chosen(table, of)
    long = narrowed(table, of, counted)
    return table if long is None else long


@contextmanager
def _in_lines_of(file: Path) -> Iterator[None]:
    """Name the file, and call its rows lines."""
    try:
        yield
    except TableError as error:
        faults = [
            replace(one, problem=one.problem.replace(" of row ", " of line "))
            for one in error.faults
        ]
        raise TableError(file.name, faults, error.total, "line", error.options) from None


def _from_rows(
    table: pd.DataFrame,
    events: Sequence[PageEvent],
    may_fall: bool | None,
    as_of: str | pd.Timestamp | None,
    reading: Options,
) -> Series:
    rows = check(table, "counts", "counts", **reading)
    _one_of_each(rows, ("platform", "brand", "metric"))
    _not_in_the_future(rows, pd.Timestamp(as_of) if as_of else pd.Timestamp.now().normalize())
    if may_fall is None:
        may_fall = bool(
            rows.get("metric", pd.Series([""], dtype=object))
            .astype(str)
            .str.startswith("MAU")
            .all()
        )
    return _from_counts(rows, tuple(events), may_fall)


def _from_users(table: pd.DataFrame, text_counts: bool) -> pd.DataFrame:
    """Give a table of users by day the columns of counts."""
    _one_of_each(table, ("platform", "brand", "metric"))
    table = parse_counts(table, "users") if text_counts else table
    brand = table["platform"] if "platform" in table else pd.Series("users", index=table.index)
    return table.assign(
        platform=brand,
        brand=brand,
        date_from=table["date"],
        date_to=table["date"],
        fans=table["users"],
        at_least=table.get("at_least", False),
        confidence=table.get("confidence", "high"),
        source=table.get("source", "not named"),
    )


def _from_adopters(table: pd.DataFrame, text_counts: bool) -> Series:
    _one_of_each(table, ("series", "unit", "platform", "brand"))
    if text_counts:
        table = parse_counts(table, "adopters")
    year = pd.to_numeric(table["year"], errors="coerce")
    new = pd.to_numeric(table["adopters"], errors="coerce")
    _numbers_from_0_up(table, {"year": year, "adopters": new})
    order = np.argsort(year.to_numpy(float), kind="stable")
    years, adopters = year.to_numpy(float)[order], new.to_numpy(float)[order]
    _year_after_year(years, table.index[order])
    n = len(years) + 1
    name = str(table["series"].iloc[0]).replace("_", " ") if "series" in table else "adopters"
    unit = str(table["unit"].iloc[0]) if "unit" in table else "adopters"
    return Series(
        name,
        unit,
        pd.Timestamp(int(years[0]), 1, 1),
        np.arange(n, dtype=float),
        np.concatenate([[0.0], np.cumsum(adopters)]),
        np.zeros(n, bool),
        np.zeros(n),
        np.ones(n),
        True,
        np.zeros(n, bool),
        table=table.iloc[order],
    )


def _numbers_from_0_up(table: pd.DataFrame, columns: Mapping[str, pd.Series]) -> None:
    problem, remedy = "is not a number from 0 up", "Write digits alone: 7000000."
    faults = [
        Fault(row, column, table.at[row, column], problem, remedy)
        for column, numbers in columns.items()
        for row in table.index[~np.isfinite(numbers.to_numpy(float)) | (numbers < 0)]
    ]
    if faults:
        raise TableError("adopters", faults)


def _year_after_year(years: NDArray[np.float64], rows: pd.Index) -> None:
    faults = []
    for before, after, row in zip(years, years[1:], rows[1:], strict=False):
        problem, remedy = "stands twice", "Keep one row a year."
        if after != before:
            problem = f"follows on {as_given(before)}"
            remedy = "Add the years between, with 0 where nobody adopted."
        if after - before != 1:
            faults.append(Fault(row, "year", as_given(after), problem, remedy))
    if len(years) < FEWEST:
        faults.append(_too_few(len(years)))
    if faults:
        raise TableError("adopters", faults)


def _from_counts(rows: pd.DataFrame, events: tuple[PageEvent, ...], may_fall: bool) -> Series:
    middle = rows["date_from"] + (rows["date_to"] - rows["date_from"]) / 2
    order = np.lexsort((rows["fans"].to_numpy(), middle.to_numpy()))
    rows, middle = rows.iloc[order], middle.iloc[order]
    if len(rows) < FEWEST:
        raise TableError("counts", [_too_few(len(rows))])
    origin = middle.iloc[0].floor("D")
    times = ((middle - origin) / pd.Timedelta(days=DAYS)).to_numpy(float)
    totals = rows["fans"].to_numpy(float)
    stepped = np.zeros(len(rows), bool)
    for event in events:
        after = np.flatnonzero((middle > event.date).to_numpy())
        if event.fans is not None:
            totals[after] -= event.fans
        elif len(after):
            stepped[after[0]] = True
    rounded = rows.get("rounded_to", rows["fans"].map(rounding)).to_numpy(float)
    if not may_fall:
        _not_falling(rows, totals, stepped, rounded)
    window = ((rows["date_to"] - rows["date_from"]) / pd.Timedelta(days=DAYS)).to_numpy(float)
    platform, brand = str(rows["platform"].iloc[0]), str(rows["brand"].iloc[0])
    metric = f", {rows['metric'].iloc[0]}" if "metric" in rows else ""
    unit = "users" if "users" in rows else "fans"
    unit = str(rows["metric"].iloc[0]) if "metric" in rows else unit
    return Series(
        (brand if brand == platform else f"{brand} on {platform}") + metric,
        unit,
        origin,
        times,
        totals,
        rows["at_least"].to_numpy(bool),
        window,
        rounded,
        False,
        stepped,
        events,
        rows,
    )


def _one_of_each(rows: pd.DataFrame, columns: Sequence[str]) -> None:
    faults = []
    mixed = [column for column in columns if column in rows and rows[column].nunique() > 1]
    first = tuple(str(rows[column].iloc[0]) for column in mixed)
    option = as_options({"of": first[0] if len(first) == 1 else first}) if first else ""
    for column in columns:
        if column in rows and rows[column].nunique() > 1:
            kinds = sorted(map(str, rows[column].unique()))
            shown = ", ".join(kinds[:4]) + (" …" if len(kinds) > 4 else "")
            faults.append(
                Fault(
                    None,
                    column,
                    shown,
                    f"{len(kinds)} of them are mixed in one series",
                    f"Choose one, as {option}, or fit many with fit_many(table, by={column!r}).",
                )
            )
    if faults:
        of = {"of": first[0] if len(first) == 1 else first}
        raise TableError("counts", faults, options=of)


def _not_in_the_future(rows: pd.DataFrame, as_of: pd.Timestamp) -> None:
    late = rows.index[rows["date_from"] > as_of]
    if len(late):
        raise TableError(
            "counts",
            [
                Fault(
                    row,
                    "date_from",
                    f"{rows.at[row, 'date_from']:%Y-%m-%d}",
                    f"lies after {as_of:%Y-%m-%d}: nobody can have counted yet",
                    "Check year, month and day, or take a forecast out of the counts.",
                )
                for row in late
            ],
        )


def _not_falling(
    rows: pd.DataFrame, totals: np.ndarray, stepped: np.ndarray, rounded: np.ndarray
) -> None:
    faults = []
    start, end = rows["date_from"].to_numpy(), rows["date_to"].to_numpy()
    bound = rows["at_least"].to_numpy(bool)
    # A count that falls is below the highest before it: only these are looked at closely.
    highest = np.maximum.accumulate(totals)
    for k in np.flatnonzero((totals < (1 - FALL) * highest) & ~bound):
        at = np.arange(k)
        at = at[(end[:k] < start[k]) & (totals[k] < (1 - FALL) * totals[:k])]
        slack = np.where(bound[at], 0, rounded[at] / 2)
        at = at[totals[k] + rounded[k] / 2 < totals[at] - slack]
        step = np.flatnonzero(stepped[: k + 1])
        at = at[at >= step[-1]] if len(step) else at
        if len(at):
            j = at[np.argmax(totals[at])]
            problem = (
                f"is fewer than the {rows['fans'].iloc[j]:,} of row {rows.index[j]}, earlier on "
                f"{rows['date_to'].iloc[j]:%Y-%m-%d}, though fans only add up"
            )
            remedy = (
                "Check number, page and date; name a merge, purge or deletion in events=; take "
                "out the doubtful one; or say may_fall=True."
            )
            faults.append(
                Fault(rows.index[k], "fans", f"{rows['fans'].iloc[k]:,}", problem, remedy)
            )
    if faults:
        raise TableError("counts", faults)


def _too_few(n: int) -> Fault:
    return Fault(
        None,
        None,
        None,
        f"has {n} counts, but at least {FEWEST} are needed for a curve",
        "Gather more, or show them as points without a curve.",
    )


@contextmanager
def _in_words_of(columns: Mapping[str, str], text_counts: bool) -> Iterator[None]:
    """Name the columns as the given table does, and say where text can be read as counts.

    Parameters
    ----------
    columns : mapping of str to str
        From names of the contract to those of the table; "" for a column that repeats another,
        whose faults are said there.
    text_counts : bool
        Whether text was read already.

    Examples
    --------
    >>> with _in_words_of({"fans": "users"}, text_counts=False):
    ...     raise TableError("counts", [Fault(3, "fans", "7M", "is not a number", "Write digits.")])
    Traceback (most recent call last):
        ...
    frontporch.tables.faults.TableError: counts: 1 fault.
    row 3, column 'users', value '7M': is not a number. Write digits. Or say text_counts=True: it \
is read as 7,000,000.
    Read it with text_counts=True
    """
    try:
        yield
    except TableError as error:
        named = [
            replace(one, column=columns.get(str(one.column), one.column)) for one in error.faults
        ]
        faults = [one if text_counts else _readable(one) for one in named if one.column != ""]
        left_out = len(error.faults) - len(faults)
        options = dict(error.options)
        if any("text_counts=True" in one.remedy for one in faults):
            options["text_counts"] = True
        raise TableError(
            error.source, faults, error.total - left_out, error.place, options
        ) from None


def _readable(fault: Fault) -> Fault:
    """Add to the remedy of a count that stands there as text what it can be read as."""
    counted = fault.column in ("fans", "users", "adopters")
    if not (counted and isinstance(fault.value, str) and fault.problem.startswith("is not a")):
        return fault
    try:
        count = parse_count(fault.value)
    except ValueError:
        return fault
    bound = "at least " if count.at_least else ""
    words = f"{fault.remedy} Or say text_counts=True: it is read as {bound}{count.fans:,}."
    return replace(fault, remedy=words)
