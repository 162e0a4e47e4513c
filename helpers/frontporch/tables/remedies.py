"""What is wrong with the text in a cell, and what to write instead."""

from __future__ import annotations

import datetime
import re

Words = tuple[str, str]

_NAMES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "date": "a day",
    "datetime": "a day and time",
}
_FORMS = {
    "integer": "Write digits only: 7000000.",
    "number": "Write digits and a decimal point: 12.5.",
    "boolean": "Write true or false.",
    "date": "Write year-month-day: 2024-03-12.",
    "datetime": "Write year-month-day and the time in 24 hours: 2024-03-12T09:30:00.",
}
NOTHING = frozenset(
    ("na", "n/a", "nan", "null", "none", "-", "--", "?", ".", "unknown", "missing", "nat", "<na>")
)
"""Words that often mean that nothing is known, in small letters."""
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[,.' \u00a0\u202f]\d{3})+")
_LETTERED = re.compile(r"[^0-9]*[0-9][0-9.,]*\s*[^0-9.,_]+.*")
_DAY_FIRST = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b.*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*")
_FINE = re.compile(r".*\.\d{7,}.*")


def remedy(cell: str, kind: str) -> Words:
    """Say what is wrong with a cell that has not the form of its type.

    Parameters
    ----------
    cell : str
        What stands in the cell.
    kind : str
        The type of its column: string, integer, number, boolean, date or datetime.

    Returns
    -------
    problem, remedy : str
        The end of a sentence about the cell, and a sentence that says what to do.

    Examples
    --------
    >>> remedy("12/03/2024", "date")[1]
    'Write year-month-day: 2024-03-12.'
    >>> remedy("7M", "integer")
    ('is not a whole number', 'Write digits alone, without a letter or unit: 7000000.')
    """
    if kind == "string":
        return "is not text", "Turn the column into text before: frame[column].astype(str)."
    named = f"is not {_NAMES[kind]}"
    if cell != cell.strip():
        return f"{named}: there is a space before or after it", "Take the space away."
    if cell.lower() in NOTHING:
        return named, "Say with missing= that nothing is known there, or write what is."
    if kind in ("integer", "number"):
        return _number(cell, kind, named)
    if kind in ("date", "datetime"):
        return _time(cell, kind, named)
    return named, _FORMS[kind]


def _number(cell: str, kind: str, named: str) -> Words:
    if re.fullmatch(r"[+-]?[0-9]+", cell):
        return (
            f"is too large for {_NAMES[kind]} here: the largest has 19 digits",
            "Check the number; if it is a name and not a quantity, keep it in a column of text.",
        )
    if cell.lower().lstrip("+-") in ("inf", "infinity") or re.fullmatch(r"[-+.\deE]*e\d+", cell):
        return f"{named} that can be reckoned with", "Check the number."
    if _GROUPED.fullmatch(cell):
        plain = re.sub(r"[^\d+-]", "", cell)
        return (
            f"{named}: it has a comma, point or space between its digits",
            f"Write {plain} if it groups thousands, or a decimal point if it marks decimals.",
        )
    if _DECIMAL_COMMA.fullmatch(cell):
        whole = "" if kind == "number" else " This column takes whole numbers only."
        return f"{named}: it has a decimal comma", f"Write {cell.replace(',', '.')}.{whole}"
    if re.fullmatch(r"[+-]?\d*\.\d*(?:[eE][+-]?\d+)?|[+-]?\d+[eE][+-]?\d+", cell):
        return named, "Write a whole number, in digits only: 12."
    if _LETTERED.fullmatch(cell):
        example = "7000000" if kind == "integer" else "12.5"
        return named, f"Write digits alone, without a letter or unit: {example}."
    return named, _FORMS[kind]


def _time(cell: str, kind: str, named: str) -> Words:
    if _DAY_FIRST.fullmatch(cell):
        return f"{named} in the one form that is read: day and month could be mixed up", _FORMS[
            kind
        ]
    if _FINE.fullmatch(cell):
        return f"{named} that can be kept: finer than a microsecond", "Round it to six decimals."
    if _DAY.fullmatch(cell) and not _exists(cell):
        return f"{named} that exists", "Write a day that there is: 2024-03-12."
    if kind == "datetime" and _DAY.fullmatch(cell):
        return f"{named}: the time is missing", f"Write {cell}T00:00:00 if midnight is meant."
    if kind == "date" and _TIME.fullmatch(cell):
        return f"{named}: it has a time of day", f"Write {cell[:10]}."
    if _DAY.match(cell):
        return f"{named} that exists, in the form that is read", _FORMS[kind]
    return named, _FORMS[kind]


def _exists(day: str) -> bool:
    try:
        datetime.date.fromisoformat(day)
    except ValueError:
        return False
    return True
