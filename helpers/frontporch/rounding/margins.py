"""What is equal within rounding, so that no statement hangs on a last digit."""

from __future__ import annotations

from math import floor

import numpy as np
from numpy.typing import ArrayLike, NDArray

SLACK = 1e-9
"""Share of a number by which arithmetic may differ from one machine to another, and far more."""


def nought(value: ArrayLike, scale: float, slack: float = SLACK) -> NDArray[np.bool_]:
    """Whether values are 0 beside a number that stands next to them.

    Parameters
    ----------
    value : array_like
        Values.
    scale : float
        The largest number beside them, in the same unit.
    slack : float
        Share of it that counts as nothing.

    Examples
    --------
    >>> nought([1.2e-17, 0.01], scale=1.0).tolist()
    [True, False]
    """
    return np.abs(np.asarray(value, dtype=float)) <= slack * abs(scale)


def same(one: ArrayLike, other: ArrayLike, slack: float = SLACK) -> NDArray[np.bool_]:
    """Whether numbers are equal within rounding.

    Examples
    --------
    >>> same(0.1 + 0.2, 0.3), same([0.30001, np.inf], [0.3, np.inf])
    (np.True_, array([False,  True]))
    """
    return np.isclose(one, other, rtol=slack, atol=0.0)


def highest(values: ArrayLike, slack: float = SLACK) -> int:
    """Return the place of the highest value; of those that tie within rounding, the first.

    Parameters
    ----------
    values : array_like
        At least one number.
    slack : float
        Share of the largest size that counts as rounding.

    Examples
    --------
    >>> highest([0.3, 0.1 + 0.2, 0.1])
    0
    """
    values = np.asarray(values, dtype=float)
    rounding = slack * np.abs(values[np.isfinite(values)]).max(initial=0.0)
    return int(np.argmax(values >= np.nanmax(values) - rounding))


def lowest(values: ArrayLike, slack: float = SLACK) -> int:
    """Return the place of the lowest value; of those that tie within rounding, the first.

    Examples
    --------
    >>> lowest([1.0, 0.1 + 0.2, 0.3])
    1
    """
    return highest(-np.asarray(values, dtype=float), slack)


def whole(value: float) -> int:
    """Round down to a whole number, where 2.9999999999 is 3.

    Examples
    --------
    >>> whole(0.29 * 100), whole(2.9)
    (29, 2)
    """
    return floor(value + SLACK * max(abs(value), 1.0))


def above(one: ArrayLike, other: ArrayLike, scale: float = 1.0) -> NDArray[np.bool_]:
    """Whether numbers are above others by more than rounding.

    Parameters
    ----------
    one, other : array_like
        Numbers; what is missing is above nothing.
    scale : float
        Usual size of such numbers, such as 1 for shares and ratios.

    Examples
    --------
    >>> above([0.1 + 0.2, 0.31, np.nan], 0.3).tolist()
    [False, True, False]
    """
    one, other = np.asarray(one, dtype=float), np.asarray(other, dtype=float)
    size = np.maximum(np.maximum(np.abs(one), np.abs(other)), scale)
    return (one > other) & ~(np.abs(one - other) <= SLACK * size)


def ranking(values: ArrayLike) -> NDArray[np.int64]:
    """Return places from the highest value to the lowest; those that tie keep their order.

    Parameters
    ----------
    values : array_like
        Numbers; missing ones come last.

    Examples
    --------
    >>> ranking([0.1, 0.3, 0.1 + 0.2, np.nan, 0.5]).tolist()
    [4, 1, 2, 0, 3]
    """
    values = np.asarray(values, dtype=float)
    order = np.argsort(-values, kind="stable")
    falls = ~same(values[order][1:], values[order][:-1])
    group = np.cumsum(np.concatenate([[False], falls]))[: len(order)]
    return order[np.lexsort((order, group))]


def within(value: float, low: float, high: float) -> bool:
    """Whether a number lies between limits, the limits and their rounding included.

    Examples
    --------
    >>> within(1 + 1e-15, 0, 1), within(1.01, 0, 1), within(float("nan"), 0, 1)
    (True, False, False)
    """
    slack = SLACK * max(abs(low), abs(high))
    return bool(low - slack <= value <= high + slack)
