"""Who opens a conversation with whom: a few people hold most pairs, and everybody has one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...elementary import exp
from ...rounding import as_given


@dataclass(frozen=True)
class Acquaintance:
    """How unequal people are in opening pairs and in being written to.

    Parameters
    ----------
    opens, known : float
        Log standard deviations of how often people open a pair, and how often they are
        written to, from 0 up.
    kinship : float
        Correlation of the two, from 0 to 1.

    Raises
    ------
    ValueError
        If a number is outside its range.

    Examples
    --------
    >>> some = Acquaintance(1.55, 1.3, 0.3)
    >>> source, target = some.draw(np.random.default_rng(7), people=50, pairs=200)
    >>> len(np.union1d(source, target)), bool((source != target).all())
    (50, True)
    """

    opens: float
    known: float
    kinship: float

    def __post_init__(self):
        if min(self.opens, self.known) < 0 or not 0 <= self.kinship <= 1:
            raise ValueError("opens and known are from 0 up, and kinship lies between 0 and 1.")

    def draw(
        self, rng: np.random.Generator, people: int, pairs: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Draw pairs, none twice, in which every person occurs.

        Parameters
        ----------
        rng : numpy.random.Generator
            Where the draws come from.
        people, pairs : int
            How many.

        Returns
        -------
        source, target : numpy.ndarray of int, shape (pairs,)
            Who opens, and with whom.

        Raises
        ------
        ValueError
            If so many people do not make so many pairs.
        """
        from scipy.special import ndtri

        most = people * (people - 1) / 4
        if not people <= pairs <= most:
            raise ValueError(
                f"pairs is {pairs}, but for {people} people is from {people} to {as_given(most)}."
            )
        # Every quantile once, so that the most active are as active in each log.
        first, second = (ndtri((rng.permutation(people) + 0.5) / people) for _ in range(2))
        second = self.kinship * first + np.sqrt(1 - self.kinship**2) * second
        opens, known = exp(self.opens * first), exp(self.known * second)
        opens, known = opens / opens.sum(), known / known.sum()
        # Everyone is written to, or writes, at least once.
        source = rng.choice(people, people, p=opens)
        target = rng.permutation(people)
        while True:
            low, high = np.minimum(source, target), np.maximum(source, target)
            _, kept = np.unique(low.astype(np.int64) * people + high, return_index=True)
            kept = np.sort(kept[low[kept] != high[kept]])
            source, target = source[kept], target[kept]
            missing = pairs - len(source)
            if missing <= 0:
                return source[:pairs], target[:pairs]
            more = missing + missing // 4 + 8
            source = np.append(source, rng.choice(people, more, p=opens))
            target = np.append(target, rng.choice(people, more, p=known))
