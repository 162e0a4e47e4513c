"""Independent cascades without chance in communities of dozens: person after person."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...counting import indices
from ..graph.ties import Community

MOST_NUMBERS = 1 << 23
"""Numbers held at once above which the work is given up: 64 MB."""
STARTS = 40
"""Orders of the people that are tried."""


@dataclass(eq=False)
class Views:
    """What can be the case among the people in view, with its probability.

    Place 0 stands for all who have adopted at the start.

    Parameters
    ----------
    people : list of int
        Who is in view, after place 0.
    adopt : numpy.ndarray of bool, shape (views, places)
        Who adopts in the end.
    leads : numpy.ndarray of bool, shape (views, places, places)
        Over which of them it is settled that the one brings the other. Of those whom the start
        has reached, only that is kept.
    worth : numpy.ndarray of float, shape (views, 2 · everybody + 1)
        Probability that 0, 1, 2, … of those out of view adopt; then, for each person out of
        view, the probability that they do.
    """

    people: list[int]
    adopt: NDArray[np.bool_]
    leads: NDArray[np.bool_]
    worth: NDArray[np.float64]

    def place(self, person: int) -> int:
        """Give the place of a person in view."""
        return self.people.index(person) + 1

    def pick(self, views: NDArray) -> Views:
        """Give some of the views."""
        return Views(self.people, self.adopt[views], self.leads[views], self.worth[views])


def cascade_exactly(
    community: Community, start: NDArray[np.int64], chance: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Follow a cascade person by person instead of step by step.

    Parameters
    ----------
    community : Community
        People and ties. What counts is how many are in view at once, not how many there are.
    start : numpy.ndarray of int64
        Numbers of those who have adopted at the start.
    chance : numpy.ndarray of float, shape (arcs,)
        Probability of every arc.

    Returns
    -------
    sizes : numpy.ndarray of float, shape (people + 1,)
        Probability that 0, 1, 2, … people adopt.
    reached : numpy.ndarray of float, shape (people,)
        Probability that each person adopts.

    Raises
    ------
    ValueError
        If too many people are tied to each other in too many ways.

    Notes
    -----
    People come into view one after the other, and leave it once all their ties are settled. Of
    those in view it is kept who adopts and who brings whom; whoever adopts must be brought by
    the start, or by somebody in view, when they leave it. A tie with the same chance both ways
    is one trial, since only the first is ever made. Source: the frontier method for the
    reliability of networks, Carlier & Lucet (1996), Discrete Applied Mathematics 65:141-156, and
    Hardy, Lucet & Limnios (2007), IEEE Transactions on Reliability 56:506-515; Maehara, Suzuki &
    Ishihata (2017), WWW, for cascades.

    Examples
    --------
    >>> from frontporch import community
    >>> line = community.from_arrays([0, 1, 2, 3], [1, 2, 3, 4])
    >>> sizes, reached = cascade_exactly(line, np.array([0]), np.full(8, 0.5))
    >>> sizes.tolist(), reached.tolist()
    ([0.0, 0.5, 0.25, 0.125, 0.0625, 0.0625], [1.0, 0.5, 0.25, 0.125, 0.0625])
    """
    arcs = _live(community, start, chance)
    begun = set(start.tolist())
    order = best_order({one for pair in arcs for one in pair} - begun, arcs)
    number = {person: k for k, person in enumerate(order)}
    width = 2 * len(order) + 1
    worth = np.zeros((1, width))
    worth[0, 0] = 1.0
    views = Views([], np.ones((1, 1), bool), np.zeros((1, 1, 1), bool), worth)
    last: dict[int, int] = {}
    for pair in arcs:
        if not begun & set(pair):
            for one, other in (pair, pair[::-1]):
                last[one] = max(last.get(one, number[one]), number[other], number[one])
    for k, person in enumerate(order):
        ahead = [arcs.get((one, person), 0.0) for one in begun]
        views = enter(views, person, 1.0 - float(np.prod([1.0 - p for p in ahead])))
        for one in views.people[:-1]:
            views = tie(views, one, person, arcs.get((one, person)), arcs.get((person, one)))
        for one in list(views.people):
            if last.get(one, number[one]) <= k:
                views = leave(views, one, number[one])
    sizes, reached = np.zeros(community.size + 1), np.zeros(community.size)
    people = len(order)
    sizes[len(start) : len(start) + people + 1] = views.worth[0, : people + 1]
    reached[order] = views.worth[0, people + 1 :]
    reached[start] = 1.0
    return sizes, reached


