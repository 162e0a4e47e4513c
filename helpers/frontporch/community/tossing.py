"""Independent cascades in numpy, coins first: the same runs as `run_frontier`, sooner.

Most coins do not fall. So where ties have no kinds, the coins of all arcs that leave the frontier
are tossed before anything else is asked, and only those whom a coin fell for are looked at.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..streams import hashed, tie_numbers
from .frontier import Outcome, arcs_from
from .ties import Community

BLOCK = 1 << 19
"""Entries of (run, person) that are worked on at once: they lie near the processor."""
FEW = 1 << 20
"""Arcs up to which the numbers of all ties are written down once."""


class Tosses:
    """Coins of arcs, held against their limits.

    Parameters
    ----------
    community : Community
        People and ties.
    by : {"ALIKE", "BY_PERSON", "BY_ARC"}
        Whether there is one limit for all, one by the person reached, or one by arc.
    limits : numpy.ndarray of uint64
        A coin falls where its 53 bits are below.
    """

    def __init__(self, community: Community, by: str, limits: NDArray[np.uint64]) -> None:
        """Write the numbers of ties down, if they are few."""
        self.community, self.by, self.limits = community, by, limits
        self.numbers = None
        if community.arcs <= FEW:
            self.numbers = tie_numbers(community.sources, community.targets, community.directed)

    def fell(
        self, keys: NDArray[np.uint64], people: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Give whom coins fell for, and from which of the people.

        Parameters
        ----------
        keys : numpy.ndarray of uint64
            Key of the run of each person.
        people : numpy.ndarray of int64
            Whose arcs are tossed.
        """
        town = self.community
        arc, which = arcs_from(town, people)
        if self.numbers is None:
            numbers = tie_numbers(people[which], town.targets[arc], town.directed)
        else:
            numbers = self.numbers[arc]
        numbers ^= keys[which]
        bits = hashed(numbers)
        bits >>= np.uint64(11)
        if self.by == "ALIKE":
            limits = self.limits[0]
        else:
            limits = self.limits[town.targets[arc] if self.by == "BY_PERSON" else arc]
        fell = np.flatnonzero(bits < limits)
        return town.targets[arc[fell]].astype(np.int64), which[fell]


def run_cascades(
    tosses: Tosses, start: NDArray[np.int64], keys: NDArray[np.uint64], steps: int | None = None
) -> Outcome:
    """Run one block of runs.

    Parameters
    ----------
    tosses : Tosses
        The community and its coins.
    start : numpy.ndarray of int64
        Numbers of those who have adopted at the start, each once.
    keys : numpy.ndarray of uint64, shape (runs,)
        Keys of the runs.
    steps : int, optional
        How many steps at most.
    """
    people, runs = tosses.community.size, len(keys)
    adopted = np.zeros(runs * people, dtype=bool)
    run = np.repeat(np.arange(runs), len(start))
    person = np.tile(start, runs)
    adopted[run * people + person] = True
    sizes = np.full(runs, len(start), dtype=np.int64)
    new, squares, came, step = [len(run)], [int((sizes**2).sum())], [person], 0
    while len(run) and (steps is None or step < steps):
        step += 1
        person, which = tosses.fell(keys[run], person)
        at = run[which] * people + person
        at = at[~adopted[at]]
        adopted[at] = True
        # Several coins may have fallen for one person.
        at.sort()
        at = at[np.concatenate([[True], at[1:] != at[:-1]])] if len(at) else at
        run = at // people
        person = at - run * people
        came.append(person)
        before = sizes
        sizes = sizes + np.bincount(run, minlength=runs)
        new.append(len(run))
        squares.append(int((sizes**2 - before**2).sum()))
    while len(new) > 1 and not new[-1]:
        new.pop(), squares.pop()
    reached = np.bincount(np.concatenate(came), minlength=people)
    return Outcome(sizes, np.array(new), np.array(squares), reached)
