"""Who opens up first: who begins, who answers, how soon, and how far it goes."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...counting import bincount
from ...rounding import as_given
from ...stats import SurvivalCurve
from ...streams import Seed, spawn
from ..logs.bootstrap import bootstrap, share_within
from ..logs.exchanges import exchange_ladder, replies, reply_latency
from ..logs.log import Log
from ..logs.timeline import MICROSECONDS

FEWEST_PAIRS = 30
"""Pairs below which a step of the ladder has no interval."""


@dataclass(frozen=True, eq=False)
class Opening:
    """Who begins and who answers, in the pairs of a log.

    Parameters
    ----------
    table : pandas.DataFrame
        One row a share: `what`, `share`, `lower`, `upper`, `of` (how many it is a share of).
    ladder : pandas.DataFrame
        One row an exchange from 0: `exchange`, `dyads_reaching`, `dyads_reaching_next`,
        `goes_on` (share), `lower`, `upper`.
    latency : SurvivalCurve
        Hours until a pair's first turn is answered; unanswered ones wait on.
    silence_hours, within_hours : float
        What counts as a silence, and as an answer in time.
    level : float
        Confidence level.
    seed : object
        Where the draws of people came from.
    notes : tuple of str
        What a reader must know, in words.
    """

    table: pd.DataFrame
    ladder: pd.DataFrame
    latency: SurvivalCurve = field(repr=False)
    silence_hours: float
    within_hours: float
    level: float
    seed: object
    notes: tuple[str, ...]

    def summary(self) -> pd.DataFrame:
        """Show the shares and, below them, the median hours to the first answer."""
        median, low, high = self.latency.quantile(0.5)
        row = {
            "what": "median hours to the first answer, unanswered waiting on", "share": median,
            "lower": low, "upper": high, "of": int(self.latency.started),
        }  # fmt: skip
        frame = pd.concat([self.table, pd.DataFrame([row])], ignore_index=True)
        return frame.rename(columns={"share": "estimate"})


def conversations(log: Log, silence_hours: float = 8.0) -> pd.DataFrame:
    """Cut each pair's messages where it was silent, and say who began again.

    Parameters
    ----------
    log : Log
        A directed log.
    silence_hours : float
        A longer pause than this ends a conversation.

    Returns
    -------
    pandas.DataFrame
        One row a conversation: `pair`, `source` (who wrote first of all), `target`,
        `conversation` (from 1 up), `begins` (hours since the pair's first message), `opener`,
        `by_first` (whether `source` opens this one), `answered` (whether the other spoke in
        it), `messages`.

    Raises
    ------
    ValueError
        If the log does not say who spoke.

    Examples
    --------
    >>> from frontporch.deepening.logs import read
    >>> sent = pd.DataFrame({
    ...     "start": ["2026-03-01T09:00:00", "2026-03-01T09:05:00", "2026-03-02T13:00:00"],
    ...     "source": ["ann", "bob", "bob"], "target": ["bob", "ann", "ann"]})
    >>> conversations(read(sent, channel="message"))[["opener", "answered"]].values.tolist()
    [['ann', True], ['bob', False]]
    """
    log.needs_direction("who opens")
    parts = []
    for timeline in log.timelines():
        number = timeline.encounters(silence_hours)
        new = np.append(True, number[1:] != number[:-1])[: len(number)] | timeline.opens
        begins = np.flatnonzero(new)
        place = np.cumsum(new) - 1
        other = timeline.answers != timeline.answers[begins][place]
        pair, by_first = timeline.pair[begins], ~timeline.answers[begins]
        one, two = timeline.source[pair], timeline.target[pair]
        parts.append(
            pd.DataFrame(
                {
                    "pair": pair + timeline.number,
                    "source": log.names(one),
                    "target": log.names(two),
                    "conversation": number[begins],
                    "begins": timeline.since[begins] / MICROSECONDS["hours"],
                    "opener": log.names(np.where(by_first, one, two)),
                    "by_first": by_first,
                    "answered": bincount(place, other, len(begins)) > 0,
                    "messages": np.diff(np.append(begins, len(number))),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def who_opens(
    log: Log,
    *,
    seed: Seed,
    silence_hours: float = 8.0,
    within_hours: float = 24.0,
    last: int = 8,
    runs: int = 400,
    level: float = 0.95,
) -> Opening:
    """Say who opens up first in a log, with intervals that know that pairs share people.

    Parameters
    ----------
    log : Log
        A directed log.
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where the draws of people come from.
    silence_hours : float
        A longer pause than this ends a conversation.
    within_hours : float
        What counts as an answer in time.
    last : int
        The last exchange of the ladder.
    runs : int
        Draws of people for each interval.
    level : float
        Confidence level.

    Returns
    -------
    Opening

    Raises
    ------
    ValueError
        If the log does not say who spoke.

    Notes
    -----
    Who has the last word of a log is not known to be unanswered for ever: shares of answers
    are by Kaplan-Meier, and a step of the ladder not taken may still be.
    """
    talks, turns = conversations(log, silence_hours), replies(log)
    streams = iter(spawn(seed, 4))
    later = talks[talks["conversation"] > 1].reset_index(drop=True)
    opening = turns[turns["turn"] == 0].reset_index(drop=True)
    opening = opening.assign(reached=opening["answered"])
    rows, notes = (
        [],
        [f"A conversation ends with a silence of more than {as_given(silence_hours)} hours."],
    )

    def row(what: str, table: pd.DataFrame, statistic) -> None:
        if len(table) < 2:
            notes.append(f"Too few cases: {what}.")
            return
        found = bootstrap(table, statistic, seed=next(streams), runs=runs, level=level)
        notes.extend(note for note in found.notes if note not in notes)
        rows.append(
            {
                "what": what, "share": float(found.estimates[0]),
                "lower": max(float(found.lower[0]), 0.0),
                "upper": min(float(found.upper[0]), 1.0), "of": len(table),
            }
        )  # fmt: skip

    row(
        f"first message answered within {as_given(within_hours)} "
        "hours", opening, _answered(within_hours)
    )  # fmt: skip
    row("conversation answered in itself", talks, _mean("answered"))
    row("later conversation opened by who wrote first", later, _mean("by_first"))
    ladder = exchange_ladder(log, last)
    steps = turns.groupby("pair", observed=True)["turn"].transform("max").to_numpy()
    pairs = opening.assign(exchanges=steps[(turns["turn"] == 0).to_numpy()])
    reached = ladder["dyads_reaching"].to_numpy() > 0
    goes_on = np.divide(
        ladder["dyads_reaching_next"], ladder["dyads_reaching"],
        out=np.full(len(ladder), np.nan), where=reached,
    )  # fmt: skip
    enough = int((ladder["dyads_reaching"] >= FEWEST_PAIRS).sum())
    low, high = np.full((2, len(ladder)), np.nan)
    if enough:
        found = bootstrap(pairs, _going_on(enough), seed=next(streams), runs=runs, level=level)
        low[:enough], high[:enough] = found.lower.clip(0), found.upper.clip(max=1)
    if enough < len(ladder):
        notes.append(
            f"From exchange {enough} on fewer than {FEWEST_PAIRS} pairs are left: no interval."
        )
    return Opening(
        pd.DataFrame(rows), ladder.assign(goes_on=goes_on, lower=low, upper=high),
        reply_latency(log, level=level), silence_hours, within_hours, level, seed, tuple(notes),
    )  # fmt: skip


def _answered(hours: float):
    def share(table: pd.DataFrame, weights: NDArray[np.float64]) -> float:
        # Where nobody waited that long, the longest wait says as much.
        longest = float(table["hours"].to_numpy()[weights > 0].max(initial=0.0))
        return share_within(min(hours, longest))(table, weights)

    return share


def _mean(column: str):
    def share(table: pd.DataFrame, weights: NDArray[np.float64]) -> float:
        whole = weights.sum()
        return float(weights @ table[column].to_numpy(float) / whole) if whole else float("nan")

    return share


def _going_on(steps: int):
    def shares(table: pd.DataFrame, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        most = np.minimum(table["exchanges"].to_numpy(), steps)
        pairs = bincount(most, weights, minlength=steps + 1)
        reaching = pairs[::-1].cumsum()[::-1]
        missing = np.full(steps, np.nan)
        return np.divide(reaching[1:], reaching[:-1], out=missing, where=reaching[:-1] > 0)

    return shares
