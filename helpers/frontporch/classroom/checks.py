"""Checks that explain: an answer is right, or there is a reason why it is not."""

from __future__ import annotations

import html
import importlib
import math
import numbers
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from ..names import UnknownName, nearest

Answer: TypeAlias = float | str


@dataclass(frozen=True)
class Diagnosis:
    """A wrong answer that people give, and why it is wrong.

    Parameters
    ----------
    wrong : float, str or callable
        The wrong answer, or a function without arguments that works it out.
    reason : str
        What to say to whoever gives it.
    """

    wrong: Answer | Callable[[], Answer]
    reason: str

    @property
    def value(self) -> Answer:
        """The wrong answer itself."""
        return self.wrong() if callable(self.wrong) else self.wrong


@dataclass(frozen=True)
class Exercise:
    """A question with its answer, a hint, a solution and the wrong answers that are explained.

    Parameters
    ----------
    id : str
        Lesson and number, such as "1.2".
    question : str
        What is asked.
    answer : callable
        A function without arguments that works out the right number or choice.
    hint, solution : str
        Shown on request; the solution after a first try.
    diagnoses : tuple of Diagnosis
        Wrong answers with their reasons, at least two.
    absolute_tolerance : float
        How far a number may be off, in `unit`.
    unit : str
        Unit of the number; "%", and none, bring the usual mix-ups of shares and per cent.
    time_like : bool
        Whether the number is a time, so that days, hours and weeks may be mixed up.
    """

    id: str
    question: str
    answer: Callable[[], Answer]
    hint: str
    solution: str
    diagnoses: tuple[Diagnosis, ...] = ()
    absolute_tolerance: float = 0.0
    unit: str = ""
    time_like: bool = False

    def matches(self, given: Answer, expected: Answer) -> bool:
        """Tell whether an answer is the expected one, within the tolerance."""
        if isinstance(expected, str) or isinstance(given, str):
            return str(given).strip().casefold() == str(expected).strip().casefold()
        slack = self.absolute_tolerance + 1e-9 * abs(expected)
        return abs(given - expected) <= slack


@dataclass(frozen=True)
class Verdict:
    """What a check says: right, wrong with a reason, or not answered yet.

    Parameters
    ----------
    right : bool or None
        None where there is no answer yet.
    reason : str
        A sentence.
    """

    right: bool | None
    reason: str

    def __repr__(self) -> str:
        """Give sign and words, so that it is not told by colour alone."""
        sign = {True: "✓ Right", False: "✗ Not right", None: "… Not answered yet"}[self.right]
        return f"{sign}: {self.reason}"

    def _repr_html_(self) -> str:
        edge = {True: "#14A77F", False: "#F04A0A", None: "#505050"}[self.right]
        return (
            f'<div role="status" style="border-left:6px solid {edge};padding:.4em .8em">'
            f"{html.escape(repr(self))}</div>"
        )


_tried: set[str] = set()


def check(exercise_id: str, answer: Any = None) -> Verdict:
    """Check an answer, and say why where it is not right.

    Parameters
    ----------
    exercise_id : str
        Lesson and number, such as "1.2".
    answer : number or str
        The answer; three dots (...) or nothing mean that there is none yet.

    Returns
    -------
    Verdict

    Raises
    ------
    UnknownName
        If there is no such exercise; the message names the nearest.

    Examples
    --------
    >>> check("1.2", ...)
    … Not answered yet: put your answer in place of the three dots and run the cell again.
    >>> check("1.2", "conference 2009").right
    False
    """
    exercise = find(exercise_id)
    if answer is None or answer is ...:
        return Verdict(None, "put your answer in place of the three dots and run the cell again.")
    _tried.add(exercise.id)
    expected = exercise.answer()
    given, problem = _read(answer, expected)
    if problem:
        return Verdict(False, problem)
    if exercise.matches(given, expected):
        unit = f" {exercise.unit}" if exercise.unit else ""
        exact = expected if isinstance(expected, str) else f"{expected:.3g}{unit}"
        return Verdict(True, f"{exact}.")
    for diagnosis in exercise.diagnoses:
        if exercise.matches(given, diagnosis.value):
            return Verdict(False, diagnosis.reason)
    return Verdict(False, _usual(exercise, given, expected))


