"""A daily rhythm: levels of the blocks of a day, shared by all, with a mean of 1."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike, NDArray

DAY = 24.0
"""Hours of a day."""


def normal_levels(levels: Iterable[float]) -> tuple[float, ...]:
    """Check the levels of a day's blocks and scale them to a mean of 1.

    Parameters
    ----------
    levels : iterable of float
        One a block, all of the same length, from midnight; each from 0 up, not all 0.

    Examples
    --------
    >>> normal_levels([0, 1, 2, 1])
    (0.0, 1.0, 2.0, 1.0)
    """
    level = np.asarray(list(levels), float)
    if not (len(level) and np.isfinite(level).all() and (level >= 0).all() and level.any()):
        raise ValueError(
            f"rhythm is {level.tolist()}, but "
            "must be one level from 0 up for each block of the day, "
            "such as (0.2, 1, 1.8, 1)."
        )
    return tuple((level / level.mean()).tolist())


def block(hours: ArrayLike, blocks: int) -> NDArray[np.int64]:
    """Give the block of the day, from 0 up, in which each moment lies.

    Parameters
    ----------
    hours : array_like of float
        Since a midnight.
    blocks : int
        How many of the same length a day has.

    Examples
    --------
    >>> block([1.0, 13.0, 25.0], blocks=2).tolist()
    [0, 1, 0]
    """
    of_day = np.mod(np.asarray(hours, float), DAY)
    return np.minimum((of_day * (blocks / DAY)).astype(np.int64), blocks - 1)


def hours_by_block(hours: ArrayLike, blocks: int) -> NDArray[np.float64]:
    """Give how many hours of each block lie between midnight and a moment.

    Parameters
    ----------
    hours : array_like of float, shape (n,)
        Since a midnight.
    blocks : int
        How many a day has.

    Returns
    -------
    numpy.ndarray of float, shape (n, blocks)

    Examples
    --------
    >>> hours_by_block([13.0, 25.0], blocks=2).tolist()
    [[12.0, 1.0], [13.0, 12.0]]
    """
    at = np.atleast_1d(np.asarray(hours, float))
    long = DAY / blocks
    days, of_day = np.divmod(at, DAY)
    inside = np.clip(of_day[:, None] - long * np.arange(blocks), 0.0, long)
    return days[:, None] * long + inside


def when(area: ArrayLike, levels: tuple[float, ...]) -> NDArray[np.float64]:
    """Give the moments up to which levels, summed over hours since midnight, make an area.

    Parameters
    ----------
    area : array_like of float
        Levels times hours, from 0 up; a day makes 24.
    levels : tuple of float
        With a mean of 1.

    Examples
    --------
    >>> when([6.0, 30.0], (0.0, 2.0)).tolist()
    [15.0, 39.0]
    """
    days, rest = np.divmod(np.asarray(area, float), DAY)
    long = DAY / len(levels)
    summed = np.append(0.0, np.cumsum(levels)) * long
    edges = long * np.arange(len(levels) + 1)
    # The last place among equal areas: nothing falls into a block of level 0.
    place = np.clip(np.searchsorted(summed, rest, side="right") - 1, 0, len(levels) - 1)
    level = np.asarray(levels)[place]
    inside = np.divide(rest - summed[place], level, out=np.zeros_like(rest), where=level > 0)
    return days * DAY + edges[place] + np.minimum(inside, long)
