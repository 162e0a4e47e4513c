"""What the answers of a hand-in are worth: worked out anew, whatever the file says of itself."""

from __future__ import annotations

import numbers
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...rounding import as_given
from ..checking.exercise import Exercise, Posed
from ..checking.mix_ups import usual
from ..handing_in.hand_in_file import HandIn
from ..record.entry import Entry, Value
from .safe_text import shown

RIGHT, WRONG, OPEN, UNGRADED = "right", "wrong", "not answered", "not graded"


@dataclass(frozen=True)
class Mark:
    """What became of one exercise.

    Parameters
    ----------
    exercise : str
        Its number.
    verdict : str
        right, wrong, not answered or not graded.
    given : float, str or tuple, optional
        The answer that counts: the right one, or the last.
    reason : str
        Why it is wrong.
    tries : int
        How many answers counted, as long as none was right.
    slips : tuple of (str, str)
        Each wrong try: what a class's mistakes are counted by, and the reason with these numbers.
    remarks : tuple of str
        What does not count and why; what an instructor should know.
    """

    exercise: str
    verdict: str
    given: Value = None
    reason: str = ""
    tries: int = 0
    slips: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def points(self) -> int:
        """One for a right answer."""
        return int(self.verdict == RIGHT)


class AnswerKey:
    """What is right for each team; worked out once for all teams with the same numbers.

    Parameters
    ----------
    exercises : sequence of Exercise
        Of one lesson.
    """

    def __init__(self, exercises: Sequence[Exercise]) -> None:
        self.exercises = [replace(one, answer=_once(one.answer)) for one in exercises]
        self._posed: dict[tuple[str, str], Posed] = {}

    def posed(self, exercise: Exercise, team: str) -> Posed:
        """Ask an exercise with the numbers of a team; the class's where it has no name."""
        asked = exercise.posed(team or None)
        return self._posed.setdefault((exercise.id, repr(dict(asked.numbers))), asked)

    def marks(self, hand_in: HandIn, most: int | None = None) -> list[Mark]:
        """Mark every exercise of a hand-in.

        Parameters
        ----------
        hand_in : HandIn
            What was handed in.
        most : int, optional
            How many tries count; all without it.
        """
        return [self._mark(hand_in, one, most) for one in self.exercises]

    def _mark(self, hand_in: HandIn, exercise: Exercise, most: int | None) -> Mark:
        about = [one for one in hand_in.entries if one.about == exercise.id]
        given = [one for one in about if one.kind == "answer"]
        own = _without_repeats([one for one in given if hand_in.of_this_team(one)])
        remarks = [*_of_others(hand_in, exercise.id, given)]
        if not own:
            return Mark(exercise.id, OPEN, remarks=tuple(remarks))
        posed = self.posed(exercise, hand_in.team)
        if any(not _same_numbers(one.asked, posed.numbers) for one in own):
            remarks.append(
                f"{exercise.id} was asked with other numbers than this kit asks: it was made with "
                "another version of the kit."
            )
        try:
            made = _tried(posed, own, most)
        except Exception as error:  # a question of the course that cannot be worked out
            told = f"{exercise.id} cannot be worked out for this team: {shown(str(error))}"
            return Mark(exercise.id, UNGRADED, own[-1].value, told, remarks=(*remarks, told))
        if made.verdict == RIGHT and _seen_before(about, made.given):
            remarks.append(f"The solution of {exercise.id} was shown before the right answer.")
        late = len(own) - made.tries
        if late and made.verdict != RIGHT:
            first = "first try" if most == 1 else f"first {most} tries"
            remarks.append(f"Only the {first} of {exercise.id} count.")
        return replace(made, remarks=tuple(remarks))

    def right(self, hand_in: HandIn, one: Entry) -> bool | None:
        """Tell whether an answer is right; None where it cannot be told.

        Parameters
        ----------
        hand_in : HandIn
            What was handed in; only answers under its own team can be judged.
        one : Entry
            The answer.
        """
        exercise = next((each for each in self.exercises if each.id == one.about), None)
        if exercise is None or not hand_in.of_this_team(one):
            return None
        try:
            return judged(self.posed(exercise, hand_in.team), one.value)[0]
        except Exception:  # as in a mark: the question cannot be worked out for this team
            return None


