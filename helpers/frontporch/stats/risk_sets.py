"""Cox's partial likelihood with an offset, in strata, fast enough to be called a thousand times."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..counting import bincount, indices, repeat
from .durations import same_times

MANY = 64
"""Strata from which on they are not gone through one by one."""


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
    entry : numpy.ndarray of float, shape (n,), optional
        When each stay came under observation, on the same clock; it is at risk at t if
        entry < t ≤ time. Without it all are at risk from the start.
    sign : numpy.ndarray of float, shape (n,), optional
        -1 for a stay whose weight is taken off the risk sets, 1 for all others.

    Notes
    -----
    Ties by Efron's method. Source: Cox (1972), JRSS B 34:187-220; Efron (1977), JASA
    72:557-565.
    """

    time: NDArray[np.float64]
    moved: NDArray[np.bool_]
    design: NDArray[np.float64]
    stratum: NDArray[np.int64]
    entry: NDArray[np.float64] | None = None
    sign: NDArray[np.float64] | None = None

    def __post_init__(self) -> None:
        """Sort by stratum and time, and number the moments at which somebody moved."""
        if self.entry is None:
            (given,), late = same_times(self.time), None
        else:
            given, late = same_times(self.time, self.entry)
        order = np.lexsort((given, self.stratum))
        time, stratum, moved = given[order], self.stratum[order], self.moved[order]
        new = np.ones(len(time), bool)
        new[1:] = (time[1:] != time[:-1]) | (stratum[1:] != stratum[:-1])
        moment = np.cumsum(new) - 1
        first = np.flatnonzero(new)
        ties = bincount(moment[moved], minlength=len(first))
        # Efron: of d that move at once the l-th sees the risk set less l/d of the d.
        draw = repeat(np.arange(len(first)), ties)
        done = np.arange(len(draw)) - repeat(np.cumsum(ties) - ties, ties)
        one, two = np.triu_indices(self.design.shape[1])
        # What all share cancels; without it sums of squares keep their digits.
        design = (self.design - self.design.mean(axis=0))[order]
        later, before = _entries(late, order, stratum, time[first], stratum[first])
        for name, value in {
            "order": order,
            "mover": moved,
            "moment": moment,
            "first": first,
            "begins": np.unique(stratum, return_index=True)[1],
            "draw": draw,
            "share": done / ties[draw],
            "columns": design,
            "upper": (one, two),
            "squares": design[:, one] * design[:, two],
            "total": design[moved].sum(axis=0),
            "when": time[first],
            "opening": np.searchsorted(stratum[first], stratum[first]),
            "opens": np.unique(moment[moved], return_index=True)[1],
            "later": later,
            "before": before,
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
        if self._before is not None:
            # What was summed up before a stay came under observation is not its own.
            hazard -= np.concatenate([[0.0], summed])[self._before] - start[self._moment]
        found = weight * hazard
        expected = np.empty(len(weight))
        expected[self._order] = found
        # The score is what was seen less what was expected.
        return value, self._total - found @ self._columns, expected

    def scores(
        self, coefficients: NDArray[np.float64], offset: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Give what each stay adds to the gradient and to the information.

        Parameters
        ----------
        coefficients, offset
            As in `evaluate`.

        Returns
        -------
        scores : numpy.ndarray of float, shape (n, p)
            Score residuals, a stay's weight on the others included. They sum to the gradient.
        spread : numpy.ndarray of float, shape (n, p, p)
            They sum to the information.

        Notes
        -----
        Source: Lin & Wei (1989), JASA 84:1074-1078; with Efron's ties as in Therneau & Grambsch
        (2000), Modeling Survival Data, section 4.6.
        """
        _, weight, at_risk = self._weights(coefficients, offset)
        x, moments, size = self._columns, len(self._first), self._columns.shape[1]
        mean = self._draws(weight[:, None] * x) / at_risk[:, None]

        def summed(values: NDArray[np.float64]) -> NDArray[np.float64]:
            return np.column_stack([bincount(self._draw, one, moments) for one in values.T])

        # Jumps of the hazard, and of the hazard times the mean and its square; those that move
        # are at risk for a part of their own moment, and are held against the mean of its draws.
        square = (mean[:, :, None] * mean[:, None, :]).reshape(len(mean), -1)
        jump = np.column_stack([np.ones(len(mean)), mean, square]) / at_risk[:, None]
        total = np.cumsum(summed(jump), axis=0)
        before = np.vstack([np.zeros(jump.shape[1]), total])
        own = total[self._moment] - before[self._opening[self._moment]]
        less = summed(self._share[:, None] * jump)[self._moment]
        own -= np.where(self._mover[:, None], less, 0.0)
        if self._before is not None:
            own -= before[self._before] - before[self._opening[self._moment]]
        own *= weight[:, None]
        hazard, first, second = own[:, :1], own[:, 1 : size + 1], own[:, size + 1 :]
        found = first - x * hazard
        ties = np.maximum(bincount(self._draw, minlength=moments), 1)[:, None]
        apart = x - (summed(mean) / ties)[self._moment]
        found += np.where(self._mover[:, None], apart, 0.0)
        cross = x[:, :, None] * first[:, None, :]
        spread = hazard[:, :, None] * x[:, :, None] * x[:, None, :] - cross
        spread += second.reshape(-1, size, size) - cross.transpose(0, 2, 1)
        back = np.argsort(self._order)
        return found[back], spread[back]

    def moments(
        self, coefficients: NDArray[np.float64], offset: NDArray[np.float64]
    ) -> tuple[NDArray, NDArray, NDArray, NDArray]:
        """Give when somebody moved, how many, and how far they were from what was expected.

        Parameters
        ----------
        coefficients, offset
            As in `evaluate`.

        Returns
        -------
        time, moves : numpy.ndarray of float, shape (m,)
            Of every moment at which somebody moved, stratum by stratum.
        residual : numpy.ndarray of float, shape (m, p)
            Covariates of those that moved less what was expected (Schoenfeld).
        variance : numpy.ndarray of float, shape (m, p, p)
        """
        _, weight, at_risk = self._weights(coefficients, offset)
        one, two = self._upper
        mean = self._draws(weight[:, None] * self._columns) / at_risk[:, None]
        square = self._draws(weight[:, None] * self._squares) / at_risk[:, None]
        inner = square - mean[:, one] * mean[:, two]
        which, place = np.unique(self._draw, return_inverse=True)
        expected = np.column_stack([bincount(place, each, len(which)) for each in mean.T])
        spread = np.column_stack([bincount(place, each, len(which)) for each in inner.T])
        seen = self._moment[self._mover]
        moved = np.column_stack(
            [bincount(seen, each, len(self._first)) for each in self._columns[self._mover].T]
        )[which]
        size = self._columns.shape[1]
        variance = np.empty((len(which), size, size))
        variance[:, one, two] = variance[:, two, one] = spread
        return self._when[which], bincount(place), moved - expected, variance

    def _weights(
        self, coefficients: NDArray[np.float64], offset: NDArray[np.float64]
    ) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
        predictor = self._columns @ coefficients + offset[self._order]
        top = predictor.max(initial=0.0)
        weight = np.exp(predictor - top)
        if self.sign is not None:
            weight *= self.sign[self._order]
        at_risk = self._draws(weight)
        if not (at_risk > 0).all():
            # Predictors so far apart that sums have lost their digits: nowhere to climb.
            return -np.inf, weight, np.ones_like(at_risk)
        value = float(predictor[self._mover].sum() - (np.log(at_risk) + top).sum())
        return value, weight, at_risk

    def _draws(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sum over the risk set of every draw, the tied ones counted in part."""
        whole = _from_the_end(values, self._begins)[self._first]
        if self._later is not None:
            order, absent, last = self._later
            coming = _from_the_end(values[order], self._begins)
            entered = (absent == last).reshape(-1, *[1] * (values.ndim - 1))
            whole = whole - np.where(entered, 0.0, coming[np.minimum(absent, len(coming) - 1)])
        whole = whole[self._draw]
        if not self._share.any():
            return whole
        tied = np.add.reduceat(values[self._mover], indices(self._opens), axis=0)
        share = self._share.reshape(-1, *[1] * (values.ndim - 1))
        return whole - share * tied[self._tie]


def _from_the_end(values: NDArray[np.float64], begins: NDArray[np.int64]) -> NDArray[np.float64]:
    """Sum up from the end of each stratum, which begins at given places.

    No stratum is subtracted from another: beside large weights small ones would lose digits.
    """
    if len(begins) > MANY:
        import pandas as pd

        own = repeat(np.arange(len(begins)), np.diff(np.append(begins, len(values))))
        flat = pd.DataFrame(values.reshape(len(values), -1)[::-1])
        return flat.groupby(own[::-1]).cumsum().to_numpy()[::-1].reshape(values.shape)
    summed = np.empty(values.shape)
    for start, end in zip(begins, np.append(begins[1:], len(values)), strict=True):
        summed[start:end] = np.cumsum(values[start:end][::-1], axis=0)[::-1]
    return summed


def _entries(
    entry: NDArray[np.float64] | None,
    order: NDArray[np.int64],
    stratum: NDArray[np.int64],
    moments: NDArray[np.float64],
    strata: NDArray[np.int64],
) -> tuple[tuple[NDArray, NDArray, NDArray] | None, NDArray | None]:
    """Lay out who has not come under observation yet at each moment.

    Returns
    -------
    later : tuple or None
        Stays in order of stratum and entry; for each moment the first place of those that
        enter then or later; the last place of its stratum.
    before : numpy.ndarray of int or None
        For each stay how many moments lie before it enters, or at its entry, in all strata
        up to its own.
    """
    if entry is None:
        return None, None
    begin = entry[order]
    by_entry = np.lexsort((begin, stratum))
    of, at = stratum[by_entry], begin[by_entry]
    # Moments and entries on one line: a moment stands before the entries of its time.
    both = np.lexsort(
        (
            np.concatenate([np.zeros(len(moments)), np.ones(len(at))]),
            np.concatenate([moments, at]),
            np.concatenate([strata, of]),
        )
    )
    entered = both >= len(moments)
    passed = np.cumsum(entered)
    absent = np.empty(len(moments), np.int64)
    absent[both[~entered]] = passed[~entered]
    before = np.empty(len(at), np.int64)
    before[by_entry[both[entered] - len(moments)]] = np.cumsum(~entered)[entered]
    return (by_entry, absent, np.searchsorted(of, strata, side="right")), before
