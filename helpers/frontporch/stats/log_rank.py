"""The log-rank test: whether groups wait equally long."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ..citing import cited
from ..counting import bincount
from ..result import Result
from .durations import read_durations
from .partial_likelihood import too_few


@dataclass(frozen=True, eq=False)
class LogRank(Result):
    """What the log-rank test says of groups.

    Parameters
    ----------
    table : pandas.DataFrame
        One row a group: `group`, `at_start` (how many), `arrived`, `expected` (how many would
        have arrived if all groups waited equally long).
    statistic : float
        Chi-squared.
    degrees : int
        Its degrees of freedom: one fewer than there are groups.
    p_value : float
        How often groups that wait equally long look as different as these, or more.
    notes : tuple of str
        What a reader must know, in words.
    estimator : str
        Its name.
    """

    table: pd.DataFrame
    statistic: float
    degrees: int
    p_value: float
    notes: tuple[str, ...] = ()
    estimator: str = "log-rank test (Mantel-Cox)"

    def summary(self) -> pd.DataFrame:
        """Show what arrived beside what was expected, one row a group."""
        return self.table.copy()


@cited
def logrank(
    durations: ArrayLike,
    arrived: ArrayLike,
    group: ArrayLike,
    *,
    entry: ArrayLike | None = None,
    strata: ArrayLike | None = None,
) -> LogRank:
    """Test whether groups wait equally long until the arrival.

    Parameters
    ----------
    durations : array_like of float, shape (n,)
        Time from the start to the arrival, or to the last look.
    arrived : array_like of bool, shape (n,)
        True where the arrival was seen, False where it was not (censored).
    group : array_like, shape (n,)
        Which group each is in.
    entry : array_like of float, shape (n,), optional
        Time at which each came under observation (delayed entry); below its duration.
    strata : array_like, shape (n,), optional
        Groups are compared within each stratum only, and the differences summed up.

    Returns
    -------
    LogRank

    Raises
    ------
    ValueError
        If lengths differ, there is one group only, nothing arrived, or an entry is not
        before its duration.

    Notes
    -----
    At each arrival the number expected in a group is its share of those at risk; variances
    are hypergeometric. Source: Mantel (1966), Cancer Chemotherapy Reports 50:163-170; Peto &
    Peto (1972), JRSS A 135:185-207.

    Examples
    --------
    >>> found = logrank([1, 2, 3, 4, 5, 6], [1, 1, 1, 1, 0, 1], ["a", "a", "b", "a", "b", "b"])
    >>> round(found.statistic, 3), found.table["expected"].round(2).tolist()
    (2.557, [1.48, 3.52])
    """
    from scipy import special

    read = read_durations(durations, arrived, entry)
    time, seen = read.time, read.seen
    begin = np.full(len(time), -np.inf) if read.entry is None else read.entry
    codes, names = pd.factorize(np.asarray(group), sort=True)
    stratum = np.zeros(len(time), int) if strata is None else pd.factorize(np.asarray(strata))[0]
    if not len(time) == len(codes) == len(stratum):
        raise ValueError("durations, arrived, group, entry and strata must be of one length.")
    if (codes < 0).any() or (stratum < 0).any():
        raise ValueError("group and strata must not be missing.")
    if len(names) < 2:
        raise ValueError("there is one group only: nothing can be compared.")
    if not seen.any():
        raise ValueError("nothing arrived: without an arrival nothing can be compared.")
    expected, covariance = np.zeros(len(names)), np.zeros((len(names), len(names)))
    for one in range(stratum.max() + 1):
        at = stratum == one
        more = _compared(time[at], seen[at], codes[at], begin[at], len(names))
        expected, covariance = expected + more[0], covariance + more[1]
    observed = bincount(codes[seen], minlength=len(names)).astype(float)
    # The differences sum to nothing: one group less says it all.
    apart = (observed - expected)[:-1]
    statistic = float(apart @ np.linalg.pinv(covariance[:-1, :-1]) @ apart)
    degrees = len(names) - 1
    table = pd.DataFrame(
        {
            "group": names,
            "at_start": bincount(codes, minlength=len(names)),
            "arrived": observed.astype(int),
            "expected": expected,
        }
    )
    few = too_few(int(seen.sum()))
    notes = (few.replace("the interval", "the p-value") + ".",) if few else ()
    return LogRank(table, statistic, degrees, float(special.chdtrc(degrees, statistic)), notes)


def _compared(
    time: NDArray[np.float64],
    seen: NDArray[np.bool_],
    codes: NDArray[np.int64],
    begin: NDArray[np.float64],
    groups: int,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give the arrivals expected in each group of a stratum, and their covariance."""
    times = np.unique(time[seen])
    risk = np.empty((len(times), groups))
    for k in range(groups):
        own = codes == k
        come = np.searchsorted(np.sort(begin[own]), times, side="left")
        risk[:, k] = come - np.searchsorted(np.sort(time[own]), times, side="left")
    events = bincount(np.searchsorted(times, time[seen]), minlength=len(times)).astype(float)
    whole = risk.sum(axis=1)
    share = risk / whole[:, None]
    spread = events * (whole - events) / np.maximum(whole - 1, 1)
    covariance = np.diag(spread @ share) - (share * spread[:, None]).T @ share
    return events @ share, covariance
