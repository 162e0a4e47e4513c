"""What a rule of contagion is shown: the ties over which something can spread in this step."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ...counting import repeat
from ...streams import coins, step_keys, tie_numbers
from ..graph.ties import Community

OTHER = 1 << 40  # beyond all steps: whoever asks for another coin gets no step's
UNIT = 2.0**-40
"""Pressures are whole multiples of this, so that sums are exact in any order."""


@dataclass(frozen=True, eq=False)
class Exposed:
    """Ties from people who have just adopted to people who have not, over many runs at once.

    Every array has one entry a tie; a rule answers with one True, False or probability each,
    and a person adopts if any tie says so. A rule that is asked every period (`each_period`)
    is shown one entry a person who has not adopted; there `source` is None.

    Parameters
    ----------
    community : Community
        All people and ties.
    step : int
        1 in the first step after the start.
    run : numpy.ndarray of int
        In which run the entry lies, as a position in `keys`.
    target : numpy.ndarray of int
        Number of the person who is reached.
    source, arc : numpy.ndarray of int or None
        Number of the person who has just adopted, and position of the arc between the two.
    keys : numpy.ndarray of uint64 or None
        Key of each run's coins; None in an exact enumeration, which tosses none.
    adopted : numpy.ndarray of bool, shape (runs, people)
        Who had adopted before this step.
    tallies : dict of str to numpy.ndarray
        Exposures of each entry so far, by name.
    """

    community: Community
    step: int
    run: NDArray[np.int64]
    target: NDArray[np.int64]
    source: NDArray[np.int64] | None
    arc: NDArray[np.int64] | None
    keys: NDArray[np.uint64] | None
    adopted: NDArray[np.bool_]
    tallies: dict[str, NDArray]

    def __len__(self) -> int:
        """Count the entries."""
        return len(self.target)

    @cached_property
    def strength(self) -> NDArray[np.float64]:
        """Strength of each tie; 1 where ties of the community have none."""
        if self.community.strength is None:
            return np.ones(len(self))
        return self.community.strength[self._arcs].astype(float)

    @cached_property
    def strong(self) -> NDArray[np.bool_]:
        """Whether each tie is strong; see `Community.strong`."""
        return self.community.strong[self._arcs]

    @cached_property
    def kind(self) -> NDArray[np.uint8]:
        """Kind of each tie, as a position in `community.kinds`."""
        if self.community.kind is None:
            raise ValueError("ties of this community have no layer and no strength, so no kind.")
        return self.community.kind[self._arcs]

    @cached_property
    def degree(self) -> NDArray[np.int64]:
        """How many ties lead to the person who is reached."""
        return self.community.in_degree[self.target]

    @cached_property
    def coin(self) -> NDArray[np.float64]:
        """Coin from 0 to 1, of this run and tie; every period, of this run, step and person."""
        if self.source is None:
            return self._tossed(self.target, self.target, self._step_keys)
        return self._tossed(self.source, self.target, self._keys)

    @cached_property
    def threshold(self) -> NDArray[np.float64]:
        """Coin of the person who is reached, from 0 to 1: the same through a whole run."""
        return self.luck(self.target)

    def luck(self, people: NDArray[np.integer], which: int = 0) -> NDArray[np.float64]:
        """Coin of some person of each entry, the same through a whole run.

        Coin 0 is the person's threshold; 1, 2 and so on are independent of it.
        """
        keys = self._keys if which == 0 else step_keys(self._keys, OTHER + which)
        return self._tossed(people, people, keys)

    @property
    def exposures(self) -> NDArray[np.int64]:
        """How many who are tied to this person have adopted, this tie counted as the last."""
        return self._tally("exposures")

    @property
    def strong_exposures(self) -> NDArray[np.int64]:
        """How many of the exposures came over strong ties."""
        return self._tally("strong")

    @property
    def pressure(self) -> NDArray[np.float64]:
        """Sum of the rule's own `weigh` over the exposures."""
        return self._tally("pressure") * UNIT

    @cached_property
    def pressure_of_step(self) -> NDArray[np.float64]:
        """Sum of the rule's own `weigh` over all exposures up to the end of this step."""
        person = self.run * self.community.size + self.target
        last = np.flatnonzero(np.append(person[1:] != person[:-1], True))
        return repeat(self.pressure[last], np.diff(np.concatenate([[-1], last])))

    @cached_property
    def adopters(self) -> NDArray[np.int64]:
        """How many had adopted before this step in the run of each entry."""
        return self.adopted.sum(axis=1)[self.run]

    def _tally(self, name: str) -> NDArray:
        if name not in self.tallies:
            raise AttributeError(
                f"this rule does not count {name!r}: name it in the rule's `reads`, such as "
                f"my_rule.reads = {tuple(dict.fromkeys(('exposures', name)))!r}"
                + (", and give the rule a method `weigh`." if name == "pressure" else ".")
            )
        return self.tallies[name]

    @property
    def _arcs(self) -> NDArray[np.int64]:
        if self.arc is None:
            raise AttributeError(
                "a rule asked every period sees people, not ties: read exposures or "
                "strong_exposures instead."
            )
        return self.arc

    @property
    def _keys(self) -> NDArray[np.uint64]:
        if self.keys is None:
            raise ValueError(
                "exact enumeration tosses no coin: return the probability itself, which is "
                "compared with the coin otherwise, or give the rule a method `chance`."
            )
        return self.keys

    @cached_property
    def _step_keys(self) -> NDArray[np.uint64]:
        return step_keys(self._keys, self.step)

    def _tossed(self, first: NDArray, second: NDArray, keys: NDArray[np.uint64]) -> NDArray:
        ties = tie_numbers(first, second, self.community.directed)
        return coins(keys[self.run], ties)
