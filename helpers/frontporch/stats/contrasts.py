"""Contrasts of two groups with their intervals: a ratio of shares, a difference of means."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .durations import yes_or_no
from .intervals import normal_quantile, student_quantile, wilson

SAME = 1e-12
"""Values that differ by no more than this share of the largest differ by rounding."""


class _Limits(NamedTuple):
    estimate: float
    lower: float
    upper: float


class Contrast(_Limits):
    """Estimate, lower and upper limit; `note` says in words what a reader must know.

    Examples
    --------
    >>> ratio, lower, upper = Contrast(2.0, 1.1, 3.5)
    >>> Contrast(2.0, 1.1, 3.5).note
    ''
    """

    note: str

    def __new__(cls, estimate: float, lower: float, upper: float, note: str = "") -> Contrast:
        """Keep three numbers, and a note beside them."""
        made = super().__new__(cls, float(estimate), float(lower), float(upper))
        made.note = note
        return made


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
    Contrast
        Ratio, lower and upper limit. Where nobody in the group said "yes", the ratio is 0; where
        nobody outside it did, it is infinite. One limit exists then, and `note` says so. Where
        nobody at all did, all three are missing, and `note` says why.

    Raises
    ------
    ValueError
        If lists differ in length, a value is missing, or no stratum has people of both kinds.

    Notes
    -----
    Variance of the logarithm: Greenland & Robins (1985), Biometrics 41:55-68; with one stratum
    it is the usual one of a risk ratio. Where that has no value, the limits are recovered from
    Wilson's of the two shares: Newcombe (2016), Statistical Methods in Medical Research
    25:1774-1778, for the ratio, and Zou & Donner (2008), Statistics in Medicine 27:1693-1702,
    for sums over strata.

    Examples
    --------
    >>> risk_ratio([1, 1, 0, 0, 1, 0, 0, 0], [1, 1, 1, 1, 0, 0, 0, 0])[0]
    2.0
    >>> none = risk_ratio([0] * 40 + [1] * 10 + [0] * 30, [1] * 40 + [0] * 40)
    >>> none.estimate, round(none.upper, 2)
    (0.0, 0.39)
    """
    said, member = yes_or_no(yes, "yes"), yes_or_no(group, "group")
    both = _both(said, member, _strata(stratum, len(said)))
    a, n, b, m = both.T.astype(float)
    weight = n * m / (n + m)
    above, below = (weight * a / n).sum(), (weight * b / m).sum()
    if not above or not below:
        return _no_event(both, level)
    spread = (((a + b) * n * m - a * b * (n + m)) / (n + m) ** 2).sum()
    width = normal_quantile(level) * np.sqrt(spread / (above * below))
    ratio = above / below
    return Contrast(ratio, ratio * np.exp(-width), ratio * np.exp(width))


def _strata(stratum: ArrayLike | None, people: int) -> NDArray[np.int64]:
    """Number the strata from 0."""
    import pandas as pd

    if stratum is None:
        return np.zeros(people, np.int64)
    codes, _ = pd.factorize(np.asarray(stratum))
    if len(codes) != people:
        raise ValueError(f"there are {people} people, but {len(codes)} strata: give one each.")
    if (codes < 0).any():
        row = int(np.flatnonzero(codes < 0)[0]) + 1
        raise ValueError(
            f"row {row}: stratum is missing. Leave the row out, or make a stratum of those whose "
            "own is not known."
        )
    return codes.astype(np.int64)


def _both(said: NDArray, member: NDArray, strata: NDArray) -> NDArray[np.int64]:
    """Count "yes" and people, in the group and outside, by strata that have both."""
    if said.shape != member.shape:
        raise ValueError(
            f"yes has {said.size} values, but group has {member.size}: give one each a person."
        )
    rows = []
    for one in np.unique(strata):
        mine = strata == one
        first, second = said[mine & member], said[mine & ~member]
        if len(first) and len(second):
            rows.append((first.sum(), len(first), second.sum(), len(second)))
    if not rows:
        raise ValueError(
            "no stratum has people both in the group and outside it: there is nothing to compare. "
            "Join strata, or check group."
        )
    return np.array(rows, np.int64)


def _no_event(both: NDArray[np.int64], level: float) -> Contrast:
    """Give the limit that exists where one side, or neither, has a "yes"."""
    if not both[:, [0, 2]].any():
        return Contrast(
            np.nan, np.nan, np.nan, "nobody said yes: there is no ratio (`stats.wilson` has limits)"
        )
    (first, low, high), (second, under, over) = (
        _weighted(both, column, level) for column in (0, 2)
    )
    if not first:
        note = "nobody in the group said yes: there is an upper limit only, by Wilson's score"
        return Contrast(0.0, 0.0, high / np.sqrt(under * (2 * second - under)), note)
    note = "nobody outside the group said yes: there is a lower limit only, by Wilson's score"
    return Contrast(np.inf, np.sqrt(low * (2 * first - low)) / over, np.inf, note)


def _weighted(both: NDArray[np.int64], column: int, level: float) -> tuple[float, float, float]:
    """Give the weighted sum of the shares of one side, with limits, over strata."""
    weight = both[:, 1] * both[:, 3] / (both[:, 1] + both[:, 3])
    shares = np.array([wilson(int(x), int(n), level) for x, n in both[:, column : column + 2]])
    share, lower, upper = shares.T
    whole = float(weight @ share)
    down, up = (np.sqrt((weight**2 * (end - share) ** 2).sum()) for end in (lower, upper))
    return whole, float(whole - down), float(whole + up)


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
    Contrast
        First less second, lower and upper limit. Where all values of each group are equal,
        nothing tells how far off the means are: limits are missing, and `note` says so.

    Raises
    ------
    ValueError
        If there are fewer than two units, or a value is missing or infinite.

    Notes
    -----
    Source: Welch (1947), Biometrika 34:28-35.

    Examples
    --------
    >>> [round(one, 3) for one in mean_difference([3, 4, 5], [1, 2, 3])]
    [2.0, -0.267, 4.267]
    """
    a, b = _finite(first, "first"), _finite(second, "second")
    if len(a) < 2 or len(b) < 2:
        raise ValueError(
            f"there are {len(a)} and {len(b)} units, but at least two each are needed."
        )
    normal_quantile(level)  # refuses what is no level
    gap = float(a.mean() - b.mean())
    scale = max(np.abs(a).max(), np.abs(b).max())
    if max(np.ptp(a), np.ptp(b)) <= SAME * scale:
        gap = 0.0 if abs(gap) <= SAME * scale else gap
        note = "no spread within either group: nothing tells how far off the means are"
        return Contrast(gap, np.nan, np.nan, note)
    # In units of the largest value, so that no square over- or underflows.
    parts = np.array([(one / scale).var(ddof=1) / len(one) for one in (a, b)])
    freedom = parts.sum() ** 2 / (parts**2 / [len(a) - 1, len(b) - 1]).sum()
    width = float(student_quantile(level, freedom) * np.sqrt(parts.sum())) * scale
    return Contrast(gap, gap - width, gap + width)


def _finite(values: ArrayLike, name: str) -> NDArray[np.float64]:
    """Read numbers, or name the row of one that is not."""
    read = np.asarray(values, float).ravel()
    if not np.isfinite(read).all():
        row = int(np.flatnonzero(~np.isfinite(read))[0])
        what = "missing" if np.isnan(read[row]) else "infinite"
        raise ValueError(f"row {row + 1}: {name} is {what}. Leave the row out, and say how many.")
    return read
