"""Counts and repeats of whole numbers of any width.

Where pointers have 32 bits, as in a browser, numpy counts, repeats and reduces by 32-bit whole
numbers only and refuses wider ones, which generators and tables give everywhere.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray


def indices(numbers: ArrayLike) -> NDArray[Any]:
    """Give whole numbers in the width of this machine's pointers; anything else as it is.

    Examples
    --------
    >>> indices(np.array([0, 2], dtype=np.uint64)).dtype == np.intp
    True
    """
    array = np.asarray(numbers)
    return array.astype(np.intp, copy=False) if array.dtype.kind in "iu" else array


def bincount(
    numbers: ArrayLike, weights: ArrayLike | None = None, minlength: int = 0
) -> NDArray[Any]:
    """Count how often each whole number from 0 up occurs, as `numpy.bincount`.

    Examples
    --------
    >>> bincount(np.array([0, 2, 2], dtype=np.uint64)).tolist()
    [1, 0, 2]
    """
    return np.bincount(indices(numbers), weights, minlength)


def repeat(values: ArrayLike, counts: ArrayLike, axis: int | None = None) -> NDArray[Any]:
    """Repeat each value so many times, as `numpy.repeat`.

    Examples
    --------
    >>> repeat([5, 7], np.array([1, 2], dtype=np.uint64)).tolist()
    [5, 7, 7]
    """
    return np.repeat(values, indices(counts), axis)
