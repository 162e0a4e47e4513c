"""Live edges: who hangs together in every run, drawn once; then any reach is a look-up."""

from __future__ import annotations

import operator
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from ...citing import cited
from ...counting import bincount, indices
from ...names import pick
from ...result import Result
from ...rounding import number, to_error
from ...streams import Seed, coins, root_key, run_keys, tie_numbers
from ..graph.reading import as_community
from ..graph.ties import Community
from ..spread.engine.backends import compiled_wanted
from ..spread.rule import Rule
from .chances import BITS, both_ways, chances_of

if TYPE_CHECKING:
    import networkx
    import pandas as pd

BLOCK = 1 << 22
MOST = 1 << 29
"""People times worlds that are held: 2 GB of labels."""


@dataclass(frozen=True, eq=False)
class Reach(Result):
    """How many adopt if some people start.

    Parameters
    ----------
    starters : tuple
        Who starts.
    sizes : numpy.ndarray of int64, shape (worlds,)
        Adopters in each world, starters included.
    already : int
        How many had adopted before, with all whom they bring; not counted in `sizes`.
    """

    starters: tuple[Hashable, ...]
    sizes: NDArray[np.int64]
    already: float = 0.0

    def __repr__(self) -> str:
        """Say the mean, with its error."""
        error = self.standard_error
        mean = to_error(self.mean, error)
        return f"Reach of {mean} people on average (± {number(error, 2)}, {len(self.sizes)} runs)"

    @property
    def mean(self) -> float:
        """Mean number of adopters."""
        return float(self.sizes.mean())

    @property
    def standard_error(self) -> float:
        """Standard error of the mean over worlds; missing for one world."""
        if len(self.sizes) < 2:
            return float("nan")
        return float(self.sizes.std(ddof=1) / np.sqrt(len(self.sizes)))

    def interval(self, name: str = "mean", level: float = 0.95) -> tuple[float, float]:
        """Give the confidence interval of the mean over worlds."""
        pick(name, ("mean",), "interval")
        from ...stats.intervals import normal_quantile

        width = normal_quantile(level) * self.standard_error
        return self.mean - width, self.mean + width

    def quantile(self, share: float) -> int:
        """Give the number of adopters that this share of worlds does not exceed."""
        if not 0 <= share <= 1:
            raise ValueError(f"share is {share}, but must be from 0 to 1.")
        place = int(np.ceil(share * len(self.sizes) - 1e-9)) - 1
        return int(np.sort(self.sizes)[max(place, 0)])

    def summary(self, level: float = 0.95) -> pd.DataFrame:
        """Show the mean with its interval, and the middle nine tenths of worlds."""
        import pandas as pd

        lower, upper = self.interval(level=level)
        return pd.DataFrame(
            [
                {
                    "starters": len(self.starters),
                    "worlds": len(self.sizes),
                    "mean": self.mean,
                    "lower": lower,
                    "upper": upper,
                    "5 % of worlds": self.quantile(0.05),
                    "half of worlds": self.quantile(0.5),
                    "95 % of worlds": self.quantile(0.95),
                }
            ]
        )


