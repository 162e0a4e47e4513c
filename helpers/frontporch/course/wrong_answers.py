"""Wrong answers that can be told apart, whatever the numbers of a team."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..classroom.checking.exercise import Diagnosis


def told_apart(
    answer: Callable[..., float], tolerance: float, diagnoses: Sequence[Diagnosis]
) -> tuple[Diagnosis, ...]:
    """Leave a wrong answer out where it cannot be told from the right one or from one before it.

    Parameters
    ----------
    answer : callable
        Works out the right number, as in `Exercise`.
    tolerance : float
        How far a number may be off.
    diagnoses : sequence of Diagnosis
        Wrong numbers; of two that are alike the first one stays.

    Returns
    -------
    tuple of Diagnosis

    Examples
    --------
    >>> twice = Diagnosis(lambda price: 2 * price, "you doubled it.")
    >>> (known,) = told_apart(lambda price: 8.0, 0.1, [twice])
    >>> known.wrong(price=3), known.wrong(price=4)
    (6, None)
    """

    def only(place: int) -> Diagnosis:
        def wrong(**numbers: Any) -> float | None:
            value = _value(diagnoses[place], numbers)
            others = [answer(**numbers), *(_value(one, numbers) for one in diagnoses[:place])]
            near = (other is not None and abs(value - other) <= 2 * tolerance for other in others)
            return None if value is None or any(near) else value

        return Diagnosis(wrong, diagnoses[place].reason)

    return tuple(map(only, range(len(diagnoses))))


def _value(one: Diagnosis, numbers: dict[str, Any]) -> Any:
    return one.wrong(**numbers) if callable(one.wrong) else one.wrong
