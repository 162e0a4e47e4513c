"""The likelihood of a Hawkes process, its gradient and its compensator, in one pass over events."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...counting import bincount
from .events import Events
from .rhythm import block, hours_by_block

NUMBERS = 7
"""log μ of both, four entries of G row by row, log β; log levels of the blocks follow."""
STEP = 1e-5
"""By how much a number is moved to see how the gradient changes."""


@dataclass(frozen=True, eq=False)
class Likelihood:
    """What a log says of the numbers of a Hawkes process.

    Parameters
    ----------
    events : Events
        Of one pair or many; all share the numbers, and excite nobody outside their pair.
    blocks : int
        Blocks of a day whose levels both people share; 1 for a constant base rate.

    Notes
    -----
    R_j(t_i), the sum of exp(−β(t_i − t_l)) over earlier messages of j, follows from
    the one before: R(t_i) = exp(−β(t_i − t_{i−1})) (R(t_{i−1}) + 1). That is a system of
    equations with two diagonals, solved in one pass; so is its derivative by β. Every factor
    is at most 1, so nothing overflows. Source: Ozaki (1979), Annals of the Institute of
    Statistical Mathematics 31:145-155.
    """

    events: Events
    blocks: int = 1

    def __post_init__(self) -> None:
        """Lay out what does not change from one evaluation to the next."""
        log = self.events
        new = np.append(True, log.pair[1:] != log.pair[:-1])[: len(log.pair)]
        gap = np.append(0.0, np.diff(log.time))[: len(log.time)]
        spoke = np.array([log.who == 0, log.who == 1], float)
        before = np.zeros_like(spoke)
        before[:, 1:] = np.where(new[1:], 0.0, spoke[:, :-1])
        hours = hours_by_block(log.ends, self.blocks) - hours_by_block(log.begins, self.blocks)
        of_day = block(log.time, self.blocks)
        often = bincount(of_day, minlength=self.blocks)
        for name, value in {
            "gap": np.where(new, 0.0, gap), "new": new, "spoke": spoke, "before": before,
            "left": log.ends[log.pair] - log.time, "hours": hours.sum(axis=0), "block": of_day,
            "often": often,
            "mine": [np.flatnonzero(log.who == k) for k in (0, 1)],
        }.items():  # fmt: skip
            object.__setattr__(self, f"_{name}", value)

    @property
    def size(self) -> int:
        """How many numbers there are."""
        return NUMBERS + self.blocks - 1

    @property
    def _on_log_scale(self) -> NDArray[np.bool_]:
        """Which numbers are logs of base rates and levels."""
        place = np.arange(self.size)
        return (place < 2) | (place >= NUMBERS)

    @property
    def reference(self) -> int:
        """The block of the day with most messages, against which the others are measured."""
        return int(self._often.argmax())

    @property
    def empty_blocks(self) -> NDArray[np.bool_]:
        """Which of the free levels belong to blocks in which nobody spoke, shape (blocks − 1,)."""
        return np.delete(self._often == 0, self.reference)

    def levels(self, numbers: NDArray[np.float64]) -> NDArray[np.float64]:
        """Give the levels of the day's blocks, with a mean of 1."""
        free = np.insert(numbers[NUMBERS:], self.reference, 0.0)
        raised = np.exp(free - free.max())
        return raised / raised.mean()

    def recursion(self, decay: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Give R and −∂R/∂β just before each event, by whose messages, shape (2, n) each."""
        from scipy.linalg import solve_banded

        fade = np.where(self._new, 0.0, np.exp(-decay * self._gap))
        bands = np.ones((2, len(fade)))
        bands[1, :-1] = -fade[1:]

        def summed(right: NDArray[np.float64]) -> NDArray[np.float64]:
            return solve_banded((1, 0), bands, right.T, check_finite=False).T

        weight = summed(fade * self._before)
        return weight, summed(self._gap * weight)

    def value(
        self, numbers: NDArray[np.float64]
    ) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
        """Give the log-likelihood, its gradient, and the information that events carry.

        Parameters
        ----------
        numbers : numpy.ndarray of float, shape (size,)
            As listed at `NUMBERS`.

        Returns
        -------
        value : float
        gradient : numpy.ndarray of float, shape (size,)
        carried : numpy.ndarray of float, shape (size, size)
            Sum of the outer products of the gradients of the log rates at the events, which
            tends to the information and never has a negative eigenvalue.
        """
        base, matrix = np.exp(numbers[:2]), numbers[2:6].reshape(2, 2)
        decay, level = float(np.exp(numbers[6])), self.levels(numbers)
        weight, slope = self.recursion(decay)
        ended = np.exp(-decay * self._left)
        answered = self._spoke @ (1 - ended)
        unanswered = self._spoke @ (self._left * ended)
        height = level[self._block]
        exposure = float(self._hours @ level)
        total, gradient = 0.0, np.zeros(self.size)
        carried = np.zeros((self.size, self.size))
        # A level that rises pushes the others down, since their mean stays 1.
        turn = np.delete(np.eye(self.blocks) - level / self.blocks, self.reference, axis=1)
        for k, mine in enumerate(self._mine):
            own = base[k] * height[mine]
            near, far = weight[:, mine], slope[:, mine]
            rate = own + decay * (matrix[k] @ near)
            if not (rate > 0).all():
                return -np.inf, gradient, carried
            own /= rate
            score = np.zeros((self.size, len(mine)))
            score[k] = own
            score[2 + 2 * k : 4 + 2 * k] = decay * near / rate
            score[6] = decay * (matrix[k] @ near - decay * (matrix[k] @ far)) / rate
            score[NUMBERS:] = turn[self._block[mine]].T * own
            total += float(np.log(rate).sum()) - base[k] * exposure - float(matrix[k] @ answered)
            gradient += score.sum(axis=1)
            carried += score @ score.T
            gradient[k] -= base[k] * exposure
            gradient[2 + 2 * k : 4 + 2 * k] -= answered
            gradient[6] -= decay * float(matrix[k] @ unanswered)
        gradient[NUMBERS:] -= base.sum() * (self._hours * level) @ turn
        return total, gradient, carried

    def climb(
        self,
        numbers: NDArray[np.float64],
        low: NDArray[np.float64],
        high: NDArray[np.float64],
        rounds: int = 300,
    ) -> tuple[NDArray[np.float64], float, bool]:
        """Give the numbers at which the likelihood is highest, the value, and if it is a top.

        Steps by the information that events carry (Fisher's scoring), shortened until each
        climbs; numbers that press against a limit rest there.

        Parameters
        ----------
        numbers, low, high : numpy.ndarray of float, shape (size,)
            Where to begin, and the limits.
        rounds : int
            Steps at most.
        """
        here = np.clip(numbers, low, high)
        value, gradient, carried = self.value(here)
        damping, settled = 1e-6, False
        for _ in range(rounds):
            free = ~((here <= low) & (gradient <= 0) | (here >= high) & (gradient >= 0))
            part = carried[np.ix_(free, free)]
            if not free.any():
                settled = True
                break
            # A base rate far too high is seen in what is missing, not in what was written.
            bend = np.where(self._on_log_scale, np.maximum(-gradient, 0.0), 0.0)[free]
            ridge = np.diag(bend + damping * np.maximum(np.diag(part) + bend, 1e-6))
            step = np.zeros(self.size)
            step[free] = np.clip(np.linalg.solve(part + ridge, gradient[free]), -1.5, 1.5)
            there = np.clip(here + step, low, high)
            promised = float(gradient @ (there - here))
            if promised < 1e-9:
                settled = damping < 1
                break
            found = self.value(there)
            if found[0] > value:
                here, (value, gradient, carried) = there, found
                damping = max(damping / 10, 1e-9)
            else:
                damping *= 10
        return here, value, settled

    def compensator(self, numbers: NDArray[np.float64]) -> tuple[NDArray, NDArray]:
        """Give the messages expected of each, up to each event and up to the end.

        Returns
        -------
        at_events : numpy.ndarray of float, shape (2, n)
            Expected of each person from the pair's beginning to the event.
        at_end : numpy.ndarray of float, shape (2, pairs)
        """
        log = self.events
        base, matrix = np.exp(numbers[:2]), numbers[2:6].reshape(2, 2)
        decay, level = float(np.exp(numbers[6])), self.levels(numbers)
        weight, _ = self.recursion(decay)
        said = np.cumsum(self._spoke, axis=1) - self._spoke
        first = np.flatnonzero(self._new)
        said -= said[:, first][:, np.cumsum(self._new) - 1]
        began = hours_by_block(log.begins, self.blocks) @ level
        until = hours_by_block(log.time, self.blocks) @ level - began[log.pair]
        whole = hours_by_block(log.ends, self.blocks) @ level - began
        faded = self._spoke * (1 - np.exp(-decay * self._left))
        called = np.array([bincount(log.pair, one, log.pairs) for one in faded])
        return (
            base[:, None] * until + matrix @ (said - weight),
            base[:, None] * whole + matrix @ called,
        )

    def information(
        self, numbers: NDArray[np.float64], free: NDArray[np.bool_]
    ) -> NDArray[np.float64]:
        """Give the observed information of the free numbers, by differences of the gradient."""
        chosen = np.flatnonzero(free)
        found = np.empty((len(chosen), len(chosen)))
        here = self.value(numbers)[1]
        for row, k in enumerate(chosen):
            step = np.zeros(self.size)
            step[k] = STEP
            # An excitation of 0 is left upwards only: below it a rate may be negative.
            at_zero = 2 <= k < 6 and numbers[k] < STEP
            down = here if at_zero else self.value(numbers - step)[1]
            change = self.value(numbers + step)[1] - down
            found[row] = -change[chosen] / (STEP if at_zero else 2 * STEP)
        return (found + found.T) / 2
