"""Least squares on what was added in each period: the default estimator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ...names import pick
from .least_squares import Solved, slopes, solve
from .parameters import Curve
from .priors import CEILING, Prior
from .series import Series
from .task import LAUNCH, NOISE_WEIGHT, Task

WEIGHTINGS = {"constant": 0.0, "square root": 0.5, "proportional": 1.0}
"""How the error of an increment grows with the increment: its power."""
_REWEIGHTED = 3


@dataclass(frozen=True, eq=False)
class Found:
    """Estimates of a single series on their scale, with what their uncertainty is made of.

    Parameters
    ----------
    task : Task
        What was fitted.
    inner : numpy.ndarray of float, shape (parameters + 1,)
        Estimates; last the logarithm of the ceiling.
    covariance : numpy.ndarray of float, shape (parameters + 1, parameters + 1)
        Of them; 0 for what was held, missing where nothing tells.
    variance : float
        Of the error of an increment with weight 1.
    freedom : float
        Degrees of freedom left.
    log_likelihood : float
        Without the prior.
    """

    task: Task
    inner: NDArray[np.float64]
    covariance: NDArray[np.float64]
    variance: float
    freedom: float
    log_likelihood: float


def task_for(
    series: Series,
    curve: Curve,
    prior: Prior,
    fixed: Mapping[str, float] | None = None,
    density: bool = False,
) -> Task:
    """Make the task of one series."""
    parameters = curve.parameters
    if curve.launched and not series.launched:
        parameters = (*parameters, LAUNCH)
    centre, pull = prior.vectors(parameters)
    held = np.zeros(len(centre))
    names = [*(p.name for p in parameters), CEILING]
    last = float(series.totals[-1])
    for name, value in (fixed or {}).items():
        k = names.index(pick(name, names, "parameter"))
        if not np.isfinite(value) or (value <= 0 and (name == CEILING or parameters[k].positive)):
            raise ValueError(f"{name} is held at {value}, but it must be above 0.")
        inward = np.log(value / last) if name == CEILING else parameters[k].inward(value)
        centre[k], pull[k], held[k] = float(inward), 0.0, 1.0
    since_start = not series.launched
    if density and since_start:
        raise ValueError("the density form needs increments from the launch on, period by period.")
    return Task(
        curve, series.times, series.increments[None], (series.used / series.spans)[None],
        np.array([last]), parameters, centre, pull, held, since_start, density,
    )  # fmt: skip


def reweighted(task: Task, weighting: str) -> tuple[Task, Solved]:
    """Solve a task with errors that grow with the fitted increments."""
    power = WEIGHTINGS[pick(weighting, WEIGHTINGS, "weighting")]
    solved = solve(task)
    if not power:
        return task, solved
    plain = task.weights
    for _ in range(_REWEIGHTED):
        fitted, _ = slopes(task, solved.inner)
        # An increment of nothing is not without error: a twentieth of the largest at least.
        size = np.maximum(fitted, 0.05 * fitted.max(1, keepdims=True))
        size = size / np.sqrt((size**2).mean(1, keepdims=True))
        task = replace(task, weights=plain / size ** (2 * power))
        solved = solve(task)
    return task, solved


def uncertainty(
    task: Task, solved: Solved
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Give covariance, error variance and degrees of freedom of every series of a task.

    Returns
    -------
    covariance : numpy.ndarray of float, shape (series, parameters + 1, parameters + 1)
        Missing where the counts and the prior leave a direction open.
    variance, freedom : numpy.ndarray of float, shape (series,)
    """
    _, slope = slopes(task, solved.inner)
    slope = slope * np.sqrt(task.weights)[..., None] * (1 - task.held)
    curved = slope.transpose(0, 2, 1) @ slope
    squares = solved.error
    counted = task.counted.astype(float)
    if task.with_prior:
        squares, counted = squares + task.noise_floor, counted + NOISE_WEIGHT
    pull = np.diag(task.pull**2 * (1 - task.held))
    aside = np.diag(task.held)
    variance = squares / np.maximum(counted - (1 - task.held).sum(), 1)
    for _ in range(4):
        information = curved / variance[:, None, None] + pull + aside
        flat = np.linalg.cond(information) > 1e14
        information[flat] = np.eye(len(task.pull))
        covariance = np.linalg.inv(information)
        # What the prior pays for is not taken from the counts.
        spent = np.einsum("sij,sji->s", covariance, curved / variance[:, None, None])
        freedom = np.maximum(counted - spent, 1.0)
        if not task.with_prior:
            break
        variance = squares / freedom
    covariance = np.where(flat[:, None, None], np.nan, covariance - aside)
    return covariance, variance, freedom


def found(task: Task, solved: Solved) -> Found:
    """Gather the estimates of a task with one series."""
    covariance, variance, freedom = uncertainty(task, solved)
    weights = task.weights[0][task.weights[0] > 0]
    n = len(weights)
    spread = max(float(solved.error[0]) / n, 1e-300)
    log_likelihood = -0.5 * n * (np.log(2 * np.pi * spread) + 1) + 0.5 * float(
        np.log(weights).sum()
    )
    return Found(
        task, solved.inner[0], covariance[0], float(variance[0]), float(freedom[0]), log_likelihood
    )
