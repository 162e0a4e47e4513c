"""Luck of a coming year: drawn before anything is decided, so that all options share it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..streams import generator


def draws(seeds: Sequence[int], many: int) -> NDArray[np.float64]:
    """Draw the luck of several years: numbers between 0 (low) and 1 (high).

    Parameters
    ----------
    seeds : sequence of int
        One a year.
    many : int
        How many things are left to luck.

    Returns
    -------
    numpy.ndarray of float, shape (many, seeds)
        One row for each thing, so that ``ill, busy = draws(seeds, 2)``.

    Examples
    --------
    >>> draws([1, 2], 3).shape
    (3, 2)
    >>> bool((draws([1, 2], 3)[:, 1] == draws([2], 3)[:, 0]).all())
    True
    """
    drawn = [generator(int(seed)).random(many) for seed in seeds]
    return np.array(drawn).reshape(len(seeds), many).T


def count(luck: ArrayLike, of: ArrayLike, chance: ArrayLike) -> NDArray[np.float64]:
    """Count how many of some people do something, each with a chance (binomial).

    Parameters
    ----------
    luck : numpy.ndarray of float
        Numbers between 0 and 1, from `draws`; the same luck with a higher chance never gives
        fewer.
    of : float or numpy.ndarray
        How many people; rounded to whole ones.
    chance : float or numpy.ndarray
        The chance of each, from 0 to 1.

    Examples
    --------
    >>> count([0.1, 0.5, 0.9], 100, 0.5).tolist()
    [44.0, 50.0, 56.0]
    >>> count(0.5, 100, 0.0).item(), count(0.5, 0, 0.5).item()
    (0.0, 0.0)
    """
    from scipy.special import bdtr, bdtrik

    luck, of, chance = np.broadcast_arrays(
        np.asarray(luck, float), np.round(np.asarray(of, float)), np.asarray(chance, float)
    )
    sure = (of <= 0) | (chance <= 0) | (chance >= 1)
    people, odds = np.where(sure, 1.0, of), np.where(sure, 0.5, chance)
    found = np.clip(np.ceil(bdtrik(luck, people, odds)), 0, people)
    # The inverse is solved to a few digits: the number below may do already.
    below = np.maximum(found - 1, 0)
    found = np.where(bdtr(below, people.astype(np.int64), odds) >= luck, below, found)
    return np.where(sure, np.where((chance >= 1) & (of > 0), of, 0.0), found)


def about(luck: ArrayLike, mean: ArrayLike, spread: ArrayLike) -> NDArray[np.float64]:
    """Give a positive number that luck makes larger or smaller (gamma).

    Parameters
    ----------
    luck : numpy.ndarray of float
        Numbers between 0 and 1, from `draws`.
    mean : float or numpy.ndarray
        The mean over all luck, above 0.
    spread : float or numpy.ndarray
        Standard deviation as a share of the mean, above 0: 0.1 for a tenth more or less.

    Examples
    --------
    >>> about([0.1, 0.5, 0.9], 50.0, 0.1).round(1).tolist()
    [43.7, 49.8, 56.5]
    """
    from scipy.special import gammaincinv

    shape = 1 / np.square(np.asarray(spread, float))
    return gammaincinv(shape, np.asarray(luck, float)) / shape * np.asarray(mean, float)
