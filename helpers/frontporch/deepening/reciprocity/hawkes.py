"""Message calls for message: the bivariate Hawkes process of two people, and its likelihood."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...counting import bincount, repeat
from ...rounding import number
from ...streams import Seed, generator
from .events import Events
from .rhythm import block, hours_by_block, normal_levels, when

NUMBERS = 7
"""log μ of both, four entries of G row by row, log β; log levels of the blocks follow."""
STEP = 1e-5
"""By how much a number is moved to see how the gradient changes."""


@dataclass(frozen=True)
class Hawkes:
    """Two people of whom each message makes further ones more likely for a while.

    λ_A(t) = μ_A r(t) + Σ over messages at t_i < t of g β exp(−β (t − t_i)), with g = g_AA after
    A's own message and g_AB after one of B; likewise B.

    Parameters
    ----------
    base_rates : tuple of 2 floats
        μ: messages an hour that each writes of their own accord, from 0 up.
    excitation : 2 by 2 floats
        G: row who writes, column whose message calls for it; g_AB is the mean number of
        messages of A that one message of B calls for directly.
    decay : float
        β per hour: a message called for comes after 1/β hours on average.
    rhythm : iterable of float, optional
        Levels of the blocks of a day, from midnight, by which both base rates go up and down
        together; scaled to a mean of 1. Without it the base rates are constant.
    names : tuple of 2 str
        What the two are called.

    Notes
    -----
    Source: Hawkes (1971), Biometrika 58:83-90.

    Examples
    --------
    >>> pair = Hawkes(base_rates=(0.2, 0.1), excitation=((0.1, 0.5), (0.6, 0.1)), decay=1.0)
    >>> round(pair.radius, 4), pair.mean_rates().round(7).tolist()
    (0.6477, [0.4509804, 0.4117647])
    """

    base_rates: tuple[float, float]
    excitation: tuple[tuple[float, float], tuple[float, float]]
    decay: float
    rhythm: tuple[float, ...] | None = None
    names: tuple[str, str] = ("A", "B")

    def __post_init__(self) -> None:
        """Check every number."""
        base = np.asarray(self.base_rates, float)
        matrix = np.asarray(self.excitation, float)
        if base.shape != (2,) or not (np.isfinite(base).all() and (base >= 0).all()):
            raise ValueError(
                f"base_rates is {self.base_rates!r}, but "
                "must be two rates per hour from 0 up, such as "
                "(0.2, 0.1)."
            )
        if matrix.shape != (2, 2) or not (np.isfinite(matrix).all() and (matrix >= 0).all()):
            raise ValueError(
                f"excitation is {self.excitation!r}, but "
                "must be two rows of two numbers from 0 up, "
                "such as ((0.1, 0.5), (0.6, 0.1))."
            )
        if not 0 < self.decay < math.inf:
            raise ValueError(
                f"decay is {self.decay}, but must be a rate per hour above 0, such as 1."
            )
        object.__setattr__(self, "base_rates", tuple(base.tolist()))
        object.__setattr__(self, "excitation", tuple(tuple(row) for row in matrix.tolist()))
        if self.rhythm is not None:
            object.__setattr__(self, "rhythm", normal_levels(self.rhythm))

    @property
    def radius(self) -> float:
        """Spectral radius of G: by how much each generation of messages outnumbers the last."""
        return float(np.abs(np.linalg.eigvals(np.array(self.excitation))).max())

    @property
    def stable(self) -> bool:
        """Whether talk dies down by itself: a spectral radius below 1."""
        return self.radius < 1

    def mean_rates(self) -> NDArray[np.float64]:
        """Give the messages an hour of each in the long run: (I − G)⁻¹ μ, shape (2,).

        Raises
        ------
        ValueError
            If the process is not stable.
        """
        self._stable_only("a mean rate")
        return np.linalg.solve(np.eye(2) - np.array(self.excitation), self.base_rates)

    def count_covariance(self) -> NDArray[np.float64]:
        """Give the covariance of the counts of a long time, per hour of it, shape (2, 2).

        (I − G)⁻¹ diag(mean rates) (I − G)⁻ᵀ. Source: Hawkes (1971); Bacry et al. (2013),
        Stochastic Processes and their Applications 123:2475-2499.
        """
        spread = np.linalg.inv(np.eye(2) - np.array(self.excitation))
        return spread @ np.diag(self.mean_rates()) @ spread.T

    def dispersion(self) -> NDArray[np.float64]:
        """Give variance by mean of each one's count over a long time, shape (2,).

        Somebody who is answered by nobody has 1 / (1 − g)², and 1 without own bursts.

        Examples
        --------
        >>> Hawkes((0.2, 0.2), ((0.5, 0), (0, 0)), 1.0).dispersion().tolist()
        [4.0, 1.0]
        """
        return np.diag(self.count_covariance()) / self.mean_rates()

    def causes(self) -> pd.DataFrame:
        """Give the share of each one's messages that have which direct cause.

        Returns
        -------
        pandas.DataFrame
            Indexed by who writes: `own accord`, and after whose message.
        """
        rates = self.mean_rates()
        called = np.array(self.excitation) * rates / rates[:, None]
        own = np.array(self.base_rates) / rates
        columns = ["own accord", *(f"after {name}" for name in self.names)]
        return pd.DataFrame(np.column_stack([own, called]), index=self.names, columns=columns)

    def events(self, hours: float, seed: Seed, *, pairs: int = 1, begins: float = 0.0) -> Events:
        """Draw the messages of some independent pairs, from a silence on.

        Parameters
        ----------
        hours : float
            How long each pair is observed.
        seed : int, numpy.random.SeedSequence or numpy.random.Generator
            Where the draws come from.
        pairs : int
            How many.
        begins : float
            Hours since midnight at the beginning.

        Returns
        -------
        Events

        Raises
        ------
        ValueError
            If the process is not stable.

        Notes
        -----
        Exact, generation by generation: messages written of one's own accord are a Poisson
        process, and each message calls for a Poisson number of others after exponential
        waits. Source: Hawkes & Oakes (1974), Journal of Applied Probability 11:493-503.

        Examples
        --------
        >>> pair = Hawkes((0.2, 0.1), ((0.1, 0.5), (0.6, 0.1)), 1.0)
        >>> bool(300 < len(pair.events(500, seed=7).time) < 600)
        True
        """
        self._stable_only("a simulation")
        if not (0 < hours < math.inf and pairs >= 1 and 0 <= begins < math.inf):
            raise ValueError(
                f"hours is {hours}, pairs {pairs} and begins {begins}, but hours is above 0, "
                "pairs from 1 and begins from 0 up."
            )
        rng = generator(seed)
        time, who, pair = self._of_own_accord(rng, hours, pairs, begins)
        matrix, end = np.array(self.excitation), begins + hours
        parts = [(time, who, pair)]
        while len(time):
            children = []
            for person in (0, 1):
                parent = repeat(np.arange(len(time)), rng.poisson(matrix[person, who]))
                born = time[parent] + rng.exponential(1 / self.decay, len(parent))
                seen = born < end
                children.append((born[seen], np.full(seen.sum(), person), pair[parent[seen]]))
            time, who, pair = (np.concatenate(one) for one in zip(*children, strict=True))
            parts.append((time, who, pair))
        time, who, pair = (np.concatenate(one) for one in zip(*parts, strict=True))
        order = np.lexsort((time, pair))
        return Events(
            time[order],
            who[order],
            pair[order],
            np.full(pairs, float(begins)),
            np.full(pairs, float(end)),
        )

    def simulate(self, hours: float, seed: Seed, *, pairs: int = 1) -> pd.DataFrame:
        """Draw an interactions table of some pairs; synthetic by construction.

        Parameters
        ----------
        hours, seed, pairs
            As in `events`.

        Returns
        -------
        pandas.DataFrame
            The `interactions` contract. People are called by `names` and the pair's number.

        Examples
        --------
        >>> pair = Hawkes((0.2, 0.1), ((0.1, 0.5), (0.6, 0.1)), 1.0)
        >>> pair.simulate(24, seed=7, pairs=3).columns.tolist()
        ['start', 'source', 'target', 'channel']
        """
        return self.events(hours, seed, pairs=pairs).interactions(self.names)

    def intensity(self, times: Iterable[float], events: Events) -> NDArray[np.float64]:
        """Give the messages an hour that each is about to write, after what a pair wrote.

        Parameters
        ----------
        times : iterable of float
            Hours since midnight.
        events : Events
            Of a single pair.

        Returns
        -------
        numpy.ndarray of float, shape (n, 2)
        """
        at = np.asarray(list(times), float)
        if events.pairs != 1:
            raise ValueError(f"events has {events.pairs} pairs, but an intensity is that of one.")
        lag = at[:, None] - events.time
        kernel = np.where(lag > 0, self.decay * np.exp(-self.decay * np.maximum(lag, 0)), 0.0)
        called = np.column_stack([kernel[:, events.who == k].sum(axis=1) for k in (0, 1)])
        return self._base(at) + called @ np.array(self.excitation).T

    def _base(self, at: NDArray[np.float64]) -> NDArray[np.float64]:
        level = np.ones(len(at))
        if self.rhythm is not None:
            level = np.array(self.rhythm)[block(at, len(self.rhythm))]
        return level[:, None] * np.array(self.base_rates)

    def _of_own_accord(
        self, rng: np.random.Generator, hours: float, pairs: int, begins: float
    ) -> tuple[NDArray, NDArray, NDArray]:
        levels = self.rhythm or (1.0,)
        low, high = (hours_by_block([begins, begins + hours], len(levels)) * levels).sum(axis=1)
        often = rng.poisson(np.array(self.base_rates) * (high - low), size=(pairs, 2))
        pair, who = (repeat(one.ravel(), often.ravel()) for one in np.indices((pairs, 2)))
        return when(rng.uniform(low, high, len(pair)), levels), who, pair

    def _stable_only(self, what: str) -> None:
        if not self.stable:
            raise ValueError(
                f"the spectral radius of excitation is {number(self.radius)}, but {what} needs one "
                "below 1: a message calls for one or more others, and talk never ends."
            )


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
    the moment before: R(t_i) = exp(−β(t_i − t_{i−1})) (R(t_{i−1}) + messages at t_{i−1}). That
    is a system of equations with two diagonals, solved in one pass; so is its derivative by β.
    Every factor is at most 1, so nothing overflows. Messages of a pair at one moment, as a
    clock of coarse steps gives them, do not answer each other, so their order does not matter.
    Source: Ozaki (1979), Annals of the Institute of Statistical Mathematics 31:145-155.
    """

    def __init__(self, events: Events, blocks: int = 1) -> None:
        """Lay out what does not change from one evaluation to the next."""
        self.events, self.blocks = events, blocks
        self._moment = events.moments
        first = np.unique(self._moment, return_index=True)[1]
        new = np.diff(events.pair[first], prepend=-1) != 0
        self._spoke = np.array([events.who == 0, events.who == 1], float)
        written = np.array([bincount(self._moment, one, len(first)) for one in self._spoke])
        before = np.zeros((2, len(first)))
        before[:, 1:] = np.where(new[1:], 0.0, written[:, :-1])
        hours = hours_by_block(events.ends, blocks) - hours_by_block(events.begins, blocks)
        self._new, self._before, self._written = new, before, written
        self._gap = np.where(new, 0.0, np.diff(events.time[first], prepend=0.0))
        self._left = events.ends[events.pair] - events.time
        self._hours = hours.sum(axis=0)
        self._block = block(events.time, blocks)
        self._often = bincount(self._block, minlength=blocks)
        self._mine = [np.flatnonzero(events.who == k) for k in (0, 1)]

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
        slope = summed(self._gap * weight)
        return weight[:, self._moment], slope[:, self._moment]

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
        before = np.cumsum(self._written, axis=1) - self._written
        opens = np.flatnonzero(self._new)
        before -= before[:, opens][:, np.cumsum(self._new) - 1]
        said = before[:, self._moment]
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
