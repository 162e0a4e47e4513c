"""Every triangle once: common contacts, clustering and constraint from sparse rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...counting import bincount, repeat
from ..graph.ties import Community

PATHS = 1 << 20
"""Paths of two ties that are looked at together: some tens of megabytes."""


@dataclass(frozen=True, eq=False)
class ClosedTies:
    """How far the ends of each tie are tied to each other through others.

    Parameters
    ----------
    degree : numpy.ndarray of int64, shape (people,)
        Ties of each person.
    source, target : numpy.ndarray of int32, shape (ties,)
        Ends of each tie, each tie once.
    common : numpy.ndarray of int64, shape (ties,)
        Contacts that both ends have in common.
    indirect : numpy.ndarray of float, shape (ties,)
        Sum of 1/k over these contacts, with k ties each.
    """

    degree: NDArray[np.int64]
    source: NDArray[np.int32]
    target: NDArray[np.int32]
    common: NDArray[np.int64]
    indirect: NDArray[np.float64]

    @property
    def triangles(self) -> int:
        """Count the triangles."""
        return int(self.common.sum()) // 3

    @property
    def local_bridges(self) -> int:
        """Count the ties whose ends have no contact in common (Granovetter 1973)."""
        return int((self.common == 0).sum())

    @property
    def transitivity(self) -> float:
        """Give the share of paths of two ties that are closed; 0 where there is none."""
        paths = int((self.degree * (self.degree - 1) // 2).sum())
        return 3 * self.triangles / paths if paths else 0.0

    @property
    def clustering(self) -> NDArray[np.float64]:
        """Give the share of each person's pairs of contacts that are tied, shape (people,)."""
        closed = self._by_person(self.common.astype(float)) / 2
        pairs = self.degree * (self.degree - 1) / 2
        return np.divide(closed, pairs, out=np.zeros(len(pairs)), where=pairs > 0)

    @property
    def constraint(self) -> NDArray[np.float64]:
        """Give Burt's constraint of each person, shape (people,); missing without ties.

        Notes
        -----
        Σ_j (p_ij + Σ_q p_iq p_qj)² over i's contacts j, with p = 1/k. Source: Burt (1992),
        Structural Holes.
        """
        invested = self._by_person((1 + self.indirect) ** 2)
        none = np.full(len(self.degree), np.nan)
        return np.divide(invested, self.degree.astype(float) ** 2, out=none, where=self.degree > 0)

    def _by_person(self, value: NDArray[np.float64]) -> NDArray[np.float64]:
        people = len(self.degree)
        return bincount(self.source, value, people) + bincount(self.target, value, people)


def closed_ties(community: Community) -> ClosedTies:
    """Find each triangle once, and count for each tie what closes it.

    Parameters
    ----------
    community : Community
        Ties without direction.

    Returns
    -------
    ClosedTies

    Notes
    -----
    Each tie is turned from the end with fewer ties to the end with more, so that nobody leads
    to more than √(2 ties) others and well-connected people cost no more than others; a
    triangle is then a path of two ties that a third one closes. Source: Schank & Wagner (2005),
    Finding, counting and listing all triangles in large graphs.

    Examples
    --------
    >>> from frontporch import community
    >>> found = closed_ties(community.from_arrays([0, 0, 1, 2], [1, 2, 2, 3]))
    >>> found.triangles, found.local_bridges, found.clustering.round(2).tolist()
    (1, 1, [1.0, 1.0, 0.33, 0.0])
    """
    people, degree = community.size, community.degree
    rank = np.empty(people, dtype=np.int32)
    rank[np.argsort(degree, kind="stable")] = np.arange(people, dtype=np.int32)
    source, target = community.sources, community.targets
    up = rank[source] < rank[target]
    source, target = source[up], np.asarray(target[up])
    starts = np.searchsorted(source, np.arange(people + 1))
    out = np.diff(starts)
    keys = source.astype(np.int64) * people + target
    common, indirect = np.zeros(len(keys), dtype=np.int64), np.zeros(len(keys))
    # Of u's ties none can close a path of two that begins with it unless u has a second one.
    paths = np.where(out[source] > 1, out[target], 0)
    upto = np.concatenate([[0], np.cumsum(paths)])
    first = 0
    while first < len(keys):
        last = max(int(np.searchsorted(upto, upto[first] + PATHS, "right")) - 1, first + 1)
        count = paths[first:last]
        one = repeat(np.arange(first, last), count)
        offset = np.arange(len(one)) - repeat(upto[first:last] - upto[first], count)
        two = starts[target[one]] + offset
        wanted = source[one].astype(np.int64) * people + target[two]
        three = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        closed = keys[three] == wanted
        one, two, three = one[closed], two[closed], three[closed]
        # u → v → w and u → w: each tie is closed by the person whom it does not touch.
        for tie, other in ((one, target[two]), (two, source[one]), (three, target[one])):
            np.add.at(common, tie, 1)
            np.add.at(indirect, tie, 1 / degree[other])
        first = last
    return ClosedTies(degree, source, target, common, indirect)
