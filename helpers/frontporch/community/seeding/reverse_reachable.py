"""Reverse-reachable sets: who would have reached a person drawn at random."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ...counting import bincount, indices, repeat
from ...streams import Seed, coins, hashed, root_key, run_keys, tie_numbers
from ..graph.reading import as_community
from ..graph.ties import Community
from ..spread.engine.backends import compiled_wanted
from ..spread.rule import Rule
from .chances import ALL, BITS, PERSON, chances_of, incoming

if TYPE_CHECKING:
    import networkx

ROOT = np.uint64(0xFFFFFFFFFFFFFFFF)
"""Number of the coin that draws the root: no tie has it."""

AT_ONCE = 1 << 12
"""Sets that numpy draws side by side."""


GUESSED_MEMBERS = 8
ROW = 1 << 12  # arcs of one person that are tossed at once


@dataclass(frozen=True, eq=False)
class ReverseReachable:
    """Reverse-reachable sets, one after the other; see `reverse_reachable_sets`.

    Parameters
    ----------
    people : int
        n, how many people the community has.
    members : numpy.ndarray of int32
        Numbers of the people in each set.
    ends : numpy.ndarray of int64, shape (sets + 1,)
        Set k is `members[ends[k]:ends[k + 1]]`.
    """

    people: int
    members: NDArray[np.int32]
    ends: NDArray[np.int64]

    def __len__(self) -> int:
        """How many sets there are."""
        return len(self.ends) - 1

    def hit(self, people: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Say which sets hold at least one of these people.

        Parameters
        ----------
        people : numpy.ndarray of int
            Numbers of people.
        """
        among = np.zeros(self.people, dtype=bool)
        among[people] = True
        # No set is empty: each holds its root.
        return np.logical_or.reduceat(among[self.members], indices(self.ends[:-1]))

    def reach(self, people: NDArray[np.int64]) -> tuple[float, float]:
        """Estimate the reach of these people, with its standard error.

        Notes
        -----
        n times the share of sets that are hit, which is unbiased.
        """
        share = float(self.hit(people).mean())
        error = np.sqrt(share * (1 - share) / max(len(self) - 1, 1))
        return self.people * share, self.people * float(error)


def reverse_reachable_sets(
    community: Community | networkx.Graph,
    rule: Rule,
    sets: int,
    seed: Seed | None = None,
    *,
    backend: str = "auto",
) -> ReverseReachable:
    """Draw people at random, and for each all those who would have reached them.

    Parameters
    ----------
    community : Community or networkx.Graph
        People and ties.
    rule : IndependentCascade
        Such as `independent_cascade(0.1)` or `weighted_cascade()`.
    sets : int
        How many, from 1 up.
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where the coins come from.
    backend : {"auto", "numpy", "numba"}
        "numba" runs a compiled kernel, with the same sets.

    Returns
    -------
    ReverseReachable

    Notes
    -----
    Source: Borgs, Brautbar, Chayes & Lucier (2014), SODA, section 3.

    Examples
    --------
    >>> from frontporch import community
    >>> line = community.from_arrays([0, 1, 2, 3], [1, 2, 3, 4])
    >>> found = reverse_reachable_sets(line, community.independent_cascade(0.3), 20_000, seed=7)
    >>> mean, error = found.reach(np.array([0]))
    >>> abs(mean - 1.4251) < 4 * error
    True
    """
    if sets < 1:
        raise ValueError(f"sets is {sets!r}, but must be a whole number from 1 up.")
    town = as_community(community)
    source = Source(town, rule, root_key(seed), backend)
    source.draw(sets)
    return source.drawn()


