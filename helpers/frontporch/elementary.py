"""Exponentials and logarithms with the same bits on every processor.

What numpy and the system compute differs in the last bits from processor to processor. Here
they are put together from operations that IEEE 754 defines to the bit (+ − × ÷, comparisons,
and shifts of the exponent), so that what is drawn with them is the same on every machine.
Simulations use them; estimates, which pass through linear algebra anyway, use numpy's.

Source: fdlibm (Sun Microsystems 1993; Ng, Kahan). Errors are below 2 units in the last place.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]

LN2_HIGH, LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
ONE_OVER_LN2 = 1.44269504088896338700
EXP = (
    1.66666666666666019037e-01, -2.77777777770155933842e-03, 6.61375632143793436117e-05,
    -1.65339022054652515390e-06, 4.13813679705723846039e-08,
)  # fmt: skip
LOG = (
    6.666666666666735130e-01, 3.999999999940941908e-01, 2.857142874366239149e-01,
    2.222219843214978396e-01, 1.818357216161805012e-01, 1.531383769920937332e-01,
    1.479819860511658591e-01,
)  # fmt: skip
ROOT_HALF = np.int64(0x3FE6A09E00000000)  # the bits of about √½
UP = np.int64(0x3FF0000000000000) - ROOT_HALF
FRACTION = np.int64((1 << 52) - 1)
HIGH_BITS = np.int64(-1 << 32)
BLOCK = 1 << 12
"""Numbers that are worked on at once: they and what is made of them lie near the processor."""


def exp(x: ArrayLike) -> Floats:
    """Give eˣ.

    Examples
    --------
    >>> exp([0.0, -np.inf]).tolist(), exp(1.0).round(14).item()
    ([1.0, 0.0], 2.71828182845905)
    """
    return _by_blocks(_exp, x)


def expm1(x: ArrayLike) -> Floats:
    """Give eˣ − 1, exactly also where x is small.

    Examples
    --------
    >>> expm1([0.0, -np.inf]).tolist(), f"{expm1(1e-10):.12g}"
    ([0.0, -1.0], '1.00000000005e-10')
    """
    return _by_blocks(_expm1, x)


def log(x: ArrayLike) -> Floats:
    """Give the natural logarithm; −∞ of 0, and nothing (nan) below.

    Examples
    --------
    >>> log([1.0, 2.0, 0.0]).tolist()
    [0.0, 0.6931471805599453, -inf]
    """
    return _by_blocks(_log, x)


def log1p(x: ArrayLike) -> Floats:
    """Give the natural logarithm of 1 + x, exactly also where x is small.

    Examples
    --------
    >>> log1p([0.0, -1.0]).tolist(), f"{log1p(1e-10):.12g}"
    ([0.0, -inf], '9.9999999995e-11')
    """
    return _by_blocks(_log1p, x)


def power(x: ArrayLike, y: ArrayLike) -> Floats:
    """Give xʸ of numbers from 0 up.

    Examples
    --------
    >>> power([2.0, 0.25, 0.0], [10.0, 0.5, 0.0]).tolist()
    [1024.0, 0.5, 1.0]
    """
    return _by_blocks(_power, x, y)


def whole_power(x: float, counts: NDArray[np.integer]) -> Floats:
    """Give xⁿ for many whole n from 0 up, each computed once.

    Examples
    --------
    >>> whole_power(0.5, np.array([0, 2, 2])).tolist()
    [1.0, 0.25, 0.25]
    """
    return power(x, np.arange(np.max(counts, initial=0) + 1.0))[counts]


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


def _by_blocks(function: Callable[..., Floats], *given: ArrayLike) -> Floats:
    """Work through arrays of any shape piece by piece."""
    arrays = np.broadcast_arrays(*(np.asarray(one, float) for one in given))
    flat = [np.ravel(one) for one in arrays]
    found = np.empty(flat[0].shape)
    with np.errstate(all="ignore"):
        for first in range(0, len(found), BLOCK):
            part = slice(first, first + BLOCK)
            found[part] = function(*(one[part] for one in flat))
    return found.reshape(arrays[0].shape)[()]


def _reduced(x: Floats) -> tuple[Floats, Floats]:
    """Give k and eʳ − 1 with x = k·ln 2 + r, where |r| is at most half of ln 2."""
    # Below and above, the result is 0 or infinite anyway.
    x = np.minimum(np.maximum(x, -800.0), 800.0)
    k = np.rint(x * ONE_OVER_LN2)
    high = x - k * LN2_HIGH
    low = k * LN2_LOW
    r = high - low
    t = r * r
    c = EXP[4] * t
    for one in EXP[3::-1]:
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
    """Give x·2ᵏ in two steps, of which the second alone may leave the range."""
    k = np.where(k == k, k, 0.0).astype(np.int64)
    half = k >> 1
    x = x * ((half + 1023) << 52).view(np.float64)
    return x * ((k - half + 1023) << 52).view(np.float64)


def _exp(x: Floats) -> Floats:
    k, found = _reduced(x)
    found += 1.0
    return _scaled(found, k)


def _expm1(x: Floats) -> Floats:
    k, found = _reduced(x)
    # Far from 0 the 1 is lost or all that counts.
    near = np.minimum(np.maximum(k, -60.0), 60.0)
    one = _scaled(np.ones_like(x), near)
    close = _scaled(found, near) + (one - 1.0)
    return np.copysign(np.where(k > 60, _scaled(found + 1.0, k), close), x)


def _parts(x: Floats) -> tuple[Floats, Floats]:
    """Give k and f with x = 2ᵏ(1 + f), where 1 + f lies between √½ and √2."""
    tiny = x < 2.0**-1022
    if tiny.any():
        x = np.where(tiny, x * 2.0**54, x)
    bits = x.view(np.int64) + UP
    k = ((bits >> 52) - 1023).astype(float)
    if tiny.any():
        k -= 54.0 * tiny
    bits &= FRACTION
    bits += ROOT_HALF
    f = bits.view(np.float64)
    f -= 1.0
    return k, f


def _series(f: Floats) -> tuple[Floats, Floats]:
    """Give f²/2, and what log(1 + f) is more than f − f²/2."""
    s = f / (2.0 + f)
    z = s * s
    w = z * z
    odd = ((LOG[5] * w + LOG[3]) * w + LOG[1]) * w
    even = (((LOG[6] * w + LOG[4]) * w + LOG[2]) * w + LOG[0]) * z
    half = 0.5 * f
    half *= f
    odd += even
    odd += half
    odd *= s
    return half, odd


def _log(x: Floats) -> Floats:
    k, f = _parts(x)
    half, more = _series(f)
    more += k * LN2_LOW
    more -= half
    more += f
    more += k * LN2_HIGH
    return _at_the_ends(x, more)


def _log1p(x: Floats) -> Floats:
    whole = 1.0 + x
    k, f = _parts(whole)
    half, more = _series(f)
    # What 1 + x has lost, as a share of it.
    lost = np.where(x > 1.0, 1.0 - (whole - x), x - (whole - 1.0)) / whole
    more += k * LN2_LOW + lost
    more -= half
    more += f
    more += k * LN2_HIGH
    return np.where(x == 0, x, _at_the_ends(whole, more))


def _at_the_ends(x: Floats, found: Floats) -> Floats:
    """Set what a logarithm is at 0, below it, and without end."""
    usual = (x > 0) & (x < np.inf)
    if usual.all():
        return found
    ends = np.where(x == 0, -np.inf, np.where(x > 0, x, np.nan))
    return np.where(usual, found, ends)


def _high(x: Floats) -> Floats:
    """Give the upper half of the bits of numbers: products of two such are exact."""
    return (x.view(np.int64) & HIGH_BITS).view(np.float64)


def _power(x: Floats, y: Floats) -> Floats:
    k, f = _parts(x)
    half, more = _series(f)
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
    found = _exp(both)
    found += found * ((high - both) + low)
    usual = (x > 0) & (x < np.inf) & (np.abs(y) < 1e300) & (found > 0) & (found < np.inf)
    # At the ends nothing is left to round.
    return found if usual.all() else np.where(usual, found, np.power(x, y))
