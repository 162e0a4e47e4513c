"""Where lines of a picture cross: only where both sides of the crossing can be seen."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..rounding import nought
from .axis_values import value_teller

SEEN = 1e-6
"""Share of the longest value below which nobody sees a difference in a picture."""
Line = tuple[str, NDArray[np.float64], NDArray[np.float64]]
"""Name, places from left to right, and values."""


def crossings(lines: list[Line], axis: Any) -> list[str]:
    """Tell where two lines cross, if there are two to four of them.

    Lines that meet at an end, or touch without changing sides, do not cross.

    Parameters
    ----------
    lines : list of (str, numpy.ndarray, numpy.ndarray)
        Name, places and values; lines that go back and forth are left out.
    axis
        matplotlib axis of the places.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> at, axis = np.arange(3.0), Figure().subplots().xaxis
    >>> crossings([("up", at, at), ("level", at, at * 0 + 0.5)], axis)
    ['up and level cross at 0.5.']
    >>> crossings([("up", at, at), ("level", at, at * 0 + 2 - 1e-15)], axis)
    []
    """
    lines = [one for one in lines if len(one[1]) > 1 and np.all(np.diff(one[1]) > 0)]
    if not 2 <= len(lines) <= 4:
        return []
    told = []
    for one, other in combinations(lines, 2):
        places = crossing_places(*one[1:], *other[1:])
        if len(places) == 1:
            told.append(f"{one[0]} and {other[0]} cross at {value_teller(axis)(places[0])}.")
        elif places:
            told.append(f"{one[0]} and {other[0]} cross {len(places)} times.")
    return told


def crossing_places(
    x1: NDArray[np.float64],
    y1: NDArray[np.float64],
    x2: NDArray[np.float64],
    y2: NDArray[np.float64],
) -> list[float]:
    """Return where one line changes to the other side of a second one.

    Where they run together for a while in between, that is the middle of the stretch.

    Examples
    --------
    >>> at = np.arange(5.0)
    >>> crossing_places(at, np.array([1.0, 0, 0, 0, -1]), at, at * 0)
    [2.0]
    >>> crossing_places(at, np.array([1.0, 0, 1, -1, 0]), at, at * 0)
    [2.5]
    """
    x = np.union1d(x1, x2)
    x = x[(x >= max(x1[0], x2[0])) & (x <= min(x1[-1], x2[-1]))]
    gap = np.interp(x, x1, y1) - np.interp(x, x2, y2)
    apart = np.flatnonzero(~nought(gap, max(np.abs(y1).max(), np.abs(y2).max()), SEEN))
    places = []
    for i, k in pairwise(apart):
        if (gap[i] > 0) == (gap[k] > 0):
            continue
        if k == i + 1:
            places.append(float(x[i] + (x[k] - x[i]) * gap[i] / (gap[i] - gap[k])))
        else:
            places.append(float((x[i + 1] + x[k - 1]) / 2))
    return places
