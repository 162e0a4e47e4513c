"""Groups of a large community: how many people each has, and how many ties lie between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...counting import bincount
from ..graph.ties import Community
from ..measures.structure import COMFORTABLE
from .layout import groups_of, ovals

MOST_GROUPS = 20


@dataclass(frozen=True, eq=False)
class Blocks:
    """Groups and the ties between them.

    Parameters
    ----------
    group : numpy.ndarray of int, shape (people,)
        Group of each person; −1 for those of groups that are left out.
    names : list of str
        What the groups are called.
    people : numpy.ndarray of int, shape (groups,)
        People of each.
    between : numpy.ndarray of int, shape (groups, groups)
        Ties between two groups; those within are left out.
    centre, radius : numpy.ndarray of float
        Place of each on the page.
    stretch : float
        How many times farther each reaches to the sides than upwards.
    """

    group: NDArray[np.int64]
    names: list[str]
    people: NDArray[np.int64]
    between: NDArray[np.int64]
    centre: NDArray[np.float64]
    radius: NDArray[np.float64]
    stretch: float

    @property
    def left_out(self) -> int:
        """How many people are in none of these groups."""
        return int((self.group < 0).sum())


def blocks_of(
    community: Community, groups: Sequence | None = None, names: Sequence[str] | None = None
) -> Blocks:
    """Gather a community by its groups, the twenty largest.

    Examples
    --------
    >>> from frontporch import community
    >>> parts = blocks_of(community.block_model([300] * 25, seed=7))
    >>> len(parts.names), parts.left_out
    (20, 1500)
    """
    if groups is None and community.group is None and community.size > COMFORTABLE:
        raise ValueError(
            f"{community.size:,} people without neighbourhoods: give groups. Circles are found "
            f"up to {COMFORTABLE:,} people."
        )
    if groups is not None and len(groups) != community.size:
        raise ValueError(f"groups has {len(groups)} entries for {community.size} people.")
    group, _ = groups_of(community, groups)
    called = group_names(names, int(group.max(initial=0)) + 1)
    people = bincount(group, minlength=len(called))
    kept = np.sort(np.argsort(-people, kind="stable")[:MOST_GROUPS])
    number = np.full(len(called), -1)
    number[kept] = np.arange(len(kept))
    group, people, called = number[group], people[kept], [called[k] for k in kept]
    first, second = group[community.sources], group[community.targets]
    apart = (first != second) & (first >= 0) & (second >= 0)
    pairs = first[apart] * len(kept) + second[apart]
    between = bincount(pairs, minlength=len(kept) ** 2).reshape(len(kept), -1)
    between = between + between.T if community.directed else between
    return Blocks(group, called, people, between, *ovals(people, between))


def group_names(names: Sequence[str] | None, groups: int) -> list[str]:
    """Give what the groups are called; by number where nobody says."""
    if names is None:
        return [f"group {k + 1}" for k in range(groups)]
    if len(names) != groups:
        raise ValueError(f"names holds {len(names)} names for {groups} groups.")
    return [str(one) for one in names]