class Source:
    """A stream of reverse-reachable sets that can be lengthened; set k hangs on its key alone."""

    def __init__(self, town: Community, rule: Rule, root: np.uint64, backend: str = "auto") -> None:
        """Turn the arcs round."""
        self.town, self.root, self.backend = town, root, backend
        self.chances = chances_of(town, rule)
        self.starts, self.sources, self.limits = incoming(town, self.chances)
        self.members = np.empty(0, dtype=np.int32)
        self.ends = np.zeros(1, dtype=np.int64)
        self.fast = False
        self._seen: NDArray[np.uint8] | None = None

    @property
    def sets(self) -> int:
        """How many have been drawn."""
        return len(self.ends) - 1

    def twin(self, root: np.uint64) -> Source:
        """Give another stream with the same ties."""
        other = object.__new__(Source)
        other.__dict__.update(self.__dict__)
        other.root, other._seen = root, None
        other.members, other.ends = np.empty(0, dtype=np.int32), np.zeros(1, dtype=np.int64)
        return other

    def drawn(self) -> ReverseReachable:
        """Give what has been drawn."""
        return ReverseReachable(self.town.size, self.members[: self.ends[-1]], self.ends)

    def draw(self, sets: int, most: int = 1 << 62) -> bool:
        """Draw until there are so many sets; False if they would hold more than `most` people."""
        if sets <= self.sets:
            return True
        keys = run_keys(self.root, np.arange(sets))
        work = sets * (1 + self.town.arcs / self.town.size) * GUESSED_MEMBERS
        self.fast = compiled_wanted(self.backend, work)
        if self.fast:
            return self._compiled(keys, most)
        return self._numpy(keys, most)

    def _compiled(self, keys: NDArray[np.uint64], most: int) -> bool:
        from .kernels import reverse_reachable

        if self._seen is None:
            self._seen = np.zeros(self.town.size, dtype=np.uint8)
        hits = np.empty(ROW, dtype=np.int32)
        first, ends = self.sets, np.empty(len(keys) + 1, dtype=np.int64)
        ends[: first + 1] = self.ends
        while first < len(keys):
            first, _ = reverse_reachable(
                (self.starts, self.sources, self.town.directed),
                self.chances.by,
                self.limits,
                keys,
                first,
                (self.members, ends),
                (self._seen, hits),
            )
            if first < len(keys):
                if len(self.members) >= most:
                    self.ends = ends[: first + 1].copy()
                    return False
                room = np.empty(min(max(2 * len(self.members), 1 << 16), most), dtype=np.int32)
                room[: ends[first]] = self.members[: ends[first]]
                self.members = room
        self.ends = ends
        return True

    def _numpy(self, keys: NDArray[np.uint64], most: int) -> bool:
        members, ends = [self.members[: self.ends[-1]]], [self.ends]
        for first in range(self.sets, len(keys), AT_ONCE):
            found, sizes = self._side_by_side(keys[first : first + AT_ONCE])
            upto = ends[-1][-1] + np.cumsum(sizes)
            fits = int(np.searchsorted(upto, most, side="right"))
            members.append(found[: upto[fits - 1] - ends[-1][-1] if fits else 0])
            ends.append(upto[:fits])
            if fits < len(upto):
                break
        self.members = np.concatenate(members).astype(np.int32)
        self.ends = np.concatenate([one for one in ends if len(one)])
        return self.sets == len(keys)

    def _side_by_side(self, keys: NDArray[np.uint64]) -> tuple[NDArray, NDArray]:
        """Draw a block of sets, all of them one step further back at a time."""
        people = self.town.size
        roots = (coins(keys, np.array([ROOT])) * people).astype(np.int64)
        fresh = np.arange(len(keys)) * people + roots
        seen = fresh
        while len(fresh):
            run, person = np.divmod(fresh, people)
            counts = self.starts[person + 1] - self.starts[person]
            before = np.cumsum(counts) - counts
            arc = np.arange(counts.sum()) + repeat(self.starts[person] - before, counts)
            run, target = repeat(run, counts), repeat(person, counts)
            source = self.sources[arc].astype(np.int64)
            chance = self.limits / BITS
            if self.chances.by != ALL:
                chance = chance[target if self.chances.by == PERSON else arc]
            ties = tie_numbers(source, target, self.town.directed)
            live = np.flatnonzero(coins(keys[run], ties) < chance)
            found = np.unique(run[live] * people + source[live])
            fresh = found[~np.isin(found, seen, assume_unique=True)]
            seen = np.sort(np.concatenate([seen, fresh]))
        return seen % people, bincount(seen // people, minlength=len(keys))


def other_root(root: np.uint64, number: int) -> np.uint64:
    """Give the root of a stream of its own, apart from the runs of `simulate` with this seed.

    Examples
    --------
    >>> root = root_key(7)
    >>> other_root(root, 0) == other_root(root, 1)
    np.False_
    """
    return run_keys(hashed(~np.array([root]))[0], [number])[0]
