"""Times as people write them: what is read, what is decided by the rows, and what is asked."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from .reading import Reading

TIME_UNIT = "datetime64[us]"
UNITS = {
    "seconds": 1_000_000,
    "milliseconds": 1_000,
    "microseconds": 1,
    "minutes": 60_000_000,
    "hours": 3_600_000_000,
    "days": 86_400_000_000,
    "weeks": 604_800_000_000,
}
EXCEL_FROM = np.datetime64("1899-12-30", "us")
LARGEST = 2**62

_DAY = r"(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6}0*)?)?"
_DATE = re.compile(rf"({_DAY})(?:[T ]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
_TIME = re.compile(
    rf"({_DAY}[T ]{_CLOCK})(?: ?(Z|UTC|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?))?", re.ASCII
)
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_SLASHED = re.compile(
    r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})"
    r"(?:,?[ T](\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?(?: ?([AaPp])\.?[Mm]\.?)?)?",
    re.ASCII,
)


@dataclass(frozen=True)
class Times:
    """Times of the cells of a column.

    Parameters
    ----------
    values : numpy.ndarray of datetime64[us], shape (cells,)
        As they stand on the clock; anything where `good` is False.
    good : numpy.ndarray of bool, shape (cells,)
        Whether the cell could be read.
    offsets : numpy.ndarray of str, shape (cells,), optional
        The offset of each from UTC, as "+02:00"; "" where there is none.
    asked : tuple of (str, dict), optional
        What all bad cells are, and the options that read them; where several may be meant,
        the text names the others.
    noted : tuple of (str, str), optional
        What the rows decided, and what was done.
    """

    values: np.ndarray
    good: np.ndarray
    offsets: np.ndarray | None = None
    asked: tuple[str, dict[str, Any]] | None = None
    noted: tuple[str, str] | None = None


def read_times(cells: Sequence[str], kind: str, reading: Reading) -> Times:
    """Read cells as days or moments.

    Parameters
    ----------
    cells : sequence of str
        Cells that hold something.
    kind : {"date", "datetime"}
        Whether days or moments are wanted.
    reading : Reading
        Its `times` and `since` say what the cells are; without them the cells do.

    Returns
    -------
    Times

    Examples
    --------
    >>> read_times(["31/01/2024", "02/03/2024"], "date", Reading()).noted[0]
    'days written day first, as one row with a 31 shows'
    >>> read_times(["1709283600"], "datetime", Reading()).asked[1]
    {'times': 'seconds'}
    """
    told = reading.times
    if told is not None:
        return _whole_days(_TOLD.get(told, partial(_pattern, told=told))(cells, reading), kind)
    plain = _iso(cells, kind)
    if plain.good.all():
        return plain
    if kind == "datetime" and not plain.good.any():
        days = _iso(cells, "date")
        if days.good.all():
            noted = ("days without a time of day", "read as midnight")
            return Times(days.values, days.good, noted=noted)
    bad = [cells[k] for k in np.flatnonzero(~plain.good).tolist()]
    if all(map(_SLASHED.fullmatch, bad)):
        return _slashed_or_asked(cells, plain, bad, kind)
    if not plain.good.any():
        asked = _numbers_mean(bad) or _form_of(bad)
        if asked:
            return Times(plain.values, plain.good, asked=asked)
    return plain


def _iso(cells: Sequence[str], kind: str) -> Times:
    quick = _even(cells, kind)
    if quick is not None:
        return quick
    if kind == "date":
        found = [match[1] if (match := _DATE.fullmatch(cell)) else "NaT" for cell in cells]
        values, good = _converted(found)
        return Times(values, good)
    matches = [_TIME.fullmatch(cell) for cell in cells]
    values, good = _converted([one[1] if one else "NaT" for one in matches])
    offsets = np.array([_offset(one[2]) if one and one[2] else "" for one in matches], dtype=str)
    return Times(values, good, offsets if (offsets != "").any() else None)


def _offset(text: str) -> str:
    if text in ("Z", "UTC", "-00:00", "-0000", "-00"):
        return "+00:00"
    digits = text[1:].replace(":", "").ljust(4, "0")
    return f"{text[0]}{digits[:2]}:{digits[2:]}"


def _even(cells: Sequence[str], kind: str) -> Times | None:
    """Read cells of one length all at once; None where they are not of one plain form."""
    width = len(cells[0]) if len(cells) else 0
    if width not in _CLOCKS:
        return None
    try:
        signs = np.array(cells, dtype=f"S{width + 1}").view(np.uint8).reshape(len(cells), width + 1)
    except UnicodeEncodeError:
        return None
    if signs[:, width].any() or not signs[:, width - 1].all():
        return None
    return even_times(signs[:, :width], kind)


_CLOCKS = {10: 10, 16: 16, 19: 19, 20: 19, 25: 19}
_SIGNS = {4: b"-", 7: b"-", 10: b"T ", 13: b":", 16: b":"}
_PARTS = ((0, 4), (5, 7), (8, 10), (11, 13), (14, 16), (17, 19))


def even_times(signs: np.ndarray, kind: str) -> Times | None:
    """Read equally wide cells all at once; None where they are not of one plain form.

    Parameters
    ----------
    signs : numpy.ndarray of uint8, shape (cells, width)
        The bytes of each cell.
    kind : {"date", "datetime"}
        Whether days or moments are wanted.

    Examples
    --------
    >>> even_times(np.frombuffer(b"2024-03-12", dtype=np.uint8).reshape(1, 10), "date").good
    array([ True])
    """
    width = signs.shape[1]
    clock = _CLOCKS.get(width)
    if clock is None or not len(signs) or (kind == "date") != (clock == 10):
        return None
    end = bytes(signs[0, clock:width])
    if not end.isascii() or not (signs[:, clock:width] == signs[0, clock:width]).all():
        return None
    tail = _TIME.fullmatch("2024-03-12T09:30:00" + end.decode("ascii"))
    if tail is None:
        return None
    for k, marks in _SIGNS.items():
        if k < clock and not any((signs[:, k] == mark).all() for mark in marks):
            column = signs[:, k]
            if not np.isin(column, list(marks)).all():
                return None
    parts = []
    for first, last in _PARTS:
        value = np.zeros(len(signs), dtype=np.int32)
        for k in range(first, last if first < clock else first):
            numeral = signs[:, k] - np.uint8(48)
            if numeral.max() > 9:
                return None
            value = value * np.int32(10) + numeral
        parts.append(value)
    values, good = _from_parts(*parts)
    offsets = np.full(len(signs), _offset(tail[2])) if tail[2] else None
    return Times(values, good, offsets)


def _from_parts(year, month, day, hour, minute, second) -> tuple[np.ndarray, np.ndarray]:
    """Put moments together from whole numbers, and say which of them exist."""
    month_at = ((year.astype(np.int64) - 1970) * 12 + month - 1).astype("datetime64[M]")
    days = month_at.astype("datetime64[D]") + (day - 1)
    good = (year > 0) & (month >= 1) & (month <= 12) & (day >= 1)
    good &= (days.astype("datetime64[M]") == month_at) & (hour < 24) & (minute < 60) & (second < 60)
    seconds = hour.astype(np.int64) * 3600 + minute * 60 + second
    values = days.astype(TIME_UNIT) + seconds * np.timedelta64(1_000_000, "us")
    return values, good


def _converted(texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Convert texts of one plain form; where one is impossible, as 30 February is, by halves."""
    try:
        values = np.array(texts, TIME_UNIT)
        return values, ~np.isnat(values)
    except (ValueError, OverflowError):
        if len(texts) == 1:
            return np.array(["NaT"], TIME_UNIT), np.zeros(1, dtype=bool)
    half = len(texts) // 2
    first, second = _converted(texts[:half]), _converted(texts[half:])
    return np.concatenate([first[0], second[0]]), np.concatenate([first[1], second[1]])


