"""Who spoke when, in pairs of two people: what a point process is fitted to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ...counting import bincount, repeat
from ...rounding import as_given
from ..logs.log import Log, as_microseconds
from ..logs.timeline import MICROSECONDS
from .rhythm import DAY

ROUNDING = 64 * float(np.finfo(float).eps)
"""Times whose difference by the largest is smaller than this are one: in hours of ten years a
millionth of a second is larger still."""


@dataclass(frozen=True, eq=False)
class Events:
    """Moments at which one or the other of each pair spoke.

    Parameters
    ----------
    time : numpy.ndarray of float, shape (n,)
        Hours since a midnight, never falling within a pair.
    who : numpy.ndarray of int, shape (n,)
        0 for the first of the pair, 1 for the second.
    pair : numpy.ndarray of int, shape (n,)
        Number of the pair, from 0 up, never falling.
    begins, ends : numpy.ndarray of float, shape (pairs,)
        From when to when each pair was observed, in hours since that midnight.

    Raises
    ------
    ValueError
        If events are out of order or outside the time of observation.

    Examples
    --------
    >>> Events.of_two([1.0, 5.0], [1.5], hours=24).who.tolist()
    [0, 1, 0]
    """

    time: NDArray[np.float64]
    who: NDArray[np.int64]
    pair: NDArray[np.int64]
    begins: NDArray[np.float64]
    ends: NDArray[np.float64]

    def __post_init__(self) -> None:
        """Check order and observation."""
        same = self.pair[1:] == self.pair[:-1]
        if (np.diff(self.pair) < 0).any() or (np.diff(self.time)[same] < 0).any():
            raise ValueError("events stand in order of pair and time, but these do not.")
        if not (self.begins < self.ends).all():
            raise ValueError("every pair must be observed for a time above 0.")
        early, late = self.time < self.begins[self.pair], self.time > self.ends[self.pair]
        outside = np.flatnonzero(early | late)
        if len(outside):
            k = outside[0]
            raise ValueError(
                f"event {k} of pair {self.pair[k]} is at {as_given(self.time[k])} hours, but the "
                f"pair was observed from {as_given(self.begins[self.pair[k]])} to "
                f"{as_given(self.ends[self.pair[k]])}."
            )
        if not np.isin(self.who, (0, 1)).all():
            raise ValueError("who is 0 for the first of the pair and 1 for the second.")

    @classmethod
    def of_two(cls, first: ArrayLike, second: ArrayLike, hours: float) -> Events:
        """Make the events of a single pair.

        Parameters
        ----------
        first, second : array_like of float
            Hours since a midnight at which each spoke.
        hours : float
            How long they were observed, from that midnight.
        """
        one, other = np.asarray(first, float), np.asarray(second, float)
        who = repeat([0, 1], [len(one), len(other)])
        time = np.concatenate([one, other])
        order = np.argsort(time, kind="stable")
        return cls(
            time[order],
            who[order],
            np.zeros(len(time), np.int64),
            np.zeros(1),
            np.array([float(hours)]),
        )

    @classmethod
    def from_log(cls, log: Log, first: Collection[str] | None = None) -> Events:
        """Take the events of every pair of a log, all observed as long as the log.

        Parameters
        ----------
        log : Log
            A directed log, as `logs.read` gives it.
        first : collection of str, optional
            People who are the first of their pairs, such as a shop's staff. Without it the
            first is the one whose name comes first in the alphabet: who opened the pair
            would depend on what is to be explained.

        Returns
        -------
        Events
            Hours since the midnight before the log begins, in UTC where times have a zone.

        Raises
        ------
        ValueError
            If the log is undirected, or `first` holds both or none of a pair.
        """
        log.needs_direction("who answers whom")
        midnight = as_microseconds(log.begins.normalize())
        begins = (as_microseconds(log.begins) - midnight) / MICROSECONDS["hours"]
        ends = (as_microseconds(log.ends) - midnight) / MICROSECONDS["hours"]
        time, who, pair = [], [], []
        for timeline in log.timelines():
            opener_is_first = timeline.source < timeline.target
            if first is not None:
                known = log.people.isin(list(first))
                one, other = known[timeline.source], known[timeline.target]
                wrong = np.flatnonzero(one == other)
                if len(wrong):
                    names = [
                        log.people[side[wrong[0]]] for side in (timeline.source, timeline.target)
                    ]
                    raise ValueError(
                        f"first holds both or none of {len(wrong)} pairs, such as {names[0]} and "
                        f"{names[1]}: choose the rows of pairs with one of each, or leave it out."
                    )
                opener_is_first = one
            time.append((timeline.moment - midnight) / MICROSECONDS["hours"])
            # The opener speaks where nobody answers; 0 is the first of the pair.
            who.append((timeline.answers == opener_is_first[timeline.pair]).astype(np.int64))
            pair.append(timeline.pair + timeline.number)
        return cls(
            np.concatenate(time),
            np.concatenate(who),
            np.concatenate(pair),
            np.full(log.pairs, begins),
            np.full(log.pairs, max(ends, begins + 1e-6)),
        )

    def interactions(
        self,
        names: tuple[str, str] = ("A", "B"),
        day: str | pd.Timestamp = "2026-03-02",
        channel: str = "message",
    ) -> pd.DataFrame:
        """Give the events as an interactions table, in order of time.

        Parameters
        ----------
        names : tuple of 2 str
            What the two of a pair are called; the pair's number is put behind.
        day : str or pandas.Timestamp
            The midnight that hours count from.
        channel : str
            By what means.

        Returns
        -------
        pandas.DataFrame
            The `interactions` contract: `start`, `source`, `target`, `channel`.
        """
        order = np.lexsort((self.pair, self.time))
        pair, who = self.pair[order], self.who[order]
        micro = np.round(self.time[order] * MICROSECONDS["hours"]).astype("timedelta64[us]")
        wide = len(str(max(len(self.begins), 1)))
        called = np.array(
            [[f"{name} {k:0{wide}d}" for name in names] for k in range(1, len(self.begins) + 1)],
            dtype=object,
        ).reshape(-1, 2)
        frame = pd.DataFrame(
            {
                "start": np.datetime64(pd.Timestamp(day).to_datetime64(), "us") + micro,
                "source": called[pair, who],
                "target": called[pair, 1 - who],
                "channel": channel,
            }
        )
        frame.attrs["observed_from_start"] = True
        return frame

    @property
    def moments(self) -> NDArray[np.int64]:
        """Number of the moment of each event; events of a pair at the same time share it.

        Times that differ by no more than floating-point numbers of their size round are the same.
        """
        largest = float(np.abs(self.ends).max(initial=0.0))
        new = np.diff(self.pair, prepend=-1) != 0
        new |= np.diff(self.time, prepend=0.0) > ROUNDING * largest
        return np.cumsum(new) - 1

    @property
    def gaps(self) -> NDArray[np.float64]:
        """Hours from each moment of a pair to its next; an hour where there are none."""
        first = np.unique(self.moments, return_index=True)[1]
        gaps = np.diff(self.time[first])[np.diff(self.pair[first]) == 0]
        return gaps if len(gaps) else np.ones(1)

    @property
    def usual_wait(self) -> float:
        """Median of the hours from one moment of a pair to the next."""
        return float(np.median(self.gaps))

    @property
    def pairs(self) -> int:
        """How many pairs there are, those who never spoke included."""
        return len(self.begins)

    @property
    def days(self) -> float:
        """Days of observation, summed over pairs."""
        return float((self.ends - self.begins).sum() / DAY)

    def counts(self) -> NDArray[np.int64]:
        """Count how often each spoke, shape (pairs, 2)."""
        return bincount(2 * self.pair + self.who, minlength=2 * self.pairs).reshape(-1, 2)
