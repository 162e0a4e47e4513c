"""Pairs that had met before a log begins: they come under observation late."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...names import nearest
from .log import Log, as_microseconds, microseconds
from .stages import numbers
from .timeline import MICROSECONDS, Timeline

COLUMNS = ("source", "target", "since", "stage")
WEEK = MICROSECONDS["weeks"]


@dataclass(frozen=True, eq=False)
class DelayedEntry:
    """Pairs that had met before, in order of their key.

    Parameters
    ----------
    people : pandas.Index
        Names of the people of the log, and after them those who never speak in it.
    key : numpy.ndarray of int, shape (n,)
        Number of the one person times the number of people, plus that of the other.
    since : numpy.ndarray of int, shape (n,)
        First contact, microseconds since 1970.
    stage : numpy.ndarray of int, shape (n,)
        Stage in which the log finds the pair.
    row : numpy.ndarray of int, shape (n,)
        Place in the table given.
    table : pandas.DataFrame
        The table given.
    spoke : list of numpy.ndarray
        Which of them were met in the log so far.
    """

    people: pd.Index
    key: NDArray[np.int64]
    since: NDArray[np.int64]
    stage: NDArray[np.int64]
    row: NDArray[np.int64]
    table: pd.DataFrame
    spoke: list[NDArray[np.int64]]

    @property
    def pairs(self) -> int:
        """How many pairs had met."""
        return len(self.key)

    def before(
        self,
        log: Log,
        timeline: Timeline,
        pair: NDArray[np.int64],
        moment: NDArray[np.int64],
        stage: NDArray[np.int64],
        origin: NDArray[np.int64],
    ) -> tuple[NDArray, NDArray, NDArray, NDArray]:
        """Put the stage in which the log finds a pair before what the rule says of it."""
        low = np.minimum(timeline.source, timeline.target)
        high = np.maximum(timeline.source, timeline.target)
        wanted = low * len(self.people) + high
        place = np.minimum(np.searchsorted(self.key, wanted), self.pairs - 1)
        here = self.key[place] == wanted
        self.spoke.append(place[here])
        found = np.full(timeline.pairs, -1)
        found[here] = self.stage[place[here]]
        stage = np.maximum(stage, found[pair])
        origin = np.where(here, self.since[place], origin)
        begins = as_microseconds(log.begins)
        late = np.flatnonzero(here)
        pair = np.concatenate([pair, late])
        moment = np.concatenate([moment, np.full(len(late), begins)])
        stage = np.concatenate([stage, found[late]])
        added = np.concatenate([np.ones(len(pair) - len(late)), np.zeros(len(late))])
        order = np.lexsort((added, moment, pair))
        pair, moment, stage = pair[order], moment[order], stage[order]
        # A pair that speaks in the very moment in which the log begins has one stage then.
        seen = np.append((pair[1:] != pair[:-1]) | (moment[1:] != moment[:-1]), True)
        return pair[seen], moment[seen], stage[seen], origin

    def silent(self, log: Log, silence: float, names: list[str], losing: bool) -> pd.DataFrame:
        """Give the spells of pairs that had met, but do not speak in the log."""
        quiet = np.setdiff1d(np.arange(self.pairs), np.concatenate(self.spoke))
        begins, ends = as_microseconds(log.begins), as_microseconds(log.ends)
        since = self.since[quiet]
        lost = begins + silence <= ends
        left = (begins + silence if lost else ends) - since
        dtype = pd.CategoricalDtype([*names, "lost"] if losing else names, ordered=True)
        rows = self.table.iloc[self.row[quiet]]
        following = np.full(len(quiet), len(names) if lost else -1)
        return pd.DataFrame(
            {
                "pair": log.pairs + np.arange(len(quiet)),
                "channel": pd.Categorical([log.channels[0]] * len(quiet), list(log.channels)),
                "source": pd.Categorical(rows["source"].astype(str), self.people),
                "target": pd.Categorical(rows["target"].astype(str), self.people),
                "stage": pd.Categorical.from_codes(self.stage[quiet], dtype=dtype),
                "entered": (begins - since) / WEEK,
                "left": left / WEEK,
                "next_stage": pd.Categorical.from_codes(following, dtype=dtype),
            }
        )


def read_delayed_entry(
    table: pd.DataFrame, log: Log, stages: list[str], clock: str
) -> DelayedEntry:
    """Check a table of pairs that had met before a log begins.

    Raises
    ------
    ValueError
        If a column or a date is missing, a first contact is not before the log begins, a pair
        occurs twice, or the clock counts messages, of which the earlier ones are not known.
    """
    if clock == "messages":
        raise ValueError("met needs the clock 'weeks': nobody counted the messages before the log.")
    for column in COLUMNS:
        if column not in table.columns:
            raise ValueError(f"met has no column {column!r}. {nearest(column, table.columns)}")
    if not len(table):
        raise ValueError("met has no row: say observed_from_start=True if no pair had met before.")
    given = [table[side].astype(str) for side in ("source", "target")]
    for one in ("source", "target"):
        if table[one].isna().any():
            raise ValueError(f"met, row {_row(table[one].isna())}: {one} is missing.")
    alone = (given[0] == given[1]).to_numpy()
    if alone.any():
        raise ValueError(f"met, row {_row(alone)}: source and target are the same person.")
    new = pd.Index(pd.concat(given).unique(), dtype=object).difference(log.people.astype(object))
    everyone = pd.Index([*log.people, *new])
    people = [everyone.get_indexer(side) for side in given]
    since = pd.to_datetime(table["since"])
    late = ~(since < log.begins).to_numpy()
    if late.any():
        k = _row(late)
        raise ValueError(
            f"met, row {k}: since is {since.iloc[k - 1]}, but must be before the log begins "
            f"({log.begins}): leave out pairs that met later, the log has their first contact."
        )
    stage = numbers(table["stage"].astype(str).to_numpy(object), stages)
    key = np.minimum(*people).astype(np.int64) * len(everyone) + np.maximum(*people)
    order = np.argsort(key, kind="stable")
    if (np.diff(key[order]) == 0).any():
        k = int(order[1:][np.diff(key[order]) == 0][0])
        raise ValueError(
            f"met, row {k + 1}: {table['source'].iloc[k]} and {table['target'].iloc[k]} stand "
            "there twice: a pair has one first contact."
        )
    return DelayedEntry(
        everyone, key[order], microseconds(since)[order], stage[order], order, table, []
    )


def _row(where: pd.Series | NDArray[np.bool_]) -> int:
    return int(np.flatnonzero(where)[0]) + 1
