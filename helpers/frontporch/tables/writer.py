"""Write a table as a file that other programs open, without running anything."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pandas.api import types

from ..names import pick
from .contract import Contract
from .times import TIME_UNIT
from .to_graphml import graph_of, write_graphml
from .to_workbook import write_workbook

FORMATS = {".csv": ",", ".tsv": "\t", ".xlsx": "", ".graphml": ""}
"""Ends of names that are written, with what stands between the cells of a text."""

_RUNS = re.compile(r"'*[=+\-@\t\r\n]", re.DOTALL)


def write(table: Any, path: str | Path, contract: Contract | str | None = None) -> None:
    """Write a table, a result or a community, in the format that the file's name says.

    `.csv` is UTF-8, and `read` gives back the same. `.tsv` has tabs. `.xlsx` is a workbook with
    days as days. `.graphml` holds ties, for Gephi, igraph and networkx.

    In text a spreadsheet runs what begins with = + - @, a tab or a line's end as a formula.
    Such a text gets an apostrophe before it, and so does one that begins with apostrophes
    and goes on like that; `read` takes exactly one apostrophe off each of these again. In a
    workbook it is kept as text. Numbers are written in full (in a workbook to 15 digits), times
    as 2024-03-12T09:30:00 (those with a zone in UTC, with a Z), missing values as empty cells.
    The index of a frame is not written.

    Parameters
    ----------
    table : pandas.DataFrame, result or community
        The table; of a result its `summary()`, of a community its ties.
    path : str or pathlib.Path
        The file; one of the same name is overwritten.
    contract : Contract or str, optional
        The contract or its name: its columns of days are then written as days, 2024-03-12.

    Raises
    ------
    ValueError
        If something would be lost: an empty text (a file cannot tell it from a missing value),
        a zero byte, an infinite number, a time finer than a microsecond, a column without a
        name of its own; in a workbook, what a cell cannot hold.
    UnknownName
        If the name ends in no format that is written.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> ties = pd.DataFrame({"source": ["=ann"], "target": ["bob"]})
    >>> with TemporaryDirectory() as folder:
    ...     write(ties, Path(folder, "ties.csv"))
    ...     Path(folder, "ties.csv").read_text(encoding="utf-8").splitlines()[1]
    "'=ann,bob"
    """
    suffix = pick(Path(path).suffix.lower() or ".csv", FORMATS, "format")
    if suffix == ".graphml":
        write_graphml(_graph(table), path)
        return
    frame = _frame(table)
    days = set()
    if contract is not None:
        days = {field.name for field in Contract.of(contract).fields if field.type == "date"}
    names = list(frame.columns)
    if any(not isinstance(name, str) or not name.strip() for name in names):
        raise ValueError(f"Each column needs a name that is text: {names}.")
    if len(set(names)) < len(names):
        raise ValueError(f"Each column needs a name of its own: {names}.")
    if suffix == ".xlsx":
        plain = {name: _cells(frame[name], name in days, text=False) for name in names}
        write_workbook(plain, path)
        return
    cells = {_protected(name): _cells(frame[name], name in days) for name in names}
    # Records end with a carriage return and a line feed, as RFC 4180 has it: only then does
    # the writer put every cell that contains one of the two in quotes.
    told = pd.DataFrame(cells)
    told.to_csv(path, index=False, encoding="utf-8", lineterminator="\r\n", sep=FORMATS[suffix])


def _frame(table: Any) -> pd.DataFrame:
    """Give a frame as it is, a community's ties, or a result's numbers with their labels."""
    if isinstance(table, pd.DataFrame):
        return table
    if hasattr(table, "to_table"):
        return table.to_table()
    if not hasattr(table, "summary"):
        raise TypeError(
            f"a table, a result or a community is written, but this is a {type(table).__name__}."
        )
    found = table.summary().copy()
    for name in found.columns:
        if (found[name].astype(object) == "").any():  # a note that says nothing is no text
            told = [None if isinstance(one, str) and not one else one for one in found[name]]
            found[name] = pd.Series(told, found.index, dtype=object)
    counts = isinstance(found.index, pd.RangeIndex)
    return found if counts else found.reset_index(names=found.index.name or "row")


def _graph(table: Any) -> Any:
    if hasattr(table, "is_multigraph"):
        return table
    return table.to_networkx() if hasattr(table, "to_networkx") else graph_of(_frame(table))


def _cells(series: pd.Series, days: bool, text: bool = True) -> Any:
    """Give the cells of a column: in text all as words, else times as times."""
    if types.is_datetime64_any_dtype(series.dtype):
        zone = isinstance(series.dtype, pd.DatetimeTZDtype)
        words = _times(series, days)
        return words if text or zone else series.to_numpy().astype(TIME_UNIT)
    if types.is_bool_dtype(series.dtype) or types.is_integer_dtype(series.dtype):
        return series.array
    if types.is_float_dtype(series.dtype):
        if np.isinf(series.to_numpy(dtype=float, na_value=np.nan)).any():
            raise ValueError(f"Column {series.name!r} has an infinite number: make it missing.")
        return series.array
    missing = series.isna().to_numpy()
    given = series.astype(object).to_numpy()
    return np.array(
        [
            None if gone else _text(one, series, text)
            for one, gone in zip(given, missing, strict=True)
        ],
        dtype=object,
    )


def _text(value: Any, series: pd.Series, protected: bool) -> Any:
    if not isinstance(value, str):
        return value
    if not value or "\0" in value:
        what = "a zero byte" if value else "an empty text, which a file cannot tell from nothing"
        raise ValueError(f"Column {series.name!r} has {what}: make it missing (None).")
    return _protected(value) if protected else value


def _protected(text: str) -> str:
    return f"'{text}" if _RUNS.match(text) else text


def _times(series: pd.Series, days: bool) -> np.ndarray:
    zone = isinstance(series.dtype, pd.DatetimeTZDtype)
    plain = series.dt.tz_convert("UTC").dt.tz_localize(None) if zone else series
    values = plain.to_numpy().astype(TIME_UNIT)
    missing = np.isnat(values)
    if not (missing | (values == plain.to_numpy())).all():
        raise ValueError(f"Column {series.name!r} has a time finer than a microsecond: round it.")
    there = values[~missing]
    if days and (there.astype("datetime64[D]") == there).all() and not zone:
        unit = "D"
    else:
        unit = "s" if (there.astype("datetime64[s]") == there).all() else "us"
    text = np.datetime_as_string(values, unit=unit).astype(object)
    text = text + "Z" if zone else text
    text[missing] = None
    return text
