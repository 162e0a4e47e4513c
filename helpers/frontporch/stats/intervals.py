"""Confidence intervals on the scale on which the estimate is closest to normal."""

from __future__ import annotations

from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..rounding import as_given

FEWEST_EVENTS = 10
"""Below this number of events the intervals of this package are not relied upon."""


def normal_quantile(level: float) -> float:
    """Give z such that a share `level` of a normal distribution lies within ±z.

    Parameters
    ----------
    level : float
        Confidence level, above 0 and below 1.

    Raises
    ------
    ValueError
        If the level is not a share between 0 and 1.

    Examples
    --------
    >>> round(normal_quantile(0.95), 6)
    1.959964
    """
    if not 0 < level < 1:
        raise ValueError(f"level is {level}, but a share between 0 and 1 is needed, such as 0.95.")
    return NormalDist().inv_cdf((1 + level) / 2)


def few_arrivals(many: float) -> tuple[str, ...]:
    """Say that intervals rest on few arrivals, or nothing.

    Examples
    --------
    >>> few_arrivals(12), few_arrivals(1)
    ((), ('only 1 arrival: an interval needs 10 to be reliable.',))
    """
    if many >= FEWEST_EVENTS:
        return ()
    seen = "nobody arrived" if not many else f"only {as_given(many)} arrivals"
    seen = "only 1 arrival" if many == 1 else seen
    return (f"{seen}: an interval needs {FEWEST_EVENTS} to be reliable.",)


def log_log(
    survival: ArrayLike,
    standard_error: ArrayLike,
    level: float = 0.95,
    degrees: float = np.inf,
) -> tuple[NDArray, NDArray]:
    """Interval for a survival probability on the complementary log-log scale.

    Parameters
    ----------
    survival, standard_error : array_like of float, shape (n,)
        The estimate, from 0 to 1, and its standard error. Where the estimate is 0 or 1 the
        scale has no value, and both limits are missing.
    level : float
        Confidence level.
    degrees : float
        Degrees of freedom of the standard error.

    Returns
    -------
    lower, upper : numpy.ndarray of float, shape (n,)

    Notes
    -----
    Source: Kalbfleisch & Prentice (1980), The Statistical Analysis of Failure Time Data,
    section 1.3.

    Examples
    --------
    >>> lower, upper = log_log([0.8], [0.04])
    >>> lower.round(4).tolist(), upper.round(4).tolist()
    ([0.7074], [0.866])
    """
    s, se = np.asarray(survival, float), np.asarray(standard_error, float)
    inside = (s > 0) & (s < 1)
    safe = np.where(inside, s, 0.5)
    width = student_quantile(level, degrees) * se / (safe * np.abs(np.log(safe)))
    centre = np.log(-np.log(safe))
    with np.errstate(over="ignore"):
        lower, upper = np.exp(-np.exp(centre + width)), np.exp(-np.exp(centre - width))
    return np.where(inside, lower, np.nan), np.where(inside, upper, np.nan)


@lru_cache(maxsize=256)
def student_quantile(level: float, degrees: float) -> float:
    """Give t such that a share `level` of Student's distribution lies within ±t.

    Below 1 degree of freedom that of 1 is taken; without end it is the normal distribution.

    Examples
    --------
    >>> round(student_quantile(0.95, np.inf), 3), round(student_quantile(0.95, 10), 3)
    (1.96, 2.228)
    """
    normal = normal_quantile(level)
    if np.isinf(degrees):
        return normal
    from scipy.special import stdtrit

    return float(stdtrit(max(degrees, 1.0), (1 + level) / 2))


