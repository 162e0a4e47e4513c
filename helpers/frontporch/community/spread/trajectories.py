"""Many runs of a contagion, step by step: how much runs differ, not only their mean."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from ...citing import cited
from ...counting import bincount
from ...result import Result
from ...streams import Seed, root_key, run_keys
from ..graph.shares import share as checked_share
from .calls import numbered, read_call
from .engine.frontier import BLOCK, Trace, run_frontier
from .rule import AnyRule

if TYPE_CHECKING:
    import networkx
    import pandas as pd

    from ..graph.ties import Community


@dataclass(frozen=True, eq=False)
class Trajectories(Result):
    """Adopters by step, run by run.

    Parameters
    ----------
    people : int
        How many people the community has.
    rule : str
        The rule, as it was given.
    seed : object
        The seed.
    adopters : numpy.ndarray of int, shape (runs, steps + 1)
        How many have adopted after each step, in each run.
    """

    people: int
    rule: str
    seed: Any
    adopters: NDArray[np.int64]

    PICTURES: ClassVar[Mapping[str, str]] = {
        "adopters": "frontporch.community.pictures.adopters:plot_adopters"
    }

    def __repr__(self) -> str:
        """Say how many runs, and how far."""
        runs, steps = self.adopters.shape
        return f"Trajectories of {runs:,} runs over {steps - 1} steps, {self.people:,} people"

    @property
    def mean(self) -> NDArray[np.float64]:
        """Mean over runs after each step."""
        return self.adopters.mean(axis=0)

    def middle(self, level: float = 0.9) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Give after each step the range in which this share of the runs lies, the middle one."""
        tail = (1 - checked_share(level, "level")) / 2
        lower, upper = np.quantile(
            self.adopters, [tail, 1 - tail], axis=0, method="closest_observation"
        )
        return lower, upper

    def summary(self, level: float = 0.9) -> pd.DataFrame:
        """Show after each step the mean and the middle range of the runs."""
        import pandas as pd

        lower, upper = self.middle(level)
        return pd.DataFrame(
            {"adopters": self.mean, "lower": lower, "upper": upper},
            index=pd.RangeIndex(self.adopters.shape[1], name="step"),
        )


@cited
def trajectories(
    community: Community | networkx.Graph,
    start: Hashable | Iterable[Hashable],
    rule: AnyRule,
    runs: int | range = 200,
    seed: Seed | None = None,
    *,
    steps: int | None = None,
) -> Trajectories:
    """Follow many runs step by step; run k is run k of `simulate` and of `trace` with this seed.

    Parameters
    ----------
    community, start, rule, steps
        As in `simulate`.
    runs : int or range
        How many runs, from 1 up, or which, such as `range(200, 400)`.
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where the coins come from.

    Returns
    -------
    Trajectories

    Examples
    --------
    >>> from frontporch import community
    >>> town = community.small_world(people=100, ties_each=6, shortcuts=0.05, seed=7)
    >>> rule = community.independent_cascade(0.2)
    >>> many = trajectories(town, 0, rule, runs=50, seed=7)
    >>> bool(many.mean[-1] == community.simulate(town, 0, rule, runs=50, seed=7).mean)
    True
    """
    town, begun, rule = read_call(community, start, rule, steps)
    keys = run_keys(root_key(seed), numbered(runs))
    at_once = max(1, BLOCK // max(town.size, 1))
    new = []
    for first in range(0, len(keys), at_once):
        some = keys[first : first + at_once]
        shape = (len(some), town.size)
        kept = Trace(np.full(shape, -1, dtype=np.int32), np.full(shape, -1, dtype=np.int64))
        kept.step[:, begun] = 0
        run_frontier(town, begun, rule, some, steps, kept)
        last = int(kept.step.max(initial=0)) + 1
        row, person = np.nonzero(kept.step >= 0)
        places = row * last + kept.step[row, person]
        new.append(bincount(places, minlength=len(some) * last).reshape(len(some), last))
    longest = max(one.shape[1] for one in new)
    padded = [np.pad(one, ((0, 0), (0, longest - one.shape[1]))) for one in new]
    return Trajectories(town.size, rule.title, seed, np.cumsum(np.concatenate(padded), axis=1))
