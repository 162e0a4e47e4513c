"""Kaplan-Meier and Nelson-Aalen from single durations."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ..citing import cited
from ..counting import bincount
from ..result import Result
from ..rounding import as_given
from .curve import SurvivalCurve
from .dependent_shares import OverPeople
from .durations import as_numbers, read_durations
from .intervals import few_arrivals, normal_quantile
from .stays import Stays, counts


@dataclass(frozen=True, eq=False)
class CumulativeHazard(Result):
    """Nelson-Aalen estimate: the hazard summed up to each time.

    Parameters
    ----------
    times, hazard, standard_error, lower, upper : numpy.ndarray of float, shape (n,)
        Event times, the cumulative hazard, its standard error and pointwise limits on the
        log scale.
    unit : str
        Unit of time.
    notes : tuple of str
        What a reader must know, in words.
    """

    times: NDArray[np.float64]
    hazard: NDArray[np.float64]
    standard_error: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    unit: str = ""
    estimator: str = "Nelson-Aalen"
    notes: tuple[str, ...] = ()

    def summary(self) -> pd.DataFrame:
        """Show the estimate as a frame, one row an event time."""
        return pd.DataFrame(
            {
                "time": self.times,
                "hazard": self.hazard,
                "standard_error": self.standard_error,
                "lower": self.lower,
                "upper": self.upper,
            }
        )


@cited
def kaplan_meier(
    durations: ArrayLike,
    arrived: ArrayLike,
    *,
    entry: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    unit: str = "",
    level: float = 0.95,
    cluster: ArrayLike | pd.DataFrame | None = None,
) -> SurvivalCurve:
    """Estimate the share still waiting, with lost ones counted as long as they were seen.

    Parameters
    ----------
    durations : array_like of float, shape (n,)
        Time from the start to the arrival, or to the last look; from 0 up.
    arrived : array_like of bool, shape (n,)
        True where the arrival was seen, False where it was not (censored).
    entry : array_like of float, shape (n,), optional
        Time at which each came under observation (delayed entry); below its duration.
    weights : array_like of float, shape (n,), optional
        How many each row stands for.
    unit : str
        Unit of time, for messages and axes.
    level : float
        Confidence level.
    cluster : array_like, shape (n,) or (n, 2), optional
        The person of each wait, or the two people of its pair: errors then hold for waits that
        share a person, as in `aalen_johansen`, those of a restricted mean too.

    Returns
    -------
    SurvivalCurve

    Raises
    ------
    ValueError
        If lengths differ, a duration is negative or missing, an entry is not before it, or
        there are both weights and people.

    Notes
    -----
    Source: Kaplan & Meier (1958), JASA 53:457-481; variance by Greenwood (1926).

    With `cluster` errors are by the infinitesimal jackknife of `aalen_johansen`.

    Examples
    --------
    >>> curve = kaplan_meier([1, 2, 2, 3, 4], [True, True, False, True, False], unit="weeks")
    >>> curve.survival.round(4).tolist()
    [0.8, 0.6, 0.3]
    """
    times, at_risk, events, started, last = _counts(durations, arrived, entry, weights)
    with np.errstate(divide="ignore", invalid="ignore"):
        survival = np.cumprod(1 - events / at_risk)
        part = np.where(at_risk > events, events / (at_risk * (at_risk - events)), 0.0)
    notes = list(few_arrivals(float(events.sum())))
    if entry is not None and float(np.min(entry)) > 0:
        notes.append(
            f"nobody was at risk before {as_given(float(np.min(entry)))} {unit}".rstrip()
            + ": these are shares of those who were there then."
        )
    if entry is not None and len(times) and (survival[:-1] == 0).any():
        notes.append("the curve fell to zero while few were at risk: start it later.")
    error, over = survival * np.sqrt(np.cumsum(part)), None
    if cluster is not None:
        if weights is not None:
            raise ValueError("give either weights or a cluster: each row is one wait of a person.")
        over = _over_people(durations, arrived, entry, survival, cluster)
        error = over.errors()[:, 0]
        notes += over.notes
    return SurvivalCurve(
        times,
        at_risk,
        events,
        survival,
        error,
        started,
        last,
        "Kaplan-Meier",
        unit,
        level,
        False,
        tuple(notes),
        over,
    )


@cited
def nelson_aalen(
    durations: ArrayLike,
    arrived: ArrayLike,
    *,
    entry: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    unit: str = "",
    level: float = 0.95,
) -> CumulativeHazard:
    """Estimate the cumulative hazard of arriving.

    Parameters
    ----------
    durations, arrived, entry, weights, unit, level
        As in `kaplan_meier`.

    Returns
    -------
    CumulativeHazard

    Notes
    -----
    Source: Nelson (1972), Technometrics 14:945-966; Aalen (1978), Annals of Statistics
    6:701-726. Variance: sum of d/Y².

    Examples
    --------
    >>> nelson_aalen([1, 2, 2, 3, 4], [True, True, False, True, False]).hazard.round(4).tolist()
    [0.2, 0.45, 0.95]
    """
    times, at_risk, events, *_ = _counts(durations, arrived, entry, weights)
    hazard = np.cumsum(events / at_risk)
    error = np.sqrt(np.cumsum(events / at_risk**2))
    width = normal_quantile(level) * error / hazard
    return CumulativeHazard(
        times,
        hazard,
        error,
        hazard * np.exp(-width),
        hazard * np.exp(width),
        unit,
        notes=few_arrivals(float(events.sum())),
    )


def _over_people(
    durations: ArrayLike,
    arrived: ArrayLike,
    entry: ArrayLike | None,
    survival: NDArray,
    cluster: ArrayLike | pd.DataFrame,
) -> OverPeople:
    """Give waits as stays in one stage that another follows, with whose they are."""
    read = read_durations(durations, arrived, entry)
    # Without an entry everybody is at risk from the start on, at 0 as well.
    entered = np.full(len(read.time), -1.0) if read.entry is None else read.entry
    stays = Stays(
        np.zeros(len(read.time), np.int64),
        np.where(read.seen, 1, -1),
        entered,
        read.time,
        ("waiting", "arrived"),
    )
    shares = np.column_stack([survival, 1 - survival])
    return OverPeople.of(stays, counts(stays), np.array([1.0, 0.0]), shares, cluster)


def _counts(
    durations: ArrayLike, arrived: ArrayLike, entry: ArrayLike | None, weights: ArrayLike | None
) -> tuple[NDArray, NDArray, NDArray, float, float]:
    """Times of arrival, how many were at risk and arrived, how many in all, the last look."""
    read = read_durations(durations, arrived, entry)
    time, seen = read.time, read.seen
    weight = np.ones_like(time) if weights is None else as_numbers(weights, "weights")
    if weight.shape != time.shape:
        raise ValueError("durations, arrived, entry and weights must be lists of one length.")
    if not (weight >= 0).all():
        raise ValueError("weights must be numbers from 0 up.")
    times, when = np.unique(time, return_inverse=True)
    gone = np.cumsum(bincount(when, weight, len(times)))
    if read.entry is None:
        come = gone[-1]
    else:
        # At risk at t: entered before t, and not gone before t.
        first = np.searchsorted(times, read.entry, side="right")
        come = np.cumsum(bincount(first, weight, len(times)))
    at_risk = come - np.concatenate([[0.0], gone[:-1]])
    events = bincount(when[seen], weight[seen], len(times))
    kept = events > 0
    return times[kept], at_risk[kept], events[kept], float(gone[-1]), float(times[-1])
