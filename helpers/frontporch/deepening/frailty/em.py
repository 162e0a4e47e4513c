"""Gamma frailty in Cox's model by the EM algorithm, and its likelihood."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...counting import bincount
from ...stats.information import Precision
from ...stats.partial_likelihood import maximise
from ...stats.risk_sets import RiskSets

SMALLEST, LARGEST = 1e-4, 50.0
"""Variances between which hidden differences are looked for."""


@dataclass(frozen=True, eq=False)
class Fitted:
    """The model at one variance of the frailty.

    Parameters
    ----------
    variance : float
        θ.
    coefficients : numpy.ndarray of float, shape (p,)
        Logarithms of hazard ratios, for one and the same person.
    log_frailty : numpy.ndarray of float, shape (people,)
        Logarithm of what is expected of each person's liveliness.
    log_likelihood : float
        With the frailties integrated out and the baseline hazard at its best; at θ = 0 it is
        Cox's partial one.
    gradient : numpy.ndarray of float, shape (p + 1,)
        Of the log-likelihood by the coefficients and by log θ.
    """

    variance: float
    coefficients: NDArray[np.float64]
    log_frailty: NDArray[np.float64]
    log_likelihood: float
    gradient: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class SharedFrailty:
    """Stays of people, each of whom multiplies the hazard of all their stays.

    Parameters
    ----------
    sets : RiskSets
        The stays.
    person : numpy.ndarray of int, shape (n,)
        Whose each is, from 0 up.
    shift : numpy.ndarray of float, shape (n,), optional
        Added to each linear predictor: effects that are held.

    Notes
    -----
    Source: Klein (1992), Biometrics 48:795-806; Therneau & Grambsch (2000), Modeling Survival
    Data, section 9.4, for the likelihood with the frailties integrated out.
    """

    sets: RiskSets
    person: NDArray[np.int64]
    shift: NDArray[np.float64] | float = 0.0

    @property
    def moves(self) -> NDArray[np.float64]:
        """How many moves each person made."""
        return bincount(self.person, self.sets.moved, self.person.max() + 1)

    def fit_at(
        self, variance: float, start: Fitted | None = None, *, coefficients: NDArray | None = None
    ) -> Fitted:
        """Run EM at a given variance.

        Parameters
        ----------
        variance : float
            θ, above 0.
        start : Fitted, optional
            Where to begin.
        coefficients : numpy.ndarray of float, shape (p,), optional
            Held at these values; without them they are estimated.

        Returns
        -------
        Fitted

        Notes
        -----
        Expectation: z = (1/θ + moves)/(1/θ + expected moves at z = 1). Maximisation: Cox's
        model with log z as offset. Steps are lengthened by squared extrapolation. Source:
        Varadhan & Roland (2008), Scandinavian Journal of Statistics 35:335-353.
        """
        free = coefficients is None
        size = self.sets.design.shape[1]
        beta = np.zeros(size) if start is None else start.coefficients
        beta = beta if free else np.asarray(coefficients, float)
        hidden = np.zeros(self.person.max() + 1) if start is None else start.log_frailty
        curved = np.eye(0)
        if free and size:
            at = self.sets.evaluate(beta, self.shift + hidden[self.person])[2]
            curved = Precision.of(at).covariance

        def once(state: NDArray[np.float64]) -> NDArray[np.float64]:
            beta, hidden = state[:size], state[size:]
            offset = self.shift + hidden[self.person]
            if free and size:
                beta = beta + np.clip(curved @ self.sets.expected(beta, offset)[1], -1, 1)
            expected = self.sets.expected(beta, offset)[2]
            alone = bincount(self.person, expected, len(hidden)) * np.exp(-hidden)
            return np.concatenate(
                [beta, np.log((1 / variance + self.moves) / (1 / variance + alone))]
            )

        state = np.concatenate([beta, hidden])
        for _ in range(400):
            one = once(state)
            two = once(one)
            first, second = one - state, (two - one) - (one - state)
            size_of_step = np.sqrt((first**2).sum() / max((second**2).sum(), 1e-300))
            length = float(np.clip(size_of_step, 1.0, 32.0))
            ahead = once(state + 2 * length * first + length**2 * second) if length > 1 else two
            if not np.isfinite(ahead).all() or (
                length > 1 and self._value(variance, ahead) < self._value(variance, two) - 1e-9
            ):
                ahead = two
            done = np.abs(ahead - two).max() < 1e-9 and np.abs(first).max() < 1e-7
            state = ahead
            if done or np.abs(first).max() < 1e-10:
                break
        return self._at(variance, state[:size], state[size:])

    def _value(self, variance: float, state: NDArray[np.float64]) -> float:
        size = self.sets.design.shape[1]
        return self._at(variance, state[:size], state[size:]).log_likelihood

    def _at(self, variance: float, beta: NDArray, hidden: NDArray) -> Fitted:
        """The integrated likelihood and its gradient, where EM has come to rest."""
        from scipy.special import digamma, gammaln

        value, gradient, _ = self.sets.expected(beta, self.shift + hidden[self.person])
        shape, moves = 1 / variance, self.moves
        value += shape * (hidden - np.exp(hidden)).sum()
        value += (
            shape
            + shape * np.log(shape)
            - (shape + moves) * np.log(shape + moves)
            + gammaln(shape + moves)
            - gammaln(shape)
            + moves
        ).sum()
        by_shape = (
            hidden
            - np.exp(hidden)
            + 1
            + np.log(shape)
            - np.log(shape + moves)
            + digamma(shape + moves)
            - digamma(shape)
        ).sum()
        return Fitted(variance, beta, hidden, float(value), np.append(gradient, -shape * by_shape))

    def without(self) -> Fitted:
        """Fit the model in which there are no hidden differences: θ = 0, Cox's own."""
        size = self.sets.design.shape[1]
        nobody = np.zeros(len(self.person)) + self.shift
        beta = maximise(self.sets, [""] * size, offset=nobody).held
        value, gradient, _ = self.sets.evaluate(beta, nobody)
        return Fitted(0.0, beta, np.zeros(self.person.max() + 1), value, np.append(gradient, 0.0))

    def fit(self) -> Fitted:
        """Find the variance at which the integrated likelihood is highest; 0 where none helps."""
        from scipy import optimize

        none = self.without()
        kept = [none]

        def loss(log_variance: float) -> float:
            kept.append(self.fit_at(float(np.exp(log_variance)), kept[-1]))
            return -kept[-1].log_likelihood

        found = optimize.minimize_scalar(
            loss,
            bounds=(np.log(SMALLEST), np.log(LARGEST)),
            method="bounded",
            options={"xatol": 1e-5},
        )
        best = self.fit_at(float(np.exp(found.x)), kept[-1])
        small = best.variance < 10 * SMALLEST
        return none if small or best.log_likelihood <= none.log_likelihood else best

    def information(self, at: Fitted) -> NDArray[np.float64]:
        """Observed information on the coefficients and log θ, all else at its best.

        Parameters
        ----------
        at : Fitted
            Where; with a variance above 0.

        Returns
        -------
        numpy.ndarray of float, shape (p + 1, p + 1)

        Notes
        -----
        Minus the second derivatives of the profile likelihood. Source: Murphy & van der Vaart
        (2000), JASA 95:449-465.
        """
        place = np.append(at.coefficients, np.log(at.variance))
        width, rows = 1e-3, []
        for k in range(len(place)):
            sides = []
            for sign in (1, -1):
                moved = place.copy()
                moved[k] += sign * width
                held = self.fit_at(float(np.exp(moved[-1])), at, coefficients=moved[:-1])
                sides.append(held.gradient)
            rows.append((sides[0] - sides[1]) / (2 * width))
        found = -np.array(rows)
        return (found + found.T) / 2
