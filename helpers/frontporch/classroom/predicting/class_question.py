"""What a class predicted for one question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .outcome import Outcome
from .predictions import Prediction

OTHER = "another answer"
"""Where a choice is counted that was not offered and that nobody else made."""


@dataclass(frozen=True)
class ClassQuestion:
    """One question and what each student predicted before the result.

    Parameters
    ----------
    question : str
        Which question.
    predictions : tuple of Prediction
        One a student, all of one kind and unit; in no order that tells who made which.
    """

    question: str
    predictions: tuple[Prediction, ...]

    @property
    def kind(self) -> str:
        """Number, choice or curve."""
        return self.predictions[0].kind

    @property
    def unit(self) -> str:
        """Unit of the numbers or heights."""
        return self.predictions[0].unit

    @property
    def students(self) -> int:
        """How many students predicted."""
        return len(self.predictions)

    @cached_property
    def at(self) -> tuple[float, ...]:
        """Dates of the curves: those that most students used."""
        return Counter(one.at for one in self.predictions).most_common(1)[0][0]

    @cached_property
    def heights(self) -> np.ndarray:
        """Numbers, or heights of the curves of these dates; shape (students, dates or 1)."""
        values = [one.value for one in self.predictions if one.at == self.at]
        return np.array(values, float).reshape(len(values), -1)

    @property
    def middle(self) -> list[float]:
        """Median of the numbers, or of the heights at each date."""
        return np.median(self.heights, axis=0).tolist()

    def counts(self, offered: Sequence[str] = ()) -> dict[str, int]:
        """Count the choices: those offered, and those that two students or more made.

        What a single student wrote and nobody offered might tell who it was: it is counted
        as another answer.
        """
        made = Counter(" ".join(str(one.value).split()) for one in self.predictions)
        listed = Counter(
            choice for one in self.predictions for choice in dict.fromkeys(one.choices)
        )
        offered = list(offered) or [name for name, n in listed.most_common(8) if n > 1]
        named = [*offered, *(name for name, n in made.most_common(8) if n > 1)]
        found = {name: made.pop(name, 0) for name in dict.fromkeys(named)}
        return found | ({OTHER: made.total()} if made else {})


def of_one_kind(
    question: str, made: Sequence[Prediction], outcome: Outcome | None
) -> tuple[ClassQuestion | None, list[str]]:
    """Keep the kind and unit of the result, or those that most students used.

    Parameters
    ----------
    question : str
        Which question.
    made : sequence of Prediction
        One a student.
    outcome : Outcome, optional
        Its result.

    Returns
    -------
    ClassQuestion or None
        None where no prediction is of the kind of the result.
    list of str
        What is left out, and why.
    """
    kinds = Counter((one.kind, one.unit) for one in made)
    kind, unit = (outcome.kind, outcome.unit) if outcome else kinds.most_common(1)[0][0]
    kept = tuple(one for one in made if (one.kind, one.unit) == (kind, unit))
    notes = []
    if len(kept) < len(made):
        other = "" if kind == "choice" else " without a unit"
        ending = f" in {unit}" if unit else other
        notes.append(
            f"{question}: {len(made) - len(kept)} of {len(made)} predictions are not a "
            f"{kind}{ending} and are left out."
        )
    if not kept:
        return None, notes
    # By value, so that the order does not tell whose is which.
    one = ClassQuestion(question, tuple(sorted(kept, key=lambda p: str(p.value))))
    others = sum(p.at != one.at for p in kept)
    if others:
        notes.append(
            f"{question}: {others} of {len(kept)} curves have other dates: drawn, but not in the "
            "median and the table."
        )
    return one, notes
