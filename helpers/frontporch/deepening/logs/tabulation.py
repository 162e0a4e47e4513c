"""Life tables of a log: how soon pairs reach their next encounters, as counts in bins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from ...citing import cited
from ...counting import bincount
from .elsewhere import LogElsewhere
from .log import Log
from .meetings import _known, durations

EDGES = np.geomspace(1 / 60, 4_800, 61)
"""Upper edges of the bins in hours: from a minute to 200 days, each 1.23 times the last."""


@cited
def life_tables(
    log: Log,
    community: str = "log",
    encounters: Iterable[int] = (2, 3, 5, 10),
    counted: Iterable[str] | None = None,
    *,
    gap_hours: float = 1.0,
    edges: Sequence[float] = EDGES,
    although_truncated: bool = False,
) -> pd.DataFrame:
    """Count in bins of time how many pairs reach an encounter, and how many are censored.

    Parameters
    ----------
    log : Log
        The interactions.
    community : str
        What the log is called in the table.
    encounters : iterable of int
        Which encounters, from 2 up.
    counted : iterable of str, optional
        Ways of counting; by default "any", and "both spoken" where the log is directed.
    gap_hours : float
        A pause longer than so many hours ends an encounter.
    edges : sequence of float
        Upper edges of the bins, rising, in hours; they go on in the last ratio as far as the
        log does.
    although_truncated : bool
        Go on although the log does not begin at the start.

    Returns
    -------
    pandas.DataFrame
        As the data set `deepening_life_tables`: `community`, `channel`, `counted`,
        `encounter`, `hours_up_to`, `reached`, `censored`. A bin in which nothing happens has
        no row. `deepening.encounter_curves` takes it. `attrs["notes"]` holds what a reader must
        know.

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
    >>> life_tables(log, encounters=[2], counted=["any"])[["reached", "censored"]].values.tolist()
    [[0, 1], [1, 0]]
    """
    notes = log.first_contact(although_truncated)
    if counted is None:
        counted = ("any", "both spoken") if log.directed else ("any",)
    wanted = [(way, int(k)) for way in counted for k in encounters]
    for way, k in wanted:
        _known(log, k, way)
    bins = _until(np.asarray(edges, float), log)
    if isinstance(log, LogElsewhere):
        totals = log.totals(wanted, bins, gap_hours)
    else:
        totals = _totals(log, wanted, bins, gap_hours)
    frames = [
        pd.DataFrame(
            {
                "community": community,
                "channel": ", ".join(log.channels),
                "counted": way,
                "encounter": k,
                "hours_up_to": bins.round(4),
                "reached": reached,
                "censored": censored,
            }
        )
        for (way, k), (reached, censored) in zip(wanted, totals, strict=True)
    ]
    table = pd.concat(frames, ignore_index=True)
    table = table[(table["reached"] > 0) | (table["censored"] > 0)].reset_index(drop=True)
    table.attrs["notes"] = list(notes)
    return table


def _totals(
    log: Log, wanted: list[tuple[str, int]], bins: np.ndarray, gap_hours: float
) -> np.ndarray:
    totals = np.zeros((len(wanted), 2, len(bins)), np.int64)
    for timeline in log.timelines():
        numbers = timeline.encounters(gap_hours)
        for total, (way, k) in zip(totals, wanted, strict=True):
            hours, reached = durations(log, timeline, numbers, k, way)
            place = np.searchsorted(bins, hours)
            total[0] += bincount(place[reached], minlength=len(bins))
            total[1] += bincount(place[~reached], minlength=len(bins))
    return totals


def _until(edges: np.ndarray, log: Log) -> np.ndarray:
    if len(edges) < 2 or not (edges[0] > 0 and (np.diff(edges) > 0).all()):
        raise ValueError("edges must be two or more hours above 0, rising.")
    longest, ratio = (log.ends - log.begins).total_seconds() / 3_600, edges[-1] / edges[-2]
    if longest <= edges[-1]:
        return edges
    more = int(np.ceil(np.log(longest / edges[-1]) / np.log(ratio)))
    return np.append(edges, edges[-1] * ratio ** np.arange(1, more + 1))
