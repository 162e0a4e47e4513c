"""Gamma frailty in Cox's model by the EM algorithm, and its likelihood."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ...counting import bincount, repeat
from ...stats.information import Precision
from ...stats.partial_likelihood import maximise
from ...stats.risk_sets import RiskSets

SMALLEST, LARGEST = 1e-4, 50.0
"""Variances between which hidden differences are looked for."""
SEEN, BEFORE, TAKEN_OFF = 0, 1, 2
"""What a row is: a stay under observation, the time before it, and that time taken off."""


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
    log_entry : numpy.ndarray of float, shape (people,) or (0,)
        Logarithm of what was expected of each person's liveliness when they came under
        observation; empty where all did so from the start.
    """

    variance: float
    coefficients: NDArray[np.float64]
    log_frailty: NDArray[np.float64]
    log_likelihood: float
    gradient: NDArray[np.float64]
    log_entry: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))


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
    part : numpy.ndarray of int, shape (n,), optional
        What each row is, where people come under observation late: a stay from then on (SEEN),
        the time before it, which the person got through (BEFORE), and the same once more to be
        taken off, as it is of people of whom that is known (TAKEN_OFF); see `with_time_before`.

    Notes
    -----
    Source: Klein (1992), Biometrics 48:795-806; Therneau & Grambsch (2000), Modeling Survival
    Data, section 9.4, for the likelihood with the frailties integrated out. Whoever comes under
    observation late is held against people who got through the time before: the likelihood is
    divided by the probability of that. Source: Jensen, Brookmeyer, Aaby & Andersen (2004),
    Shared frailty model for left-truncated multivariate survival data, University of Copenhagen,
    research report 04/7; Eriksson, Martinussen & Scheike (2015), Scandinavian Journal of
    Statistics 42:1065-1082.
    """

    sets: RiskSets
    person: NDArray[np.int64]
    shift: NDArray[np.float64] | float = 0.0
    part: NDArray[np.int64] | None = None

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
        Expectation: z = (1/θ + moves)/(1/θ + expected moves at z = 1), and likewise for the
        moment of entry with what came before alone. Maximisation: Cox's
        model with log z as offset. Steps are lengthened by squared extrapolation. Source:
        Varadhan & Roland (2008), Scandinavian Journal of Statistics 35:335-353.
        """
        free = coefficients is None
        size, people = self.sets.design.shape[1], int(self.person.max()) + 1
        late = 0 if self.part is None else people
        beta, hidden, entry = np.zeros(size), np.zeros(people), np.zeros(late)
        if start is not None:
            beta, hidden = start.coefficients, start.log_frailty
            entry = start.log_entry if len(start.log_entry) else entry
        beta = beta if free else np.asarray(coefficients, float)
        curved = np.eye(0)
        if free and size:
            at = self.sets.evaluate(beta, self._offset(hidden, entry))[2]
            curved = Precision.of(at).covariance

        def once(state: NDArray[np.float64]) -> NDArray[np.float64]:
            beta, hidden, entry = np.split(state, [size, size + people])
            offset = self._offset(hidden, entry)
            if free and size:
                beta = beta + np.clip(curved @ self.sets.expected(beta, offset)[1], -1, 1)
            expected = self.sets.expected(beta, offset)[2]
            return np.concatenate([beta, *self._liveliness(variance, expected, hidden)])

        state = np.concatenate([beta, hidden, entry])
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
        return self._at(variance, state)

    def _offset(
        self, hidden: NDArray[np.float64], entry: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Logarithm of the liveliness that multiplies the hazard of each row."""
        offset = self.shift + hidden[self.person]
        if self.part is None:
            return offset
        return np.where(self.part == TAKEN_OFF, self.shift + entry[self.person], offset)

    def _liveliness(
        self, variance: float, expected: NDArray[np.float64], hidden: NDArray[np.float64]
    ) -> list[NDArray[np.float64]]:
        """What is expected of each person, and was at their entry, from the moves expected."""
        people, shape = len(hidden), 1 / variance
        if self.part is None:
            alone = bincount(self.person, expected, people) * np.exp(-hidden)
            return [np.log((shape + self.moves) / (shape + alone))]
        own, before = self.part != TAKEN_OFF, self.part == BEFORE
        alone = bincount(self.person[own], expected[own], people) * np.exp(-hidden)
        earlier = bincount(self.person[before], expected[before], people) * np.exp(-hidden)
        return [
            np.log((shape + self.moves) / (shape + alone)),
            np.log(shape / (shape + earlier)),
        ]

    def _value(self, variance: float, state: NDArray[np.float64]) -> float:
        return self._at(variance, state).log_likelihood

    def _at(self, variance: float, state: NDArray[np.float64]) -> Fitted:
        """The integrated likelihood and its gradient, where EM has come to rest."""
        from scipy.special import digamma, gammaln

        size = self.sets.design.shape[1]
        people = int(self.person.max()) + 1
        beta, hidden, entry = np.split(state, [size, size + people])
        value, gradient, _ = self.sets.expected(beta, self._offset(hidden, entry))
        shape, moves = 1 / variance, self.moves
        # At the entry of people who are seen from the start 1 is expected.
        begun = np.exp(entry) - entry if len(entry) else np.ones(people)
        value += shape * (hidden - np.exp(hidden)).sum()
        value += (
            shape * begun
            + shape * np.log(shape)
            - (shape + moves) * np.log(shape + moves)
            + gammaln(shape + moves)
            - gammaln(shape)
            + moves
        ).sum()
        by_shape = (
            hidden
            - np.exp(hidden)
            + begun
            + np.log(shape)
            - np.log(shape + moves)
            + digamma(shape + moves)
            - digamma(shape)
        ).sum()
        return Fitted(
            variance, beta, hidden, float(value), np.append(gradient, -shape * by_shape), entry
        )

    def without(self) -> Fitted:
        """Fit the model in which there are no hidden differences: θ = 0, Cox's own."""
        size = self.sets.design.shape[1]
        nobody = np.zeros(len(self.person)) + self.shift
        sets = self.sets
        if self.part is not None:
            seen = self.part == SEEN
            nobody, early = nobody[seen], sets.entry
            sets = RiskSets(
                sets.time[seen],
                sets.moved[seen],
                sets.design[seen],
                sets.stratum[seen],
                None if early is None else early[seen],
            )
        beta = maximise(sets, [""] * size, offset=nobody).held
        value, gradient, _ = sets.evaluate(beta, nobody)
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


def with_time_before(
    sets: RiskSets, person: NDArray[np.int64], shift: NDArray[np.float64]
) -> SharedFrailty:
    """Give the model of people some of whom come under observation late.

    Parameters
    ----------
    sets : RiskSets
        The stays, with their entries.
    person : numpy.ndarray of int, shape (n,)
        Whose each is.
    shift : numpy.ndarray of float, shape (n,)
        Added to each linear predictor.
    """
    entry = sets.entry
    late = np.zeros(0, np.int64) if entry is None else np.flatnonzero(entry > 0)
    if entry is None or not len(late):
        return SharedFrailty(sets, person, shift)
    rows = np.concatenate([np.arange(len(person)), late, late])
    part = repeat([SEEN, BEFORE, TAKEN_OFF], [len(person), len(late), len(late)])
    extra = part != SEEN
    own = RiskSets(
        np.where(extra, entry[rows], sets.time[rows]),
        sets.moved[rows] & ~extra,
        sets.design[rows],
        sets.stratum[rows],
        np.where(extra | (entry[rows] <= 0), -np.inf, entry[rows]),
        np.where(part == TAKEN_OFF, -1.0, 1.0),
    )
    return SharedFrailty(own, person[rows], np.asarray(shift)[rows], part)
