"""What can be predicted: a value that fits its question, and how sure somebody is of it."""

from __future__ import annotations

import math
import numbers
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, TypeAlias

from ...names import pick
from ...rounding import as_given, decimal

USUAL = 80.0
"""Per cent sure that the truth lies in a range, where nothing else is said."""

Height: TypeAlias = float | tuple[float, ...]


def checked(
    value: Any, dates: Sequence[float], unit: str, rising: bool
) -> float | str | tuple[float, ...]:
    """Give the value as a number, a choice or the heights of a curve.

    Raises
    ------
    ValueError
        If it does not fit; the message says what was expected.

    Examples
    --------
    >>> checked([10, 20], [3, 24], "%", rising=True)
    (10.0, 20.0)
    """
    if hasattr(value, "tolist"):  # an array or a column of a frame
        value = value.tolist()
    if isinstance(value, str):
        if not value.strip():
            raise ValueError("the choice is empty: name one.")
        return value
    if not isinstance(value, Sequence):
        return number(value, unit)
    heights = tuple(number(one, unit) for one in value)
    if len(heights) != len(dates) or not heights:
        raise ValueError(
            f"the curve has {len(heights)} heights for {len(dates)} dates: give one each."
        )
    if any(b <= a for a, b in pairwise(dates)):
        raise ValueError(f"the dates {', '.join(as_given(date) for date in dates)} must rise.")
    if rising and any(b < a for a, b in pairwise(heights)):
        raise ValueError(
            f"the heights {list(heights)} fall, but a share that has arrived can only grow."
        )
    return heights


def certainty(
    value: float | str | tuple[float, ...],
    unit: str,
    choices: Sequence[str],
    sure: Any,
    low: Any,
    high: Any,
) -> tuple[float | None, Height | None, Height | None]:
    """Give how sure somebody is (per cent) and the range that it is said of.

    Raises
    ------
    ValueError
        If it does not fit the value; the message says what was expected.

    Examples
    --------
    >>> certainty("online", "", ["online", "offline"], 70, None, None)
    (70.0, None, None)
    >>> certainty(20.0, "%", (), None, 10, 35)
    (80.0, 10.0, 35.0)
    """
    given = [limit is not None for limit in (low, high)]
    if isinstance(value, str):
        if any(given):
            raise ValueError("a choice has no low and high: say how sure you are of it.")
        return _of_choice(value, choices, sure), None, None
    if len(choices):
        raise ValueError(f"choices are given, but the value {value!r} is none: put it in quotes.")
    if not any(given):
        if sure is not None:
            raise ValueError("how sure of what? Give a range: low and high.")
        return None, None, None
    if not all(given):
        raise ValueError("a range has two ends: give low and high.")
    return _of_range(value, unit, sure, low, high)


def _of_choice(value: str, choices: Sequence[str], sure: Any) -> float | None:
    if len(choices):
        pick(value, choices, "choice")
    if sure is None:
        return None
    known = len(set(choices))
    if known < 2:
        raise ValueError(
            "how sure is said of one choice among several: name them all, "
            'choices=["online", "offline"].'
        )
    sure = number(sure, "%")
    if sure < 100 / known - 0.5:
        raise ValueError(
            f"{as_given(sure)} % sure is less than a guess among {known} choices, which is "
            f"{decimal(100 / known)} %: choose what you believe most."
        )
    return max(sure, 100 / known)


def _of_range(
    value: Height, unit: str, sure: Any, low: Any, high: Any
) -> tuple[float, Height, Height]:
    sure = number(USUAL if sure is None else sure, "%")
    if not 50 <= sure <= 99:
        raise ValueError(f"{as_given(sure)} % sure of a range is not between 50 and 99.")
    low, high = (_end(limit, value, unit) for limit in (low, high))
    lows, middles, highs = (one if isinstance(one, tuple) else (one,) for one in (low, value, high))
    for a, middle, b in zip(lows, middles, highs, strict=True):
        if not a <= middle <= b:
            raise ValueError(
                f"your own {as_given(middle)} is not in your range from {as_given(a)} to "
                f"{as_given(b)}."
            )
    return sure, low, high


def _end(limit: Any, value: Height, unit: str) -> Height:
    """One end of a range: a number, or as many as the curve has heights."""
    if not isinstance(value, tuple):
        return number(limit, unit)
    limit = limit.tolist() if hasattr(limit, "tolist") else limit
    if isinstance(limit, str) or not isinstance(limit, Sequence) or len(limit) != len(value):
        raise ValueError(
            f"the curve has {len(value)} heights: give as many numbers for low, and for high."
        )
    return tuple(number(one, unit) for one in limit)


def number(value: Any, unit: str) -> float:
    """Give a finite number; one in per cent from 0 to 100.

    Raises
    ------
    ValueError
        If it is none.

    Examples
    --------
    >>> number(25, "%")
    25.0
    """
    if isinstance(value, bool) or not isinstance(value, numbers.Real) or not math.isfinite(value):
        raise ValueError(f"{value!r} is no number: give one such as 25.")
    if unit == "%" and not 0 <= value <= 100:
        raise ValueError(f"{as_given(value)} % is not between 0 and 100.")
    return float(value)
