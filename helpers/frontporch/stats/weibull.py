"""Weibull regression: how many times as long things take, with or without a covariate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ..citing import cited
from ..result import Result
from ..rounding import as_given
from .durations import as_numbers, in_a_usable_unit, read_durations
from .intervals import FEWEST_EVENTS, normal_quantile
from .likelihood_limits import likelihood_limit

SHARPEST = 1e-5
"""Scale of the noise below which the times are taken to fit exactly: no shape can be told."""
LEFT = 1e-6
"""Share of the largest information that is left where the likelihood has no maximum."""


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
        Of the coefficients and of ln(scale); missing where the likelihood has no maximum.
    log_likelihood : float
        At the estimate.
    events : int
        How many were seen to happen.
    level : float
        Confidence level of the intervals.
    limits : numpy.ndarray of float, shape (covariates + 1, 2)
        Limits of the coefficients.
    notes : tuple of str
        What a reader must know, in words.
    """

    names: tuple[str, ...]
    coefficients: NDArray[np.float64]
    scale: float
    covariance: NDArray[np.float64]
    log_likelihood: float
    events: int
    level: float
    limits: NDArray[np.float64]
    notes: tuple[str, ...] = ()
    estimator: str = "Weibull regression by maximum likelihood"

    def summary(self) -> pd.DataFrame:
        """Show coefficients with limits, and by how many times each multiplies the time."""
        with np.errstate(over="ignore"):
            ratio = np.exp(self.coefficients)
        said = {name: note for note in self.notes for name in self.names if note.startswith(name)}
        return pd.DataFrame(
            {
                "name": self.names,
                "coefficient": self.coefficients,
                "standard_error": np.sqrt(np.diag(self.covariance))[:-1],
                "lower": self.limits[:, 0],
                "upper": self.limits[:, 1],
                "time_ratio": ratio,
                "note": [said.get(name, "") for name in self.names],
            }
        )