def _counted(cells: Sequence[str], reading: Reading, unit: int, origin: np.datetime64) -> Times:
    good = np.array([_NUMBER.fullmatch(cell) is not None for cell in cells], dtype=bool)
    passed = np.zeros(len(cells), dtype=np.int64)
    for k in np.flatnonzero(good).tolist():
        cell = cells[k]
        # Whole numbers stay whole: a float of microseconds since 1970 is off by some.
        value = int(cell) * unit if cell.lstrip("+-").isdigit() else float(cell) * unit
        if abs(value) < LARGEST:
            passed[k] = round(value)
        else:
            good[k] = False
    return Times(origin + passed.astype("timedelta64[us]"), good)


def _since(unit: str, cells: Sequence[str], reading: Reading) -> Times:
    at = reading.origin
    plain = at.tz_convert("UTC").tz_localize(None) if at.tz else at
    found = _counted(cells, reading, UNITS[unit], plain.to_datetime64().astype(TIME_UNIT))
    offsets = np.full(len(cells), "+00:00") if at.tz else None
    return Times(found.values, found.good, offsets)


def _excel(cells: Sequence[str], reading: Reading) -> Times:
    found = _counted(cells, reading, UNITS["days"], EXCEL_FROM)
    # 0.1 of a millisecond is what a serial day in floating point is good for.
    whole = (found.values + np.timedelta64(500, "us")).astype("datetime64[ms]").astype(TIME_UNIT)
    return Times(whole, found.good)


