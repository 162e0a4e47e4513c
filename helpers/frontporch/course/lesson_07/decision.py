"""The decision of lesson 7: what the bakery tells the bank about the fans of the coming year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...classroom import Decision, Slider
from ...fans.returns.assumptions import Assumptions, assumed
from ..luck import about, draws
from .worlds import QUARTER, GrowthWorld, worlds

PROMISE, RANGE, WAIT = "promise a number", "give a range", "wait a year"
WATCHED, QUARTERS = 12, 4
"""Quarters that the page has been watched, in which both worlds look alike, and of a year."""


@dataclass(frozen=True)
class ComingYear(Assumptions):
    """What the oven costs and the fans bring in the coming year. Synthetic.

    Parameters
    ----------
    margin : float
        What a fan leaves the bakery in a year, after flour and wages.
    varies : float
        From year to year, as a share of it.
    loan : float
        Interest and repayment of the second oven.
    room : float
        New fans whose orders the old oven can still bake.
    off : float
        What the bank takes off the year's payment for each new fan that is promised.
    penalty : float
        What it charges where fewer fans come than were promised.
    looked_after : float
        What it takes off for a range that is looked at again every quarter.
    vanishes : float
        Chance that the page is lost in the middle of the year, with all its fans.

    Notes
    -----
    All numbers are assumptions for teaching; no bank and no bakery was asked.
    """

    margin: float = assumed(9.0, "dollars per fan and year")
    varies: float = assumed(0.10, "share", ends="()")
    loan: float = assumed(7_200.0, "dollars a year")
    room: float = assumed(150.0, "fans")
    off: float = assumed(0.5, "dollars per fan promised")
    penalty: float = assumed(4_000.0, "dollars")
    looked_after: float = assumed(400.0, "dollars")
    vanishes: float = assumed(0.03, "share", 0.0, 1.0, ends="[]")


def fans_of_the_year(
    world: GrowthWorld, luck: NDArray[np.float64], gone: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Give the fans at the end of each quarter of the coming year.

    Parameters
    ----------
    world : GrowthWorld
        Whether fans bring fans.
    luck : numpy.ndarray of float, shape (4, years)
        Of each quarter, between 0 and 1.
    gone : numpy.ndarray of bool, shape (years,)
        Years in the middle of which the page is lost.
    """
    from scipy.special import ndtri

    users = world.users((WATCHED + np.arange(QUARTERS)) * QUARTER)
    pushed = world.error * ndtri(luck)
    fans = np.empty((QUARTERS, luck.shape[1]))
    now = np.full(luck.shape[1], world.path()[WATCHED])
    for k in range(QUARTERS):
        chance = np.maximum(world.unprompted + world.talk * now / users[k] + pushed[k], 0)
        now = now + QUARTER * chance * (users[k] - now)
        fans[k] = now
    fans[QUARTERS // 2 :, gone] = 0.0
    return fans


def year(
    world: GrowthWorld,
    option: str,
    promised: float,
    seeds: Sequence[int],
    says: ComingYear | None = None,
) -> NDArray[np.float64]:
    """Give the dollars that the new fans leave in the coming year, less what the loan costs.

    Parameters
    ----------
    world : GrowthWorld
        Whether fans bring fans.
    option : str
        Take the loan with a promise, take it with a range, or wait.
    promised : float
        Fans at the end of the year; only a promise is held to it.
    seeds : sequence of int
        The luck of each year.
    says : ComingYear, optional
        What is assumed.

    Examples
    --------
    >>> page = worlds()["nobody talks"]
    >>> year(page, "promise a number", 4_000, [1]) < year(page, "give a range", 4_000, [1])
    array([ True])
    """
    says = says or ComingYear()
    luck = draws(seeds, QUARTERS + 2)  # before anything else: all options of a seed share it
    fans = fans_of_the_year(world, luck[:QUARTERS], luck[QUARTERS] < says.vanishes)
    today = float(world.path()[WATCHED])
    more = fans.mean(axis=0) - today
    margin = about(luck[QUARTERS + 1], says.margin, says.varies)
    if option == WAIT:
        return margin * np.minimum(more, says.room)
    earned = margin * more - says.loan
    if option == RANGE:
        return earned + says.looked_after
    kept = fans[-1] >= promised
    return earned + np.where(kept, says.off * (promised - today), -says.penalty)


DECISION = Decision(
    id="7.decision",
    shop="Tomás's bakery",
    question="The page is three years old and has about 1,250 fans. Should Tomás take the loan for "
    "the second oven? And what does he tell the bank about his fans in a year?",
    options={
        PROMISE: "He takes the loan and promises the number of fans below. His payment to the bank "
        "falls by 50 cents for each new fan he promises. If fewer come, he pays 4,000 dollars.",
        RANGE: "He takes the loan and gives a range, which the bank reviews every quarter. His "
        "payment falls by 400 dollars.",
        WAIT: "No loan, and no payment. The old oven can bake for the first 150 new fans.",
    },
    amount=Slider("promised", "fans promised", 1_500, 4_000, 100, 2_500, unit="fans"),
    worlds=worlds,
    year=year,
    knowable="Three years of fans look alike in both worlds. The number of people on the platform "
    "tells them apart, but only after a few more quarters. Until then a range is all that can be "
    "known.",
    memo=(
        "What we know: in June 2010 three methods expected …, and … fans came",
        "What we do not know: before growth has slowed down, …, and a page can …",
        "My advice: tell the bank from … to … fans, say which method gave this, and look again in "
        "…",
    ),
)
