"""What shops do of their own accord: fixed policies, a late starter, and one that copies."""

from __future__ import annotations

from collections.abc import Callable

from ..names import pick
from .acts import Acts
from .luck import Purpose
from .market import Market

Policy = Callable[[Market, int], Acts]
"""Gives the acts of a shop for the coming week from what can be seen of the market."""

FIXED = {
    "usual": Acts(),
    "idle": Acts.idle(),
    "offline": Acts(
        web="none",
        posts=0.0,
        messages=0.25,
        counter_hours=4.0,
        loyalty=0.02,
        newsletter=True,
        event="loyal",
        desk_hours=3.0,
    ),
    "online": Acts(
        web="both",
        posts=4.0,
        join_hours=5.0,
        answer="all",
        desk_hours=8.0,
        help="ask",
    ),
    "pusher": Acts(boost=150.0, posts=7.0, useful=0.0, messages=1.0, offer_week=0),
    "participant": Acts(
        join_hours=10.0, useful=1.0, answer="all", desk_hours=8.0, personal_voice=True
    ),
    "frugal": Acts(letters="picked", offer_week=1),
}
"""Policies that do the same all year."""
LATE_WEEK = 13
COPIES_EVERY = 4


def late(market: Market, shop: int) -> Acts:
    """Stay idle for a quarter, then do as the participant."""
    return FIXED["idle" if market.week < LATE_WEEK else "participant"]


def copycat(market: Market, shop: int) -> Acts:
    """Begin as the usual shop; every four weeks do as whoever earned most in them."""
    if not market.week:
        return FIXED["usual"]
    if market.week % COPIES_EVERY:
        return market.ledger.acts[-1][shop]
    return market.ledger.acts[-1][best_earner(market, COPIES_EVERY)]


CHANGING: dict[str, Policy] = {"late": late, "copycat": copycat}
NAMES = (*FIXED, *CHANGING)


def policy(name: str) -> Policy:
    """Give a policy by its name.

    Raises
    ------
    UnknownName
        If there is none; the nearest is named.

    Examples
    --------
    >>> policy("pusher")(None, 0).boost
    150.0
    >>> policy("pushr")
    Traceback (most recent call last):
    frontporch.names.UnknownName: There is no policy 'pushr'. Did you mean 'pusher'? Known: ...
    """
    pick(name, NAMES, "policy")
    if name in FIXED:
        return lambda market, shop: FIXED[name]
    return CHANGING[name]


def as_policy(given: str | Acts | Policy) -> Policy:
    """Give the policy that a name, some acts or a function stand for."""
    if isinstance(given, Acts):
        return lambda market, shop: given
    if isinstance(given, str):
        return policy(given)
    if callable(given):
        return given
    raise TypeError(
        f"a shop is {given!r}, but must be Acts(...), the name of a policy such as 'usual', or a "
        "function of (market, shop)."
    )


def best_earner(market: Market, weeks: int) -> int:
    """Give the shop that earned most in the last weeks; of equal ones, by lot and not by seat."""
    rows = market.ledger.weeks
    now = [row["cash"] for row in rows[-market.shops :]]
    past = rows[-(weeks + 1) * market.shops : -weeks * market.shops]
    earned = [one - was["cash"] for one, was in zip(now, past, strict=True)] if past else now
    lot = market.luck.shops(market.week, Purpose.LOT).tolist()
    return min(range(market.shops), key=lambda shop: (-earned[shop], lot[shop]))
