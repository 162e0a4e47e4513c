"""Write a table as a CSV file that a spreadsheet opens without running anything."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pandas.api import types

from .contract import Contract
from .times import TIME_UNIT

_RUNS = re.compile(r"'*[=+\-@\t\r\n]", re.DOTALL)


def write(frame: pd.DataFrame, path: str | Path, contract: Contract | str | None = None) -> None:
    """Write a frame as CSV in UTF-8, so that `read` gives back the same.

    A spreadsheet runs a text that begins with = + - @, a tab or a line's end as a formula.
    Such a text gets an apostrophe before it, and so does one that begins with apostrophes
    and goes on like that; `read` takes exactly one apostrophe off each of these again.
    Numbers are written in full, times as 2024-03-12T09:30:00 (those with a zone in UTC,
    with a Z), missing values as empty cells. The index is not written.

    Parameters
    ----------
    frame : pandas.DataFrame
        The table.
    path : str or pathlib.Path
        The file; one of the same name is overwritten.
    contract : Contract or str, optional
        The contract or its name: its columns of days are then written as days, 2024-03-12.

    Raises
    ------
    ValueError
        If something would be lost: an empty text (a file cannot tell it from a missing value),
        a zero byte, an infinite number, a time finer than a microsecond, a column without a
        name of its own.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> ties = pd.DataFrame({"source": ["=ann"], "target": ["bob"]})
    >>> with TemporaryDirectory() as folder:
    ...     write(ties, Path(folder, "ties.csv"))
    ...     Path(folder, "ties.csv").read_text(encoding="utf-8").splitlines()[1]
    "'=ann,bob"
    """
    days = set()
    if contract is not None:
        days = {field.name for field in Contract.of(contract).fields if field.type == "date"}
    names = list(frame.columns)
    if any(not isinstance(name, str) or not name.strip() for name in names):
        raise ValueError(f"Each column needs a name that is text: {names}.")
    if len(set(names)) < len(names):
        raise ValueError(f"Each column needs a name of its own: {names}.")
    cells = {_protected(name): _cells(frame[name], name in days) for name in names}
    # Records end with a carriage return and a line feed, as RFC 4180 has it: only then does
    # the writer put every cell that contains one of the two in quotes.
    pd.DataFrame(cells).to_csv(path, index=False, encoding="utf-8", lineterminator="\r\n")


def _cells(series: pd.Series, days: bool) -> Any:
    if types.is_datetime64_any_dtype(series.dtype):
        return _times(series, days)
    if types.is_bool_dtype(series.dtype) or types.is_integer_dtype(series.dtype):
        return series.array
    if types.is_float_dtype(series.dtype):
        if np.isinf(series.to_numpy(dtype=float, na_value=np.nan)).any():
            raise ValueError(f"Column {series.name!r} has an infinite number: make it missing.")
        return series.array
    missing = series.isna().to_numpy()
    given = series.astype(object).to_numpy()
    return np.array(
        [None if gone else _text(one, series) for one, gone in zip(given, missing, strict=True)],
        dtype=object,
    )


def _text(value: Any, series: pd.Series) -> Any:
    if not isinstance(value, str):
        return value
    if not value or "\0" in value:
        what = "a zero byte" if value else "an empty text, which a file cannot tell from nothing"
        raise ValueError(f"Column {series.name!r} has {what}: make it missing (None).")
    return _protected(value)


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
