"""The decision of lesson 6: join in, push, both, or let chance find out first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ...classroom import Decision, Slider
from ...fans.returns.assumptions import Assumptions, assumed
from ..luck import about, count, draws
from .contact_world import ContactWorld
from .worlds import worlds

JOIN, PUSH, BOTH, TRIAL = "join in", "push", "half and half", "try for half a year"
SHARES = {JOIN: 1.0, PUSH: 0.0, BOTH: 0.5}
"""Share of the money that goes into replies."""


@dataclass(frozen=True)
class ComingYear(Assumptions):
    """What a new customer brings in the coming year, and how a trial is read. Synthetic.

    Parameters
    ----------
    weeks : int
        How long the money is spent.
    worth : float
        What a newly won customer leaves in the year, after the cost of the records.
    worth_varies : float
        From year to year, as a share of it.
    doubt : float
        How far chance moves the difference that a trial sees, as a share of people.
    believed : float
        Difference from which Mara says that replies win customers.

    Notes
    -----
    Town, prices of replies and of boosted posts are those of the lesson. Worth and doubt are
    assumptions for teaching; nobody has measured them.
    """

    weeks: int = assumed(52, "weeks", ends="()")
    worth: float = assumed(30.0, "dollars per customer", ends="()")
    worth_varies: float = assumed(0.15, "share", ends="()")
    doubt: float = assumed(0.02, "share", ends="()")
    believed: float = assumed(0.04, "share", ends="()")


def year(
    world: ContactWorld,
    option: str,
    dollars: float,
    seeds: Sequence[int],
    says: ComingYear | None = None,
) -> NDArray[np.float64]:
    """Give the dollars that incremental adopters bring in the coming year, less what was spent.

    Parameters
    ----------
    world : ContactWorld
        Whether replies win customers, or only boosted posts do.
    option : str
        All money into replies; all into boosted posts; half into each; or half into each for
        half a year, with replies to people whom chance picks, and then all into the better one.
    dollars : float
        Money a week.
    seeds : sequence of int
        The luck of each year.
    says : ComingYear, optional
        What is assumed.

    Notes
    -----
    Adopters with the money, and those who would have come without it, are drawn apart: who
    happens to come is luck in either case.

    Examples
    --------
    >>> from frontporch.course.lesson_06 import ContactWorld
    >>> won = year(ContactWorld(), "join in", 100, [1, 2, 3])
    >>> bool((won > 0).all())
    True
    """
    says = says or ComingYear()
    with_money, without, worth, reading = draws(seeds, 4)  # first: all options share it
    each = about(worth, says.worth, says.worth_varies)
    nobody = _adopted(world, 0.0, 0.0, says.weeks)

    def brought(share: float | NDArray[np.float64]) -> NDArray[np.float64]:
        won = count(with_money, world.people, share) - count(without, world.people, nobody)
        return won * each - says.weeks * dollars

    if option != TRIAL:
        return brought(_adopted(world, dollars, SHARES[option], says.weeks))
    joins = _seen(world, dollars, says, reading) > says.believed
    half = _adopted(world, dollars, SHARES[BOTH], says.weeks)
    better = [_adopted(world, dollars, SHARES[way], says.weeks) for way in (PUSH, JOIN)]
    # Half of the year with half of the money on each, and half with all of it on one.
    return brought((half + np.where(joins, better[1], better[0])) / 2)


@lru_cache(maxsize=256)
def _adopted(world: ContactWorld, dollars: float, join: float, weeks: int) -> float:
    """Give the share of people who become customers in so many weeks."""
    return float(replace(world, weeks=weeks).expected(dollars, join)["adopted"])


def _seen(
    world: ContactWorld, dollars: float, says: ComingYear, luck: NDArray
) -> NDArray[np.float64]:
    """Give what a trial sees: customers among those with a reply, less those among the others."""
    from scipy.special import ndtri

    found = replace(world, weeks=max(2, says.weeks // 2)).expected(dollars, 0.5, by_coin=True)
    return float(found["adopted_replied"] - found["adopted_others"]) + says.doubt * ndtri(luck)


DECISION = Decision(
    id="6.decision",
    shop="Mara's record shop, Second Spin",
    question="What shall Mara spend her money on in the coming year, and how much a week?",
    options={
        JOIN: "Joe replies in the talk of record lovers, two dollars a reply.",
        PUSH: "The money shows the shop's posts to anybody, eight dollars for 1,000 views.",
        BOTH: "Half of the money goes into replies, and half into boosted posts.",
        TRIAL: "Half and half for half a year, with replies to people whom chance picks; then all "
        "money goes into what won more.",
    },
    amount=Slider("dollars", "money", 50, 200, 25, 100, unit="dollars a week"),
    worlds=worlds,
    year=year,
    knowable="As usual, those with a reply come more often in both worlds. Replies to people whom "
    "chance picks tell the worlds apart.",
    memo=(
        "What we know: to answer … of 100 posts within …, … people must be there, at … dollars a "
        "post; answers to … are worth it as long as …",
        "What we do not know: our log cannot say whether replies bring customers, because …",
        "My advice: answer … first, put … dollars a week into …, let chance pick … for … weeks, "
        "and change course if …",
    ),
)
