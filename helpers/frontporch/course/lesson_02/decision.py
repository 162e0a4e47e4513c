"""The decision of lesson 2: when a stationer writes to people who left an address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ...classroom import Decision, Slider
from ...deepening.offers import OfferModel
from ..luck import about, count, draws
from .worlds import Shop, surface, worlds

AT_ONCE, LATER, TRIAL, BEFORE = (
    "write at the first visit",
    "wait four weeks",
    "let a coin decide first",
    "go on as before",
)
YEAR, WEEKS = 52.0, {AT_ONCE: 0.0, LATER: 4.0, TRIAL: 0.0}


@dataclass(frozen=True)
class Writing:
    """What a letter costs, and what a regular customer leaves. Synthetic.

    Parameters
    ----------
    letter : float
        Dollars for a letter of Amir's own, and for the answers: about eight minutes.
    friend : float
        Dollars that a regular customer leaves in the year, after the price of the goods.
    year_varies : float
        How much more or less people spend on paper from year to year, as a share.
    keeping_the_list : float
        Dollars in a trial, for the list of what the coin said and who became a customer.

    Notes
    -----
    How many strangers become regular customers comes from the hazards of the lesson's two shops.
    The dollars are assumptions for teaching; nobody has measured them.
    """

    letter: float = 2.0
    friend: float = 50.0
    year_varies: float = 0.25
    keeping_the_list: float = 200.0


@cache
def becomes(model: OfferModel, week: float | None) -> float:
    """Give the chance of becoming a regular within a year; None is an offer as before.

    Examples
    --------
    >>> round(becomes(OfferModel(), 0.0), 2), round(becomes(OfferModel(), None), 2)
    (0.71, 0.5)
    """
    if week is None:
        return float(surface(model)[0])
    return float(model.shares([week], YEAR)["friend"].iloc[0])


def year(
    shop: Shop, option: str, addresses: float, seeds: Sequence[int], says: Writing | None = None
) -> NDArray[np.float64]:
    """Give the dollars that come in addition to those of going on as before, less the letters.

    Parameters
    ----------
    shop : Shop
        What an offer does to strangers.
    option : str
        When Amir writes.
    addresses : float
        To how many strangers in the year; to the others he writes as before.
    seeds : sequence of int
        The luck of each year.
    says : Writing, optional
        What is assumed.

    Notes
    -----
    Strangers who become regulars, and those who would have without the letter, are drawn apart:
    who happens to look in is luck in either case. A trial takes half of the addresses, and the
    coin half of these; Amir writes at once to the other half of all if more became regulars.

    Examples
    --------
    >>> year(worlds()["pushing loses customers"], "go on as before", 400, [1, 2]).tolist()
    [0.0, 0.0]
    """
    says = says or Writing()
    luck = draws(seeds, 5)  # before anything else: all options of a seed share it
    written, usual, spent = luck[0:2], luck[2:4], luck[4]
    if option == BEFORE:
        return np.zeros(len(seeds))
    parts = addresses * np.array([[0.25], [0.5]]) if option == TRIAL else addresses / 2
    chance, otherwise = becomes(shop.model, WEEKS[option]), becomes(shop.model, None)
    won = count(written, parts, chance) - count(usual, parts, otherwise)
    brought = won * about(spent, says.friend, says.year_varies) - says.letter * parts
    if option != TRIAL:
        return brought.sum(axis=0)
    return brought[0] - says.keeping_the_list + np.where(won[0] > 0, brought[1], 0.0)


DECISION = Decision(
    id="2.decision",
    shop="Amir's stationery shop",
    question="When does Amir write to people who leave an address, and to how many of them?",
    options={
        AT_ONCE: "He writes at the first visit, before anybody else does.",
        LATER: "He writes four weeks later, when people know the shop a little.",
        TRIAL: "For half a year a coin decides who gets a letter at once; he goes on if it won "
        "customers. Keeping the list costs 200 dollars.",
        BEFORE: "He writes when he gets round to it, after ten weeks on average.",
    },
    amount=Slider("addresses", "addresses", 100, 800, 100, 400, unit="in the year"),
    worlds=worlds,
    year=year,
    knowable="At the end of a year the logs of both shops look alike. A trial of some hundred "
    "addresses tells them apart, and so does the gain in week 0 if offers came at random.",
    memo=(
        "What we know: in a log like yours, an offer in week … gains …",
        "What we do not know: the log cannot say …, because …",
        "My advice: let a coin decide for … strangers, look after … weeks, and write at the first "
        "visit if …",
    ),
)
