"""Weak ties by strength and by overlap, and local bridges: two definitions that act differently."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..names import pick
from .rules import share as checked_share
from .ties import WEAK_SHARE, Community

DEFINITIONS = ("strength", "overlap")


def overlap(community: Community) -> NDArray[np.float64]:
    """Give for each tie which share of both ends' other contacts they have in common.

    Parameters
    ----------
    community : Community
        Ties without direction.

    Returns
    -------
    numpy.ndarray of float, shape (arcs,)
        O from 0 (no common contact) to 1 (all are); 0 where neither has another contact.

    Notes
    -----
    O = n / ((k_i − 1) + (k_j − 1) − n), with n common contacts of people with k_i and k_j ties.

    Examples
    --------
    >>> from frontporch import community
    >>> triangle_and_tail = community.from_arrays([0, 0, 1, 2], [1, 2, 2, 3])
    >>> overlap(triangle_and_tail).round(2).tolist()  # 0-1, 0-2, 1-0, 1-2, 2-0, 2-1, 2-3, 3-2
    [1.0, 0.5, 1.0, 0.5, 0.5, 0.5, 0.0, 0.0]
    """
    common = common_contacts(community)
    degree = community.degree
    union = degree[community.sources] + degree[community.targets] - 2 - common
    return np.divide(common, union, out=np.zeros(community.arcs), where=union > 0)


def common_contacts(community: Community) -> NDArray[np.int64]:
    """Give for each tie how many contacts both ends have in common, shape (arcs,)."""
    from scipy import sparse

    if community.directed:
        raise ValueError("overlap is known for ties without direction.")
    matrix = sparse.csr_array(
        (np.ones(community.arcs, dtype=np.int64), community.targets, community.starts),
        shape=(community.size, community.size),
    )
    shared = (matrix @ matrix).multiply(matrix).tocsr()
    # Ties without a common contact are missing in the product: look each arc up.
    found = np.zeros(community.arcs, dtype=np.int64)
    rows = np.repeat(np.arange(community.size), np.diff(shared.indptr))
    mine = community.sources.astype(np.int64) * community.size + community.targets
    theirs = rows.astype(np.int64) * community.size + shared.indices
    found[np.searchsorted(mine, np.sort(theirs))] = shared.data[np.argsort(theirs)]
    return found


def weak_ties(
    community: Community, by: str = "strength", share: float = WEAK_SHARE
) -> NDArray[np.bool_]:
    """Say which ties are weak.

    Parameters
    ----------
    community : Community
        With strength, if `by` is "strength".
    by : {"strength", "overlap"}
        Weak is what is rarely used, or what leads out of one's circle. The two need not be
        the same ties.
    share : float
        Quantile below which a tie is weak, from 0 to 1.

    Returns
    -------
    numpy.ndarray of bool, shape (arcs,)

    Notes
    -----
    That the definitions act differently: Rajkumar, Saint-Jacques, Bojinov, Brynjolfsson & Aral
    (2022), Science 377:1304-1310.

    Examples
    --------
    >>> from frontporch import community, data
    >>> club = community.from_table(data.load("karate_club"))
    >>> by_strength, by_overlap = weak_ties(club), weak_ties(club, "overlap")
    >>> bool((by_strength & by_overlap).sum() < by_strength.sum())
    True
    """
    quantile = checked_share(share, "share")
    if pick(by, DEFINITIONS, "definition of a weak tie") == "overlap":
        values = overlap(community)
    else:
        if community.strength is None:
            raise ValueError('ties of this community have no strength: say by="overlap".')
        values = community.strength
    return values < np.quantile(values, quantile)


def local_bridges(community: Community) -> NDArray[np.bool_]:
    """Say which ties are local bridges: their ends have no contact in common.

    Returns
    -------
    numpy.ndarray of bool, shape (arcs,)

    Notes
    -----
    Source: Granovetter (1973), American Journal of Sociology 78:1360-1380.

    Examples
    --------
    >>> from frontporch import community, data
    >>> int(local_bridges(community.from_table(data.load("karate_club"))).sum()) // 2
    11
    """
    return common_contacts(community) == 0
