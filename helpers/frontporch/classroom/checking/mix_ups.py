"""Why a number is wrong that no exercise explains: units, shares, signs and times mixed up."""

from __future__ import annotations

import math
import numbers
from typing import Any

from .exercise import Answer, Posed


def read(answer: Any, expected: Answer) -> tuple[Answer, str]:
    """Give an answer as a number or text, and what is wrong with its kind.

    Parameters
    ----------
    answer : object
        What was answered.
    expected : float or str
        The right answer.
    """
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


def usual(posed: Posed, given: Answer) -> str:
    """Give the reason for a wrong answer that holds for any exercise of its kind.

    Parameters
    ----------
    posed : Posed
        What was asked.
    given : float or str
        The wrong answer, as `read` gives it.
    """
    exercise, expected = posed.exercise, posed.answer
    if isinstance(expected, str):
        named = sorted({str(expected), *(str(wrong) for wrong, _ in posed.diagnoses)})
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
