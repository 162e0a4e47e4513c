"""Holding-time laws: how long a pair stays in a stage before it moves on.

A law is a plain function of two numbers or more. It answers: at which time since the stage
was entered has the hazard of one transition summed up to `hazard`? The simulation gives it
draws from the unit exponential distribution, as an array, and the rate of the ladder's first
channel. For another channel it divides the draws by the ratio of the rates, so that hazards
stay proportional between channels under any law. A law of your own is as short::

    def halved_after_a_month(hazard, rate):
        month = 4.0
        early = hazard / rate
        return np.where(early < month, early, month + (early - month) * 2)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..elementary import exp, power

Law: TypeAlias = Callable[[NDArray[np.float64], float], NDArray[np.float64]]


def exponential(hazard: ArrayLike, rate: float) -> NDArray[np.float64]:
    """Hold with a constant hazard: no memory.

    Parameters
    ----------
    hazard : array_like of float
        Cumulative hazard, from 0 up, without unit.
    rate : float
        Rate per week, above 0; the mean time is 1/rate.

    Returns
    -------
    numpy.ndarray of float
        Weeks since the stage was entered.

    Examples
    --------
    >>> exponential([0.5, 1.0], rate=0.1).tolist()
    [5.0, 10.0]
    """
    return np.asarray(hazard, float) / rate


def weibull(hazard: ArrayLike, rate: float, shape: float = 1.5) -> NDArray[np.float64]:
    """Hold with a hazard that rises (shape above 1) or falls (below 1) with time.

    Parameters
    ----------
    hazard : array_like of float
        Cumulative hazard, from 0 up, without unit.
    rate : float
        One by the scale, per week, above 0.
    shape : float
        k, usually from 0.5 to 3; at 1 the law is the exponential one.

    Returns
    -------
    numpy.ndarray of float
        Weeks since the stage was entered.

    Notes
    -----
    The hazard is (k/s)(u/s)^(k-1) with s = 1/rate. Source: Weibull (1951), Journal of
    Applied Mechanics 18:293-297.

    Examples
    --------
    >>> weibull([0.25, 1.0], rate=0.1, shape=2).tolist()
    [5.0, 10.0]
    """
    return power(hazard, 1 / shape) / rate


def gamma(hazard: ArrayLike, rate: float, shape: float = 2.0) -> NDArray[np.float64]:
    """Hold while several unseen steps pass, one after the other.

    Parameters
    ----------
    hazard : array_like of float
        Cumulative hazard, from 0 up, without unit.
    rate : float
        Rate of one step, per week, above 0; the mean time is shape/rate.
    shape : float
        m, how many steps, above 0; a whole number gives the Erlang law, 1 the exponential.

    Returns
    -------
    numpy.ndarray of float
        Weeks since the stage was entered.

    Notes
    -----
    The steps stand for the layers of social penetration (Altman & Taylor 1973). The
    coefficient of variation is 1/√m.

    Examples
    --------
    >>> gamma([0.5, 1.0], rate=0.2, shape=2).round(3).tolist()
    [6.788, 10.731]
    """
    from scipy import stats

    share_left = exp(-np.asarray(hazard, float))
    return stats.gamma.isf(share_left, shape, scale=1 / rate)


def tried(law: Law) -> Law:
    """Return the law after a small trial, so that a mistake shows before a long run.

    Parameters
    ----------
    law : callable
        A function of (hazard, rate).

    Raises
    ------
    TypeError
        If the law is no function, or fails when called.
    ValueError
        If it gives no times: another shape, a negative or missing time, or a time that
        falls while the hazard rises.

    Examples
    --------
    >>> tried(lambda hazard, rate: -hazard)  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ValueError: holding-time law '<lambda>' gave -0.5 ...
    """
    if not callable(law):
        raise TypeError(f"a holding-time law is a function of (hazard, rate), not {law!r}.")
    name = getattr(law, "__name__", type(law).__name__)
    hazard = np.array([0.5, 1.0, 2.0])
    try:
        times = np.asarray(law(hazard, 0.1), float)
    except Exception as error:
        raise TypeError(
            f"holding-time law {name!r} failed when tried with hazard=[0.5, 1, 2] and rate=0.1: "
            f"{type(error).__name__}: {error}{_meant(error)}"
        ) from error
    if times.shape != hazard.shape:
        raise ValueError(
            f"holding-time law {name!r} gave {times.size} times for 3 hazards: it must give one "
            "each."
        )
    if not (times >= 0).all():
        raise ValueError(
            f"holding-time law {name!r} gave {times[~(times >= 0)][0]} weeks: times must be from "
            "0 up."
        )
    if (np.diff(times) < 0).any():
        raise ValueError(
            f"holding-time law {name!r} gave falling times {times.tolist()} for a rising hazard."
        )
    return law


def _meant(error: Exception) -> str:
    """Say what was probably meant where a law of one's own failed."""
    if "truth value of an array" in str(error):
        return " A law gets all draws at once: write np.where(condition, a, b), not if."
    return ""
