"""The decision of lesson 9: whether the page goes on, and for how many hours a week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...classroom import Decision, Slider
from ...elementary import expm1
from ...fans.returns.assumptions import Assumptions, assumed
from ..luck import about, count, draws
from .worlds import PageWorld, worlds

RUN, TRIAL, CLOSE = "run the page", "try a quarter first", "close the page"
WEEKS = 52


@dataclass(frozen=True)
class ComingYear(Assumptions):
    """What the page costs in the coming year, and what it can win. Synthetic.

    Parameters
    ----------
    visitors : float
        People who visit the shop in the year; half of them are invited, as in the year before.
    worth : float
        What a newly won customer is worth, as the lesson works it out from the music shop.
    worth_varies : float
        From year to year, as a share of it.
    wage : float
        What an hour of Ivo's costs.
    usual : float
        Hours a week in the year before. With them as many join as did then.
    answered : float
        Hours a week that answer most of those who write (63 %); later hours win ever fewer.
    hours_vary : float
        How far the hours that the page takes are from those that were planned, as a share.
    checking : float
        What it costs in a trial to keep the list of who was invited and who bought.

    Notes
    -----
    Wage, hours and their spread are those of the lesson. That later hours win fewer, and the
    price of keeping the list, are assumptions for teaching; nobody has measured them.
    """

    visitors: float = assumed(8_000, "people a year", ends="()")
    worth: float = assumed(49.0, "dollars per customer")
    worth_varies: float = assumed(0.1, "share", ends="()")
    wage: float = assumed(18.0, "dollars an hour")
    usual: float = assumed(8.0, "hours a week", ends="()")
    answered: float = assumed(5.0, "hours a week", ends="()")
    hours_vary: float = assumed(0.12, "share", ends="()")
    checking: float = assumed(600.0, "dollars")

    def joins(self, world: PageWorld, hours: float) -> float:
        """Give the share of the invited who become fans, with so many hours a week."""
        return min(1.0, world.joins * float(expm1(-hours / self.answered) / self._usually))

    @property
    def _usually(self) -> float:
        return float(expm1(-self.usual / self.answered))


def year(
    world: PageWorld,
    option: str,
    hours: float,
    seeds: Sequence[int],
    says: ComingYear | None = None,
) -> NDArray[np.float64]:
    """Give the dollars that the page brings in the coming year, less its cost.

    Parameters
    ----------
    world : PageWorld
        Whether fans would have come anyway.
    option : str
        Run the page, try it for a quarter and go on if the coin says that it pays, or close it.
    hours : float
        Hours a week.
    seeds : sequence of int
        The luck of each year.
    says : ComingYear, optional
        What is assumed.

    Notes
    -----
    Fans who buy, and the same people who would have bought without the page, are drawn apart:
    who happens to come by is luck in either case.

    Examples
    --------
    >>> year(PageWorld(), "close the page", 8, [1, 2]).tolist()
    [0.0, 0.0]
    """
    says = says or ComingYear()
    luck = draws(seeds, 7)  # before anything else: all options of a seed share it
    # The quarter of a trial, and the rest of the year, have a row each.
    with_page, without, (worth, work, uninvited) = luck[0:2], luck[2:4], luck[4:7]
    if option == CLOSE:
        return np.zeros(len(seeds))
    parts = np.array([[0.25], [0.75]])
    fans = np.round(says.visitors * world.invited * parts * says.joins(world, hours))
    won = count(with_page, fans, world.fans_buy) - count(without, fans, world.anyway)
    cost = WEEKS * parts * says.wage * about(work, hours, says.hours_vary) if hours else 0 * won
    brought = won * about(worth, says.worth, says.worth_varies) - cost
    if option == RUN:
        return brought.sum(axis=0)
    goes_on = _pays(world, says, hours, won[0], uninvited)
    return brought[0] - says.checking + np.where(goes_on, brought[1], 0.0)


def _pays(
    world: PageWorld, says: ComingYear, hours: float, won: NDArray, luck: NDArray
) -> NDArray[np.bool_]:
    """Whether the coin of a trial quarter says that the page earns its cost.

    What is seen is what was won, blurred by who else of the invited and the others bought.
    """
    from scipy.special import ndtri

    each = says.visitors / 4 * min(world.invited, 1 - world.invited)
    blur = np.sqrt(2 * each * world.others_buy * (1 - world.others_buy)) * ndtri(luck)
    return (won + blur) * says.worth > WEEKS / 4 * hours * says.wage


DECISION = Decision(
    id="9.decision",
    shop="Odile's record shop",
    question="Should Ivo go on with the page in the coming year, and for how many hours a week?",
    options={
        RUN: "Ivo runs it all year, and half of the visitors are invited as before.",
        TRIAL: "For one more quarter a coin decides who is invited. Ivo goes on only if the "
        "invited buy enough more. Keeping the list costs 600 dollars.",
        CLOSE: "Ivo serves in the shop instead. The page costs nothing and brings nothing.",
    },
    amount=Slider("hours", "hours for the page", 2, 14, 1, 8, unit="a week"),
    worlds=worlds,
    year=year,
    knowable="The books look alike in both worlds. Only the comparison of the invited with those "
    "whom the coin did not invite tells them apart, and after one year both were possible.",
    memo=(
        "What we know: in its year the page won … customers, and its profit was …",
        "What we do not know: …, because …",
        "My advice: … hours a week, until …, and measure … by …",
    ),
)
