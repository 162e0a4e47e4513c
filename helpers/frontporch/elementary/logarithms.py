"""Logarithms."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from .blocks import LN2_HIGH, LN2_LOW, Floats, by_blocks, within

SERIES = (
    6.666666666666735130e-01, 3.999999999940941908e-01, 2.857142874366239149e-01,
    2.222219843214978396e-01, 1.818357216161805012e-01, 1.531383769920937332e-01,
    1.479819860511658591e-01,
)  # fmt: skip
"""Coefficients of (log(1 + f) − log(1 − f))/f − 2 in f²."""
ROOT_HALF = np.int64(0x3FE6A09E00000000)  # the bits of about √½
NEARLY_ROOT_HALF = float(ROOT_HALF.view(np.float64))
UP = np.int64(0x3FF0000000000000) - ROOT_HALF
FRACTION = np.int64((1 << 52) - 1)
SMALLEST, LARGEST = 2.0**-1022, float(np.finfo(float).max)
FEW = 12  # numbers up to which one after the other is faster


def log(x: ArrayLike) -> Floats:
    """Give the natural logarithm; −∞ of 0, and nothing (nan) below.

    Examples
    --------
    >>> log([1.0, 2.0, 0.0]).tolist()
    [0.0, 0.6931471805599453, -inf]
    """
    return by_blocks(_log, x)


def log1p(x: ArrayLike) -> Floats:
    """Give the natural logarithm of 1 + x, exactly also where x is small.

    Examples
    --------
    >>> log1p([0.0, -1.0]).tolist(), f"{log1p(1e-10):.12g}"
    ([0.0, -inf], '9.9999999995e-11')
    """
    return by_blocks(_log1p, x)


def log_of_one(x: float) -> float:
    """Give the logarithm of a single number above 0, with the bits of `log`; numba compiles it.

    Examples
    --------
    >>> log_of_one(2.0)
    0.6931471805599453
    """
    f, k = math.frexp(x)
    if f < NEARLY_ROOT_HALF:
        f, k = 2 * f, k - 1
    f -= 1
    s = f / (2 + f)
    z = s * s
    w = z * z
    odd = ((SERIES[5] * w + SERIES[3]) * w + SERIES[1]) * w
    even = (((SERIES[6] * w + SERIES[4]) * w + SERIES[2]) * w + SERIES[0]) * z
    half = 0.5 * f * f
    return ((odd + even + half) * s + k * LN2_LOW - half + f) + k * LN2_HIGH


def _log(x: Floats) -> Floats:
    usual = within(x, SMALLEST, LARGEST)
    if usual and len(x) < FEW:
        return np.array([log_of_one(one) for one in x.tolist()])
    k, f = parts(x)
    half, more = series(f)
    more += k * LN2_LOW
    more -= half
    more += f
    k *= LN2_HIGH
    more += k
    return more if usual else _at_the_ends(x, more)


def _log1p(x: Floats) -> Floats:
    whole = 1.0 + x
    k, f = parts(whole)
    half, more = series(f)
    # What 1 + x has lost, as a share of it.
    lost = np.where(x > 1.0, 1.0 - (whole - x), x - (whole - 1.0)) / whole
    more += k * LN2_LOW + lost
    more -= half
    more += f
    more += k * LN2_HIGH
    return np.where(x == 0, x, _at_the_ends(whole, more))


def parts(x: Floats) -> tuple[Floats, Floats]:
    """Give k and f with x = 2ᵏ(1 + f), where 1 + f lies between √½ and √2."""
    tiny = None if x.min() >= SMALLEST else x < SMALLEST
    if tiny is not None:
        x = np.where(tiny, x * 2.0**54, x)
    bits = x.view(np.int64) + UP
    k = ((bits >> 52) - 1023).astype(float)
    if tiny is not None:
        k -= 54.0 * tiny
    bits &= FRACTION
    bits += ROOT_HALF
    f = bits.view(np.float64)
    f -= 1.0
    return k, f


def series(f: Floats) -> tuple[Floats, Floats]:
    """Give f²/2, and what log(1 + f) is more than f − f²/2."""
    s = 2.0 + f
    np.divide(f, s, out=s)
    z = s * s
    w = z * z
    odd, even = SERIES[5] * w, SERIES[6] * w
    for one in (SERIES[3], SERIES[1]):
        odd += one
        odd *= w
    for one in (SERIES[4], SERIES[2]):
        even += one
        even *= w
    even += SERIES[0]
    even *= z
    half = 0.5 * f
    half *= f
    odd += even
    odd += half
    odd *= s
    return half, odd


def _at_the_ends(x: Floats, found: Floats) -> Floats:
    """Set what a logarithm is at 0, below it, and without end."""
    usual = (x > 0) & (x < np.inf)
    ends = np.where(x == 0, -np.inf, np.where(x > 0, x, np.nan))
    return np.where(usual, found, ends)