def logit(
    share: ArrayLike,
    standard_error: ArrayLike,
    level: float = 0.95,
    degrees: float = np.inf,
) -> tuple[NDArray, NDArray]:
    """Interval for a probability on the logit scale.

    Parameters
    ----------
    share, standard_error : array_like of float, shape (n,)
        The estimate, from 0 to 1, and its standard error. Where the estimate is 0 or 1 both
        limits are missing.
    level : float
        Confidence level.
    degrees : float
        Degrees of freedom of the standard error.

    Returns
    -------
    lower, upper : numpy.ndarray of float, shape (n,)

    Examples
    --------
    >>> lower, upper = logit([0.24], [0.03])
    >>> lower.round(4).tolist(), upper.round(4).tolist()
    ([0.1862], [0.3036])
    """
    p, se = np.asarray(share, float), np.asarray(standard_error, float)
    inside = (p > 0) & (p < 1)
    safe = np.where(inside, p, 0.5)
    width = student_quantile(level, degrees) * se / (safe * (1 - safe))
    centre = np.log(safe / (1 - safe))
    # The logistic function, written so that no exponential overflows.
    lower, upper = (0.5 + 0.5 * np.tanh(at / 2) for at in (centre - width, centre + width))
    return np.where(inside, lower, np.nan), np.where(inside, upper, np.nan)


def log_rate(rate: ArrayLike, events: ArrayLike, level: float = 0.95) -> tuple[NDArray, NDArray]:
    """Interval for a rate, from the number of events behind it, on the log scale.

    Parameters
    ----------
    rate : array_like of float, shape (n,)
        Events by time at risk.
    events : array_like of int, shape (n,)
        How many events; the standard error of the log rate is 1/√events. Without an event
        there is no interval, and both limits are missing.
    level : float
        Confidence level.

    Returns
    -------
    lower, upper : numpy.ndarray of float, shape (n,)

    Examples
    --------
    >>> lower, upper = log_rate([0.1], [25])
    >>> lower.round(4).tolist(), upper.round(4).tolist()
    ([0.0676], [0.148])
    """
    r, n = np.asarray(rate, float), np.asarray(events, float)
    width = normal_quantile(level) / np.sqrt(np.where(n > 0, n, np.nan))
    return r * np.exp(-width), r * np.exp(width)


def wilson(events: int, people: int, level: float = 0.95) -> tuple[float, float, float]:
    """Give a share with its score interval, which exists for 0 and for all of them too.

    Parameters
    ----------
    events, people : int
        How many did it, of how many.
    level : float
        Confidence level.

    Returns
    -------
    share, lower, upper : float
        Missing where there is nobody.

    Notes
    -----
    Source: Wilson (1927), Journal of the American Statistical Association 22:209-212.

    Examples
    --------
    >>> [round(x, 4) for x in wilson(0, 20)]
    [0.0, 0.0, 0.1611]
    """
    if not 0 <= events <= people:
        raise ValueError(f"{events} of {people}: events are counted from 0 to the people.")
    z = normal_quantile(level)
    if not people:
        return np.nan, np.nan, np.nan
    p = events / people
    middle = (p + z**2 / (2 * people)) / (1 + z**2 / people)
    reach = z * np.sqrt(p * (1 - p) / people + z**2 / (4 * people**2)) / (1 + z**2 / people)
    return p, float(max(middle - reach, 0.0)), float(min(middle + reach, 1.0))


def difference(
    first: tuple[float, float, float], second: tuple[float, float, float]
) -> tuple[float, float, float]:
    """Interval for a difference of two independent estimates, from their own intervals.

    Parameters
    ----------
    first, second : tuple of float
        Estimate, lower and upper limit of each, on the scale on which they are subtracted.

    Returns
    -------
    tuple of float
        Estimate, lower and upper limit of first minus second.

    Notes
    -----
    The method of variance estimates recovery. Source: Zou & Donner (2008), Statistics in
    Medicine 27:1693-1702.

    Examples
    --------
    >>> [round(x, 4) for x in difference((0.3, 0.25, 0.36), (0.2, 0.16, 0.25))]
    [0.1, 0.0293, 0.1721]
    """
    (a, a_low, a_high), (b, b_low, b_high) = first, second
    return (
        a - b,
        a - b - float(np.hypot(a - a_low, b_high - b)),
        a - b + float(np.hypot(a_high - a, b - b_low)),
    )
