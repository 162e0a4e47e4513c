"""Occurrence-exposure rates: how many moved, by how many weeks they could have."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..counting import bincount
from ..stats.clustered import FEWEST_CLUSTERS, clusters, effective, person_variances
from ..stats.intervals import FEWEST_EVENTS, log_rate, student_quantile
from .spells import Spells

NO_PEOPLE = "no interval: nothing tells how people differ"
SMALLEST = 1e-12
"""Variance of a log rate over people that is zero but for rounding."""
COLUMNS = ("stage", "next_stage", "events", "weeks_at_risk", "rate")


def rates(spells: Spells, level: float = 0.95) -> pd.DataFrame:
    """Estimate the rate of every transition that was seen.

    Parameters
    ----------
    spells : Spells
        The stays of the pairs.
    level : float
        Confidence level.

    Returns
    -------
    pandas.DataFrame
        One row a transition: `stage`, `next_stage`, `events`, `weeks_at_risk` (or in the unit of
        the spells), `rate` (per week), `log_error` (standard error of the log rate: 1/√events,
        or that over people where the spells say whose they are), `lower`, `upper`, `note` (why
        the interval is not to be relied upon, or empty).

    Notes
    -----
    The maximum likelihood estimate where rates are constant. Source: Andersen, Borgan, Gill
    & Keiding (1993), Statistical Models Based on Counting Processes, chapter VI. Errors over
    people sum what all stays of a person change, as `stats.aalen_johansen`; they hold for the
    average rate of different people too.
    """
    stages = len(spells.stages)
    exposure = bincount(spells.stage, spells.sojourn, stages)
    moved = spells.following >= 0
    flat = spells.stage[moved] * stages + spells.following[moved]
    events = bincount(flat, minlength=stages * stages).reshape(stages, stages)
    here, there = np.nonzero(events)
    count, weeks = events[here, there], exposure[here]
    rate = count / np.where(weeks > 0, weeks, np.nan)
    lower, upper = log_rate(rate, count, level)
    error, note = 1 / np.sqrt(count), np.full(len(rate), "", object)
    if spells.people is not None and len(rate):
        error, degrees, note = _over_people(spells, here, there, rate)
        width = [student_quantile(level, float(one)) for one in degrees] * error
        lower, upper = rate * np.exp(-width), rate * np.exp(width)
    return pd.DataFrame(
        {
            "stage": np.array(spells.stages, object)[here],
            "next_stage": np.array(spells.stages, object)[there],
            "events": count,
            f"{spells.unit}_at_risk": weeks,
            "rate": rate,
            "log_error": error,
            "lower": lower,
            "upper": upper,
            "note": np.where(
                (count < FEWEST_EVENTS) & (note != NO_PEOPLE),
                f"fewer than {FEWEST_EVENTS} events: do not rely on the interval",
                note,
            ),
        }
    )


def log_changes(
    spells: Spells, here: NDArray[np.int64], there: NDArray[np.int64], rate: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give what each stay changes in the logarithm of each rate, and its share of the time.

    Parameters
    ----------
    spells : Spells
        The stays, shape (n,).
    here, there : numpy.ndarray of int, shape (k,)
        Numbers of the stages and next stages of the transitions.
    rate : numpy.ndarray of float, shape (k,)
        Their rates.

    Returns
    -------
    changes, shares : numpy.ndarray of float, shape (n, k)
    """
    at_risk = spells.stage[:, None] == here
    time = np.where(at_risk, spells.sojourn[:, None], 0.0)
    moved = at_risk & (spells.following[:, None] == there)
    return (moved - time * rate) / moved.sum(axis=0), time / time.sum(axis=0)


def _over_people(
    spells: Spells, here: NDArray[np.int64], there: NDArray[np.int64], rate: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.object_]]:
    """Give errors of log rates over people, their degrees of freedom, and notes."""
    whose = clusters(spells.people, len(spells.stage))
    many = len(np.unique(whose))
    changes, shares = log_changes(spells, here, there, rate)
    variance = person_variances(changes, whose, shares)
    # People who are all alike, as where there is one, say nothing of how people differ.
    known = (variance > SMALLEST) & (many > 1)
    few = f"only {many} people: the interval is a little too narrow" if many > 1 else ""
    note = np.where(
        known,
        few if many < FEWEST_CLUSTERS else "",
        NO_PEOPLE,
    ).astype(object)
    degrees = np.maximum(effective(whose, shares) - 1, 1.0)
    return np.sqrt(np.where(known, variance, np.nan)), degrees, note


def log_likelihood(table: pd.DataFrame) -> float:
    """Give the log-likelihood of constant rates at their estimate.

    Parameters
    ----------
    table : pandas.DataFrame
        What `rates` returns.

    Returns
    -------
    float
        Sum over transitions of events · log(rate) less rate · weeks at risk.
    """
    return float((table["events"] * np.log(table["rate"]) - table["events"]).sum())
