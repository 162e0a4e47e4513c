"""How sure a fit is: how far its ceiling can be moved, and fits to series drawn from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...result import Result
from ...stats.intervals import student_quantile
from ...streams import Seed, generator
from .censored import Scatter
from .estimators import Estimate
from .least_squares import slopes, solve
from .problem import NOISE_WEIGHT

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class CeilingProfile(Result):
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


def ceiling_profile(one: Estimate, level: float, points: int = 25) -> CeilingProfile:
    """Profile the ceiling of a fitted curve.

    Parameters
    ----------
    one : Estimate
        That of a fit whose ceiling can be moved.
    level : float
        Confidence level.
    points : int
        Ceilings near the estimate; ten more lie between them and the furthest ceilings allowed.

    Notes
    -----
    Source: Bates & Watts (1988), Nonlinear Regression Analysis and Its Applications, chapter 6.
    """
    place = one.place
    at, error = one.inner[place], max(one.errors[place], 1e-3)
    low, high = (limit[0, place] for limit in one.problem.bounds)
    near = at + error * np.linspace(-4, 6, points)
    far = np.linspace(low, near[0], 4), np.linspace(near[-1], high, 8)
    grid = np.unique(np.clip(np.concatenate([near, [at], *far]), low, high))
    rise = (_rise_scattered if one.scatter else _rise_per_period)(one, grid)
    distance = np.sign(grid - at) * np.sqrt(np.maximum(rise, 0))
    limit = student_quantile(level, one.freedom)
    lower, upper = _crossing(grid, distance, -limit), _crossing(grid, distance, limit)
    return CeilingProfile(
        np.exp(grid), distance, float(np.exp(lower)), float(np.exp(upper)), level, limit
    )


def _rise_per_period(one: Estimate, grid: Array) -> Array:
    """Give the rise of the loss over its least one, in units of squared standard errors."""
    problem, inner, place = one.problem, one.inner, one.place
    many = problem.repeated(len(grid)).holding(place)
    with np.errstate(invalid="ignore", divide="ignore"):
        along = np.nan_to_num(one.covariance[:, place] / one.covariance[place, place])
    # Far out the straight line is no guide: the others begin at most a little away.
    start = inner + np.clip(np.outer(grid - inner[place], along), -3, 3)
    start[:, place] = grid
    best = solve(many, start).loss
    least = float(problem.loss(inner[None])[1][0])
    if not problem.with_prior:
        return (best - least) / one.variance
    counted = float(problem.counted[0]) + NOISE_WEIGHT
    # The likelihood's rise in the shape that Student's distribution gives it.
    return one.freedom * np.expm1(np.maximum(best - least, 0) / counted)


def _rise_scattered(one: Estimate, grid: Array) -> Array:
    """Give the same for scattered counts, going outwards from the estimate."""
    scatter, inner, place = one.likelihood, one.inner, one.place
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


@dataclass(frozen=True, eq=False)
class Bootstrap(Result):
    """Estimates from drawn series.

    Parameters
    ----------
    names : tuple of str
        The parameters.
    draws : numpy.ndarray of float, shape (draws, parameters)
        Their estimates.
    level : float
        Confidence level.
    seed : Seed
        What it was drawn with.
    """

    names: tuple[str, ...]
    draws: NDArray[np.float64]
    level: float
    seed: Seed

    def summary(self) -> pd.DataFrame:
        """Show median and percentile interval of each parameter."""
        tail = (1 - self.level) / 2
        lower, middle, upper = np.quantile(self.draws, [tail, 0.5, 1 - tail], axis=0)
        return pd.DataFrame(
            {
                "parameter": self.names,
                "median": middle,
                "lower": lower,
                "upper": upper,
                "standard_error": self.draws.std(axis=0, ddof=1),
            }
        )


def bootstrap(one: Estimate, draws: int = 500, *, level: float, seed: Seed) -> Bootstrap:
    """Draw series from a fit, and fit each again; see `Growth.bootstrap`.

    Notes
    -----
    Increments: the fitted ones plus drawn residuals, made as large as the error's standard
    deviation. Scattered counts: drift and report errors are drawn, and counts rounded and cut as
    the real ones were. Source: Efron & Tibshirani (1993), An Introduction to the Bootstrap.
    """
    if draws < 20:
        raise ValueError(f"draws is {draws}, but at least 20 are needed.")
    rng = generator(seed)
    if one.scatter is None:
        inner = _drawn_increments(one, draws, rng)
    else:
        inner = np.stack([_drawn_counts(one, rng) for _ in range(draws)])
    values = np.column_stack([p.outward(inner[:, k]) for k, p in enumerate(one.parameters)])
    return Bootstrap(tuple(p.name for p in one.parameters), values, level, seed)


def _drawn_increments(one: Estimate, draws: int, rng: np.random.Generator) -> Array:
    """Draw residuals again, and fit all series together."""
    problem = one.problem
    fitted, _ = slopes(problem, one.inner[None])
    root = np.sqrt(np.maximum(problem.weights[0], 1e-300))
    used = problem.weights[0] > 0
    left = ((problem.added - fitted)[0] * root)[used]
    left = left - left.mean()
    left *= np.sqrt(one.variance / max((left**2).mean(), 1e-300))
    drawn = rng.choice(left, (draws, len(root))) / root
    added = fitted + np.where(used, drawn, 0.0)
    many = replace(problem.repeated(draws), added=added)
    return solve(many, np.tile(one.inner, (draws, 1))).inner


def _drawn_counts(one: Estimate, rng: np.random.Generator) -> Array:
    """Draw scattered counts and fit them."""
    series = one.series
    error, drift = np.exp(one.inner[-2:])
    walk = rng.normal(0, 1, len(series.times)) * drift
    walk = np.cumsum(walk * np.sqrt(np.diff(series.times, prepend=series.times[0])))
    level = np.log(one.totals(series.times)[0]) + walk
    said = np.exp(level + error * rng.normal(0, 1, len(level)))
    place = np.maximum(series.rounded_to, 1.0)
    whole = np.where(series.at_least, np.floor(said / place), np.round(said / place)) * place
    drawn = replace(series, totals=np.maximum(whole, 1.0))
    return Scatter(one.problem, drawn, one.likelihood.slope).descended(one.inner)[0]
