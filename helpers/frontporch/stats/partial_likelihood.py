"""Where Cox's partial likelihood is highest, and what is said where it is highest nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .intervals import FEWEST_EVENTS, normal_quantile
from .likelihood_limits import likelihood_limit
from .risk_sets import RiskSets

FARTHEST = 100.0
"""Effect of a usual difference of a covariate, on the log scale, within which limits lie."""
SMALLEST_GAIN = 1e-9
"""Gain in log-likelihood below which a step is the last but for rounding."""
LEFT = 1e-6
"""Information that is left, as a share of that at no effect, where the likelihood has no top."""
FOLLOWS = 1e-9
"""Share of a covariate's information that may be left where it follows from the others."""

Highest = tuple[NDArray[np.float64], float]
"""Coefficients, and the logarithm of the likelihood there."""


@dataclass(frozen=True, eq=False)
class Maximum:
    """Coefficients of covariates, one place each, with what is known of those without a maximum.

    Parameters
    ----------
    coefficients : numpy.ndarray of float, shape (p,)
        Logarithms of hazard ratios; infinite where the likelihood rises without end, missing
        where a covariate says nothing.
    errors, lower, upper : numpy.ndarray of float, shape (p,)
        Standard errors, missing where there is no maximum, and limits.
    covariance : numpy.ndarray of float, shape (p, p)
        Of the coefficients that have a maximum; missing elsewhere.
    log_likelihood : float
        The highest value, or the one it tends to.
    notes : tuple of str
        One a covariate, empty where there is nothing to say.
    held : numpy.ndarray of float, shape (p,)
        The coefficients, those without end held far out and those that say nothing at 0.
    """

    coefficients: NDArray[np.float64]
    errors: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    covariance: NDArray[np.float64]
    log_likelihood: float
    notes: tuple[str, ...]
    held: NDArray[np.float64]

    @property
    def sound(self) -> NDArray[np.bool_]:
        """Which coefficients have a maximum."""
        return np.isfinite(self.coefficients)


@dataclass(frozen=True, eq=False)
class Climb:
    """The way up, in units in which covariates are alike.

    Parameters
    ----------
    sets : RiskSets
        Who was at risk when.
    offset : numpy.ndarray of float, shape (n,)
        Added to each linear predictor.
    penalty : {"firth"} or None
        Half the logarithm of the determinant of the information, which gives every effect a
        maximum.
    """

    sets: RiskSets
    offset: NDArray[np.float64]
    penalty: str | None = None

    @cached_property
    def start(self) -> NDArray[np.float64]:
        """The information where nothing has an effect."""
        return self.sets.evaluate(np.zeros(self.size), self.offset)[2]

    @property
    def size(self) -> int:
        """How many covariates there are."""
        return self.sets.design.shape[1]

    @cached_property
    def spread(self) -> NDArray[np.float64]:
        """Usual difference of each covariate among those at risk; 0 where it says nothing."""
        told = np.maximum(np.diag(self.start), 0.0) / max(self.sets.moves, 1)
        largest = np.abs(self.sets.design).max(axis=0, initial=0.0)
        return np.where(np.sqrt(told) > 1e-6 * largest, np.sqrt(told), 0.0)

    @cached_property
    def free(self) -> NDArray[np.bool_]:
        """Which covariates say something that those before them do not."""
        told = np.zeros(self.size, bool)
        unit = np.where(self.spread > 0, self.spread, 1.0)
        scaled = self.start / np.outer(unit, unit) / max(self.sets.moves, 1)
        for k in np.flatnonzero(self.spread):
            own = np.flatnonzero(told)
            with_it = np.append(own, k)
            block = scaled[np.ix_(with_it, with_it)]
            left = block[-1, -1]
            if len(own):
                left -= block[-1, :-1] @ np.linalg.solve(block[:-1, :-1], block[:-1, -1])
            told[k] = left > FOLLOWS
        return told

    def value(
        self, at: NDArray[np.float64]
    ) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
        """Give what is climbed, its gradient, and the information."""
        value, gradient, information = self.sets.evaluate(at, self.offset)
        if self.penalty is None:
            return value, gradient, information
        width, bent = 1e-4, np.zeros(self.size)
        for k in np.flatnonzero(self.free):
            step = np.zeros(self.size)
            step[k] = width / self.spread[k]
            bent[k] = (self._volume(at + step) - self._volume(at - step)) / (2 * step[k])
        return value + self._volume(at), gradient + bent, information

    def _volume(self, at: NDArray[np.float64]) -> float:
        information = self.sets.evaluate(at, self.offset)[2][np.ix_(self.free, self.free)]
        sign, size = np.linalg.slogdet(information)
        return float(size) / 2 if sign > 0 else -np.inf

    def top(
        self, begin: NDArray[np.float64], moving: NDArray[np.bool_]
    ) -> tuple[NDArray[np.float64], float, NDArray[np.bool_]]:
        """Climb by Newton's steps; say which coefficients were still running when it ended.

        Parameters
        ----------
        begin : numpy.ndarray of float, shape (p,)
            Where to begin; what is not `moving` stays there.
        moving : numpy.ndarray of bool, shape (p,)
            Which coefficients move.
        """
        at, running = begin.astype(float), np.zeros(self.size, bool)
        own = np.flatnonzero(moving)
        if not len(own):
            return at, self.value(at)[0], running
        value, gradient, information = self.value(at)
        unit = self.spread[own]
        for _ in range(200):
            scaled = information[np.ix_(own, own)] / np.outer(unit, unit)
            step = _uphill(scaled, gradient[own] / unit)
            if gradient[own] / unit @ step < SMALLEST_GAIN:
                running[own] = _flat(scaled / max(self.sets.moves, 1))
                if running.any() or np.abs(step).max() < 1e-9:
                    break
            for part in 0.5 ** np.arange(30):
                ahead = at.copy()
                ahead[own] += part * step / unit
                found = self.value(ahead)
                if found[0] >= value - 1e-12 * abs(value):
                    break
            at, (value, gradient, information) = ahead, found
        return at, value, running


