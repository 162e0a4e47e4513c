"""The decision of lesson 4: a porch for the street, an online list, or a trial first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ...classroom import Decision, Slider
from ...community import independent_cascade, simulate
from ...elementary import expm1
from ...fans.returns.assumptions import Assumptions, assumed
from ..luck import about, draws
from .porch_world import PorchWorld
from .worlds import worlds

PORCH, LIST, TRIAL, NOTHING = "build the porch", "run the list", "try half the streets", "wait"
FRIDAYS, STREETS, TOWNS, RUNS = 50, 20, 4, 100


@dataclass(frozen=True)
class ComingYear(Assumptions):
    """What porch and list cost in the coming year, and what a guest brings. Synthetic.

    Parameters
    ----------
    chance : float
        Chance that a tie passes the news of a Friday on.
    benches : float
        How many times as many neighbors people know once there is a porch.
    come : float
        Share of those who hear of a Friday who come.
    come_varies : float
        From year to year, as a share of it.
    guest : float
        What a guest leaves after the cost of food and drink.
    usual : float
        Dollars at which a porch or list works as the lesson's own.
    enough : float
        Dollars at which most of what can be done is done (63 %); later dollars do ever less.
    doubt : float
        How far chance moves the difference that a trial sees, in neighbors.
    believed : float
        Neighbours lost in wired streets from which Marta says that the list costs neighbors.
    counting : float
        What it costs in a trial to ask people whom they know.

    Notes
    -----
    The two towns are those of the lesson, with twenty streets, and news starts in each of them:
    the café has a guest from every street. Prices, shares and the effect of a porch are
    assumptions for teaching; nobody has measured them.
    """

    chance: float = assumed(0.15, "share", ends="()")
    benches: float = assumed(1.25, "times", ends="()")
    come: float = assumed(0.1, "share", ends="()")
    come_varies: float = assumed(0.15, "share", ends="()")
    guest: float = assumed(11.0, "dollars a guest", ends="()")
    usual: float = assumed(3_000.0, "dollars", ends="()")
    enough: float = assumed(2_000.0, "dollars", ends="()")
    doubt: float = assumed(0.35, "neighbors", ends="()")
    believed: float = assumed(0.7, "neighbors")
    counting: float = assumed(400.0, "dollars")

    def works(self, dollars: float) -> float:
        """Give how well a porch or list works for these dollars: 1 at the usual ones."""
        return float(expm1(-dollars / self.enough) / expm1(-self.usual / self.enough))


def year(
    world: PorchWorld,
    option: str,
    dollars: float,
    seeds: Sequence[int],
    says: ComingYear | None = None,
) -> NDArray[np.float64]:
    """Give the dollars that more guests bring in the coming year, less what was spent.

    Parameters
    ----------
    world : PorchWorld
        Whether an online tie costs neighbors.
    option : str
        The porch; the list; the list on half of the streets for half a year, and then the one
        of both that the coin speaks for; or nothing.
    dollars : float
        What is spent on it in a year.
    seeds : sequence of int
        The luck of each year.
    says : ComingYear, optional
        What is assumed.

    Examples
    --------
    >>> year(PorchWorld(), "wait", 3_000, [1, 2]).tolist()
    [0.0, 0.0]
    """
    says = says or ComingYear()
    luck = draws(seeds, FRIDAYS + 2)  # before anything else: all options of a seed share it
    fridays, (guests, reading) = luck[:FRIDAYS], luck[FRIDAYS:]
    if option == NOTHING:
        return np.zeros(len(seeds))
    now = _heard(world, NOTHING, says, fridays)
    each = says.guest * about(guests, says.come, says.come_varies)
    more = {
        way: each * says.works(dollars) * (_heard(world, way, says, fridays) - now)
        for way in (PORCH, LIST)
    }
    if option != TRIAL:
        return more[option].sum(axis=0) - dollars
    first, later = slice(0, FRIDAYS // 2), slice(FRIDAYS // 2, None)
    tried = more[LIST][first].sum(axis=0) / 2 - dollars / 4 - says.counting
    costs_neighbours = _seen(world, says, reading) < -says.believed
    porch = more[PORCH][later].sum(axis=0) - dollars
    go_on = more[LIST][later].sum(axis=0) - dollars / 2
    return tried + np.where(costs_neighbours, porch, go_on)


def _heard(
    world: PorchWorld, way: str, says: ComingYear, luck: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give how many people hear of each Friday: the same luck is the same place among runs."""
    return np.quantile(_sizes(world, way, says.chance, says.benches), luck)


@lru_cache(maxsize=32)
def _sizes(world: PorchWorld, way: str, chance: float, benches: float) -> NDArray[np.float64]:
    """Let news spread in several towns where streets have no list, a porch, or all the list."""
    here = replace(world, streets=STREETS, invite=0.0)
    if way == PORCH:
        here = replace(here, budget=benches * world.budget)
    elif way == LIST:
        here = replace(here, joins=world.joins + world.invite)
    begin = [street * world.people_each for street in range(STREETS)]
    found = [
        simulate(here.simulate(town).community, begin, independent_cascade(chance), RUNS, town)
        for town in range(TOWNS)
    ]
    return np.concatenate([one.sizes for one in found]).astype(float)


def _seen(world: PorchWorld, says: ComingYear, luck: NDArray) -> NDArray[np.float64]:
    """Give what a trial sees: neighbors known in wired streets, less the others."""
    from scipy.special import ndtri

    return world.expected()["experiment"] + says.doubt * ndtri(luck)


DECISION = Decision(
    id="4.decision",
    shop="Marta's café, The Lantern",
    question="Where shall Marta put the money for the coming year, and how much of it?",
    options={
        PORCH: "Benches in front of the café, paid once: neighbors meet, and know more of each "
        "other.",
        LIST: "An online list for all streets: more people go online and meet others anywhere.",
        TRIAL: "Chance picks half of the streets, and these get the list for half a year. Marta "
        "then asks who knows whom, for 400 dollars, and goes on with the list or builds the porch.",
        NOTHING: "Everything stays as it is; this costs and brings nothing.",
    },
    amount=Slider("dollars", "dollars for it", 1_000, 5_000, 500, 3_000, unit="a year"),
    worlds=worlds,
    year=year,
    knowable="A survey of people online looks alike in both worlds. Streets picked by chance tell "
    "them apart: in one world people in wired streets know fewer neighbors, in the other they do "
    "not.",
    memo=(
        "What we know: …",
        "What we do not know: whether an online tie costs a neighbor, because …",
        "My advice: put the money into …; to find out, let chance pick … and count … after …",
    ),
)
