"""Encounters: runs of interactions without a long pause, and how long pairs wait for the next."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...citing import cited
from ...counting import indices
from ...names import nearest
from ..life_tables import COUNTED
from .elsewhere import LogElsewhere
from .log import Log, as_microseconds
from .timeline import MICROSECONDS, Timeline

HOUR = MICROSECONDS["hours"]


@cited
def encounters(log: Log, gap_hours: float = 1.0) -> pd.DataFrame:
    """Find the encounters of every pair.

    Parameters
    ----------
    log : Log
        The interactions.
    gap_hours : float
        A pause longer than so many hours ends an encounter.

    Returns
    -------
    pandas.DataFrame
        One row an encounter: `pair`, `source` (who opened the pair), `target`, `encounter`
        (from 1 up), `begins` and `ends` (hours since the pair's first interaction),
        `interactions`, `both_spoken` (whether both have spoken by its end; False in an
        undirected log).

    Examples
    --------
    >>> from frontporch.deepening.logs import read
    >>> sent = pd.DataFrame({
    ...     "start": ["2026-03-01T09:00:00", "2026-03-01T09:05:00", "2026-03-01T12:00:00"],
    ...     "source": ["ann", "bob", "ann"], "target": ["bob", "ann", "bob"]})
    >>> found = encounters(read(sent, channel="message"))
    >>> found[["encounter", "begins", "interactions"]].values.tolist()
    [[1.0, 0.0, 2.0], [2.0, 3.0, 1.0]]
    """
    if isinstance(log, LogElsewhere):
        return log.encounters(gap_hours)
    parts = []
    for timeline in log.timelines():
        number = timeline.encounters(gap_hours)
        begins = np.flatnonzero(np.append(True, number[1:] != number[:-1]) | timeline.opens)
        ends = np.append(begins[1:], len(number))
        pair = timeline.pair[begins]
        opened = timeline.moment[timeline.first][pair]
        parts.append(
            pd.DataFrame(
                {
                    "pair": pair + timeline.number,
                    "source": log.names(timeline.source[pair]),
                    "target": log.names(timeline.target[pair]),
                    "encounter": number[begins],
                    "begins": timeline.since[begins] / HOUR,
                    "ends": (np.maximum.reduceat(timeline.until, indices(begins)) - opened) / HOUR,
                    "interactions": ends - begins,
                    "both_spoken": timeline.counted(timeline.answers)[ends - 1] > 0,
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


@cited
def waits(
    log: Log,
    encounter: int = 2,
    counted: str = "any",
    *,
    gap_hours: float = 1.0,
    although_truncated: bool = False,
) -> pd.DataFrame:
    """Measure how long every pair waits from its first encounter for a later one.

    Parameters
    ----------
    log : Log
        The interactions.
    encounter : int
        Which encounter, from 2 up.
    counted : {"any", "both spoken"}
        Whether it counts at once, or from when both have spoken.
    gap_hours : float
        A pause longer than so many hours ends an encounter.
    although_truncated : bool
        Go on although the log does not begin at the start.

    Returns
    -------
    pandas.DataFrame
        One row a pair: `pair`, `channel`, `source`, `target`, `hours` (since the first
        interaction), `reached` (False: not by the end of the log, so the wait is longer).
        `attrs["notes"]` holds what a reader must know.

    Raises
    ------
    ValueError
        If the log was not observed from its start, or does not say who spoke.

    Examples
    --------
    >>> from frontporch.deepening.logs import read
    >>> sent = pd.DataFrame({
    ...     "start": ["2026-03-01T09:00:00", "2026-03-01T12:00:00", "2026-03-01T13:00:00"],
    ...     "source": ["ann", "bob", "cat"], "target": ["bob", "ann", "ann"]})
    >>> log = read(sent, channel="message", observed_from_start=True)
    >>> waits(log)[["source", "hours", "reached"]].values.tolist()
    [['ann', 3.0, True], ['cat', 0.0, False]]
    """
    notes = log.first_contact(although_truncated)
    _known(log, encounter, counted)
    if isinstance(log, LogElsewhere):
        return log.waits(encounter, counted, gap_hours)
    parts = []
    for timeline in log.timelines():
        hours, reached = durations(
            log, timeline, timeline.encounters(gap_hours), encounter, counted
        )
        parts.append(
            pd.DataFrame(
                {
                    "pair": np.arange(timeline.pairs) + timeline.number,
                    "channel": pd.Categorical.from_codes(timeline.channel, list(log.channels)),
                    "source": log.names(timeline.source),
                    "target": log.names(timeline.target),
                    "hours": hours,
                    "reached": reached,
                }
            )
        )
    table = pd.concat(parts, ignore_index=True)
    table.attrs["notes"] = list(notes)
    return table


def durations(
    log: Log, timeline: Timeline, numbers: NDArray[np.int64], encounter: int, counted: str
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Give hours to an encounter, or to the end of the log, and whether it was reached."""
    never = np.iinfo(np.int64).max
    when = np.full(timeline.pairs, never)
    begins = np.flatnonzero((numbers == encounter) & np.append(True, numbers[1:] != numbers[:-1]))
    when[timeline.pair[begins]] = timeline.since[begins]
    if counted == "both spoken":
        spoken = np.full(timeline.pairs, never)
        answered = np.flatnonzero(timeline.answers)[::-1]
        spoken[timeline.pair[answered]] = timeline.since[answered]  # the earliest is written last
        when = np.maximum(when, spoken)
    reached = when < never
    end = as_microseconds(log.ends)
    until = np.maximum(end - timeline.moment[timeline.first], 0)
    return np.where(reached, when, until) / HOUR, reached


def _known(log: Log, encounter: int, counted: str) -> None:
    if counted not in COUNTED:
        raise ValueError(f"counted is {counted!r}. {nearest(counted, COUNTED)}")
    if counted == "both spoken":
        log.needs_direction("counted='both spoken'")
    if isinstance(encounter, bool) or int(encounter) != encounter or encounter < 2:
        raise ValueError(f"encounter is {encounter!r}, but must be a whole number from 2 up.")
