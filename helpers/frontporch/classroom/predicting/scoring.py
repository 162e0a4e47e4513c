"""One prediction beside its true result."""

from __future__ import annotations

import math
from dataclasses import dataclass

from .outcome import Outcome, Truth, kind
from .predictions import Prediction
from .scores import brier, interval_score


@dataclass(frozen=True)
class Score:
    """One prediction beside its true result.

    Parameters
    ----------
    prediction : Prediction
        The one that counts: the last before its result was shown.
    truth : float, str or tuple of float
        What came out; missing (nan) at dates that the data do not reach.
    records : int
        How many were recorded for the question.
    distance : float or None
        How far off a number, or on average the heights of a curve, in their unit.
    held : float or None
        Share of the heights (of a number 0 or 1) whose range held the truth.
    interval_score : float or None
        Of the range, in the unit; the mean over a curve's heights. Lower is better.
    right : bool or None
        Whether the choice was right.
    brier : float or None
        Of a choice with how sure somebody was of it: 0 is best.
    what : str
        What was asked, in the outcome's words.
    """

    prediction: Prediction
    truth: Truth
    records: int = 1
    distance: float | None = None
    held: float | None = None
    interval_score: float | None = None
    right: bool | None = None
    brier: float | None = None
    what: str = ""


def score(made: Prediction, outcome: Outcome, records: int = 1) -> tuple[Score | None, str]:
    """Score one prediction; without a score the sentence says why.

    Parameters
    ----------
    made : Prediction
        What was expected.
    outcome : Outcome
        What came out.
    records : int
        How many predictions there are for the question.
    """
    truth = outcome.truth(made.at)
    if kind(truth) != made.kind:
        return (
            None,
            f"{made.question} is a {made.kind}, but its result a {kind(truth)}: not scored.",
        )
    if made.unit != outcome.unit:
        return None, (
            f"{made.question} is in {made.unit or 'no unit'}, but its result in "
            f"{outcome.unit or 'none'}: not scored. Record it with unit={outcome.unit!r}."
        )
    if isinstance(truth, str):
        right = made.value.strip().casefold() == truth.strip().casefold()
        said = None if made.sure is None else brier(made.sure, right, len(set(made.choices)))
        return Score(made, truth, records, right=right, brier=said, what=outcome.what), ""
    values, truths, lows, highs = (
        one if isinstance(one, tuple) else (one,)
        for one in (made.value, truth, made.low, made.high)
    )
    there = [k for k, one in enumerate(truths) if math.isfinite(one)]
    note = ""
    if len(there) < len(truths):
        note = (
            f"{made.question}: the data do not reach {len(truths) - len(there)} of "
            f"{len(truths)} dates, which are not scored."
        )
    if not there:
        return None, note
    distance = sum(abs(values[k] - truths[k]) for k in there) / len(there)
    if made.low is None:
        return Score(made, truth, records, distance, what=outcome.what), note
    held = sum(lows[k] <= truths[k] <= highs[k] for k in there) / len(there)
    said = sum(interval_score(lows[k], highs[k], truths[k], made.sure) for k in there) / len(there)
    return Score(made, truth, records, distance, held, said, what=outcome.what), note
