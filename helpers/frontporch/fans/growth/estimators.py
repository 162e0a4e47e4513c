"""The six estimators of a growth curve: by name, what each is called and does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .censored import Scatter, fitted
from .curves import Curve, Parameter
from .least_squares import reweighted, uncertainty
from .priors import CEILING, NO_PRIOR, Prior, chosen_prior, penalty
from .problem import Problem
from .regressions import WHY_NO_INTERVALS, fitted_log_totals, regressed
from .series import Series
from .what_counts_tell import no_shape

PER_PERIOD, DENSITY, PENALISED = "per-period", "density", "penalised"
REGRESSION, CENSORED, LOG_TOTALS = "Bass regression", "censored", "log totals"
NOISE = (
    Parameter("error of a report", "of a count", 1.0, 1.0, "standard error of the logarithm"),
    Parameter("drift", "per √year", 1.0, 1.0, "growth beside the curve, of the logarithm"),
)
"""What the likelihood of scattered counts estimates beside the curve."""


@dataclass(frozen=True, eq=False)
class Estimate:
    """Where an estimator arrived, and what its uncertainty is made of.

    Parameters
    ----------
    problem : Problem
        What was fitted, and how the parameters are scaled.
    series : Series
        The counts that were used.
    inner : numpy.ndarray of float, shape (k,)
        Estimates on the scale on which they are closest to normal: those of the curve, the launch
        where it was unknown, the logarithm of the ceiling, and for scattered counts the logarithms
        of the error of a report and of the drift.
    covariance : numpy.ndarray of float, shape (k, k)
        Of them; 0 for what was held, missing where nothing tells.
    variance : float
        Of the error of an increment with weight 1; missing for scattered counts.
    freedom : float
        Degrees of freedom left.
    log_likelihood : float
        At the estimate, without the prior.
    notes : tuple of str
        What the estimator itself has to say, in words.
    scatter : Scatter or None
        The likelihood of scattered counts.
    r_squared : float or None
        Of the Bass regression.
    """

    problem: Problem
    series: Series
    inner: NDArray[np.float64]
    covariance: NDArray[np.float64]
    variance: float
    freedom: float
    log_likelihood: float
    notes: tuple[str, ...] = ()
    scatter: Scatter | None = None
    r_squared: float | None = None

    @property
    def place(self) -> int:
        """Where the ceiling stands among the estimates."""
        return len(self.problem.parameters)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """All parameters, in the order of the estimates."""
        unit = self.series.unit
        ceiling = Parameter(CEILING, unit, 1.0, 1.0, "total at the end of all growth")
        return (*self.problem.parameters, ceiling, *(NOISE if self.scatter else ()))

    @property
    def held(self) -> NDArray[np.bool_]:
        """Which of them were held."""
        held = self.problem.beliefs.held > 0
        return np.concatenate([held, np.zeros(len(self.inner) - len(held), bool)])

    @property
    def errors(self) -> NDArray[np.float64]:
        """Standard errors on the scale of the estimate."""
        return np.sqrt(np.maximum(np.diag(self.covariance), 0))

    @property
    def has_intervals(self) -> bool:
        """Whether the estimator says how sure it is."""
        return bool(np.isfinite(self.covariance).all())

    @property
    def has_profile(self) -> bool:
        """Whether the ceiling can be moved: not in a regression, nor where it was held."""
        return self.has_intervals and self.r_squared is None and not self.held[self.place]

    @property
    def likelihood(self) -> Scatter:
        """The likelihood of scattered counts, where it was used."""
        if self.scatter is None:
            raise TypeError("this estimate is not one of scattered counts.")
        return self.scatter

    def totals(
        self, times: NDArray[np.float64], inner: NDArray[np.float64] | None = None
    ) -> NDArray[np.float64]:
        """Give the curve's totals at times, for rows of estimates, its own by default."""
        inner, k = self.inner[None] if inner is None else inner, self.place
        return np.exp(inner[:, k : k + 1]) * self.problem.reached(inner[:, :k], times)


@dataclass(frozen=True)
class Choices:
    """What an estimator is asked for.

    Parameters
    ----------
    prior : Prior
        What is likely beforehand.
    fixed : mapping of str to float, or None
        Parameters held.
    weighting : str
        How the error of an increment grows with it.
    """

    prior: Prior
    fixed: dict[str, float] | None = None
    weighting: str = "constant"


