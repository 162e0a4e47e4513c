"""A series of totals that a curve is fitted to, and the steps in it that are no growth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...names import pick

KINDS = ("merge", "purge", "deletion")
DAYS = 365.25
"""Days of a year."""
_CONFLICT = (
    "from",
    "to",
    "fewer",
    "more",
    "apart",
    "source_of_fewer",
    "source_of_more",
    "place_of_fewer",
    "place_of_more",
)


@dataclass(frozen=True)
class PageEvent:
    """A step in a count that is no growth.

    Parameters
    ----------
    date : str or pandas.Timestamp
        The day on which it happened.
    kind : str
        "merge" (pages joined: fans added at once), "purge" (fans taken out) or "deletion" (the
        page is lost).
    fans : int, optional
        How many fans came (above 0) or went (below 0). Without it the step is taken from the
        counts around it: that increment says nothing of growth and is left out of the fit.

    Raises
    ------
    ValueError
        If the kind is unknown, or the sign does not suit it.

    Examples
    --------
    >>> PageEvent("2010-06-20", "deletion", -2_000_000).kind
    'deletion'
    """

    date: str | pd.Timestamp
    kind: str
    fans: int | None = None

    def __post_init__(self) -> None:
        """Check the kind and the sign."""
        pick(self.kind, KINDS, "kind of page event")
        day = pd.Timestamp(self.date)
        # pandas reads "june" as a day of the year 1.
        if day is pd.NaT or day.year < 1900:
            raise ValueError(f"date is {self.date!r}: write year-month-day, such as 2010-06-20.")
        object.__setattr__(self, "date", day)
        if self.fans is not None and (self.fans > 0) != (self.kind == "merge"):
            expected = "above" if self.kind == "merge" else "below"
            raise ValueError(f"fans is {self.fans}, but for a {self.kind} it lies {expected} 0.")

    def __str__(self) -> str:
        """Say it in words."""
        size = "of unknown size" if self.fans is None else f"of {self.fans:+,} fans"
        return f"{self.kind} {size} on {self.date:%Y-%m-%d}"


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
    table : pandas.DataFrame
        The rows as they were given, in the order of time.
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
    table: pd.DataFrame = field(default_factory=pd.DataFrame)

    def __len__(self) -> int:
        """Count the increments that a fit can use."""
        return len(self.increments)

    @property
    def step(self) -> float:
        """Fans that known events added, all told; forecasts add them back."""
        return float(sum(one.fans or 0 for one in self.events))

    @cached_property
    def conflicts(self) -> pd.DataFrame:
        """Reports of one time that disagree by more than rounding, a pair a row.

        `place_of_fewer` and `place_of_more` are their places in the table, from 0.
        """
        if self.launched:
            return pd.DataFrame(columns=list(_CONFLICT))
        rows = self.table
        start, end = rows["date_from"].to_numpy(), rows["date_to"].to_numpy()
        fans, bound = rows["fans"].to_numpy(), rows["at_least"].to_numpy(bool)
        found = []
        for pair in _at_one_time(start, end):
            low, high = sorted(pair, key=lambda k: fans[k])
            slack = self.rounded_to[pair].sum() / 2
            if fans[high] - fans[low] <= slack or bound[low]:
                continue
            sources = rows["source"].iloc[low], rows["source"].iloc[high]
            when = pd.Timestamp(start[pair].max()), pd.Timestamp(end[pair].min())
            few, more = int(fans[low]), int(fans[high])
            apart = fans[high] / max(fans[low], 1) - 1
            found.append((*when, few, more, apart, *sources, int(low), int(high)))
        return pd.DataFrame(found, columns=list(_CONFLICT))

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know, in words."""
        return tuple(self._words())

    def _words(self) -> Iterator[str]:
        table, pairs = self.table, len(self.conflicts)
        low = int((table["confidence"] == "low").sum()) if "confidence" in table else 0
        if low:
            yield (
                f"{low} of {len(table)} counts are graded low: fit without them too, and see "
                "what they change."
            )
        if pairs:
            disagree = f"{pairs} pairs of reports disagree about one time; all"
            if pairs == 1:
                disagree = "1 pair of reports disagrees about one time; both"
            yield f"{disagree} are kept and stand in .series.conflicts."
        steps = np.diff(self.totals)
        falls = int((steps < 0).sum())
        if falls and falls >= len(steps) / 10:
            yield (
                f"the count falls in {falls} of {len(steps)} steps. The curves of this kit can "
                "only rise: they say nothing of a page that shrinks."
            )
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
        return replace(some, events=known)

    def taken(self, keep: NDArray[np.bool_]) -> Series:
        """Give the series with some of its totals."""
        arrays = ("times", "totals", "at_least", "window", "rounded_to", "stepped")
        # A launch has a total of 0, and no row.
        table = self.table[keep[len(keep) - len(self.table) :]] if len(self.table) else self.table
        return replace(self, **{one: getattr(self, one)[keep] for one in arrays}, table=table)


def _at_one_time(start: NDArray, end: NDArray) -> Iterator[NDArray[np.int64]]:
    """Yield the places of rows whose windows share a day, pair by pair, in their order."""
    order = np.argsort(start, kind="stable")
    # Windows that begin before another one ends follow it closely in order of their start.
    last = np.searchsorted(start[order], end[order], side="right")
    pairs = [
        np.sort([order[k], other])
        for k, upto in enumerate(last.tolist())
        for other in order[k + 1 : upto]
    ]
    yield from sorted(pairs, key=tuple)
