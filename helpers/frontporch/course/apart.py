"""Wrong answers that can be told apart, whatever a team's numbers are."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from ..classroom.checking.exercise import Answer, Diagnosis, Exercise


def apart(exercise: Exercise) -> Exercise:
    """Leave a wrong answer out where it could pass for the right one, or for one before it.

    Parameters
    ----------
    exercise : Exercise
        Its wrong answers, the likeliest first.

    Returns
    -------
    Exercise

    Examples
    --------
    >>> asked = apart(Exercise(
    ...     id="11.1", question="what does a regular tip in {visits} visits?",
    ...     answer=lambda visits: 2.0 * visits, hint="multiply", solution="2 times {visits}",
    ...     diagnoses=(Diagnosis(lambda visits: 2.0 + visits, "you added; multiply."),),
    ...     options={"visits": (5, 2)}, absolute_tolerance=0.5,
    ... ))
    >>> [way.diagnoses for way in asked.ways()]
    [[(7.0, 'you added; multiply.')], []]
    """

    @cache
    def wrong(place: int, *numbers: tuple[str, Any]) -> Answer | None:
        one, told = exercise.diagnoses[place].wrong, dict(numbers)
        found = one(**told) if callable(one) else one
        if found is None:
            return None
        others = [exercise.answer(**told), *(wrong(before, *numbers) for before in range(place))]
        near = any(other is not None and exercise.matches(found, other) for other in others)
        return None if near else found

    diagnoses = tuple(
        Diagnosis(lambda place=place, **told: wrong(place, *told.items()), one.reason)
        for place, one in enumerate(exercise.diagnoses)
    )
    return replace(exercise, diagnoses=diagnoses)
