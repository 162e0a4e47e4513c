"""The likelihood of snapshots under constant rates, with its gradient."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ...counting import bincount
from ..simulation import Transition
from .observations import Observations
from .transition import Moves, Slope, weigh


@dataclass(frozen=True, eq=False)
class PanelLikelihood:
    """Log-likelihood of what was seen, as a function of rates and effects.

    Parameters
    ----------
    seen : Observations
        Moves from look to look.
    steps : tuple of (str, str)
        Moves that can happen at once: (stage, next stage).
    effects : numpy.ndarray of bool, shape (steps, m)
        Which covariate acts on which step.
    shared : numpy.ndarray of int, shape (steps, m), optional
        Number of each effect, from 0, where several steps share one; -1 where there is none.

    Notes
    -----
    log q_hj(x) = log q_hj + β_hjᵀx. The parameters are the logarithms of the rates of all
    steps, then the effects in the order of the steps, one that several share at the first of
    them. A move from s to e over a gap t counts P_se(t); where the moment of e is known it
    counts Σ_h P_sh(t) q_he, the rate at which e is entered just then. Source: Kalbfleisch &
    Lawless (1985), JASA 80:863-871; Jackson (2011), Journal of Statistical Software 38(8).
    """

    seen: Observations
    steps: tuple[Transition, ...]
    effects: NDArray[np.bool_]
    shared: NDArray[np.int64] | None = None

    @property
    def size(self) -> int:
        """How many parameters there are."""
        return len(self.steps) + int(self.numbers.max(initial=-1)) + 1

    @cached_property
    def numbers(self) -> NDArray[np.int64]:
        """Number of each effect, from 0; -1 where there is none."""
        if self.shared is not None:
            return self.shared
        found = np.full(self.effects.shape, -1)
        found[self.effects] = np.arange(self.effects.sum())
        return found

    @property
    def of_covariate(self) -> NDArray[np.int64]:
        """Which covariate each effect is of, shape (size − steps,)."""
        found = np.zeros(self.size - len(self.steps), dtype=np.int64)
        found[self.numbers[self.effects]] = np.nonzero(self.effects)[1]
        return found

    def acted_on(self, effect: int) -> tuple[Transition, ...]:
        """Give the steps on which an effect acts."""
        rows = np.flatnonzero((self.numbers == effect).any(axis=1))
        return tuple(self.steps[k] for k in rows)

    @property
    def sizes(self) -> NDArray[np.float64]:
        """Unit of each parameter: 1 for a log rate, 1 by its largest value for an effect."""
        largest = np.abs(self.seen.covariates).max(axis=0, initial=0.0)
        largest = np.where(largest > 0, largest, 1.0)
        return np.append(np.ones(len(self.steps)), 1 / largest[self.of_covariate])

    def where(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Numbers of the stage and of the next stage of every step."""
        names = self.seen.stages
        here = np.array([names.index(a) for a, _ in self.steps])
        return here, np.array([names.index(b) for _, b in self.steps])

    def rates(self, parameters: NDArray[np.float64]) -> NDArray[np.float64]:
        """Rates of every step in every group of covariates, shape (groups, steps)."""
        effects = np.zeros(self.effects.shape)
        effects[self.effects] = parameters[len(self.steps) :][self.numbers[self.effects]]
        return np.exp(parameters[: len(self.steps)] + self.seen.covariates @ effects.T)

    def generators(self, rates: NDArray[np.float64]) -> NDArray[np.float64]:
        """Generators of the groups, shape (groups, stages, stages)."""
        states = len(self.seen.stages)
        here, there = self.where()
        found = np.zeros((len(rates), states, states))
        found[:, here, there] = rates
        found[:, np.arange(states), np.arange(states)] = -found.sum(axis=2)
        return found

    def value(self, parameters: NDArray[np.float64]) -> float:
        """Log-likelihood of the parameters, shape (size,)."""
        return self._weighed(parameters, slope=False)[0]

    def value_and_gradient(
        self, parameters: NDArray[np.float64]
    ) -> tuple[float, NDArray[np.float64]]:
        """Log-likelihood and its derivatives by the parameters, shape (size,)."""
        return self._weighed(parameters, slope=True)

    def scores(self, parameters: NDArray[np.float64]) -> NDArray[np.float64]:
        """What one move of each kind adds to the gradient, shape (kinds, size)."""
        seen = self.seen
        alone = replace(
            seen,
            group=np.arange(len(seen.group)),
            covariates=seen.covariates[seen.group],
            count=np.ones(len(seen.count)),
        )
        by_log = replace(self, seen=alone)._by_log(parameters)[1]
        found = np.zeros((len(by_log), self.size))
        found[:, : len(self.steps)] = by_log
        for k, m in zip(*np.nonzero(self.effects), strict=True):
            found[:, len(self.steps) + self.numbers[k, m]] += by_log[:, k] * alone.covariates[:, m]
        return found

    def information(self, parameters: NDArray[np.float64]) -> NDArray[np.float64]:
        """Observed information: minus the second derivatives, from those of the gradient."""
        rows = []
        for k, width in enumerate(1e-5 * self.sizes):
            step = np.zeros(self.size)
            step[k] = width
            above = self.value_and_gradient(parameters + step)[1]
            rows.append((above - self.value_and_gradient(parameters - step)[1]) / (2 * width))
        found = -np.array(rows)
        return (found + found.T) / 2

    def _weighed(
        self, parameters: NDArray[np.float64], *, slope: bool
    ) -> tuple[float, NDArray[np.float64]]:
        value, by_log = self._by_log(parameters, slope=slope)
        if not len(by_log):
            return value, np.zeros(self.size if np.isinf(value) else 0)
        by_effect = (by_log.T @ self.seen.covariates)[self.effects]
        by_number = bincount(
            self.numbers[self.effects], by_effect, minlength=self.size - len(self.steps)
        )
        return value, np.concatenate([by_log.sum(axis=0), by_number])

    def _by_log(
        self, parameters: NDArray[np.float64], *, slope: bool = True
    ) -> tuple[float, NDArray[np.float64]]:
        """Log-likelihood, and its derivatives by the log rates of each group, where asked for."""
        seen = self.seen
        here, there = self.where()
        rates = self.rates(parameters)
        generators = self.generators(rates)
        timed = seen.timed
        target = np.zeros((len(seen.end), len(seen.stages)))
        target[np.arange(len(target)), seen.end] = 1
        # Rates into the stage whose moment is known; its own place on the diagonal is none.
        into = generators[seen.group[timed], :, seen.end[timed]]
        into[np.arange(len(into)), seen.end[timed]] = 0
        target[timed] = into
        moves = Moves(seen.group, seen.start, seen.gap)
        chance, change = weigh(generators, moves, target, slope=slope)
        if not (np.isfinite(chance) & (chance > 0)).all():
            return -np.inf, np.zeros((0, len(self.steps)))
        value = float(seen.count @ np.log(chance))
        if change is None:
            return value, np.zeros((0, len(self.steps)))
        weight = seen.count / chance
        by_generator = change.by_generator(weight)
        states = np.arange(len(seen.stages))
        by_rate = by_generator[:, here, there] - by_generator[:, states, states][:, here]
        if timed.any():
            by_rate += self._entered(generators, change, weight, timed)[:, here, there]
        return value, by_rate * rates

    def _entered(
        self,
        generators: NDArray[np.float64],
        change: Slope,
        weight: NDArray[np.float64],
        timed: NDArray[np.bool_],
    ) -> NDArray[np.float64]:
        """Share of the gradient by the rates into stages whose moment of entry is known."""
        seen, states = self.seen, len(self.seen.stages)
        which = np.flatnonzero(timed)
        found = np.zeros_like(generators)
        for state in range(states):
            moves = Moves(seen.group[which], seen.start[which], seen.gap[which])
            at_last = np.zeros((len(which), states))
            at_last[:, state] = 1
            chance, _ = weigh(generators, moves, at_last, parts=change.parts)
            np.add.at(found, (moves.group, state, seen.end[which]), weight[which] * chance)
        return found
