"""Weak ties by strength and by overlap, and local bridges: two definitions that act differently."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...names import pick
from ..graph.shares import share as checked_share
from ..graph.ties import WEAK_SHARE, Community
from .triangles import closed_ties

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
    closed = closed_ties(community)
    # One more than there are, so that a tie without a common contact stays an entry.
    once = sparse.coo_array(
        (closed.common + 1, (closed.source, closed.target)),
        shape=(community.size, community.size),
    )
    both = (once + once.T).tocsr()
    both.sort_indices()
    return both.data - 1


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
        Quantile below which a tie is weak, from 0 to 1. By overlap a tie whose ends have nobody
        in common is weak in any case, however many of these there are.

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
        return (values < np.quantile(values, quantile)) | (values == 0)
    if community.strength is None:
        raise ValueError('ties of this community have no strength: say by="overlap".')
    return community.strength < np.quantile(community.strength, quantile)


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
