"""How far word of mouth goes, by the share of porches that are closed."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from ...community import Community, simulate
from ...community.spread.rule import Rule
from ...result import Result
from ...rounding import decimal
from ...streams import Seed, generator
from ..findings import Findings
from .closing import closed

if TYPE_CHECKING:
    import pandas as pd

QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, eq=False)
class Reach(Result):
    """How many people something reaches, by the share of ties among neighbors removed.

    Parameters
    ----------
    people : int
        How many people the town has.
    removed : numpy.ndarray of float, shape (shares,)
        Share of the ties among neighbors that were taken away.
    online : float or "moved"
        Online ties of a person, or that each tie taken away came back online.
    ties_each : numpy.ndarray of float, shape (shares,)
        Mean ties of a person, local and online.
    reached : numpy.ndarray of float, shape (draws, shares)
        People reached in each draw of the ties, those at the start included: a mean over runs.
    runs : int
        Runs for each draw.
    seed : object
        The seed.
    """

    PICTURES: ClassVar[Mapping[str, str]] = {
        "reach": "frontporch.course.lesson_04.pictures:plot_reach"
    }

    people: int
    removed: NDArray[np.float64]
    online: float | str
    ties_each: NDArray[np.float64]
    reached: NDArray[np.float64]
    runs: int
    seed: Any

    @property
    def mean(self) -> NDArray[np.float64]:
        """People reached, a mean over draws and runs, shape (shares,)."""
        return self.reached.mean(axis=0)

    def interval(self, level: float = 0.95) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Give the confidence interval of the mean, from how much draws differ (Student's t)."""
        from scipy.special import stdtrit

        draws = len(self.reached)
        error = self.reached.std(axis=0, ddof=1) / np.sqrt(draws)
        width = stdtrit(draws - 1, (1 + level) / 2) * error
        # Nobody is reached less than those who begin, and no more than all.
        return np.maximum(self.mean - width, 0.0), np.minimum(self.mean + width, self.people)

    def summary(self, level: float = 0.95) -> pd.DataFrame:
        """Show `removed`, `ties_each`, `reached` (people) with its interval, and `per_cent`."""
        import pandas as pd

        lower, upper = self.interval(level)
        return pd.DataFrame(
            {
                "removed": self.removed,
                "ties_each": self.ties_each,
                "reached": self.mean,
                "lower": lower,
                "upper": upper,
                "per_cent": 100 * self.mean / self.people,
            }
        )

    def in_words(self, chance: float | None = None) -> Findings:
        """Show the same as a table for reading, with tellings where a chance per tie is given.

        Parameters
        ----------
        chance : float, optional
            Chance that a tie passes it on, from 0 to 1. Each hearer then tells about as many
            people as there are ties of a person, times this chance.

        Examples
        --------
        >>> from frontporch import community
        >>> street = community.main_street().community()
        >>> news = community.independent_cascade(0.3)
        >>> found = reach(street, "café", news, [0.5], draws=2, runs=10, seed=7)
        >>> list(found.in_words(0.3).summary())[:2]
        ['ties among neighbors removed', 'ties of a person']
        """
        import pandas as pd

        columns = {
            "ties among neighbors removed": [f"{decimal(100 * one)} %" for one in self.removed],
            "ties of a person": self.ties_each.round(1),
        }
        if chance is not None:
            columns["tellings per hearer"] = (chance * self.ties_each).round(2)
        columns[f"people who hear the news (of {self.people})"] = self.mean.round(1)
        return Findings(pd.DataFrame(columns))


def reach(
    town: Community,
    start: Hashable | Iterable[Hashable],
    rule: Rule,
    removed: Sequence[float] = QUARTERS,
    *,
    online: float | str = 0.0,
    draws: int = 10,
    runs: int = 100,
    seed: Seed,
) -> Reach:
    """Close more and more porches, and let something spread each time.

    Each draw takes other ties away; the same draw takes the same ones and more as the share
    grows.

    Parameters
    ----------
    town : Community
        As in `closed`.
    start : one person or several
        Who has it at the start.
    rule : callable
        How it spreads, as in `spread`.
    removed : sequence of float
        Shares of the ties among neighbors that are taken away, from 0 to 1.
    online : float or "moved"
        As in `closed`.
    draws, runs : int
        Draws of the ties, from 2 up, and runs for each.
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where the draws come from.

    Returns
    -------
    Reach

    Raises
    ------
    ValueError
        If a share is out of range, or there is one draw only.

    Examples
    --------
    >>> from frontporch import community
    >>> street = community.main_street().community()
    >>> found = reach(street, "café", community.independent_cascade(0.3), draws=4, seed=7)
    >>> bool((np.diff(found.mean) < 0).all())
    True
    """
    if draws < 2:
        raise ValueError(f"draws is {draws!r}, but must be from 2 up: one draw has no interval.")
    shares = np.asarray(list(removed), dtype=float)
    reached, ties = np.empty((draws, len(shares))), np.zeros(len(shares))
    for draw, rng in enumerate(generator(seed).spawn(draws)):
        taken, coins = (int(one) for one in rng.integers(2**62, size=2))
        for k, one in enumerate(shares):
            left = closed(town, float(one), online, seed=taken)
            reached[draw, k] = simulate(left, start, rule, runs=runs, seed=coins).mean
            ties[k] += 2 * left.ties / left.size / draws
    return Reach(town.size, shares, online, ties, reached, runs, seed)
