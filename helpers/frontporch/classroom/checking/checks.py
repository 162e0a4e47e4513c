"""Checks that explain: an answer is right, or there is a reason why it is not."""

from __future__ import annotations

import html
import math
import numbers
from dataclasses import dataclass
from typing import Any

from ...names import UnknownName, nearest
from ...rounding import number
from ..course_package import course
from .exercise import Exercise, Posed
from .mix_ups import read, usual
from .teams import current


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


@dataclass(frozen=True)
class Question:
    """A question with the team's own numbers; each of them is an attribute.

    Parameters
    ----------
    posed : Posed
        The exercise with its numbers.
    team : str or None
        Whose numbers these are; None where they are the class's.
    """

    posed: Posed
    team: str | None

    def __getattr__(self, name: str) -> Any:
        numbers_ = object.__getattribute__(self, "posed").numbers
        if name.startswith("_") or name not in numbers_:
            raise AttributeError(f"The question has no {name!r}. {nearest(name, numbers_)}")
        return numbers_[name]

    def __repr__(self) -> str:
        """Say whose question it is, and what is asked."""
        whose = f"for team {self.team}" if self.team else "with the class's numbers"
        return f"{self.posed.exercise.id}, {whose}: {self.posed.question}"

    def _repr_html_(self) -> str:
        return f'<p style="font-size:1.05em">{html.escape(repr(self))}</p>'


_given: dict[str, Any] = {}


def question(exercise_id: str) -> Question:
    """Ask a question with the numbers of your team.

    Parameters
    ----------
    exercise_id : str
        Lesson and number, such as "1.4".

    Returns
    -------
    Question
        Its numbers are attributes, such as ``question("1.1").hours``.

    Raises
    ------
    UnknownName
        If there is no such exercise; the message names the nearest.

    Examples
    --------
    >>> question("1.1").hours
    24
    """
    name = current().name
    return Question(find(exercise_id).posed(name), name)


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
    verdict = judge(exercise_id, answer, current().name)
    if verdict.right is None:
        _given.pop(str(exercise_id), None)
    else:
        _given[str(exercise_id)] = answer
    return verdict


def judge(exercise_id: str, answer: Any, team: str | None = None) -> Verdict:
    """Judge an answer to the question of a team; nothing is remembered.

    Parameters
    ----------
    exercise_id : str
        Lesson and number, such as "1.2".
    answer : number or str
        The answer; three dots or None mean that there is none.
    team : str, optional
        Whose numbers were asked; the class's without it.

    Raises
    ------
    UnknownName
        If there is no such exercise; the message names the nearest.
    """
    exercise = find(exercise_id)
    if answer is None or answer is ...:
        return Verdict(None, "put your answer in place of the three dots and run the cell again.")
    posed = exercise.posed(team)
    given, problem = read(answer, posed.answer)
    if problem:
        return Verdict(False, problem)
    if exercise.matches(given, posed.answer):
        unit = f" {exercise.unit}" if exercise.unit else ""
        exact = posed.answer if isinstance(posed.answer, str) else f"{number(posed.answer)}{unit}"
        return Verdict(True, f"{exact}.")
    for wrong, reason in posed.diagnoses:
        if exercise.matches(given, wrong):
            return Verdict(False, reason)
    return Verdict(False, usual(posed, given))


def handed_in() -> dict[str, Any]:
    """Give what a notebook hands in: its team, and the last answer to each check.

    Returns
    -------
    dict
        `team` (str or None) and `answers`, by exercise; numbers and texts as they are, of
        anything else its kind, so that all of it can be written as JSON.
    """
    return {"team": current().name, "answers": {k: _plain(v) for k, v in _given.items()}}


def find(exercise_id: str) -> Exercise:
    """Give an exercise by its number.

    Raises
    ------
    UnknownName
        If there is none; the message names the nearest.
    """
    wanted = str(exercise_id)
    for one in registered(wanted.split(".")[0]):
        if one.id == wanted:
            return one
    known = [one.id for one in registered()]
    raise UnknownName(f"There is no exercise {exercise_id!r}. {nearest(wanted, known)}")


def registered(lesson: str | None = None) -> list[Exercise]:
    """Give the exercises of a lesson of the course that is plugged in, or of all its lessons."""
    return course().exercises(lesson)


def hint(exercise_id: str) -> str:
    """Give a hint for an exercise."""
    return find(exercise_id).posed(current().name).hint


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
    if exercise.id not in _given and not show_anyway:
        return (
            f'Try first: put an answer into check("{exercise.id}", …). A wrong one gets a reason.'
        )
    return exercise.posed(current().name).solution


def _plain(answer: Any) -> float | str:
    if isinstance(answer, str):
        return answer
    if isinstance(answer, numbers.Real) and not isinstance(answer, bool) and math.isfinite(answer):
        return float(answer)
    return f"<{type(answer).__name__}>"
