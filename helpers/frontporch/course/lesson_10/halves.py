"""A test on halves: who gets an offer at once, and who after four weeks; who is lost early."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ... import stats
from ...rounding import decimal
from ...shop import Acts, Market, World
from ...shop.trials import Trial
from ...shop.year import Year
from ...stats.contrasts import Contrast
from ..findings import Findings

EARLY = 4
"""Weeks after the first meeting in which the halves are treated differently."""
WEEKS = 24
AT_ONCE, LATER = "offer at once", "offer after four weeks"
HALVES = (AT_ONCE, LATER)
RIVALS = 3
TOWN, SEED = 7, 1
"""Where the lesson tests: seeds of a town's rules, and of its luck."""


@dataclass(frozen=True, eq=False)
class Halves(Findings):
    """Newcomers of both halves, and how many of them were lost early; see `offer_test`."""

    PICTURES: ClassVar[Mapping[str, str]] = {
        "lost": "frontporch.course.lesson_10.pictures:plot_halves"
    }

    def counts(self, half: str) -> tuple[int, int]:
        """Give how many newcomers a half had in the first town, and how many of them were lost."""
        row = self.table[self.table["half"] == half].iloc[0]
        return int(row["newcomers"]), int(row["lost"])

    @property
    def more_lost(self) -> float:
        """Per cent by which more were lost with the offer at once; below 0, fewer."""
        (many, lost), (others, gone) = (self.counts(half) for half in HALVES)
        return 100 * (lost / many / (gone / others) - 1)

    def ratio(self) -> Contrast:
        """Give how many times as large the share of lost is with the offer at once."""
        (many, lost), (others, gone) = (self.counts(half) for half in HALVES)
        said = np.repeat([True, False, True, False], [lost, many - lost, gone, others - gone])
        return stats.risk_ratio(said, np.repeat([True, False], [many, others]))

    def in_words(self) -> pd.DataFrame:
        """Give the table as it is read: whole people, and per cent."""
        share = [decimal(one, 1) for one in 100 * self.table["lost"] / self.table["newcomers"]]
        return pd.DataFrame(
            {
                "half": self.table["half"],
                "people met": self.table["newcomers"],
                "lost within four weeks": self.table["lost"],
                "lost (%)": share,
            }
        ).set_index("half")


def offer_test(
    towns: World | Mapping[str, World] | None = None, weeks: int = WEEKS, *, seed: int = SEED
) -> Halves:
    """Test the first offer on halves of the people: at once, or after four weeks.

    Parameters
    ----------
    world : World, optional
        The town; the lesson's, in which claim 2.4 holds, without it.
    weeks : int
        How long the test lasts, from 5 to 24.
    seed : int
        Where the luck of the town and the coin come from.

    Returns
    -------
    Halves
        Its table has one row a town and half: `town`, `half`, `newcomers` (met at least four weeks
        before the end) and `lost` (of these, within four weeks).

    Notes
    -----
    The shop itself offers after four weeks; a coin (`shop.trials.Trial`) picks who gets the offer
    at once. Halves share the desk and the talk of the town, as in a real shop.

    Examples
    --------
    >>> offer_test(weeks=8).summary().columns.tolist()
    ['town', 'half', 'newcomers', 'lost']
    """
    if not EARLY < weeks <= WEEKS:
        raise ValueError(f"weeks is {weeks!r}, but is from {EARLY + 1} to {WEEKS}.")
    if towns is None:
        from .worlds import worlds

        towns = next(iter(worlds().values()))
    rows = []
    for town, world in towns.items() if isinstance(towns, Mapping) else [("", towns)]:
        met, gone, tested = newcomers(world, seed)
        early_enough = met["time"].to_numpy() <= weeks - EARLY
        for half, mine in ((AT_ONCE, tested), (LATER, ~tested)):
            counted = mine & early_enough
            rows.append((town, half, int(counted.sum()), int((counted & gone).sum())))
    return Halves(pd.DataFrame(rows, columns=["town", "half", "newcomers", "lost"]))


@lru_cache(maxsize=32)
def newcomers(world: World, seed: int) -> tuple[pd.DataFrame, NDArray[np.bool_], NDArray[np.bool_]]:
    """List whom a shop met and when; say who was lost within four weeks, and who was tested."""
    market = Market(world, 1 + RIVALS, seed)
    trial = Trial(0, "offer_week", 0, since=1)
    for _ in range(WEEKS):
        market.play([Acts(offer_week=EARLY)] * market.shops, [trial])
    moves = Year(market).moves
    moves = moves[moves["shop"] == 0]
    met = moves.loc[moves["from"] == "unmet", ["person", "time"]].reset_index(drop=True)
    lost = moves[moves["to"] == "lost"].groupby("person")["time"].first()
    stayed = met["person"].map(lost) - met["time"]
    gone = ((stayed > 0) & (stayed <= EARLY)).to_numpy()
    return met, gone, trial.half(market.luck)[met["person"].to_numpy()]
