"""From counts to a fitted growth curve."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ...citing import cited
from ...names import pick
from .counts import read_counts
from .curves import Share, bass
from .custom_curve import understood
from .estimators import CENSORED, ESTIMATORS, PER_PERIOD, Choices, named, prior_for
from .fitted_growth import Growth
from .priors import Prior
from .series import Series
from .what_counts_tell import must_have_counts


@cited
def fit(
    counts: pd.DataFrame | Series,
    curve: Share | str = bass,
    *,
    estimator: str | None = None,
    prior: Prior | str | None = "weak",
    fixed: Mapping[str, float] | None = None,
    weighting: str = "constant",
    level: float = 0.95,
    **reading: Any,
) -> Growth:
    """Fit a growth curve to one series of counts.

    Parameters
    ----------
    counts : pandas.DataFrame or Series
        The `counts` contract, users by day, or adopters by year; see `read_counts`.
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
    **reading
        How a table is read: `events`, `may_fall`, `text_counts`; see `read_counts`.

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
        If nothing was counted, or the counts do not suit the estimator.

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
    read = read_counts(counts, **reading)
    must_have_counts(read)
    known = understood(curve)
    if estimator is None:
        estimator = CENSORED if read.scattered else PER_PERIOD
    way = ESTIMATORS[pick(estimator, ESTIMATORS, "estimator")]
    chosen = prior_for(estimator, prior, known)
    held = dict(fixed) if fixed else None
    estimate = way.run(read, known, Choices(chosen, held, weighting))
    used = weighting if way.weighted else "constant"
    return Growth(estimate, named(estimator, chosen), chosen, level, used)
