"""Powers."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .blocks import LN2_HIGH, LN2_LOW, Floats, by_blocks
from .exponentials import exponential
from .logarithms import parts, series

HIGH_BITS = np.int64(-1 << 32)


def power(x: ArrayLike, y: ArrayLike) -> Floats:
    """Give xʸ of numbers from 0 up.

    Examples
    --------
    >>> power([2.0, 0.25, 0.0], [10.0, 0.5, 0.0]).tolist()
    [1024.0, 0.5, 1.0]
    """
    return by_blocks(_power, x, y)


def whole_power(x: float, counts: NDArray[Any]) -> Floats:
    """Give xⁿ for many whole n from 0 up, each computed once.

    Examples
    --------
    >>> whole_power(0.5, np.array([0, 2, 2])).tolist()
    [1.0, 0.25, 0.25]
    """
    return power(x, np.arange(np.max(counts, initial=0) + 1.0))[counts]


def _power(x: Floats, y: Floats) -> Floats:
    k, f = parts(x)
    half, more = series(f)
    # The logarithm in two parts, of which the first is exact.
    first = _high(f - half)
    rest = (f - first) - half + more + k * LN2_LOW
    whole = k * LN2_HIGH
    log_high = _high(whole + first + rest)
    log_low = rest - (log_high - whole - first)
    y_high = _high(y)
    high = y_high * log_high
    low = (y - y_high) * log_high + y * log_low
    both = high + low
    found = exponential(both)
    found += found * ((high - both) + low)
    usual = (x > 0) & (x < np.inf) & (np.abs(y) < 1e300) & (found > 0) & (found < np.inf)
    # At the ends nothing is left to round.
    return found if usual.all() else np.where(usual, found, np.power(x, y))


def _high(x: Floats) -> Floats:
    """Give the upper half of the bits of numbers: products of two such are exact."""
    return (x.view(np.int64) & HIGH_BITS).view(np.float64)
