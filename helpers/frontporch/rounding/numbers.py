"""Numbers as a person reads them: no more digits than are certain, the same on every machine.

A number on the edge between two roundings goes away from 0, also where arithmetic left it a last
digit short. Nought has no sign, and there are no exponents.
"""

from __future__ import annotations

from math import floor, isfinite, log10

from .margins import SLACK

MISSING = "no value"
_EDGE = 1e-3
"""At most this share of the last digit shown is taken as rounding."""
_SOLVED = 10
"""Significant digits of what a solver found: those behind hang on the processor."""
_MOST = 11
"""Digits of a float that are certain at best."""
_LARGEST = 1e300
"""Beyond it rounding up could leave the range of floats."""


def number(value: float, digits: int = 3, *, scale: float = 0.0, signed: bool = False) -> str:
    """Round a number to significant digits, with commas between thousands.

    Parameters
    ----------
    value : float
        The number.
    digits : int
        Significant digits; noughts at the end of a decimal fraction are left out.
    scale : float
        The largest number beside it: what is a rounding of that is 0.
    signed : bool
        Write + before a number above 0.

    Returns
    -------
    str
        "no value" for what is missing or infinite.

    Examples
    --------
    >>> [number(value) for value in (0, 12_345, 0.12345, -2.0, 1_234_567, 0.000012345)]
    ['0', '12,300', '0.123', '-2', '1,230,000', '0.0000123']
    >>> number(-6.7e-17, scale=1.0), number(0.4, signed=True)
    ('0', '+0.4')
    """
    value = float(value)
    if not isfinite(value):
        return MISSING
    if abs(value) <= SLACK * scale or value == 0:
        return "0"
    return _trimmed(decimal(value, digits - 1 - _power(value), signed=signed))


def decimal(value: float, places: int = 0, *, signed: bool = False) -> str:
    """Round a number to decimal places, with commas between thousands.

    Parameters
    ----------
    value : float
        The number.
    places : int
        Digits behind the point; -3 rounds to thousands. At most 11 digits are shown in all.
    signed : bool
        Write + before a number above 0.

    Returns
    -------
    str
        "no value" for what is missing or infinite.

    Examples
    --------
    >>> decimal(1234.5), decimal(2.675, 2), decimal(-0.04, 1), decimal(7_919_210, -4)
    ('1,235', '2.68', '0.0', '7,920,000')
    """
    value = float(value)
    if not isfinite(value):
        return MISSING
    if value:
        places = min(places, _MOST - 1 - _power(value))
    size = abs(value) + min(SLACK * abs(value), _EDGE * 10.0**-places)
    size = round(size, places) if size < _LARGEST else size
    text = f"{size:,.{max(places, 0)}f}"
    if not text.strip("0.,"):
        return text
    return f"{'-' if value < 0 else '+' if signed else ''}{text}"


def percent(share: float, places: int = 0, *, signed: bool = False) -> str:
    """Write a share as percent.

    Parameters
    ----------
    share : float
        1 is 100 %.
    places : int
        Digits behind the point.
    signed : bool
        Write + before a number above 0.

    Returns
    -------
    str
        "no value" for what is missing or infinite.

    Examples
    --------
    >>> percent(0.285), percent(-1e-17), percent(0.0314, 1, signed=True)
    ('29%', '0%', '+3.1%')
    """
    text = decimal(100 * float(share), places, signed=signed)
    return text if text == MISSING else text + "%"


def as_given(value: float, *, thousands: bool = False) -> str:
    """Write a number that somebody gave, to six digits, as it would be typed again.

    With `thousands` commas stand between them, for reading.

    Examples
    --------
    >>> as_given(0.1 + 0.2), as_given(1_234_567), as_given(26.0), as_given(float("inf"))
    ('0.3', '1234567', '26', 'inf')
    >>> as_given(4_000, thousands=True), as_given(0.5, thousands=True)
    ('4,000', '0.5')
    """
    value = float(value)
    if not isfinite(value):
        return str(value)
    told = number(value, max(6, _power(value or 1.0) + 1))
    return told if thousands else told.replace(",", "")


def about(value: float, digits: int = 3) -> str:
    """Say a large number that is only roughly known.

    Parameters
    ----------
    value : float
        The number.
    digits : int
        Significant digits.

    Returns
    -------
    str

    Examples
    --------
    >>> about(263_444_405), about(13_020_672), about(24_310), about(float("inf"))
    ('about 263 million', 'about 13 million', 'about 24,300', 'without limit')
    """
    if not isfinite(value):
        return "without limit"
    rounded = float(number(value, digits).replace(",", ""))
    for one, name in ((1e9, " billion"), (1e6, " million")):
        if abs(rounded) >= one:
            return f"about {number(rounded / one, digits)}{name}"
    return f"about {number(value, digits)}"


def to_error(value: float, error: float, digits: int = 2) -> str:
    """Round a number to the digits that its standard error, or half its interval, supports.

    Parameters
    ----------
    value : float
        An estimate, a limit of its interval, or the error itself.
    error : float
        The error; where it is missing or infinite, three digits of the number are shown, and six
        where it is 0.
    digits : int
        Significant digits of the error that are shown.

    Returns
    -------
    str

    Examples
    --------
    >>> [to_error(value, 138_315.7) for value in (7_919_209.935, 138_315.676, 7_622_582.458)]
    ['7,920,000', '140,000', '7,620,000']
    >>> to_error(0.0123456, 0.0021), to_error(3.14159, float("nan"))
    ('0.0123', '3.14')
    """
    error = abs(float(error))
    if not isfinite(error):
        return number(value)
    if error <= SLACK * abs(value):
        return number(value, 6)
    return decimal(value, digits - 1 - _power(error))


def solved(value: float, digits: int = _SOLVED) -> float:
    """Round what a solver found to the digits that are the same on every machine.

    Parameters
    ----------
    value : float
        What was found.
    digits : int
        Significant digits that stay.

    Examples
    --------
    >>> solved(1.2345678901234567), solved(2 / 3, digits=3)
    (1.23456789, 0.667)
    """
    return float(f"{value:.{digits}g}")


def _power(value: float) -> int:
    """Return the power of ten of a number's first digit, where 0.9999999999 counts as 1."""
    return floor(log10(abs(value)) + SLACK)


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text
