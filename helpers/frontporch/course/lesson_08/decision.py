"""The decision of lesson 8: whether Elif buys fans for her page, and for how many dollars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...classroom import Decision, Slider
from ...fans.returns.assumptions import Assumptions, assumed
from ..luck import about, count, draws
from .worlds import FanWorld, worlds

BUY, TRIAL, NONE = "buy fans", "try a quarter first", "buy none"


@dataclass(frozen=True)
class ComingYear(Assumptions):
    """What fans cost and what can be left of what they buy in the coming year. Synthetic.

    Parameters
    ----------
    price : float
        What the agency takes for a fan.
    left : float
        Share of what customers spend that is left once the goods are paid.
    stay : float
        Share of the agency's fans who are still fans after the first weeks.
    usual : float
        What a customer like them spends in a year without the page.
    varies : float
        What they spend more, from year to year, as a share of it.
    care, care_varies : float
        Time that a fan takes in a year, in dollars, and how far it varies, as a share.
    apart : float
        Standard deviation of what single customers spend in a quarter.
    list_costs : float
        What it costs in a trial to keep the list of who got an invitation.

    Notes
    -----
    Price and share are those of the lesson; what is usual is near to the spending of its shops.
    That agency's fans are like other customers, how many stay, and the price of the list are
    assumptions for teaching.
    """

    price: float = assumed(8.0, "dollars per fan", ends="()")
    left: float = assumed(0.40, "share", 0.0, 1.0, ends="[]")
    stay: float = assumed(0.85, "share", 0.0, 1.0, ends="[]")
    usual: float = assumed(140.0, "dollars a year")
    varies: float = assumed(0.12, "share", ends="()")
    care: float = assumed(1.5, "dollars per fan and year")
    care_varies: float = assumed(0.5, "share", ends="()")
    apart: float = assumed(45.0, "dollars", ends="()")
    list_costs: float = assumed(300.0, "dollars")


def year(
    world: FanWorld,
    option: str,
    budget: float,
    seeds: Sequence[int],
    says: ComingYear | None = None,
) -> NDArray[np.float64]:
    """Give the dollars that bought fans leave in the coming year, less what they cost.

    Parameters
    ----------
    world : FanWorld
        Whether fans buy more because they are fans.
    option : str
        Spend the budget at once, spend a quarter of it on a trial and go on if it pays, or none.
    budget : float
        Dollars for the agency.
    seeds : sequence of int
        The luck of each year.
    says : ComingYear, optional
        What is assumed.

    Examples
    --------
    >>> year(FanWorld(effect=0.35), "buy none", 4_000, [1, 2]).tolist()
    [0.0, 0.0]
    """
    says = says or ComingYear()
    luck = draws(seeds, 5)  # before anything else: all options of a seed share it
    if option == NONE:
        return np.zeros(len(seeds))
    parts = np.array([[0.25], [0.75]])
    bought = np.floor(parts * budget / says.price)
    stayed = count(luck[0:2], bought, says.stay)
    more = about(luck[2], world.effect * says.usual, says.varies) if world.effect else 0.0
    # The fans of the rest of the budget come a quarter later in a trial, and at once otherwise.
    part = np.array([[1.0], [0.75 if option == TRIAL else 1.0]])
    care = about(luck[4], says.care, says.care_varies)
    brought = stayed * part * (says.left * more - care) - bought * says.price
    if option == BUY:
        return brought.sum(axis=0)
    goes_on = _pays(world, says, bought[0, 0], luck[3])
    return brought[0] - says.list_costs + np.where(goes_on, brought[1], 0.0)


def _pays(
    world: FanWorld, says: ComingYear, bought: float, luck: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Whether the fans of a trial spend enough more than as many who got no invitation.

    Enough is what brings in a fan's price and time within the year.
    """
    from scipy.special import ndtri

    seen = says.stay * world.effect * says.usual / 4
    blur = says.apart * np.sqrt(2 / bought) * ndtri(luck)
    return seen + blur > (says.price + says.care) / says.left / 4


DECISION = Decision(
    id="8.decision",
    shop="Elif's coffee shop",
    question="The agency sells fans for 8 dollars each. Shall Elif buy fans for the coming year, "
    "and for how many dollars?",
    options={
        BUY: "She spends the budget now, and all fans join at once. Each takes about 1.50 dollars "
        "of her time a year.",
        TRIAL: "She spends a quarter of the budget on people picked by chance. After three months "
        "she spends the rest if these fans buy enough more. Keeping the list costs 300 dollars.",
        NONE: "She buys no fans. The page costs nothing and brings nothing.",
    },
    amount=Slider("budget", "budget for fans", 1_000, 8_000, 500, 4_000, unit="dollars"),
    worlds=worlds,
    year=year,
    knowable="Fans spend 50 percent more in both worlds, so that says nothing. Only a comparison "
    "in which chance picks who is invited tells the worlds apart, and a small one can mislead.",
    memo=(
        "What we know: fans spend … percent more than others, and the experiment finds …",
        "What we do not know: …, because …",
        "My advice: pay at most … for a fan, because …, and first invite … by chance",
    ),
)
