"""Parameters that are assumptions: each has a unit and a range, and is checked."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pandas as pd

from ...rounding import as_given


def assumed(
    default: float, unit: str, low: float = 0.0, high: float = np.inf, *, ends: str = "[)"
) -> Any:
    """Declare a field of a frozen dataclass that is an assumption.

    Parameters
    ----------
    default : float
        What is assumed where nobody says otherwise.
    unit : str
        In what it is measured; "share" for a part of a whole.
    low, high : float
        Its range.
    ends : str
        Which ends belong to it, as in mathematics: "[]", "[)", "(]" or "()".

    Returns
    -------
    dataclasses.Field
    """
    return dataclasses.field(
        default=default, metadata={"unit": unit, "low": low, "high": high, "ends": ends}
    )


class Assumptions:
    """What every set of assumed parameters can do: be checked, and be shown.

    Notes
    -----
    Every number is an assumption of whoever sets it; none is an estimate.
    """

    def __post_init__(self) -> None:
        """Check the ranges."""
        for one in dataclasses.fields(self):  # type: ignore[arg-type]
            if "unit" in one.metadata:
                within(getattr(self, one.name), one.name, **one.metadata)

    def table(self) -> pd.DataFrame:
        """Show each assumption with its unit and its range."""
        rows = [
            (one.name, getattr(self, one.name), one.metadata["unit"], _worded(**one.metadata))
            for one in dataclasses.fields(self)  # type: ignore[arg-type]
            if "unit" in one.metadata
        ]
        return pd.DataFrame(rows, columns=["parameter", "value", "unit", "range"])


def within(value: float, name: str, unit: str, low: float, high: float, ends: str = "[]") -> float:
    """Return a number that is in its range, or say what was expected.

    Examples
    --------
    >>> within(0.3, "margin", "share", 0, 1)
    0.3
    >>> within(30, "margin", "share", 0, 1)
    Traceback (most recent call last):
    ...
    ValueError: margin is 30, but a share from 0 to 1 is needed.
    """
    good = isinstance(value, (int, float, np.number)) and np.isfinite(value)
    good = good and (value > low or (ends[0] == "[" and value == low))
    good = good and (value < high or (ends[1] == "]" and value == high))
    if not good:
        what = "share" if unit == "share" else f"number ({unit})"
        raise ValueError(
            f"{name} is {value}, but a {what} {_worded(unit, low, high, ends)} is needed."
        )
    return value


def _worded(unit: str, low: float, high: float, ends: str) -> str:
    if np.isinf(low) and np.isinf(high):
        return "of any size"
    begins = f"{'from' if ends[0] == '[' else 'above'} {as_given(low)}"
    if np.isinf(high):
        return f"{begins} up" if ends[0] == "[" else begins
    return f"{begins} {'to' if ends[1] == ']' else 'to below'} {as_given(high)}"
