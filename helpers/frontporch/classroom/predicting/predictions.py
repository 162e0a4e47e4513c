"""Predictions, recorded in the student's record before the result is seen."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...rounding import as_given, decimal
from ..checking import teams
from ..record import kept
from ..record.entry import Entry
from .commitment import Height, certainty, checked, number


@dataclass(frozen=True)
class Prediction:
    """What somebody expected, and why.

    Parameters
    ----------
    question : str
        Which question, such as "1.curve".
    value : float, str or tuple of float
        A number, a choice, or the heights of a curve.
    at : tuple of float
        Where a curve has these heights; empty otherwise.
    unit : str
        Unit of the number or the heights.
    because : str
        The reason given, in one line.
    sure : float, optional
        How sure, in per cent: that the choice is right, or that the truth lies in the range.
    low, high : float or tuple of float, optional
        The range of a number, or of each height of a curve.
    choices : tuple of str
        What a choice was made from; empty where it was not said.
    recorded_at : str
        When it was recorded (UTC); two predictions are equal whatever their time.
    """

    question: str
    value: float | str | tuple[float, ...]
    at: tuple[float, ...] = ()
    unit: str = ""
    because: str = ""
    sure: float | None = None
    low: Height | None = None
    high: Height | None = None
    choices: tuple[str, ...] = ()
    recorded_at: str = field(default="", compare=False)

    @property
    def kind(self) -> str:
        """Number, choice or curve."""
        if isinstance(self.value, tuple):
            return "curve"
        return "choice" if isinstance(self.value, str) else "number"

    @property
    def words(self) -> str:
        """What was expected, how sure, and why; without the question's name and the time."""
        unit = f" {self.unit}" if self.unit else ""
        told = repr(self.value) if isinstance(self.value, str) else _listed(self.value) + unit
        if self.low is not None and self.high is not None and self.sure is not None:
            between = f"{_listed(self.low)} to {_listed(self.high)}{unit}"
            told += f" ({decimal(self.sure)} % sure: {between})"
        elif self.sure is not None:
            told += f" ({decimal(self.sure)} % sure)"
        return told + (f", because {self.because}" if self.because else "")

    def __repr__(self) -> str:
        """Say it in words; without the time, so that it is the same on every day."""
        return f"Prediction {self.question}: {self.words}"


@dataclass(frozen=True)
class Counted:
    """The prediction of a question that counts.

    Parameters
    ----------
    prediction : Prediction
        The last that was recorded before the result was shown.
    records : int
        How many were recorded.
    late : bool
        Whether all of them were recorded after the result was shown; then it is the newest.
    """

    prediction: Prediction
    records: int = 1
    late: bool = False


def predict(
    question: str,
    value: float | str | Sequence[float],
    *,
    at: Sequence[float] = (),
    unit: str = "",
    because: str = "",
    sure: float | None = None,
    between: tuple[Any, Any] | None = None,
    choices: Sequence[str] = (),
) -> Prediction:
    """Record what you expect, before you see the result, and how sure you are of it.

    Every prediction is added to your record, and none is ever overwritten: the last one before
    the result is shown counts.

    Parameters
    ----------
    question : str
        Which question, such as "1.curve".
    value : float, str or sequence of float
        A number, a choice, or the heights of a curve at the dates `at`.
    at : sequence of float
        Dates of a curve, as many as heights, rising.
    unit : str
        Unit; "%" keeps numbers from 0 to 100.
    because : str
        One line why.
    sure : float, optional
        How sure you are, in per cent. Of a choice: from 100 shared among all choices (a mere
        guess) to 100; `choices` must then be given. Of a range: from 50 to 99, 80 where
        nothing is said.
    between : tuple of two, optional
        The ends of the range in which the truth lies, `sure` per cent sure; of a curve each end
        is a sequence with one number a date. Half of what is left over should lie below the
        range, half above.
    choices : sequence of str
        Everything that could have been chosen.

    Returns
    -------
    Prediction

    Raises
    ------
    ValueError
        If the value does not fit; the message says what was expected.
    RecordError
        If the record is damaged; it is left as it is.
    """
    if between is not None and len(between) != 2:
        raise ValueError("between has two ends: give it as (low, high).")
    low, high = (None, None) if between is None else between
    made = _fitting(str(question), value, at, unit, because, choices, (sure, low, high))
    told = {name: getattr(made, name) for name in _DETAILS}
    new = kept.add(
        "prediction",
        made.question,
        made.value,
        team=_team(),
        details={name: one for name, one in told.items() if one not in (None, "", ())},
    )
    recorded = of_entry(new)
    tell(made.question)
    return recorded


