"""The decision of lesson 5: open reviews, picked letters, or regulars who bring a friend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...classroom import Decision, Slider
from ...elementary import expm1, whole_power
from ..luck import about, count, draws
from .shop import net_words
from .stranger_world import StrangerWorld
from .worlds import worlds

REVIEWS, LETTERS, REGULARS = "open reviews", "picked letters", "ask the regulars"


@dataclass(frozen=True)
class Campaign:
    """What twelve weeks of praise cost, and what a new customer is worth. Synthetic.

    Parameters
    ----------
    review : float
        Dollars for a review: a small voucher, and the time to answer it.
    letter, letters : float
        Dollars for a letter on the page, with its photo; how many happy letters there are.
    bouquet, regulars : float
        Dollars for the bouquet that a regular gives to a friend; how many regulars there are.
    brings : float
        Chance that the friend becomes a customer. It is the same in both towns.
    readers : float
        People online who could read what is written; letters beyond some reach the same ones.
    disappointed, blame : float
        Share of reviews by disappointed customers, and the words of praise that one undoes.
    picked : float
        How much a letter that the shop picked is believed, beside an open review.
    worth : float
        Dollars that a new customer leaves in the year, after the price of the flowers.
    worth_varies : float
        From year to year, as a share of it.

    Notes
    -----
    How often a stranger's letter convinces comes from the lesson's two towns, what blame undoes
    from its reviews. Prices, worth, and how much picked letters are believed are assumptions.
    """

    review: float = 20.0
    letter: float = 10.0
    letters: float = 60.0
    bouquet: float = 25.0
    regulars: float = 80.0
    brings: float = 0.3
    readers: float = 600.0
    disappointed: float = 0.1
    blame: float = 2.0
    picked: float = 0.33
    worth: float = 120.0
    worth_varies: float = 0.1

    def read_by(self, world: StrangerWorld, written: float) -> float:
        """Give how many people read so many reviews or letters, each by its writer's contacts."""
        contacts = written * (world.alike + world.other)
        return self.readers * -float(expm1(-contacts / self.readers))


def chances(world: StrangerWorld) -> tuple[float, float]:
    """Give the chance that a contact buys without a letter, and what a believed one adds.

    Examples
    --------
    >>> [round(one, 3) for one in chances(StrangerWorld())]
    [0.07, 0.2]
    """
    alike = world.alike / (world.alike + world.other)
    rate = alike * world.alone[1] + (1 - alike) * world.alone[0]
    weeks = np.asarray(world.weeks)
    alone = 1 - float(whole_power(1 - rate, weeks))
    return alone, (1 - alone) * (1 - float(whole_power(1 - world.convinced, weeks)))


def year(
    world: StrangerWorld,
    option: str,
    budget: float,
    seeds: Sequence[int],
    says: Campaign | None = None,
) -> NDArray[np.float64]:
    """Give the dollars that new customers leave in the coming year, less what was spent.

    Parameters
    ----------
    world : StrangerWorld
        Whether strangers convince.
    option : str
        Open reviews, picked letters, or asking the regulars.
    budget : float
        Dollars at most; picked letters and regulars run out.
    seeds : sequence of int
        The luck of each year.
    says : Campaign, optional
        What is assumed.

    Notes
    -----
    Buyers with the letters, and the same people without them, are drawn apart: who happens to
    want flowers is luck in either case.

    Examples
    --------
    >>> year(StrangerWorld(), "open reviews", 0, [1, 2]).tolist()
    [0.0, 0.0]
    """
    says = says or Campaign()
    with_word, without, friends, worth = draws(seeds, 4)  # first: all options of a seed share it
    each = about(worth, says.worth, says.worth_varies)
    if option == REGULARS:
        asked = min(says.regulars, budget // says.bouquet)
        return count(friends, asked, says.brings) * each - asked * says.bouquet
    if option == REVIEWS:
        written = budget // says.review
        spent = written * says.review
        believed = max(0.0, net_words(says.disappointed, says.blame) / 100)
    else:
        written = min(says.letters, budget // says.letter)
        spent = written * says.letter
        believed = says.picked
    alone, convinced = chances(world)
    readers = says.read_by(world, written)
    won = count(with_word, readers, alone + believed * convinced) - count(without, readers, alone)
    return won * each - spent


def _named() -> dict[str, StrangerWorld]:
    names = ("strangers convince their readers", "readers only share the writer's taste")
    return dict(zip(names, worlds().values(), strict=True))


DECISION = Decision(
    id="5.decision",
    shop="Elif's flower shop",
    question="Elif can do one thing this year. Which one, and for how much money at most?",
    options={
        REVIEWS: "Everybody may review the shop in the open, the disappointed too. A review "
        "costs 20 dollars.",
        LETTERS: "The happiest letters go on the web page: 60 at most, at 10 dollars each.",
        REGULARS: "A regular gets a bouquet to give to a friend: 80 regulars at most, at 25 "
        "dollars each.",
    },
    amount=Slider("budget", "budget", 500, 4_000, 250, 2_000, unit="dollars"),
    worlds=_named,
    year=year,
    knowable="In both towns, people tied to a customer buy more often. Showing half of the "
    "letters, by the toss of a coin, would have told you whether the letters sell flowers.",
    memo=(
        "What we know: tie for tie …, but in all …, because …; a page of picked letters tells a "
        "reader …",
        "What we do not know: how much … is worth in your town, and how many of your customers …",
        "My advice: take …, show also …, and let a coin decide …, so that next year you know "
        "whether …",
    ),
)
