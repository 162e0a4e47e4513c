"""From a log to spells: how long each pair stays in each stage, on one of two clocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...citing import cited
from ...counting import bincount
from ...names import pick
from ...rounding import as_given
from .delayed_entry import DelayedEntry, read_delayed_entry
from .elsewhere import LogElsewhere
from .log import Log, as_microseconds
from .stages import STAGES, Rule, by_exchanges, history, numbers, tried
from .timeline import MICROSECONDS, Timeline

WEEK = MICROSECONDS["weeks"]
CLOCKS = ("weeks", "messages")


@dataclass(frozen=True)
class Moves:
    """Stages that pairs enter, in order of pair and time.

    Parameters
    ----------
    pair, at, stage : numpy.ndarray of int, shape (n,)
        Pair, clock and stage entered; the first row of a pair is where it begins.
    last : numpy.ndarray of int, shape (pairs,)
        Clock at which the pair was last looked at.
    lost : numpy.ndarray of bool, shape (pairs,)
        Whether it was lost then, by falling silent.
    """

    pair: NDArray[np.int64]
    at: NDArray[np.int64]
    stage: NDArray[np.int64]
    last: NDArray[np.int64]
    lost: NDArray[np.bool_]


@cited
def spells(
    log: Log,
    rule: Rule = by_exchanges,
    stages: Sequence[str] = STAGES,
    *,
    clock: str = "weeks",
    lost_after_weeks: float | None = None,
    met: pd.DataFrame | None = None,
    gap_hours: float = 1.0,
    although_truncated: bool = False,
) -> pd.DataFrame:
    """Turn a log into a spells table.

    Parameters
    ----------
    log : Log
        The interactions.
    rule : callable
        A plain function from the history of pairs to their stages; see `Rule`.
    stages : sequence of str
        All stages that the rule gives, in order.
    clock : {"weeks", "messages"}
        Whether time is weeks since first contact, or messages since the first. The two clocks
        can disagree about which channel is faster.
    lost_after_weeks : float, optional
        A pair silent for so long becomes "lost" then, and stays so: what it says later is not
        looked at. By default no pair is lost; its last stay is censored at the end of the log.
    met : pandas.DataFrame, optional
        Pairs that had met before the log begins: `source`, `target`, `since` (first contact)
        and `stage` (in which the log finds them). They enter observation late, at the begin
        of the log; the rule moves them on only beyond that stage.
    gap_hours : float
        A pause longer than so many hours ends an encounter.
    although_truncated : bool
        Go on although the log does not begin at the start and `met` is not given.

    Returns
    -------
    pandas.DataFrame
        The `spells` contract, and who opened the pair: `pair`, `channel`, `source`, `target`,
        `stage`, `entered`, `left`, `next_stage`. The stay in "lost" has no row.
        `attrs["notes"]` holds what a reader must know, `attrs["clock"]` the unit.

    Raises
    ------
    ValueError
        If the log was not observed from its start, or the rule gives no stages.

    Examples
    --------
    >>> from frontporch.deepening import fit
    >>> from frontporch.deepening.logs import read
    >>> sent = pd.DataFrame({
    ...     "start": ["2026-03-01T00:00:00", "2026-03-08T00:00:00", "2026-03-22T00:00:00"],
    ...     "source": ["ann", "bob", "cat"], "target": ["bob", "ann", "ann"]})
    >>> table = spells(read(sent, channel="message", observed_from_start=True))
    >>> table[["pair", "stage", "entered", "left"]].values.tolist()
    [[0, 'stranger', 0.0, 1.0], [0, 'acquaintance', 1.0, 3.0], [1, 'stranger', 0.0, 0.0]]
    >>> fit(table).summary()[["stage", "next_stage", "events"]].values.tolist()
    [['stranger', 'acquaintance', 1]]
    """
    pick(clock, CLOCKS, "clock")
    names = [str(stage) for stage in stages]
    silence = _silence(lost_after_weeks, clock, names)
    if isinstance(log, LogElsewhere):
        if met is not None:
            log.timelines()
        log.first_contact(although_truncated)
        return log.spells(rule, names, clock, silence, gap_hours)
    rule = tried(rule, names)
    known = None if met is None else read_delayed_entry(met, log, names, clock)
    notes = [] if known is not None else list(log.first_contact(although_truncated))
    parts, back = [], 0
    for timeline in log.timelines():
        stage = numbers(rule(history(timeline, gap_hours)), names)
        moves, returned = (
            _by_message(timeline, stage)
            if clock == "messages"
            else _by_week(log, timeline, stage, silence, known)
        )
        back += returned
        people = log.people if known is None else known.people
        parts.append(_table(log, people, timeline, moves, names, clock, np.isfinite(silence)))
    if known is not None:
        parts.append(known.silent(log, silence, names, np.isfinite(silence)))
        notes.append(f"{known.pairs} pairs had met before the log begins and enter late.")
    if back:
        notes.append(
            f"{back} pairs spoke again after {as_given(lost_after_weeks)} weeks of silence: they "
            "stay lost."
        )
    table = pd.concat([part for part in parts if len(part)], ignore_index=True)
    table.attrs |= {"notes": notes, "clock": clock}
    return table


def _silence(weeks: float | None, clock: str, names: list[str]) -> float:
    if weeks is None:
        return np.inf
    if clock == "messages":
        raise ValueError("lost_after_weeks needs the clock 'weeks': silence takes no messages.")
    if not 0 < weeks < np.inf:
        raise ValueError(f"lost_after_weeks is {weeks!r}, but must be a number of weeks above 0.")
    if "lost" in names:
        raise ValueError("'lost' is entered by silence, not by the rule: take it out of stages.")
    return weeks * WEEK


def _by_message(timeline: Timeline, stage: NDArray[np.int64]) -> tuple[Moves, int]:
    moved = timeline.opens | np.append(True, stage[1:] != stage[:-1])
    at = timeline.messages - 1
    last = at[timeline.last]
    return Moves(timeline.pair[moved], at[moved], stage[moved], last, np.zeros(len(last), bool)), 0


def _by_week(
    log: Log, timeline: Timeline, stage: NDArray[np.int64], silence: float, met: DelayedEntry | None
) -> tuple[Moves, int]:
    pair, moment = timeline.pair, timeline.moment
    # Of several interactions in one moment the last decides: nobody is seen in between.
    seen = np.append((pair[1:] != pair[:-1]) | (moment[1:] != moment[:-1]), True)
    pair, moment, stage = pair[seen], moment[seen], stage[seen]
    origin = timeline.moment[timeline.first]
    if met is not None:
        pair, moment, stage, origin = met.before(log, timeline, pair, moment, stage, origin)
    opens = np.append(True, pair[1:] != pair[:-1])
    first = np.flatnonzero(opens)
    ends = as_microseconds(log.ends)
    if np.isfinite(silence):
        pause = np.append(np.diff(moment), 0)
        pause[np.append(first[1:], len(pair)) - 1] = 0
        fell_silent = pause > silence
        earlier = np.cumsum(fell_silent) - fell_silent
        kept = earlier == earlier[first][pair]
        back = int((bincount(pair[fell_silent], minlength=len(first)) > 0).sum())
        pair, moment, stage, opens = pair[kept], moment[kept], stage[kept], opens[kept]
    else:
        back = 0
    final = np.append(np.flatnonzero(opens)[1:], len(pair)) - 1
    until = moment[final].astype(float) + silence
    lost = until <= ends
    last = np.where(lost, until, ends).astype(np.int64) - origin
    moved = opens | np.append(True, stage[1:] != stage[:-1])
    at = moment - origin[pair]
    return Moves(pair[moved], at[moved], stage[moved], np.maximum(last, 0), lost), back


def _table(
    log: Log,
    people: pd.Index,
    timeline: Timeline,
    moves: Moves,
    names: list[str],
    clock: str,
    losing: bool,
) -> pd.DataFrame:
    unit = WEEK if clock == "weeks" else 1
    pair = moves.pair
    follows = np.append(pair[1:] == pair[:-1], False)
    left = np.where(follows, np.append(moves.at[1:], 0), moves.last[pair])
    following = np.where(follows, np.append(moves.stage[1:], 0), -1)
    following[~follows & moves.lost[pair]] = len(names)
    dtype = pd.CategoricalDtype([*names, "lost"] if losing else names, ordered=True)
    return pd.DataFrame(
        {
            "pair": pair + timeline.number,
            "channel": pd.Categorical.from_codes(timeline.channel[pair], list(log.channels)),
            "source": pd.Categorical.from_codes(timeline.source[pair], people),
            "target": pd.Categorical.from_codes(timeline.target[pair], people),
            "stage": pd.Categorical.from_codes(moves.stage, dtype=dtype),
            "entered": moves.at / unit,
            "left": left / unit,
            "next_stage": pd.Categorical.from_codes(following, dtype=dtype),
        }
    )
