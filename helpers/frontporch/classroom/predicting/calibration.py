"""Calibration: whether somebody is right as often as they are sure."""

from __future__ import annotations

import html
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, ClassVar

from ...result import Result
from ...rounding import above, decimal, number
from ..course_package import course
from .outcome import Outcome
from .predictions import Counted, Prediction, counted, own
from .scores import share_interval
from .scoring import Score, score

if TYPE_CHECKING:
    import pandas as pd

FEW = 20
"""Below this number of predictions agreement is no proof of calibration."""


@dataclass(frozen=True)
class Share:
    """How often somebody was right, beside how often they said that they would be.

    Parameters
    ----------
    right : float
        How many were right; a curve whose range held the truth at a part of its dates
        counts for that part.
    n : int
        Of how many.
    said : float
        Mean of how sure somebody was, as a share.
    lower, upper : float
        Interval for the share that is right (Clopper & Pearson 1934).
    """

    right: float
    n: int
    said: float
    lower: float
    upper: float

    @property
    def finding(self) -> str:
        """What can be said of it: overconfident, underconfident, or too few to say."""
        if above(self.said, self.upper):
            return "fewer than chance explains: you are overconfident"
        if above(self.lower, self.said):
            return "more than chance explains: you are underconfident"
        if self.n >= FEW:
            return "in line with how sure you were"
        which = "under" if above(self.right, self.said * self.n) else "over"
        return f"too few to say that you are {which}confident"


@dataclass(frozen=True)
class Calibration(Result):
    """What somebody's predictions over the course say about how sure they should be.

    Parameters
    ----------
    scores : tuple of Score
        One a question with a result, in the order in which they were predicted.
    ranges, choices : Share or None
        Of numbers and curves with a range, and of choices with how sure; None without any.
    level : float
        Confidence level of the intervals.
    notes : tuple of str
        What was not scored and why, and which record counts.
    """

    scores: tuple[Score, ...]
    ranges: Share | None
    choices: Share | None
    level: float
    notes: tuple[str, ...] = ()

    PICTURES: ClassVar[Mapping[str, str]] = {
        "calibration": "frontporch.classroom.predicting.pictures:plot_calibration"
    }

    @property
    def table(self) -> pd.DataFrame:
        """One row a scored prediction."""
        import pandas as pd

        rows = [
            {
                "question": one.prediction.question,
                "kind": one.prediction.kind,
                "predicted": one.prediction.value,
                "low": one.prediction.low,
                "high": one.prediction.high,
                "sure": one.prediction.sure,
                "truth": one.truth,
                "unit": one.prediction.unit,
                "recorded_at": one.prediction.recorded_at,
            }
            | {name: value for name, value in asdict(one).items() if name in _MEASURED}
            for one in self.scores
        ]
        columns = [
            "question",
            "kind",
            "predicted",
            "low",
            "high",
            "sure",
            "truth",
            "unit",
            "recorded_at",
            *_MEASURED,
        ]
        return pd.DataFrame(rows, columns=columns)

    def summary(self) -> pd.DataFrame:
        """Give one row a measure: `value`, `lower`, `upper`, `should_be`, `n`, `unit`.

        The share of ranges that held the truth, and of choices that were right, have an
        interval and the share that they should have; the Brier score, distances and interval
        scores are means, lower is better.
        """
        import pandas as pd

        rows = [
            (name, one.right / one.n, one.lower, one.upper, one.said, one.n, "share")
            for name, one in (
                ("ranges that held the truth", self.ranges),
                ("choices that were right", self.choices),
            )
            if one
        ]
        for name, what, kind in _MEANS:
            for unit, values in _by_unit(self.scores, what, kind).items():
                none = (math.nan,) * 3
                rows.append((name, sum(values) / len(values), *none, len(values), unit))
        columns = ["measure", "value", "lower", "upper", "should_be", "n", "unit"]
        return pd.DataFrame(rows, columns=columns).set_index("measure")

    @property
    def sentences(self) -> tuple[str, ...]:
        """Say it in words."""
        if not self.scores:
            return ("No prediction has a result yet: there is nothing to score.", *self.notes)
        told = []
        for one, what, done in (
            (self.ranges, "ranges", "held the truth"),
            (self.choices, "choices", "were right"),
        ):
            if one:
                said, should = f"{decimal(100 * one.said)} %", decimal(one.said * one.n)
                which = f"of {said} ranges" if what == "ranges" else f"at {said} sure on average"
                told.append(
                    f"{number(one.right, 6)} of {one.n} {what} {done}; {which} about {should} "
                    f"should: {one.finding}."
                )
        for row in self.summary().query("unit != 'share'").itertuples():
            told.append(f"{row.Index}: {f'{number(row.value)} {row.unit}'.strip()} (n = {row.n}).")
        scored = [one for one in self.scores if one.brier is not None]
        guesses = [(1 - 1 / len(set(one.prediction.choices))) / 2 for one in scored]
        if guesses:
            guess = sum(guesses) / len(guesses)
            told.append(
                f"Of Brier scores 0 is best; mere guesses would have scored {number(guess)}."
            )
        return (*told, *self.notes)

    def __repr__(self) -> str:
        return "\n".join(self.sentences)

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{html.escape(one)}</li>" for one in self.sentences)
        return f'<div role="status"><ul>{items}</ul></div>'


