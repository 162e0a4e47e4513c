"""One column of a table on its way from what was given to what its contract says."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from pandas.api import types

from .cells import TIME_UNIT, parse
from .faults import Explain, Findings, Words
from .remedies import remedy

LARGEST = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Column:
    """A column of values, some of which may be missing and some of which may be bad.

    Parameters
    ----------
    kind : str
        The type in the words of a contract.
    values : numpy.ndarray or pandas.Series, shape (rows,)
        The values; anything where `there` is False.
    there : numpy.ndarray of bool, shape (rows,)
        Whether the row holds a good value.
    bad : numpy.ndarray of int
        Positions of the cells that hold something else than their type.
    given : sequence
        What was given, for the faults.
    offsets : numpy.ndarray of str, optional
        For times: the offset from UTC in each row, "" where there is none.
    """

    kind: str
    values: Any
    there: np.ndarray
    bad: np.ndarray
    given: Any
    offsets: np.ndarray | None = None

    def series(self, aware: bool = False) -> pd.Series:
        """Return the values in the dtype of their type; bad cells are missing.

        Parameters
        ----------
        aware : bool
            For times: whether they are in UTC.
        """
        if isinstance(self.values, pd.Series):
            return self.values
        whole = bool(self.there.all())
        if self.kind == "string":
            values = self.values if whole else np.where(self.there, self.values, np.nan)
            return pd.Series(values, dtype=pd.Series(["text"]).dtype)
        if self.kind in ("integer", "boolean") and not whole:
            nullable = {"integer": pd.arrays.IntegerArray, "boolean": pd.arrays.BooleanArray}
            return pd.Series(nullable[self.kind](self.values, ~self.there))
        if self.kind in ("integer", "boolean"):
            return pd.Series(self.values)
        nothing = np.nan if self.kind == "number" else np.datetime64("NaT", "us")
        series = pd.Series(self.values if whole else np.where(self.there, self.values, nothing))
        return series.dt.tz_localize("UTC") if aware else series


def from_cells(cells: Sequence[str], kind: str, missing: Collection[str] = ("",)) -> Column:
    """Read a column of text cells.

    Examples
    --------
    >>> from_cells(["7", "", "7M"], "integer").bad.tolist()
    [2]
    """
    there = np.ones(len(cells), dtype=bool)
    if any(nothing in cells for nothing in missing):
        there = np.array([cell not in missing for cell in cells], dtype=bool)
    if kind == "string":
        return Column(kind, np.array(cells, dtype=object), there, _NONE, cells)
    at = np.flatnonzero(there)
    parsed = parse(cells if len(at) == len(cells) else [cells[k] for k in at], kind)
    values = np.zeros(len(cells), dtype=parsed.values.dtype)
    values[at] = parsed.values
    there[at] = parsed.good
    offsets = None
    if parsed.offsets is not None:
        offsets = np.zeros(len(cells), dtype=parsed.offsets.dtype)
        offsets[at] = parsed.offsets
    return Column(kind, values, there, at[~parsed.good], cells, offsets)


def from_series(series: pd.Series, kind: str, missing: Collection[str] = ("",)) -> Column:
    """Read a column of a frame: values of the right dtype as they are, text as in a file.

    Whole numbers in a column of text become text, so that people may be numbered; text in
    categories stays in its categories.

    Examples
    --------
    >>> from_series(pd.Series([1.0, 12.5]), "integer").bad.tolist()
    [1]
    """
    dtype = series.dtype
    if kind == "string" and isinstance(dtype, pd.CategoricalDtype) and _all_text(dtype, missing):
        return Column(kind, series.reset_index(drop=True), series.notna().to_numpy(), _NONE, series)
    if kind in ("integer", "number") and _numeric(series):
        return _from_numbers(series, kind)
    if kind == "datetime" and types.is_datetime64_any_dtype(dtype):
        return _from_times(series, kind)
    if kind == "date" and types.is_datetime64_dtype(dtype):
        return _from_times(series, kind)
    if kind == "string" and types.infer_dtype(series, skipna=True) == "string":
        there = (series.notna() & ~series.isin(list(missing))).to_numpy(dtype=bool)
        return Column(kind, series.to_numpy(dtype=object), there, _NONE, series)
    given = series.astype(object).tolist()
    nothing = series.isna().to_numpy()
    if kind == "string":
        cells = [_name(value) for value in given]
        bad = np.array([cell is None for cell in cells], dtype=bool) & ~nothing
        cells = ["" if cell is None else cell for cell in cells]
    else:
        cells = [_text(value) for value in given]
        bad = np.zeros(len(cells), dtype=bool)
    empty = next(iter(missing), "")
    cells = [empty if skip else cell for cell, skip in zip(cells, nothing | bad, strict=True)]
    column = from_cells(cells, kind, {*missing, empty})
    return replace(
        column,
        there=column.there & ~nothing & ~bad,
        bad=np.union1d(column.bad, np.flatnonzero(bad)).astype(int),
        given=given,
    )


def settled(
    columns: Mapping[str, Column], rows: np.ndarray, findings: Findings
) -> tuple[dict[str, pd.Series], dict[str, np.ndarray]]:
    """Note the bad cells of all columns, bring all times to one clock, and return the values.

    Parameters
    ----------
    columns : mapping of str to Column
        The columns by name.
    rows : numpy.ndarray of int, shape (rows,)
        The number by which the faults of each row are put in order.
    findings : Findings
        Where the faults are noted.

    Returns
    -------
    series : dict of str to pandas.Series
        The values by column; bad cells are missing.
    bad : dict of str to numpy.ndarray of int
        The positions of bad cells by column.
    """
    clock = _clock(columns)
    series, bad = {}, {}
    for name, column in columns.items():
        _note(name, column, rows, findings)
        series[name], bad[name] = column, column.bad
        if column.kind != "datetime":
            series[name] = column.series()
            continue
        offsets = _offsets(column)
        odd = np.flatnonzero(column.there & (offsets != clock))
        findings.many(rows[odd], _mixed(name, column, odd, offsets, clock))
        there = column.there.copy()
        there[odd] = False
        bad[name] = np.union1d(column.bad, odd)
        values = column.values - _shift(clock)
        series[name] = replace(column, values=values, there=there).series(aware=bool(clock))
    return series, bad


_NONE = np.array([], dtype=int)


def _from_numbers(series: pd.Series, kind: str) -> Column:
    nothing = series.isna().to_numpy()
    if kind == "integer" and types.is_integer_dtype(series.dtype):
        values = series.fillna(0).to_numpy(dtype=np.int64)
        return Column(kind, values, ~nothing, _NONE, series)
    values = series.to_numpy(dtype=float, na_value=np.nan)
    good = np.isfinite(values)
    if kind == "integer":
        good &= (np.floor(values) == values) & (np.abs(values) < LARGEST)
        values = np.where(good, values, 0).astype(np.int64)
    return Column(kind, values, good, np.flatnonzero(~good & ~nothing), series)


def _from_times(series: pd.Series, kind: str) -> Column:
    offsets = None
    plain = series
    if isinstance(series.dtype, pd.DatetimeTZDtype):
        plain = series.dt.tz_convert("UTC").dt.tz_localize(None)
        offsets = np.full(len(series), "+00:00")
    exact = plain.to_numpy()
    values = exact.astype(TIME_UNIT)
    nothing = np.isnat(values)
    whole = values.astype("datetime64[D]") if kind == "date" else values
    good = ~nothing & (whole == exact)
    return Column(kind, values, good, np.flatnonzero(~good & ~nothing), series, offsets)


def _numeric(series: pd.Series) -> bool:
    dtype = series.dtype
    if types.is_bool_dtype(dtype) or types.is_complex_dtype(dtype):
        return False
    fits = not types.is_unsigned_integer_dtype(dtype) or not (series > LARGEST).any()
    return types.is_numeric_dtype(dtype) and fits


def _all_text(dtype: pd.CategoricalDtype, missing: Collection[str]) -> bool:
    return all(isinstance(one, str) and one not in missing for one in dtype.categories)


def _name(value: Any) -> str | None:
    if isinstance(value, str):
        return value
    numbered = isinstance(value, (int, np.integer)) and not isinstance(value, bool)
    return str(value) if numbered else None


def _text(value: Any) -> str:
    """Write a Python value as it would stand in a file."""
    if isinstance(value, str):
        return value
    if isinstance(value, (float, np.floating)) and float(value).is_integer():
        return str(int(value))
    if isinstance(value, datetime.date):  # a datetime is a date too
        return value.isoformat()
    return str(value)


def _note(name: str, column: Column, rows: np.ndarray, findings: Findings) -> None:
    given = column.given

    def explain(k: int) -> Words:
        at = column.bad[k]
        value = given.iloc[at] if isinstance(given, pd.Series) else given[at]
        return name, value, *remedy(_text(value), column.kind)

    findings.many(rows[column.bad], explain)


def _offsets(column: Column) -> np.ndarray:
    return np.full(len(column.there), "") if column.offsets is None else column.offsets


def _clock(columns: Mapping[str, Column]) -> str:
    """Return the offset that most times of the table have, "" where most have none."""
    counts: Counter[str] = Counter()
    for column in columns.values():
        if column.kind == "datetime" and column.offsets is None:
            counts[""] += int(column.there.sum())
        elif column.kind == "datetime":
            seen, often = np.unique(column.offsets[column.there], return_counts=True)
            counts.update(dict(zip(seen.tolist(), often.tolist(), strict=True)))
    return counts.most_common(1)[0][0] if counts else ""


def _mixed(name: str, column: Column, odd: np.ndarray, offsets: np.ndarray, clock: str) -> Explain:
    def explain(k: int) -> Words:
        at, given = odd[k], column.given
        value = given.iloc[at] if isinstance(given, pd.Series) else given[at]
        here = f"the offset {offsets[at]} from UTC" if offsets[at] else "no offset from UTC"
        most = f"have {clock}" if clock else "have none"
        return (
            name,
            value,
            f"has {here}, while most times of the table {most}",
            "Write all times on one clock: all in UTC with a Z at the end, or all without.",
        )

    return explain


def _shift(offset: str) -> np.timedelta64:
    if not offset:
        return np.timedelta64(0, "us")
    minutes = int(offset[1:3]) * 60 + int(offset[4:6])
    return np.timedelta64(-minutes if offset[0] == "-" else minutes, "m")