def find(exercise_id: str) -> Exercise:
    """Give an exercise by its number.

    Raises
    ------
    UnknownName
        If there is none; the message names the nearest.
    """
    known = {one.id: one for one in registered()}
    if str(exercise_id) not in known:
        raise UnknownName(
            f"There is no exercise {exercise_id!r}. {nearest(str(exercise_id), known)}"
        )
    return known[str(exercise_id)]


def registered() -> list[Exercise]:
    """Give all exercises of all lessons, in order."""
    from . import exercises

    found: list[Exercise] = []
    for module in sorted(m.name for m in pkgutil.iter_modules(exercises.__path__)):
        found += importlib.import_module(f"{exercises.__name__}.{module}").EXERCISES
    return found


def hint(exercise_id: str) -> str:
    """Give a hint for an exercise."""
    return find(exercise_id).hint


def solution(exercise_id: str, *, show_anyway: bool = False) -> str:
    """Give the solution of an exercise, after at least one try.

    Parameters
    ----------
    exercise_id : str
        Lesson and number, such as "1.2".
    show_anyway : bool
        Show it without a try.
    """
    exercise = find(exercise_id)
    if exercise.id not in _tried and not show_anyway:
        return (
            f'Try first: put an answer into check("{exercise.id}", …). A wrong one gets a reason.'
        )
    return exercise.solution


def problems(exercise: Exercise) -> list[str]:
    """Say what is wrong with an exercise itself; empty where nothing is."""
    found = [
        f"no {part}" for part in ("hint", "solution", "question") if not getattr(exercise, part)
    ]
    if len(exercise.diagnoses) < 2:
        found.append("fewer than two diagnosed wrong answers")
    expected = exercise.answer()
    values = [expected, *(one.value for one in exercise.diagnoses)]
    for k, one in enumerate(values):
        for other in values[k + 1 :]:
            if exercise.matches(other, one):
                found.append(f"the answers {one!r} and {other!r} cannot be told apart")
    return found


def _read(answer: Any, expected: Answer) -> tuple[Answer, str]:
    """The answer as a number or text, and what is wrong with its kind."""
    if isinstance(expected, str):
        if isinstance(answer, str):
            return answer, ""
        return "", f"this is {answer!r}; the question asks for a name, in quotes."
    if isinstance(answer, str):
        return 0.0, f'this is text; write the number without quotes: 12.5 and not "{answer}".'
    if isinstance(answer, bool) or not isinstance(answer, numbers.Real):
        size = getattr(answer, "size", None) or (len(answer) if hasattr(answer, "__len__") else 0)
        several = f"these are {size} values" if size > 1 else f"this is a {type(answer).__name__}"
        return 0.0, f"{several}; the question asks for one number."
    if math.isnan(answer):
        return 0.0, "this is nan, which means that there is no number: look at the note beside it."
    return float(answer), ""


def _usual(exercise: Exercise, given: Answer, expected: Answer) -> str:
    """Reasons that hold for any exercise of a kind."""
    if isinstance(expected, str):
        named = sorted({str(expected), *(str(one.value) for one in exercise.diagnoses)})
        return f"{given!r} is none of the names asked for: {', '.join(named)}."
    mixed = [
        (-expected, "the sign is turned round."),
        (1 / expected if expected else math.nan, "this is the other way round: divide the other."),
    ]
    if exercise.unit == "%":
        mixed = [
            (expected / 100, "this is a share between 0 and 1; the question asks for per cent."),
            (100 - expected, "this is the rest, those who did not: take it from 100."),
            (1 - expected / 100, "this is the share of the rest; the question asks for per cent."),
            *mixed,
        ]
    elif not exercise.unit and 0 < expected < 1:
        mixed = [
            (100 * expected, "this is per cent; the question asks for a share between 0 and 1."),
            (1 - expected, "this is the rest: take it from 1."),
            *mixed,
        ]
    if exercise.time_like:
        for factor, names in (
            (7, "days and weeks"),
            (24, "hours and days"),
            (168, "hours and weeks"),
        ):
            mixed += [
                (one, f"{names} are mixed up.") for one in (expected * factor, expected / factor)
            ]
    for wrong, reason in mixed:
        # Wide enough for rounding, and not where the answer is nearer.
        nearer = abs(given - wrong) < abs(given - expected)
        if nearer and math.isclose(given, wrong, rel_tol=0.02):
            return reason
    high = "too high" if given > expected else "too low"
    return f"{high}. A hint: hint({exercise.id!r})."