def enter(views: Views, person: int, brought: float) -> Views:
    """Let a person come into view, whom those at the start bring with a given probability."""
    count, places = views.adopt.shape
    adopt = np.zeros((count, places + 1), bool)
    adopt[:, :places] = views.adopt
    leads = np.zeros((count, places + 1, places + 1), bool)
    leads[:, :places, :places] = views.leads
    ways = []
    # Does not adopt; adopts because the start brings them; adopts, and somebody else must.
    for adopts, direct, weight in (
        (False, False, 1.0 - brought),
        (True, True, brought),
        (True, False, 1.0 - brought),
    ):
        if weight > 0:
            who, over = adopt.copy(), leads.copy()
            who[:, -1], over[:, 0, -1] = adopts, direct
            ways.append(Views([], who, over, views.worth * weight))
    return _joined([*views.people, person], ways)


def tie(views: Views, one: int, other: int, there: float | None, back: float | None) -> Views:
    """Settle the tie between two people in view."""
    if there is not None and there == back:
        return _settled(views, [(one, other), (other, one)], there)
    for source, target, chance in ((one, other, there), (other, one, back)):
        if chance is not None:
            views = _settled(views, [(source, target)], chance)
    return views


def leave(views: Views, person: int, number: int) -> Views:
    """Let a person leave the view, all of whose ties are settled."""
    place = views.place(person)
    adopts = views.adopt[:, place]
    # Whoever adopts is brought by the start, or by somebody in view, who then adopts too.
    views = views.pick(~adopts | views.leads[:, :, place].any(axis=1))
    adopts = views.adopt[:, place]
    everybody = (views.worth.shape[1] - 1) // 2
    worth = views.worth.copy()
    worth[adopts, 1 : everybody + 1] = views.worth[adopts, :everybody]
    worth[adopts, 0] = 0.0
    worth[adopts, everybody + 1 + number] = worth[adopts, : everybody + 1].sum(axis=1)
    kept = np.delete(np.arange(views.adopt.shape[1]), place)
    people = [one for one in views.people if one != person]
    left = Views(people, views.adopt[:, kept], views.leads[:, kept][:, :, kept], worth)
    return _joined(people, [left])


def _settled(views: Views, arcs: list[tuple[int, int]], chance: float) -> Views:
    """Toss for one arc, or for both arcs of a tie at once."""
    places = [(views.place(one), views.place(other)) for one, other in arcs]
    adopt, leads = views.adopt, views.leads
    fails, matters = np.zeros((2, len(adopt)), bool)
    for one, other in places:
        fails |= adopt[:, one] & ~adopt[:, other]
        matters |= adopt[:, one] & adopt[:, other] & ~leads[:, one, other] & ~leads[:, 0, other]
    weight = np.where(fails | matters, 1.0 - chance, 1.0)
    dead = Views([], adopt, leads, views.worth * weight[:, None]).pick(weight > 0)
    live = views.pick(matters)
    over = live.leads
    for one, other in places:
        # Whoever brings the one brings the other, and all whom the other brings.
        into, onward = over[:, :, one].copy(), over[:, other].copy()
        into[:, one] = onward[:, other] = True
        over = over | (into[:, :, None] & onward[:, None, :])
    here = np.arange(over.shape[1])
    over[:, here, here] = False
    reached = over[:, 0].copy()
    over &= ~(reached[:, :, None] | reached[:, None, :])
    over[:, 0] = reached
    return _joined(views.people, [dead, Views([], live.adopt, over, live.worth * chance)])


