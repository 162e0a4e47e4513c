"""Interactions become a log: a table or file that is read here, or one that stays elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...citing import cited_file
from ...tables.noticed import KEPT
from . import audit
from .elsewhere import is_elsewhere, read_elsewhere
from .load import interactions
from .log import LONG_SILENCE, NO_ZONE, Log, example_of, microseconds, window
from .timeline import Timeline


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