@dataclass(frozen=True, eq=False)
class LiveEdges(Result):
    """Worlds in which it is settled who reaches whom; see `live_edges`.

    Parameters
    ----------
    community : Community
        People and ties, without direction.
    rule : callable
        The independent cascade.
    seed : object
        The seed.
    labels : numpy.ndarray of int32, shape (worlds, people)
        Number of each person's component among those of two or more, from 1, in the order of
        their first members; 0 for those whom nothing reaches.
    sizes : numpy.ndarray of int32
        People in each component, world after world; the first entry of each is 1, for label 0.
    offsets : numpy.ndarray of int64, shape (worlds + 1,)
        Where the sizes of each world begin.
    backend : str
        What computed them.
    """

    community: Community
    rule: Rule
    seed: Any
    labels: NDArray[np.int32]
    sizes: NDArray[np.int32]
    offsets: NDArray[np.int64]
    backend: str

    PICTURES: ClassVar[Mapping[str, str]] = {
        "starters": "frontporch.community.seeding.pictures:plot_starters"
    }

    def summary(self) -> pd.DataFrame:
        """Show how many worlds there are, and how large the largest part is in them."""
        import pandas as pd

        largest = np.maximum.reduceat(self.sizes, indices(self.offsets[:-1]))
        return pd.DataFrame(
            {
                "worlds": [len(self)],
                "people": [self.community.size],
                "largest part": [largest.mean()],
            }
        )

    def __repr__(self) -> str:
        """Say how many there are."""
        return f"{len(self):,} worlds of {self.community.size:,} people"

    def __len__(self) -> int:
        """How many worlds there are."""
        return len(self.labels)

    @cited
    def reach(
        self, starters: Hashable | Iterable[Hashable], already: Iterable[Hashable] = ()
    ) -> Reach:
        """Look up how many adopt if these people start.

        Parameters
        ----------
        starters : one person or several
            Who starts; nobody is allowed.
        already : several people
            Who has adopted before. They and whomever they bring are not counted: what is left
            are the incremental adopters.

        Returns
        -------
        Reach

        Examples
        --------
        >>> from frontporch import community
        >>> from frontporch.community.seeding.percolation import live_edges
        >>> town = community.small_world(200, 6, 0.1, seed=7)
        >>> worlds = live_edges(town, community.independent_cascade(0.1), runs=500, seed=7)
        >>> same = community.simulate(town, [0, 33], worlds.rule, runs=500, seed=7)
        >>> bool((worlds.reach([0, 33]).sizes == same.sizes).all())
        True
        """
        town = self.community
        begun, before = np.unique(town.numbers(starters)), np.unique(town.numbers(already))
        sizes = self.counted(np.union1d(begun, before))
        known = self.counted(before) if len(before) else np.zeros(len(self), dtype=np.int64)
        return Reach(tuple(town.names(begun)), sizes - known, float(known.mean()))

    def counted(self, people: NDArray[np.int64]) -> NDArray[np.int64]:
        """Count adopters in each world, from the numbers of starters, each once."""
        if not len(people):
            return np.zeros(len(self), dtype=np.int64)
        label = self.labels[:, people]
        if len(people) > 1:
            label = np.sort(label, axis=1)
        size = self.sizes[self.offsets[:-1, None] + label].astype(np.int64)
        # Starters of one component reach it once; those whom nothing reaches are all apart.
        size[:, 1:][(label[:, 1:] == label[:, :-1]) & (label[:, 1:] > 0)] = 0
        return size.sum(axis=1)

    def chances(self, starters: Hashable | Iterable[Hashable]) -> NDArray[np.float64]:
        """Give the share of worlds in which each person adopts if these people start.

        Examples
        --------
        >>> from frontporch import community
        >>> from frontporch.community.seeding.percolation import live_edges
        >>> pair = community.from_arrays([0], [1], people=3)
        >>> live_edges(pair, community.independent_cascade(1.0), 9, seed=7).chances(0).tolist()
        [1.0, 1.0, 0.0]
        """
        begun = np.unique(self.community.numbers(starters))
        open_ = self.opened()
        for person in begun:
            open_.take(int(person))
        share = np.zeros(self.community.size)
        step = max(1, BLOCK // max(self.community.size, 1))
        for first in range(0, len(self), step):
            rows = slice(first, first + step)
            share += (open_.left[self.offsets[:-1][rows, None] + self.labels[rows]] == 0).sum(0)
        share /= len(self)
        share[begun] = 1.0
        return share

    def best_next(
        self,
        starters: Hashable | Iterable[Hashable] = (),
        among: Iterable[Hashable] | None = None,
        show: int = 5,
    ) -> pd.DataFrame:
        """Say whose joining the starters would bring most.

        Parameters
        ----------
        starters : one person or several
            Who starts already.
        among : several people, optional
            Who can be asked; everybody if not given.
        show : int
            How many to show.

        Returns
        -------
        pandas.DataFrame
            `person`, `more` (mean number of further adopters, the person included), `lower`,
            `upper` (limits of the mean over worlds, 95 %), the best first.

        Examples
        --------
        >>> from frontporch import community
        >>> from frontporch.community.seeding.percolation import live_edges
        >>> star = community.from_arrays([0, 0, 0], [1, 2, 3])
        >>> worlds = live_edges(star, community.independent_cascade(0.5), runs=200, seed=7)
        >>> worlds.best_next(show=1)["person"].tolist()
        [0]
        """
        import pandas as pd

        from ...stats.intervals import normal_quantile

        town = self.community
        open_ = self.opened()
        for person in np.unique(town.numbers(starters)):
            open_.take(int(person))
        gains = open_.gains()
        who = np.arange(town.size) if among is None else np.unique(town.numbers(among))
        who = np.setdiff1d(who, town.numbers(starters))
        best = who[np.argsort(-gains[who], kind="stable")][:show]
        more = [open_.by_world(int(person)) for person in best]
        width = normal_quantile(0.95) / np.sqrt(len(self))
        error = [width * one.std(ddof=1) if len(one) > 1 else np.nan for one in more]
        mean = np.array([one.mean() for one in more])
        return pd.DataFrame(
            {
                "person": town.names(best) if len(best) else [],
                "more": mean,
                "lower": mean - error,
                "upper": mean + error,
            }
        )

    def opened(self) -> OpenLiveEdges:
        """Give these worlds with nobody chosen, for choosing people one after the other."""
        return OpenLiveEdges(self)


class OpenLiveEdges:
    """Worlds in which people are chosen one after the other, and the reach left to gain."""

    def __init__(self, worlds: LiveEdges) -> None:
        """Begin with nobody."""
        self.worlds = worlds
        self.people = worlds.community.size
        self.left = worlds.sizes.astype(np.int64)
        self.taken = np.zeros(self.people, dtype=bool)

    def by_world(self, person: int) -> NDArray[np.int64]:
        """Give how many more adopt in each world if this person starts too."""
        if self.taken[person]:
            return np.zeros(len(self.worlds), dtype=np.int64)
        return self.left[self.worlds.offsets[:-1] + self.worlds.labels[:, person]]

    def gain(self, person: int) -> int:
        """Give how many more adopt over all worlds if this person starts too."""
        return int(self.by_world(person).sum())

    def gains(self) -> NDArray[np.int64]:
        """Give the gain of everybody."""
        total = np.zeros(self.people, dtype=np.int64)
        step = max(1, BLOCK // max(self.people, 1))
        for first in range(0, len(self.worlds), step):
            rows = slice(first, first + step)
            at = self.worlds.offsets[:-1][rows, None] + self.worlds.labels[rows]
            total += self.left[at].sum(axis=0)
        total[self.taken] = 0
        return total

    def take(self, person: int) -> None:
        """Let this person start."""
        label = self.worlds.labels[:, person]
        reached = np.flatnonzero(label)
        self.left[self.worlds.offsets[reached] + label[reached]] = 0
        self.taken[person] = True


@cited
def live_edges(
    community: Community | networkx.Graph,
    rule: Rule,
    runs: int = 1_000,
    seed: Seed | None = None,
    *,
    backend: str = "auto",
    threads: int = 1,
) -> LiveEdges:
    """Settle in each of many worlds over which ties something spreads.

    A tie carries one way if and only if it carries the other. So in each world everybody in
    one component reaches everybody else in it, and the reach of any starters is a look-up.

    Parameters
    ----------
    community : Community or networkx.Graph
        Ties without direction.
    rule : IndependentCascade
        Such as `independent_cascade(0.1)`; where its probability is a function, it must be as
        high one way as the other.
    runs : int
        How many worlds.
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where the coins come from: world k tosses the coins of run k of `simulate`.
    backend : {"auto", "numpy", "numba"}
        "numba" runs a compiled kernel, with the same bits.
    threads : int
        How many threads the kernel uses.

    Returns
    -------
    LiveEdges

    Raises
    ------
    TypeError, ValueError
        If the rule is no independent cascade, ties have a direction or carry better one way,
        or the labels would not fit into 2 GB.

    Notes
    -----
    Source: Kempe, Kleinberg & Tardos (2003), KDD, section 2 (live edges); that live ties
    without direction make components is percolation: Newman (2002), Physical Review E 66:016128.

    Examples
    --------
    >>> from frontporch import community
    >>> line = community.from_arrays([0, 1, 2, 3], [1, 2, 3, 4])
    >>> worlds = live_edges(line, community.independent_cascade(0.3), runs=4_000, seed=7)
    >>> reach = worlds.reach(0)
    >>> abs(reach.mean - 1.4251) < 4 * reach.standard_error
    True
    """
    if isinstance(runs, bool) or operator.index(runs) < 1:
        raise ValueError(f"runs is {runs!r}, but must be a whole number from 1 up.")
    if operator.index(threads) < 1:
        raise ValueError(f"threads is {threads!r}, but must be a whole number from 1 up.")
    town, root = as_community(community), root_key(seed)
    _fitting(town, runs)
    return settled(town, rule, run_keys(root, np.arange(runs)), seed, backend, threads)


def settled(
    town: Community,
    rule: Rule,
    keys: NDArray[np.uint64],
    seed: Any = None,
    backend: str = "auto",
    threads: int = 1,
) -> LiveEdges:
    """Draw the worlds of these runs."""
    _fitting(town, len(keys))
    limits = both_ways(town, chances_of(town, rule))
    labels = np.empty((len(keys), town.size), dtype=np.int32)
    if compiled_wanted(backend, town.arcs * len(keys)):
        used, sizes = "numba", _compiled(town, limits, keys, labels, threads)
    else:
        used, sizes = "numpy", _numpy(town, limits, keys, labels)
    offsets = np.concatenate([[0], np.cumsum([len(one) for one in sizes])])
    return LiveEdges(town, rule, seed, labels, np.concatenate(sizes), offsets, used)


def _fitting(town: Community, runs: int) -> None:
    if town.size * runs > MOST:
        raise ValueError(
            f"{runs:,} worlds of {town.size:,} people do not fit into memory: take at most "
            f"runs={max(MOST // town.size, 1):,}."
        )


def _compiled(town, limits, keys, labels, threads) -> list[NDArray[np.int32]]:
    from .kernels import labelled

    def some(rows: NDArray[np.int64]) -> list[NDArray[np.int32]]:
        parent, size = (np.empty(town.size, dtype=np.int32) for _ in range(2))
        found = np.empty(town.size // 2 + 1, dtype=np.int32)
        kept = []
        for k in rows:
            count = labelled(
                town.starts, town.targets, keys[k], limits, parent, size, labels[k], found
            )
            kept.append(found[: count + 1].copy())
        return kept

    rows = np.arange(len(keys))
    if threads == 1:
        return some(rows)
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(threads) as pool:
        parts = pool.map(some, np.array_split(rows, min(4 * threads, len(rows))))
        return [one for part in parts for one in part]


def _numpy(town, limits, keys, labels) -> list[NDArray[np.int32]]:
    from scipy import sparse
    from scipy.sparse import csgraph

    source, target = town.sources, town.targets
    once = np.flatnonzero(source < target)
    source, target = source[once], target[once]
    ties = tie_numbers(source, target)
    # The comparison of whole numbers with a coin's 53 bits, carried out in floats without loss.
    chance = (limits if len(limits) == 1 else limits[once]) / BITS
    shape = (town.size, town.size)
    kept = []
    for k, key in enumerate(keys):
        live = np.flatnonzero(coins(key, ties) < chance)
        matrix = sparse.coo_array(
            (np.ones(len(live), dtype=np.int8), (source[live], target[live])), shape=shape
        )
        _, part = csgraph.connected_components(matrix.tocsr(), directed=False)
        labels[k], sizes = _in_order(part)
        kept.append(sizes)
    return kept


def _in_order(part: NDArray[np.integer]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Number components of two or more by their first members; 0 stands for being alone."""
    size = bincount(part)
    first = np.empty(len(size), dtype=np.int64)
    # Of several values for one entry the last one stays: the first member.
    first[part[::-1]] = np.arange(len(part))[::-1]
    several = np.flatnonzero(size > 1)
    several = several[np.argsort(first[several], kind="stable")]
    number = np.zeros(len(size), dtype=np.int32)
    number[several] = np.arange(1, len(several) + 1)
    return number[part], np.concatenate([[1], size[several]]).astype(np.int32)
