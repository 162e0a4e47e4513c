"""Money, in whole cents: what came in, and what every act cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..counting import bincount
from .acts import Acts
from .luck import Ints
from .state import Week
from .week.buying import PRIVATE_EVERY, Orders
from .week.meeting import CAUSES, shows_of

Cents = NDArray[np.int64]
WAGE = 1_800
"""Cents for an hour of work."""
RENT = 72_000
"""Cents a week."""
USUAL_HOURS = 105.0
"""Hours a week that the shop is staffed whatever it does: 2.6 people."""
WEB_HOURS, SITE_CENTS = 3.0, 2_500
POST_HOURS = 0.25
SHOW_HOURS, SHOW_CENTS = 16.0, 140_000
FAN_CENTS = 1_000
HOURS = {
    "faq": 0.25,
    "ask": 1.0,
    "picked": 1.0,
    "open": 2.5,
    "data": 1.0,
    "targeted": 2.0,
    "suggest": 3.0,
    "voice": 2.0,
    "easy": 1.0,
    "fans": 2.0,
    "news": 8.0,
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
    reward = np.array([round(100 * one.referral) for one in week.acts], np.int64) * words
    arms, number = week.arms, week.number
    hours = arms.shared(np.array([hours_of(one, number) for one in arms.acts]))
    media = arms.shared(np.array([media_of(one, number) for one in arms.acts], float))
    wages = np.rint((hours + week.hours) * WAGE).astype(np.int64)
    return Accounts(
        sales,
        discounts,
        goods,
        wages,
        week.media + np.rint(media).astype(np.int64) + reward,
        np.full(shops, RENT, np.int64),
    )


def hours_of(acts: Acts, number: int) -> float:
    """Give the hours of work that some acts take in a week, without events.

    Parameters
    ----------
    acts : Acts
        What a shop does.
    number : int
        Which week of the year: newsletters, private sales and trade shows have theirs.

    Examples
    --------
    >>> hours_of(Acts(), 1), hours_of(Acts(newsletter=True), 4)
    (114.75, 122.75)
    """
    found = USUAL_HOURS + WEB_HOURS * {"none": 0, "both": 2}.get(acts.web, 1)
    found += acts.counter_hours + acts.desk_hours + acts.join_hours + acts.spare_hours
    found += POST_HOURS * acts.posts * (1.0 + acts.useful)
    found += HOURS.get(acts.help, 0.0) + HOURS.get(acts.letters, 0.0)
    found += HOURS["data"] * (acts.data != "none") + HOURS["suggest"] * (acts.suggest != "none")
    found += HOURS["targeted"] * acts.targeted + HOURS["voice"] * acts.personal_voice
    found += HOURS["fans"] * acts.fan_drive + HOURS["easy"] * acts.easy
    found += HOURS["news"] * (acts.newsletter and number % NEWS_EVERY == 0)
    found += HOURS["private"] * (acts.private_sale and number % PRIVATE_EVERY == 0)
    return found + SHOW_HOURS * shows_of(acts, number)


def media_of(acts: Acts, number: int) -> int:
    """Give the cents that some acts cost in a week for views, a site, fans and trade shows."""
    found = round(100 * acts.boost) + FAN_CENTS * acts.fan_drive
    found += SITE_CENTS * (acts.web in ("site", "both"))
    return found + SHOW_CENTS * shows_of(acts, number)


def _sum(shop: Ints, cents: Cents, shops: int) -> Cents:
    # Sums of whole numbers below 2⁵³ are exact as floats too.
    return bincount(shop, cents, minlength=shops).astype(np.int64)
