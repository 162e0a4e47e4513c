"""Contrasts of two groups with their intervals: a ratio of shares, a difference of means."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from .durations import yes_or_no
from .intervals import normal_quantile

Contrast = tuple[float, float, float]
"""Estimate, lower and upper end of the interval."""


def risk_ratio(
    yes: ArrayLike, group: ArrayLike, stratum: ArrayLike | None = None, level: float = 0.95
) -> Contrast:
    """Give how many times larger the share of "yes" is in a group than outside it.

    Parameters
    ----------
    yes, group : array_like of bool, shape (people,)
        What is counted, and who is in the group.
    stratum : array_like, shape (people,), optional
        Like is compared with like within each stratum (Mantel-Haenszel).
    level : float
        Confidence level.

    Returns
    -------
    tuple of float
        Ratio, lower and upper end; missing where a group has no "yes" at all.

    Notes
    -----
    Variance of the logarithm: Greenland & Robins (1985), Biometrics 41:55-68; with one stratum
    it is the usual one of a risk ratio.

    Examples
    --------
    >>> risk_ratio([1, 1, 0, 0, 1, 0, 0, 0], [1, 1, 1, 1, 0, 0, 0, 0])[0]
    2.0
    """
    said, member = yes_or_no(yes, "yes"), yes_or_no(group, "group")
    strata = np.zeros(len(said)) if stratum is None else np.asarray(stratum)
    above = below = spread = 0.0
    for one in np.unique(strata):
        mine = strata == one
        first, second = said[mine & member], said[mine & ~member]
        n, m = len(first), len(second)
        if not n or not m:
            continue
        a, b = first.sum(), second.sum()
        above += a * m / (n + m)
        below += b * n / (n + m)
        spread += ((a + b) * n * m - a * b * (n + m)) / (n + m) ** 2
    if not above or not below:
        return np.nan, np.nan, np.nan
    width = normal_quantile(level) * np.sqrt(spread / (above * below))
    ratio = above / below
    return float(ratio), float(ratio * np.exp(-width)), float(ratio * np.exp(width))


def mean_difference(first: ArrayLike, second: ArrayLike, level: float = 0.95) -> Contrast:
    """Give the difference of two means with Welch's interval.

    Parameters
    ----------
    first, second : array_like of float
        One value a unit, at least two units each; units are what the coin was tossed for.
    level : float
        Confidence level.

    Returns
    -------
    tuple of float
        First less second, lower and upper end.

    Notes
    -----
    Source: Welch (1947), Biometrika 34:28-35.

    Examples
    --------
    >>> [round(one, 3) for one in mean_difference([3, 4, 5], [1, 2, 3])]
    [2.0, -0.267, 4.267]
    """
    from scipy.special import stdtrit

    a, b = np.asarray(first, float), np.asarray(second, float)
    if len(a) < 2 or len(b) < 2:
        raise ValueError(
            f"there are {len(a)} and {len(b)} units, but at least two each are needed."
        )
    parts = np.array([a.var(ddof=1) / len(a), b.var(ddof=1) / len(b)])
    gap = float(a.mean() - b.mean())
    if not parts.sum():
        return gap, gap, gap
    freedom = parts.sum() ** 2 / (parts**2 / [len(a) - 1, len(b) - 1]).sum()
    width = float(stdtrit(freedom, (1 + level) / 2) * np.sqrt(parts.sum()))
    return gap, gap - width, gap + width
