"""The decision of lesson 10: an offer at once, after four weeks, or a test first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...classroom import Decision, Slider
from ...shop import World
from ..luck import draws
from .worlds import CLAIM, worlds

AT_ONCE, LATER, TEST = "offer at once", "offer after four weeks", "test on halves first"
WEEKS = 48


@dataclass(frozen=True)
class ComingYear:
    """What an early offer brings in a year, and what a test of it costs and tells. Synthetic.

    Parameters
    ----------
    holds, holds_varies : float
        Dollars a year by which an offer at once beats one after four weeks where claim 2.4 holds,
        and how far it varies over towns and luck (standard deviation).
    fails, fails_varies : float
        The same where the claim does not hold.
    test : float
        What the test costs.
    tells : float
        How far apart, in standard deviations, the readings of the two towns lie after a week of
        the test; it grows with the square root of the weeks.

    Notes
    -----
    The dollars are means of ``shop.claims("2.4", runs=24, weeks=48, seed=7)``, rounded. What a
    test tells was measured in twelve drawn towns: 0.9 standard deviations after 8 weeks, 1.4 after
    12, and 1.8 after 24. A slow test measures the dollars anew.
    """

    holds: float = 2_700.0
    holds_varies: float = 800.0
    fails: float = -900.0
    fails_varies: float = 680.0
    test: float = 400.0
    tells: float = 0.4

    def gain(self, world: World, luck: NDArray[np.float64]) -> NDArray[np.float64]:
        """Give the dollars by which an offer at once beats a later one, for each luck."""
        from scipy.special import ndtri

        if world.true(CLAIM):
            return self.holds + self.holds_varies * ndtri(luck)
        return self.fails + self.fails_varies * ndtri(luck)

    def right(self, weeks: float) -> float:
        """Give the chance that a test of so many weeks names the right town.

        Examples
        --------
        >>> says = ComingYear()
        >>> says.right(0), round(says.right(24), 2)
        (0.5, 0.84)
        """
        from scipy.special import ndtr

        return float(ndtr(self.tells * weeks**0.5 / 2))


def year(
    world: World,
    option: str,
    weeks: float,
    seeds: Sequence[int],
    says: ComingYear | None = None,
) -> NDArray[np.float64]:
    """Give the dollars of the coming year beyond those of a shop that offers after four weeks.

    Parameters
    ----------
    world : World
        Whether an early offer holds newcomers.
    option : str
        Offer at once, after four weeks, or test on halves and do what the test says.
    weeks : float
        Weeks of the test; the other options do not use them.
    seeds : sequence of int
        The luck of each year.
    says : ComingYear, optional
        What is assumed.

    Examples
    --------
    >>> from frontporch.course.lesson_10 import worlds
    >>> year(next(iter(worlds().values())), "offer after four weeks", 12, [1, 2]).tolist()
    [0.0, 0.0]
    """
    says = says or ComingYear()
    gains, reading = draws(seeds, 2)  # first: all options of a seed share it
    if option == LATER:
        return np.zeros(len(seeds))
    gain = says.gain(world, gains)
    if option == AT_ONCE:
        return gain
    tested = weeks / WEEKS
    named_right = reading < says.right(weeks)
    follows = named_right == world.true(CLAIM)
    return gain * tested / 2 + np.where(follows, gain * (1 - tested), 0.0) - says.test


DECISION = Decision(
    id="10.decision",
    shop="Nora's bookshop",
    question="A second shop, in another town whose rules nobody knows. When does a newcomer get "
    "the first offer there? Dollars are counted beyond what an offer after four weeks brings.",
    options={
        AT_ONCE: "Every newcomer gets an offer in the first week, all year.",
        LATER: "Every newcomer gets it after four weeks, as in most shops.",
        TEST: "A coin gives half of the newcomers the offer at once; then you do what the test "
        "says. It costs 400 dollars.",
    },
    amount=Slider("weeks", "weeks of the test", 4, 24, 2, 12, unit="weeks"),
    worlds=lambda: dict(worlds()),
    year=year,
    knowable="In both towns together, an early offer can win about three times what it can lose. "
    "So a test that costs 400 dollars has little to save you from.",
    memo=(
        "What we know: in our year luck alone moved a shop by …, and our decisions brought …",
        "What we do not know: whether … holds in the second town, because …",
        "My advice: …, and we would change it if …",
    ),
)
