"""One column of a table on its way from what was given to what its contract says."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
from pandas.api import types

from .cells import parse
from .compact import Coded, Even
from .faults import Explain, Findings, Words, as_options
from .noticed import Notes
from .reading import Reading
from .remedies import NOTHING, remedy
from .times import TIME_UNIT, UNITS, even_times, read_times, sensible_unit

LARGEST = np.iinfo(np.int64).max
PLAIN = Reading()
"""The options where nothing is said."""


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
    asked : tuple of (str, dict), optional
        What all bad cells are, and the options that read them.
    noted : tuple of (str, str), optional
        What the rows decided, and what was done.
    nothing : numpy.ndarray of int
        Positions of those bad cells that hold a word for nothing, such as "NA".
    """

    kind: str
    values: Any
    there: np.ndarray
    bad: np.ndarray
    given: Any
    offsets: np.ndarray | None = None
    asked: tuple[str, dict[str, Any]] | None = None
    noted: tuple[str, str] | None = None
    nothing: np.ndarray = field(default_factory=lambda: np.array([], dtype=int))

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


def from_cells(
    cells: Sequence[str],
    kind: str,
    missing: Collection[str] = ("",),
    reading: Reading = PLAIN,
) -> Column:
    """Read a column of text cells.

    Examples
    --------
    >>> from_cells(["7", "", "7M"], "integer").bad.tolist()
    [2]
    """
    if isinstance(cells, Coded):
        return _by_word(from_cells(cells.words, kind, missing, reading), cells)
    if isinstance(cells, Even):
        quick = _all_moments(cells, kind, missing, reading)
        return from_cells([*cells], kind, missing, reading) if quick is None else quick
    there = np.ones(len(cells), dtype=bool)
    if any(nothing in cells for nothing in missing):
        there = np.array([cell not in missing for cell in cells], dtype=bool)
    if kind == "string":
        return Column(kind, np.array(cells, dtype=object), there, _NONE, cells)
    column = _read(cells, kind, there, reading)
    words = {cells[k] for k in column.bad.tolist() if cells[k].strip().lower() in NOTHING}
    if not words:
        return column
    # A word for nothing says nothing of how the other cells are written.
    blank = np.array([cell in words for cell in cells], dtype=bool)
    column, at = _read(cells, kind, there & ~blank, reading), np.flatnonzero(blank)
    return replace(column, bad=np.union1d(column.bad, at).astype(int), nothing=at)


def _read(cells: Sequence[str], kind: str, there: np.ndarray, reading: Reading) -> Column:
    """Read the cells that hold something."""
    at = np.flatnonzero(there)
    some = cells if len(at) == len(cells) else [cells[k] for k in at.tolist()]
    if kind in ("date", "datetime"):
        times = read_times(some, kind, reading)
        column = Column(kind, *_spread(times.values, times.good, at, there), cells)
        offsets = None
        if times.offsets is not None:
            offsets = np.zeros(len(cells), dtype=times.offsets.dtype)
            offsets[at] = times.offsets
        return replace(column, offsets=offsets, asked=times.asked, noted=times.noted)
    parsed = parse(some, kind, reading.decimal)
    return Column(
        kind,
        *_spread(parsed.values, parsed.good, at, there),
        cells,
        asked=_decimals(some, parsed.good, kind, reading),
    )


def _by_word(words: Column, cells: Coded) -> Column:
    """Give each cell what its word is."""
    codes, values = cells.codes, words.values
    bad, nothing = (np.zeros(len(cells.words), dtype=bool) for _ in range(2))
    bad[words.bad], nothing[words.nothing] = True, True
    if words.kind == "string":
        values = words.series().array  # text is repeated faster where it is typed already
    values = values.take(codes)
    return replace(
        words,
        values=pd.Series(values) if words.kind == "string" else values,
        there=words.there[codes],
        bad=np.flatnonzero(bad[codes]),
        nothing=np.flatnonzero(nothing[codes]),
        given=cells,
        offsets=None if words.offsets is None else words.offsets[codes],
    )