def _flat(information: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which coefficients lie in a direction along which next to no information is left."""
    values, vectors = np.linalg.eigh(information)
    return (vectors[:, values < LEFT] ** 2).sum(axis=1) > 1e-4


def _uphill(information: NDArray[np.float64], gradient: NDArray[np.float64]) -> NDArray:
    """Newton's step, at most 2 a coefficient; along a flat direction the gradient's."""
    values, vectors = np.linalg.eigh(information)
    least = max(1e-14 * abs(values[-1]), 1e-300)
    step = vectors @ ((vectors.T @ gradient) / np.maximum(values, least))
    return step * min(1.0, 2.0 / max(np.abs(step).max(), 1e-300))


def maximise(
    sets: RiskSets,
    names: Sequence[str],
    *,
    level: float = 0.95,
    offset: NDArray[np.float64] | None = None,
    penalty: str | None = None,
) -> Maximum:
    """Find the coefficients under which what was seen is likeliest, and their limits.

    Parameters
    ----------
    sets : RiskSets
        Who was at risk when somebody moved.
    names : sequence of str
        Names of the covariates.
    level : float
        Confidence level.
    offset : numpy.ndarray of float, shape (n,), optional
        Added to each linear predictor.
    penalty : {"firth"}, optional
        Firth's penalty, with limits by the penalised profile likelihood.

    Returns
    -------
    Maximum

    Notes
    -----
    A covariate that is the same wherever somebody moved, or follows from those before it, has
    no coefficient and a note. Where the likelihood rises without end (monotone likelihood) the
    limit that exists is that of the profile likelihood, taken from the value it tends to.
    Source: Bryson & Johnson (1981), Biometrics 37:371-375; Heinze & Schemper (2001), Biometrics
    57:114-119.

    Examples
    --------
    >>> import numpy as np
    >>> ends = np.array([1.0, 2.0, 3.0, 4.0])
    >>> first = np.array([[1.0], [1.0], [0.0], [0.0]])
    >>> sets = RiskSets(ends, np.ones(4, bool), first, np.zeros(4, int))
    >>> found = maximise(sets, ["first"])
    >>> float(found.coefficients[0]), round(float(found.lower[0]), 2), found.notes[0][:25]
    (inf, -0.11, 'the likelihood has no max')
    """
    size, z = len(names), normal_quantile(level)
    climb = Climb(sets, np.zeros(len(sets.time)) if offset is None else offset, penalty)
    free = climb.free
    at, best, running = climb.top(np.zeros(size), free)
    sound = free & ~running
    covariance = np.full((size, size), np.nan)
    inner = climb.sets.evaluate(at, climb.offset)[2][np.ix_(sound, sound)]
    if sound.any():
        covariance[np.ix_(sound, sound)] = np.linalg.inv(inner)
    errors = np.sqrt(np.diag(covariance))
    coefficients = np.where(sound, at, np.where(running, np.copysign(np.inf, at), np.nan))
    lower, upper = coefficients - z * errors, coefficients + z * errors
    for k in map(int, np.flatnonzero(running)):
        limit = _profile(climb, (at, best), k, -np.sign(at[k]), z)
        lower[k], upper[k] = (limit, np.inf) if at[k] > 0 else (-np.inf, limit)
    if penalty:
        for k in map(int, np.flatnonzero(sound)):
            lower[k], upper[k] = (_profile(climb, (at, best), k, side, z) for side in (-1, 1))
    notes = [_note(climb, names, k, at, running) for k in range(size)]
    return Maximum(
        coefficients,
        errors,
        lower,
        upper,
        covariance,
        best,
        tuple(notes),
        np.where(free, at, 0.0),
    )


def _profile(climb: Climb, top: Highest, k: int, side: float, z: float) -> float:
    """Where the likelihood, all else at its best, has fallen by half of z squared."""
    moving, at = climb.free.copy(), [top[0]]
    moving[k] = False

    def fall(where: float) -> float:
        begin = at[-1].copy()
        begin[k] = where
        found, value, _ = climb.top(begin, moving)
        at.append(found)
        return top[1] - value - z**2 / 2

    step = side * 0.5 / climb.spread[k]
    far = abs(float(top[0][k])) + FARTHEST / climb.spread[k]
    return likelihood_limit(fall, float(top[0][k]), step, far)


def _note(
    climb: Climb,
    names: Sequence[str],
    k: int,
    at: NDArray[np.float64],
    running: NDArray[np.bool_],
) -> str:
    name = names[k]
    if not climb.spread[k]:
        return f"{name} is the same for all at risk whenever somebody moved: it says nothing"
    if not climb.free[k]:
        others = [names[int(j)] for j in np.flatnonzero(climb.free[:k])]
        return f"{name} follows from {', '.join(others)}: its own effect cannot be told"
    if running[k]:
        side = "moves first" if at[k] > 0 else "never moves first"
        limit = "a lower" if at[k] > 0 else "an upper"
        return (
            f"the likelihood has no maximum, because whoever has more of {name} {side}: there is "
            f"{limit} limit only, by the profile likelihood"
        )
    return ""


def too_few(moves: int) -> str:
    """Say that an interval rests on few moves, or nothing."""
    few = f"fewer than {FEWEST_EVENTS} events: do not rely on the interval"
    return few if moves < FEWEST_EVENTS else ""
