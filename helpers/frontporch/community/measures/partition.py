"""Circles: people divided so that ties lie within more than between."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ...citing import cited
from ...counting import bincount
from ...groups import is_there, line_for, missing, needs
from ...result import Result
from ...streams import Seed, generator
from ..graph.ties import Community

if TYPE_CHECKING:
    import networkx
    import pandas as pd

TRIES = 20
AFFORDED = {"leiden": 1_000_000, "louvain": 400_000}
"""People or ties of a large community, times tries: seconds natively, some ten in networkx."""

NATIVE = "graspologic_native"

ROUNDS = 5
"""How often a native try begins again from the division that it has found."""

ROUNDING = 1e-12
"""Divisions are as good as each other where their modularity differs by less."""

MOST = 2_000_000
"""People or ties up to which networkx divides a community within some two minutes."""


@dataclass(frozen=True, eq=False)
class Partition(Result):
    """A division of people into circles.

    Parameters
    ----------
    circle : numpy.ndarray of int, shape (people,)
        Number of each person's circle, the largest first.
    modularity : float
        Of the division.
    method : str
        "leiden" or "louvain".
    seed : object
        The seed.
    notes : tuple of str
        What else was done than usual.
    """

    circle: NDArray[np.int64]
    modularity: float
    method: str
    seed: object
    notes: tuple[str, ...] = ()

    def summary(self) -> pd.DataFrame:
        """Show how many people are in each circle."""
        import pandas as pd

        size = bincount(self.circle)
        return pd.DataFrame({"circle": np.arange(len(size)), "people": size})

    def __len__(self) -> int:
        """Count the circles."""
        return int(self.circle.max()) + 1


@cited
def detect_communities(community: Community, seed: Seed, *, by_strength: bool = False) -> Partition:
    """Divide people into circles that are tied within more than between.

    The best of twenty tries is kept: each try alone may end in a lesser division. Leiden from
    graspologic-native divides them, with fewer tries above 50,000 people or ties and one above
    500,000. Where that is not installed, networkx divides up to two million by Louvain, and
    `notes` say so: it finds lesser divisions, and other ones from release to release.

    Parameters
    ----------
    community : Community
        Ties without direction.
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where the draws come from.
    by_strength : bool
        Whether ties count by their strength.

    Raises
    ------
    ValueError
        If there are no ties, or none has strength.
    MissingPackage
        If there are more than two million people or ties and graspologic-native is not installed.

    Notes
    -----
    Source: Blondel et al. (2008), Journal of Statistical Mechanics P10008; Traag, Waltman & van
    Eck (2019), Scientific Reports 9:5233.

    Examples
    --------
    >>> from frontporch import community, data
    >>> found = detect_communities(community.from_table(data.load("karate_club")), seed=7)
    >>> len(found), round(found.modularity, 7)
    (4, 0.4197896)
    """
    if community.directed:
        raise ValueError("structure is described for ties without direction.")
    weighted = by_strength and community.strength is not None
    if not (community.strength > 0).any() if weighted else not community.arcs:
        raise ValueError("nobody is tied to anybody, so there are no circles to find.")
    seeds = generator(seed).integers(2**31, size=TRIES).tolist()
    if is_there(NATIVE):
        return _natively(community, seeds[: _tries(community, "leiden")], seed, weighted)
    if _work(community) > MOST:
        what = f"The search for circles among {community.size:,} people and {community.ties:,} ties"
        raise missing(what, NATIVE)
    tries = _tries(community, "louvain")
    note = (
        f"graspologic-native, which divides people best, is not installed ({line_for(NATIVE)}"
        f"): networkx divided them by Louvain, best of {tries} "
        f"{'try' if tries == 1 else 'tries'}."
    )
    return replace(_with_networkx(community, seeds[:tries], seed, weighted), notes=(note,))


def without_names(community: Community, by_strength: bool = False) -> networkx.Graph:
    """Give people as numbers and their ties, for networkx."""
    if community.directed:
        raise ValueError("structure is described for ties without direction.")
    plain = replace(community, people=None, age=None, layer=None, layers=(), group=None)
    return (plain if by_strength else replace(plain, strength=None)).to_networkx()


def _tries(community: Community, method: str) -> int:
    return min(TRIES, max(1, AFFORDED[method] // _work(community)))


def _work(community: Community) -> int:
    return max(community.size, community.ties)


def _with_networkx(community: Community, seeds: list[int], seed: Seed, weighted: bool) -> Partition:
    from networkx.algorithms.community import louvain_communities, modularity

    graph = without_names(community, weighted)
    weight = "weight" if weighted else None
    best, best_quality = [], -np.inf
    for one in seeds:
        found = louvain_communities(graph, weight=weight, seed=one)
        quality = modularity(graph, found, weight=weight)
        if quality > best_quality + ROUNDING:
            best, best_quality = found, quality
    circle = np.empty(community.size, dtype=np.int64)
    for number, members in enumerate(best):
        circle[list(members)] = number
    return Partition(_largest_first(circle), float(best_quality), "louvain", seed)


def _natively(community: Community, seeds: list[int], seed: Seed, weighted: bool) -> Partition:
    with needs("The search for circles"):
        from graspologic_native import leiden_csr

    strength = community.strength if weighted else np.ones(community.arcs)
    strength = np.asarray(strength, dtype=np.float64)
    # Of these widths wherever it runs: it takes no other.
    starts = np.asarray(community.starts, dtype=np.int64)
    targets = np.asarray(community.targets, dtype=np.int32)
    best, best_quality = np.zeros(community.size, dtype=np.int64), -np.inf
    for one in seeds:
        _, found = leiden_csr(
            starts, targets, strength, community.size, iterations=ROUNDS, seed=one
        )
        circle = np.empty(community.size, dtype=np.int64)
        circle[np.fromiter(found.keys(), np.int64)] = np.fromiter(found.values(), np.int64)
        quality = _quality(community, circle, strength)
        if quality > best_quality + ROUNDING:
            best, best_quality = circle, quality
    return Partition(_largest_first(best), best_quality, "leiden", seed)


def _quality(
    community: Community, circle: NDArray[np.int64], strength: NDArray[np.float64]
) -> float:
    """Give the modularity of a division, ties counted by their strength."""
    ends = circle[community.sources]
    total = strength.sum()
    within = strength[ends == circle[community.targets]].sum() / total
    return float(within - ((bincount(ends, strength) / total) ** 2).sum())


def _largest_first(circle: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number circles anew: by size, and by their first person where they are as large."""
    _, first, circle, size = np.unique(
        circle, return_index=True, return_inverse=True, return_counts=True
    )
    number = np.empty(len(size), dtype=np.int64)
    number[np.lexsort((first, -size))] = np.arange(len(size))
    return number[circle]
