"""Totals to come, with intervals, always beside the baselines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...citing import cited
from ...result import Result
from ...stats.intervals import student_quantile
from .baselines import BASELINES, HOLT, Ahead, equal_steps
from .fitted_growth import Growth
from .least_squares import WEIGHTINGS
from .what_counts_tell import never_falls

COMBINED = "curve and damped Holt"


@dataclass(frozen=True, eq=False)
class Forecast(Result):
    """What a curve and the baselines expect.

    Parameters
    ----------
    growth : Growth
        The fitted curve.
    dates : pandas.DatetimeIndex
        Ends of the coming periods.
    methods : mapping of str to pandas.DataFrame
        By method: `total`, `lower`, `upper`. The curve stands first, the baselines after it.
    level : float
        Confidence level.
    """

    PICTURES: ClassVar[Mapping[str, str]] = {
        "forecast": "frontporch.fans.growth.pictures:draw_forecast"
    }

    growth: Growth
    dates: pd.DatetimeIndex
    methods: dict[str, pd.DataFrame]
    level: float

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know, in words."""
        return self.growth.notes

    def summary(self) -> pd.DataFrame:
        """Show every method's totals and intervals, one row a date and method."""
        frames = [
            frame.assign(date=self.dates, method=name)[
                ["date", "method", "total", "lower", "upper"]
            ]
            for name, frame in self.methods.items()
        ]
        return pd.concat(frames, ignore_index=True)

    def beside(self) -> pd.DataFrame:
        """Show totals alone, a column a method."""
        return pd.DataFrame(
            {name: frame["total"].to_numpy() for name, frame in self.methods.items()},
            index=pd.Index(self.dates, name="date"),
        )


@cited
def forecast(
    growth: Growth,
    periods: int = 8,
    *,
    step: float | None = None,
    combine: float | None = None,
    level: float | None = None,
) -> Forecast:
    """Look ahead from the last count.

    Parameters
    ----------
    growth : Growth
        A fitted curve.
    periods : int
        How many steps, from 1 up.
    step : float, optional
        Years of a step; by default the median time between two counts.
    combine : float, optional
        Share of the curve in a combination with damped Holt, from 0 to 1; without it there is no
        combination.
    level : float, optional
        Confidence level; that of the fit by default.

    Returns
    -------
    Forecast

    Raises
    ------
    ValueError
        If periods or the share are out of range.

    Notes
    -----
    Fits to increments go on from the last total by what the curve adds. Fits to scattered counts
    go on from the filtered total. An interval holds the uncertainty of the parameters and of what
    happens beside the curve; it knows nothing of another curve, or of a page that is lost. Counts
    from a launch that never fell stay as high as they are.

    Examples
    --------
    >>> from frontporch import data
    >>> from frontporch.fans.growth import fit
    >>> sold = data.load("bass_classics").query("series == 'clothes_dryers'")
    >>> list(forecast(fit(sold), periods=2).methods)
    ['bass', 'last increment repeated', 'damped Holt']
    """
    if isinstance(periods, bool) or int(periods) != periods or periods < 1:
        raise ValueError(f"periods is {periods!r}, but a whole number from 1 up is needed.")
    if combine is not None and not 0 <= combine <= 1:
        raise ValueError(f"combine is {combine}, but the curve's share lies from 0 to 1.")
    if step is not None and not (np.isfinite(step) and step > 0):
        raise ValueError(f"step is {step}, but a number of years above 0 is needed.")
    series, level = growth.series, growth.level if level is None else level
    ahead = np.arange(1.0, int(periods) + 1) * (series.step_length if step is None else step)
    last = series.times[-1]
    scattered = growth.estimate.scatter is not None
    look_ahead = _from_counts if scattered else _from_increments
    total, lower, upper = look_ahead(growth, ahead, level)
    methods = {growth.curve.name: _frame(total, lower, upper, step=series.step)}
    steady = equal_steps(series, step)
    baselines = {name: method(steady, int(periods)) for name, method in BASELINES.items()}
    if combine is not None:
        both = combine * total + (1 - combine) * baselines[HOLT].totals
        none = np.full_like(both, np.nan)
        methods[COMBINED] = _frame(both, none, none, step=series.step)
    for name, one in baselines.items():
        methods[name] = _frame(*_limits(one, level), step=series.step)
    dates = series.dates(last + ahead)
    if never_falls(series):
        # Whoever adopted has adopted: no total to come is below the last.
        counted = float(series.totals[-1]) + series.step
        methods = {name: frame.clip(lower=counted) for name, frame in methods.items()}
    return Forecast(growth, dates, methods, level)


