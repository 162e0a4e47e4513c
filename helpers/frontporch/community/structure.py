"""The structure of a community that a person can see: cores, gaps, circles, who sits between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..streams import Seed, generator
from .reading import to_networkx
from .ties import Community
from .weak_ties import local_bridges

if TYPE_CHECKING:
    import networkx
    import pandas as pd

COMFORTABLE = 2_000
"""People up to which paths between all pairs are followed."""

TRIES = 20


def describe(community: Community) -> pd.DataFrame:
    """Describe a community in one row.

    Parameters
    ----------
    community : Community
        Ties without direction; strength is not looked at.

    Returns
    -------
    pandas.DataFrame
        `people`, `ties`, `mean_ties`, `triangles`, `transitivity` (share of paths of two ties
        that are closed), `clustering` (mean over people), `largest_part` (share of people in
        it), `mean_path` and `diameter` (steps, within the largest part; missing above 2,000
        people), `core` (largest k for which some have k ties among each other), `core_people`,
        `bridges`, `local_bridges`, `degree_assortativity` (missing where all have as many
        ties).

    Examples
    --------
    >>> from frontporch import community, data
    >>> row = describe(community.from_table(data.load("karate_club"))).iloc[0]
    >>> int(row["triangles"]), float(round(row["transitivity"], 7))
    (45, 0.2556818)
    """
    import networkx as nx
    import pandas as pd

    graph = _graph(community)
    core = nx.core_number(graph)
    parts = sorted(nx.connected_components(graph), key=len)
    largest = graph.subgraph(parts[-1])
    mean_path, diameter = _paths(largest) if len(largest) <= COMFORTABLE else (np.nan, np.nan)
    row = {
        "people": community.size,
        "ties": community.ties,
        "mean_ties": community.degree.mean(),
        "triangles": sum(nx.triangles(graph).values()) // 3,
        "transitivity": nx.transitivity(graph),
        "clustering": nx.average_clustering(graph),
        "largest_part": len(largest) / community.size,
        "mean_path": mean_path,
        "diameter": diameter,
        "core": max(core.values()),
        "core_people": sum(k == max(core.values()) for k in core.values()),
        "bridges": sum(1 for _ in nx.bridges(graph)),
        "local_bridges": int(local_bridges(community).sum()) // 2,
        "degree_assortativity": assortativity(community),
    }
    return pd.DataFrame([row])


def _paths(graph: networkx.Graph) -> tuple[float, float]:
    """Give the mean and the largest number of steps between two people."""
    import networkx as nx
    from scipy.sparse import csgraph

    if len(graph) < 2:
        return np.nan, 0.0
    ties = nx.to_scipy_sparse_array(graph)
    # Older scipy walks along 32-bit indices alone.
    ties.indices, ties.indptr = ties.indices.astype(np.int32), ties.indptr.astype(np.int32)
    steps = csgraph.shortest_path(ties, unweighted=True)
    return float(steps.sum() / (len(graph) * (len(graph) - 1))), float(steps.max())


def people(community: Community) -> pd.DataFrame:
    """Describe each person.

    Parameters
    ----------
    community : Community
        Ties without direction; strength is not looked at.

    Returns
    -------
    pandas.DataFrame
        Indexed by person: `ties`, `core` (largest k for which the person is among people with
        k ties among each other), `clustering`, `constraint` (Burt 1992: how far contacts are
        tied to each other; missing without ties), `betweenness` (share of shortest paths
        through the person; missing above 2,000 people).

    Examples
    --------
    >>> from frontporch import community, data
    >>> table = people(community.from_table(data.load("florentine_families")))
    >>> table["betweenness"].idxmax(), float(round(table["constraint"]["Medici"], 7))
    ('Medici', 0.2098765)
    """
    import networkx as nx
    import pandas as pd

    graph = _graph(community)
    between = nx.betweenness_centrality(graph) if community.size <= COMFORTABLE else {}
    core, closed, gaps = nx.core_number(graph), nx.clustering(graph), nx.constraint(graph)
    numbers = range(community.size)
    return pd.DataFrame(
        {
            "ties": community.degree,
            "core": [core[k] for k in numbers],
            "clustering": [closed[k] for k in numbers],
            "constraint": [gaps[k] for k in numbers],
            "betweenness": [between.get(k, np.nan) for k in numbers],
        },
        index=pd.Index(community.names(np.arange(community.size)), name="person"),
    )


@dataclass(frozen=True, eq=False)
class Circles:
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
    """

    circle: NDArray[np.int64]
    modularity: float
    method: str
    seed: object

    def __len__(self) -> int:
        """Count the circles."""
        return int(self.circle.max()) + 1


