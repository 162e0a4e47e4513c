"""What is odd in a log: counted, with an example and what was done; never dropped in silence."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...rounding import as_given, decimal
from ...tables.noticed import Note, as_frame
from .timeline import MICROSECONDS, Timeline

COLUMNS = ("what", "count", "done", "example")


def report(rows: list[tuple[str, int, str, str]]) -> pd.DataFrame:
    """Put together what was noticed, one row a kind of oddity that occurred.

    Parameters
    ----------
    rows : list of tuple
        What it is, how often, what was done, and the first of them.

    Returns
    -------
    pandas.DataFrame
        `what`, `count`, `done`, `example`.

    Examples
    --------
    >>> report([("duplicate", 2, "kept", "row 3"), ("tie", 0, "kept", "")])["what"].tolist()
    ['duplicate']
    """
    return pd.DataFrame([row for row in rows if row[1]], columns=list(COLUMNS))


def with_reading(found: pd.DataFrame, notes: Iterable[Note]) -> pd.DataFrame:
    """Put what was noticed while the table was read before what its rows show."""
    return pd.concat([as_frame(notes), found], ignore_index=True) if notes else found


def same_again(timeline: Timeline) -> NDArray[np.bool_]:
    """Whether a row repeats an earlier one: same people, speaker, begin and end.

    Parameters
    ----------
    timeline : Timeline
        Rows of one moment stand together, in the order of the file.

    Returns
    -------
    numpy.ndarray of bool, shape (n,)
    """
    equal = np.zeros(len(timeline.pair), bool)
    at_once = np.append(
        False,
        (timeline.pair[1:] == timeline.pair[:-1]) & (timeline.moment[1:] == timeline.moment[:-1]),
    )[: len(equal)]
    # Only rows that share their moment with a neighbour need sorting.
    rows = np.flatnonzero(at_once | np.append(at_once[1:], False)[: len(equal)])
    pair, moment = timeline.pair[rows], timeline.moment[rows]
    until, answers = timeline.until[rows], timeline.answers[rows]
    order = np.lexsort((rows, answers, until, moment, pair))
    one, two = order[:-1], order[1:]
    again = (pair[one] == pair[two]) & (moment[one] == moment[two])
    again &= (until[one] == until[two]) & (answers[one] == answers[two])
    equal[rows[two[again]]] = True
    return equal


def both_at_once(timeline: Timeline) -> NDArray[np.bool_]:
    """Whether a row has the moment of the row before it, but the other one speaks.

    Parameters
    ----------
    timeline : Timeline
        The rows.

    Returns
    -------
    numpy.ndarray of bool, shape (n,)
        Who spoke first is then known only from the order of the file.
    """
    tied = np.zeros(len(timeline.pair), bool)
    tied[1:] = (
        (timeline.pair[1:] == timeline.pair[:-1])
        & (timeline.moment[1:] == timeline.moment[:-1])
        & (timeline.answers[1:] != timeline.answers[:-1])
    )
    return tied


def silences(moments: NDArray[np.int64], days: float) -> tuple[int, str]:
    """Count the silences of a whole log, in which a clock may have jumped or a logger slept.

    Parameters
    ----------
    moments : numpy.ndarray of int, shape (n,)
        Times of all interactions, rising, in microseconds.
    days : float
        From how many days on a silence is noticed.

    Returns
    -------
    count : int
        How many there are.
    example : str
        The longest, in words.
    """
    pauses = np.diff(moments) / MICROSECONDS["days"]
    count = int((pauses >= days).sum())
    if not count:
        return 0, ""
    place = int(pauses.argmax())
    after = pd.Timestamp(int(moments[place]), unit="us")
    return count, f"{decimal(pauses[place], 1)} days after {after}"


def oddities(
    alone: tuple[int, str],
    again: tuple[int, str, str],
    tied: tuple[int, str],
    backwards: tuple[int, str],
    silent: tuple[int, str],
    silence_days: float,
) -> pd.DataFrame:
    """Say what was noticed and what was done with it.

    Parameters
    ----------
    alone, again, tied, backwards, silent : tuple
        Of messages to oneself, duplicates, ties, rows out of order and silences: how many,
        and the first of them; of duplicates also whether they were kept.
    silence_days : float
        From how many days on a silence counts.
    """
    done = "kept" if again[2] == "keep" else "all but the first left out"
    return report(
        [
            ("message to oneself", alone[0], "set aside: one person makes no pair", alone[1]),
            ("duplicate: same people, begin and end", again[0], done, again[1]),
            (
                "tie: both speak in the same moment",
                tied[0],
                "kept: the order of the file says who was first",
                tied[1],
            ),
            (
                "clock: a row is earlier than the row before it",
                backwards[0],
                "kept: rows were put in order of time",
                backwards[1],
            ),
            (
                f"clock or logger: nobody speaks for {as_given(silence_days)} days or more",
                silent[0],
                "kept: pairs count as observed all the time",
                silent[1],
            ),
        ]
    )
