"""A survival curve with its intervals: what every estimator of this room returns."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ..result import Result
from ..rounding import as_given
from .dependent_shares import OverPeople
from .intervals import FEWEST_EVENTS, log_log


@dataclass(frozen=True, eq=False)
class SurvivalCurve(Result):
    """How many are still waiting, by time since the start.

    Parameters
    ----------
    times : numpy.ndarray of float, shape (n,)
        Times at which the curve changes, rising, in `unit`.
    at_risk : numpy.ndarray of float, shape (n,)
        How many were still waiting and observed just before each time.
    events : numpy.ndarray of float, shape (n,)
        How many arrived at each time (or in the bin that ends there).
    survival : numpy.ndarray of float, shape (n,)
        Share still waiting at each time, from 0 to 1.
    standard_error : numpy.ndarray of float, shape (n,)
        Standard error of `survival` (Greenwood).
    started : float
        How many there were at the start.
    last : float
        Last time at which anyone was observed: beyond it the curve is not known.
    estimator : str
        Name of the estimator.
    unit : str
        Unit of time.
    level : float
        Confidence level of the intervals, which hold at each time by itself, not for the
        whole curve at once.
    binned : bool
        Whether arrivals are counted in bins: between two bin edges the curve is then a
        straight line, otherwise it is a step.
    notes : tuple of str
        What a reader must know, in words.
    over : OverPeople, optional
        Whose the waits are, where they share people: errors are then those over people.
    """

    times: NDArray[np.float64]
    at_risk: NDArray[np.float64]
    events: NDArray[np.float64]
    survival: NDArray[np.float64]
    standard_error: NDArray[np.float64]
    started: float
    last: float
    estimator: str
    unit: str = ""
    level: float = 0.95
    binned: bool = False
    notes: tuple[str, ...] = field(default=())
    over: OverPeople | None = field(default=None, repr=False)

    def at(self, times: ArrayLike) -> pd.DataFrame:
        """Read the curve at given times.

        Parameters
        ----------
        times : array_like of float
            Times from 0 up, in the curve's unit.

        Returns
        -------
        pandas.DataFrame
            One row a time: `time`, `waiting` (share still waiting), `reached` (share that
            has arrived), `lower` and `upper` (interval of `reached`), `events` (arrivals up
            to then), `note` (why an interval is not to be relied upon, or empty). Past the
            last observed time everything is missing: the curve is not known there.

        Raises
        ------
        ValueError
            If a time is negative or missing.
        """
        asked = np.atleast_1d(np.asarray(times, float))
        if not (asked >= 0).all():
            raise ValueError(f"times must be numbers from 0 up, in {self.unit or 'the unit'}.")
        survival, error = self._read(asked), self._error(asked)
        lower, upper = log_log(survival, error, self.level, self._degrees)
        events = np.concatenate([[0], np.cumsum(self.events)])[
            np.searchsorted(self.times, asked, side="right")
        ]
        known = asked <= self.last
        frame = pd.DataFrame(
            {
                "time": asked,
                "waiting": survival,
                "reached": 1 - survival,
                "lower": 1 - upper,
                "upper": 1 - lower,
            }
        )
        frame.loc[~known, ["waiting", "reached", "lower", "upper"]] = np.nan
        frame["events"] = events
        few = f"fewer than {FEWEST_EVENTS} arrivals: do not rely on the interval"
        frame["note"] = np.select(
            [~known, events < FEWEST_EVENTS, (survival <= 0) | (survival >= 1)],
            ["beyond the last observation", few, "no interval: nobody or everybody"],
            "",
        )
        return frame

    def quantile(self, share: float = 0.5) -> tuple[float, float, float]:
        """Time by which a share has arrived, with its interval.

        Parameters
        ----------
        share : float
            Above 0 and below 1; 0.5 asks for the median.

        Returns
        -------
        tuple of float
            Time, lower and upper limit, in the curve's unit. A time that the curve does not
            reach is missing (nan): no median exists where fewer than half arrive.

        Notes
        -----
        The interval holds the times at which the interval of the curve covers the share.
        Source: Brookmeyer & Crowley (1982), Biometrics 38:29-41, on the log-log scale.
        """
        if not 0 < share < 1:
            raise ValueError(f"share is {share}, but it lies between 0 and 1, such as 0.5.")
        lower, upper = log_log(self.survival, self.standard_error, self.level, self._degrees)
        return (
            self._first(self.survival, share),
            self._first(lower, share),
            self._first(upper, share),
        )

    def restricted_mean(self, horizon: float) -> tuple[float, float]:
        """Mean time waited up to a horizon, with its standard error.

        Parameters
        ----------
        horizon : float
            In the curve's unit, not past the last observed time.

        Returns
        -------
        tuple of float
            Mean and standard error, in the curve's unit; the error is missing where nobody
            arrived before the horizon: the mean is the horizon then, and how sure that is
            cannot be told.

        Raises
        ------
        ValueError
            If nobody was observed as long as the horizon, or the curve is from bins, within
            which no time is known.

        Notes
        -----
        Source: Klein & Moeschberger (2003), Survival Analysis, equations 4.5.1 and 4.5.2. For
        waits that share people see `aalen_johansen`.
        """
        if not 0 < horizon <= self.last:
            raise ValueError(
                f"horizon is {horizon}, but the curve is known from 0 to {as_given(self.last)} "
                f"{self.unit}."
            )
        if self.binned:
            raise ValueError("a mean needs single times, but this curve is from counts in bins.")
        used = self.times < horizon
        edges = np.concatenate([[0.0], self.times[used], [horizon]])
        heights = np.concatenate([[1.0], self.survival[used]])
        areas = np.diff(edges) * heights
        if self.over is not None and used.any():
            return float(areas.sum()), float(self.over.mean_errors(horizon)[0])
        after = areas[::-1].cumsum()[::-1][1:]
        at_risk, events = self.at_risk[used], self.events[used]
        with np.errstate(divide="ignore", invalid="ignore"):
            part = events / (at_risk * (at_risk - events))
        variance = (after**2 * np.where(at_risk > events, part, 0.0)).sum()
        error = float(np.sqrt(variance)) if used.any() else float("nan")
        return float(areas.sum()), error

    def summary(self) -> pd.DataFrame:
        """Show the whole curve as a frame, one row a time."""
        frame = self.at(self.times)
        frame.insert(1, "at_risk", self.at_risk)
        frame.insert(5, "standard_error", self.standard_error)
        return frame.drop(columns="events").assign(events=self.events)

    @property
    def _degrees(self) -> float:
        """Degrees of freedom of the errors."""
        return np.inf if self.over is None else self.over.degrees

    def _read(self, asked: NDArray) -> NDArray:
        if self.binned:
            return np.interp(asked, np.append(0.0, self.times), np.append(1.0, self.survival))
        return np.append(1.0, self.survival)[np.searchsorted(self.times, asked, side="right")]

    def _error(self, asked: NDArray) -> NDArray:
        after = np.searchsorted(self.times, asked, side="right")
        error = np.append(0.0, self.standard_error)
        if not self.binned:
            return error[after]
        # Within a bin S = a S1 + b S2 with S2 = S1 q, and what happens in the bin is
        # independent of what went before, so var S2 = q² var S1 + the bin's own part.
        after = np.minimum(after, len(self.times) - 1)
        edge, share = np.append(0.0, self.times), np.append(1.0, self.survival)
        b = np.clip((asked - edge[after]) / (edge[after + 1] - edge[after]), 0, 1)
        q = np.divide(share[after + 1], share[after], out=np.zeros_like(b), where=share[after] > 0)
        before, own = error[after] ** 2, error[after + 1] ** 2 - q**2 * error[after] ** 2
        return np.sqrt((1 - b + b * q) ** 2 * before + b**2 * np.maximum(own, 0.0))

    def _first(self, heights: NDArray, share: float) -> float:
        # Before the first arrival, and at its end, the curve has no limits.
        reached = np.flatnonzero(heights <= 1 - share + 1e-12)  # a missing limit is never below
        if not len(reached):
            return float("nan")
        k = reached[0]
        if not self.binned:
            return float(self.times[k])
        before = (0.0, 1.0) if k == 0 else (self.times[k - 1], np.nan_to_num(heights[k - 1], nan=1))
        drop = before[1] - heights[k]
        part = (before[1] - (1 - share)) / drop if drop > 0 else 1.0
        return float(before[0] + part * (self.times[k] - before[0]))
