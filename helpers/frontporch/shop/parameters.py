"""Numbers of a model that say what they are: unit, usual range, and what supports them."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from ..fans.returns.assumptions import within
from ..names import UnknownName, nearest
from ..rounding import as_given

ASSUMED = "assumption"
"""What a number is called that no study supports."""
Kind = TypeVar("Kind", bound="Changeable")


def parameter(
    default: float,
    unit: str,
    usual: tuple[float, float],
    meaning: str,
    support: str = ASSUMED,
    *,
    upto: float = np.inf,
) -> Any:
    """Declare a number of a frozen dataclass.

    Parameters
    ----------
    default : float
        What it is where nobody says otherwise.
    unit : str
        In what it is measured.
    usual : tuple of 2 floats
        The range within which worlds are drawn.
    meaning : str
        What it does, in a few words.
    support : str
        What is known of it: the claim whose studies give its sign, or "assumption".
    upto : float
        The highest number that makes sense; the lowest is 0.

    Returns
    -------
    dataclasses.Field
    """
    return dataclasses.field(
        default=default,
        metadata={
            "unit": unit,
            "usual": usual,
            "meaning": meaning,
            "support": support,
            "upto": upto,
        },
    )


class Changeable:
    """A frozen dataclass that can be had with some values changed."""

    def but(self: Kind, **changed: Any) -> Kind:
        """Give the same with some values changed.

        Raises
        ------
        UnknownName
            If there is no such value; the nearest is named.
        """
        known = [one.name for one in dataclasses.fields(self)]  # type: ignore[arg-type]
        for name in changed:
            if name not in known:
                kind = type(self).__name__
                raise UnknownName(f"{kind} has no {name!r}. {nearest(name, known)}")
        return dataclasses.replace(self, **changed)  # type: ignore[type-var]


class Parameters(Changeable):
    """What every set of such numbers can do: be checked, be changed, and be shown."""

    def __post_init__(self) -> None:
        """Check each number against what makes sense."""
        for one in numbers_of(self):
            upto = one.metadata["upto"]
            ends = "[]" if np.isfinite(upto) else "[)"
            within(getattr(self, one.name), one.name, one.metadata["unit"], 0.0, upto, ends)

    def table(self) -> pd.DataFrame:
        """List every number: its value, unit, usual range, meaning and support."""
        rows = [
            (
                one.name,
                getattr(self, one.name),
                one.metadata["unit"],
                *one.metadata["usual"],
                one.metadata["meaning"],
                one.metadata["support"],
            )
            for one in numbers_of(self)
        ]
        columns = ["parameter", "value", "unit", "lowest", "highest", "meaning", "support"]
        return pd.DataFrame(rows, columns=columns)


def numbers_of(what: Any) -> list[dataclasses.Field[Any]]:
    """Give the fields that were declared by `parameter`."""
    return [one for one in dataclasses.fields(what) if "usual" in one.metadata]


def whole(value: Any, name: str, low: int, high: float = np.inf) -> int:
    """Return a whole number that is in its range, or say what was expected.

    Examples
    --------
    >>> whole(4, "shops", 1, 16)
    4
    >>> whole(2.5, "weeks", 1)
    Traceback (most recent call last):
    ValueError: weeks is 2.5, but must be a whole number from 1 up.
    """
    good = isinstance(value, (int, float, np.number)) and not isinstance(value, bool)
    if not (good and np.isfinite(value) and value == int(value) and low <= value <= high):
        upto = f"to {as_given(high)}" if np.isfinite(high) else "up"
        raise ValueError(f"{name} is {value!r}, but must be a whole number from {low} {upto}.")
    return int(value)