_DETAILS = ("at", "unit", "because", "sure", "low", "high", "choices")


def prediction(question: str) -> Prediction | None:
    """Give the prediction that counts; None where there is none.

    It is the last before the result was shown. Where none was recorded before, it is the newest.

    Parameters
    ----------
    question : str
        Which question.
    """
    found = {one.prediction.question: one for one in counted(own())}.get(str(question))
    return found.prediction if found else None


def predictions() -> list[Prediction]:
    """Give every prediction in the order in which they were recorded."""
    return readable(kept.entries())


def own() -> list[Entry]:
    """Give the entries of the team that works now, and those from before a team was named."""
    return of_team(kept.entries(), _team())


def of_team(entries: Iterable[Entry], team: str) -> list[Entry]:
    """Keep the entries of a team, and those from before a team was named."""
    names = {"", _folded(team)}
    return [one for one in entries if _folded(one.team) in names]


def readable(entries: Iterable[Entry]) -> list[Prediction]:
    """Give the predictions among entries; what does not fit together is passed over."""
    return [made for one in entries if (made := _prediction(one))]


def counted(entries: Iterable[Entry]) -> list[Counted]:
    """Give the prediction that counts of each question, in the order of the first records.

    Parameters
    ----------
    entries : iterable of Entry
        Of one student or team, in the order in which they were recorded.

    Examples
    --------
    >>> def guess(value):
    ...     return Entry("prediction", "5.strangers", value)
    >>> shown = Entry("reveal", "5.strangers")
    >>> counted([guess(10.0), guess(30.0), shown, guess(42.0)])[0].prediction.value
    30.0
    >>> counted([shown, guess(42.0)])[0].late
    True
    """
    found: dict[str, Counted] = {}
    shown = set()
    for one in entries:
        if one.kind == "reveal":
            shown.add(one.about)
        made = _prediction(one)
        if made is None:
            continue
        before = found.get(one.about)
        late = one.about in shown
        kept_before = before is not None and late and not before.late
        counts = before.prediction if before and kept_before else made
        records = before.records + 1 if before else 1
        found[one.about] = Counted(counts, records, late and not kept_before)
    return list(found.values())


def of_entry(entry: Entry) -> Prediction:
    """Give an entry of a record as a prediction.

    Raises
    ------
    ValueError
        If its parts do not fit together.

    Examples
    --------
    >>> of_entry(Entry("prediction", "9.profit", -1.6, details={"unit": "k$"}))
    Prediction 9.profit: -1.6 k$
    """
    told = entry.details
    at, choices = told.get("at", ()), told.get("choices", ())
    unit, because = told.get("unit", ""), told.get("because", "")
    if not all(isinstance(one, tuple) for one in (at, choices)):
        raise ValueError("dates and choices come in lists.")
    if not all(isinstance(one, str) for one in (unit, because, *choices)):
        raise ValueError("unit, reason and choices are texts.")
    sure = told.get("sure"), told.get("low"), told.get("high")
    made = _fitting(entry.about, entry.value, at, unit, because, choices, sure)
    return Prediction(**{**vars(made), "recorded_at": entry.at})


def on_record(listener: Callable[[str], None]) -> None:
    """Have a method called with the question when a prediction is recorded or its result shown.

    Whose object is gone is forgotten.
    """
    _listeners.append(weakref.WeakMethod(listener))


def tell(question: str) -> None:
    """Tell all who show something of a question that its record has changed."""
    for held in [*_listeners]:
        listener = held()
        if listener is None:
            _listeners.remove(held)
        else:
            listener(question)


_listeners: list[weakref.WeakMethod[Callable[[str], None]]] = []


def _fitting(
    question: str,
    value: Any,
    at: Sequence[Any],
    unit: str,
    because: str,
    choices: Sequence[str],
    sure_low_high: tuple[Any, Any, Any],
) -> Prediction:
    """Make a prediction of what fits together."""
    dates = tuple(number(one, "") for one in at)
    fits = checked(value, dates, unit, rising=False)
    said = certainty(fits, unit, choices, *sure_low_high)
    return Prediction(question, fits, dates, unit, because, *said, tuple(choices))


def _prediction(entry: Entry) -> Prediction | None:
    if entry.kind != "prediction":
        return None
    try:
        return of_entry(entry)
    except (ValueError, OverflowError):  # a whole number beyond any float
        return None


def _team() -> str:
    return teams.current().name or ""


def _folded(team: str) -> str:
    return team.strip().casefold()


def _listed(heights: Height) -> str:
    several = heights if isinstance(heights, tuple) else (heights,)
    return ", ".join(as_given(height) for height in several)