_MEASURED = ("distance", "held", "interval_score", "right", "brier", "records")
_MEANS = (
    ("Brier score", "brier", ("choice",)),
    ("mean distance of curves", "distance", ("curve",)),
    ("mean distance of numbers", "distance", ("number",)),
    ("mean interval score", "interval_score", ("number", "curve")),
)


def calibration(
    made: Sequence[Prediction] | None = None,
    *,
    outcomes: Mapping[str, Outcome] | None = None,
    level: float = 0.95,
) -> Calibration:
    """Score the predictions of the course against what came out.

    Of each question the last prediction before the result was shown counts.

    Parameters
    ----------
    made : sequence of Prediction, optional
        Those to score, one a question; those of your record that count without it.
    outcomes : mapping of str to Outcome, optional
        True results by question; those of all lessons without it.
    level : float
        Confidence level of the intervals.

    Returns
    -------
    Calibration

    Raises
    ------
    RecordError
        If the record is damaged.

    Examples
    --------
    >>> guess = Prediction("1.curve", (20.0,), (24.0,), "%", sure=80.0, low=(10.0,), high=(35.0,))
    >>> scored = calibration([guess])
    >>> round(scored.scores[0].distance, 1), scored.scores[0].held
    (7.8, 1.0)
    >>> scored.sentences[1]
    'mean distance of curves: 7.78 points (n = 1).'
    """
    which = counted(own()) if made is None else [Counted(one) for one in made]
    outcomes = course().outcomes() if outcomes is None else outcomes
    scores, notes = [], []
    for one in which:
        name = one.prediction.question
        outcome = outcomes.get(name)
        if outcome is None:
            notes.append(f"{name} has no result yet: not scored.")
            continue
        if one.late:
            notes.append(f"{name} was recorded after its result was shown: not scored.")
            continue
        if one.records > 1:
            notes.append(
                f"{name} was predicted {one.records} times; the last before the result counts."
            )
        scored, said = score(one.prediction, outcome, one.records)
        scores += [scored] if scored else []
        notes += [said] if said else []
    return Calibration(
        tuple(scores),
        _share(scores, "held", level),
        _share(scores, "right", level),
        level,
        tuple(notes),
    )


def _share(scores: Sequence[Score], what: str, level: float) -> Share | None:
    """How often somebody was right among the predictions that say how sure they are."""
    found = [one for one in scores if getattr(one, what) is not None and one.prediction.sure]
    if not found:
        return None
    right = float(sum(getattr(one, what) for one in found))
    said = sum(one.prediction.sure for one in found) / 100 / len(found)
    return Share(right, len(found), said, *share_interval(right, len(found), level))


def _by_unit(scores: Sequence[Score], what: str, kinds: Sequence[str]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for one in scores:
        if one.prediction.kind in kinds and getattr(one, what) is not None:
            unit = "points" if one.prediction.unit == "%" else one.prediction.unit
            found.setdefault(unit, []).append(getattr(one, what))
    return found
