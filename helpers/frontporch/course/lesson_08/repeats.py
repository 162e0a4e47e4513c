"""The same experiment many times over: how often its interval holds the truth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd

from ...fans.returns import lift
from ...result import Result
from .worlds import FanWorld


@dataclass(frozen=True, eq=False)
class Repeats(Result):
    """The same experiment many times over.

    Parameters
    ----------
    table : pandas.DataFrame
        One row a draw: `draw` (from 1), `naive` (what fans spend more, as a share of what others
        spend), `lift` (the same by the invitation), `lower`, `upper`, `truth` (what the
        invitation finds in the long run), `holds` (whether the interval holds it).
    """

    table: pd.DataFrame

    PICTURES: ClassVar[dict[str, str]] = {
        "repeats": "frontporch.course.lesson_08.pictures:plot_repeats"
    }

    def __len__(self) -> int:
        """Count the draws."""
        return len(self.table)

    @property
    def held(self) -> int:
        """How many intervals hold the truth."""
        return int(self.table["holds"].sum())

    def summary(self) -> pd.DataFrame:
        """Show the draws, one a row."""
        return self.table.copy()


def repeat_experiment(
    world: FanWorld, customers: int, *, times: int = 100, seed: int = 7, level: float = 0.95
) -> Repeats:
    """Draw a world's customers again and again, and read the lift off each draw.

    Parameters
    ----------
    world : FanWorld
        Where the customers come from.
    customers : int
        How many in each draw.
    times : int
        How many draws.
    seed : int
        Each draw gets a stream of its own from it.
    level : float
        Confidence level of every interval.

    Returns
    -------
    Repeats

    Examples
    --------
    >>> found = repeat_experiment(FanWorld(), 2_000, times=3).summary()
    >>> found["draw"].tolist(), found["truth"].tolist()
    ([1, 2, 3], [0.0, 0.0, 0.0])
    """
    if times < 1:
        raise ValueError(f"times is {times}, but must be 1 or above.")
    rows = []
    for k in range(times):
        drawn = world.simulate(customers, np.random.SeedSequence(seed, spawn_key=(k,)))
        found = lift(drawn, past=None, level=level)
        rows.append((k + 1, found.lift("naive"), found.lift("experiment"), *found.interval()))
    table = pd.DataFrame(rows, columns=["draw", "naive", "lift", "lower", "upper"])
    truth = float(world.expected()["experiment"])
    holds = (table["lower"] <= truth) & (truth <= table["upper"])
    return Repeats(table.assign(truth=truth, holds=holds))
