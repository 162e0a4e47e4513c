"""The structure of a community that a person can see: cores, gaps, circles, who sits between."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...counting import bincount
from ..graph.ties import Community
from .bridges import bridges
from .cores import core_numbers
from .partition import without_names
from .triangles import closed_ties

if TYPE_CHECKING:
    import pandas as pd

DESCRIBED = [
    "people",
    "ties",
    "mean_ties",
    "triangles",
    "transitivity",
    "clustering",
    "largest_part",
    "mean_path",
    "diameter",
    "core",
    "core_people",
    "bridges",
    "local_bridges",
    "degree_assortativity",
]

COMFORTABLE = 2_000
"""People up to which paths between all pairs are followed."""

COMFORTABLE_TIES = 10_000
"""Ties up to which paths through each person are counted."""


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
    import pandas as pd

    if community.directed:
        raise ValueError("structure is described for ties without direction.")
    counts = _counts(community)
    share, mean_path, diameter = _paths(community)
    whole = {
        "people": community.size,
        "ties": community.ties,
        "mean_ties": community.degree.mean(),
        "largest_part": share,
        "mean_path": mean_path,
        "diameter": diameter,
        "degree_assortativity": assortativity(community),
    }
    return pd.DataFrame([whole | counts], columns=DESCRIBED)


def _counts(community: Community) -> dict[str, float]:
    """Count from the sparse rows, as networkx does some twenty times slower."""
    closed, core = closed_ties(community), core_numbers(community)
    return {
        "triangles": closed.triangles,
        "transitivity": closed.transitivity,
        "clustering": float(closed.clustering.mean()),
        "core": int(core.max()),
        "core_people": int((core == core.max()).sum()),
        "bridges": int(bridges(community).sum()) // 2,
        "local_bridges": closed.local_bridges,
    }


def _paths(community: Community) -> tuple[float, float, float]:
    """Give the share of people in the largest part, and its mean and largest number of steps."""
    from scipy import sparse
    from scipy.sparse import csgraph

    # Older scipy walks along 32-bit indices alone.
    index = np.int32 if community.arcs < 2**31 else np.int64
    ties = sparse.csr_array(
        (np.ones(community.arcs), community.targets, community.starts.astype(index)),
        shape=(community.size, community.size),
    )
    _, part = csgraph.connected_components(ties, directed=False)
    largest = np.flatnonzero(part == bincount(part).argmax())
    share = len(largest) / community.size
    if len(largest) > COMFORTABLE:
        return share, np.nan, np.nan
    if len(largest) < 2:
        return share, np.nan, 0.0
    ties = ties[largest][:, largest]
    ties.indices, ties.indptr = ties.indices.astype(np.int32), ties.indptr.astype(np.int32)
    steps = csgraph.shortest_path(ties, unweighted=True)
    pairs = len(largest) * (len(largest) - 1)
    return share, float(steps.sum() / pairs), float(steps.max())


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
        through the person; missing above 2,000 people or 10,000 ties).

    Examples
    --------
    >>> from frontporch import community, data
    >>> table = people(community.from_table(data.load("florentine_families")))
    >>> table["betweenness"].idxmax(), float(round(table["constraint"]["Medici"], 7))
    ('Medici', 0.2098765)
    """
    import pandas as pd

    if community.directed:
        raise ValueError("structure is described for ties without direction.")
    closed = closed_ties(community)
    return pd.DataFrame(
        {
            "ties": community.degree,
            "core": core_numbers(community),
            "clustering": closed.clustering,
            "constraint": closed.constraint,
            "betweenness": _betweenness(community),
        },
        index=pd.Index(community.names(np.arange(community.size)), name="person"),
    )


def _betweenness(community: Community) -> NDArray[np.float64]:
    """Give the share of shortest paths through each person; missing where that takes too long."""
    if community.size > COMFORTABLE or community.ties > COMFORTABLE_TIES:
        return np.full(community.size, np.nan)
    import networkx as nx

    between = nx.betweenness_centrality(without_names(community))
    return np.array([between[k] for k in range(community.size)], dtype=float)


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
    share = bincount(group, community.degree) / max(community.arcs, 1)
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
        share = bincount(group, community.degree) / max(community.arcs, 1)
        chance = float((share**2).sum())
        return modularity(community, groups) / (1 - chance) if chance < 1 else np.nan
    first, second = community.degree[community.sources], community.degree[community.targets]
    if not len(first) or first.std() == 0:
        return np.nan
    # By sums rather than a matrix product: the same bits on every processor.
    first, second = first - first.mean(), second - second.mean()
    return float((first * second).sum() / np.sqrt((first**2).sum() * (second**2).sum()))


def _groups(community: Community, groups: ArrayLike | None) -> NDArray[np.int64]:
    given = community.group if groups is None else np.asarray(groups)
    if given is None:
        raise ValueError("people of this community have no neighbourhood: give `groups`.")
    if len(given) != community.size:
        raise ValueError(f"groups has {len(given)} entries for {community.size} people.")
    return np.unique(given, return_inverse=True)[1]
