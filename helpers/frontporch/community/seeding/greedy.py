"""Greedy choice on fixed coins, and the same choice with lazy evaluation."""

from __future__ import annotations

import heapq
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ...streams import coins, tie_numbers
from ..graph.arcs import arcs_from
from ..graph.ties import Community
from ..spread.rule import Rule
from .chances import ALL, BITS, PERSON, chances_of


class Opened(Protocol):
    """Courses with fixed coins, in which people are chosen one after the other."""

    def gain(self, person: int) -> int:
        """Give how many more adopt, over all courses, if this person starts too."""

    def gains(self) -> NDArray[np.int64]:
        """Give the gain of everybody."""

    def take(self, person: int) -> None:
        """Let this person start."""


class OpenCascades:
    """Cascades with fixed coins, for ties that carry better one way than the other.

    Parameters
    ----------
    community : Community
        People and ties, with direction or without.
    rule : IndependentCascade
        The rule.
    keys : numpy.ndarray of uint64
        Keys of the runs.

    Examples
    --------
    >>> from frontporch import community
    >>> from frontporch.streams import root_key, run_keys
    >>> line = community.from_arrays([0, 1], [1, 2], directed=True)
    >>> rule = community.independent_cascade(1.0)
    >>> OpenCascades(line, rule, run_keys(root_key(7), [0])).gains().tolist()
    [3, 2, 1]
    """

    def __init__(self, community: Community, rule: Rule, keys: NDArray[np.uint64]) -> None:
        """Begin with nobody."""
        self.community, self.keys = community, keys
        chances = chances_of(community, rule)
        self.by, self.chance = chances.by, chances.limits / BITS
        self.reached = np.zeros(len(keys) * community.size, dtype=bool)

    def gain(self, person: int) -> int:
        """Give how many more adopt over all runs if this person starts too."""
        return len(self._new(person))

    def gains(self) -> NDArray[np.int64]:
        """Give the gain of everybody."""
        return np.array([self.gain(person) for person in range(self.community.size)])

    def take(self, person: int) -> None:
        """Let this person start."""
        self.reached[self._new(person)] = True

    def _new(self, person: int) -> NDArray[np.int64]:
        people, town = self.community.size, self.community
        fresh = np.arange(len(self.keys)) * people + person
        fresh = fresh[~self.reached[fresh]]
        seen = fresh
        while len(fresh):
            run, source = np.divmod(fresh, people)
            arc, which = arcs_from(town, source)
            run, source, target = run[which], source[which], town.targets[arc].astype(np.int64)
            chance = self.chance
            if self.by != ALL:
                chance = chance[target if self.by == PERSON else arc]
            live = coins(self.keys[run], tie_numbers(source, target, town.directed)) < chance
            found = np.unique((run * people + target)[live])
            found = found[~self.reached[found]]
            fresh = found[~np.isin(found, seen, assume_unique=True)]
            seen = np.concatenate([seen, fresh])
        return seen


def greedy(courses: Opened, k: int) -> tuple[list[int], list[int]]:
    """Choose k people, each time the one who adds most, by looking at everybody again.

    Returns
    -------
    chosen, gains : list of int
        Numbers of the people, and what each adds over all courses. Of several who add as much
        the lowest number is taken.
    """
    chosen, added = [], []
    for _ in range(k):
        gains = courses.gains()
        gains[chosen] = -1
        person = int(np.argmax(gains))
        courses.take(person)
        chosen.append(person)
        added.append(int(gains[person]))
    return chosen, added


def lazy_greedy(courses: Opened, k: int) -> tuple[list[int], list[int]]:
    """Make the choice of `greedy`, looking again only at those who may still be the best.

    Nobody adds more later than now. So whoever was looked at since the last choice, and still
    adds as much as the others did when they were last looked at, is the best.

    Returns
    -------
    chosen, gains : list of int
        As `greedy`.

    Notes
    -----
    Source: Leskovec, Krause, Guestrin, Faloutsos, VanBriesen & Glance (2007), KDD
    (CELF); Minoux (1978).

    Examples
    --------
    >>> from frontporch import community
    >>> from frontporch.community.seeding.percolation import live_edges
    >>> pairs = community.from_arrays([0, 0, 3], [1, 2, 4])
    >>> worlds = live_edges(pairs, community.independent_cascade(1.0), runs=1, seed=7)
    >>> lazy_greedy(worlds.opened(), 2)
    ([0, 3], [3, 2])
    """
    queue = [(-int(gain), person, 0) for person, gain in enumerate(courses.gains())]
    heapq.heapify(queue)
    chosen: list[int] = []
    added: list[int] = []
    while len(chosen) < k:
        gain, person, looked = heapq.heappop(queue)
        if looked < len(chosen):
            heapq.heappush(queue, (-courses.gain(person), person, len(chosen)))
            continue
        courses.take(person)
        chosen.append(person)
        added.append(-gain)
    return chosen, added
