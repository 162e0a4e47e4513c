"""Least squares on what was added in each period, for many series at once.

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
from ...names import pick
from .problem import NOISE_WEIGHT, Problem

Array = NDArray[np.float64]
_STEP = 1e-6  # of the numerical derivative, on the scale of the estimate
_ROUNDS = 200
WEIGHTINGS = {"constant": 0.0, "square root": 0.5, "proportional": 1.0}
"""How the error of an increment grows with the increment: its power."""
_REWEIGHTED = 3
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


def solve(problem: Problem, start: Array | None = None) -> Solved:
    """Fit all series of a problem.

    Parameters
    ----------
    problem : Problem
        Increments, weights, curve and priors.
    start : numpy.ndarray of float, shape (series, parameters + 1), optional
        Where to begin; from the grid without it.
    """
    parts = []
    for first in range(0, len(problem.added), _ROWS):
        rows = slice(first, first + _ROWS)
        part = problem.rows(rows)
        if start is not None:
            parts.append(_descended(part, start[rows]))
            continue
        begun = starts(part)
        # The starts of a single series go on side by side, as if they were several series.
        several = part if len(begun) == 1 else part.repeated(len(begun))
        parts.append(_best(_descended(several, np.concatenate(begun)), len(part.added)))
    names = ("inner", "error", "loss", "arrived")
    return Solved(*(np.concatenate([getattr(one, name) for one in parts]) for name in names))


def starts(problem: Problem) -> list[Array]:
    """Choose starts for every series from one grid of parameters, the ceiling eliminated.

    Returns
    -------
    list of numpy.ndarray of float, shape (series, parameters + 1)
        The best point of the grid; a single series gets the best three.
    """
    grid = problem.grid
    if problem.times.ndim > 1:
        # Times of their own: the grid is evaluated series by series.
        several = [starts(replace_times(problem, k)) for k in range(len(problem.added))]
        return [np.concatenate([one[0] for one in several])]
    shares = problem.shares(grid)
    weighted = problem.weights * problem.added
    cross = weighted @ shares.T
    square = problem.weights @ (shares**2).T
    with np.errstate(divide="ignore", invalid="ignore"):
        ceiling = np.where((cross > 0) & (square > 0), cross / square, np.nan)
        error = (weighted * problem.added).sum(1)[:, None] - ceiling * cross
        inner = np.log(ceiling)
    low, high = problem.bounds[0][:, -1:], problem.bounds[1][:, -1:]
    centre, pull = problem.beliefs.centre[:-1], problem.beliefs.pull
    usual = problem.centre_of_ceiling[:, None]
    inside = usual if problem.beliefs.held[-1] else np.clip(inner, low, high)
    error = error + np.expm1(inside - inner) ** 2 * ceiling * cross
    inside = np.broadcast_to(inside, error.shape)
    squares = ((grid - centre) * pull[:-1]) ** 2
    score = problem.posterior(np.maximum(error, 0), squares, (inside - usual) * pull[-1])
    score = np.where(np.isfinite(score), score, np.inf)
    best = score.argmin(1)[:, None]
    if len(problem.added) == 1 and len(grid) > 3:
        best = np.argpartition(score, 3, axis=1)[:, :3]
    rows = np.arange(len(problem.added))
    return [np.column_stack([grid[at], np.nan_to_num(inside[rows, at], nan=0.0)]) for at in best.T]


def replace_times(problem: Problem, row: int) -> Problem:
    """Give one series of a problem with the times of its own."""
    part = problem.rows(slice(row, row + 1))
    return replace(part, times=part.times[0])


def slopes(problem: Problem, inner: Array) -> tuple[Array, Array]:
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
    wide = problem
    if problem.times.ndim > 1:
        wide = replace(problem, times=np.tile(problem.times, (k, 1)))
    shares = wide.shares(moved.reshape(k * rows, k - 1)).reshape(k, rows, -1)
    shares *= np.exp(inner[:, -1:])
    fitted = shares[0]
    made = np.empty((rows, fitted.shape[1], k))
    for at in range(1, k):
        np.subtract(shares[at], fitted, out=made[..., at - 1])
    made[..., : k - 1] /= _STEP
    made[..., -1] = fitted
    return fitted, made


def _descended(problem: Problem, start: Array) -> Solved:
    """Take damped Gauss-Newton steps from the start until all series are at rest."""
    low, high = problem.bounds
    inner = np.clip(start, low, high)
    free = 1.0 - problem.beliefs.held
    error, loss = problem.loss(inner)
    damping = np.full(len(inner), 1e-3)
    arrived = np.zeros(len(inner), bool)
    active = np.arange(len(inner))
    resting = np.zeros(len(inner), int)
    part, unit = problem, np.eye(inner.shape[1])
    for _ in range(_ROUNDS):
        here = inner[active]
        fitted, slope = slopes(part, here)
        slope *= np.sqrt(part.weights)[..., None] * free
        left = np.sqrt(part.weights) * (part.added - fitted)
        scale = part.precision(error[active])
        turned = slope.transpose(0, 2, 1)
        pull = part.beliefs.pull**2 * free
        curved = scale[:, None, None] * (turned @ slope)
        way = scale[:, None] * (turned @ left[..., None])[..., 0] - pull * (here - part.centres)
        size = np.einsum("sii->si", curved) + pull
        stuck = ((here <= low[active]) & (way < 0)) | ((here >= high[active]) & (way > 0))
        way = np.where(stuck, 0, way)
        curved = np.where(stuck[:, :, None] | stuck[:, None, :], 0, curved)
        least = 1e-12 * part.unit[:, None]
        ridge = np.where(
            stuck | (free == 0), part.unit[:, None], pull + damping[active, None] * size + least
        )
        step = np.linalg.solve(curved + ridge[:, :, None] * unit, way[..., None])[..., 0]
        there = np.clip(here + np.clip(step, -2, 2), low[active], high[active])
        new_error, new_loss = part.loss(there)
        gain = loss[active] - new_loss
        better = gain >= 0
        at = active[better]
        inner[at], error[at], loss[at] = there[better], new_error[better], new_loss[better]
        damping[at] = np.maximum(damping[at] * 0.2, 1e-9)
        damping[active[~better]] *= 8
        small = (gain <= 1e-9 * (np.abs(loss[active]) + 1e-12 * part.unit)) & better
        resting[active] = np.where(small, resting[active] + 1, 0)
        done = (resting[active] >= 2) | (damping[active] > 1e12)
        arrived[active[done]] = True
        if done.any():
            active = active[~done]
            if not len(active):
                break
            part = problem.rows(active)
    return Solved(inner, error, loss, arrived)


def _best(tried: Solved, series: int) -> Solved:
    """Keep for each series the best of several arrivals."""
    which = tried.loss.reshape(-1, series).argmin(0) * series + np.arange(series)
    return Solved(tried.inner[which], tried.error[which], tried.loss[which], tried.arrived[which])


def reweighted(problem: Problem, weighting: str) -> tuple[Problem, Solved]:
    """Solve a problem with errors that grow with the fitted increments."""
    power = WEIGHTINGS[pick(weighting, WEIGHTINGS, "weighting")]
    solved = solve(problem)
    if not power:
        return problem, solved
    plain = problem.weights
    for _ in range(_REWEIGHTED):
        fitted, _ = slopes(problem, solved.inner)
        # An increment of nothing is not without error: a twentieth of the largest at least.
        size = np.maximum(fitted, 0.05 * fitted.max(1, keepdims=True))
        size = size / np.sqrt((size**2).mean(1, keepdims=True))
        problem = replace(problem, weights=plain / size ** (2 * power))
        solved = solve(problem)
    return problem, solved


def uncertainty(
    problem: Problem, solved: Solved
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Give covariance, error variance and degrees of freedom of every series of a problem.

    Returns
    -------
    covariance : numpy.ndarray of float, shape (series, parameters + 1, parameters + 1)
        Missing where the counts and the prior leave a direction open.
    variance, freedom : numpy.ndarray of float, shape (series,)
    """
    pull, held = problem.beliefs.pull, problem.beliefs.held
    _, slope = slopes(problem, solved.inner)
    slope = slope * np.sqrt(problem.weights)[..., None] * (1 - held)
    curved = slope.transpose(0, 2, 1) @ slope
    squares = solved.error
    counted = problem.counted.astype(float)
    if problem.with_prior:
        squares, counted = squares + problem.noise_floor, counted + NOISE_WEIGHT
    believed, aside = np.diag(pull**2 * (1 - held)), np.diag(held)
    variance = squares / np.maximum(counted - (1 - held).sum(), 1)
    for _ in range(4):
        # Without anything counted there is no error to count in either.
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            information = curved / variance[:, None, None] + believed + aside
        flat = ~np.isfinite(information).all((1, 2))
        information[flat] = np.eye(len(pull))
        flat |= np.linalg.cond(information) > 1e14
        information[flat] = np.eye(len(pull))
        covariance = np.linalg.inv(information)
        # What the prior pays for is not taken from the counts.
        least = np.maximum(variance, 1e-300)[:, None, None]
        spent = np.where(flat, 0.0, np.einsum("sij,sji->s", covariance, curved / least))
        freedom = np.maximum(counted - spent, 1.0)
        if not problem.with_prior:
            break
        variance = squares / freedom
    covariance = np.where(flat[:, None, None], np.nan, covariance - aside)
    return covariance, variance, freedom