def _once(answer: Callable[..., Any]) -> Callable[..., Any]:
    """Work out each answer once: why one is wrong is told by those to the numbers beside it."""
    known: dict[str, Any] = {}

    def worked_out(**numbers_: Any) -> Any:
        asked = repr(sorted(numbers_.items()))
        if asked not in known:
            known[asked] = answer(**numbers_)
        return known[asked]

    return worked_out


def judged(posed: Posed, given: Any) -> tuple[bool, str, str]:
    """Judge an answer.

    Parameters
    ----------
    posed : Posed
        The question with the team's numbers.
    given : object
        A number, a name or several names, as a stranger's file has it.

    Returns
    -------
    bool, str, str
        Whether it is right, why it is not, and what a class's answers are counted by: the same
        for all teams that made the same mistake.
    """
    exercise, expected = posed.exercise, posed.answer
    problem = _of_another_kind(given, expected)
    if problem:
        return False, problem, problem
    if exercise.matches(given, expected):
        return True, "", ""
    for place, (wrong, reason) in enumerate(posed.diagnoses, 1):
        if exercise.matches(given, wrong):
            return False, reason, f"diagnosis {place}"
    reason = usual(posed, given, helped=False)
    # Teams have other numbers, and make the same mistake.
    return False, reason, re.sub(r"\d[\d.,]*", "#", reason)


def _tried(posed: Posed, own: Sequence[Entry], most: int | None) -> Mark:
    reason, counted = "", own[:most]
    slips: list[tuple[str, str]] = []
    for tries, one in enumerate(counted, 1):
        right, reason, slip = judged(posed, one.value)
        if right:
            return Mark(posed.exercise.id, RIGHT, one.value, "", tries, tuple(slips))
        slips.append((slip, reason))
    last = counted[-1]
    return Mark(posed.exercise.id, WRONG, last.value, reason, len(counted), tuple(slips))


def _of_another_kind(given: Any, expected: Any) -> str:
    if isinstance(expected, numbers.Real):
        number = isinstance(given, numbers.Real) and not isinstance(given, bool)
        return "" if number else "the question asks for one number."
    wanted = len(expected) if isinstance(expected, tuple) else 1
    several = given if isinstance(given, tuple) else (given,)
    if not all(isinstance(one, str) for one in several):
        return "the question asks for a name."
    return "" if len(several) == wanted else f"the question asks for {wanted} names."


def _without_repeats(own: Sequence[Entry]) -> list[Entry]:
    """Leave out an answer that is the same as the one before: a second click is no try."""
    return [one for k, one in enumerate(own) if k == 0 or one.value != own[k - 1].value]


def _of_others(hand_in: HandIn, exercise: str, given: Sequence[Entry]) -> list[str]:
    others = Counter(one.team for one in given if not hand_in.of_this_team(one))
    return [
        f"{exercise} was answered {'once' if count == 1 else f'{count} times'} as "
        f"{f'team {shown(team)}' if team else 'no team'}: this does not count for "
        f"{f'team {shown(hand_in.team)}' if hand_in.team else 'the numbers of the class'}."
        for team, count in others.items()
    ]


def _seen_before(about: Sequence[Entry], right: Value) -> bool:
    for one in about:
        if one.kind == "solution":
            return True
        if one.kind == "answer" and one.value == right:
            return False
    return False


def _same_numbers(asked: Mapping[str, Any], numbers_: Mapping[str, Any]) -> bool:
    """Whether a question was asked with these numbers, as far as the file says it."""
    if not asked:
        return True
    return set(asked) == set(numbers_) and all(
        _alike(one, numbers_[name]) for name, one in asked.items()
    )


def _alike(one: Any, other: Any) -> bool:
    if isinstance(other, list | tuple):
        return isinstance(one, tuple) and len(one) == len(other) and all(map(_alike, one, other))
    if isinstance(other, numbers.Real) and isinstance(one, numbers.Real):
        return abs(float(one) - float(other)) <= 1e-9 * max(1.0, abs(float(other)))
    return bool(one == other)


def said(value: Value) -> str:
    """Give an answer as it is shown in a sentence.

    Examples
    --------
    >>> said(40.8), said(("A", "B")), said(None)
    ('40.8', 'A, B', '')
    """
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(said(one) for one in value)
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        return shown(str(value))
    return as_given(float(value))
