"""Fits to series drawn from the fitted model: how estimates would vary."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...streams import Seed, generator
from .least_squares import slopes, solve
from .series import Series

if TYPE_CHECKING:
    from .estimate import Growth


@dataclass(frozen=True, eq=False)
class Bootstrap:
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
        return pd.DataFrame({
            "parameter": self.names, "median": middle, "lower": lower, "upper": upper,
            "standard_error": self.draws.std(axis=0, ddof=1),
        })  # fmt: skip


def bootstrap(growth: Growth, draws: int = 500, *, seed: Seed) -> Bootstrap:
    """Draw series from a fit, and fit each again.

    Parameters
    ----------
    growth : Growth
        A fit by least squares per period, or by the censored likelihood.
    draws : int
        How many series, from 20 up. Those of scattered counts take a few hundredths of a second
        each.
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where they come from.

    Returns
    -------
    Bootstrap

    Raises
    ------
    ValueError
        If there are too few draws, or the estimator has no model to draw from.

    Notes
    -----
    Increments: the fitted ones plus drawn residuals, made as large as the error's standard
    deviation. Scattered counts: drift and report errors are drawn, and counts rounded and cut as
    the real ones were. Source: Efron & Tibshirani (1993), An Introduction to the Bootstrap.
    """
    if draws < 20:
        raise ValueError(f"draws is {draws}, but at least 20 are needed.")
    if not growth.has_intervals or growth.r_squared is not None:
        raise ValueError(f"{growth.estimator} has no model to draw from.")
    rng = generator(seed)
    inner = _increments(growth, draws, rng) if growth.scatter is None else np.stack([
        _again(growth, rng) for _ in range(draws)
    ])  # fmt: skip
    values = np.column_stack([p.outward(inner[:, k]) for k, p in enumerate(growth.known)])
    return Bootstrap(tuple(p.name for p in growth.known), values, growth.level, seed)


def _increments(growth: Growth, draws: int, rng: np.random.Generator) -> NDArray[np.float64]:
    task = growth.task
    fitted, _ = slopes(task, growth.inner[None])
    root = np.sqrt(np.maximum(task.weights[0], 1e-300))
    used = task.weights[0] > 0
    left = ((task.added - fitted)[0] * root)[used]
    left = left - left.mean()
    left *= np.sqrt(growth.variance / max((left**2).mean(), 1e-300))
    drawn = rng.choice(left, (draws, len(root))) / root
    added = fitted + np.where(used, drawn, 0.0)
    many = replace(task.repeated(draws), added=added)
    return solve(many, np.tile(growth.inner, (draws, 1))).inner


def _again(growth: Growth, rng: np.random.Generator) -> NDArray[np.float64]:
    """Draw scattered counts and fit them."""
    from .censored import Scatter

    series = growth.series
    error, drift = growth.parameters["error of a report"], growth.parameters["drift"]
    walk = rng.normal(0, 1, len(series.times)) * drift
    walk = np.cumsum(walk * np.sqrt(np.diff(series.times, prepend=series.times[0])))
    level = np.log(growth.totals(series.times)) + walk
    said = np.exp(level + error * rng.normal(0, 1, len(level)))
    place = np.maximum(series.rounded_to, 1.0)
    whole = np.where(series.at_least, np.floor(said / place), np.round(said / place)) * place
    drawn: Series = replace(series, totals=np.maximum(whole, 1.0))
    return Scatter(growth.task, drawn, growth.scatter.slope).descended(growth.inner)[0]
