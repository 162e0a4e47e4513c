"""From the text in a cell to a value, by one explicit form for each type; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

TIME_UNIT = "datetime64[us]"

_DAY = r"(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d"
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_INTEGER = re.compile(r"[+-]?\d+", re.ASCII)
_DATE = re.compile(rf"({_DAY})(?:[T ]00:00:00)?", re.ASCII)
_TIME = re.compile(rf"{_DAY}[T ]{_CLOCK}(?:\.\d{{1,6}})?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?", re.ASCII)
_BOOLEAN = {
    **dict.fromkeys(("true", "True", "TRUE", "1"), True),
    **dict.fromkeys(("false", "False", "FALSE", "0"), False),
}

Convert = Callable[[Sequence[str]], np.ndarray]


@dataclass(frozen=True)
class Parsed:
    """What a column of text cells holds.

    Parameters
    ----------
    values : numpy.ndarray, shape (cells,)
        The values; anything where `good` is False.
    good : numpy.ndarray of bool, shape (cells,)
        Whether the cell has the form of its type.
    offsets : numpy.ndarray of str, shape (cells,), optional
        Where some times have an offset, as "+02:00": that of each cell, "" where it has none.
    """

    values: np.ndarray
    good: np.ndarray
    offsets: np.ndarray | None = None


def parse(cells: Sequence[str], kind: str) -> Parsed:
    """Turn text cells into values of a type.

    Parameters
    ----------
    cells : sequence of str
        Cells that hold something.
    kind : str
        integer, number, boolean, date or datetime.

    Returns
    -------
    Parsed
        Integers as int64, numbers as float64, dates and times as datetime64 in microseconds;
        times as they stand on the clock, with their offsets beside them.

    Examples
    --------
    >>> parse(["7", "7M", "12.5"], "integer").good.tolist()
    [True, False, False]
    """
    return _PARSERS[kind](cells)


def _integers(cells: Sequence[str]) -> Parsed:
    return _numerals(cells, _INTEGER, b"+-0123456789", int, np.int64)


def _numbers(cells: Sequence[str]) -> Parsed:
    parsed = _numerals(cells, _NUMBER, b"+-.0123456789eE", float, np.float64)
    return Parsed(parsed.values, parsed.good & np.isfinite(parsed.values))


def _numerals(
    cells: Sequence[str], form: re.Pattern[str], signs: bytes, number: type, dtype: type
) -> Parsed:
    def convert(some: Sequence[str]) -> np.ndarray:
        return np.fromiter(map(number, some), dtype, len(some))

    try:
        # Of these signs alone Python reads just what the form allows; no need to look at each.
        if not "".join(cells).encode("ascii").translate(None, signs):
            return Parsed(convert(cells), np.ones(len(cells), dtype=bool))
    except (ValueError, OverflowError):
        pass
    return _converted(cells, _matches(form, cells), convert)


def _booleans(cells: Sequence[str]) -> Parsed:
    good = np.array([cell in _BOOLEAN for cell in cells], dtype=bool)
    return Parsed(np.array([_BOOLEAN.get(cell, False) for cell in cells], dtype=bool), good)


def _dates(cells: Sequence[str]) -> Parsed:
    good = _matches(_DATE, cells)
    return _converted(cells, good, lambda some: np.array([s[:10] for s in some], TIME_UNIT))


def _times(cells: Sequence[str]) -> Parsed:
    match = _TIME.fullmatch
    offsets = [found[1] or "" if (found := match(cell)) else None for cell in cells]
    good = np.array([offset is not None for offset in offsets], dtype=bool)
    seen = set(offsets) - {None}
    if seen <= {""}:
        return _converted(cells, good, lambda some: np.array(some, TIME_UNIT))
    same = {offset: "+00:00" if offset in ("Z", "-00:00") else offset for offset in seen}
    clock = [
        cell[: len(cell) - len(offset)] if offset else cell
        for cell, offset in zip(cells, offsets, strict=True)
    ]
    parsed = _converted(clock, good, lambda some: np.array(some, TIME_UNIT))
    return Parsed(parsed.values, parsed.good, np.array([same.get(one, "") for one in offsets]))


_PARSERS: dict[str, Callable[[Sequence[str]], Parsed]] = {
    "integer": _integers,
    "number": _numbers,
    "boolean": _booleans,
    "date": _dates,
    "datetime": _times,
}


def _matches(pattern: re.Pattern[str], cells: Sequence[str]) -> np.ndarray:
    match = pattern.fullmatch
    return np.array([match(cell) is not None for cell in cells], dtype=bool)


def _converted(cells: Sequence[str], good: np.ndarray, convert: Convert) -> Parsed:
    at = np.flatnonzero(good)
    found, possible = _salvaged(cells if len(at) == len(cells) else [cells[k] for k in at], convert)
    values = np.zeros(len(cells), dtype=found.dtype)
    values[at] = found
    still = good.copy()
    still[at] = possible
    return Parsed(values, still)


def _salvaged(cells: Sequence[str], convert: Convert) -> tuple[np.ndarray, np.ndarray]:
    """Convert all cells at once; where one is impossible, as 30 February is, go on by halves."""
    try:
        return convert(cells), np.ones(len(cells), dtype=bool)
    except (ValueError, OverflowError):
        if len(cells) == 1:
            return np.zeros(1, dtype=convert([]).dtype), np.zeros(1, dtype=bool)
    half = len(cells) // 2
    first, second = _salvaged(cells[:half], convert), _salvaged(cells[half:], convert)
    return np.concatenate([first[0], second[0]]), np.concatenate([first[1], second[1]])
