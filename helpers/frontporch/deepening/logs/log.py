"""A log of interactions, read once: who, when, from when to when, and what is odd about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

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
