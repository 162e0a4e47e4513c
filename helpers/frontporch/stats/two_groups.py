"""Cox's partial likelihood of two groups between which somebody may change in time."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..counting import bincount, repeat
from .durations import same_times
from .intervals import normal_quantile
from .likelihood_limits import likelihood_limit


class TwoGroups(NamedTuple):
    """How many times as fast one group moves as the other, on the log scale.

    Parameters
    ----------
    log_ratio, lower, upper : float
        Logarithm of the hazard ratio and its limits; infinite where only one group moved while
        both were at risk, missing where neither did.
    standard_error : float
        Missing where there is no maximum.
    log_likelihood : float
        Partial.
    note : str
        What a reader must know, in words.
    """

    log_ratio: float
    standard_error: float
    log_likelihood: float
    lower: float
    upper: float
    note: str = ""


def two_groups(
    left: NDArray,
    group: NDArray,
    moved: NDArray,
    *,
    entry: NDArray | None = None,
    level: float = 0.95,
) -> TwoGroups:
    """Maximise the partial likelihood of a 0/1 covariate, if need be under delayed entry.

    Parameters
    ----------
    left : numpy.ndarray of float, shape (n,)
        When each piece of observation ended.
    group : numpy.ndarray of int, shape (n,)
        0 or 1.
    moved : numpy.ndarray of bool, shape (n,)
        Whether it ended with the move.
    entry : numpy.ndarray of float, shape (n,), optional
        When each came under observation, if not at the start; it is at risk at t if
        entry < t ≤ left.

    level : float
        Confidence level.

    Returns
    -------
    TwoGroups

    Notes
    -----
    Ties by Efron (1977), JASA 72:557-565. One covariate with two values needs counts at risk
    alone, so a million pieces take a second. Where of the two groups only one moved while both
    were at risk, the likelihood has no maximum; the limit that exists is that of the profile
    likelihood. Source of it: Bryson & Johnson (1981), Biometrics 37:371-375.

    Examples
    --------
    >>> left, group = np.array([1.0, 2.0, 3.0, 4.0]), np.array([1, 0, 1, 0])
    >>> round(two_groups(left, group, np.ones(4, bool)).log_ratio, 4)
    0.9406
    """
    if entry is None:
        (left,) = same_times(left)
    else:
        left, entry = same_times(left, entry)
    times = np.unique(left[moved])
    risk, events = np.empty((2, len(times))), np.empty((2, len(times)))
    for k in (0, 1):
        own = np.flatnonzero(group == k)
        ends = left[own]
        risk[k] = len(own)
        if entry is not None:
            risk[k] = np.searchsorted(np.sort(entry[own]), times, side="left")
        risk[k] -= np.searchsorted(np.sort(ends), times, side="left")
        events[k] = bincount(np.searchsorted(times, ends[moved[own]]), minlength=len(times))
    # Efron: of d tied events the l-th sees the risk set less l/d of the tied.
    ties = events.sum(axis=0).astype(int)
    at = repeat(np.arange(len(ties)), ties)
    done = (np.arange(len(at)) - repeat(np.cumsum(ties) - ties, ties)) / ties[at]
    without, with_it = (risk[k][at] - done * events[k][at] for k in (0, 1))
    # Moves for which one group only was at risk say nothing of the ratio.
    both = (risk > 0).all(axis=0)
    aside = -float(np.log((without + with_it)[~both[at]]).sum())
    without, with_it, events = without[both[at]], with_it[both[at]], events[:, both]
    if not (events.sum(axis=1) > 0).all():
        return _one_sided(without, with_it, bool(events[1].any()), level, aside)
    log_ratio = 0.0
    for _ in range(100):
        weighted = with_it * np.exp(log_ratio)
        share = weighted / (weighted + without)
        information = (share * (1 - share)).sum()
        step = float(np.clip((events[1].sum() - share.sum()) / information, -2, 2))
        log_ratio += step
        if abs(step) < 1e-12:
            break
    at_risk = np.log(with_it * np.exp(log_ratio) + without)
    likelihood = aside + events[1].sum() * log_ratio - at_risk.sum()
    error = float(1 / np.sqrt(information))
    width = normal_quantile(level) * error
    return TwoGroups(log_ratio, error, float(likelihood), log_ratio - width, log_ratio + width)


def _one_sided(
    without: NDArray[np.float64],
    with_it: NDArray[np.float64],
    second: bool,
    level: float,
    aside: float,
) -> TwoGroups:
    """Give the limit that exists where one group alone moved, or none did."""
    nothing = float("nan")
    if not len(without):
        note = "nobody moved while both groups were at risk: there is no ratio"
        return TwoGroups(nothing, nothing, aside, nothing, nothing, note)
    # With the sign turned it is the second group that moved.
    other, own = (without, with_it) if second else (with_it, without)
    highest = aside - float(np.log(own).sum())
    odds = other / own
    drop = normal_quantile(level) ** 2 / 2

    def fall(log_ratio: float) -> float:
        return float(np.logaddexp(0.0, np.log(odds) - log_ratio).sum()) - drop

    far = float(np.log(odds).max()) + np.log(len(odds)) + 5 - np.log(drop)
    limit = likelihood_limit(fall, far, -1.0)
    if second:
        note = (
            "only one group moved while both were at risk, the first of the ratio: no upper limit"
        )
        return TwoGroups(float("inf"), nothing, highest, limit, float("inf"), note)
    note = "only one group moved while both were at risk, the second of the ratio: no lower limit"
    return TwoGroups(-float("inf"), nothing, highest, -float("inf"), -limit, note)
