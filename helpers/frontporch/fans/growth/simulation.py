"""Synthetic counts from a known curve: what an estimator is tried on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ...citing import cited
from ...elementary import exp, log
from ...names import pick
from ...streams import Seed, generator
from .curves import Curve, Share, bass
from .custom_curve import understood


@cited
def simulate(
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
    >>> simulate(p=0.03, q=0.4, periods=3, error=0, seed=1)["adopters"].round().tolist()
    [361.0, 507.0, 683.0]
    """
    known, values = _values(curve, parameters)
    added = ceiling * np.diff(known.share(np.arange(periods + 1.0), *values))
    added = added + generator(seed).normal(0, 1, periods) * error * added.mean()
    return pd.DataFrame(
        {
            "series": "synthetic",
            "year": 2001 + np.arange(periods),
            "adopters": np.maximum(added, 0),
            "unit": "adopters",
        }
    )


@dataclass(frozen=True)
class Reports:
    """How counts are reported: never quite right, rounded, and some as "over".

    Parameters
    ----------
    error : float
        Standard error of a report, of the logarithm.
    drift : float
        Standard error of a year's growth beside the curve, of the logarithm.
    digits : int, optional
        Leading digits that a count is rounded to; exact without it.
    over : float
        Share of the counts that are told as "over", rounded down.

    Examples
    --------
    >>> simulate_counts(counts=4, reports=Reports(over=1.0), seed=1)["at_least"].all().item()
    True
    """

    error: float = 0.02
    drift: float = 0.05
    digits: int | None = 2
    over: float = 0.0


def simulate_counts(
    curve: Share | str = bass,
    *,
    ceiling: float = 10_000_000.0,
    counts: int = 20,
    years: float = 8.0,
    start: float = 1.0,
    reports: Reports | None = None,
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
    reports : Reports, optional
        How counts are reported; as `Reports()` without it.
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
    told = Reports() if reports is None else reports
    rng = generator(seed)
    times = np.sort(rng.uniform(0, years, counts))
    times[0], times[-1] = 0.0, years
    walk = np.cumsum(np.sqrt(np.diff(times, prepend=0.0)) * told.drift * rng.normal(0, 1, counts))
    level = log(ceiling * known.share(start + times, *values)) + walk
    said = exp(level + told.error * rng.normal(0, 1, counts))
    bound = rng.uniform(0, 1, counts) < told.over
    place = np.ones(counts)
    if told.digits is not None:
        # Whole numbers: a power of floating numbers need not be one.
        before = np.searchsorted(np.int64(10) ** np.arange(19), said, side="right")
        place = (np.int64(10) ** np.maximum(before - told.digits, 0)).astype(float)
    fans = np.where(bound, np.floor(said / place), np.round(said / place)) * place
    day = pd.Timestamp(2001, 1, 1) + pd.to_timedelta(np.round(times * 365.25), unit="D")
    return pd.DataFrame(
        {
            "platform": "synthetic",
            "brand": "synthetic",
            "date_from": day,
            "date_to": day,
            "fans": fans.astype("int64"),
            "at_least": bound,
            "confidence": "high",
            "source": [f"report {k + 1}" for k in range(counts)],
            "rounded_to": place,
        }
    )


def _values(curve: Share | str, parameters: dict[str, float]) -> tuple[Curve, list[float]]:
    known = understood(curve)
    for name in parameters:
        pick(name, known.names, "parameter")
    return known, [parameters.get(p.name, p.usual) for p in known.parameters]
