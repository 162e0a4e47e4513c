"""Wide tables of counts: periods down and a column a series, or across and a row a series."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ...names import pick
from ...tables import Contract, Fault, Reading, TableError
from ...tables.checking import further
from ...tables.contract import Field
from ...tables.noticed import KEPT, Note
from ...tables.reader import on_desk
from ...tables.times import read_times

FALL = 0.05
"""A running total that falls by more than this share is none."""
SERIES = ("brand", "platform", "series", "metric", "unit")
"""Columns of a long table whose values tell series apart."""
COUNTED = ("totals", "new")
_YEAR = re.compile(r"(1[5-9]|2[01])\d\d")
_YEARS = tuple(str(year) for year in range(1500, 2200))

Period = tuple[pd.Timestamp, pd.Timestamp]


def opened(path: str | Path, contracts: Sequence[Contract], reading: Reading) -> pd.DataFrame:
    """Read the cells of a file of counts: numbers where a column has nothing else.

    Parameters
    ----------
    path : str or pathlib.Path
        The file.
    contracts : sequence of Contract
        By their names it is known which line has the columns' names.
    reading : Reading
        How it is read.

    Returns
    -------
    pandas.DataFrame
        Its index is the line of each row.
    """
    known = {field.name: field for one in contracts for field in one.fields}
    years = Field("years", optional=True, usual_names=_YEARS)
    sheet, desk = on_desk(
        path, Contract("counts", fields=(*known.values(), years)), "counts", reading
    )
    desk.findings.stop()
    kept = np.ones(len(sheet.lines), dtype=bool)
    missing = ("", *reading.missing)
    table = pd.DataFrame(further(sheet, sheet.header, set(), kept, reading, missing, desk.notes))
    table.index = pd.Index(sheet.lines)
    table.attrs[KEPT] = tuple(desk.notes)
    return table


def chosen(table: pd.DataFrame, of: str | Sequence[str]) -> pd.DataFrame:
    """Keep the rows of one series of a long table.

    Raises
    ------
    UnknownName
        If there is no such series; the message names the nearest.

    Examples
    --------
    >>> table = pd.DataFrame({"brand": ["a", "b"], "fans": [1, 2]})
    >>> chosen(table, "b").fans.tolist()
    [2]
    """
    for name in [of] if isinstance(of, str) else of:
        within = [one for one in SERIES if one in table]
        known = [str(word) for one in within for word in table[one].unique()]
        pick(str(name), known, "series")
        column = next(one for one in within if (table[one].astype(str) == str(name)).any())
        table = table[table[column].astype(str) == str(name)]
    return table


def narrowed(
    table: pd.DataFrame, of: str | Sequence[str] | None, counted: str | None
) -> pd.DataFrame | None:
    """Give one series of a wide table in long form; None where the table is not wide.

    Parameters
    ----------
    table : pandas.DataFrame
        The table.
    of : str, optional
        Which of its series; may be left out where there is one.
    counted : {"totals", "new"}, optional
        Whether the numbers are running totals, or new in each period.

    Returns
    -------
    pandas.DataFrame or None
        With `date` and `users`, or with windows and `fans`, or with `year` and `adopters`.

    Raises
    ------
    TableError
        If there are several series and none is named, or totals fall.

    Examples
    --------
    >>> wide = pd.DataFrame({"shop": ["a", "b"], "2019": [1, 5], "2020": [2, 7], "2021": [4, 9]})
    >>> narrowed(wide, "b", None).fans.tolist()
    [5, 7, 9]
    """
    wide = _across(table) if _across_periods(table) else _down(table)
    if wide is None:
        return None
    names = list(wide)
    if of is None and len(names) > 1:
        shown = ", ".join(names[:6]) + (" …" if len(names) > 6 else "")
        problem, remedy = f"has {len(names)} series: {shown}", f'Choose one, as of="{names[0]}".'
        raise TableError(
            "counts", [Fault(None, None, None, problem, remedy)], options={"of": names[0]}
        )
    name = names[0] if of is None else pick(of if isinstance(of, str) else of[0], names, "series")
    return _as_long(wide[name], name, counted, table.attrs.get(KEPT, ()))


def _period(name: Hashable) -> Period | None:
    """Understand a year, a month or a day; None where it is none."""
    if isinstance(name, pd.Timestamp):
        return name, name
    text = str(name).strip()
    if isinstance(name, float | np.floating) and float(name).is_integer():
        text = str(int(name))
    if _YEAR.fullmatch(text):
        return pd.Timestamp(int(text), 1, 1), pd.Timestamp(int(text), 12, 31)
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        first = pd.Timestamp(f"{text}-01")
        return first, first + pd.offsets.MonthEnd(0)
    found = read_times([text], "date", Reading()) if re.match(r"\d{4}-\d\d-\d\d", text) else None
    if found is None or not found.good.all():
        return None
    return pd.Timestamp(found.values[0]), pd.Timestamp(found.values[0])


def _across_periods(table: pd.DataFrame) -> list[Hashable]:
    """Give the columns that are periods, where they are most of the table."""
    found = [name for name in table.columns if _period(name)]
    return found if len(found) >= 3 and len(found) > len(table.columns) / 2 else []


def _across(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Give each row as a series, called by its words."""
    periods = _across_periods(table)
    words = [
        name
        for name in table.columns
        if name not in periods and not pd.api.types.is_numeric_dtype(table[name])
    ]
    named = table[words].fillna("").astype(str).agg(" ".join, axis="columns").str.strip()
    if not words:
        named = pd.Series(table.index.astype(str), index=table.index)
    named = named.where(named != "", "not named")
    found = {}
    for k, name in enumerate(named):
        again = f"{name} ({k + 1})" if name in found else name
        found[again] = pd.DataFrame(
            {"period": periods, "count": table[periods].iloc[k].to_numpy(object)},
            index=[table.index[k]] * len(periods),
        ).dropna(subset="count")
    return found


