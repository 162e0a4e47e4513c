"""Where each person of a community is drawn: groups apart, nobody on top of anybody."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...counting import bincount
from ..graph.ties import Community
from ..measures.partition import detect_communities

WIDE, TALL = 9.0, 4.3
"""Size of the page on which people stand: inches of a picture of default size."""
MOST = 200
"""People up to which each has a place; above it groups are drawn, not people."""
MARGIN = 0.3
GAP = 1.12
GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))
STRETCHES = (0.7, 0.85, 1.0, 1.2, 1.4, 1.7, 2.0, 2.2)
ROUNDS = 80
KEPT = 32
SEED = 1
"""For finding circles where no groups are given: a place follows from the ties alone."""


@dataclass(frozen=True, eq=False)
class Layout:
    """Places of people on a page of 9 by 4.3.

    Parameters
    ----------
    at : numpy.ndarray of float, shape (people, 2)
        Where each person stands.
    group : numpy.ndarray of int, shape (people,)
        Group of each person, numbered from 0.
    centre : numpy.ndarray of float, shape (groups, 2)
        Middle of each group's place.
    radius : numpy.ndarray of float, shape (groups,)
        How far it reaches upwards and downwards.
    stretch : float
        How many times farther it reaches to the sides.
    found : bool
        Whether the groups were found from the ties (`detect_communities`), not given.
    """

    at: NDArray[np.float64]
    group: NDArray[np.int64]
    centre: NDArray[np.float64]
    radius: NDArray[np.float64]
    stretch: float
    found: bool


_kept: OrderedDict[bytes, Layout] = OrderedDict()


def layout(community: Community, groups: Sequence | None = None) -> Layout:
    """Give each person a place, the same one whenever the ties and groups are the same.

    Groups stand apart, each in an oval of evenly spread places, so that nobody covers anybody;
    within it those who are tied stand near each other. Nothing is drawn at random, and the last
    32 layouts are remembered.

    Parameters
    ----------
    community : Community
        At most 200 people.
    groups : sequence, shape (people,), optional
        Group of each person; the community's neighbourhoods if not given, and where it has
        none, circles found from the ties.

    Returns
    -------
    Layout

    Raises
    ------
    ValueError
        If there are more people.

    Examples
    --------
    >>> from frontporch import community
    >>> town = community.block_model([20, 20], seed=7)
    >>> layout(town).at.shape, layout(town) is layout(town)
    ((40, 2), True)
    """
    if community.size > MOST:
        raise ValueError(
            f"{community.size:,} people have no room of their own on a page: {MOST} have. Draw "
            "groups (plot_groups), or a part of the community."
        )
    given = community.group if groups is None else groups
    if given is not None and len(given) != community.size:
        raise ValueError(f"groups has {len(given)} entries for {community.size} people.")
    number = None if given is None else np.unique(np.asarray(given), return_inverse=True)[1]
    key = _content(community, number)
    if key not in _kept:
        _kept[key] = _laid_out(community, number)
        if len(_kept) > KEPT:
            _kept.popitem(last=False)
    _kept.move_to_end(key)
    return _kept[key]


def groups_of(community: Community, groups: Sequence | None = None) -> tuple[NDArray, bool]:
    """Give the group of each person, numbered from 0, and whether it was found from the ties."""
    given = community.group if groups is None else groups
    if given is not None:
        return np.unique(np.asarray(given), return_inverse=True)[1], False
    if not community.arcs:
        return np.zeros(community.size, dtype=np.int64), True
    return detect_communities(_without_direction(community), seed=SEED).circle, True


def _without_direction(community: Community) -> Community:
    if not community.directed:
        return community
    from ..graph.arrays import from_arrays

    source, target = community.sources.astype(np.int64), community.targets
    pairs = np.unique(
        np.minimum(source, target).astype(np.int64) * community.size + np.maximum(source, target)
    )
    return from_arrays(pairs // community.size, pairs % community.size, community.size)


def _content(community: Community, group: NDArray | None) -> bytes:
    found = hashlib.blake2b(digest_size=16)
    for part in (community.starts, community.targets, group):
        found.update(b"none" if part is None else np.ascontiguousarray(part).tobytes())
    return found.digest()


def _laid_out(community: Community, number: NDArray | None) -> Layout:
    group, found = groups_of(community, number)
    size = bincount(group)
    between = np.zeros((len(size), len(size)))
    np.add.at(between, (group[community.sources], group[community.targets]), 1.0)
    centre, radius, stretch = ovals(size, between)
    slots = np.empty((community.size, 2))
    for one in range(len(size)):
        reach = radius[one] * np.array([stretch, 1.0])
        slots[group == one] = centre[one] + sunflower(size[one]) * reach
    wished = _relaxed(community, slots, group, radius * np.sqrt(stretch))
    at = np.empty_like(slots)
    for one in range(len(size)):
        mine = np.flatnonzero(group == one)
        at[mine] = slots[mine][_nearest_slots(wished[mine], slots[mine])]
    return Layout(at, group, centre, radius, stretch, found)


def sunflower(people: int) -> NDArray[np.float64]:
    """Spread places evenly over the unit disc (Vogel's spiral)."""
    k = np.arange(people)
    out = np.sqrt((k + 0.5) / people)
    return np.column_stack([out * np.cos(k * GOLDEN_ANGLE), out * np.sin(k * GOLDEN_ANGLE)])


def ovals(
    size: NDArray, between: NDArray
) -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
    """Place one oval a group, as large as the page allows, groups with many ties near.

    Returns
    -------
    centre, radius : numpy.ndarray
        As in `Layout`.
    stretch : float
        As in `Layout`.
    """
    share = np.sqrt(size / size.max())
    best: tuple[float, NDArray, float, float] | None = None
    for spots in _arrangements(len(size)):
        centre = spots[_near(spots, between)]
        for stretch in STRETCHES:
            scale = _largest(centre, share, stretch)
            area = scale**2 * stretch
            if best is None or area > best[0] * 1.02:
                best = area, centre, scale, stretch
    _, centre, scale, stretch = best
    return centre, scale * share, stretch


def _arrangements(groups: int) -> list[NDArray[np.float64]]:
    """Give the ways to stand: on a ring, and in one to five rows."""
    middle = np.array([WIDE / 2, TALL / 2])
    if groups == 1:
        return [middle[None, :]]
    turn = np.linspace(0, 2 * np.pi, groups, endpoint=False) + np.pi / 2
    ring = np.column_stack([np.cos(turn), np.sin(turn)])
    ways = [middle + ring * [WIDE * reach, TALL * reach] for reach in (0.24, 0.28, 0.32, 0.36)]
    for rows in range(1, min(5, groups) + 1):
        spots, left = [], groups
        for row in range(rows):
            here = -(-left // (rows - row))
            left -= here
            x = (np.arange(here) + 0.5) * WIDE / here
            y = np.full(here, (row + 0.5) * TALL / rows)
            spots.append(np.column_stack([x, TALL - y]))
        ways.append(np.concatenate(spots))
    return ways


def _near(spots: NDArray[np.float64], between: NDArray) -> NDArray[np.int64]:
    """Give each group a spot so that ties between groups are short: swap while it helps."""
    order = np.arange(len(spots))
    far = np.hypot(*(spots[:, None] - spots[None, :]).transpose(2, 0, 1))
    better = True
    while better:
        better = False
        for a in range(len(order)):
            for b in range(a + 1, len(order)):
                swapped = order.copy()
                swapped[[a, b]] = order[[b, a]]
                gain = (between * (far[np.ix_(order, order)] - far[np.ix_(swapped, swapped)])).sum()
                if gain > 1e-9:
                    order, better = swapped, True
    return order


def _largest(centre: NDArray[np.float64], share: NDArray[np.float64], stretch: float) -> float:
    """Give the largest scale at which ovals neither meet nor leave the page."""
    round_ = np.array([stretch, 1.0])
    room = (np.minimum(centre, [WIDE, TALL] - centre) - MARGIN) / round_
    scale = (room.min(axis=1) / share).min()
    far = np.hypot(*((centre[:, None] - centre[None, :]) / round_).transpose(2, 0, 1))
    first, second = np.triu_indices(len(share), 1)
    if len(first):
        scale = min(scale, (far[first, second] / (share[first] + share[second])).min() / GAP)
    return float(scale)


def _relaxed(
    community: Community, start: NDArray, group: NDArray, radius: NDArray
) -> NDArray[np.float64]:
    """Pull the tied together and push people of a group apart (Fruchterman & Reingold 1991)."""
    at = start.copy()
    same = group[:, None] == group[None, :]
    spacing = radius[group] * np.sqrt(np.pi / bincount(group)[group])
    source, target = community.sources, community.targets
    pull_share = np.where(group[source] == group[target], 1.0, 0.05)
    for round_ in range(ROUNDS):
        apart = at[:, None] - at[None, :]
        far = np.maximum(np.hypot(apart[..., 0], apart[..., 1]), 1e-3)
        push = np.where(same, (spacing[:, None] / far) ** 2, 0.0)
        force = (apart * push[..., None]).sum(axis=1)
        along = at[target] - at[source]
        length = np.maximum(np.hypot(*along.T), 1e-3)
        pull = along * (pull_share * length / spacing[source])[:, None]
        for axis in (0, 1):
            force[:, axis] += bincount(source, pull[:, axis], minlength=community.size)
        size = np.maximum(np.hypot(*force.T), 1e-9)
        step = radius[group] * 0.3 * (1 - round_ / ROUNDS)
        at += force * (np.minimum(size, step) / size)[:, None]
    return at


def _nearest_slots(wished: NDArray[np.float64], slots: NDArray[np.float64]) -> NDArray[np.int64]:
    """Give each person a slot, all together as near as can be to where they wish to stand."""
    from scipy.optimize import linear_sum_assignment

    around = wished - wished.mean(axis=0)
    if len(wished) > 2:
        spread = np.maximum(around.std(axis=0), 1e-9)
        around = around * ((slots.std(axis=0)) / spread)
    goal = around + slots.mean(axis=0)
    cost = ((goal[:, None] - slots[None, :]) ** 2).sum(axis=2)
    return linear_sum_assignment(cost.round(9))[1]
