"""Checks that explain: an answer is right, or there is a reason why it is not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ...names import UnknownName, nearest
from ...rounding import number
from ..course_package import course
from ..shown import with_code
from .exercise import Answer, Exercise, Posed
from .mix_ups import read, usual


@dataclass(frozen=True)
class Verdict:
    """What a check says: right, wrong with a reason, or what to type instead.

    Parameters
    ----------
    right : bool or None
        None where there is no answer that could be read.
    reason : str
        A sentence.
    """

    right: bool | None
    reason: str

    def __repr__(self) -> str:
        """Give sign and words, so that it is not told by colour alone."""
        sign = {True: "✓ Right:", False: "✗ Not right:", None: "… Not checked."}[self.right]
        return f"{sign} {self.reason}"

    def _repr_html_(self) -> str:
        edge = {True: "#14A77F", False: "#F04A0A", None: "#505050"}[self.right]
        return (
            f'<div role="status" style="border-left:6px solid {edge};padding:.4em .8em">'
            f"{with_code(repr(self))}</div>"
        )


def judge(exercise_id: str, answer: Any, team: str | None = None) -> Verdict:
    """Judge an answer to the question of a team; nothing is remembered.

    Parameters
    ----------
    exercise_id : str
        Lesson and number, such as "1.2".
    answer : number, str or tuple of str
        The answer, as a number or as somebody typed it.
    team : str, optional
        Whose numbers were asked; the class's without it.

    Raises
    ------
    UnknownName
        If there is no such exercise; the message names the nearest.
    """
    posed = find(exercise_id).posed(team)
    given, problem = read(posed, answer)
    return Verdict(None, problem) if given is None else judged(posed, given)


def judged(posed: Posed, given: Answer) -> Verdict:
    """Judge an answer that was read.

    Parameters
    ----------
    posed : Posed
        What was asked.
    given : float, str or tuple of str
        As `mix_ups.read` gives it.
    """
    exercise = posed.exercise
    if exercise.matches(given, posed.answer):
        return Verdict(True, f"{said(posed, posed.answer)}.")
    for wrong, reason in posed.diagnoses:
        if exercise.matches(given, wrong):
            return Verdict(False, reason)
    return Verdict(False, usual(posed, given))


def said(posed: Posed, answer: Answer) -> str:
    """Say an answer as the question asks for it."""
    if isinstance(answer, tuple):
        return ", ".join(answer)
    if isinstance(answer, str):
        return answer
    unit = posed.exercise.unit
    return f"{number(answer)} {unit}".strip()


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
