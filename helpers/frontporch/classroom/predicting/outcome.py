"""What came out: the true results that predictions are scored against."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

Truth: TypeAlias = float | str | tuple[float, ...]


@dataclass(frozen=True)
class Outcome:
    """The true result of a question that was predicted.

    Parameters
    ----------
    question : str
        Which question, such as "1.curve".
    truth : callable
        Works it out from the data: takes the dates of a curve (none for a number or a choice)
        and gives a number, a choice, or the heights at these dates, missing (nan) where the
        data do not reach.
    named : str
        What the result is, for a picture: "students online".
    what : str
        What is measured, for an axis: "pairs that met again".
    unit : str
        Unit of the number or the heights; a prediction in another one is not scored.
    dates : str
        What the dates of a curve are, for an axis; those called hours are drawn on a log scale.
    choices : tuple of str
        What could be chosen.
    title : str
        What came out, in a sentence without a full stop: it stands above the picture of the
        result, and so in no cell that is read before.
    """

    question: str
    truth: Callable[[tuple[float, ...]], Truth]
    named: str
    what: str
    unit: str = ""
    dates: str = ""
    choices: tuple[str, ...] = ()
    title: str = ""

    @property
    def kind(self) -> str:
        """Number, choice or curve."""
        return kind(self.truth(()))


def kind(value: Truth) -> str:
    """Tell a number, a choice and a curve apart.

    Examples
    --------
    >>> kind(2.5), kind("online"), kind((10.0, 20.0))
    ('number', 'choice', 'curve')
    """
    if isinstance(value, tuple):
        return "curve"
    return "choice" if isinstance(value, str) else "number"
