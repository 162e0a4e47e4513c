"""Money, in whole cents: what came in, and what every act cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..counting import bincount
from .luck import Floats, Ints
from .state import Week
from .week.buying import PRIVATE_EVERY, Orders
from .week.meeting import CAUSES, shows

Cents = NDArray[np.int64]
WAGE = 1_800
"""Cents for an hour of work."""
RENT = 72_000
"""Cents a week."""
USUAL_HOURS = 105.0
"""Hours a week that the shop is staffed whatever it does: 2.6 people."""
WEB_HOURS, SITE_CENTS = 3.0, 2_500
POST_HOURS = 0.25
SHOW_HOURS, SHOW_CENTS = 16.0, 90_000
FAN_CENTS = 1_000
HOURS = {
    "faq": 0.25,
    "ask": 1.0,
    "picked": 1.0,
    "open": 2.5,
    "data": 1.0,
    "targeted": 3.0,
    "suggest": 2.0,
    "voice": 2.0,
    "fans": 1.0,
    "news": 6.0,
    "private": 6.0,
}
"""Hours a week of each act; newsletters and private sales in the weeks in which they are."""
NEWS_EVERY = 4
PARTS = ("sales", "discounts", "goods", "wages", "media", "rent")


@dataclass(frozen=True)
class Accounts:
    """What each shop took and spent in a week, in cents; `cash` is what the week changed."""

    sales: Cents
    discounts: Cents
    goods: Cents
    wages: Cents
    media: Cents
    rent: Cents

    @property
    def cash(self) -> Cents:
        """Sales less everything else."""
        return self.sales - self.discounts - self.goods - self.wages - self.media - self.rent


def settle_up(week: Week, bought: Orders, caused: NDArray[np.int64]) -> Accounts:
    """Add up a week.

    Parameters
    ----------
    week : Week
        With the media and the hours that single acts have already cost.
    bought : Orders
        What was sold.
    caused : numpy.ndarray of int, shape (shops, causes)
        How many each shop met, by cause.
    """
    shop, shops = bought.flat // week.town.size, len(week.acts)
    sales, discounts, goods = (
        _sum(shop, part, shops) for part in (bought.price, bought.discount, bought.goods)
    )
    words = caused[:, CAUSES.index("neighbor's word") :].sum(axis=1)
    reward = np.rint(100 * week.each("referral", float)).astype(np.int64) * words
    wages = np.rint((hours(week) + week.hours) * WAGE).astype(np.int64)
    return Accounts(
        sales,
        discounts,
        goods,
        wages,
        week.media + media(week) + reward,
        np.full(shops, RENT, np.int64),
    )


def hours(week: Week) -> Floats:
    """Give the hours of work that each shop pays this week, without its events."""
    web = week.each("web", lambda one: {"none": 0, "both": 2}.get(one, 1))
    found = USUAL_HOURS + WEB_HOURS * web
    for name in ("counter_hours", "desk_hours", "join_hours", "spare_hours"):
        found = found + week.each(name, float)
    found = found + POST_HOURS * week.each("posts", float) * (1.0 + week.each("useful", float))
    found = found + week.each("help", lambda one: HOURS.get(one, 0.0))
    found = found + week.each("letters", lambda one: HOURS.get(one, 0.0))
    found = found + HOURS["data"] * week.each("data", lambda one: one != "none")
    found = found + HOURS["suggest"] * week.each("suggest", lambda one: one != "none")
    for name, key in (("targeted", "targeted"), ("personal_voice", "voice"), ("fan_drive", "fans")):
        found = found + HOURS[key] * week.each(name)
    found = found + HOURS["news"] * week.each("newsletter") * week.every(NEWS_EVERY)
    found = found + HOURS["private"] * week.each("private_sale") * week.every(PRIVATE_EVERY)
    return found + SHOW_HOURS * shows(week)


def media(week: Week) -> Cents:
    """Give what each shop pays for views, its site, asking for fans, and trade shows."""
    site = week.each("web", lambda one: one in ("site", "both"))
    found = np.rint(100 * week.each("boost", float)).astype(np.int64)
    found += SITE_CENTS * site + FAN_CENTS * week.each("fan_drive")
    return found + SHOW_CENTS * shows(week)


def _sum(shop: Ints, cents: Cents, shops: int) -> Cents:
    # Sums of whole numbers below 2⁵³ are exact as floats too.
    return bincount(shop, cents, minlength=shops).astype(np.int64)
