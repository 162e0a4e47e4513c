"""Forecasts without a growth curve, which every forecast with one has to beat."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from ...counting import bincount
from .series import Series

LAST_INCREMENT, HOLT = "last increment repeated", "damped Holt"
Array = NDArray[np.float64]
_ALPHA = np.linspace(0.1, 1.0, 10)
_BETA = np.linspace(0.0, 1.0, 11)
_PHI = np.array([0.80, 0.84, 0.88, 0.92, 0.95, 0.98])


@dataclass(frozen=True, eq=False)
class Ahead:
    """A forecast step by step.

    Parameters
    ----------
    totals : numpy.ndarray of float, shape (periods,)
        Totals to come.
    spread : numpy.ndarray of float, shape (periods,)
        Their standard errors, from the method's own errors one step ahead.
    freedom : float
        Degrees of freedom of the spread.
    """

    totals: Array
    spread: Array
    freedom: float


def equal_steps(series: Series, step: float | None = None) -> Array:
    """Give totals at equal steps, by straight lines between the counts where those are irregular.

    Parameters
    ----------
    series : Series
        The counts.
    step : float, optional
        Years of a step; the median step of the series by default.

    Returns
    -------
    numpy.ndarray of float
        The last one is the last total.
    """
    times, totals = series.times, series.totals
    apart = np.diff(times)
    regular = not series.scattered and np.ptp(apart) <= 0.1 * series.step_length
    if regular and step is None:
        return totals
    step = series.step_length if step is None else step
    steps = max(round((times[-1] - times[0]) / step), 2)
    grid = times[-1] - np.arange(steps, -1, -1) * min(step, (times[-1] - times[0]) / steps)
    at, place = np.unique(times, return_inverse=True)
    mean = bincount(place, totals) / bincount(place)
    return np.interp(grid, at, mean)


def last_increment(totals: Array, periods: int) -> Ahead:
    """Repeat the last increment.

    Parameters
    ----------
    totals : numpy.ndarray of float, shape (n,)
        At equal steps, at least two.
    periods : int
        How many steps ahead.

    Examples
    --------
    >>> last_increment(np.array([0.0, 10.0, 30.0]), 2).totals.tolist()
    [50.0, 70.0]
    """
    added = np.diff(totals)
    ahead = np.arange(1, periods + 1)
    turned = np.diff(added)
    error = float(np.sqrt((turned**2).mean())) if len(turned) else np.nan
    # An error of one increment goes on in all that follow.
    spread = error * np.sqrt(np.cumsum(ahead.astype(float) ** 2))
    return Ahead(totals[-1] + ahead * added[-1], spread, float(max(len(turned), 1)))


def damped_holt(totals: Array, periods: int) -> Ahead:
    """Go on along a trend that is smoothed and dies down.

    Parameters
    ----------
    totals : numpy.ndarray of float, shape (n,)
        At equal steps, at least three.
    periods : int
        How many steps ahead.

    Notes
    -----
    Level and trend are smoothed by α and β, the trend is damped by φ from .80 to .98; all three
    make the squared errors one step ahead small. Source: Gardner & McKenzie (1985), Management
    Science 31:1237-1246; variance: Hyndman, Koehler, Ord & Snyder (2008), Forecasting with
    Exponential Smoothing, table 6.1.

    Examples
    --------
    >>> damped_holt(np.arange(10) * 5.0, 1).totals.round(0).tolist()
    [50.0]
    """
    grid = np.array(list(product(_ALPHA, _BETA, _PHI)))
    best = grid[holt_errors(totals, grid)[0].argmin()]
    # A second, finer grid around the best point of the first.
    around = np.linspace(-1, 1, 9)
    fine = np.array(
        list(product(best[0] + 0.1 * around, best[1] + 0.1 * around, best[2] + 0.04 * around))
    )
    fine = np.clip(fine, (0.01, 0.0, 0.8), (1.0, 1.0, 0.98))
    error, level, trend = holt_errors(totals, fine)
    at = int(error.argmin())
    alpha, beta, phi = fine[at]
    damp = np.cumsum(phi ** np.arange(1, periods + 1))
    freedom = max(len(totals) - 2 - 3, 1)
    variance = float(error[at]) / freedom
    # What an error of today does to the total j steps on.
    echo = alpha * (1 + beta * damp[:-1])
    spread = np.sqrt(variance * (1 + np.concatenate([[0.0], np.cumsum(echo**2)])))
    return Ahead(level[at] + trend[at] * damp, spread, float(freedom))


def holt_errors(totals: Array, settings: Array) -> tuple[Array, Array, Array]:
    """Smooth with many settings at once.

    Parameters
    ----------
    totals : numpy.ndarray of float, shape (n,)
        At equal steps.
    settings : numpy.ndarray of float, shape (rows, 3)
        α, β and φ.

    Returns
    -------
    error, level, trend : numpy.ndarray of float, shape (rows,)
        Sum of squared errors one step ahead, and the last level and trend.
    """
    alpha, beta, phi = settings.T
    level = np.full(len(settings), totals[0])
    trend = np.full(len(settings), totals[1] - totals[0])
    error = np.zeros(len(settings))
    for k, total in enumerate(totals[1:]):
        expected = level + (trend if k == 0 else phi * trend)
        missed = total - expected
        if k:
            error += missed**2
        damped = trend if k == 0 else phi * trend
        level = expected + alpha * missed
        trend = damped + alpha * beta * missed
    return error, level, trend


BASELINES = {LAST_INCREMENT: last_increment, HOLT: damped_holt}
