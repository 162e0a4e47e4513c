"""Likelihood of scattered, rounded and one-sided counts.

The logarithm of a count is the curve's, plus a drift, plus the error of the report. The drift is
a random walk: growth above or below the curve stays in the total. A rounded count and "over 7
million" are intervals. A filter goes through the counts in the order of time; where a count is an
interval, the drift's distribution after it is replaced by the normal one with its mean and
variance (assumed-density filtering).

A curve with free parameters bends towards the drift, so that the drift looks smaller than it is.
The noise is therefore estimated by the restricted likelihood, which averages over the curve
instead of taking the best one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .newton import curvature, descended
from .problem import Problem
from .series import Series

Array = NDArray[np.float64]

REPORT, DRIFT = (0.03, 1.0), (0.1, 1.0)
"""Weak priors: error of a report (.03, of the logarithm of a count) and drift (.1 in a year)."""
_TINY = 1e-300
_ROUGH = 1e-4
_RESTRICTED = 2  # rounds: the slopes are those of the estimate before


@dataclass(frozen=True, eq=False)
class Drifted:
    """Where the filter ended, one entry a row of parameters.

    Parameters
    ----------
    loss : numpy.ndarray of float, shape (rows,)
        Negative log posterior.
    log_likelihood : numpy.ndarray of float, shape (rows,)
        Without the prior.
    drift, variance : numpy.ndarray of float, shape (rows,)
        Mean and variance of the drift at the last count.
    """

    loss: Array
    log_likelihood: Array
    drift: Array
    variance: Array


@dataclass(frozen=True, eq=False)
class Scatter:
    """The counts of one series, and the curve for them.

    Parameters
    ----------
    problem : Problem
        Curve, parameters and priors; its increments are not used.
    series : Series
        The counts.
    slope : numpy.ndarray of float, shape (n, parameters + 1), optional
        How the logarithm of each count changes with the curve's parameters, near the estimate:
        with it the likelihood is the restricted one.
    """

    problem: Problem
    series: Series
    slope: Array | None = None

    @property
    def size(self) -> int:
        """Number of parameters: those of the curve, the ceiling, and two of the noise."""
        return len(self.problem.beliefs.centre) + 2

    @property
    def held(self) -> Array:
        """1 for each parameter that is held, 0 for the others."""
        return np.concatenate([self.problem.beliefs.held, [0.0, 0.0]])

    def prior(self) -> tuple[Array, Array]:
        """Give centres and pulls of all parameters."""
        noise = np.array([REPORT, DRIFT])
        return (
            np.concatenate([self.problem.centres[0], np.log(noise[:, 0])]),
            np.concatenate([self.problem.beliefs.pull, 1 / noise[:, 1]]),
        )

    def filtered(self, inner: Array) -> Drifted:
        """Run the filter for rows of parameters, shape (rows, parameters)."""
        series, rows = self.series, len(inner)
        shares = self.problem.reached(inner[:, :-3])
        ahead = self.problem.reached(inner[:, :-3], series.times + 1e-3)
        logs = np.log(np.maximum(shares, _TINY))
        pace = (np.log(np.maximum(ahead, _TINY)) - logs) / 1e-3
        level = inner[:, -3:-2] + logs
        report, walk = np.exp(2 * inner[:, -2]), np.exp(2 * inner[:, -1])
        low, high = intervals(series)
        error = report[:, None] + np.minimum(pace * series.window, 2.0) ** 2 / 12
        mean, variance, likelihood = np.zeros(rows), np.zeros(rows), np.zeros(rows)
        before = series.times[0]
        for k, time in enumerate(series.times):
            variance = variance + walk * (time - before) + (100.0 if series.stepped[k] else 0.0)
            before = time
            total = variance + error[:, k]
            root = np.sqrt(total)
            a = (low[k] - level[:, k] - mean) / root
            if low[k] == high[k]:
                likelihood = likelihood - 0.5 * (a * a + np.log(2 * np.pi * total))
                first, second = a, 1.0
            else:
                b = (high[k] - level[:, k] - mean) / root
                inside = _log_between(a, b)
                likelihood = likelihood + inside
                at_a, at_b = np.exp(-a * a / 2 - inside), np.exp(-b * b / 2 - inside)
                first = (at_a - at_b) / np.sqrt(2 * np.pi)
                edge = (b * at_b if np.isfinite(high[k]) else 0.0) - a * at_a
                second = first**2 + edge / np.sqrt(2 * np.pi)
            mean = mean + variance / root * first
            variance = np.maximum(variance - variance**2 / total * second, 0.0)
        centre, pull = self.prior()
        penalty = 0.5 * (((inner - centre) * pull) ** 2).sum(1)
        loss = np.where(np.isfinite(likelihood), penalty - likelihood, 1e12)
        if self.slope is not None:
            loss = loss + self._restriction(self.slope, error, walk)
        return Drifted(loss, likelihood, mean, variance)

    def starts(self, several: int = 3) -> Array:
        """Choose points of the grid with the smallest error of log totals."""
        grid = self.problem.grid
        logs = np.log(np.maximum(self.problem.reached(grid), _TINY))
        seen = np.log(np.maximum(self.series.totals, least(self.series)))
        ceiling = (seen - logs).mean(1)
        if self.problem.beliefs.held[-1]:
            ceiling = np.full(len(grid), self.problem.centres[0, -1])
        low, high = self.problem.bounds[0][0, -1], self.problem.bounds[1][0, -1]
        ceiling = np.clip(ceiling, low, high)
        error = ((seen - logs - ceiling[:, None]) ** 2).sum(1)
        centre, pull = self.prior()
        whole = np.column_stack([grid, ceiling])
        squares = (((whole - centre[:-2]) * pull[:-2]) ** 2).sum(1)
        score = len(seen) * np.log(error + 1e-3) + squares
        best = np.argsort(score, kind="stable")[:several]
        return np.column_stack(
            [whole[best], np.tile(np.log([REPORT[0], DRIFT[0]]), (len(best), 1))]
        )

    def _restriction(self, slope: Array, error: Array, walk: Array) -> Array:
        """Give half the logarithm of how much the counts say of the curve, for rows of noise."""
        series, free = self.series, np.flatnonzero(self.problem.beliefs.held == 0)
        after = series.times - series.times[0]
        leaps = np.cumsum(np.where(series.stepped, 100.0, 0.0))
        shared = np.minimum.outer(after, after) * walk[:, None, None]
        shared = shared + np.minimum.outer(leaps, leaps) + error[:, :, None] * np.eye(len(after))
        exact = np.flatnonzero(~series.at_least)  # a bound says little of the curve
        slope = slope[np.ix_(exact, free)]
        solved = np.linalg.solve(shared[:, exact[:, None], exact], slope)
        told = slope.T @ solved + np.diag(self.problem.beliefs.pull[free] ** 2)
        return 0.5 * np.linalg.slogdet(told)[1]

    def restricted(self, inner: Array) -> Scatter:
        """Give the restricted likelihood near an estimate."""
        moves = _ROUGH * np.eye(len(inner) - 2)
        here = inner[: len(inner) - 2]

        def level(rows: Array) -> Array:
            return rows[:, -1:] + np.log(np.maximum(self.problem.reached(rows[:, :-1]), _TINY))

        slope = (level(here + moves) - level(here - moves)).T / (2 * _ROUGH)
        return replace(self, slope=slope)

    def loss(self, inner: Array) -> Array:
        """Give the negative log posterior of rows of parameters."""
        return self.filtered(inner).loss

    def descended(self, start: Array, held: Array | None = None) -> tuple[Array, float]:
        """Go from a start to the nearest smallest loss."""
        free = np.flatnonzero((self.held if held is None else held) == 0)
        return descended(self.loss, start, *self.limits(), free)

    def limits(self) -> tuple[Array, Array]:
        """Limits of all parameters."""
        low, high = (one[0] for one in self.problem.bounds)
        noise = np.log([REPORT[0], DRIFT[0]])
        return np.concatenate([low, noise - 5]), np.concatenate([high, noise + 4])

    def covariance(self, inner: Array) -> Array:
        """Invert the curvature of the loss; missing where it has no inverse."""
        free = np.flatnonzero(self.held == 0)
        _, _, curved = curvature(self.loss, inner, free)
        whole = np.zeros((len(inner), len(inner)))
        size = np.sqrt(np.maximum(np.diag(curved), 0))
        # Judged in units of each parameter's own curvature, whatever their scales.
        with np.errstate(divide="ignore", invalid="ignore"):
            scaled = curved / np.outer(size, size)
        flat = not np.isfinite(scaled).all() or np.linalg.eigvalsh(scaled)[0] < 1e-10
        whole[np.ix_(free, free)] = np.nan if flat else np.linalg.inv(scaled) / np.outer(size, size)
        return whole


def least(series: Series) -> float:
    """What a count of nothing stands for: half a person, or less where all counts are small."""
    return float(min(0.5, series.totals[series.totals > 0].min(initial=np.inf) / 2))


def intervals(series: Series) -> tuple[Array, Array]:
    """Give the lower and upper limit of the logarithm of each count; equal for an exact one."""
    totals = np.maximum(series.totals, least(series))
    half = np.where(series.rounded_to / totals > 0.002, series.rounded_to / 2, 0.0)
    low = np.log(np.maximum(totals - half, least(series) / 2))
    high = np.where(half > 0, np.log(totals + half), low)
    return (
        np.where(series.at_least, np.log(totals), low),
        np.where(series.at_least, np.inf, high),
    )


def fitted(scatter: Scatter) -> tuple[Scatter, Array]:
    """Find the smallest loss from several starts, then restrict the likelihood to the noise.

    Returns
    -------
    restricted : Scatter
        The restricted likelihood.
    inner : numpy.ndarray of float, shape (parameters + 3,)
        Where it is best.
    """
    arrived = [scatter.descended(one) for one in scatter.starts()]
    inner, _ = min(arrived, key=lambda one: one[1])
    for _ in range(_RESTRICTED):
        scatter = scatter.restricted(inner)
        inner, _ = scatter.descended(inner)
    return scatter, inner


def _log_between(a: Array, b: Array) -> Array:
    """Logarithm of the share of a normal distribution from a to b."""
    from scipy.special import log_ndtr

    flip = a > 0  # from the far side, where the digits are
    low, high = np.where(flip, -b, a), np.where(flip, -a, b)
    top, bottom = log_ndtr(high), log_ndtr(low)
    with np.errstate(divide="ignore"):
        return top + np.log1p(-np.exp(np.minimum(bottom - top, -1e-16)))
