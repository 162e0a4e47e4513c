"""Cumulative incidence of competing risks whose hazards are constant within cells."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray


def grid_of(weeks: float, step: float) -> NDArray[np.float64]:
    """Cut the weeks from 0 to the horizon in equal cells no longer than a step."""
    if not (0 < weeks < np.inf):
        raise ValueError(f"weeks is {weeks!r}, but must be a number above 0, such as 52.")
    if not step > 0:
        raise ValueError(f"step is {step!r}, but must be a number of weeks above 0.")
    return np.linspace(0, weeks, max(math.ceil(weeks / step), 1) + 1)


def cut_at(grid: NDArray, at: NDArray) -> NDArray[np.float64]:
    """Give the edges of a grid with one more for each row, shape (rows, edges + 1)."""
    return np.sort(np.column_stack([np.broadcast_to(grid, (len(at), len(grid))), at]), axis=1)


def ended(edges: NDArray, hazards: NDArray) -> NDArray[np.float64]:
    """Give the share that has ended in each way, where hazards are constant within cells.

    Parameters
    ----------
    edges : numpy.ndarray of float, shape (n, k + 1)
        Rising edges of the cells, in weeks.
    hazards : numpy.ndarray of float, shape (outcomes, n, k)
        Hazards per week.

    Returns
    -------
    numpy.ndarray of float, shape (outcomes, n)

    Examples
    --------
    >>> ended(np.array([[0.0, 10.0]]), np.full((2, 1, 1), 0.05)).round(6).tolist()
    [[0.31606], [0.31606]]
    """
    rate = hazards.sum(axis=0)
    total = rate * np.diff(edges)
    begun = np.exp(-(np.cumsum(total, axis=1) - total))
    each = np.divide(hazards, rate, out=np.zeros_like(hazards), where=rate != 0)
    return (each * (begun * -np.expm1(-total))).sum(axis=2)
