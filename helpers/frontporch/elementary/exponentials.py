"""Exponentials."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from .blocks import LN2_HIGH, LN2_LOW, Floats, by_blocks, within

ONE_OVER_LN2 = 1.44269504088896338700
SERIES = (
    1.66666666666666019037e-01, -2.77777777770155933842e-03, 6.61375632143793436117e-05,
    -1.65339022054652515390e-06, 4.13813679705723846039e-08,
)  # fmt: skip
"""Coefficients of r·(eʳ + 1)/(eʳ − 1) in r²."""


def exp(x: ArrayLike) -> Floats:
    """Give eˣ.

    Examples
    --------
    >>> exp([0.0, -np.inf]).tolist(), exp(1.0).round(14).item()
    ([1.0, 0.0], 2.71828182845905)
    """
    return by_blocks(exponential, x)


def expm1(x: ArrayLike) -> Floats:
    """Give eˣ − 1, exactly also where x is small.

    Examples
    --------
    >>> expm1([0.0, -np.inf]).tolist(), f"{expm1(1e-10):.12g}"
    ([0.0, -1.0], '1.00000000005e-10')
    """
    return by_blocks(_expm1, x)


def tanh(x: ArrayLike) -> Floats:
    """Give the hyperbolic tangent.

    Examples
    --------
    >>> tanh([0.0, -50.0, 50.0]).tolist()
    [0.0, -1.0, 1.0]
    """
    x = np.asarray(x, float)
    less = expm1(-2 * np.abs(x))
    return np.copysign(less / (less + 2), x)


def exponential(x: Floats) -> Floats:
    """Give eˣ of one block."""
    if not within(x, -800, 800):
        x = np.minimum(np.maximum(x, -800.0), 800.0)  # the result is 0 or infinite anyway
    k, found = _reduced(x)
    found += 1.0
    return _scaled(found, k)


def _expm1(x: Floats) -> Floats:
    if within(x, -0.34, 0.34):
        return np.copysign(_reduced(x)[1], x)
    k, found = _reduced(np.minimum(np.maximum(x, -800.0), 800.0))
    # Far from 0 the 1 is lost or all that counts.
    near = np.minimum(np.maximum(k, -60.0), 60.0)
    one = _scaled(np.ones_like(x), near)
    one -= 1.0
    close = _scaled(found, near)
    close += one
    if not within(k, -60, 60):
        close = np.where(k > 60, _scaled(found + 1.0, k), close)
    return np.copysign(close, x)


def _reduced(x: Floats) -> tuple[Floats, Floats]:
    """Give k and eʳ − 1 with x = k·ln 2 + r, where |r| is at most half of ln 2."""
    k = x * ONE_OVER_LN2
    np.rint(k, out=k)
    high = k * LN2_HIGH
    np.subtract(x, high, out=high)
    low = k * LN2_LOW
    r = high - low
    t = r * r
    c = SERIES[4] * t
    for one in SERIES[3::-1]:
        c += one
        c *= t
    np.subtract(r, c, out=c)
    # eʳ − 1 = r + r·c / (2 − c), with what r has lost.
    r *= c
    np.subtract(2.0, c, out=c)
    r /= c
    low -= r
    high -= low
    return k, high


def _scaled(x: Floats, k: Floats) -> Floats:
    """Give x·2ᵏ, far from 0 in two steps, of which the second alone may leave the range."""
    if within(k, -1000, 1000):
        bits = k.astype(np.int64)
        bits += 1023
        bits <<= 52
        return x * bits.view(np.float64)
    k = np.where(k == k, k, 0.0).astype(np.int64)
    half = k >> 1
    x = x * ((half + 1023) << 52).view(np.float64)
    return x * ((k - half + 1023) << 52).view(np.float64)
