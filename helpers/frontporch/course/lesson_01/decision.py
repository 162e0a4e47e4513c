"""The decision of lesson 1: a lamp shop's money goes into contact online, or into evenings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...classroom import Decision, Slider
from ...elementary import expm1
from ..luck import about, count, draws
from .worlds import World, worlds

ONLINE, EVENINGS, BOTH, NOTHING = (
    "answer online",
    "evenings in the shop",
    "half for each",
    "spend nothing",
)
SHARES: Mapping[str, Mapping[str, float]] = {
    ONLINE: {"online": 1.0, "offline": 0.0},
    EVENINGS: {"online": 0.0, "offline": 1.0},
    BOTH: {"online": 0.5, "offline": 0.5},
    NOTHING: {"online": 0.0, "offline": 0.0},
}
WEEKS = 52


@dataclass(frozen=True)
class Spending:
    """What contact costs, and what a customer leaves. Synthetic.

    Parameters
    ----------
    per_stranger : float
        Dollars for the contact with one stranger: about an hour of somebody's time.
    around : float
        Strangers whom the shop can reach in a channel; the last ones are the hardest to find.
    buyer, friend : float
        Dollars a week that a customer leaves, after the price of the goods, while in this stage
        of the lesson's ladder.
    year_varies : float
        How much more or less people spend on lamps from year to year, as a share.

    Notes
    -----
    How many strangers become buyers and friends, and for how many weeks, comes from the ladder
    of the lesson. The dollars are assumptions for teaching; nobody has measured them.
    """

    per_stranger: float = 20.0
    around: float = 700.0
    buyer: float = 2.0
    friend: float = 4.0
    year_varies: float = 0.15

    def strangers(self, dollars: float) -> float:
        """Give how many strangers are reached for so many dollars."""
        return self.around * -float(expm1(-dollars / (self.per_stranger * self.around)))

    def worth(self, world: World) -> dict[str, tuple[float, float]]:
        """Give for each channel the chance that a stranger buys in a year, and a buyer's dollars.

        Examples
        --------
        >>> worth = Spending().worth(worlds()["the claim holds"])["offline"]
        >>> [round(one, 2) for one in worth]
        [0.41, 70.02]
        """
        stays = world.ladder.occupancy(np.arange(WEEKS + 1)).groupby("channel", observed=True)
        weeks = stays[["buyer", "friend"]].sum()
        chances = world.ladder.reach_by("buyer", [WEEKS]).iloc[0]
        found = {}
        for channel in ("online", "offline"):
            brought = self.buyer * weeks.at[channel, "buyer"]
            brought += self.friend * weeks.at[channel, "friend"]
            found[channel] = (float(chances[channel]), float(brought / chances[channel]))
        return found


def year(
    world: World, option: str, budget: float, seeds: Sequence[int], says: Spending | None = None
) -> NDArray[np.float64]:
    """Give the dollars that new customers leave in their first year, less the budget.

    Parameters
    ----------
    world : World
        The ladder of the town.
    option : str
        Where the money goes.
    budget : float
        Dollars; not spent where nothing is done.
    seeds : sequence of int
        The luck of each year.
    says : Spending, optional
        What is assumed.

    Examples
    --------
    >>> year(worlds()["the claim fails"], "spend nothing", 4_000, [1, 2]).tolist()
    [0.0, 0.0]
    """
    says = says or Spending()
    *came, lamps = draws(seeds, 3)  # before anything else: all options of a seed share it
    brought = np.zeros(len(seeds))
    for luck, (channel, (chance, dollars)) in zip(came, says.worth(world).items(), strict=True):
        strangers = says.strangers(budget * SHARES[option][channel])
        buyers = count(luck, strangers, chance)
        brought += buyers * about(lamps, dollars, says.year_varies)
    return brought - budget * sum(SHARES[option].values())


def _named() -> dict[str, World]:
    found = worlds()
    return dict(
        zip(("online is faster", "online only loses people sooner"), found.values(), strict=True)
    )


DECISION = Decision(
    id="1.decision",
    shop="Maya's lamp shop",
    question="Maya can pay for one new thing this year. Where does her money go?",
    options={
        ONLINE: "Somebody answers questions on the web site from the first visit on.",
        EVENINGS: "There is an evening in the shop every month.",
        BOTH: "Half of the money goes to the web site, half to fewer evenings.",
        NOTHING: "The money stays in the bank.",
    },
    amount=Slider("budget", "budget", 1_000, 8_000, 500, 4_000, unit="dollars"),
    worlds=_named,
    year=year,
    knowable="A list of the friends that a shop has made looks the same in both towns. Counting "
    "everybody who set out, and how many of them were lost, tells the towns apart.",
    memo=(
        "What we know: within a day, pairs online …; by the fifth encounter …",
        "What we do not know: the counts cannot say …, because …",
        "My advice: spend the money on …, and watch … for … weeks, because that number would "
        "change my mind.",
    ),
)
