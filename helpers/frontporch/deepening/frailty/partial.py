"""Cox's partial likelihood with an offset, in strata, fast enough to be called a thousand times."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...counting import bincount, indices, repeat
from ...stats.durations import same_times


@dataclass(frozen=True, eq=False)
class RiskSets:
    """Who was at risk when somebody moved, laid out once for many evaluations.

    Parameters
    ----------
    time : numpy.ndarray of float, shape (n,)
        How long each stay lasted.
    moved : numpy.ndarray of bool, shape (n,)
        Whether it ended in the move that is counted.
    design : numpy.ndarray of float, shape (n, p)
        Covariates.
    stratum : numpy.ndarray of int, shape (n,)
        Stays of one stratum share a baseline hazard.

    Notes
    -----
    Ties by Efron's method. Source: Cox (1972), JRSS B 34:187-220; Efron (1977), JASA
    72:557-565.
    """

    time: NDArray[np.float64]
    moved: NDArray[np.bool_]
    design: NDArray[np.float64]
    stratum: NDArray[np.int64]

    def __post_init__(self) -> None:
        """Sort by stratum and time, and number the moments at which somebody moved."""
        (given,) = same_times(self.time)
        order = np.lexsort((given, self.stratum))
        time, stratum, moved = given[order], self.stratum[order], self.moved[order]
        new = np.ones(len(time), bool)
        new[1:] = (time[1:] != time[:-1]) | (stratum[1:] != stratum[:-1])
        moment = np.cumsum(new) - 1
        first = np.flatnonzero(new)
        last_of = np.searchsorted(stratum, stratum[first], side="right")
        ties = bincount(moment[moved], minlength=len(first))
        # Efron: of d that move at once the l-th sees the risk set less l/d of the d.
        draw = repeat(np.arange(len(first)), ties)
        done = np.arange(len(draw)) - repeat(np.cumsum(ties) - ties, ties)
        one, two = np.triu_indices(self.design.shape[1])
        design = self.design[order]
        for name, value in {
            "order": order,
            "mover": moved,
            "moment": moment,
            "first": first,
            "last": last_of,
            "draw": draw,
            "share": done / ties[draw],
            "columns": design,
            "upper": (one, two),
            "squares": design[:, one] * design[:, two],
            "total": design[moved].sum(axis=0),
            "opening": np.searchsorted(stratum[first], stratum[first]),
            "opens": np.unique(moment[moved], return_index=True)[1],
            "tie": np.unique(moment[moved], return_inverse=True)[1],
        }.items():
            object.__setattr__(self, f"_{name}", value)

    @property
    def moves(self) -> int:
        """How many moves there are."""
        return int(self.moved.sum())

    def evaluate(
        self, coefficients: NDArray[np.float64], offset: NDArray[np.float64]
    ) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
        """Give the log partial likelihood, its gradient, and the observed information.

        Parameters
        ----------
        coefficients : numpy.ndarray of float, shape (p,)
        offset : numpy.ndarray of float, shape (n,)
            Added to each linear predictor.

        Returns
        -------
        value : float
        gradient : numpy.ndarray of float, shape (p,)
        information : numpy.ndarray of float, shape (p, p)
        """
        value, weight, at_risk = self._weights(coefficients, offset)
        mean = self._draws(weight[:, None] * self._columns) / at_risk[:, None]
        square = self._draws(weight[:, None] * self._squares) / at_risk[:, None]
        one, two = self._upper
        inner = square.sum(axis=0) - (mean[:, one] * mean[:, two]).sum(axis=0)
        size = self._columns.shape[1]
        information = np.empty((size, size))
        information[one, two] = information[two, one] = inner
        return value, self._total - mean.sum(axis=0), information

    def expected(
        self, coefficients: NDArray[np.float64], offset: NDArray[np.float64]
    ) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
        """Give the log partial likelihood, its gradient, and the moves expected of each stay.

        Parameters
        ----------
        coefficients, offset
            As in `evaluate`.

        Returns
        -------
        value : float
        gradient : numpy.ndarray of float, shape (p,)
        expected : numpy.ndarray of float, shape (n,)
            Baseline hazard summed over the stay, times exp(linear predictor).
        """
        value, weight, at_risk = self._weights(coefficients, offset)
        jump = bincount(self._draw, 1 / at_risk, len(self._first))
        # Those that move at the moment are at risk for a part of it only.
        less = bincount(self._draw, self._share / at_risk, len(self._first))
        summed = np.cumsum(jump)
        start = np.concatenate([[0.0], summed])[self._opening]
        hazard = (summed - start)[self._moment] - np.where(self._mover, less[self._moment], 0)
        found = weight * hazard
        expected = np.empty(len(weight))
        expected[self._order] = found
        # The score is what was seen less what was expected.
        return value, self._total - found @ self._columns, expected

    def _weights(
        self, coefficients: NDArray[np.float64], offset: NDArray[np.float64]
    ) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
        predictor = self._columns @ coefficients + offset[self._order]
        top = predictor.max(initial=0.0)
        weight = np.exp(predictor - top)
        at_risk = self._draws(weight)
        value = float(predictor[self._mover].sum() - (np.log(at_risk) + top).sum())
        return value, weight, at_risk

    def climb(
        self, coefficients: NDArray[np.float64], offset: NDArray[np.float64], rounds: int = 30
    ) -> NDArray[np.float64]:
        """Give the coefficients at which the partial likelihood is highest, by Newton's steps."""
        if not len(coefficients):
            return coefficients
        found = coefficients
        for _ in range(rounds):
            _, gradient, information = self.evaluate(found, offset)
            step = np.linalg.solve(information, gradient)
            found = found + np.clip(step, -2, 2)
            if np.abs(step).max() < 1e-10:
                break
        return found

    def _draws(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sum over the risk set of every draw, the tied ones counted in part."""
        zero = np.zeros((1, *values.shape[1:]))
        summed = np.concatenate([np.cumsum(values[::-1], axis=0)[::-1], zero])
        whole = (summed[self._first] - summed[self._last])[self._draw]
        if not self._share.any():
            return whole
        tied = np.add.reduceat(values[self._mover], indices(self._opens), axis=0)
        share = self._share.reshape(-1, *[1] * (values.ndim - 1))
        return whole - share * tied[self._tie]
