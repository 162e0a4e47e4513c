"""Aalen-Johansen: the share of pairs in each stage, and of those that ever reached one."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ..counting import bincount, repeat
from ..rounding import as_given
from ..stats.intervals import FEWEST_EVENTS, logit
from .product_integral import backward, forward
from .spells import Spells


@dataclass(frozen=True, eq=False)
class Occupancy:
    """Share of pairs in each stage by time, from spells, with standard errors.

    Parameters
    ----------
    times : numpy.ndarray of float, shape (n,)
        Weeks at which some pair moved, rising.
    shares, standard_error : numpy.ndarray of float, shape (n, stages)
        Share in each stage just after each time, and its standard error.
    start : numpy.ndarray of float, shape (stages,)
        Shares at first contact.
    entries : numpy.ndarray of float, shape (n, stages)
        How many moves into or out of each stage there were up to each time.
    stages : tuple of str
        Names of the stages.
    last : float
        Last week at which the shares are known; infinite once nobody is left to move.
    level : float
        Confidence level.
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

    def at(self, weeks: ArrayLike) -> pd.DataFrame:
        """Read the shares at given weeks.

        Parameters
        ----------
        weeks : array_like of float
            Weeks since first contact, from 0 up.

        Returns
        -------
        pandas.DataFrame
            One row a week and stage: `weeks`, `stage`, `share`, `standard_error`, `lower`,
            `upper`, `note` (why an interval is not to be relied upon, or empty). Past the
            last observed week shares are missing.
        """
        asked = np.atleast_1d(np.asarray(weeks, float))
        if not (asked >= 0).all():
            raise ValueError("weeks must be numbers from 0 up.")
        row = np.searchsorted(self.times, asked, side="right")
        zero = np.zeros((1, len(self.stages)))
        share = np.concatenate([self.start[None], self.shares])[row]
        error = np.concatenate([zero, self.standard_error])[row]
        entries = np.concatenate([zero, self.entries])[row]
        beyond = repeat(asked > self.last, len(self.stages))
        lower, upper = logit(share.ravel(), error.ravel(), self.level)
        frame = pd.DataFrame(
            {
                "weeks": repeat(asked, len(self.stages)),
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

    def share(self, stage: str, weeks: float) -> tuple[float, float, float]:
        """Give the share in one stage at one week: estimate, lower and upper limit."""
        frame = self.at(weeks).set_index("stage")
        return tuple(float(x) for x in frame.loc[stage, ["share", "lower", "upper"]])


def occupancy(spells: Spells, level: float = 0.95) -> Occupancy:
    """Estimate the share of pairs in each stage by time since first contact.

    Parameters
    ----------
    spells : Spells
        The stays of the pairs.
    level : float
        Confidence level.

    Returns
    -------
    Occupancy

    Raises
    ------
    ValueError
        If no pair is observed from its first contact: shares at the start are then unknown.

    Notes
    -----
    Source: Aalen & Johansen (1978), Scandinavian Journal of Statistics 5:141-150.
    """
    times, at_risk, jumps = counts(spells)
    start, covariance = _start(spells)
    shares, variance = forward(start, covariance, at_risk, jumps)
    # What the interval of a stage rests on: moves into it and out of it.
    entries = np.cumsum(jumps.sum(axis=1) + jumps.sum(axis=2), axis=0)
    # Once nobody is left who could move, the shares are known for good.
    last = np.inf if (spells.following >= 0).all() else float(spells.left.max())
    return Occupancy(times, shares, np.sqrt(variance), start, entries, spells.stages, last, level)


def reach(spells: Spells, stage: str, level: float = 0.95) -> Occupancy:
    """Estimate the share of pairs that have ever reached a stage by each week.

    The stage is made to keep those who enter it; all that ends a pair otherwise is a
    competing risk, so this is a cumulative incidence and not one minus Kaplan-Meier.

    Parameters
    ----------
    spells : Spells
        The stays of the pairs.
    stage : str
        The stage to be reached.
    level : float
        Confidence level.

    Returns
    -------
    Occupancy
        Its column for `stage` is the cumulative incidence.
    """
    followed = spells.until(stage)
    waiting = followed.stage != spells.number(stage)
    settled = (followed.following[waiting] >= 0).all()
    last = np.inf if settled else float(followed.left[waiting].max())
    return replace(occupancy(followed, level), last=last)


def restricted_mean(spells: Spells, horizon: float, level: float = 0.95) -> pd.DataFrame:
    """Estimate the mean number of weeks spent in each stage up to a horizon.

    Parameters
    ----------
    spells : Spells
        The stays of the pairs.
    horizon : float
        Weeks since first contact, not past the last observation.
    level : float
        Confidence level.

    Returns
    -------
    pandas.DataFrame
        Columns `stage`, `weeks`, `standard_error`, `lower`, `upper`, `note`; the weeks add to
        the horizon.

    Raises
    ------
    ValueError
        If the horizon lies past the last observation.

    Notes
    -----
    The integral of the Aalen-Johansen shares. Its variance sums, over the moves, the square
    of what a move changes in the time still to be spent in the stage. Source: Andersen,
    Borgan, Gill & Keiding (1993), chapter IV, by the functional delta method.
    """
    last = float(spells.left.max())
    if not 0 < horizon <= last:
        raise ValueError(
            f"horizon is {horizon}, but pairs were observed up to week {as_given(last)}."
        )
    times, at_risk, jumps = counts(spells)
    kept = times < horizon
    times, at_risk, jumps = times[kept], at_risk[kept], jumps[kept]
    start, covariance = _start(spells)
    if not len(times):
        mean, variance = start * horizon, np.diag(covariance) * horizon**2
    else:
        shares, _ = forward(start, np.zeros_like(covariance), at_risk, jumps)
        before = np.concatenate([start[None], shares[:-1]])
        gaps = np.diff(np.append(times, horizon))
        mean = start * times[0] + gaps @ shares
        still = backward(at_risk, jumps, gaps)
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
    error = np.sqrt(np.maximum(variance, 0.0))
    # The share of the horizon spent in a stage lies between 0 and 1, so its logit is used.
    lower, upper = logit(mean / horizon, error / horizon, level)
    return pd.DataFrame(
        {
            "stage": list(spells.stages),
            "weeks": mean,
            "standard_error": error,
            "lower": lower * horizon,
            "upper": upper * horizon,
            "note": np.where(
                jumps.sum(axis=(0, 1)) + jumps.sum(axis=(0, 2)) < FEWEST_EVENTS,
                f"fewer than {FEWEST_EVENTS} moves: do not rely on it",
                "",
            ),
        }
    )


def counts(spells: Spells) -> tuple[NDArray, NDArray, NDArray]:
    """Count who is at risk and who moves at each time at which someone moves.

    Returns
    -------
    times : numpy.ndarray of float, shape (n,)
    at_risk : numpy.ndarray of float, shape (n, stages)
    jumps : numpy.ndarray of float, shape (n, stages, stages)
    """
    stages = len(spells.stages)
    moved = spells.following >= 0
    times, when = np.unique(spells.left[moved], return_inverse=True)
    flat = (when * stages + spells.stage[moved]) * stages + spells.following[moved]
    jumps = bincount(flat, minlength=len(times) * stages * stages).astype(float)
    # In the stage just before t: entered before t, and not yet left.
    come = np.searchsorted(times, spells.entered, side="right") * stages + spells.stage
    gone = np.searchsorted(times, spells.left, side="right") * stages + spells.stage
    places = (len(times) + 1) * stages
    change = bincount(come, minlength=places) - bincount(gone, minlength=places)
    at_risk = np.cumsum(change.reshape(-1, stages), axis=0)[:-1].astype(float)
    return times, at_risk, jumps.reshape(len(times), stages, stages)


def _start(spells: Spells) -> tuple[NDArray, NDArray]:
    """Shares at first contact and their multinomial covariance."""
    begins = spells.stage[spells.entered == 0]
    if not len(begins):
        raise ValueError(
            "no pair is observed from its first contact (entered = 0), so the shares at the "
            "start are unknown: such a log is left-truncated. Estimate rates instead."
        )
    start = bincount(begins, minlength=len(spells.stages)) / len(begins)
    return start, (np.diag(start) - np.outer(start, start)) / len(begins)


def _first_step(at_risk: NDArray, jumps: NDArray) -> NDArray:
    step = jumps[0] / np.where(at_risk[0] > 0, at_risk[0], 1.0)[:, None]
    return step + np.diag(1 - step.sum(axis=1))