def _compact(cells: Sequence[str], reading: Reading) -> Times:
    eight = [len(one) == 8 and one.isascii() and one.isdigit() for one in cells]
    texts = [
        f"{a[:4]}-{a[4:6]}-{a[6:]}" if ok else "NaT" for a, ok in zip(cells, eight, strict=True)
    ]
    return Times(*_converted(texts))


def _slashed(cells: Sequence[str], reading: Reading, day_first: bool) -> Times:
    parts = np.zeros((7, len(cells)), dtype=np.int64)
    good = np.zeros(len(cells), dtype=bool)
    for k, cell in enumerate(cells):
        found = _SLASHED.fullmatch(cell)
        if found is None:
            continue
        one, two, year, hour, minute, second, part, half = found.groups()
        day, month = (one, two) if day_first else (two, one)
        hours = int(hour or 0)
        good[k] = half is None or 1 <= hours <= 12
        if half is not None:
            hours = hours % 12 + 12 * (half in "Pp")
        # Two digits as in spreadsheets: 00 to 68 are of this century.
        years = int(year) + (0 if len(year) == 4 else 2000 if int(year) < 69 else 1900)
        micro = int((part or "0").ljust(6, "0"))
        parts[:, k] = years, int(month), int(day), hours, int(minute or 0), int(second or 0), micro
    values, real = _from_parts(*parts[:6])
    return Times(values + parts[6].astype("timedelta64[us]"), good & real)


def _slashed_or_asked(cells: Sequence[str], plain: Times, bad: list[str], kind: str) -> Times:
    """Decide by the rows which number is the day, or ask."""
    numbers = [
        (int(found[1]), int(found[2])) for cell in bad if (found := _SLASHED.fullmatch(cell))
    ]
    first, second = (np.array(one) for one in zip(*numbers, strict=True))
    day_first, month_first = bool((first > 12).any()), bool((second > 12).any())
    if plain.good.any():
        return plain
    if day_first == month_first:
        if day_first:
            return plain
        words = (
            "day and month could be mixed up, and no row decides it. Say which comes first: "
            'times="dd/mm/yyyy" or times="mm/dd/yyyy"'
        )
        return Times(plain.values, plain.good, asked=(words, {"times": "dd/mm/yyyy"}))
    days = _whole_days(_slashed(cells, Reading(), day_first), kind)
    which, shown = ("day", first.max()) if day_first else ("month", second.max())
    form = "dd/mm/yyyy" if day_first else "mm/dd/yyyy"
    noted = (f"days written {which} first, as one row with a {shown} shows", f"read as {form}")
    return Times(days.values, days.good, noted=noted)


