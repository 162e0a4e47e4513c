"""What a fit is given: increments, weights, a curve, priors and bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

import numpy as np
from numpy.typing import NDArray

from .curves import Curve, Parameter
from .priors import LAUNCH, Beliefs, Prior
from .series import Series

Array = NDArray[np.float64]

NOISE_SHARE, NOISE_WEIGHT = 0.1, 1.0
"""Weak prior of the noise: worth one period with an error of a tenth of the usual increment."""
_FURTHEST = 1_000.0  # times the last total: where a ceiling without prior stops running


@dataclass(frozen=True, eq=False)
class Problem:
    """Increments of several series, the curve for them and what is known beforehand.

    Parameters
    ----------
    curve : Curve
        The growth curve.
    times : numpy.ndarray of float, shape (n + 1,) or (series, n + 1)
        Ends of the periods, years; the start of the first one first.
    added : numpy.ndarray of float, shape (series, n)
        Increments.
    weights : numpy.ndarray of float, shape (series, n)
        1 by the variance of an increment, up to a factor; 0 leaves it out.
    last : numpy.ndarray of float, shape (series,)
        The last total.
    parameters : tuple of Parameter
        Those of the curve, and the launch where it is unknown.
    beliefs : Beliefs
        The prior, and what is held.
    since_start : bool
        Whether the first increment is all that grew until the first time; times then have n
        entries.
    density : bool
        Whether an increment is the rate at the period's end rather than the growth within it.
    """

    curve: Curve
    times: Array
    added: Array
    weights: Array
    last: Array
    parameters: tuple[Parameter, ...]
    beliefs: Beliefs
    since_start: bool = False
    density: bool = False

    @classmethod
    def of(
        cls,
        series: Series,
        curve: Curve,
        prior: Prior,
        fixed: Mapping[str, float] | None = None,
        density: bool = False,
    ) -> Problem:
        """Make the problem of one series.

        Parameters
        ----------
        series : Series
            The counts.
        curve : Curve
            The growth curve.
        prior : Prior
            What is likely beforehand.
        fixed : mapping of str to float, optional
            Parameters held at a known value, also "ceiling".
        density : bool
            Whether an increment is the rate at the period's end.
        """
        since_start = not series.launched
        parameters = curve.parameters
        if curve.launched and since_start:
            parameters = (*parameters, LAUNCH)
        last = float(series.totals[-1])
        beliefs = prior.beliefs(parameters, last, fixed)
        if density and since_start:
            raise ValueError(
                "the density form needs increments from the launch on, period by period."
            )
        return cls(
            curve,
            series.times,
            series.increments[None],
            (series.used / series.spans)[None],
            np.array([last]),
            parameters,
            beliefs,
            since_start,
            density,
        )

    def rows(self, which: slice | NDArray[np.int_]) -> Problem:
        """Give some of the series."""
        return replace(
            self,
            added=self.added[which],
            weights=self.weights[which],
            last=self.last[which],
            times=self.times if self.times.ndim == 1 else self.times[which],
        )

    def holding(self, place: int) -> Problem:
        """Give the problem with one more parameter held."""
        held = self.beliefs.held.copy()
        held[place] = 1.0
        return replace(self, beliefs=replace(self.beliefs, held=held))

    def repeated(self, times: int) -> Problem:
        """Give a problem with its one series several times."""
        return self.rows(np.zeros(times, int))

    @property
    def with_prior(self) -> bool:
        """Whether anything but the counts has a say."""
        return bool(self.beliefs.pull.any())

    def values(self, inner: Array) -> Array:
        """Go from the scale of the estimate to the parameters, without the ceiling."""
        return np.stack([p.outward(inner[:, k]) for k, p in enumerate(self.parameters)], axis=1)

    def reached(self, inner: Array, times: Array | None = None) -> Array:
        """Give the share of the ceiling reached at times, those of the problem by default."""
        values = self.values(inner)
        times = self.times if times is None else times
        if len(self.parameters) > len(self.curve.parameters):
            return self.curve.at(times + values[:, -1:], values[:, :-1])
        return self.curve.at(times, values)

    def shares(self, inner: Array) -> Array:
        """Give the share of the ceiling that each increment is, shape (series, n)."""
        if self.density:
            ends, step = self.times[..., 1:], 1e-4
            rise = self.reached(inner, ends + step) - self.reached(inner, ends - step)
            return rise / (2 * step)
        reached = self.reached(inner)
        if self.since_start:
            return np.diff(reached, axis=1, prepend=0.0)
        return np.diff(reached, axis=1)

    @cached_property
    def counted(self) -> Array:
        """How many increments each series has."""
        return (self.weights > 0).sum(1)

    @cached_property
    def noise_floor(self) -> Array:
        """What the weak prior of the noise adds to the sum of squares."""
        usual = (self.weights * self.added**2).sum(1) / np.maximum(self.counted, 1)
        return NOISE_WEIGHT * NOISE_SHARE**2 * usual

    @cached_property
    def unit(self) -> Array:
        """What the loss is counted in: the squares of the counts, or 1 with a prior."""
        if self.with_prior:
            return np.ones(len(self.added))
        return np.maximum((self.weights * self.added**2).sum(1), 1e-300)

    def posterior(self, error: Array, squares: Array, of_ceiling: Array) -> Array:
        """Give the loss from sums of squares and the prior's terms, for a grid or for rows."""
        if not self.with_prior:
            return error
        floor, counted = self.noise_floor, self.counted
        if error.ndim == 2:
            floor, counted = floor[:, None], counted[:, None]
        fitted = (counted + NOISE_WEIGHT) * np.log(error + floor + 1e-300)
        return fitted + squares.sum(-1) + of_ceiling**2

    def loss(self, inner: Array) -> tuple[Array, Array]:
        """Give the sum of squares and the loss of each series."""
        with np.errstate(over="ignore", invalid="ignore"):
            fitted = np.exp(inner[:, -1:]) * self.shares(inner[:, :-1])
            error = (self.weights * (self.added - fitted) ** 2).sum(1)
        error = np.where(np.isfinite(error), error, np.inf)
        z = (inner - self.centres) * self.beliefs.pull
        return error, self.posterior(error, z[:, :-1] ** 2, z[:, -1])

    def precision(self, error: Array) -> Array:
        """1 by the variance of the errors, at this sum of squares; 1 without a prior."""
        if not self.with_prior:
            return np.ones(len(error))
        return (self.counted + NOISE_WEIGHT) / (error + self.noise_floor + 1e-300)

    @cached_property
    def centre_of_ceiling(self) -> Array:
        """Centre of the ceiling's prior, log, shape (series,)."""
        return self.beliefs.centre[-1] + np.log(np.maximum(self.last, 1e-300))

    @cached_property
    def centres(self) -> Array:
        """Centres of the priors, shape (series, parameters + 1)."""
        fixed = np.broadcast_to(
            self.beliefs.centre[:-1], (len(self.last), len(self.beliefs.centre) - 1)
        )
        return np.column_stack([fixed, self.centre_of_ceiling])

    @cached_property
    def bounds(self) -> tuple[Array, Array]:
        """Limits on the scale of the estimate, shape (series, parameters + 1) each."""
        span = max(float(np.ptp(self.times)), 1e-6)
        limits = [
            p.bounds if p.positive else (self.times.min() - 10 * span, self.times.max() + 10 * span)
            for p in self.parameters
        ]
        low, high = np.array(limits).T
        last = np.log(np.maximum(self.last, 1e-300))
        ones = np.ones((len(last), 1))
        # Below the last total a ceiling makes sense only as far as errors reach.
        return (
            np.column_stack([low * ones, last - np.log(2)]),
            np.column_stack([high * ones, last + np.log(_FURTHEST)]),
        )

    @cached_property
    def grid(self) -> Array:
        """Points at which a fit may start, shape (points, parameters)."""
        points = {1: 25, 2: 12, 3: 7}.get(len(self.parameters), 5)
        span = float(np.ptp(self.times))
        ranges = []
        for k, p in enumerate(self.parameters):
            if self.beliefs.held[k]:
                ranges.append(self.beliefs.centre[k : k + 1])
            elif p.positive:
                reach = 2.2 * p.spread
                ranges.append(self.beliefs.centre[k] + np.linspace(-reach, reach, points))
            else:
                ranges.append(np.linspace(self.times.min() - span, self.times.max() + span, points))
        return np.array(list(product(*ranges)))