def _joined(people: list[int], ways: list[Views]) -> Views:
    """Put equal views together."""
    adopt = np.concatenate([one.adopt for one in ways])
    leads = np.concatenate([one.leads for one in ways])
    worth = np.concatenate([one.worth for one in ways])
    if worth.size > MOST_NUMBERS:
        raise ValueError(
            f"the exact cascade would keep more than {MOST_NUMBERS:,} numbers, because too many "
            "people are tied to each other in too many ways: take a smaller community, or "
            "runs=10_000."
        )
    bits = np.packbits(np.concatenate([adopt, leads.reshape(len(leads), -1)], axis=1), axis=1)
    key = np.ascontiguousarray(bits).view(np.dtype((np.void, bits.shape[1]))).ravel()
    order = np.argsort(key, kind="stable")
    first = np.flatnonzero(np.append(True, key[order][1:] != key[order][:-1]))
    own = order[first]
    return Views(people, adopt[own], leads[own], np.add.reduceat(worth[order], indices(first)))


def _live(
    community: Community, start: NDArray[np.int64], chance: NDArray[np.float64]
) -> dict[tuple[int, int], float]:
    """Give the probability of every arc that can play a part; of several between two, of any."""
    source, target = community.sources.astype(np.int64), community.targets.astype(np.int64)
    can = (chance > 0) & (source != target)
    met = np.zeros(community.size, bool)
    met[start] = True
    while True:
        more = np.unique(target[can & met[source] & ~met[target]])
        if not len(more):
            break
        met[more] = True
    begun = np.zeros(community.size, bool)
    begun[start] = True
    found: dict[tuple[int, int], float] = {}
    for k in np.flatnonzero(can & met[source] & ~begun[target]).tolist():
        pair = (int(source[k]), int(target[k]))
        found[pair] = 1.0 - (1.0 - found.get(pair, 0.0)) * (1.0 - float(chance[k]))
    return found


def best_order(people: set[int], arcs: dict[tuple[int, int], float]) -> list[int]:
    """Order people so that few are in view at once.

    Parameters
    ----------
    people : set of int
        All who can be reached.
    arcs : dict of (int, int) to float
        Arcs that can play a part.

    Returns
    -------
    list of int

    Notes
    -----
    Next comes whoever leaves the fewest in view, from each of several first people; the order
    with the least work is taken.
    """
    ties: dict[int, set[int]] = {one: set() for one in people}
    for one, other in arcs:
        if one in people and other in people:
            ties[one].add(other)
            ties[other].add(one)
    firsts = sorted(people, key=lambda one: (len(ties[one]), one))[:STARTS]
    best: tuple[float, list[int]] = (np.inf, [])
    for first in firsts:
        best = min(best, _ordered(first, ties))
    return best[1]


def _ordered(first: int, ties: dict[int, set[int]]) -> tuple[float, list[int]]:
    """Order people from one of them on: the work it takes, and the order."""
    waiting = {one: len(theirs) for one, theirs in ties.items()}
    order: list[int] = []
    view: set[int] = set()
    work, left = 0.0, set(ties)

    def grows(person: int) -> tuple[int, int, int]:
        gone = sum(waiting[one] == 1 for one in ties[person] & view)
        stays = bool(ties[person] & left - {person})
        return (stays - gone, len(ties[person] & left), person)

    while left:
        near = {other for one in view for other in ties[one]} & left or left
        chosen = min(near, key=grows) if order else first
        order.append(chosen)
        left.discard(chosen)
        view.add(chosen)
        work += 4.0 ** len(view)
        for other in ties[chosen]:
            waiting[other] -= 1
        view.difference_update([one for one in view if not waiting[one]])
    return work, order
