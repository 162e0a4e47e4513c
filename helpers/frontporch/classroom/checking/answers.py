"""Answers by a typed call: what the boxes and buttons of an exercise do, and record."""

from __future__ import annotations

import contextlib
import math
import numbers
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ...names import nearest
from ...rounding import as_given
from ..record import kept
from ..record.entry import Entry, RecordError, Value
from ..shown import Shown, with_code
from .checks import Verdict, find, judged, said
from .exercise import Posed
from .mix_ups import read
from .teams import Team, current

LONGEST = 200
"""Characters that are kept of what somebody typed."""


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
        return f'<p style="font-size:1.05em">{with_code(repr(self))}</p>'


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
    >>> question("1.1").posed.exercise.id
    '1.1'
    """
    name = current().name
    return Question(find(exercise_id).posed(name), name)


def answer(exercise_id: str, answer: Any = None) -> Verdict:
    """Answer a question, have it checked, and record it; the same as typing it into its box.

    Parameters
    ----------
    exercise_id : str
        Lesson and number, such as "1.2".
    answer : number, str or tuple of str
        The answer: a number, or a text as you would type it, such as "40,8 %" or "A, B, A".

    Returns
    -------
    Verdict
        Right, or the reason why not; an answer that was right once stays right.

    Raises
    ------
    UnknownName
        If there is no such exercise; the message names the nearest.

    Examples
    --------
    >>> answer("1.1", "four")
    … Not checked. Type the number in digits: 4.
    """
    now = current()
    posed = find(exercise_id).posed(now.name)
    given, problem = read(posed, answer)
    if given is None:
        return Verdict(None, problem)
    try:
        return recorded(posed, now, given, _as_typed(answer))
    except (RecordError, OSError) as error:
        verdict = judged(posed, given)
        return replace(verdict, reason=f"{verdict.reason} It is not recorded: {error}")


def hint(exercise_id: str) -> Shown:
    """Give a hint for an exercise, and record that it was shown.

    Parameters
    ----------
    exercise_id : str
        Lesson and number, such as "1.2".
    """
    now = current()
    posed = find(exercise_id).posed(now.name)
    show_recorded("hint", posed, now)
    return told(posed.hint)


def solution(exercise_id: str) -> Shown:
    """Give the solution of an exercise, after at least one try.

    Parameters
    ----------
    exercise_id : str
        Lesson and number, such as "1.2".
    """
    now = current()
    posed = find(exercise_id).posed(now.name)
    try:
        tried = tries(posed, now)
    except (RecordError, OSError) as error:
        return told(str(error))
    if not tried:
        return told(f'Try first: `classroom.answer("{posed.exercise.id}", …)` with your answer.')
    show_recorded("solution", posed, now)
    return told(posed.solution)


def told(text: str) -> Shown:
    """Give a text for a notebook, with its code set as code."""
    return Shown(f"<p>{with_code(text)}</p>", text)


def recorded(posed: Posed, team: Team, given: Any, typed: str = "") -> Verdict:
    """Judge an answer and record it; the same answer again is not a second try.

    Raises
    ------
    RecordError
        If the record is damaged or is being written for too long.
    OSError
        If it cannot be written.
    """
    verdict = judged(posed, given)
    before = tries(posed, team)
    if not before or before[-1].value != given:
        kept.add(
            "answer",
            posed.exercise.id,
            given,
            team=team.name or "",
            asked=dict(posed.numbers),
            details={"typed": typed[:LONGEST] or said(posed, given), "right": verdict.right},
        )
    return with_earlier(posed, verdict, before)


def with_earlier(posed: Posed, verdict: Verdict, before: list[Entry]) -> Verdict:
    """Add to a wrong answer that an earlier one was right, and counts."""
    right = [one.value for one in before if is_right(posed, one.value)]
    if verdict.right is False and right:
        counts = f"Your earlier answer, {said(posed, _answer(right[0]))}, was right and counts."
        return replace(verdict, reason=f"{verdict.reason} {counts}")
    return verdict


def tries(posed: Posed, team: Team) -> list[Entry]:
    """Give what a team answered to a question with these numbers, in order.

    Raises
    ------
    RecordError
        If the record is damaged.
    """
    asked = {name: _kept(one) for name, one in posed.numbers.items()}
    return [
        one
        for one in kept.entries()
        if one.kind == "answer"
        and one.about == posed.exercise.id
        and _same(one.team, team.name or "")
        and dict(one.asked) == asked
    ]


def is_right(posed: Posed, value: Value) -> bool:
    """Whether a recorded value is the right answer."""
    if value is None or isinstance(value, float | int) != isinstance(posed.answer, float | int):
        return False
    return posed.exercise.matches(_answer(value), posed.answer)


def show_recorded(kind: str, posed: Posed, team: Team) -> None:
    """Record once that a hint or a solution was shown; it is shown also where that fails."""
    about = posed.exercise.id
    with contextlib.suppress(RecordError, OSError):
        if not any(
            (one.kind, one.about, one.team) == (kind, about, team.name or "")
            for one in kept.entries()
        ):
            kept.add(kind, about, team=team.name or "", asked=dict(posed.numbers))


def _same(one: str, other: str) -> bool:
    """Whether two names are one team, whose questions have the same numbers."""
    return one.strip().casefold() == other.strip().casefold()


def _answer(value: Value) -> Any:
    return tuple(str(one) for one in value) if isinstance(value, tuple) else value


def _kept(value: Any) -> Any:
    """Give a number of a question as the record gives it back."""
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, list | tuple):
        return tuple(_kept(one) for one in value)
    return value.item() if hasattr(value, "item") else value


def _as_typed(answer: Any) -> str:
    if isinstance(answer, numbers.Real) and math.isfinite(answer):
        return as_given(round(float(answer), 10))
    return answer if isinstance(answer, str) else ", ".join(map(str, answer))
