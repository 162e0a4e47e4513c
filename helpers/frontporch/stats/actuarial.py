"""The life table: a survival curve from counts in bins of time."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from ..citing import cited
from ..rounding import as_given
from .curve import SurvivalCurve
from .durations import same_times
from .intervals import few_arrivals

LEAVE = {"halfway": 0.5, "at the end": 0.0}


@cited
def life_table(
    counts: pd.DataFrame,
    *,
    censored_leave: Literal["halfway", "at the end"] = "halfway",
    level: float = 0.95,
) -> SurvivalCurve:
    """Estimate the share still waiting from arrivals and losses counted in bins.

    Parameters
    ----------
    counts : pandas.DataFrame
        The `life_table` contract: `hours_up_to` (upper edge of the bin, hours since the
        start, each once), `reached` and `censored` (pairs). All bins of one curve: the
        pairs at risk at the start are the sum of both columns.
    censored_leave : {"halfway", "at the end"}
        When the pairs lost in a bin are taken to leave it. Halfway is the actuarial
        estimator; at the end is Kaplan-Meier with all times moved to the bin's upper edge,
        and too low where many are lost in one wide bin.
    level : float
        Confidence level.

    Returns
    -------
    SurvivalCurve
        In hours. Between the edges of a bin the curve is a straight line.

    Raises
    ------
    ValueError
        If an edge occurs twice (several curves in one table), or a count is negative.

    Notes
    -----
    Source: Cutler & Ederer (1958), Journal of Chronic Diseases 8:699-712; variance by
    Greenwood (1926) with the same effective number at risk.

    Examples
    --------
    >>> import pandas as pd
    >>> bins = pd.DataFrame({"hours_up_to": [1, 2], "reached": [10, 5], "censored": [20, 65]})
    >>> life_table(bins).survival.round(4).tolist()
    [0.8889, 0.7704]
    >>> life_table(bins, censored_leave="at the end").survival.round(4).tolist()
    [0.9, 0.8357]
    """
    if censored_leave not in LEAVE:
        raise ValueError(
            f"censored_leave is {censored_leave!r}, but must be one of: {', '.join(LEAVE)}."
        )
    missing = {"hours_up_to", "reached", "censored"} - set(counts.columns)
    if missing:
        raise ValueError(f"a life table needs the column {', '.join(sorted(missing))}.")
    table = counts.sort_values("hours_up_to")
    (edges,) = same_times(table["hours_up_to"].to_numpy(float))
    reached = table["reached"].to_numpy(float)
    censored = table["censored"].to_numpy(float)
    if not len(edges):
        raise ValueError("the life table has no row: nothing can be estimated.")
    if (np.diff(edges) == 0).any():
        twice = edges[1:][np.diff(edges) == 0][0]
        raise ValueError(
            f"hours_up_to {as_given(twice)} occurs twice: choose one community, one way of "
            "counting and one encounter first."
        )
    if not ((reached >= 0).all() and (censored >= 0).all() and (edges > 0).all()):
        raise ValueError("counts must be from 0 up, and edges above 0.")
    gone = np.concatenate([[0.0], np.cumsum(reached + censored)])
    at_risk = gone[-1] - gone[:-1] - LEAVE[censored_leave] * censored
    with np.errstate(divide="ignore", invalid="ignore"):
        survival = np.cumprod(np.where(reached > 0, 1 - reached / at_risk, 1.0))
        part = np.where(at_risk > reached, reached / (at_risk * (at_risk - reached)), 0.0)
    name = "actuarial life table" if censored_leave == "halfway" else "Kaplan-Meier at bin edges"
    return SurvivalCurve(
        edges,
        at_risk,
        reached,
        survival,
        survival * np.sqrt(np.cumsum(part)),
        float(gone[-1]),
        float(edges[-1]),
        name,
        "hours",
        level,
        True,
        few_arrivals(float(reached.sum())),
    )
