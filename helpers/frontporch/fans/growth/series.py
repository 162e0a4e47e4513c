"""From a table of counts or of new adopters to a series that a curve is fitted to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .events import PageEvent

DAYS = 365.25
"""Days of a year."""


@dataclass(frozen=True, eq=False)
class Series:
    """Totals at times.

    Parameters
    ----------
    name : str
        Whose counts they are.
    unit : str
        What is counted, such as "fans".
    origin : pandas.Timestamp
        Time 0.
    times : numpy.ndarray of float, shape (n,)
        Years since time 0, rising; two counts may share one.
    totals : numpy.ndarray of float, shape (n,)
        The running total; with known page events taken out.
    at_least : numpy.ndarray of bool, shape (n,)
        Where the count is a lower bound.
    window : numpy.ndarray of float, shape (n,)
        Length of the window in which the count was taken, years.
    rounded_to : numpy.ndarray of float, shape (n,)
        Place to which the count was rounded.
    launched : bool
        Whether time 0 is the launch, with a total of 0.
    stepped : numpy.ndarray of bool, shape (n,)
        Where an event of unknown size lies between this total and the one before.
    events : tuple of PageEvent
        Known steps.
    step : float
        Fans that known events added, all told; forecasts add them back.
    table : pandas.DataFrame
        The rows as they were given, in the order of time.
    conflicts : pandas.DataFrame
        Reports of one time that disagree, a pair a row; `place_of_fewer` and `place_of_more` are
        their places in the table, from 0.
    """

    name: str
    unit: str
    origin: pd.Timestamp
    times: NDArray[np.float64]
    totals: NDArray[np.float64]
    at_least: NDArray[np.bool_]
    window: NDArray[np.float64]
    rounded_to: NDArray[np.float64]
    launched: bool
    stepped: NDArray[np.bool_]
    events: tuple[PageEvent, ...] = ()
    step: float = 0.0
    table: pd.DataFrame = field(default_factory=pd.DataFrame)
    conflicts: pd.DataFrame = field(default_factory=pd.DataFrame)

    def __len__(self) -> int:
        """Count the increments that a fit can use."""
        return len(self.increments)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know, in words."""
        return tuple(self._words())

    def _words(self) -> Iterator[str]:
        table, pairs = self.table, len(self.conflicts)
        low = int((table["confidence"] == "low").sum()) if "confidence" in table else 0
        if low:
            yield (f"{low} of {len(table)} counts are graded low: fit without them too, and see "
                   "what they change.")  # fmt: skip
        if pairs:
            disagree = ("1 pair of reports disagrees about one time; both" if pairs == 1 else
                        f"{pairs} pairs of reports disagree about one time; all")  # fmt: skip
            yield f"{disagree} are kept and stand in .series.conflicts."
        for event in self.events:
            yield f"known step: {event}."

    @property
    def increments(self) -> NDArray[np.float64]:
        """What was added from one time to the next; first, all that was there at the first."""
        return np.diff(self.totals, prepend=[] if self.launched else [0.0])

    @property
    def step_length(self) -> float:
        """Median years between two totals."""
        apart = np.diff(self.times)
        return float(np.median(apart[apart > 0])) if (apart > 0).any() else 1.0

    @property
    def spans(self) -> NDArray[np.float64]:
        """Length of each increment in median steps.

        What was there at the first count took as many steps as it would at the pace of the first
        three increments.
        """
        spans = np.maximum(np.diff(self.times) / self.step_length, 1e-9)
        if self.launched:
            return spans
        known = slice(1, min(4, len(self.totals)))
        pace = np.mean(np.diff(self.totals)[: known.stop - 1] / spans[: known.stop - 1])
        first = self.totals[0] / pace if pace > 0 else 10.0
        return np.concatenate([[np.clip(first, 1.0, 100.0)], spans])

    @property
    def used(self) -> NDArray[np.float64]:
        """1 for each increment that says something of growth, 0 for one with a page event."""
        return np.where(self.stepped[1:] if self.launched else self.stepped, 0.0, 1.0)

    @property
    def scattered(self) -> bool:
        """Whether counts are bounds, conflict, or stand so irregularly that increments mislead."""
        if self.at_least.any() or len(self.conflicts):
            return True
        apart = np.diff(self.times)
        return bool(
            (apart < 0.25 * self.step_length).any() or (self.window > 0.5 * self.step_length).any()
        )

    def date(self, time: float) -> pd.Timestamp:
        """Give the day of a time."""
        # A day that arithmetic left a moment short is that day, not the one before.
        return self.origin + pd.Timedelta(days=float(time) * DAYS).round("ms")

    def dates(self, times: Sequence[float] | NDArray[np.float64]) -> pd.DatetimeIndex:
        """Give the days of times."""
        return pd.DatetimeIndex([self.date(one).floor("D") for one in np.atleast_1d(times)])

    def until(self, n: int) -> Series:
        """Give the series as it was known after its first n totals.

        Reports and page events of later days are not yet known, and no note speaks of them.
        """
        some = self.taken(np.arange(len(self.times)) < n)
        last = self.date(some.times[-1]).round("min")
        known = tuple(one for one in self.events if one.date < last)
        step = float(sum(one.fans or 0 for one in known))
        return replace(some, events=known, step=step)

    def taken(self, keep: NDArray[np.bool_]) -> Series:
        """Give the series with some of its totals."""
        arrays = ("times", "totals", "at_least", "window", "rounded_to", "stepped")
        # A launch has a total of 0, and no row.
        table = self.table[keep[len(keep) - len(self.table) :]] if len(self.table) else self.table
        conflicts, pair = self.conflicts, ["place_of_fewer", "place_of_more"]
        if len(conflicts):
            places = conflicts[pair].to_numpy()
            both = keep[places].all(axis=1)
            conflicts = conflicts[both].reset_index(drop=True)
            conflicts[pair] = (np.cumsum(keep) - 1)[places[both]]
        return replace(self, **{one: getattr(self, one)[keep] for one in arrays},
                       table=table, conflicts=conflicts)  # fmt: skip
