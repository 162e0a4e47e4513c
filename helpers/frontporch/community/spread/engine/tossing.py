"""Independent cascades in numpy, coins first: the same runs as `run_frontier`, sooner.

Most coins do not fall. So where ties have no kinds, the coins of all arcs that leave the frontier
are tossed before anything else is asked, and only those whom a coin fell for are looked at. A
coin is `frontporch.streams.hashed` of a key and a tie, less what not every arc needs: its first
shift can be done to keys and ties apart, and its last one changes only the lower bits, so that it
is done only where the upper ones say that the coin may fall.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ....counting import bincount, repeat
from ....streams import FIRST, SECOND, tie_numbers
from ...graph.arcs import arcs_from
from ...graph.ties import Community
from .frontier import Outcome

BLOCK = 1 << 19
"""Entries of (run, person) that are worked on at once: they lie near the processor."""
FEW, EVEN = 1 << 20, 2
"""Arcs up to which the numbers of all ties are written down once; rows, if not twice as wide."""


def begun(bits: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Do the first shift of `hashed`.

    Examples
    --------
    >>> first, second = np.array([7, 2**40], dtype=np.uint64)
    >>> bool(begun(first) ^ begun(second) == begun(first ^ second))
    True
    """
    return bits ^ (bits >> np.uint64(30))


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
        """Write the numbers of ties down, if they are few; in rows, if all have about as many."""
        self.community, self.by, self.limits = community, by, limits
        # The largest bits before the last shift with which a coin may fall.
        upper = np.minimum(limits >> np.uint64(22), np.uint64(2**31 - 1))
        self.most = (upper << np.uint64(33)) | np.uint64(2**33 - 1)
        self.ties = self.rows = None
        if 0 < community.arcs <= FEW:
            source = community.sources
            numbers = tie_numbers(source, community.targets, community.directed)
            self.ties = begun(numbers)
            widest = int(community.degree.max())
            if widest * community.size <= EVEN * community.arcs:
                arc = np.arange(community.arcs)
                place = source, arc - community.starts[source]
                self.rows = np.zeros((community.size, widest), dtype=np.uint64)
                self.rows[place] = self.ties
                self.held = np.zeros_like(self.rows)
                self.held[place] = self._held(self.most, arc)

    def fell(
        self, keys: NDArray[np.uint64], people: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Give whom coins fell for, and from which of the people.

        Parameters
        ----------
        keys : numpy.ndarray of uint64
            Key of the run of each person, `begun`.
        people : numpy.ndarray of int64
            Whose arcs are tossed.
        """
        toss = self._by_arcs if self.rows is None else self._by_rows
        arc, which, bits = toss(keys, people)
        bits ^= bits >> np.uint64(31)
        bits >>= np.uint64(11)
        fell = bits < self._held(self.limits, arc)
        return self.community.targets.take(arc[fell]).astype(np.int64), which[fell]

    def _by_rows(self, keys, people):
        """Toss whole rows: arcs whose coin may fall, from which of the people, and its bits."""
        town = self.community
        bits = self.rows.take(people, axis=0)
        bits ^= keys[:, None]
        _stir(bits)
        may = np.flatnonzero(bits <= self.held.take(people, axis=0))
        which, place = np.divmod(may, bits.shape[1])
        who = people.take(which)
        arc = town.starts.take(who) + place
        return arc, which, bits.take(may)

    def _by_arcs(self, keys, people):
        """Toss arc by arc; the same."""
        town = self.community
        arc, which = arcs_from(town, people)
        if self.ties is None:
            bits = begun(tie_numbers(people.take(which), town.targets.take(arc), town.directed))
        else:
            bits = self.ties.take(arc)
        bits ^= keys.take(which)
        _stir(bits)
        may = np.flatnonzero(bits <= self._held(self.most, arc))
        return arc.take(may), which.take(may), bits.take(may)

    def _held(self, limits: NDArray[np.uint64], arc: NDArray[np.int64]) -> NDArray[np.uint64]:
        """Give what coins of some arcs are held against."""
        if self.by == "ALIKE":
            return limits[0]
        return limits.take(self.community.targets.take(arc) if self.by == "BY_PERSON" else arc)


def _stir(bits: NDArray[np.uint64]) -> None:
    """Go on with `hashed` where `begun` has left it, up to its last shift."""
    bits *= FIRST
    bits ^= bits >> np.uint64(27)
    bits *= SECOND


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
    people, runs, keys = tosses.community.size, len(keys), begun(keys)
    adopted = np.zeros(runs * people, dtype=bool)
    run = repeat(np.arange(runs), len(start))
    person = np.tile(start, runs)
    adopted[run * people + person] = True
    sizes = np.full(runs, len(start), dtype=np.int64)
    new, squares, came, step = [len(run)], [int((sizes**2).sum())], [person], 0
    while len(run) and (steps is None or step < steps):
        step += 1
        person, which = tosses.fell(keys[run], person)
        at = run.take(which) * people + person
        at = at[~adopted.take(at)]
        adopted[at] = True
        # Several coins may have fallen for one person.
        at.sort()
        at = at[np.concatenate([[True], at[1:] != at[:-1]])] if len(at) else at
        run = at // people
        person = at - run * people
        came.append(person)
        before = sizes
        sizes = sizes + bincount(run, minlength=runs)
        new.append(len(run))
        squares.append(int((sizes**2 - before**2).sum()))
    while len(new) > 1 and not new[-1]:
        new.pop(), squares.pop()
    reached = bincount(np.concatenate(came), minlength=people)
    return Outcome(sizes, np.array(new), np.array(squares), reached)
