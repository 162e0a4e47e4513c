"""From counts to a fitted growth curve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from ...names import pick
from .bass_regression import regressed
from .cautions import words
from .censored import Scatter, fitted
from .curves import CURVES, bass
from .estimate import Growth
from .events import PageEvent
from .log_totals import WHY_NO_INTERVALS, fitted_log_totals
from .parameters import Curve, Share
from .per_period import found, reweighted, task_for
from .priors import NO_PRIOR, Prior, penalty, weak_prior
from .reading import read_series
from .series import Series
from .trial import understood

PER_PERIOD, DENSITY, PENALISED = "per-period", "density", "penalised"
REGRESSION, CENSORED, LOG_TOTALS = "Bass regression", "censored", "log totals"
ESTIMATORS = {
    PER_PERIOD: "per-period least squares",
    DENSITY: "least squares, density form",
    PENALISED: "penalised per-period least squares",
    REGRESSION: "Bass regression (ordinary least squares)",
    CENSORED: "censored likelihood of scattered counts",
    LOG_TOTALS: "least squares on log totals",
}


def fit(
    counts: pd.DataFrame | Series,
    curve: Share | str = bass,
    *,
    estimator: str | None = None,
    prior: Prior | str | None = "weak",
    fixed: Mapping[str, float] | None = None,
    weighting: str = "constant",
    level: float = 0.95,
    events: Sequence[PageEvent] = (),
    may_fall: bool | None = None,
    text_counts: bool = False,
) -> Growth:
    """Fit a growth curve to one series of counts.

    Parameters
    ----------
    counts : pandas.DataFrame or Series
        The `counts` contract, users by day, or adopters by year; see `read_series`.
    curve : callable or str
        A curve of the kit, its name, or a function of one's own; see `curves`.
    estimator : str, optional
        "per-period": least squares on what was added in each period, the default for regular
        counts. "censored": a likelihood of scattered, rounded and one-sided counts, the default
        where counts are such. "penalised": per period, drawn to what is usual. "density": the
        rate in place of the growth within a period. "Bass regression": ordinary least squares.
        "log totals": the running totals, without intervals.
    prior : Prior, "weak" or None
        The weak prior stands by default and is shown in the summary. None takes it off.
    fixed : mapping of str to float, optional
        Parameters held at a known value, also "ceiling" and "launch".
    weighting : str
        How the error of an increment grows with it: "constant", "square root", "proportional".
    level : float
        Confidence level.
    events : sequence of PageEvent
        Known steps: merges, purges, deletions.
    may_fall : bool, optional
        Whether totals can fall without an event; see `read_series`.
    text_counts : bool
        Whether "7M" and "over 7 million" are read.

    Returns
    -------
    Growth

    Raises
    ------
    TableError
        If a count cannot be right; row, value and remedy are named.
    UnknownName
        If curve, estimator, weighting or a held parameter is unknown; the nearest is named.
    ValueError
        If the counts do not suit the estimator.

    Notes
    -----
    Per-period least squares: Srinivasan & Mason (1986), Marketing Science 5(2):169-178. Intervals
    from fits to running totals are not offered: their errors add up.

    Examples
    --------
    >>> from frontporch import data
    >>> sold = data.load("bass_classics").query("series == 'room_air_conditioners'")
    >>> growth = fit(sold, curve=bass, prior=None)
    >>> growth.estimator, round(growth.ceiling)
    ('per-period least squares', 18713)
    """
    read = read_series(counts, events=events, may_fall=may_fall, text_counts=text_counts)
    known = understood(curve, CURVES)
    if estimator is None:
        estimator = CENSORED if read.scattered else PER_PERIOD
    pick(estimator, ESTIMATORS, "estimator")
    chosen = _prior(prior, known, estimator)
    if estimator == REGRESSION:
        return _from_regression(read, known, chosen, level)
    if estimator in (CENSORED, LOG_TOTALS):
        return _from_totals(read, known, estimator, chosen, fixed, level)
    return _from_increments(read, known, estimator, chosen, fixed, weighting, level)


def _prior(prior: Prior | str | None, curve: Curve, estimator: str) -> Prior:
    if estimator == REGRESSION or prior is None:
        return NO_PRIOR
    if isinstance(prior, str):
        pick(prior, ("weak",), "prior")
        return penalty(curve) if estimator == PENALISED else weak_prior(curve)
    return prior


def _versions() -> tuple[str, ...]:
    from ... import __version__

    return f"frontporch {__version__}", f"numpy {np.__version__}"


def _named(estimator: str, prior: Prior) -> str:
    if prior is NO_PRIOR or prior.name == "penalty":
        return ESTIMATORS[estimator]
    return f"{ESTIMATORS[estimator]} with {prior.name.replace('weak prior', 'weak priors')}"


def _from_increments(
    series: Series, curve: Curve, estimator: str, prior: Prior,
    fixed: Mapping[str, float] | None, weighting: str, level: float,
) -> Growth:  # fmt: skip
    task = task_for(series, curve, prior, fixed, density=estimator == DENSITY)
    task, solved = reweighted(task, weighting)
    one = found(task, solved)
    growth = Growth(
        curve, series, _named(estimator, prior), prior, task, one.inner, one.covariance,
        one.variance, one.freedom, one.log_likelihood, level, weighting, (), _versions(),
    )  # fmt: skip
    return words(growth)


def _from_totals(
    series: Series, curve: Curve, estimator: str, prior: Prior,
    fixed: Mapping[str, float] | None, level: float,
) -> Growth:  # fmt: skip
    if series.launched:  # a total of 0 has no logarithm
        series = series.taken(series.totals > 0)
    task = task_for(series, curve, prior, fixed)
    scatter = Scatter(task, series)
    if estimator == LOG_TOTALS:
        inner, error = fitted_log_totals(scatter)
        size = len(inner)
        growth = Growth(
            curve, series, _named(estimator, prior), prior, task, inner,
            np.full((size, size), np.nan), error**2, float(len(series.times) - size),
            -0.5 * len(series.times) * (np.log(2 * np.pi * error**2) + 1),
            level, "constant", (WHY_NO_INTERVALS,), _versions(),
        )  # fmt: skip
        return words(growth)
    scatter, inner = fitted(scatter)
    counted = len(series.times) - float((1 - task.held).sum())
    growth = Growth(
        curve, series, _named(estimator, prior), prior, task, inner, scatter.covariance(inner),
        np.nan, max(counted, 1.0), float(scatter.filtered(inner[None]).log_likelihood[0]), level,
        "constant", (), _versions(), scatter,
    )  # fmt: skip
    return words(growth)


def _from_regression(series: Series, curve: Curve, prior: Prior, level: float) -> Growth:
    if curve.name != "bass":
        raise ValueError(f"the Bass regression fits the curve bass, not {curve.name}.")
    one = regressed(series)
    task = task_for(series, curve, prior)
    growth = Growth(
        curve, series, _named(REGRESSION, prior), prior, task, np.log(one.values), one.covariance,
        one.variance, one.freedom, one.log_likelihood, level, "constant",
        ("a regression on totals takes rates for differences: p comes out too large.",),
        _versions(), None, one.r_squared,
    )  # fmt: skip
    return words(growth)
