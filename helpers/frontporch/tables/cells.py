"""From the text in a cell to a number or a truth, by one explicit form; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_INTEGER = re.compile(r"[+-]?\d+", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
_NAMELIKE = re.compile(r"[+-]?0\d|[+-]?\d{16}", re.ASCII)
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
    """

    values: np.ndarray
    good: np.ndarray


def parse(cells: Sequence[str], kind: str, decimal: str = ".") -> Parsed:
    """Turn text cells into values of a type.

    Parameters
    ----------
    cells : sequence of str
        Cells that hold something.
    kind : str
        integer, number or boolean.
    decimal : {".", ","}
        What stands before decimals; with a comma, points may group thousands.

    Returns
    -------
    Parsed
        Integers as int64, numbers as float64.

    Examples
    --------
    >>> parse(["7", "7M", "12.5"], "integer").good.tolist()
    [True, False, False]
    """
    if decimal == "," and kind != "boolean":
        cells = [_with_point(cell) for cell in cells]
    return _PARSERS[kind](cells)


def as_numbers(cells: Sequence[str], decimal: str = ".") -> np.ndarray | None:
    """Give the numbers of a column in which every cell is one; None where one is not.

    Digits that begin with 0, and very long ones, name something and count nothing.

    Examples
    --------
    >>> as_numbers(["20", "21.5"]).tolist()
    [20.0, 21.5]
    >>> as_numbers(["007", "12"]) is None
    True
    """
    if any(_NAMELIKE.match(cell) for cell in cells):
        return None
    for kind in ("integer", "number"):
        found = parse(cells, kind, decimal)
        if found.good.all():
            return found.values
        if kind == "integer" and not parse(cells[:1], "number", decimal).good.all():
            return None
    return None


def _with_point(cell: str) -> str:
    if _GROUPED.fullmatch(cell):
        cell = cell.replace(".", "")
    elif "." in cell:
        return "." + cell  # no number: a point marks no decimals here
    return cell.replace(",", ".")


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


_PARSERS: dict[str, Callable[[Sequence[str]], Parsed]] = {
    "integer": _integers,
    "number": _numbers,
    "boolean": _booleans,
}


def _matches(pattern: re.Pattern[str], cells: Sequence[str]) -> np.ndarray:
    match = pattern.fullmatch
    return np.array([match(cell) is not None for cell in cells], dtype=bool)


def _converted(cells: Sequence[str], good: np.ndarray, convert: Convert) -> Parsed:
    at = np.flatnonzero(good)
    found, possible = _salvaged(
        cells if len(at) == len(cells) else [cells[k] for k in at.tolist()], convert
    )
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
