"""What the control says after a click: sentences and numbers, for the picture and for a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ...rounding import decimal

if TYPE_CHECKING:
    from ...community.seeding.percolation import Reach

BAND = (0.05, 0.95)
"""Between these shares of worlds lies the band: nine of ten."""


@dataclass(frozen=True)
class Telling:
    """What is said.

    Parameters
    ----------
    headline : str
        How many are asked and how many reached on average.
    band : str
        How many in nine of ten worlds, and how well the average is known.
    last : str
        What the last click changed.
    rows : tuple of tuple
        Way, people reached with as many asked as now, and with the whole budget; missing where
        it is not known. The first row is the choice by hand.
    columns : tuple of str
        What stands above the two numbers.
    ends : tuple of int, optional
        Between which nine of ten worlds lie.
    """

    headline: str
    band: str
    last: str
    rows: tuple[tuple[str, float | None, float | None], ...]
    columns: tuple[str, str]
    ends: tuple[int, int] | None = None

    def for_browser(self) -> dict[str, Any]:
        """Give it as plain lists and texts."""
        return {
            "headline": self.headline,
            "band": self.band,
            "last": self.last,
            "columns": list(self.columns),
            "rows": [list(one) for one in self.rows],
            "ends": None if self.ends is None else list(self.ends),
        }


def tell(
    reach: Reach,
    people: int,
    budget: int,
    last: str,
    ways: Mapping[str, NDArray[np.float64]],
) -> Telling:
    """Put a reach into words.

    Parameters
    ----------
    reach : Reach
        Of those who are asked.
    people : int
        How many there are.
    budget : int
        How many may be asked.
    last : str
        What the last click changed, in a sentence.
    ways : mapping of str to numpy.ndarray
        What other ways reach; see `other_ways`.

    Examples
    --------
    >>> import numpy as np
    >>> from frontporch.community.seeding.percolation import Reach
    >>> tell(Reach(("Ann",), np.array([1, 3])), 5, 2, "", {}).headline
    '1 of 2 asked: 2.0 of 5 people reached on average'
    """
    asked = len(reach.starters)
    columns = (f"with {asked}", f"with all {budget}")
    told = [(way, float(mean[asked]), float(mean[budget])) for way, mean in ways.items()]
    if not asked:
        mine: tuple[str, float, float | None] = ("yours", 0.0, None)
        headline = f"Whom do you ask first? You may ask {budget} of {people:,} people"
        band = "Click people, or move with the arrow keys and press Enter."
        return Telling(headline, band, last, (mine, *told), columns)
    mine = ("yours", reach.mean, reach.mean if asked == budget else None)
    low, high = (reach.quantile(share) for share in BAND)
    return Telling(
        f"{asked} of {budget} asked: {decimal(reach.mean, 1)} of {people:,} people reached on "
        "average",
        f"Nine of ten worlds: {low:,} to {high:,} people. The average is known to "
        f"{_known_to(reach)}.",
        last,
        (mine, *told),
        columns,
        (low, high),
    )


def changed(name: str, gain: float, back: bool = False) -> str:
    """Say what asking somebody added, or what taking them back cost.

    Examples
    --------
    >>> changed("Ann", 6.24)
    'Last click: Ann adds 6.2 people who would not be reached otherwise'
    >>> changed("Ann", -1.0, back=True)
    'Last click: Ann is taken back, 1.0 people fewer'
    """
    if back:
        return f"Last click: {name} is taken back, {decimal(-gain, 1)} people fewer"
    return f"Last click: {name} adds {decimal(gain, 1)} people who would not be reached otherwise"


def _known_to(reach: Reach) -> str:
    if len(reach.sizes) < 2:
        return "nothing, from one world"
    low, high = reach.interval()
    return f"± {decimal((high - low) / 2, 1)} (95 %)"
