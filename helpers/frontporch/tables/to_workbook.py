"""Write a table as a workbook, XLSX, in which a spreadsheet runs nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pandas.api import types

from ..groups import needs
from .times import TIME_UNIT
from .to_graphml import NO_XML

ROWS = 1_048_576
"""Rows of a sheet, as Excel has them."""
COLUMNS = 16_384
LETTERS = 32_767
"""Letters of a cell: what is longer is cut off without a word."""
EXACT = 2**53
"""A workbook keeps numbers as 64-bit floats: larger whole numbers would change."""
LARGEST = 1e307
"""Excel's largest number is a little below 1e308."""
FIRST_DAY = pd.Timestamp("1900-03-01")
"""Before it Excel counts a day that there was not, 29 February 1900."""


def write_workbook(cells: dict[str, Any], path: str | Path) -> None:
    """Write columns under their names into the first sheet of a workbook.

    Parameters
    ----------
    cells : dict of str to array
        The cells of each column; text as text, times as datetime64 or text, None where missing.
    path : str or pathlib.Path
        The file.

    Raises
    ------
    ValueError
        If a sheet cannot hold it: too many rows, a text too long, a whole number too large, a
        letter that XML does not know.
    """
    with needs("Writing a workbook", instead="write CSV"):
        import openpyxl
        from openpyxl.cell import WriteOnlyCell
    for name in cells:
        _refuse(name, name)
    columns = [_column(name, values) for name, values in cells.items()]
    longest = max((len(one) for one in columns), default=0)
    if longest >= ROWS or len(columns) > COLUMNS:
        raise ValueError(
            f"A sheet holds {ROWS - 1:,} rows and {COLUMNS:,} columns, but there are {longest:,} "
            f"and {len(columns):,}: write CSV."
        )
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("table")

    def cell(value: Any) -> Any:
        """Give a text as a cell that stays text, whatever it begins with; all else as it is."""
        if not isinstance(value, str):
            return value
        made = WriteOnlyCell(sheet, value=value)
        if made.data_type != "s":
            made.data_type = "s"
            made.quotePrefix = True  # edited in the spreadsheet, it stays text as well
        return made

    sheet.append([cell(name) for name in cells])
    for row in zip(*columns, strict=True):
        sheet.append([cell(one) for one in row])
    book.save(path)


def _column(name: str, values: Any) -> list[Any]:
    if isinstance(values, np.ndarray) and values.dtype.kind == "M":
        return _times(values)
    plain = pd.Series(values)
    missing = plain.isna().to_numpy()
    if types.is_integer_dtype(plain.dtype):
        large = np.flatnonzero(~missing & (plain.abs().fillna(0) > EXACT).to_numpy(bool))
        if len(large):
            raise ValueError(
                f"Column {name!r} has {plain.iloc[large[0]]}: a workbook keeps 15 digits of a "
                "number. Make the column text, or write CSV."
            )
    if types.is_float_dtype(plain.dtype) and (plain.abs() > LARGEST).any():
        raise ValueError(f"Column {name!r} has a number above 1e307: write CSV.")
    given = plain.astype(object).tolist()
    found = [None if gone else one for one, gone in zip(given, missing, strict=True)]
    for one in found:
        if isinstance(one, str):
            _refuse(name, one)
    return found


def _times(values: np.ndarray) -> list[Any]:
    """Give whole seconds as the days of a spreadsheet, and finer or earlier ones as text."""
    there = values[~np.isnat(values)]
    whole = (there.astype("datetime64[s]") == there).all()
    if whole and (not len(there) or pd.Timestamp(there.min()) >= FIRST_DAY):
        found = values.astype("datetime64[s]").astype(object).tolist()
        return [None if gone else one for one, gone in zip(found, np.isnat(values), strict=True)]
    text = np.datetime_as_string(values.astype(TIME_UNIT), unit="us").astype(object)
    text[np.isnat(values)] = None
    return text.tolist()


def _refuse(name: str, text: str) -> None:
    if len(text) > LETTERS:
        raise ValueError(
            f"Column {name!r} has a text of {len(text):,} letters, and a cell holds {LETTERS:,}: "
            "write CSV."
        )
    if NO_XML.search(text) or "\r" in text:
        raise ValueError(
            f"Column {name!r} has a control sign, in {text[:40]!r}, which a workbook cannot keep: "
            "take it out, or write CSV."
        )
