"""Exchanges: changes of speaker, how many pairs go on, and how long an answer takes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ...citing import cited
from ...counting import bincount
from ...stats import SurvivalCurve, kaplan_meier
from .log import Log, as_microseconds
from .meetings import HOUR


@cited
def exchange_ladder(log: Log, last: int = 12) -> pd.DataFrame:
    """Count the pairs that reach the k-th change of speaker, and the next.

    Parameters
    ----------
    log : Log
        A directed log.
    last : int
        The last exchange shown.

    Returns
    -------
    pandas.DataFrame
        One row an exchange from 0 (one person has written): `exchange`, `dyads_reaching`,
        `dyads_reaching_next`, as in the data set `exchange_ladder`.

    Raises
    ------
    ValueError
        If the log does not say who spoke.

    Examples
    --------
    >>> from frontporch.deepening.logs import read
    >>> sent = pd.DataFrame({
    ...     "start": ["2026-03-01T09:00:00", "2026-03-01T09:05:00", "2026-03-01T13:00:00"],
    ...     "source": ["ann", "bob", "cat"], "target": ["bob", "ann", "ann"]})
    >>> exchange_ladder(read(sent, channel="message"), last=1).values.tolist()
    [[0, 2, 1], [1, 1, 0]]
    """
    log.needs_direction("the ladder of exchanges")
    pairs = np.zeros(last + 2, np.int64)
    for timeline in log.timelines():
        most = np.minimum(timeline.exchanges[timeline.last], last + 1)
        pairs += bincount(most, minlength=last + 2)
    reaching = pairs[::-1].cumsum()[::-1]
    return pd.DataFrame(
        {
            "exchange": np.arange(last + 1),
            "dyads_reaching": reaching[:-1],
            "dyads_reaching_next": reaching[1:],
        }
    )


@cited
def replies(log: Log) -> pd.DataFrame:
    """Measure how long each turn of speech waits for its answer.

    A turn is what one person says until the other speaks. Its wait begins with its first
    message. The last turn of a pair has no answer by the end of the log: it is censored
    there, not left out, since the answers that take long are the ones that are missing.

    Parameters
    ----------
    log : Log
        A directed log.

    Returns
    -------
    pandas.DataFrame
        One row a turn: `pair`, `source` (who speaks), `target`, `turn` (from 0 up), `begins`
        (hours since the pair's first message), `messages`, `hours` (waited), `answered`.

    Raises
    ------
    ValueError
        If the log does not say who spoke.

    Examples
    --------
    >>> from frontporch.deepening.logs import read
    >>> sent = pd.DataFrame({
    ...     "start": ["2026-03-01T09:00:00", "2026-03-01T09:30:00", "2026-03-01T13:00:00"],
    ...     "source": ["ann", "bob", "cat"], "target": ["bob", "ann", "ann"]})
    >>> replies(read(sent, channel="message"))[["source", "hours", "answered"]].values.tolist()
    [['ann', 0.5, True], ['bob', 3.5, False], ['cat', 0.0, False]]
    """
    log.needs_direction("the wait for an answer")
    end = as_microseconds(log.ends)
    parts = []
    for timeline in log.timelines():
        turn = timeline.exchanges
        begins = np.flatnonzero(np.append(True, turn[1:] != turn[:-1]) | timeline.opens)
        following = np.append(begins[1:], 0)
        pair = timeline.pair[begins]
        answered = np.append(pair[1:] == pair[:-1], False)
        begun = timeline.moment[begins]
        until = np.where(answered, timeline.moment[following], np.maximum(end, begun))
        one, other = timeline.source[pair], timeline.target[pair]
        opener = ~timeline.answers[begins]
        parts.append(
            pd.DataFrame(
                {
                    "pair": pair + timeline.number,
                    "source": log.names(np.where(opener, one, other)),
                    "target": log.names(np.where(opener, other, one)),
                    "turn": turn[begins],
                    "begins": timeline.since[begins] / HOUR,
                    "messages": np.diff(np.append(begins, len(turn))),
                    "hours": (until - begun) / HOUR,
                    "answered": answered,
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


@cited
def reply_latency(log: Log, turn: int = 0, *, level: float = 0.95) -> SurvivalCurve:
    """Estimate how long an answer takes, unanswered messages counted as long as they waited.

    Parameters
    ----------
    log : Log
        A directed log.
    turn : int
        Which turn of a pair waits: 0 is the one that opens it.
    level : float
        Confidence level; pairs are taken as independent of each other.

    Returns
    -------
    SurvivalCurve
        In hours since the turn began. Its median is missing where fewer than half are
        answered: the median among the answered is another, and shorter, number.

    Raises
    ------
    ValueError
        If the log does not say who spoke, or no pair has such a turn.

    Examples
    --------
    >>> from frontporch.deepening.logs import read
    >>> sent = pd.DataFrame({
    ...     "start": ["2026-03-01T09:00:00", "2026-03-01T09:30:00", "2026-03-01T13:00:00"],
    ...     "source": ["ann", "bob", "cat"], "target": ["bob", "ann", "ann"]})
    >>> float(reply_latency(read(sent, channel="message")).quantile(0.5)[0])
    0.5
    """
    waited = replies(log)
    chosen = waited[waited["turn"] == turn]
    if chosen.empty:
        raise ValueError(f"turn is {turn!r}, but no pair of this log has such a turn: 0 opens it.")
    return kaplan_meier(chosen["hours"], chosen["answered"], unit="hours", level=level)
