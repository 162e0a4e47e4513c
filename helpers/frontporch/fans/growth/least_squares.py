"""Per-period least squares for many series at once, with weak priors or without.

The ceiling is eliminated to choose a start (variable projection): one grid of parameters, shared
by all series, is scored with matrix products. Damped Gauss-Newton steps follow, for all series
together; a series that has arrived drops out. A single series is a batch of one, a profile a
batch with the ceiling held, a bootstrap a batch of drawn series.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ...counting import repeat
from .task import Task

Array = NDArray[np.float64]
_STEP = 1e-6  # of the numerical derivative, on the scale of the estimate
_ROUNDS = 200
_ROWS = 2_000  # series worked on together: more take more memory than time saved


@dataclass(frozen=True, eq=False)
class Solved:
    """Where least squares arrived.

    Parameters
    ----------
    inner : numpy.ndarray of float, shape (series, parameters + 1)
        Estimates on their scale; last the logarithm of the ceiling.
    error : numpy.ndarray of float, shape (series,)
        Weighted sum of squared errors.
    loss : numpy.ndarray of float, shape (series,)
        What was made small: the sum of squares, or with a prior the negative log posterior times
        two.
    arrived : numpy.ndarray of bool, shape (series,)
        Whether the steps came to rest.
    """

    inner: Array
    error: Array
    loss: Array
    arrived: NDArray[np.bool_]


def solve(task: Task, start: Array | None = None) -> Solved:
    """Fit all series of a task.

    Parameters
    ----------
    task : Task
        Increments, weights, curve and priors.
    start : numpy.ndarray of float, shape (series, parameters + 1), optional
        Where to begin; from the grid without it.
    """
    parts = []
    for first in range(0, len(task.added), _ROWS):
        rows = slice(first, first + _ROWS)
        part = task.rows(rows)
        if start is not None:
            parts.append(_descended(part, start[rows]))
            continue
        begun = starts(part)
        # The starts of a single series go on side by side, as if they were several series.
        several = part if len(begun) == 1 else part.repeated(len(begun))
        parts.append(_best(_descended(several, np.concatenate(begun)), len(part.added)))
    return Solved(*(
        np.concatenate([getattr(one, name) for one in parts])
        for name in ("inner", "error", "loss", "arrived")
    ))  # fmt: skip


def starts(task: Task) -> list[Array]:
    """Choose starts for every series from one grid of parameters, the ceiling eliminated.

    Returns
    -------
    list of numpy.ndarray of float, shape (series, parameters + 1)
        The best point of the grid; a single series gets the best three.
    """
    grid = task.grid
    if task.times.ndim > 1:
        # Times of their own: the grid is evaluated series by series.
        several = [starts(replace_times(task, k)) for k in range(len(task.added))]
        return [np.concatenate([one[0] for one in several])]
    shares = task.shares(grid)
    weighted = task.weights * task.added
    cross = weighted @ shares.T
    square = task.weights @ (shares**2).T
    with np.errstate(divide="ignore", invalid="ignore"):
        ceiling = np.where((cross > 0) & (square > 0), cross / square, np.nan)
        error = (weighted * task.added).sum(1)[:, None] - ceiling * cross
        inner = np.log(ceiling)
    low, high = task.bounds[0][:, -1:], task.bounds[1][:, -1:]
    inside = task.centre_of_ceiling[:, None] if task.held[-1] else np.clip(inner, low, high)
    error = error + np.expm1(inside - inner) ** 2 * ceiling * cross
    inside = np.broadcast_to(inside, error.shape)
    score = task.posterior(np.maximum(error, 0), ((grid - task.centre[:-1]) * task.pull[:-1]) ** 2,
                           (inside - task.centre_of_ceiling[:, None]) * task.pull[-1])  # fmt: skip
    score = np.where(np.isfinite(score), score, np.inf)
    several = 3 if len(task.added) == 1 and len(grid) > 3 else 1
    if several == 1:
        best = score.argmin(1)[:, None]
    else:
        best = np.argpartition(score, several, axis=1)[:, :several]
    rows = np.arange(len(task.added))
    return [np.column_stack([grid[at], np.nan_to_num(inside[rows, at], nan=0.0)]) for at in best.T]


def replace_times(task: Task, row: int) -> Task:
    """Give one series of a task with the times of its own."""
    part = task.rows(slice(row, row + 1))
    return replace(part, times=part.times[0])


def slopes(task: Task, inner: Array) -> tuple[Array, Array]:
    """Give the fitted increments and their derivatives.

    Returns
    -------
    fitted : numpy.ndarray of float, shape (series, n)
    slopes : numpy.ndarray of float, shape (series, n, parameters + 1)
    """
    rows, k = inner.shape
    # The estimate and a small move of each parameter, all in one call of the curve.
    moved = repeat(inner[None, :, :-1], k, axis=0)
    moved[np.arange(1, k), :, np.arange(k - 1)] += _STEP
    wide = task
    if task.times.ndim > 1:
        wide = replace(task, times=np.tile(task.times, (k, 1)))
    shares = wide.shares(moved.reshape(k * rows, k - 1)).reshape(k, rows, -1)
    shares *= np.exp(inner[:, -1:])
    fitted = shares[0]
    made = np.empty((rows, fitted.shape[1], k))
    for at in range(1, k):
        np.subtract(shares[at], fitted, out=made[..., at - 1])
    made[..., : k - 1] /= _STEP
    made[..., -1] = fitted
    return fitted, made


def _descended(task: Task, start: Array) -> Solved:
    """Take damped Gauss-Newton steps from the start until all series are at rest."""
    low, high = task.bounds
    inner = np.clip(start, low, high)
    free = 1.0 - task.held
    error, loss = task.loss(inner)
    damping = np.full(len(inner), 1e-3)
    arrived = np.zeros(len(inner), bool)
    active = np.arange(len(inner))
    resting = np.zeros(len(inner), int)
    part, unit = task, np.eye(inner.shape[1])
    for _ in range(_ROUNDS):
        here = inner[active]
        fitted, slope = slopes(part, here)
        slope *= np.sqrt(part.weights)[..., None] * free
        left = np.sqrt(part.weights) * (part.added - fitted)
        scale = part.precision(error[active])
        turned = slope.transpose(0, 2, 1)
        pull = part.pull**2 * free
        curved = scale[:, None, None] * (turned @ slope)
        way = scale[:, None] * (turned @ left[..., None])[..., 0] - pull * (here - part.centres)
        size = np.einsum("sii->si", curved) + pull
        stuck = ((here <= low[active]) & (way < 0)) | ((here >= high[active]) & (way > 0))
        way = np.where(stuck, 0, way)
        curved = np.where(stuck[:, :, None] | stuck[:, None, :], 0, curved)
        ridge = np.where(stuck | (free == 0), 1.0, pull + damping[active, None] * size + 1e-12)
        step = np.linalg.solve(curved + ridge[:, :, None] * unit, way[..., None])[..., 0]
        there = np.clip(here + np.clip(step, -2, 2), low[active], high[active])
        new_error, new_loss = part.loss(there)
        gain = loss[active] - new_loss
        better = gain >= 0
        at = active[better]
        inner[at], error[at], loss[at] = there[better], new_error[better], new_loss[better]
        damping[at] = np.maximum(damping[at] * 0.2, 1e-9)
        damping[active[~better]] *= 8
        small = (gain <= 1e-9 * (np.abs(loss[active]) + 1e-12)) & better
        resting[active] = np.where(small, resting[active] + 1, 0)
        done = (resting[active] >= 2) | (damping[active] > 1e12)
        arrived[active[done]] = True
        if done.any():
            active = active[~done]
            if not len(active):
                break
            part = task.rows(active)
    return Solved(inner, error, loss, arrived)


def _best(tried: Solved, series: int) -> Solved:
    """Keep for each series the best of several arrivals."""
    which = tried.loss.reshape(-1, series).argmin(0) * series + np.arange(series)
    return Solved(tried.inner[which], tried.error[which], tried.loss[which], tried.arrived[which])
