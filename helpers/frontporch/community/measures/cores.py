"""Cores: people with at least so many ties among each other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..graph.arcs import arcs_from
from ..graph.ties import Community


def core_numbers(community: Community) -> NDArray[np.int64]:
    """Give the largest k for which each person is among people with k ties among each other.

    Parameters
    ----------
    community : Community
        Ties without direction.

    Notes
    -----
    Source: Seidman (1983), Social Networks 5.

    Examples
    --------
    >>> from frontporch import community
    >>> core_numbers(community.from_arrays([0, 1, 2, 2], [1, 2, 0, 3])).tolist()
    [2, 2, 2, 1]
    """
    left = community.degree.copy()
    core = np.zeros(community.size, dtype=np.int64)
    inside = np.ones(community.size, dtype=bool)
    there = np.arange(community.size)
    while len(there):
        k = int(left[there].min())
        gone = there[left[there] <= k]
        while len(gone):
            core[gone] = k
            inside[gone] = False
            arc, _ = arcs_from(community, gone)
            lost = community.targets[arc]
            lost = lost[inside[lost]]
            np.subtract.at(left, lost, 1)
            near = np.unique(lost)
            gone = near[left[near] <= k]
        there = there[inside[there]]
    return core
