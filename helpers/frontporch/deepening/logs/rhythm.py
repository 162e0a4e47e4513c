"""The rhythm of a day: when people open a conversation, and when they come back to one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

HOUR = 3_600.0
CANDIDATES = 12
"""Moments drawn for each one that is chosen."""


@dataclass(frozen=True)
class Rhythm:
    """At which hours of the day people write.

    Parameters
    ----------
    openings, returns : tuple of 24 float
        How often pairs open, and come back after more than an hour, in each hour of the day,
        from midnight on; only ratios matter.
    own : float
        How much people differ, from 0 up: beside what all do, somebody writes exp(2 own) times
        as often in the hour they like best as twelve hours later.

    Raises
    ------
    ValueError
        If there are not 24 hours, or one is not above 0.

    Examples
    --------
    >>> afternoons = Rhythm((1.0,) * 24, (1e-9,) * 12 + (1.0,) * 12, own=0.0)
    >>> rng = np.random.default_rng(7)
    >>> waits = rng.uniform(1, 48, (CANDIDATES, 50)) * HOUR
    >>> found = afternoons.wait(rng, waits, since=np.zeros(50), likes=np.zeros(50))
    >>> bool((found / HOUR % 24 >= 12).all())
    True
    """

    openings: tuple[float, ...]
    returns: tuple[float, ...]
    own: float

    def __post_init__(self):
        if any(len(day) != 24 or min(day) <= 0 for day in (self.openings, self.returns)):
            raise ValueError("openings and returns hold 24 numbers above 0, one an hour of a day.")
        if not 0 <= self.own < np.inf:
            raise ValueError(f"own is {self.own}, but must be a number from 0 up.")

    def opening(
        self, rng: np.random.Generator, moments: NDArray[np.float64], likes: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Choose when each pair opens.

        Parameters
        ----------
        rng : numpy.random.Generator
            Where the draws come from.
        moments : numpy.ndarray of float, shape (candidates, n)
            Seconds since a midnight, drawn as if all hours were alike.
        likes : numpy.ndarray of float, shape (n,)
            The hour of the day that the one who opens likes best.
        """
        return self._chosen(rng, self.openings, moments, moments, likes)

    def wait(
        self,
        rng: np.random.Generator,
        waits: NDArray[np.float64],
        since: NDArray[np.float64],
        likes: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        """Choose how long people stay away.

        Parameters
        ----------
        rng : numpy.random.Generator
            Where the draws come from.
        waits : numpy.ndarray of float, shape (candidates, n)
            Seconds, drawn as if all hours were alike.
        since, likes : numpy.ndarray of float, shape (n,)
            Seconds since a midnight at which the waits begin; the hour of the day that the one
            who is waited for likes best.
        """
        return self._chosen(rng, self.returns, waits, since + waits, likes)

    def _chosen(
        self,
        rng: np.random.Generator,
        day: tuple[float, ...],
        among: NDArray[np.float64],
        moments: NDArray[np.float64],
        likes: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        hours = moments / HOUR
        weight = np.log(day)[hours.astype(np.int64) % 24]
        weight = weight + self.own * np.cos((hours - likes) * np.pi / 12)
        # The largest of log weight and a Gumbel variable is a draw in proportion to weight.
        best = (weight + rng.gumbel(size=weight.shape)).argmax(axis=0)
        return np.take_along_axis(among, best[None], axis=0)[0]
