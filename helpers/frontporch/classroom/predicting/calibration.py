"""Calibration: whether somebody is right as often as they are sure."""

from __future__ import annotations

import html
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from ... import look
from ...groups import needs
from ...result import Result
from ...rounding import above, decimal, number
from ..checking import teams
from ..course_package import course
from ..shown import Shown
from .outcome import Outcome
from .predictions import Counted, Prediction, counted, on_record, own
from .result import are_open
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
            return "You are overconfident: luck alone does not explain so few"
        if above(self.lower, self.said):
            return "You are underconfident: luck alone does not explain so many"
        if self.n >= FEW:
            return "You are as sure as you should be"
        which = "under" if above(self.right, self.said * self.n) else "over"
        return f"{_many(self.n)} too few to say that you are {which}confident"

    @property
    def times(self) -> str:
        """How often somebody was right, such as "3 times in 4"."""
        return _times(self.right, self.n)

    @property
    def words(self) -> str:
        """How often somebody was right, beside how often others are who are as sure."""
        return (
            f"right {self.times}; people who are {decimal(100 * self.said)} % "
            f"sure are right {_sure(self.said)}. {self.finding}."
        )


def _many(n: int) -> str:
    return "1 prediction is" if n == 1 else f"{n} predictions are"


def _times(right: float, n: int) -> str:
    """Say how often, in whole times: parts of curves as so many in ten."""
    whole = round(right)
    if abs(right - whole) > 1e-9:
        whole, n = round(10 * right / n), 10
    return f"{whole} time{'' if whole == 1 else 's'} in {n}"


def _sure(said: float) -> str:
    """Say a chance as the simplest count that comes near it.

    Examples
    --------
    >>> [_sure(said) for said in (0.8, 1 / 3, 0.725, 1.0)]
    ['4 times in 5', '1 time in 3', '7 times in 10', 'every time']
    """
    part = Fraction(said).limit_denominator(5)
    if abs(part - said) > 0.01:
        part = Fraction(round(10 * said), 10)
    return "every time" if part == 1 else _times(part.numerator, part.denominator)


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
    _again: Callable[[], Calibration] | None = field(default=None, repr=False, compare=False)

    PICTURES: ClassVar[Mapping[str, str]] = {
        "calibration": "frontporch.classroom.predicting.course_picture:plot_calibration"
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
        told = [
            f"Your {what} were {one.words}"
            for one, what in ((self.ranges, "ranges"), (self.choices, "choices"))
            if one
        ]
        for kind in ("curve", "number"):
            for unit, values in _by_unit(self.scores, "distance", (kind,)).items():
                off = f"{number(sum(values) / len(values))} {unit}".strip()
                told.append(
                    f"Your {kind}s were off by {off} on average."
                    if len(values) > 1
                    else f"Your {kind} was off by {off}."
                )
        scored = [one for one in self.scores if one.brier is not None]
        guesses = [(1 - 1 / len(set(one.prediction.choices))) / 2 for one in scored]
        if guesses:
            better = above(sum(guesses), sum(one.brier or 0.0 for one in scored))
            told.append(
                "How sure you were of your choices tells more than a mere guess."
                if better
                else "Mere guesses would have done as well as how sure you were of your choices."
            )
        return (*told, *self.notes)

    def __repr__(self) -> str:
        return "\n".join(self.sentences)

    def _ipython_display_(self) -> None:
        """Show it, and follow the record; IPython shows it as it is where this is not offered."""
        if self._again is None or are_open():
            raise NotImplementedError
        with needs("What a notebook shows"):
            from IPython.display import display

        # Not before its result is shown: how far off a prediction was would tell the result.
        now = self._again()
        place = display(Shown(now._repr_html_(), repr(now)), display_id=True)
        # It lives as long as what it shows.
        object.__setattr__(self, "_shown", _Following(self._again, place))

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{html.escape(one)}</li>" for one in self.sentences)
        told = f'<div role="status"><ul>{items}</ul></div>'
        return told + look.drawn(self.plot()).html() if self.scores else told


class _Following:
    """A calibration on the page, which is worked out anew when something is predicted or shown."""

    def __init__(self, again: Callable[[], Calibration], place: Any) -> None:
        self.again, self.place = again, place
        on_record(self.follow)
        teams.on_change(self.follow)

    def follow(self, _question: str = "") -> None:
        """Show it as it is now."""
        try:
            now = self.again()
        except (ValueError, OSError):
            return  # said where the prediction is recorded
        self.place.update(Shown(now._repr_html_(), repr(now)))


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
    'Your curve was off by 7.78 points.'
    """
    outcomes = course().outcomes() if outcomes is None else outcomes
    if made is not None:
        return _scored([Counted(one) for one in made], outcomes, level)

    def again() -> Calibration:
        seen = {one.about for one in own() if one.kind == "reveal"}
        which = [one for one in counted(own()) if one.prediction.question in seen]
        return _scored(which, outcomes, level)

    return replace(_scored(counted(own()), outcomes, level), _again=again)


def _scored(which: Sequence[Counted], outcomes: Mapping[str, Outcome], level: float) -> Calibration:
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
    said = sum(one.prediction.sure or 0.0 for one in found) / 100 / len(found)
    return Share(right, len(found), said, *share_interval(right, len(found), level))


def _by_unit(scores: Sequence[Score], what: str, kinds: Sequence[str]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for one in scores:
        if one.prediction.kind in kinds and getattr(one, what) is not None:
            unit = "points" if one.prediction.unit == "%" else one.prediction.unit
            found.setdefault(unit, []).append(getattr(one, what))
    return found
