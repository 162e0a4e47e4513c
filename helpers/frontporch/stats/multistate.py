"""Aalen-Johansen: the share in each stage by time, and the mean time spent in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ..citing import cited
from ..counting import bincount, repeat
from ..result import Result
from ..rounding import as_given
from .dependent_shares import OverPeople
from .intervals import FEWEST_EVENTS, logit, wilson
from .product_integral import backward, forward
from .stays import Moves, Stays, counts, one_clock

ROUNDING = 1e-12
"""A share this near to 0 or 1 is that of nobody or of everybody, but for rounding."""


@dataclass(frozen=True, eq=False)
class Occupancy(Result):
    """Share in each stage by time, with standard errors.

    Parameters
    ----------
    times : numpy.ndarray of float, shape (n,)
        Times at which somebody moved, rising.
    shares, standard_error : numpy.ndarray of float, shape (n, stages)
        Share in each stage just after each time, and its standard error.
    start : numpy.ndarray of float, shape (stages,)
        Shares at the start.
    entries : numpy.ndarray of float, shape (n, stages)
        How many moves into or out of each stage there were up to each time.
    stages : tuple of str
        Names of the stages.
    last : float
        Last time at which the shares are known; infinite once nobody is left to move.
    level : float
        Confidence level.
    unit : str
        Unit of time, and the name of its column.
    degrees : float
        Degrees of freedom of Student's t in the intervals: infinite for stays that are
        independent of each other.
    notes : tuple of str
        What a reader must know, in words.
    began : int
        How many were observed from the start.
    lost : numpy.ndarray of float, shape (censored,)
        When observation of those ended who could still have moved, rising.
    """

    times: NDArray[np.float64]
    shares: NDArray[np.float64]
    standard_error: NDArray[np.float64]
    start: NDArray[np.float64]
    entries: NDArray[np.float64]
    stages: tuple[str, ...]
    last: float
    level: float = 0.95
    estimator: str = "Aalen-Johansen"
    unit: str = "time"
    degrees: float = np.inf
    notes: tuple[str, ...] = ()
    began: int = 0
    lost: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))

    def summary(self) -> pd.DataFrame:
        """Show the shares after every move, one row a time and stage."""
        return self.at(self.times)

    def at(self, times: ArrayLike) -> pd.DataFrame:
        """Read the shares at given times.

        Parameters
        ----------
        times : array_like of float
            Times since the start, from 0 up.

        Returns
        -------
        pandas.DataFrame
            One row a time and stage: the time, named by its unit, `stage`, `share`,
            `standard_error`, `lower`, `upper`, `note` (why an interval is not to be relied
            upon, or empty). Past the last observed time shares are missing.
        """
        asked = np.atleast_1d(np.asarray(times, float))
        if not (asked >= 0).all():
            raise ValueError(f"{self.unit} must be numbers from 0 up.")
        row = np.searchsorted(self.times, asked, side="right")
        zero = np.zeros((1, len(self.stages)))
        share = np.concatenate([self.start[None], self.shares])[row]
        error = np.concatenate([zero, self.standard_error])[row]
        entries = np.concatenate([zero, self.entries])[row]
        beyond = repeat(asked > self.last, len(self.stages))
        lower, upper = logit(share.ravel(), error.ravel(), self.level, self.degrees)
        frame = pd.DataFrame(
            {
                self.unit: repeat(asked, len(self.stages)),
                "stage": np.tile(self.stages, len(asked)),
                "share": share.ravel(),
                "standard_error": error.ravel(),
                "lower": lower,
                "upper": upper,
            }
        )
        frame.loc[beyond, ["share", "standard_error", "lower", "upper"]] = np.nan
        few = (entries < FEWEST_EVENTS).ravel()
        frame["note"] = np.select(
            [beyond, few, np.isnan(lower)],
            [
                "beyond the last observation",
                f"fewer than {FEWEST_EVENTS} moves: do not rely on it",
                "no interval: nobody or everybody",
            ],
            "",
        )
        return frame

    def share(self, stage: str, time: float) -> tuple[float, float, float]:
        """Give the share in one stage at one time: estimate, lower and upper limit.

        Notes
        -----
        Where nobody or everybody is there, the limits are Wilson's (1927) for those who were
        observed from the start up to that time. With nobody censored that is a share of people;
        otherwise the limits are a little too wide.
        """
        frame = self.at(time).set_index("stage")
        found, lower, upper = (float(x) for x in frame.loc[stage, ["share", "lower", "upper"]])
        people = self.began - int(np.searchsorted(self.lost, time))
        if people > 0 and min(found, 1 - found) < ROUNDING:
            return wilson(people * round(found), people, self.level)
        return found, lower, upper


@cited
def aalen_johansen(
    stage: ArrayLike,
    next_stage: ArrayLike,
    entered: ArrayLike,
    left: ArrayLike,
    *,
    stages: Sequence[str] | None = None,
    unit: str = "time",
    level: float = 0.95,
    cluster: ArrayLike | pd.DataFrame | None = None,
) -> Occupancy:
    """Estimate the share in each stage by time, where one stage follows another.

    Parameters
    ----------
    stage, next_stage : array_like, shape (n,)
        The stage of each stay and the one that followed; missing where the stay was still
        going on when last seen (censored).
    entered, left : array_like of float, shape (n,)
        When each stay began and ended, counted from the start of whoever stays.
    stages : sequence of str, optional
        All stages in order; by default in the order in which they first stand in the stays.
    unit : str
        Unit of time, and the name of its column.
    level : float
        Confidence level.
    cluster : array_like, shape (n,) or (n, 2), optional
        The person of each stay, or the two people of its pair. Errors then hold for stays that
        share a person; without it each stay's luck is its own.

    Returns
    -------
    Occupancy

    Raises
    ------
    ValueError
        If lists differ in length, a stay ends before it begins, a stage is unknown, or
        nobody is observed from the start: shares at the start are then unknown.

    Notes
    -----
    With two stages it is Kaplan-Meier with Greenwood's variance; with one beginning and
    several ends its columns are the cumulative incidences. Source: Aalen & Johansen (1978),
    Scandinavian Journal of Statistics 5:141-150. With `cluster` errors come from the sums of
    what each stay of a person changes (infinitesimal jackknife), those of a pair counted once,
    and intervals from Student's t. Source: Therneau, Crowson & Atkinson, vignette of R's
    survival 3.5, section 2.3; for pairs, Aronow, Samii & Assenova (2015), Political Analysis
    23:564-577.

    Examples
    --------
    >>> found = aalen_johansen(
    ...     ["well", "ill", "well"], ["ill", None, "dead"], [0, 2, 0], [2, 5, 3]
    ... )
    >>> found.stages, found.shares[-1].tolist()
    (('well', 'ill', 'dead'), [0.0, 0.5, 0.5])
    """
    here, there = (pd.Series(np.asarray(one, object)) for one in (stage, next_stage))
    begin, end = np.asarray(entered, float), np.asarray(left, float)
    if not here.shape == there.shape == begin.shape == end.shape:
        raise ValueError("stage, next_stage, entered and left must be lists of one length.")
    if not (np.isfinite(end) & (begin >= 0) & (begin <= end)).all():
        k = int(np.flatnonzero(~(np.isfinite(end) & (begin >= 0) & (begin <= end)))[0])
        raise ValueError(
            f"stay {k} goes from {as_given(begin[k])} to {as_given(end[k])}, but begins from 0 up "
            "and does not end before it begins."
        )
    begin, end = one_clock(begin, end)
    if stages is None:
        stages = list(map(str, pd.unique(pd.concat([here, there]).dropna())))
    codes = [
        pd.Index(stages, dtype=object).get_indexer(one).astype(np.int64) for one in (here, there)
    ]
    for one, code in zip((here, there), codes, strict=True):
        unknown = np.flatnonzero((code < 0) & one.notna().to_numpy())
        if len(unknown):
            raise ValueError(
                f"stay {unknown[0]}: {one[unknown[0]]!r} is none of the stages {', '.join(stages)}."
            )
    if here.isna().any():
        raise ValueError(f"stay {here.isna().argmax()}: stage is missing.")
    return occupancy(Stays(*codes, begin, end, tuple(stages)), level, unit, cluster)


def occupancy(
    stays: Stays,
    level: float = 0.95,
    unit: str = "time",
    cluster: ArrayLike | pd.DataFrame | None = None,
) -> Occupancy:
    """Estimate the share in each stage, as `aalen_johansen`, from stays that are checked."""
    moves = counts(stays)
    times, at_risk, jumps = moves
    start, covariance = _start(stays)
    shares, variance = forward(start, covariance, at_risk, jumps)
    # What the interval of a stage rests on: moves into it and out of it.
    entries = np.cumsum(jumps.sum(axis=1) + jumps.sum(axis=2), axis=0)
    # Once nobody is left who could move, the shares are known for good.
    last = np.inf if (stays.following >= 0).all() else float(stays.left.max())
    found = Occupancy(
        times,
        shares,
        np.sqrt(variance),
        start,
        entries,
        stays.stages,
        last,
        level,
        unit=unit,
        began=int((stays.entered == 0).sum()),
        lost=np.sort(stays.left[stays.following < 0]),
    )
    if cluster is None:
        return found
    over = OverPeople.of(stays, moves, start, shares, cluster)
    return replace(
        found,
        standard_error=over.errors(),
        degrees=over.degrees,
        estimator=f"{found.estimator}, errors by infinitesimal jackknife over people",
        notes=over.notes,
        began=0,  # Wilson's limits of nobody and everybody are those of independent people
    )


def restricted_mean(
    stays: Stays,
    horizon: float,
    level: float = 0.95,
    unit: str = "weeks",
    cluster: ArrayLike | pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Estimate the mean time spent in each stage up to a horizon.

    Parameters
    ----------
    stays : Stays
        From the start on.
    horizon : float
        Weeks since first contact, not past the last observation.
    level : float
        Confidence level.
    unit : str
        Unit of time, and the name of its column.
    cluster : array_like, shape (n,) or (n, 2), optional
        The person of each stay, or the two people of its pair, as in `aalen_johansen`.

    Returns
    -------
    pandas.DataFrame
        Columns `stage`, `weeks` (or the unit), `standard_error`, `lower`, `upper`, `note`; the
        times add to the horizon.

    Raises
    ------
    ValueError
        If the horizon lies past the last observation.

    Notes
    -----
    The integral of the Aalen-Johansen shares. Its variance sums, over the moves, the square
    of what a move changes in the time still to be spent in the stage. Source: Andersen,
    Borgan, Gill & Keiding (1993), chapter IV, by the functional delta method. With `cluster`
    it sums what all stays of a person change, as in `aalen_johansen`.
    """
    last = float(stays.left.max())
    if not 0 < horizon <= last:
        raise ValueError(
            f"horizon is {horizon}, but pairs were observed up to {as_given(last)} {unit}."
        )
    moves = counts(stays)
    kept = moves.times < horizon
    moves = Moves(moves.times[kept], moves.at_risk[kept], moves.jumps[kept])
    start, covariance = _start(stays)
    shares, _ = forward(start, np.zeros_like(covariance), moves.at_risk, moves.jumps)
    edges = np.concatenate([[0.0], moves.times, [horizon]])
    mean = np.diff(edges) @ np.concatenate([start[None], shares])
    degrees, notes = np.inf, ()
    if cluster is None:
        error = _mean_errors(moves, horizon, start, covariance, shares)
    else:
        over = OverPeople.of(stays, moves, start, shares, cluster)
        error, degrees, notes = over.mean_errors(horizon), over.degrees, over.notes[1:]
    few = moves.jumps.sum(axis=(0, 1)) + moves.jumps.sum(axis=(0, 2)) < FEWEST_EVENTS
    # The share of the horizon spent in a stage lies between 0 and 1, so its logit is used.
    lower, upper = logit(mean / horizon, error / horizon, level, degrees)
    return pd.DataFrame(
        {
            "stage": list(stays.stages),
            unit: mean,
            "standard_error": error,
            "lower": lower * horizon,
            "upper": upper * horizon,
            "note": np.where(
                few, f"fewer than {FEWEST_EVENTS} moves: do not rely on it", "; ".join(notes)
            ),
        }
    )


