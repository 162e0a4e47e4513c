"""Occurrence-exposure rates: how many moved, by how many weeks they could have."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..counting import bincount
from ..stats.intervals import FEWEST_EVENTS, log_rate
from .spells import Spells

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
        the spells), `rate` (per week), `log_error` (standard error of the log rate, 1/√events),
        `lower`, `upper`, `note` (why the interval is not to be relied upon, or empty).

    Notes
    -----
    The maximum likelihood estimate where rates are constant. Source: Andersen, Borgan, Gill
    & Keiding (1993), Statistical Models Based on Counting Processes, chapter VI.
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
    return pd.DataFrame(
        {
            "stage": np.array(spells.stages, object)[here],
            "next_stage": np.array(spells.stages, object)[there],
            "events": count,
            f"{spells.unit}_at_risk": weeks,
            "rate": rate,
            "log_error": 1 / np.sqrt(count),
            "lower": lower,
            "upper": upper,
            "note": np.where(
                count < FEWEST_EVENTS,
                f"fewer than {FEWEST_EVENTS} events: do not rely on the interval",
                "",
            ),
        }
    )


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
