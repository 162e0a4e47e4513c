"""Why an answer is wrong that no exercise explains: units, shares, signs and rows mixed up."""

from __future__ import annotations

import contextlib
import math
import numbers
import re
from collections.abc import Iterator, Mapping
from typing import Any

from .exercise import Answer, Posed
from .typed import names_typed, number_typed


def read(posed: Posed, answer: Any) -> tuple[Answer | None, str]:
    """Read an answer, typed or worked out, as the question asks for it.

    Parameters
    ----------
    posed : Posed
        What was asked.
    answer : object
        What was answered.

    Returns
    -------
    given : float, str, tuple of str or None
        None where it cannot be read.
    problem : str
        A sentence that says what to type instead; empty where it was read.
    """
    if answer is None or answer is ...:
        return None, "Type an answer first."
    if isinstance(posed.answer, str | tuple):
        return _names(posed, answer)
    return _number(posed, answer)


def _names(posed: Posed, answer: Any) -> tuple[Answer | None, str]:
    asked = choices(posed)
    if isinstance(answer, str) or (
        isinstance(answer, list | tuple) and all(isinstance(one, str) for one in answer)
    ):
        found, problem = names_typed(answer, asked)
        if found is None:
            return None, problem
        return found if isinstance(posed.answer, tuple) else found[0], ""
    such = ", ".join(names[0] for names in asked.values())
    return None, f'The question asks for a name, in quotes, such as "{such}".'


def choices(posed: Posed) -> Mapping[str, tuple[str, ...]]:
    """Give the names that can be answered, by what each choice is called."""
    if posed.exercise.choices:
        return posed.exercise.choices
    right = posed.answer if isinstance(posed.answer, tuple) else (posed.answer,)
    rows: list[set[str]] = [{str(one)} for one in right]
    for wrong, _ in posed.diagnoses:
        parts = wrong if isinstance(wrong, tuple) else (wrong,)
        for names, one in zip(rows, parts, strict=False):
            names.add(str(one))
    names_of = [tuple(sorted(names)) for names in rows]
    if len(names_of) == 1:
        return {"your answer": names_of[0]}
    return {f"part {k}": names for k, names in enumerate(names_of, 1)}


def _number(posed: Posed, answer: Any) -> tuple[float | None, str]:
    if isinstance(answer, str):
        return number_typed(answer, posed.exercise.unit)
    if isinstance(answer, bool) or not isinstance(answer, numbers.Real):
        size = getattr(answer, "size", None) or (len(answer) if hasattr(answer, "__len__") else 0)
        several = (
            f"These are {size} values"
            if size > 1
            else f"This is of the kind {type(answer).__name__}"
        )
        return None, f"{several}, but the question asks for one number."
    if math.isnan(answer):
        return None, "This is nan, which means that there is no number. Look at the note beside it."
    if math.isinf(answer):
        return None, "Type a number that is not infinite."
    return float(answer), ""


def usual(posed: Posed, given: Answer, *, helped: bool = True) -> str:
    """Give the reason for a wrong answer that holds for any exercise of its kind.

    Parameters
    ----------
    posed : Posed
        What was asked.
    given : float, str or tuple of str
        The wrong answer, as `read` gives it.
    helped : bool
        Whether to say where the hint is; feedback on paper has the hint beside it.
    """
    expected = posed.answer
    help_ = f' For a hint: classroom.hint("{posed.exercise.id}").' if helped else ""
    if isinstance(expected, tuple):
        # How many are right would make guessing easy.
        told = f"at least one of the {len(expected)} is not right."
        return f"{told} Look again: {posed.hint}" if helped else told
    if isinstance(expected, str) or not isinstance(given, float | int):
        return f"{_text(given)!r} is not the answer.{help_}"
    for wrong, reason in (*_mixed_up(posed, float(expected)), *_hundredfold(float(expected))):
        # Wide enough for rounding, and not where the answer is nearer.
        nearer = abs(given - wrong) < abs(given - expected)
        if nearer and math.isclose(given, wrong, rel_tol=0.02):
            return reason
    other = _other_numbers(posed, given)
    if other:
        return other
    return f"{'too high' if given > expected else 'too low'}.{help_}"


def _mixed_up(posed: Posed, expected: float) -> Iterator[tuple[float, str]]:
    """Units, shares, signs and times that are mixed up."""
    unit = posed.exercise.unit
    if unit == "%":
        yield expected / 100, "this is a share between 0 and 1; the question asks for per cent."
        yield 100 - expected, "this is the rest, those who did not: take it from 100."
        yield 1 - expected / 100, "this is the share of the rest; the question asks for per cent."
    elif not unit and 0 < expected < 1:
        yield 100 * expected, "this is per cent; the question asks for a share between 0 and 1."
        yield 1 - expected, "this is the rest: take it from 1."
    yield -expected, "the sign is wrong: what you take from what is the other way round."
    if expected:
        yield 1 / expected, "this is upside down: divide the other way round."
    if posed.exercise.time_like:
        for factor, names in (
            (7, "days and weeks"),
            (24, "hours and days"),
            (168, "hours and weeks"),
        ):
            for one in (expected * factor, expected / factor):
                yield one, f"{names} are mixed up."
    if "dollar" in unit:
        yield expected / 1000, "this is in thousands; the question asks for dollars."


def _hundredfold(expected: float) -> Iterator[tuple[float, str]]:
    yield expected * 100, "this is 100 times the answer: look at the unit."
    yield expected / 100, "this is one hundredth of the answer: look at the unit."


def _other_numbers(posed: Posed, given: float) -> str:
    """Say so where an answer is right for the lesson's own numbers, or for those beside yours."""
    class_ = dict(posed.exercise.posed().numbers)
    for numbers_ in (class_, _set_at_first(posed), *_neighbours(posed)):
        if numbers_ == posed.numbers:
            continue
        with contextlib.suppress(Exception):  # no answer for these numbers
            answer = posed.exercise.answer(**numbers_)
            if posed.exercise.matches(given, answer):
                theirs, yours = _told(posed, numbers_)
                return f"this is for {theirs}; your question has {yours}."
    return ""


def _set_at_first(posed: Posed) -> dict[str, Any]:
    """Give the question's numbers with those at which its controls begin."""
    tried = posed.exercise.experiment
    begun = {one.name: one.value for one in tried.controls} if tried else {}
    return {name: begun.get(name, one) for name, one in posed.numbers.items()}


def _neighbours(posed: Posed) -> Iterator[dict[str, Any]]:
    """Give the question's numbers with one of them taken from the row above or below."""
    for name, values in posed.exercise.options.items():
        place = values.index(posed.numbers[name])
        for other in (place - 1, place + 1):
            if 0 <= other < len(values):
                yield dict(posed.numbers) | {name: values[other]}


def _told(posed: Posed, other: Mapping[str, Any]) -> tuple[str, str]:
    """Say the numbers in which two questions differ, with the word that follows each."""
    names = [name for name, one in posed.numbers.items() if other[name] != one]

    def said(numbers_: Mapping[str, Any]) -> str:
        return " and ".join(f"{numbers_[name]}{_word(posed, name)}" for name in names)

    return said(other), said(posed.numbers)


def _word(posed: Posed, name: str) -> str:
    """Give the word after a number where it is what the number counts: "24 hours"."""
    found = re.search(rf"\{{{name}\}} (\w+)", posed.exercise.question)
    alike = found and found[1].rstrip("s") == name.rstrip("s")
    return f" {found[1]}" if found and alike else ""


def _text(given: Answer) -> str:
    return ", ".join(given) if isinstance(given, tuple) else str(given)
