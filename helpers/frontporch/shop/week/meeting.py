"""First meetings: who comes to know a shop, and by what."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..acts import Acts
from ..luck import Floats, Ints
from ..state import Week
from ..trials import Arms
from ..world import World

CAUSES = (
    "walking past",
    "trade show",
    "online",
    "post",
    "paid view",
    "reply",
    "neighbor's word",
    "word online",
)
"""By what somebody was met; the last two are words of others."""
VIEWS = 1_000 / 8.0
"""Paid views for a dollar."""
REPLIES = 8.0
"""Replies in an hour of joining in, where they find takers at once."""
SEEKING = 2.5
"""How many times as long a reply takes where they do not."""
PRACTICE, PRACTICED = 0.5, 26.0
"""How much better practice makes replies at most, and the weeks until then."""


@dataclass(frozen=True)
class Meeting:
    """Rates per week at which a shop meets people who do not know it.

    Parameters
    ----------
    arms : Arms
        Who gets what of each shop.
    walking, show : numpy.ndarray of float, shape (arms,)
        Anybody.
    online, post, view, reply : numpy.ndarray of float, shape (arms,)
        People who are online.
    street, net : numpy.ndarray of float, shape (shops, people)
        By the words that each heard last week.
    """

    arms: Arms
    walking: Floats
    show: Floats
    online: Floats
    post: Floats
    view: Floats
    reply: Floats
    street: Floats
    net: Floats

    def rates(self, online: NDArray[np.bool_]) -> Floats:
        """Add up, for each shop and person."""
        anybody = (self.walking + self.show)[self.arms.of]
        there = (self.online + self.post + self.view + self.reply)[self.arms.of]
        total = there * online
        total += anybody
        total += self.street
        total += self.net
        return total

    def parts(self, shop: Ints, person: Ints, online: NDArray[np.bool_]) -> Floats:
        """Give the rate of each cause for some pairs, shape (causes, pairs)."""
        here = online[person]
        arm = self.arms.at(shop * len(online) + person, len(online))
        return np.stack(
            [
                self.walking[arm],
                self.show[arm],
                self.online[arm] * here,
                self.post[arm] * here,
                self.view[arm] * here,
                self.reply[arm] * here,
                self.street[shop, person],
                self.net[shop, person],
            ]
        )


def meetings(week: Week) -> Meeting:
    """Give the rates of this week's first meetings."""
    world = week.world
    there = max(int(np.count_nonzero(week.online)), 1)
    posts = week.each("posts", float)
    useful = week.each("useful", float)
    views = week.each("boost", float) * VIEWS / there
    pushed = 0.5 if world.true("1.2") else 1.0
    return Meeting(
        arms=week.arms,
        walking=np.full(len(week.arms.acts), world.meet),
        show=np.where(shows(week), world.show_meets, 0.0),
        online=np.where(week.on_web, world.web_reach, 0.0),
        post=world.post_reach * posts / (1.0 + posts / 4.0) * (0.4 + 1.6 * useful) * week.on_web,
        view=world.boost_gain * pushed * views * week.on_web,
        reply=world.join_meets * replies(week) / there,
        street=saturated(week.state.street, world),
        net=saturated(week.state.net, world),
    )


def shows_of(acts: Acts, number: int) -> int:
    """Give how many trade shows a shop goes to in a week: 0 or 1.

    They are spread over the year, and the first comes after half of the time between two.

    Examples
    --------
    >>> [week for week in range(1, 53) if shows_of(Acts(trade_shows=2), week)]
    [13, 39]
    """
    before, now = ((week * acts.trade_shows + 26) // 52 for week in (number - 1, number))
    return now - before


def shows(week: Week) -> NDArray[np.int64]:
    """Give how many trade shows each shop goes to this week, by arm."""
    return np.array([shows_of(one, week.number) for one in week.arms.acts], np.int64)


def replies(week: Week) -> Floats:
    """Give the replies that a shop writes this week in talks of others, by arm.

    Where only half of its people can get them, these are the replies if everybody could.
    """
    written = week.each("join_hours", float) * REPLIES
    if not week.world.true("1.2"):
        written /= SEEKING
    if week.world.true("0.7"):
        written *= 1.0 + PRACTICE * np.minimum(week.state.practice[week.arms.shop] / PRACTICED, 1.0)
    return written


def saturated(rate: Floats, world: World) -> Floats:
    """Let further words add ever less: w / (1 + saturates · w)."""
    return rate / (1.0 + world.saturates * rate)
