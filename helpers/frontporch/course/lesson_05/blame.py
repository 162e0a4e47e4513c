"""A rule of contagion: customers praise the shop, and those who were disappointed blame it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from ...community import Exposed
from ...elementary import log


@dataclass(frozen=True)
class PraiseAndBlame:
    """Come to the shop when praise, less what blame undoes, outweighs one's reserve.

    Parameters
    ----------
    hazard : float
        What one word of a friend weighs: alone it convinces with 1 − exp(−hazard).
    worth : tuple of float
        Worth of one word over each kind of tie, in words of a friend.
    silent : int
        Kind of tie over which nobody blames: the shop's own page. −1 if there is none.
    disappointed : float
        Share of customers who are disappointed, from 0 to 1.
    blame : float
        Words of praise that one word of blame undoes.

    Notes
    -----
    Every person has a reserve, exponential with mean 1. Who is disappointed does not depend on
    it: that is another coin of the person.
    """

    hazard: float
    worth: tuple[float, ...]
    silent: int
    disappointed: float
    blame: float
    adds_up: ClassVar[bool] = True
    reads: ClassVar[tuple[str, ...]] = ("pressure",)

    def weigh(self, ties: Exposed) -> NDArray[np.float64]:
        """Give the weight of each word; below 0 where it is blame."""
        weight = self.hazard * np.array(self.worth)[ties.kind]
        blames = (ties.luck(ties.source, 1) < self.disappointed) & (ties.kind != self.silent)
        return np.where(blames, -self.blame * weight, weight)

    def __call__(self, ties: Exposed) -> NDArray[np.bool_]:
        """Say whose reserve is overcome."""
        return ties.pressure_of_step > -log(1 - ties.threshold)