@cited
def weibull_regression(
    time: ArrayLike,
    event: ArrayLike,
    covariates: pd.DataFrame | None = None,
    *,
    entry: ArrayLike | None = None,
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
    entry : array_like of float, shape (n,), optional
        Time at which each came under observation (delayed entry); below its time.
    level : float
        Confidence level.

    Returns
    -------
    WeibullRegression
        A covariate with which the likelihood rises without end, such as a group without an
        event, has an infinite coefficient, the one limit that exists, and a note.

    Raises
    ------
    ValueError
        If a time is not above 0, a covariate is missing, constant or follows from others,
        nothing happened, or no shape can be told: it happened once, last of all, or at one
        moment.

    Notes
    -----
    Newton's method on the log-likelihood with its exact gradient and Hessian. Who enters late
    counts from then on: their hazard summed up before is taken off. Source: Kalbfleisch &
    Prentice (1980), The Statistical Analysis of Failure Time Data, chapter 3.

    Examples
    --------
    >>> fitted = weibull_regression([1.0, 2.0, 3.0, 4.0], [True, True, True, False])
    >>> round(fitted.scale, 4), fitted.names
    (0.546, ('intercept',))
    """
    read = read_durations(time, event, entry, names=("time", "event"), above_zero=True)
    if not read.seen.any():
        raise ValueError("nothing happened: without an event no law can be estimated.")
    names, given = _numbers(covariates, len(read.time))
    # Centred and scaled, so that Newton's steps are alike in all directions.
    centre, spread = given.mean(axis=0), given.std(axis=0)
    design = np.column_stack([np.ones(len(given)), (given - centre) / spread])
    law = _Law.of(read.time, read.seen, design, read.entry)
    at, value, curve = law.climb(law.start(), np.ones(design.shape[1] + 1, bool))
    # Back to the covariates' own units.
    back = np.eye(len(at))
    back[1:-1, 1:-1] = np.diag(1 / spread)
    back[0, 1:-1] = -centre / spread
    covariance, running = _told(-curve, back)
    limits, notes = _limits(law, (at, value), running, names, normal_quantile(level))
    coefficients = np.where(running, np.copysign(np.inf, back @ at), back @ at)[:-1]
    width = normal_quantile(level) * np.sqrt(np.diag(covariance))[:-1]
    ends = np.column_stack([coefficients - width, coefficients + width])
    for k in np.flatnonzero(running[:-1]):
        ends[k] = limits[k] / (spread[k - 1] if k else 1.0)
    return WeibullRegression(
        ("intercept", *names),
        coefficients,
        float(np.exp(at[-1])),
        covariance,
        float(value - np.log(read.time[read.seen]).sum()),
        int(read.seen.sum()),
        level,
        ends,
        notes,
    )


def _numbers(covariates: pd.DataFrame | None, rows: int) -> tuple[list[str], NDArray[np.float64]]:
    """Check covariates, each of which must say something that those before it do not."""
    names = [] if covariates is None else list(map(str, covariates.columns))
    given = np.empty((rows, len(names)))
    for k, name in enumerate(names):
        column = as_numbers(covariates.iloc[:, k], name)
        if len(column) != rows:
            raise ValueError(f"{name} has {len(column)} rows, but there are {rows} times.")
        if not np.isfinite(column).all():
            row = int(np.flatnonzero(~np.isfinite(column))[0])
            value = "missing" if np.isnan(column[row]) else as_given(column[row])
            raise ValueError(f"row {row + 1}: {name} is {value}: give a number.")
        in_a_usable_unit(column, name)
        if np.ptp(column) == 0:
            raise ValueError(
                f"{name} is {as_given(column[0])} in every row: it can explain nothing. Take it "
                "out."
            )
        given[:, k] = column
        scaled = (given[:, : k + 1] - given[:, : k + 1].mean(axis=0)) / given[:, : k + 1].std(
            axis=0
        )
        before = scaled[:, :k]
        if k and np.std(scaled[:, k] - before @ np.linalg.lstsq(before, scaled[:, k])[0]) < 1e-7:
            raise ValueError(f"{name} follows from {', '.join(names[:k])}: take one of them out.")
    return names, given


def _told(
    information: NDArray[np.float64], back: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Give the covariance in the covariates' own units, and which numbers run without end."""
    values, vectors = np.linalg.eigh(information)
    told = values > LEFT * values[-1]
    inverse = (vectors[:, told] / values[told]) @ vectors[:, told].T
    part = ((back @ vectors[:, ~told]) ** 2).sum(axis=1) / (back**2).sum(axis=1)
    running = part > 1e-4
    covariance = back @ inverse @ back.T
    covariance[running, :] = covariance[:, running] = np.nan
    return covariance, running


def _limits(
    law: _Law,
    top: tuple[NDArray[np.float64], float],
    running: NDArray[np.bool_],
    names: list[str],
    z: float,
) -> tuple[NDArray[np.float64], tuple[str, ...]]:
    """Give the limits that exist of coefficients without a maximum, and the notes."""
    at, value = top
    limits, notes = np.full((len(at), 2), np.nan), []
    if law.events < FEWEST_EVENTS:
        notes.append(f"only {law.events} events: do not rely on the intervals.")
    for k in np.flatnonzero(running[:-1]):
        if not k:
            notes.append("intercept: without end as well, where the covariates are 0.")
            continue
        moving, last = np.ones(len(at), bool), [at]
        moving[k] = False

        def fall(where: float, k: int = k, moving: NDArray = moving, last: list = last) -> float:
            begin = last[-1].copy()
            begin[k] = where
            found, best, _ = law.climb(begin, moving)
            last.append(found)
            return value - best - z**2 / 2

        side = -float(np.sign(at[k]))
        limit = likelihood_limit(fall, float(at[k]), side * 0.5)
        limits[k] = (limit, np.inf) if at[k] > 0 else (-np.inf, limit)
        which, word = ("a lower", "higher") if at[k] > 0 else ("an upper", "lower")
        notes.append(
            f"{names[k - 1]}: the likelihood has no maximum, because nothing happened to those "
            f"with {word} values: there is {which} limit only, by the profile likelihood."
        )
    return limits, tuple(notes)


@dataclass(frozen=True, eq=False)
class _Law:
    """The likelihood of ln T; rows of entries count with the opposite sign."""

    design: NDArray[np.float64]
    logs: NDArray[np.float64]
    happened: NDArray[np.float64]
    sign: NDArray[np.float64]

    @classmethod
    def of(cls, time: NDArray, seen: NDArray, design: NDArray, entry: NDArray | None) -> _Law:
        late = np.flatnonzero(entry > 0) if entry is not None else np.empty(0, np.int64)
        logs = np.log(np.append(time, entry[late] if entry is not None else []))
        return cls(
            np.concatenate([design, design[late]]),
            logs,
            np.append(seen.astype(float), np.zeros(len(late))),
            np.append(np.ones(len(time)), -np.ones(len(late))),
        )

    @property
    def events(self) -> int:
        return int(self.happened.sum())

    def start(self) -> NDArray[np.float64]:
        own = self.logs[self.sign > 0]
        at = np.zeros(self.design.shape[1] + 1)
        at[0], at[-1] = own.mean(), np.log(max(own.std(), 1e-3))
        return at

    def climb(
        self, begin: NDArray[np.float64], moving: NDArray[np.bool_]
    ) -> tuple[NDArray[np.float64], float, NDArray[np.float64]]:
        """Give the highest place that can be reached, the value and the Hessian there."""
        at, own = begin, np.flatnonzero(moving)
        value, slope, curve = self.value(at)
        for _ in range(300):
            inner = np.ix_(own, own)
            step = np.linalg.solve(_definite(-curve[inner]), slope[own])
            step *= min(1.0, 1.0 / max(np.abs(step).max(), 1e-300))
            for part in 0.5 ** np.arange(40):  # far from the top the curve misleads
                ahead = at.copy()
                ahead[own] += part * step
                new, new_slope, new_curve = self.value(ahead)
                if new >= value:
                    break
            gained, at = new - value, ahead
            value, slope, curve = new, new_slope, new_curve
            if at[-1] < np.log(SHARPEST):
                raise ValueError(
                    "no shape can be told: the times at which it happened fit exactly, as where it "
                    "happened once, last of all, or at one moment. Give more events or fewer "
                    "covariates."
                )
            if gained < 1e-13 * abs(value) and np.abs(slope[own]).max() < 1e-9 * len(self.logs):
                break
        return at, value, curve

    def value(
        self, at: NDArray[np.float64]
    ) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
        """Log-likelihood of ln T in the coefficients and ln(scale), its gradient and Hessian."""
        scale = np.exp(at[-1])
        noise = (self.logs - self.design @ at[:-1]) / scale
        if noise.max() > 300:  # a step far too long; its square must not overflow either
            return -np.inf, np.zeros_like(at), -np.eye(len(at))
        hazard = self.sign * np.exp(noise)
        value = (self.happened * (noise - at[-1])).sum() - hazard.sum()
        pull = hazard - self.happened
        slope = np.append(self.design.T @ pull / scale, (noise * pull - self.happened).sum())
        curve = np.empty((len(at), len(at)))
        curve[:-1, :-1] = -(self.design.T * hazard) @ self.design / scale**2
        curve[-1, -1] = -(noise**2 * hazard + noise * pull).sum()
        curve[:-1, -1] = curve[-1, :-1] = -self.design.T @ (pull + noise * hazard) / scale
        return float(value), slope, curve


def _definite(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Lift a matrix until it is positive definite, so that every step leads uphill."""
    lowest = np.linalg.eigvalsh(matrix)[0]
    lift = max(0.0, 1e-8 * np.abs(matrix).max() - lowest)
    return matrix + lift * np.eye(len(matrix))
