"""Who buys what, and where: everybody who needs something chooses among all shops."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..luck import Floats, Ints, Purpose, race
from ..people import BUYER, FRIEND, KINDS, LOST
from ..state import ITEMS, ITEMS_A_KIND, Week

WEIGHTS = (0.0, 0.06, 0.35, 1.0, 2.0, 0.0)
"""How often a shop is chosen, by stage; a buyer counts 1."""
WARM = 0.3
"""How much warmth changes the choice."""
SATED = 0.3
"""How fast further reasons to think of a shop add less, as those who think of it anyway cannot be
won twice: twice as strong reasons count 1.5 times."""
USUAL_RATING, RATINGS = 0.55, 0.2
"""The rating at which open reviews change nothing, and the step that counts in full."""
PRIVATE_EVERY, PRIVATE_OFF = 13, 0.10
ASKED, NOT_ASKED = 0.12, 0.1
"""Warmth of being asked to a private sale, and what hearing of it costs those who are not."""
OWN_KIND = 0.6
"""Share of orders that are of the kind that a person likes best."""


@dataclass(frozen=True)
class Orders:
    """What was bought in a week, an order each; money in cents.

    Parameters
    ----------
    flat, item : numpy.ndarray of int
        Shop × people + person, and which of the shop's items.
    price, discount, goods : numpy.ndarray of int64
        Before the discount; the discount; what the goods cost the shop.
    needs, elsewhere : int
        How many needed something, and how many bought it outside these shops.
    """

    flat: Ints
    item: Ints
    price: NDArray[np.int64]
    discount: NDArray[np.int64]
    goods: NDArray[np.int64]
    needs: int
    elsewhere: int


def orders(week: Week, read: Floats) -> Orders:
    """Let everybody who needs something buy it somewhere.

    Parameters
    ----------
    week : Week
        With the state at its start.
    read : numpy.ndarray of float
        How many times as often readers of messages choose the shop.

    Notes
    -----
    Every shop has a clock, and the first to ring is chosen: a better act takes buyers only from
    where their clocks say.
    """
    who = np.flatnonzero(week.luck.persons(week.number, Purpose.NEED) < week.world.need)
    shops, people = week.state.stage.shape
    weight = weights(week, who, read)
    # A row for buying elsewhere, which is always possible.
    clocks = np.full((shops + 1, len(who)), np.inf)
    pairs = np.arange(shops)[:, None] * people + who
    coin = week.luck.some(week.number, Purpose.CHOICE, pairs)
    with np.errstate(divide="ignore"):
        np.divide(race(coin), weight, out=clocks[:shops])  # no weight, no hurry: never
    if week.world.outside > 0:
        elsewhere = week.luck.persons(week.number, Purpose.ELSEWHERE, who)
        clocks[shops] = race(elsewhere) / week.world.outside
    shop = clocks.argmin(axis=0)
    bought = (shop < shops) & (clocks.min(axis=0) < np.inf)
    flat = shop[bought] * people + who[bought]
    size = 0.5 + week.luck.some(week.number, Purpose.SIZE, flat)
    price = np.rint(100.0 * week.world.spend * size).astype(np.int64)
    arm = week.arms.at(flat, people)
    discount = np.rint(price * off(week)[arm, week.state.stage.ravel()[flat]])
    goods = np.rint(price * (1.0 - week.world.margin))
    return Orders(
        flat,
        items(week, flat),
        price,
        discount.astype(np.int64),
        goods.astype(np.int64),
        len(who),
        int(len(who) - len(flat)),
    )


def weights(week: Week, who: Ints, read: Floats) -> Floats:
    """Give how strongly each shop draws each of some people."""
    world, state = week.world, week.state
    stage = state.stage[:, who]
    found = np.array(WEIGHTS).take(stage)
    found *= 1.0 + WARM * state.warmth[:, who]
    found *= draws(week).ravel().take(stage + week.arms.some(who) * (LOST + 1))
    # A shop that has more of what a person likes is chosen more often.
    fits = 1.0 - world.fit_gain + world.fit_gain * np.minimum(KINDS * state.assortment, 2.0)
    found *= fits[:, week.town.kind[who]]
    # Reasons to think of the shop rather than of another.
    reasons = read[:, who]
    easy = week.each("easy") & week.on_web
    if easy.any():
        reasons *= 1.0 + world.easy_gain * (week.by_person(easy) & week.online)[:, who]
    if world.true("1.4"):
        reasons *= 1.0 + world.fan_gain * state.fan[:, who]
    if world.true("3.2") and (state.suggested >= 0).any():
        reasons *= 1.0 + world.suggest_gain * (state.suggested[:, who] == week.town.kind[who])
    return found * (reasons / (1.0 + SATED * (reasons - 1.0)))


def draws(week: Week) -> Floats:
    """Give how much the acts of each arm change the shop's draw, by stage: (arms, stages)."""
    world, found = week.world, np.ones((len(week.arms.acts), LOST + 1))
    for arm, acts in enumerate(week.arms.acts):
        if acts.letters == "open" and world.true("3.7"):
            above = (week.state.rating[week.arms.shop[arm]] - USUAL_RATING) / RATINGS
            found[arm] *= 1.0 + world.review_gain * min(max(above, -1.0), 1.0)
        if week.on_web[arm]:
            sold = acts.posts * (1.0 - acts.useful)
            found[arm] *= 1.0 + world.post_gain * sold / (1.0 + sold / 2.0)
    found *= 1.0 + world.discount_gain * off(week, private=False)
    return found * (1.0 + world.sale_gain * (off(week) - off(week, private=False)))


def off(week: Week, *, private: bool = True) -> Floats:
    """Give the share off the price, by arm and stage."""
    found = np.zeros((len(week.arms.acts), LOST + 1))
    found[:, BUYER : FRIEND + 1] = week.each("loyalty", float)[:, None]
    if private and week.every(PRIVATE_EVERY):
        found[:, FRIEND] += PRIVATE_OFF * week.each("private_sale")
    return found


def items(week: Week, flat: Ints) -> Ints:
    """Give which item each order is of: mostly of the kind that the person likes best."""
    own = week.luck.some(week.number, Purpose.OWN_KIND, flat) < OWN_KIND
    coin = week.luck.some(week.number, Purpose.ITEM, flat)
    liked = week.town.kind[flat % week.town.size] * ITEMS_A_KIND
    mine = liked + (coin * ITEMS_A_KIND).astype(np.intp)
    return np.where(own, mine, (coin * ITEMS).astype(np.intp))


def invite(week: Week) -> None:
    """Warm the friends who are asked to a private sale, and cool the buyers who are not."""
    if week.every(PRIVATE_EVERY) and week.world.sale_gain > 0:
        held, stage = week.by_person(week.each("private_sale")), week.state.stage
        week.warmer += ASKED * (held & (stage == FRIEND))
        week.warmer -= NOT_ASKED * (held & (stage == BUYER))
