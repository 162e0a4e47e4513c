"""Message calls for message: the bivariate Hawkes process of two people who write to each other."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...counting import repeat
from ...rounding import number
from ...streams import Seed, generator
from .events import Events
from .rhythm import block, hours_by_block, normal_levels, when


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
                f"base_rates is {self.base_rates!r}, but is two rates per hour from 0 up, such as "
                "(0.2, 0.1)."
            )
        if matrix.shape != (2, 2) or not (np.isfinite(matrix).all() and (matrix >= 0).all()):
            raise ValueError(
                f"excitation is {self.excitation!r}, but is two rows of two numbers from 0 up, "
                "such as ((0.1, 0.5), (0.6, 0.1))."
            )
        if not 0 < self.decay < math.inf:
            raise ValueError(f"decay is {self.decay}, but is a rate per hour above 0, such as 1.")
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

    def events(
        self, hours: float, seed: Seed, *, pairs: int = 1, begins: float = 0.0
    ) -> Events:  # fmt: skip
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
            time[order], who[order], pair[order], np.full(pairs, float(begins)),
            np.full(pairs, float(end)),
        )  # fmt: skip

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
