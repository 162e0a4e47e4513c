"""A test on halves: who gets an offer at once, and who after four weeks; who is lost early."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from ... import stats
from ...counting import repeat
from ...rounding import decimal
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
        said = repeat([True, False, True, False], [lost, many - lost, gone, others - gone])
        return stats.risk_ratio(said, repeat([True, False], [many, others]))

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
        )