def _per_period(
    series: Series, curve: Curve, choices: Choices, *, density: bool = False
) -> Estimate:
    """Least squares on what was added in each period: the default for regular counts."""
    problem = Problem.of(series, curve, choices.prior, choices.fixed, density)
    problem, solved = reweighted(problem, choices.weighting)
    covariance, variance, freedom = uncertainty(problem, solved)
    weights = problem.weights[0][problem.weights[0] > 0]
    n = len(weights)
    spread = max(float(solved.error[0]) / n, 1e-300)
    likelihood = -0.5 * n * (np.log(2 * np.pi * spread) + 1) + 0.5 * float(np.log(weights).sum())
    return Estimate(
        problem,
        series,
        solved.inner[0],
        _told(covariance[0], no_shape(series)),
        float(variance[0]),
        float(freedom[0]),
        likelihood,
        no_shape(series),
    )


def _told(covariance: NDArray[np.float64], no_shape: tuple[str, ...]) -> NDArray[np.float64]:
    """Take away what counts without a shape cannot tell."""
    return np.full_like(covariance, np.nan) if no_shape else covariance


def _density(series: Series, curve: Curve, choices: Choices) -> Estimate:
    """The same, with the rate in place of the growth within a period."""
    return _per_period(series, curve, choices, density=True)


def _counted(series: Series) -> Series:
    """Leave out the launch: a total of 0 has no logarithm."""
    return series.taken(series.totals > 0) if series.launched else series


def _censored(series: Series, curve: Curve, choices: Choices) -> Estimate:
    """The likelihood of scattered, rounded and one-sided counts."""
    notes, series = no_shape(series), _counted(series)
    problem = Problem.of(series, curve, choices.prior, choices.fixed)
    scatter, inner = fitted(Scatter(problem, series))
    freedom = len(series.times) - float((1 - problem.beliefs.held).sum())
    return Estimate(
        problem,
        series,
        inner,
        _told(scatter.covariance(inner), notes),
        np.nan,
        max(freedom, 1.0),
        float(scatter.filtered(inner[None]).log_likelihood[0]),
        notes,
        scatter=scatter,
    )


def _log_totals(series: Series, curve: Curve, choices: Choices) -> Estimate:
    """Least squares on the logarithms of running totals, without intervals."""
    notes, series = (WHY_NO_INTERVALS, *no_shape(series)), _counted(series)
    problem = Problem.of(series, curve, choices.prior, choices.fixed)
    inner, error = fitted_log_totals(Scatter(problem, series))
    size, n = len(inner), len(series.times)
    likelihood = -0.5 * n * (np.log(2 * np.pi * error**2) + 1)
    return Estimate(
        problem,
        series,
        inner,
        np.full((size, size), np.nan),
        error**2,
        float(n - size),
        likelihood,
        notes,
    )


def _regression(series: Series, curve: Curve, choices: Choices) -> Estimate:
    """Ordinary least squares on totals, as Bass did it."""
    if curve.name != "bass":
        raise ValueError(f"the Bass regression fits the curve bass, not {curve.name}.")
    one = regressed(series)
    return Estimate(
        Problem.of(series, curve, choices.prior),
        series,
        np.log(one.values),
        one.covariance,
        one.variance,
        one.freedom,
        one.log_likelihood,
        ("a regression on totals takes rates for differences: p comes out too large.",),
        r_squared=one.r_squared,
    )


@dataclass(frozen=True)
class Estimator:
    """One way to estimate a curve.

    Parameters
    ----------
    words : str
        What results call it.
    run : callable
        From a series, a curve and choices to an estimate.
    weighted : bool
        Whether a weighting makes a difference.
    """

    words: str
    run: Callable[[Series, Curve, Choices], Estimate]
    weighted: bool = False


ESTIMATORS = {
    PER_PERIOD: Estimator("per-period least squares", _per_period, weighted=True),
    DENSITY: Estimator("least squares, density form", _density, weighted=True),
    PENALISED: Estimator("penalised per-period least squares", _per_period, weighted=True),
    REGRESSION: Estimator("Bass regression (ordinary least squares)", _regression),
    CENSORED: Estimator("censored likelihood of scattered counts", _censored),
    LOG_TOTALS: Estimator("least squares on log totals", _log_totals),
}


def prior_for(estimator: str, prior: Prior | str | None, curve: Curve) -> Prior:
    """Give the prior of an estimator: a regression has none, a penalty is a narrow one."""
    if estimator == REGRESSION:
        return NO_PRIOR
    chosen = chosen_prior(prior, curve)
    return penalty(curve) if estimator == PENALISED and isinstance(prior, str) else chosen


def named(estimator: str, prior: Prior) -> str:
    """Name an estimator with its prior."""
    words = ESTIMATORS[estimator].words
    if prior is NO_PRIOR or prior.name == "penalty":
        return words
    return f"{words} with {prior.name.replace('weak prior', 'weak priors')}"