def circles(community: Community, seed: Seed, *, by_strength: bool = False) -> Circles:
    """Divide people into circles that are tied within more than between.

    The best of twenty tries is kept: each try alone may end in a lesser division. Leiden is
    used where the installed networkx has it, Louvain otherwise.

    Parameters
    ----------
    community : Community
        Ties without direction.
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where the draws come from.
    by_strength : bool
        Whether ties count by their strength.

    Notes
    -----
    Source: Blondel et al. (2008), Journal of Statistical Mechanics P10008; Traag, Waltman & van
    Eck (2019), Scientific Reports 9:5233.

    Examples
    --------
    >>> from frontporch import community, data
    >>> found = circles(community.from_table(data.load("karate_club")), seed=7)
    >>> len(found), round(found.modularity, 7)
    (4, 0.4197896)
    """
    from networkx.algorithms import community as methods

    graph = _graph(community, by_strength)
    weight = "weight" if by_strength else None
    method, divide = "louvain", methods.louvain_communities
    leiden = getattr(methods, "leiden_communities", None)
    if leiden is not None:
        try:
            # Its default optimises another quality than modularity.
            leiden(graph, weight=weight, metric="modularity", seed=1)
            method, divide = "leiden", leiden
        except (TypeError, NotImplementedError):
            pass
    extra = {"metric": "modularity"} if method == "leiden" else {}
    best, best_quality = None, -np.inf
    for one in generator(seed).integers(2**31, size=TRIES).tolist():
        found = divide(graph, weight=weight, seed=one, **extra)
        quality = methods.modularity(graph, found, weight=weight)
        if quality > best_quality:
            best, best_quality = found, quality
    circle = np.empty(community.size, dtype=np.int64)
    for number, members in enumerate(sorted(best, key=lambda one: (-len(one), min(one)))):
        circle[list(members)] = number
    return Circles(circle, float(best_quality), method, seed)


def modularity(community: Community, groups: Sequence | None = None) -> float:
    """Say how much more ties stay within groups than they would by chance.

    Parameters
    ----------
    community : Community
        Ties without direction; strength is not looked at.
    groups : sequence, shape (people,), optional
        Group of each person; the community's own neighbourhoods if not given.

    Notes
    -----
    Q = Σ (L_c/L − (k_c/2L)²). Source: Newman & Girvan (2004), Physical Review E 69:026113.

    Examples
    --------
    >>> from frontporch import community
    >>> modularity(community.from_arrays([0, 2], [1, 3]), [0, 0, 1, 1])
    0.5
    """
    group = _groups(community, groups)
    same = group[community.sources] == group[community.targets]
    share = np.bincount(group, community.degree) / max(community.arcs, 1)
    return float(same.mean() - (share**2).sum())


def assortativity(community: Community, groups: Sequence | None = None) -> float:
    """Say whether like is tied to like.

    Parameters
    ----------
    community : Community
        Ties without direction.
    groups : sequence, shape (people,), optional
        A group of each person: then of groups. If not given, of the number of ties: whether
        the well connected are tied to the well connected.

    Returns
    -------
    float
        From −1 to 1; missing where there is nothing to compare.

    Notes
    -----
    Source: Newman (2003), Physical Review E 67:026126.

    Examples
    --------
    >>> from frontporch import community
    >>> assortativity(community.from_arrays([0, 2], [1, 3]), [0, 0, 1, 1])
    1.0
    """
    if groups is not None:
        group = _groups(community, groups)
        share = np.bincount(group, community.degree) / max(community.arcs, 1)
        chance = float((share**2).sum())
        return modularity(community, groups) / (1 - chance) if chance < 1 else np.nan
    first, second = community.degree[community.sources], community.degree[community.targets]
    if not len(first) or first.std() == 0:
        return np.nan
    return float(np.corrcoef(first, second)[0, 1])


def _groups(community: Community, groups: ArrayLike | None) -> NDArray[np.int64]:
    given = community.group if groups is None else np.asarray(groups)
    if given is None:
        raise ValueError("people of this community have no neighbourhood: give `groups`.")
    if len(given) != community.size:
        raise ValueError(f"groups has {len(given)} entries for {community.size} people.")
    return np.unique(given, return_inverse=True)[1]


def _graph(community: Community, by_strength: bool = False):
    from dataclasses import replace

    if community.directed:
        raise ValueError("structure is described for ties without direction.")
    plain = replace(community, people=None, age=None, layer=None, layers=(), group=None)
    return to_networkx(plain if by_strength else replace(plain, strength=None))
