"""How far the ceiling can be moved before the fit becomes too bad: its profile interval."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .least_squares import solve
from .task import NOISE_WEIGHT

if TYPE_CHECKING:
    from .estimate import Growth


@dataclass(frozen=True, eq=False)
class CeilingProfile:
    """The fit at each ceiling, all other parameters chosen anew.

    Parameters
    ----------
    ceilings : numpy.ndarray of float, shape (points,)
        Rising.
    distance : numpy.ndarray of float, shape (points,)
        How much worse the fit is than the best one, in standard errors: below 0 left of it.
    lower, upper : float
        Where the distance is that of the confidence level; infinite or 0 where it never is.
    level : float
        The confidence level.
    limit : float
        The distance of that level.
    """

    ceilings: NDArray[np.float64]
    distance: NDArray[np.float64]
    lower: float
    upper: float
    level: float
    limit: float

    def summary(self) -> pd.DataFrame:
        """Show the profile, one row a ceiling."""
        return pd.DataFrame({"ceiling": self.ceilings, "distance": self.distance})


@lru_cache(maxsize=256)
def student_quantile(level: float, freedom: float) -> float:
    """Give t such that a share `level` of Student's distribution lies within ±t.

    Examples
    --------
    >>> round(student_quantile(0.95, 10.0), 3)
    2.228
    """
    from scipy.special import stdtrit

    if not 0 < level < 1:
        raise ValueError(f"level is {level}, but a share between 0 and 1 is needed, such as 0.95.")
    return float(stdtrit(max(freedom, 1.0), (1 + level) / 2))


def ceiling_profile(growth: Growth, points: int = 25) -> CeilingProfile:
    """Profile the ceiling of a fitted curve.

    Parameters
    ----------
    growth : Growth
        A fit that has intervals.
    points : int
        Ceilings near the estimate; ten more lie between them and the furthest ceilings allowed.

    Raises
    ------
    ValueError
        If the estimator offers no intervals, or the ceiling was held.

    Notes
    -----
    Source: Bates & Watts (1988), Nonlinear Regression Analysis and Its Applications, chapter 6.
    """
    if not growth.has_profile:
        raise ValueError(f"{growth.estimator} offers no profile here.")
    place = len(growth.task.parameters)
    at, error = growth.inner[place], max(growth.errors[place], 1e-3)
    low, high = (one[0, place] for one in growth.task.bounds)
    near = at + error * np.linspace(-4, 6, points)
    grid = np.unique(np.clip(
        np.concatenate([near, [at], np.linspace(low, near[0], 4), np.linspace(near[-1], high, 8)]),
        low, high,
    ))  # fmt: skip
    rise = (
        _per_period(growth, grid, place)
        if growth.scatter is None
        else _scattered(growth, grid, place)
    )
    distance = np.sign(grid - at) * np.sqrt(np.maximum(rise, 0))
    limit = student_quantile(growth.level, growth.freedom)
    lower, upper = _crossing(grid, distance, -limit), _crossing(grid, distance, limit)
    return CeilingProfile(
        np.exp(grid), distance, float(np.exp(lower)), float(np.exp(upper)), growth.level, limit
    )


def _per_period(growth: Growth, grid: NDArray[np.float64], place: int) -> NDArray[np.float64]:
    """Give the rise of the loss over its least one, in units of squared standard errors."""
    task, inner = growth.task, growth.inner
    held = task.held.copy()
    held[place] = 1.0
    many = replace(task.repeated(len(grid)), held=held)
    with np.errstate(invalid="ignore", divide="ignore"):
        along = np.nan_to_num(growth.covariance[:, place] / growth.covariance[place, place])
    # Far out the straight line is no guide: the others begin at most a little away.
    moved = np.clip(np.outer(grid - inner[place], along), -3, 3)
    start = inner + moved
    start[:, place] = grid
    found = solve(many, start)
    # Neighbours help each other over the last stretch.
    best = found.loss
    least = float(task.loss(inner[None])[1][0])
    if not task.with_prior:
        return (best - least) / growth.variance
    counted = float(task.counted[0]) + NOISE_WEIGHT
    # The likelihood's rise in the shape that Student's distribution gives it.
    return growth.freedom * np.expm1(np.maximum(best - least, 0) / counted)


def _scattered(growth: Growth, grid: NDArray[np.float64], place: int) -> NDArray[np.float64]:
    scatter, inner = growth.scatter, growth.inner
    held = scatter.held.copy()
    held[place] = 1.0
    least = float(scatter.loss(inner[None])[0])
    rise = np.zeros(len(grid))
    middle = int(np.argmin(np.abs(grid - inner[place])))
    for way in (range(middle, len(grid)), range(middle, -1, -1)):
        start, beyond = inner.copy(), 0
        for k in way:
            start[place] = grid[k]
            start, loss = scatter.descended(start, held)
            rise[k] = 2 * (loss - least)
            beyond += rise[k] > 40
            if beyond > 1:  # far outside any interval
                rise[list(way)[list(way).index(k) :]] = rise[k]
                break
    return rise


def _crossing(grid: NDArray[np.float64], distance: NDArray[np.float64], limit: float) -> float:
    """Find where the distance passes the limit, going outwards from its zero."""
    sign = np.sign(limit)
    side = np.flatnonzero(sign * distance >= 0)
    side = side if sign > 0 else side[::-1]
    for before, after in pairwise(side):
        a, b = sign * distance[before], sign * distance[after]
        if a <= abs(limit) < b:
            share = (abs(limit) - a) / (b - a)
            return float(grid[before] + share * (grid[after] - grid[before]))
    return sign * np.inf
