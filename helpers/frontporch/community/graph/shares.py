"""A number from 0 to 1."""

from __future__ import annotations

import numpy as np


def share(value: float, name: str) -> float:
    """Give a number back if it is from 0 to 1, or say that it is not."""
    if isinstance(value, bool) or not isinstance(value, (int, float, np.number)):
        raise TypeError(f"{name} is {value!r}, but must be a number from 0 to 1.")
    if not 0 <= value <= 1:
        raise ValueError(f"{name} is {value!r}, but must be from 0 to 1.")
    return float(value)
