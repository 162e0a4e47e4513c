"""Working through arrays piece by piece, near the processor."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]

BLOCK = 1 << 12
"""Numbers that are worked on at once: they and what is made of them lie near the processor."""

LN2_HIGH, LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
"""The logarithm of 2 in two parts: whole multiples of the first are exact."""


def by_blocks(function: Callable[..., Floats], *given: ArrayLike) -> Floats:
    """Work through arrays of any shape piece by piece."""
    arrays = [np.asarray(one, float) for one in given]
    if len(arrays) > 1:
        arrays = np.broadcast_arrays(*arrays)
    flat = [one.ravel() for one in arrays]
    with np.errstate(all="ignore"):
        if flat[0].size <= BLOCK:
            found = function(*flat) if flat[0].size else flat[0].copy()
        else:
            found = np.empty(flat[0].shape)
            for first in range(0, len(found), BLOCK):
                part = slice(first, first + BLOCK)
                found[part] = function(*(one[part] for one in flat))
    return found.reshape(arrays[0].shape)[()]


def within(x: Floats, low: float, high: float) -> bool:
    """Whether all numbers lie between two others; nothing (nan) lies nowhere."""
    return bool(x.min() >= low and x.max() <= high)
