"""Draw worlds: toss every tie once per run, and label who hangs together."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ...counting import bincount
from ...streams import Seed, coins, root_key, run_keys, tie_numbers
from ..graph.reading import as_community
from ..graph.ties import Community
from ..spread.engine.backends import compiled_wanted
from ..spread.exposure import Rule
from .chances import BITS, both_ways, chances_of
from .live_edges import Worlds

if TYPE_CHECKING:
    import networkx

MOST = 1 << 29
"""People times worlds that are held: 2 GB of labels."""


def draw_worlds(
    community: Community | networkx.Graph,
    rule: Rule,
    runs: int = 1_000,
    seed: Seed | None = None,
    *,
    backend: str = "auto",
    threads: int = 1,
) -> Worlds:
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
    Worlds

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
    >>> worlds = draw_worlds(line, community.independent_cascade(0.3), runs=4_000, seed=7)
    >>> reach = worlds.reach(0)
    >>> abs(reach.mean - 1.4251) < 4 * reach.standard_error
    True
    """
    if isinstance(runs, bool) or operator.index(runs) < 1:
        raise ValueError(f"runs is {runs!r}, but is a whole number from 1 up.")
    if operator.index(threads) < 1:
        raise ValueError(f"threads is {threads!r}, but is a whole number from 1 up.")
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
) -> Worlds:
    """Draw the worlds of these runs."""
    _fitting(town, len(keys))
    limits = both_ways(town, chances_of(town, rule))
    labels = np.empty((len(keys), town.size), dtype=np.int32)
    if compiled_wanted(backend, town.arcs * len(keys)):
        used, sizes = "numba", _compiled(town, limits, keys, labels, threads)
    else:
        used, sizes = "numpy", _numpy(town, limits, keys, labels)
    offsets = np.concatenate([[0], np.cumsum([len(one) for one in sizes])])
    return Worlds(town, rule, seed, labels, np.concatenate(sizes), offsets, used)


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
