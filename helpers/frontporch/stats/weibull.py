"""Weibull regression: how many times as long things take, with or without a covariate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ..result import Result
from ..rounding import as_given
from .durations import read_durations
from .intervals import normal_quantile


@dataclass(frozen=True, eq=False)
class WeibullRegression(Result):
    """Accelerated failure times under a Weibull law: ln T = intercept + effects + scale x noise.

    Parameters
    ----------
    names : tuple of str
        "intercept", then the covariates.
    coefficients : numpy.ndarray of float, shape (covariates + 1,)
        Change of ln T per unit.
    scale : float
        Of the noise; the Weibull's shape is one over it, and 1 is a constant hazard.
    covariance : numpy.ndarray of float, shape (covariates + 2, covariates + 2)
        Of the coefficients and of ln(scale).
    log_likelihood : float
        At the estimate.
    events : int
        How many were seen to happen.
    level : float
        Confidence level of the intervals.
    """

    names: tuple[str, ...]
    coefficients: NDArray[np.float64]
    scale: float
    covariance: NDArray[np.float64]
    log_likelihood: float
    events: int
    level: float = 0.95
    estimator: str = "Weibull regression by maximum likelihood"

    def summary(self) -> pd.DataFrame:
        """Show coefficients with intervals, and by how many times each multiplies the time."""
        errors = np.sqrt(np.diag(self.covariance))[:-1]
        reach = normal_quantile(self.level) * errors
        low, high = self.coefficients - reach, self.coefficients + reach
        return pd.DataFrame(
            {
                "name": self.names,
                "coefficient": self.coefficients,
                "standard_error": errors,
                "lower": low,
                "upper": high,
                "time_ratio": np.exp(self.coefficients),
            }
        )


def weibull_regression(
    time: ArrayLike,
    event: ArrayLike,
    covariates: pd.DataFrame | None = None,
    *,
    level: float = 0.95,
) -> WeibullRegression:
    """Estimate how covariates stretch the time until an event, with a Weibull law.

    Parameters
    ----------
    time : array_like of float, shape (n,)
        Times above 0, in one unit.
    event : array_like of bool, shape (n,)
        Whether it happened then; censored otherwise.
    covariates : pandas.DataFrame, shape (n, covariates), optional
        Numbers.
    level : float
        Confidence level.

    Returns
    -------
    WeibullRegression

    Raises
    ------
    ValueError
        If a time is not above 0, a covariate is missing or constant, or nothing happened.

    Notes
    -----
    Newton's method on the log-likelihood with its exact gradient and Hessian. Source:
    Kalbfleisch & Prentice (1980), The Statistical Analysis of Failure Time Data, chapter 3.

    Examples
    --------
    >>> fitted = weibull_regression([1.0, 2.0, 3.0, 4.0], [True, True, True, False])
    >>> round(fitted.scale, 4), fitted.names
    (0.546, ('intercept',))
    """
    read = read_durations(time, event, names=("time", "event"), above_zero=True)
    t, happened = read.time, read.seen
    if not happened.any():
        raise ValueError("nothing happened: without an event no law can be estimated.")
    columns = [] if covariates is None else list(map(str, covariates.columns))
    given = np.empty((len(t), 0)) if covariates is None else covariates.to_numpy(float)
    for k, name in enumerate(columns):
        if not np.isfinite(given[:, k]).all():
            row = int(np.flatnonzero(~np.isfinite(given[:, k]))[0])
            raise ValueError(f"row {row + 1}: {name} is missing: give a number.")
        if np.ptp(given[:, k]) == 0:
            raise ValueError(
                f"{name} is {as_given(given[0, k])} in every row: it can explain nothing."
            )
    # Centred and scaled, so that Newton's steps are alike in all directions.
    centre, spread = given.mean(axis=0), given.std(axis=0)
    design = np.column_stack([np.ones(len(t)), (given - centre) / spread])
    logs, at = np.log(t), np.zeros(design.shape[1] + 1)
    at[0], at[-1] = logs.mean(), np.log(max(logs.std(), 1e-3))
    value, slope, curve = _likelihood(at, design, logs, happened)
    for _ in range(200):
        step = np.linalg.solve(_definite(-curve), slope)
        step *= min(1.0, 1.0 / np.abs(step).max())  # far from the top the curve misleads
        for part in 0.5 ** np.arange(40):
            new, new_slope, new_curve = _likelihood(at + part * step, design, logs, happened)
            if new >= value:
                break
        gained, at = new - value, at + part * step
        value, slope, curve = new, new_slope, new_curve
        if gained < 1e-13 * abs(value) and np.abs(slope).max() < 1e-7 * len(t):
            break
    # Back to the covariates' own units.
    back = np.eye(len(at))
    back[1:-1, 1:-1] = np.diag(1 / spread)
    back[0, 1:-1] = -centre / spread
    covariance = back @ np.linalg.inv(-curve) @ back.T
    log_likelihood = float(value - logs[happened].sum())
    coefficients = (back @ at)[:-1]
    return WeibullRegression(
        ("intercept", *columns),
        coefficients,
        float(np.exp(at[-1])),
        covariance,
        log_likelihood,
        int(happened.sum()),
        level,
    )


def _likelihood(
    at: NDArray[np.float64], design: NDArray, logs: NDArray, happened: NDArray
) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
    """Log-likelihood of ln T in the coefficients and ln(scale), its gradient and Hessian."""
    scale = np.exp(at[-1])
    noise = (logs - design @ at[:-1]) / scale
    if noise.max() > 300:  # a step far too long; its square must not overflow either
        return -np.inf, np.zeros_like(at), -np.eye(len(at))
    hazard = np.exp(noise)
    value = (happened * (noise - at[-1])).sum() - hazard.sum()
    pull = hazard - happened
    slope = np.append(design.T @ pull / scale, (noise * pull - happened).sum())
    curve = np.empty((len(at), len(at)))
    curve[:-1, :-1] = -(design.T * hazard) @ design / scale**2
    curve[-1, -1] = -(noise**2 * hazard + noise * pull).sum()
    curve[:-1, -1] = curve[-1, :-1] = -design.T @ (pull + noise * hazard) / scale
    return float(value), slope, curve


def _definite(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Lift a matrix until it is positive definite, so that every step leads uphill."""
    lowest = np.linalg.eigvalsh(matrix)[0]
    lift = max(0.0, 1e-8 * np.abs(matrix).max() - lowest)
    return matrix + lift * np.eye(len(matrix))
