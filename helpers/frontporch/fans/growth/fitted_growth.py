"""What a fitted growth curve says, how sure it is, and what a reader must know of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ...citing import cited
from ...names import pick
from ...result import Result
from ...rounding import about, number
from ...stats.intervals import student_quantile
from ...streams import Seed
from .censored import DRIFT, REPORT
from .contradictions import contradictions
from .curves import Curve
from .estimators import NOISE, Estimate
from .priors import CEILING, Prior
from .series import Series
from .uncertainty import Bootstrap, CeilingProfile, bootstrap, ceiling_profile
from .what_counts_tell import most_counted

FEWEST_PERIODS = 10
"""Below this number of counts intervals of this room are not relied upon."""
FAR = 20.0
"""Times the last total: a ceiling beyond has run away."""
ON_PRIOR = 0.8
"""A parameter whose standard error is this share of its prior's spread rests on the prior."""


@dataclass(frozen=True, eq=False)
class Growth(Result):
    """A growth curve fitted to a series.

    Parameters
    ----------
    estimate : Estimate
        Where the estimator arrived.
    estimator : str
        Name of the estimator.
    prior : Prior
        What was taken as likely beforehand.
    level : float
        Confidence level of every interval.
    weighting : str
        How errors grow with increments.

    Notes
    -----
    Its pictures: "forecast" (also takes `periods` and `step`), "ceiling_profile" and "counts".
    """

    PICTURES: ClassVar[Mapping[str, str]] = {
        "forecast": "frontporch.fans.growth.pictures:plot_growth",
        "ceiling_profile": "frontporch.fans.growth.pictures:plot_ceiling_profile",
        "counts": "frontporch.fans.growth.pictures:plot_counts",
    }

    estimate: Estimate
    estimator: str
    prior: Prior
    level: float = 0.95
    weighting: str = "constant"

    @property
    def series(self) -> Series:
        """What it was fitted to."""
        return self.estimate.series

    @property
    def curve(self) -> Curve:
        """The curve."""
        return self.estimate.problem.curve

    @cached_property
    def parameters(self) -> dict[str, float]:
        """Estimates by name."""
        known = self.estimate.parameters
        return {
            p.name: float(p.outward(x)) for p, x in zip(known, self.estimate.inner, strict=True)
        }

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
        return self.estimate.totals(np.atleast_1d(np.asarray(times, float)))[0]

    @property
    def has_intervals(self) -> bool:
        """Whether the estimator says how sure it is."""
        return self.estimate.has_intervals

    @cached_property
    @cited
    def ceiling_profile(self) -> CeilingProfile:
        """How much worse the fit becomes as the ceiling is moved, and the interval from it."""
        if not self.estimate.has_profile:
            raise ValueError(f"{self.estimator} offers no profile here.")
        return ceiling_profile(self.estimate, self.level)

    def interval(self, name: str) -> tuple[float, float]:
        """Give lower and upper limit of a parameter.

        Parameters
        ----------
        name : str
            The parameter. The interval of the ceiling is its profile interval, infinite where
            nothing holds it; those of the others reach as far on both sides on the scale of the
            estimate. Missing where there is none.
        """
        names = [p.name for p in self.estimate.parameters]
        return self._interval(names.index(pick(name, names, "parameter")))

    def _interval(self, k: int) -> tuple[float, float]:
        one, p = self.estimate, self.estimate.parameters[k]
        if one.held[k]:
            return np.nan, np.nan
        if p.name == CEILING and one.has_profile:
            # What is counted already is no ceiling that could be ruled out.
            upper = max(self.ceiling_profile.upper, most_counted(self.series))
            return self.ceiling_profile.lower, upper
        reach = student_quantile(self.level, one.freedom) * one.errors[k]
        with np.errstate(over="ignore"):  # a limit that far off is none, and a note says so
            lower, upper = (float(p.outward(one.inner[k] + side * reach)) for side in (-1, 1))
        return lower, upper

    def summary(self) -> pd.DataFrame:
        """Show each parameter with standard error, interval and prior.

        Returns
        -------
        pandas.DataFrame
            Columns `parameter`, `unit`, `estimate`, `standard_error`, `lower`, `upper`, `prior`;
            the intervals are those of `interval`.
        """
        one, rows = self.estimate, []
        for k, p in enumerate(one.parameters):
            estimate = float(p.outward(one.inner[k]))
            lower, upper = self._interval(k)
            rows.append(
                {
                    "parameter": p.name,
                    "unit": p.unit,
                    "estimate": estimate,
                    "standard_error": one.errors[k] * (estimate if p.positive else 1.0),
                    "lower": lower,
                    "upper": upper,
                    "prior": "held" if one.held[k] else self._prior_words(p.name),
                }
            )
        return pd.DataFrame(rows)

    def _prior_words(self, name: str) -> str:
        noise = dict(zip((p.name for p in NOISE), (REPORT, DRIFT), strict=True))
        if name in noise:
            return f"{number(noise[name][0])}, spread {number(noise[name][1], 2)}"
        return self.prior.words(name)

    @cited
    def bootstrap(self, draws: int = 500, *, seed: Seed) -> Bootstrap:
        """Fit again to series drawn from the fitted model.

        Parameters
        ----------
        draws : int
            How many series, from 20 up. Those of scattered counts take a few hundredths of a
            second each.
        seed : int, numpy.random.SeedSequence or numpy.random.Generator
            Where they come from.

        Raises
        ------
        ValueError
            If there are too few draws, or the estimator has no model to draw from.
        """
        one = self.estimate
        if not one.has_intervals or one.r_squared is not None:
            raise ValueError(f"{self.estimator} has no model to draw from.")
        return bootstrap(one, draws, level=self.level, seed=seed)

    def fitted(self) -> pd.DataFrame:
        """Show counts beside the curve, one row a count."""
        series = self.series
        return pd.DataFrame(
            {
                "date": series.dates(series.times),
                "counted": series.totals + series.step,
                "curve": self.totals(series.times) + series.step,
                "at_least": series.at_least,
            }
        )

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know, in words."""
        return (*self.estimate.notes, *_said(self), *self.series.notes)


def _said(growth: Growth) -> Iterator[str]:
    series, one = growth.series, growth.estimate
    last = f"{series.date(series.times[-1]):%Y-%m-%d}"
    if ran_away(growth):
        yield (
            f"the fit diverged: a ceiling of {about(growth.ceiling)} {series.unit}, "
            f"{number(growth.ceiling / series.totals[-1], 2)} times the last total, only says that "
            "growth has not slowed down yet. Do not use it."
        )
    elif not growth.peak_reached:
        yield (
            f"the peak has not been reached by {last}: the ceiling is a guess. Do not rely on "
            "its interval."
        )
    if one.scatter is not None:
        yield (
            "intervals of scattered counts are approximate: too short where growth drifts much "
            "beside the curve, too long where it does not."
        )
    if len(series) < FEWEST_PERIODS:
        yield (
            f"{len(series)} counts only: below {FEWEST_PERIODS} intervals are not to be relied "
            "upon."
        )
    if not one.has_intervals and not one.notes:
        yield "the counts leave a direction open: there are no standard errors."
    for p, error, pull in zip(one.parameters, one.errors, one.problem.beliefs.pull, strict=False):
        if pull and error * pull > ON_PRIOR:
            yield f"{p.name} rests on its prior: the counts say next to nothing of it."
    if one.has_intervals and one.errors[one.place] > 1 and not ran_away(growth):
        yield "the ceiling is uncertain by more than a factor of two."
    yield from contradictions(one, growth.ceiling)


def ran_away(growth: Growth) -> bool:
    """Whether the ceiling is so far off that it says nothing."""
    one = growth.estimate
    return bool(
        not one.held[one.place]
        and (growth.ceiling > FAR * growth.series.totals[-1] or not np.isfinite(growth.ceiling))
    )
