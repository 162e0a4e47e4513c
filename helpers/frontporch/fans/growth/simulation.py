"""Synthetic counts from a known curve: what an estimator is tried on."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ...elementary import exp, log
from ...streams import Seed, generator
from .curves import CURVES, bass
from .parameters import Share
from .trial import understood


def simulate_adopters(
    curve: Share | str = bass,
    *,
    ceiling: float = 10_000.0,
    periods: int = 20,
    error: float = 0.1,
    seed: Seed,
    **parameters: float,
) -> pd.DataFrame:
    """Draw new adopters, year by year from the launch on.

    Parameters
    ----------
    curve : callable or str
        The growth curve.
    ceiling : float
        Total at the end, above 0.
    periods : int
        Years.
    error : float
        Standard error of a year's adopters, as a share of their mean over the years.
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where the errors come from.
    **parameters : float
        Of the curve; the usual values where none are given.

    Returns
    -------
    pandas.DataFrame
        Columns `series`, `year`, `adopters`, `unit`. Synthetic; a year without adopters is 0, so
        large errors are cut off there.

    Examples
    --------
    >>> simulate_adopters(p=0.03, q=0.4, periods=3, error=0, seed=1)["adopters"].round().tolist()
    [361.0, 507.0, 683.0]
    """
    known, values = _values(curve, parameters)
    added = ceiling * np.diff(known.share(np.arange(periods + 1.0), *values))
    added = added + generator(seed).normal(0, 1, periods) * error * added.mean()
    return pd.DataFrame({
        "series": "synthetic", "year": 2001 + np.arange(periods), "adopters": np.maximum(added, 0),
        "unit": "adopters",
    })  # fmt: skip


def simulate_counts(
    curve: Share | str = bass,
    *,
    ceiling: float = 10_000_000.0,
    counts: int = 20,
    years: float = 8.0,
    start: float = 1.0,
    report: float = 0.02,
    drift: float = 0.05,
    digits: int | None = 2,
    over: float = 0.0,
    seed: Seed,
    **parameters: float,
) -> pd.DataFrame:
    """Draw scattered, rounded counts of fans, some of them lower bounds.

    Parameters
    ----------
    curve : callable or str
        The growth curve.
    ceiling : float
        Total at the end, above 0.
    counts : int
        How many.
    years, start : float
        Length of the time in which they are taken, and when after the launch it begins.
    report, drift : float
        Standard error of a report, and of a year's growth beside the curve; both of the
        logarithm.
    digits : int, optional
        Leading digits that a count is rounded to; exact without it.
    over : float
        Share of the counts that are told as "over", rounded down.
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where times and errors come from.
    **parameters : float
        Of the curve; the usual values where none are given.

    Returns
    -------
    pandas.DataFrame
        The `counts` contract with `rounded_to`. Synthetic.

    Examples
    --------
    >>> simulate_counts(counts=4, seed=1)["fans"].is_monotonic_increasing
    True
    """
    known, values = _values(curve, parameters)
    rng = generator(seed)
    times = np.sort(rng.uniform(0, years, counts))
    times[0], times[-1] = 0.0, years
    walk = np.cumsum(np.sqrt(np.diff(times, prepend=0.0)) * drift * rng.normal(0, 1, counts))
    level = log(ceiling * known.share(start + times, *values)) + walk
    said = exp(level + report * rng.normal(0, 1, counts))
    bound = rng.uniform(0, 1, counts) < over
    place = np.ones(counts)
    if digits is not None:
        # Whole numbers: a power of floating numbers need not be one.
        before = np.searchsorted(np.int64(10) ** np.arange(19), said, side="right")
        place = (np.int64(10) ** np.maximum(before - digits, 0)).astype(float)
    fans = np.where(bound, np.floor(said / place), np.round(said / place)) * place
    day = pd.Timestamp(2001, 1, 1) + pd.to_timedelta(np.round(times * 365.25), unit="D")
    return pd.DataFrame({
        "platform": "synthetic", "brand": "synthetic", "date_from": day, "date_to": day,
        "fans": fans.astype("int64"), "at_least": bound, "confidence": "high",
        "source": [f"report {k + 1}" for k in range(counts)], "rounded_to": place,
    })  # fmt: skip


def _values(curve: Share | str, parameters: dict[str, float]) -> tuple:
    from ...names import pick

    known = understood(curve, CURVES)
    for name in parameters:
        pick(name, known.names, "parameter")
    return known, [parameters.get(p.name, p.usual) for p in known.parameters]
