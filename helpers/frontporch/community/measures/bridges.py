"""Bridges: ties without which a community would fall into more parts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..graph.ties import Community


def bridges(community: Community) -> NDArray[np.bool_]:
    """Say which ties are bridges: no other way leads from one end to the other.

    Parameters
    ----------
    community : Community
        Ties without direction.

    Returns
    -------
    numpy.ndarray of bool, shape (arcs,)

    Notes
    -----
    People are numbered along a spanning tree, each before those below; a tie of the tree is a
    bridge where all other ties of the people below it stay below it. Source: Tarjan (1974),
    Information Processing Letters 2:160-161.

    Examples
    --------
    >>> from frontporch import community
    >>> triangle_and_tail = community.from_arrays([0, 0, 1, 2], [1, 2, 2, 3])
    >>> bridges(triangle_and_tail).tolist()  # 0-1, 0-2, 1-0, 1-2, 2-0, 2-1, 2-3, 3-2
    [False, False, False, False, False, False, True, True]
    """
    people, source, target = community.size, community.sources, community.targets
    order, parent = _spanning_tree(community)
    number, below = _numbered(order, parent, people)
    in_tree = (parent[target] == source) | (parent[source] == target)
    # How low and how high other ties lead from each person, then from all below.
    lowest, highest = number[:people].copy(), number[:people].copy()
    np.minimum.at(lowest, source[~in_tree], number[target[~in_tree]])
    np.maximum.at(highest, source[~in_tree], number[target[~in_tree]])
    low, high, above = lowest.tolist(), highest.tolist(), parent.tolist()
    for k in reversed(order.tolist()):
        up = above[k]
        if up < people:
            low[up], high[up] = min(low[up], low[k]), max(high[up], high[k])
    stays = (np.array(low) >= number) & (np.array(high) < number + below)
    return in_tree & np.where(parent[target] == source, stays[target], stays[source])


def _spanning_tree(community: Community) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give people in an order in which parents come first, and each one's parent.

    All parts hang on one more person, whose number is the number of people.
    """
    from scipy import sparse
    from scipy.sparse import csgraph

    people, arcs = community.size, community.arcs
    matrix = sparse.csr_array(
        (np.ones(arcs, dtype=np.int8), community.targets, community.starts),
        shape=(people, people),
    )
    _, part = csgraph.connected_components(matrix, directed=False)
    heads = np.unique(part, return_index=True)[1]
    # Older scipy walks along 32-bit indices alone.
    index = np.int32 if arcs + people < 2**31 else np.int64
    hung = sparse.csr_array(
        (
            np.ones(arcs + len(heads)),
            np.concatenate([community.targets, heads]).astype(index),
            np.append(community.starts, arcs + len(heads)).astype(index),
        ),
        shape=(people + 1, people + 1),
    )
    order, parent = csgraph.breadth_first_order(hung, people, directed=True)
    return order[1:].astype(np.int64), parent[:people].astype(np.int64)


def _numbered(
    order: NDArray[np.int64], parent: NDArray[np.int64], people: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Number people along the tree, and count those below each, themselves included."""
    walk, above = order.tolist(), parent.tolist()
    below, number, free = [1] * (people + 1), [0] * people, [0] * (people + 1)
    for k in reversed(walk):
        below[above[k]] += below[k]
    for k in walk:
        number[k] = free[above[k]]
        free[above[k]] += below[k]
        free[k] = number[k] + 1
    return np.array(number), np.array(below[:people])