def _mean_errors(
    moves: Moves, horizon: float, start: NDArray, covariance: NDArray, shares: NDArray
) -> NDArray:
    """Give the standard errors of mean times for stays that are independent of each other."""
    times, at_risk, jumps = moves
    if not len(times):
        return np.sqrt(np.maximum(np.diag(covariance), 0.0)) * horizon
    before = np.concatenate([start[None], shares[:-1]])
    still = backward(at_risk, jumps, np.diff(np.append(times, horizon)))
    risk = np.where(at_risk > 0, at_risk, 1.0)
    variance = np.zeros(len(start))
    for h in range(len(start)):
        first, second = np.zeros((2, len(times), len(start)))
        for j in np.flatnonzero(jumps[:, h].any(axis=0)):
            # A move from h to j changes the time still to be spent in each stage.
            change = still[:, j] - still[:, h]
            moved = jumps[:, h, j, None] * change
            first += moved
            second += moved * change
        weight = (before[:, h] / risk[:, h]) ** 2
        variance += weight @ (second - first**2 / risk[:, h, None])
    origin = np.eye(len(start)) * times[0] + _first_step(at_risk, jumps) @ still[0]
    variance += np.diag(origin.T @ covariance @ origin)
    return np.sqrt(np.maximum(variance, 0.0))


def _start(stays: Stays) -> tuple[NDArray, NDArray]:
    """Shares at first contact and their multinomial covariance."""
    begins = stays.stage[stays.entered == 0]
    if not len(begins):
        raise ValueError(
            "no pair is observed from its first contact (entered = 0), so the shares at the "
            "start are unknown: such a log is left-truncated. Estimate rates instead."
        )
    start = bincount(begins, minlength=len(stays.stages)) / len(begins)
    return start, (np.diag(start) - np.outer(start, start)) / len(begins)


def _first_step(at_risk: NDArray, jumps: NDArray) -> NDArray:
    step = jumps[0] / np.where(at_risk[0] > 0, at_risk[0], 1.0)[:, None]
    return step + np.diag(1 - step.sum(axis=1))
