"""A log of interactions, read once: who, when, from when to when, and what is odd about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...citing import cited_file
from ...tables.noticed import KEPT
from . import audit
from .load import interactions
from .timeline import Timeline

LONG_SILENCE = 7.0
"""Days without any interaction from which on a silence of the whole log is noticed."""

NO_ZONE = (
    "Times have no zone: where clocks were put forward or back, an hour is missing or double. "
    "Give times with an offset if there are any."
)


@dataclass(frozen=True, eq=False)
class Log:
    """A log that every measure of this package is taken from.

    Parameters
    ----------
    people : pandas.Index
        Names of all people, sorted; elsewhere they are numbers of places here.
    channels : tuple of str
        By what means; a pair has that of its first interaction.
    directed : bool
        Whether source spoke to target. Badges record only that two people met.
    observed_from_start : bool or None
        Whether the log begins when the people could first meet; None where it is not known.
    begins, ends : pandas.Timestamp
        From when to when the people were observed, in UTC where times have a zone.
    rows, pairs : int
        How many interactions, and pairs of people.
    noticed : pandas.DataFrame
        What is odd: `what`, `count`, `done`, `example`.
    notes : tuple of str
        What a reader must know, in words.
    timelines : callable
        Gives all interactions as timelines, one after another; no pair is in two of them.
    """

    people: pd.Index
    channels: tuple[str, ...]
    directed: bool
    observed_from_start: bool | None
    begins: pd.Timestamp
    ends: pd.Timestamp
    rows: int
    pairs: int
    noticed: pd.DataFrame = field(repr=False)
    notes: tuple[str, ...] = field(repr=False)
    timelines: Callable[[], Iterator[Timeline]] = field(repr=False)

    def names(self, numbers: NDArray[np.int64]) -> pd.Categorical:
        """Give people their names back."""
        return pd.Categorical.from_codes(numbers, self.people)

    def needs_direction(self, what: str) -> None:
        """Refuse what only a directed log can tell.

        Raises
        ------
        ValueError
            If the log does not say who spoke.
        """
        if not self.directed:
            raise ValueError(
                f"{what} asks who spoke to whom, but this log is undirected: it says only that "
                "two people met."
            )

    def first_contact(self, although_truncated: bool) -> tuple[str, ...]:
        """Refuse, or warn, where the first interaction of a pair may not be its first contact.

        Parameters
        ----------
        although_truncated : bool
            Go on although the log is known not to begin at the start.

        Returns
        -------
        tuple of str
            What a reader must know.

        Raises
        ------
        ValueError
            If the log was not observed from the start, and nothing else was asked for.
        """
        if self.observed_from_start:
            return ()
        if self.observed_from_start is None:
            return (
                "It is not known whether this log begins when the people could first meet: pairs "
                "that knew each other before look fast. Say observed_from_start=True or False.",
            )
        if not although_truncated:
            raise ValueError(
                "This log was not observed from its start: the first interaction of a pair need "
                "not be its first contact, so a time since then measures something else. Give "
                "met=… with the date of first contact of the pairs that knew each other, where "
                "it can be had, or go on with although_truncated=True and say so."
            )
        return (
            "The log was not observed from its start (left-truncated): times are since the first "
            "interaction on record, not since first contact.",
        )


@cited_file
def read(
    table: Any,
    *,
    directed: bool = True,
    observed_from_start: bool | None = None,
    observed_from: str | pd.Timestamp | None = None,
    observed_until: str | pd.Timestamp | None = None,
    duplicates: str = "keep",
    silence_days: float = LONG_SILENCE,
    **reading: Any,
) -> Log:
    """Read a log of interactions that fits into memory, or look at one where it lives.

    Parameters
    ----------
    table : pandas.DataFrame, path or ibis table
        An interactions table, a CSV or Parquet file, or a folder of them. An ibis table stays in
        its database: `encounters`, `waits` and `spells` give ibis expressions of it, and
        `life_tables` asks it for the counts.
    directed : bool
        Whether source spoke to target; False for contacts in which nobody is known to speak.
    observed_from_start : bool, optional
        Whether the log begins when the people could first meet. By default what the table
        says in `attrs["observed_from_start"]`, and unknown where it says nothing.
    observed_from, observed_until : str or pandas.Timestamp, optional
        When observation began and ended; by default at the first and last interaction.
    duplicates : {"keep", "leave out"}
        What to do with a row that repeats another one in every respect.
    silence_days : float
        From how many days without any interaction on a silence is noticed.
    **reading
        `channel`, the one channel where no column says it; `seconds_since`, the moment that
        seconds count from; and all options of `tables.read`, as `columns` and `times`.

    Returns
    -------
    Log

    Raises
    ------
    TableError
        If a cell is wrong; the message names file, row, column, value and remedy.
    ValueError
        If no interaction is left, or some lie outside the time of observation.

    Examples
    --------
    >>> sent = pd.DataFrame({
    ...     "start": ["2026-03-01T09:00:00", "2026-03-01T09:05:00", "2026-03-01T09:05:00"],
    ...     "source": ["ann", "bob", "bob"], "target": ["bob", "ann", "bob"]})
    >>> log = read(sent, channel="message", observed_from_start=True)
    >>> log.noticed[["what", "count", "done"]].values.tolist()
    [['message to oneself', 1, 'set aside: one person makes no pair']]
    """
    if duplicates not in ("keep", "leave out"):
        raise ValueError(f"duplicates is {duplicates!r}, but must be 'keep' or 'leave out'.")
    from .elsewhere import is_elsewhere, read_elsewhere

    if is_elsewhere(table):
        return read_elsewhere(  # type: ignore[return-value]
            table,
            directed=directed,
            observed_from_start=observed_from_start,
            observed_from=observed_from,
            observed_until=observed_until,
            duplicates=None if duplicates == "keep" else duplicates,
            silence_days=None if silence_days == LONG_SILENCE else silence_days,
            **reading,
        )
    frame = interactions(table, **reading)
    if observed_from_start is None:
        observed_from_start = frame.attrs.get("observed_from_start")
    kept = _Columns.of(frame)
    order = kept.by_pair()
    whole = kept.timeline(order, directed)
    again = audit.same_again(whole)
    if duplicates == "leave out":
        whole = kept.timeline(order[~again], directed)
    zone = None if frame["start"].dt.tz is None else "UTC"
    first, last = (
        pd.Timestamp(int(at), unit="us", tz=zone) for at in (kept.moment.min(), kept.until.max())
    )
    begins, ends = window(zone, first, last, observed_from, observed_until)
    return Log(
        pd.Index(kept.people),
        kept.channels,
        directed,
        observed_from_start,
        begins,
        ends,
        len(whole.pair),
        whole.pairs,
        audit.with_reading(
            kept.oddities(whole, directed, np.sort(order[again]), duplicates, silence_days),
            frame.attrs.get(KEPT, ()),
        ),
        () if frame["start"].dt.tz is not None else (NO_ZONE,),
        lambda: iter([whole]),
    )


@dataclass(frozen=True, eq=False)
class _Columns:
    """Interactions as arrays, one entry a row of the table.

    Parameters
    ----------
    frame : pandas.DataFrame
        The table, of which oddities quote rows.
    people, channels : array or tuple
        Names, by number.
    source, target, kind : numpy.ndarray of int64
        Numbers of the people and of the channel.
    moment, until : numpy.ndarray of int64
        Start and end in microseconds since 1970.
    """

    frame: pd.DataFrame
    people: NDArray
    channels: tuple[str, ...]
    source: NDArray[np.int64]
    target: NDArray[np.int64]
    kind: NDArray[np.int64]
    moment: NDArray[np.int64]
    until: NDArray[np.int64]

    @classmethod
    def of(cls, frame: pd.DataFrame) -> _Columns:
        moment = microseconds(frame["start"])
        until = microseconds(frame["end"], moment) if "end" in frame else moment
        ends = [frame[name].to_numpy(object) for name in ("source", "target")]
        places, people = pd.factorize(np.concatenate(ends), sort=True)
        source, target = np.split(places.astype(np.int64), 2)
        kinds, channels = pd.factorize(frame["channel"].to_numpy(object), sort=True)
        kind = kinds.astype(np.int64)
        return cls(frame, people, tuple(map(str, channels)), source, target, kind, moment, until)

    @property
    def alone(self) -> NDArray[np.bool_]:
        """Whether somebody wrote to themselves."""
        return self.source == self.target

    def by_pair(self) -> NDArray[np.int64]:
        """Give the rows of two people each, pair by pair and in the order of time."""
        low, high = np.minimum(self.source, self.target), np.maximum(self.source, self.target)
        order = np.lexsort((np.arange(len(low)), self.moment, high, low))
        order = order[~self.alone[order]]
        if not len(order):
            raise ValueError(
                "no interaction between two people is left: there is nothing to measure."
            )
        return order

    def timeline(self, chosen: NDArray[np.int64], directed: bool) -> Timeline:
        # 0, 1, 2, …: a number says more of a place in a table of one's own than nothing.
        return Timeline.from_columns(
            self.source[chosen],
            self.target[chosen],
            self.moment[chosen],
            self.until[chosen],
            self.kind[chosen],
            chosen,
            directed=directed,
        )

    def oddities(
        self,
        whole: Timeline,
        directed: bool,
        again: NDArray[np.int64],
        duplicates: str,
        silence_days: float,
    ) -> pd.DataFrame:
        """List what is odd, with an example of each."""
        tied = audit.both_at_once(whole) if directed else np.zeros(0, bool)
        silent, longest = audit.silences(np.sort(self.moment), silence_days)
        backwards = np.flatnonzero(np.diff(self.moment) < 0) + 1

        def words(rows: NDArray) -> str:
            return example_of(self.frame, int(rows[0])) if len(rows) else ""

        return audit.oddities(
            (int(self.alone.sum()), words(np.flatnonzero(self.alone))),
            (len(again), words(again), duplicates),
            (int(tied.sum()), words(np.sort(whole.row[np.flatnonzero(tied)]))),
            (len(backwards), words(backwards)),
            (silent, longest),
            silence_days,
        )


def microseconds(times: pd.Series, otherwise: NDArray | None = None) -> NDArray[np.int64]:
    """Give times as whole microseconds since 1970, in UTC where they have a zone."""
    utc = times.dt.tz_convert("UTC").dt.tz_localize(None) if times.dt.tz is not None else times
    whole = utc.to_numpy("datetime64[us]").astype(np.int64)
    return whole if otherwise is None else np.where(times.isna(), otherwise, whole)


def as_microseconds(moment: pd.Timestamp) -> int:
    """Give a moment as microseconds since 1970, in UTC where it has a zone."""
    utc = moment if moment.tz is None else moment.tz_convert("UTC").tz_localize(None)
    return int(utc.to_datetime64().astype("datetime64[us]").astype(np.int64))


def window(
    zone: str | None,
    first: pd.Timestamp,
    last: pd.Timestamp,
    observed_from: str | pd.Timestamp | None,
    observed_until: str | pd.Timestamp | None,
) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Give from when to when the people were observed, by default all that the log holds.

    Raises
    ------
    ValueError
        If an interaction lies outside.
    """
    begins = first if observed_from is None else pd.Timestamp(observed_from)
    ends = last if observed_until is None else pd.Timestamp(observed_until)
    if (begins.tz is None) != (zone is None) or (ends.tz is None) != (zone is None):
        raise ValueError(
            "observed_from and observed_until must have a zone where the log's times have one, "
            "and none where they have none."
        )
    if begins > first or ends < last:
        raise ValueError(
            f"interactions last from {first} to {last}, but were observed from {begins} to {ends}: "
            "choose the rows of that time first, or say when observation began and ended."
        )
    return begins, ends


def example_of(frame: pd.DataFrame, row: int) -> str:
    """Show a row, as an example of what was noticed."""
    one = frame.iloc[row]
    return f"row {frame.index[row]}: {one['start']}, {one['source']} to {one['target']}"
