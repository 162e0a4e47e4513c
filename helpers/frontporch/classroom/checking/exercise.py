"""An exercise: a question with numbers of its own for every team, and its explained mistakes."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeAlias

from .experiment import Experiment

Answer: TypeAlias = float | str | tuple[str, ...]


@dataclass(frozen=True)
class Diagnosis:
    """A wrong answer that people give, and why it is wrong.

    Parameters
    ----------
    wrong : float, str or callable
        The wrong answer, or a function of the question's numbers that works it out; None
        where nobody can make this mistake with these numbers.
    reason : str or callable
        What to say to whoever gives it.
    """

    wrong: Answer | Callable[..., Answer | None]
    reason: str | Callable[..., str]


@dataclass(frozen=True)
class Exercise:
    """A question with its answer, a hint, a solution and the wrong answers that are explained.

    Parameters
    ----------
    id : str
        Lesson and number, such as "1.2".
    question : str
        What is asked; the numbers of a team stand in braces, such as "{hours}".
    answer : callable
        Works out the right number or choice from the team's numbers, given as keywords.
    hint, solution : str
        Shown on request; the solution after a first try.
    diagnoses : tuple of Diagnosis
        Wrong answers with their reasons, at least two.
    options : mapping of str to tuple
        Every number or name that differs from team to team, with its possible values; the
        first ones are asked where there is no team.
    absolute_tolerance : float
        How far a number may be off, in `unit`.
    unit : str
        Unit of the number; "%", and none, bring the usual mix-ups of shares and per cent.
    time_like : bool
        Whether the number is a time, so that days, hours and weeks may be mixed up.
    choices : mapping of str to tuple of str
        Names to choose from, by what each choice is called; with several of them the answer is
        a tuple, one name each. Empty where a number is asked.
    experiment : Experiment, optional
        What is tried to find the answer, with its controls.
    """

    id: str
    question: str
    answer: Callable[..., Answer]
    hint: str
    solution: str
    diagnoses: tuple[Diagnosis, ...] = ()
    options: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    absolute_tolerance: float = 0.0
    unit: str = ""
    time_like: bool = False
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    experiment: Experiment | None = None

    def posed(self, team: str | None = None) -> Posed:
        """Ask it with the numbers of a team; the same team gets the same ones everywhere."""
        numbers = {}
        for name, values in self.options.items():
            place = 0
            if team is not None:
                drawn = hashlib.sha256(f"{team.strip().casefold()}|{self.id}|{name}".encode())
                place = int.from_bytes(drawn.digest()[:8], "big") % len(values)
            numbers[name] = values[place]
        return Posed(self, MappingProxyType(numbers))

    def ways(self) -> list[Posed]:
        """Give every way in which it can be asked; the first is that without a team."""
        chosen = itertools.product(*self.options.values())
        return [
            Posed(self, MappingProxyType(dict(zip(self.options, values, strict=True))))
            for values in chosen
        ]

    def matches(self, given: Answer, expected: Answer) -> bool:
        """Tell whether an answer is the expected one, within the tolerance."""
        if not isinstance(expected, float | int) or not isinstance(given, float | int):
            return _named(given) == _named(expected)
        slack = self.absolute_tolerance + 1e-9 * abs(expected)
        return abs(given - expected) <= slack


@dataclass(frozen=True)
class Posed:
    """An exercise with one team's numbers.

    Parameters
    ----------
    exercise : Exercise
        What is asked.
    numbers : mapping of str to object
        The team's numbers and names, by their name in the question.
    """

    exercise: Exercise
    numbers: Mapping[str, Any]

    @property
    def question(self) -> str:
        """The question with its numbers in place."""
        return self.exercise.question.format(**self.numbers)

    @property
    def hint(self) -> str:
        """The hint with the numbers in place."""
        return self.exercise.hint.format(**self.numbers)

    @property
    def solution(self) -> str:
        """The solution with the numbers in place."""
        return self.exercise.solution.format(**self.numbers)

    @cached_property
    def answer(self) -> Answer:
        """The right answer."""
        return self.exercise.answer(**self.numbers)

    @cached_property
    def diagnoses(self) -> list[tuple[Answer, str]]:
        """Every wrong answer that can be made with these numbers, and its reason."""
        found = []
        for one in self.exercise.diagnoses:
            wrong = one.wrong(**self.numbers) if callable(one.wrong) else one.wrong
            if wrong is not None:
                reason = one.reason
                found.append((wrong, reason(**self.numbers) if callable(reason) else reason))
        return found

    @property
    def problems(self) -> list[str]:
        """Say what is wrong with the exercise itself; empty where nothing is."""
        parts = ("hint", "solution", "question")
        found = [f"no {part}" for part in parts if not getattr(self, part)]
        if len(self.diagnoses) < 2:
            found.append("fewer than two diagnosed wrong answers")
        values = [self.answer, *(wrong for wrong, _ in self.diagnoses)]
        for one, other in itertools.combinations(values, 2):
            if self.exercise.matches(other, one):
                found.append(f"the answers {one!r} and {other!r} cannot be told apart")
        return found


def _named(answer: Answer) -> tuple[str, ...]:
    """Give names as they are compared: without the spaces and capitals of whoever typed them."""
    several = answer if isinstance(answer, tuple) else (answer,)
    return tuple(str(one).strip().casefold() for one in several)
