"""A timeline: every interaction of some pairs as arrays, pair after pair, in order of time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

MICROSECONDS = {"hours": 3_600_000_000, "days": 86_400_000_000, "weeks": 604_800_000_000}


@dataclass(frozen=True, eq=False)
class Timeline:
    """All interactions of some pairs; no pair is cut in two.

    Parameters
    ----------
    pair : numpy.ndarray of int, shape (n,)
        Number of the pair within this timeline, from 0 up, never falling.
    moment, until : numpy.ndarray of int, shape (n,)
        When the interaction began and ended, microseconds since 1970; within a pair `moment`
        never falls, and rows of one moment stand as in the file.
    answers : numpy.ndarray of bool, shape (n,)
        Whether the one who did not open the pair speaks. All False in an undirected log.
    row : numpy.ndarray of int, shape (n,)
        Number of the row in the file, from 0 up.
    source, target, channel : numpy.ndarray of int, shape (pairs,)
        Numbers of who opened, of the other, and of the channel of the first interaction.
    number : int
        Number of the first pair in the whole log.

    Raises
    ------
    ValueError
        If the rows are not in order.
    """

    pair: NDArray[np.int64]
    moment: NDArray[np.int64]
    until: NDArray[np.int64]
    answers: NDArray[np.bool_]
    row: NDArray[np.int64]
    source: NDArray[np.int64]
    target: NDArray[np.int64]
    channel: NDArray[np.int64]
    number: int = 0

    def __post_init__(self):
        same = self.pair[1:] == self.pair[:-1]
        if (np.diff(self.pair) < 0).any() or (np.diff(self.moment)[same] < 0).any():
            raise ValueError("a timeline stands in order of pair and time, but this one does not.")

    @classmethod
    def from_columns(
        cls,
        source: NDArray[np.int64],
        target: NDArray[np.int64],
        moment: NDArray[np.int64],
        until: NDArray[np.int64],
        channel: NDArray[np.int64],
        row: NDArray[np.int64],
        *,
        directed: bool,
        number: int = 0,
    ) -> Timeline:
        """Make a timeline of rows that stand in order of pair, time and row.

        Parameters
        ----------
        source, target, channel : numpy.ndarray of int, shape (n,)
            Numbers of people and channels, one a row.
        moment, until, row : numpy.ndarray of int, shape (n,)
            As in the class.
        directed : bool
            Whether source spoke to target; otherwise nobody is known to have opened.
        number : int
            Number of the first pair in the whole log.
        """
        low, high = np.minimum(source, target), np.maximum(source, target)
        new = np.ones(len(low), bool)
        new[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
        pair = np.cumsum(new) - 1
        first = np.flatnonzero(new)
        opener = source[first] if directed else low[first]
        other = target[first] if directed else high[first]
        answers = source != opener[pair] if directed else np.zeros(len(pair), bool)
        return cls(pair, moment, until, answers, row, opener, other, channel[first], number)

    @property
    def pairs(self) -> int:
        """How many pairs there are."""
        return len(self.source)

    @cached_property
    def opens(self) -> NDArray[np.bool_]:
        """Whether a row is the first of its pair, shape (n,)."""
        return np.append(True, self.pair[1:] != self.pair[:-1])[: len(self.pair)]

    @cached_property
    def first(self) -> NDArray[np.int64]:
        """Place of the first row of each pair, shape (pairs,)."""
        return np.flatnonzero(self.opens)

    @cached_property
    def last(self) -> NDArray[np.int64]:
        """Place of the last row of each pair, shape (pairs,)."""
        return np.append(self.first[1:], len(self.pair)) - 1

    @cached_property
    def since(self) -> NDArray[np.int64]:
        """Microseconds since the first interaction of the pair, shape (n,)."""
        return self.moment - self.moment[self.first][self.pair]

    @cached_property
    def messages(self) -> NDArray[np.int64]:
        """How many interactions the pair has had, this one included, shape (n,)."""
        return np.arange(1, len(self.pair) + 1) - self.first[self.pair]

    @cached_property
    def exchanges(self) -> NDArray[np.int64]:
        """How many changes of speaker the pair has had, this one included, shape (n,)."""
        changed = np.append(False, self.answers[1:] != self.answers[:-1])[: len(self.pair)]
        return self.counted(changed & ~self.opens)

    def encounters(self, gap_hours: float = 1.0) -> NDArray[np.int64]:
        """Number of the encounter that each interaction belongs to, from 1 up, shape (n,).

        A new encounter begins after a pause longer than the gap, counted from the latest end
        of what went before.
        """
        if not 0 <= gap_hours < np.inf:
            raise ValueError(f"gap_hours is {gap_hours}, but must be a number of hours from 0 up.")
        pause = np.zeros(len(self.pair), np.int64)
        pause[1:] = self.moment[1:] - self._busy_until[:-1]
        longer = pause > gap_hours * MICROSECONDS["hours"]
        return self.counted(longer & ~self.opens) + 1

    def counted(self, happened: NDArray[np.bool_]) -> NDArray[np.int64]:
        """How often something has happened to the pair up to each row, this one included."""
        total = np.cumsum(happened)
        return total - (total - happened)[self.first][self.pair]

    @cached_property
    def _busy_until(self) -> NDArray[np.int64]:
        if np.array_equal(self.until, self.moment):
            return self.moment
        # The latest end so far within a pair: ranks, so that no sum overflows.
        ends, rank = np.unique(self.until, return_inverse=True)
        latest = np.maximum.accumulate(rank + self.pair * len(ends))
        return ends[latest - self.pair * len(ends)]