def _all_moments(
    cells: Even, kind: str, missing: Collection[str], reading: Reading
) -> Column | None:
    """Read cells that are all moments of one form; None where they may be something else."""
    width = cells.signs.shape[1]
    if kind not in ("date", "datetime") or reading.times is not None:
        return None
    if any(len(nothing) == width for nothing in missing):
        return None
    found = even_times(cells.signs, kind)
    if found is None or not found.good.all():
        return None
    return Column(kind, found.values, found.good, _NONE, cells, found.offsets)


def _spread(
    found: np.ndarray, good: np.ndarray, at: np.ndarray, there: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Put what was found where it stands in the column: values, which are good, which bad."""
    values, whole = np.zeros(len(there), dtype=found.dtype), there.copy()
    values[at], whole[at] = found, good
    return values, whole, at[~good]


def _decimals(
    cells: Sequence[str], good: np.ndarray, kind: str, reading: Reading
) -> tuple[str, dict[str, Any]] | None:
    """Say whether a comma before decimals is what is wrong with all bad cells."""
    bad = [cells[k] for k in np.flatnonzero(~good).tolist()]
    if kind != "number" or not bad or reading.decimal == "," or any("." in one for one in cells):
        return None
    if not all("," in one for one in bad) or not parse(bad, kind, ",").good.all():
        return None
    return "these have a decimal comma", {"decimal": ","}


def from_series(
    series: pd.Series,
    kind: str,
    missing: Collection[str] = ("",),
    reading: Reading = PLAIN,
) -> Column:
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
    column = from_cells(cells, kind, {*missing, empty}, reading)
    floats = kind == "string" and any(isinstance(one, float) and one == one for one in given)
    return replace(
        column,
        there=column.there & ~nothing & ~bad,
        bad=np.union1d(column.bad, np.flatnonzero(bad)).astype(int),
        given=given,
        noted=("numbers that had become decimal numbers", "written whole")
        if floats
        else column.noted,
    )


def settled(
    columns: Mapping[str, Column],
    rows: np.ndarray,
    findings: Findings,
    reading: Reading = PLAIN,
    notes: Notes | None = None,
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
    reading : Reading
        Its zone and bounds hold for times.
    notes : Notes, optional
        Where it is noted what the rows decided.

    Returns
    -------
    series : dict of str to pandas.Series
        The values by column; bad cells are missing.
    bad : dict of str to numpy.ndarray of int
        The positions of bad cells by column.
    """
    aware = _aware(columns, reading)
    series, bad = {}, {}
    for name, column in columns.items():
        _note(name, column, rows, findings)
        if column.noted and notes is not None:
            what, done = column.noted
            notes.say(f"{what} (column {name!r})", int(column.there.sum()), done)
        if column.kind == "datetime":
            column = _on_one_clock(name, column, rows, findings, reading, aware)
        if column.kind in ("date", "datetime"):
            column = _possible(name, column, rows, findings, reading)
        series[name] = column.series(aware=aware and column.kind == "datetime")
        bad[name] = column.bad
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
    if isinstance(value, (float, np.floating)):
        return str(int(value)) if float(value).is_integer() else None
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
    given, bad = column.given, np.setdiff1d(column.bad, column.nothing)
    if column.asked is not None and len(bad):
        # One fault for the column: what is wrong is not one cell.
        words, options = column.asked
        problem, _, question = words.partition(". ")
        known = f"Read it with {as_options(options)}."
        findings.one(
            None, name, _at(given, bad[0]), problem, f"{question or known}".rstrip(".") + "."
        )
        findings.propose(**options)
        return

    def explain(k: int) -> Words:
        value = _at(given, bad[k])
        return name, value, *remedy(_text(value), column.kind)

    findings.many(rows[bad], explain)


def _at(given: Any, place: int) -> Any:
    return given.iloc[place] if isinstance(given, pd.Series) else given[place]


def _aware(columns: Mapping[str, Column], reading: Reading) -> bool:
    """Whether the times of the table know their zone: most of them do, or a zone was named."""
    with_one = without = 0
    for column in columns.values():
        if column.kind == "datetime":
            some = 0 if column.offsets is None else int((column.offsets[column.there] != "").sum())
            with_one, without = with_one + some, without + int(column.there.sum()) - some
    return reading.zone is not None or with_one > without


def _on_one_clock(
    name: str,
    column: Column,
    rows: np.ndarray,
    findings: Findings,
    reading: Reading,
    aware: bool,
) -> Column:
    """Bring times to UTC where they know their zone; note those that differ from most."""
    offsets = np.full(len(column.there), "") if column.offsets is None else column.offsets
    plain = column.there & (offsets == "")
    odd = np.zeros(len(plain), dtype=bool)
    values = column.values.copy() if aware else column.values
    for offset in np.unique(offsets[column.there]):
        if offset and aware:
            at = offsets == offset
            values[at] = values[at] - _shift(str(offset))
    if aware and reading.zone is not None and plain.any():
        told = pd.Series(values[plain]).dt.tz_localize(
            reading.zone, ambiguous="NaT", nonexistent="NaT"
        )
        moved = told.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy().astype(TIME_UNIT)
        values[plain] = moved
        lost = np.flatnonzero(plain)[np.isnat(moved)]
        findings.many(rows[lost], _unclear(name, column, lost, reading.zone))
        odd[lost] = True
    elif aware:
        at = np.flatnonzero(plain)
        findings.many(rows[at], _mixed(name, column, at, offsets))
        if len(at):
            findings.propose(zone="UTC")
        odd[at] = True
    else:
        at = np.flatnonzero(column.there & (offsets != ""))
        findings.many(rows[at], _mixed(name, column, at, offsets))
        if len(at):
            findings.propose(zone="UTC")
        odd[at] = True
    there = column.there & ~odd
    return replace(
        column,
        values=values,
        there=there,
        bad=np.union1d(column.bad, np.flatnonzero(odd)).astype(int),
    )


def _mixed(name: str, column: Column, odd: np.ndarray, offsets: np.ndarray) -> Explain:
    def explain(k: int) -> Words:
        at = odd[k]
        here = f"the offset {offsets[at]} from UTC" if offsets[at] else "no offset from UTC"
        most = "have none" if offsets[at] else "have one"
        return (
            name,
            _at(column.given, at),
            f"has {here}, while most times of the table {most}",
            "Write all times with an offset or all without, or name the zone of those without: "
            'zone="UTC", or one such as "Europe/Berlin".',
        )

    return explain


def _unclear(name: str, column: Column, lost: np.ndarray, zone: str) -> Explain:
    def explain(k: int) -> Words:
        return (
            name,
            _at(column.given, lost[k]),
            f"is an hour that the clocks of {zone} skipped or showed twice",
            "Write it with its offset from UTC, as 2024-10-27T02:30:00+01:00.",
        )

    return explain


def _possible(
    name: str, column: Column, rows: np.ndarray, findings: Findings, reading: Reading
) -> Column:
    """Refuse times long ago or far ahead: they are a wrong unit more often than they are right."""
    low, high = (one.to_datetime64().astype(TIME_UNIT) for one in reading.bounds)
    far = np.flatnonzero(column.there & ((column.values < low) | (column.values > high)))
    if not len(far):
        return column
    some = column.values[column.there]
    shown = [
        str(one.astype("datetime64[D]")) for one in (min(some.min(), low), max(some.max(), high))
    ]
    other = _other_unit(column, reading)
    after = np.datetime64(shown[1]) + np.timedelta64(1, "D")
    widened = {"between": (shown[0], str(after))}
    if not other:
        findings.propose(**widened)
    else:
        findings.propose(times=other)
    remedy_ = (
        f'In {other} the times would make sense: read it with times="{other}".'
        if other
        else f"Check the year, or read it with {as_options(widened)}."
    )

    def explain(k: int) -> Words:
        value = _at(column.given, far[k])
        return (
            name,
            value,
            f"is {str(column.values[far[k]])[:10]}: no time of this table can lie there",
            remedy_,
        )

    findings.many(rows[far], explain)
    there = column.there.copy()
    there[far] = False
    return replace(column, there=there, bad=np.union1d(column.bad, far).astype(int))


def _other_unit(column: Column, reading: Reading) -> str | None:
    """Name the unit in which a column of numbers would be times that can be."""
    if reading.times not in UNITS:
        return None
    at = np.flatnonzero(column.there)
    numbers = np.array([float(_at(column.given, k)) for k in at.tolist()])
    return sensible_unit(numbers, reading)


def _shift(offset: str) -> np.timedelta64:
    minutes = int(offset[1:3]) * 60 + int(offset[4:6])
    return np.timedelta64(-minutes if offset[0] == "-" else minutes, "m")
