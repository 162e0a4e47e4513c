"""What a fitted growth curve says, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ...rounding import number
from ...streams import Seed
from .censored import Scatter
from .parameters import Curve, Parameter
from .priors import CEILING, Prior
from .profile import CeilingProfile, ceiling_profile, student_quantile
from .series import Series
from .task import Task

if TYPE_CHECKING:
    from .bootstrap import Bootstrap
    from .forecast import Forecast

NOISE = ("error of a report", "drift")


@dataclass(frozen=True, eq=False)
class Growth:
    """A growth curve fitted to a series.

    Parameters
    ----------
    curve : Curve
        The curve.
    series : Series
        What it was fitted to.
    estimator : str
        Name of the estimator.
    prior : Prior
        What was taken as likely beforehand.
    task : Task
        What was fitted, and how the parameters are scaled.
    inner : numpy.ndarray of float, shape (k,)
        Estimates on the scale on which they are closest to normal: those of the curve, the launch
        where it was unknown, the logarithm of the ceiling, and for scattered counts the logarithms
        of the error of a report and of the drift.
    covariance : numpy.ndarray of float, shape (k, k)
        Of them; missing where there is none.
    variance : float
        Of the error of an increment of usual length; missing for scattered counts.
    freedom : float
        Degrees of freedom.
    log_likelihood : float
        At the estimate, without the prior.
    level : float
        Confidence level of every interval.
    weighting : str
        How errors grow with increments.
    notes : tuple of str
        What a reader must know, in words.
    versions : tuple of str
        Of the kit and of numpy.
    scatter : Scatter or None
        The likelihood of scattered counts.
    r_squared : float or None
        Of the Bass regression.
    """

    curve: Curve
    series: Series
    estimator: str
    prior: Prior
    task: Task
    inner: NDArray[np.float64]
    covariance: NDArray[np.float64]
    variance: float
    freedom: float
    log_likelihood: float
    level: float = 0.95
    weighting: str = "constant"
    notes: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    scatter: Scatter | None = None
    r_squared: float | None = None

    @property
    def known(self) -> tuple[Parameter, ...]:
        """All parameters, in the order of the estimates."""
        ceiling = Parameter(CEILING, self.series.unit, 1.0, 1.0, "total at the end of all growth")
        noise = (
            Parameter(NOISE[0], "of a count", 1.0, 1.0, "standard error of the logarithm"),
            Parameter(NOISE[1], "per √year", 1.0, 1.0, "growth beside the curve, of the logarithm"),
        )
        return (*self.task.parameters, ceiling, *(noise if self.scatter else ()))

    @cached_property
    def parameters(self) -> dict[str, float]:
        """Estimates by name."""
        return {p.name: float(p.outward(x)) for p, x in zip(self.known, self.inner, strict=True)}

    @property
    def ceiling(self) -> float:
        """Total at the end of all growth; for a curve with churn, if nobody left."""
        return self.parameters[CEILING]

    @cached_property
    def launch(self) -> float:
        """Years from the launch to time 0; 0 where time 0 is the launch or there is none."""
        return self.parameters.get("launch", 0.0)

    @cached_property
    def peak_time(self) -> float:
        """Time of fastest growth, in years from time 0 of the series."""
        values = np.array([self.parameters[name] for name in self.curve.names])
        return self.curve.peak_time(values) - self.launch

    @property
    def peak(self) -> pd.Timestamp | None:
        """Day of fastest growth; None where it is centuries away."""
        if abs(self.peak_time) > 200:
            return None
        return self.series.date(self.peak_time).floor("D")

    @property
    def peak_reached(self) -> bool:
        """Whether the fitted growth was fastest before the last count."""
        return bool(self.peak_time <= self.series.times[-1])

    def totals(self, times: ArrayLike) -> NDArray[np.float64]:
        """Give the curve's total at times, in years from time 0 of the series."""
        return self._curve_at(self.inner[None], np.atleast_1d(np.asarray(times, float)))[0]

    def _curve_at(self, inner: NDArray[np.float64], times: NDArray[np.float64]) -> NDArray:
        k = len(self.task.parameters)
        return np.exp(inner[:, k : k + 1]) * self.task.reached(inner[:, :k], times)

    @property
    def errors(self) -> NDArray[np.float64]:
        """Standard errors on the scale of the estimate."""
        return np.sqrt(np.maximum(np.diag(self.covariance), 0))

    def summary(self) -> pd.DataFrame:
        """Show each parameter with standard error, interval and prior.

        Returns
        -------
        pandas.DataFrame
            Columns `parameter`, `unit`, `estimate`, `standard_error`, `lower`, `upper`, `prior`.
            The interval of the ceiling is its profile interval; those of the others reach as far
            on both sides on the scale of the estimate.
        """
        rows = []
        reach = student_quantile(self.level, self.freedom) * self.errors
        held = np.concatenate([self.task.held, np.zeros(len(self.inner) - len(self.task.held))])
        for k, p in enumerate(self.known):
            at = self.inner[k]
            estimate = float(p.outward(at))
            lower, upper = (float(p.outward(at + side * reach[k])) for side in (-1, 1))
            if held[k]:
                lower = upper = np.nan
            elif p.name == CEILING and self.has_profile:
                lower, upper = self.ceiling_interval
            rows.append({
                "parameter": p.name, "unit": p.unit, "estimate": estimate,
                "standard_error": self.errors[k] * (estimate if p.positive else 1.0),
                "lower": lower, "upper": upper,
                "prior": "held" if held[k] else self._prior_words(p.name),
            })  # fmt: skip
        return pd.DataFrame(rows)

    def _prior_words(self, name: str) -> str:
        from .censored import DRIFT, REPORT

        noise = dict(zip(NOISE, (REPORT, DRIFT), strict=True))
        if name in noise:
            return f"{number(noise[name][0])}, spread {number(noise[name][1], 2)}"
        return self.prior.words(name)

    @property
    def has_intervals(self) -> bool:
        """Whether the estimator says how sure it is."""
        return bool(np.isfinite(self.covariance).all())

    @property
    def has_profile(self) -> bool:
        """Whether the ceiling can be moved: not in a regression, nor where it was held."""
        held = self.task.held[len(self.task.parameters)]
        return self.has_intervals and self.r_squared is None and not held

    @cached_property
    def ceiling_profile(self) -> CeilingProfile:
        """How much worse the fit becomes as the ceiling is moved, and the interval from it."""
        return ceiling_profile(self)

    @property
    def ceiling_interval(self) -> tuple[float, float]:
        """Lower and upper limit of the ceiling; infinite where nothing holds it."""
        if not self.has_profile:
            return np.nan, np.nan
        return self.ceiling_profile.lower, self.ceiling_profile.upper

    def bootstrap(self, draws: int = 500, *, seed: Seed) -> Bootstrap:
        """Fit again to series drawn from the fitted model; see `bootstrap.bootstrap`."""
        from .bootstrap import bootstrap

        return bootstrap(self, draws, seed=seed)

    def forecast(self, periods: int = 8, **choices: object) -> Forecast:
        """Look ahead, with intervals, beside the baselines; see `forecast.forecast`."""
        from .forecast import forecast

        return forecast(self, periods, **choices)

    def fitted(self) -> pd.DataFrame:
        """Show counts beside the curve, one row a count."""
        series = self.series
        return pd.DataFrame({
            "date": series.dates(series.times), "counted": series.totals + series.step,
            "curve": self.totals(series.times) + series.step, "at_least": series.at_least,
        })  # fmt: skip