def _form_of(cells: list[str]) -> tuple[str, dict[str, Any]] | None:
    """Name the pattern of times that can be read in one way only: months as words, year first."""
    for form in _FORMS:
        try:
            datetime.datetime.strptime(cells[0], form)
        except ValueError:
            continue
        if _pattern(cells, Reading(), form).good.all():
            return f"these look like times such as {cells[0]}", {"times": form}
    return None


_FORMS = tuple(
    f"{day}{clock}"
    for day in (
        "%Y-%m-%d",
        "%Y/%m/%d",
        "%Y.%m.%d",
        *(
            f"{week}%d{mark}{month}{mark}{year}"
            for week in ("", "%a, ")
            for mark in " -"
            for month in ("%b", "%B")
            for year in ("%Y", "%y")
        ),
        *(f"{month} %d{mark}%Y" for month in ("%b", "%B") for mark in (", ", " ")),
    )
    for clock in (
        "",
        *(
            f"{gap}{time}{zone}"
            for gap in (" ", ", ")
            for zone in ("", " %z")
            for time in ("%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M:%S %p")
        ),
    )
    if (day, clock) != ("%Y-%m-%d", "")  # a day of the usual form that is written wrong
)


def _pattern(cells: Sequence[str], reading: Reading, told: str) -> Times:
    found = pd.to_datetime(
        pd.Series(list(cells), dtype=object), format=told, errors="coerce", utc="%z" in told
    )
    plain = found.dt.tz_localize(None) if found.dt.tz is not None else found
    offsets = np.full(len(cells), "+00:00") if "%z" in told else None
    return Times(plain.to_numpy().astype(TIME_UNIT), plain.notna().to_numpy(), offsets)


def _whole_days(found: Times, kind: str) -> Times:
    if kind != "date":
        return found
    days = found.values.astype("datetime64[D]").astype(TIME_UNIT)
    return Times(days, found.good, None, found.asked, found.noted)


_TOLD: dict[str, Callable[[Sequence[str], Reading], Times]] = {
    **{unit: partial(_since, unit) for unit in UNITS},
    "excel": _excel,
    "yyyymmdd": _compact,
    "dd/mm/yyyy": partial(_slashed, day_first=True),
    "mm/dd/yyyy": partial(_slashed, day_first=False),
}


def _numbers_mean(cells: list[str]) -> tuple[str, dict[str, Any]] | None:
    """Say what numbers in a column of times look like."""
    if not all(map(_NUMBER.fullmatch, cells)):
        return None
    numbers = np.array(cells, dtype=float)
    if len(cells[0]) == 8 and _compact(cells, Reading()).good.all() and numbers.min() > 1.8e7:
        return "these look like days such as 20240131", {"times": "yyyymmdd"}
    low, high = numbers.min(), numbers.max()
    for unit, least in (
        ("seconds", 3e8),
        ("milliseconds", 3e11),
        ("microseconds", 3e14),
        ("minutes", 5e6),
    ):
        if low >= least and high < 4e9 * 1e6 / UNITS[unit]:
            first, last = (
                str(pd.Timestamp(int(one * UNITS[unit]), unit="us").date()) for one in (low, high)
            )
            return f"these look like {unit} since 1970, from {first} to {last}", {"times": unit}
    if low >= 18_264 and high < 60_000:
        first = (EXCEL_FROM + np.timedelta64(int(low * UNITS["days"]), "us")).astype(
            "datetime64[D]"
        )
        return f"these look like Excel's serial days, the first {first}", {"times": "excel"}
    if np.isfinite(high) and abs(numbers).max() < 1e9:
        return (
            "these are numbers that count from a start. Say in what unit, and from when, as "
            'times="days", since="2000-01-01"; other units are "weeks", "hours", "minutes" and '
            '"seconds"',
            {"times": "days", "since": "2000-01-01"},
        )
    return None


def sensible_unit(numbers: np.ndarray, reading: Reading) -> str | None:
    """Name the unit in which numbers would be moments that can be, if there is one."""
    low, high = (one.value // 1_000 for one in reading.bounds)
    for unit, scale in UNITS.items():
        if (numbers * scale >= max(low, 0)).all() and (numbers * scale <= high).all():
            return unit
    return None