def _down(table: pd.DataFrame) -> dict[str, pd.DataFrame] | None:
    """Give each column as a series, where one of them holds a period in each row."""
    if isinstance(table.index, pd.DatetimeIndex):
        table = table.reset_index(names="date")
    times = [name for name in table.columns if _all_periods(table[name])]
    if not times or len(table.columns) < 2:
        return None
    if _period(times[0]) is not None:
        names = ["year", *(f"series_{k}" for k in range(1, len(table.columns)))]
        names = names if len(names) > 2 else ["year", "users"]
        problem = "the first line is a row, not the names of the columns"
        raise TableError(
            "counts",
            [Fault(None, None, None, problem, f"Name the columns, as names={names}.")],
            options={"names": names},
        )
    found = {}
    for name in table.columns:
        if name != times[0]:
            one = pd.DataFrame({"period": table[times[0]], "count": table[name]})
            found[str(name)] = one.dropna(subset="count")
    return found


def _all_periods(column: pd.Series) -> bool:
    if pd.api.types.is_datetime64_any_dtype(column):
        return bool(column.notna().all())
    if pd.api.types.is_numeric_dtype(column) and not column.isna().any():
        return bool(_YEAR.fullmatch(str(column.iloc[0])[:4]) and column.map(_period).notna().all())
    cells = [str(one) for one in column if isinstance(one, str)]
    if len(cells) < len(column) or not cells:
        return False
    found = read_times(cells, "date", Reading())
    return bool(found.good.all() or found.asked or all(map(_period, cells)))


def _as_long(
    one: pd.DataFrame, name: str, counted: str | None, notes: Sequence[Note]
) -> pd.DataFrame:
    if counted not in (None, *COUNTED):
        raise ValueError(f"counted is {counted!r}, but must be 'totals' or 'new'.")
    periods = [_period(period) for period in one["period"]]
    if counted is None:
        _refuse_falling(one, name)
    if counted == "new":
        years = [period[0].year if period else period for period in periods]
        return pd.DataFrame(
            {"series": name, "year": years, "adopters": one["count"]}, index=one.index
        )
    done = 'read as running totals; counted="new" reads them as new ones in each year'
    said: tuple[Any, ...] = (*notes, Note("a wide table", len(one), done, name))
    counts = one["count"].infer_objects()
    if all(periods):
        long = pd.DataFrame(
            {
                "platform": name,
                "brand": name,
                "date_from": [period[0] for period in periods if period],
                "date_to": [period[1] for period in periods if period],
                "fans": counts,
                "at_least": False,
                "confidence": "high",
                "source": "not named",
            },
            index=one.index,
        )
    else:
        long = pd.DataFrame({"platform": name, "date": one["period"], "users": counts})
    long.attrs[KEPT] = said if counted is None else tuple(notes)
    return long


def _refuse_falling(one: pd.DataFrame, name: str) -> None:
    """Ask what the numbers are where they cannot be running totals."""
    numbers = pd.to_numeric(one["count"], errors="coerce").to_numpy(float)
    falls = np.flatnonzero(numbers[1:] < (1 - FALL) * numbers[:-1])
    if not len(falls):
        return
    at = int(falls[0])
    fault = Fault(
        one.index[at + 1],
        name,
        one["count"].iloc[at + 1],
        f"is less than the {one['count'].iloc[at]} of {one['period'].iloc[at]}, so these are no "
        "running totals",
        'Say counted="new" if they are new ones in each year, or counted="totals" if a total fell.',
    )
    raise TableError("counts", [fault], options={"counted": "new"})