def growth_to_come(growth: Growth, ahead: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give what the curve adds after the last count."""
    last = growth.series.times[-1]
    return growth.totals(last + ahead) - growth.totals(last)


def _from_increments(
    growth: Growth, ahead: NDArray[np.float64], level: float
) -> tuple[NDArray[np.float64], ...]:
    """Give total and limits; those of parameters and noise are joined side by side."""
    series, one = growth.series, growth.estimate
    inner = one.inner
    last = series.times[-1]

    def coming(rows: NDArray[np.float64]) -> NDArray[np.float64]:
        both = one.totals(np.concatenate([[last], last + ahead]), rows)
        return np.log(np.maximum(np.diff(both, axis=1).cumsum(1), 1e-300))

    expected = np.exp(coming(inner[None])[0])
    total = series.totals[-1] + expected
    if not growth.has_intervals:
        return total, np.full_like(total, np.nan), np.full_like(total, np.nan)
    step = 1e-5
    slope = coming(inner + step * np.eye(len(inner))) - coming(inner - step * np.eye(len(inner)))
    slope = slope / (2 * step)
    spread = np.sqrt(np.maximum(np.einsum("kh,kl,lh->h", slope, one.covariance, slope), 0))
    t = student_quantile(level, one.freedom)
    noise = t * np.sqrt(one.variance * _steps(growth, ahead))
    up = expected * np.expm1(np.minimum(t * spread, 50))
    down = expected * -np.expm1(-t * spread)
    return total, total - np.hypot(down, noise), total + np.hypot(up, noise)


def _steps(growth: Growth, ahead: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the sum of the coming increments' variances, in units of the usual one."""
    usual = ahead / growth.series.step_length
    power = WEIGHTINGS[growth.weighting]
    if not power:
        return usual
    seen = growth.totals(growth.series.times)
    size = np.sqrt((np.diff(seen) ** 2).mean())
    coming = np.diff(growth_to_come(growth, ahead), prepend=0.0)
    size_then = np.maximum(coming / size, 0.05 * np.diff(seen).max() / size)
    return np.cumsum(size_then ** (2 * power))


def _from_counts(
    growth: Growth, ahead: NDArray[np.float64], level: float
) -> tuple[NDArray[np.float64], ...]:
    """Give total and limits on the scale of logarithms."""
    one = growth.estimate
    scatter, inner = one.likelihood, one.inner
    last = growth.series.times[-1]

    def coming(rows: NDArray[np.float64]) -> NDArray[np.float64]:
        curve = one.totals(last + ahead, rows)
        return np.log(np.maximum(curve, 1e-300)) + scatter.filtered(rows).drift[:, None]

    step = 1e-5
    expected = coming(inner[None])[0]
    slope = coming(inner + step * np.eye(len(inner))) - coming(inner - step * np.eye(len(inner)))
    slope = slope / (2 * step)
    own = np.einsum("kh,kl,lh->h", slope, one.covariance, slope)
    walk = growth.parameters["drift"] ** 2
    variance = own + scatter.filtered(inner[None]).variance[0] + walk * ahead
    reach = student_quantile(level, one.freedom) * np.sqrt(np.maximum(variance, 0))
    return np.exp(expected), np.exp(expected - reach), np.exp(expected + np.minimum(reach, 50))


def _limits(ahead: Ahead, level: float) -> tuple[NDArray[np.float64], ...]:
    reach = student_quantile(level, ahead.freedom) * ahead.spread
    return ahead.totals, ahead.totals - reach, ahead.totals + reach


def _frame(
    total: NDArray[np.float64],
    lower: NDArray[np.float64],
    upper: NDArray[np.float64],
    *,
    step: float,
) -> pd.DataFrame:
    return pd.DataFrame({"total": total + step, "lower": lower + step, "upper": upper + step})
