"""The rules of a town: how fast people come closer, talk and buy, and which claims hold there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from ..deepening import Ladder
from ..names import pick
from ..streams import Seed, coins, root_key, run_keys
from .parameters import Parameters, numbers_of, parameter, whole
from .switches import SWITCHES

WEEKLY, SHARE, TIMES, WARMTH = "per week", "share", "times", "warmth"


@dataclass(frozen=True)
class World(Parameters):
    """One town's rules. All numbers are assumptions; `table()` says what supports their signs.

    Parameters
    ----------
    holds : collection of str
        Numbers of the claims that are true in this town, such as ``{"1.1", "2.4"}``.
    people : int
        How many people live there, from 20 up.

    Notes
    -----
    The other parameters are the rows of `table()`. `World.drawn(seed)` draws each evenly from its
    range, and each claim by a coin. Smaller constants, such as how fast warmth fades, stand beside
    the mechanism that uses them, and are assumptions as well.

    Examples
    --------
    >>> world = World(holds={"1.1"})
    >>> world.true("1.1"), world.true("2.4"), world.closeness
    (True, False, 0.75)
    >>> world.but(need=0.5).need
    0.5
    >>> World(meet=-1)
    Traceback (most recent call last):
    ValueError: meet is -1, but a number (per week) from 0 up is needed.
    """

    holds: Collection[str] = ()
    people: int = 5_000
    up1: float = parameter(0.10, WEEKLY, (0.06, 0.14), "stranger to acquaintance, offline")
    up2: float = parameter(0.08, WEEKLY, (0.05, 0.12), "acquaintance to buyer, offline")
    up3: float = parameter(0.05, WEEKLY, (0.03, 0.08), "buyer to friend, offline")
    loss1: float = parameter(0.06, WEEKLY, (0.04, 0.09), "loss of a stranger")
    loss2: float = parameter(0.04, WEEKLY, (0.025, 0.06), "loss of an acquaintance")
    loss3: float = parameter(0.03, WEEKLY, (0.02, 0.045), "loss of a buyer")
    loss4: float = parameter(0.01, WEEKLY, (0.005, 0.015), "loss of a friend")
    back3: float = parameter(0.02, WEEKLY, (0.01, 0.03), "buyer back to acquaintance")
    back4: float = parameter(0.01, WEEKLY, (0.005, 0.02), "friend back to buyer")
    ratio1: float = parameter(1.8, TIMES, (1.2, 2.2), "first step online, if 2.2 holds", "2.2")
    ratio2: float = parameter(1.5, TIMES, (1.1, 1.8), "second step online, if 2.2 holds", "2.2")
    ratio3: float = parameter(1.2, TIMES, (1.0, 1.4), "third step online, if 2.2 holds", "2.2")
    meet: float = parameter(0.008, WEEKLY, (0.004, 0.012), "first meeting by walking past")
    bored: float = parameter(
        0.03, WEEKLY, (0.0, 0.06), "further loss of strangers online in their first two weeks"
    )
    returns: float = parameter(0.05, WEEKLY, (0.03, 0.08), "somebody lost comes in again")
    need: float = parameter(
        0.4, WEEKLY, (0.34, 0.46), "chance that a person needs something", upto=1.0
    )
    outside: float = parameter(2.6, "weight", (2.0, 3.4), "buying elsewhere, beside 1 for a buyer")
    spend: float = parameter(32.0, "dollars", (28.0, 36.0), "mean order")
    margin: float = parameter(0.42, SHARE, (0.39, 0.45), "left of a price after goods", upto=1.0)
    talk_street: float = parameter(
        0.012, "per week and word", (0.006, 0.018), "first meeting by a neighbor's word", "0.5"
    )
    talk_online: float = parameter(
        0.006, "per week and word", (0.003, 0.009), "first meeting by a word online", "0.5"
    )
    talk_boost: float = parameter(3.0, TIMES, (2.0, 4.0), "all words, if 3.4 holds", "3.4")
    stranger_boost: float = parameter(3.0, TIMES, (2.0, 4.0), "words online, if 0.5 holds", "0.5")
    saturates: float = parameter(4.0, "weeks", (3.0, 5.0), "how fast further words add less")
    tells: float = parameter(0.1, SHARE, (0.05, 0.15), "newly met people who tell it", upto=1.0)
    web_reach: float = parameter(0.002, WEEKLY, (0.001, 0.003), "being found online")
    post_reach: float = parameter(
        0.0015, "per week and post", (0.001, 0.002), "being met by a post online"
    )
    post_gain: float = parameter(0.02, SHARE, (0.01, 0.03), "choice, by the first product posts")
    join_meets: float = parameter(
        0.5, SHARE, (0.3, 0.7), "replies to strangers that are a meeting", "1.2", upto=1.0
    )
    letter_gain: float = parameter(
        0.25, WARMTH, (0.1, 0.4), "a letter by post, if 3.1 holds", "3.1"
    )
    fan_own: float = parameter(0.01, WEEKLY, (0.005, 0.02), "becoming a fan of one's own accord")
    fan_copy: float = parameter(0.04, WEEKLY, (0.02, 0.06), "becoming a fan because others are")
    fan_gain: float = parameter(0.3, SHARE, (0.15, 0.45), "choice of a fan, if 1.4 holds", "1.4")
    reply_gain: float = parameter(0.3, WARMTH, (0.15, 0.45), "a reply in the community", "1.2")
    boost_gain: float = parameter(
        0.005, "per week and view", (0.003, 0.007), "first meeting by a paid view", "1.2"
    )
    offer_gain: float = parameter(
        0.2, SHARE, (0.1, 0.3), "faster steps at the ideal contact", "2.4"
    )
    wait_loss: float = parameter(
        0.4, SHARE, (0.25, 0.55), "losses that an offer avoids, if 2.4 holds", "2.4", upto=1.0
    )
    message_gain: float = parameter(
        0.22, SHARE, (0.12, 0.32), "choice, for each message a week", "3.1"
    )
    over_contact: float = parameter(
        0.006, "per week and message", (0.003, 0.009), "loss by contact above the ideal", "3.1"
    )
    target_gain: float = parameter(
        2.1, TIMES, (1.7, 2.5), "a message made for the person, if 4.6 holds", "4.6"
    )
    suggest_gain: float = parameter(
        0.55, SHARE, (0.35, 0.75), "choice, by a fitting suggestion, if 3.2 holds", "3.2"
    )
    answer_gain: float = parameter(0.4, WARMTH, (0.2, 0.6), "an answer to a complaint", "1.3")
    leaves: float = parameter(
        0.3,
        SHARE,
        (0.15, 0.45),
        "those who give up waiting or searching who are lost",
        "4.5",
        upto=1.0,
    )
    calls_forth: float = parameter(
        0.2, SHARE, (0.1, 0.4), "answered complaints that call forth one more", "1.3", upto=0.99
    )
    writes: float = parameter(
        0.13, SHARE, (0.09, 0.17), "orders after which somebody writes", upto=1.0
    )
    patience: float = parameter(
        0.55, WEEKLY, (0.35, 0.75), "giving up while waiting for an answer", "4.5"
    )
    onlook: float = parameter(0.25, SHARE, (0.1, 0.4), "faster steps of those who read answers")
    letters_gain: float = parameter(0.14, SHARE, (0.08, 0.2), "picked letters, if 0.6 holds", "0.6")
    review_gain: float = parameter(
        0.08, SHARE, (0.04, 0.12), "choice by open reviews, if 3.7 holds", "3.7"
    )
    discount_gain: float = parameter(
        2.4, TIMES, (1.6, 3.2), "choice, for a share off the price", "2.6"
    )
    sale_gain: float = parameter(
        7.0, TIMES, (5.0, 9.0), "choice, for a share off in a private sale"
    )
    loyal_hold: float = parameter(
        0.08, SHARE, (0.04, 0.12), "losses that a 3 % scheme avoids", "2.6", upto=1.0
    )
    news_hold: float = parameter(
        0.035, SHARE, (0.0, 0.07), "losses that a newsletter avoids", upto=1.0
    )
    counter_gain: float = parameter(0.03, "warmth per hour", (0.01, 0.05), "a friendlier counter")
    event_gain: float = parameter(0.6, WARMTH, (0.4, 0.9), "being a guest", "3.6")
    show_meets: float = parameter(0.11, SHARE, (0.05, 0.17), "unmet people met at one trade show")
    help_gain: float = parameter(
        0.1, SHARE, (0.05, 0.15), "faster first steps by an ask-us box, if 2.5 holds", "2.5"
    )
    voice_gain: float = parameter(
        1.0, SHARE, (0.5, 1.5), "more talk about a personal firm, if 3.5 holds", "3.5"
    )
    notice: float = parameter(0.15, WEEKLY, (0.1, 0.2), "noticing that data were taken", upto=1.0)
    breach: float = parameter(0.6, WARMTH, (0.45, 0.75), "trust that is lost then, if access holds")
    agrees: float = parameter(
        0.5, SHARE, (0.35, 0.65), "people who agree when asked for data", "4.4", upto=1.0
    )
    search_cost: float = parameter(
        0.05, SHARE, (0.02, 0.08), "giving up the search in a FAQ", "2.5", upto=1.0
    )
    fit_gain: float = parameter(
        0.15, SHARE, (0.05, 0.25), "choice, by an assortment that fits", upto=1.0
    )
    vote_gain: float = parameter(0.2, WARMTH, (0.1, 0.3), "a vote that won, if tuning holds")
    platform_loss: float = parameter(
        0.01, WEEKLY, (0.005, 0.02), "the platform takes a page away", upto=1.0
    )
    known_gain: float = parameter(
        0.005, WARMTH, (0.0, 0.01), "a week in which one's interests are known, unless 3.3", "3.3"
    )
    easy_gain: float = parameter(
        0.05, SHARE, (0.0, 0.1), "choice online, where ordering takes one step"
    )

    def __post_init__(self) -> None:
        """Check every number, and that the claims are known."""
        super().__post_init__()
        if isinstance(self.holds, str):
            raise TypeError(
                f"holds is {self.holds!r}, but a set such as holds={{'1.1'}} is needed."
            )
        # In order, so that a world reads the same in every process.
        held = tuple(sorted({pick(one, SWITCHES, "claim with a switch") for one in self.holds}))
        object.__setattr__(self, "holds", held)
        object.__setattr__(self, "people", whole(self.people, "people", 20))

    @classmethod
    def drawn(cls, seed: Seed, **fixed: Any) -> World:
        """Draw a world: each number evenly from its range, and each claim by a coin.

        Parameters
        ----------
        seed : int, numpy.random.SeedSequence or numpy.random.Generator
            Where the draw comes from.
        **fixed
            Values that are given and not drawn.

        Examples
        --------
        >>> World.drawn(7) == World.drawn(7), World.drawn(7) == World.drawn(8)
        (True, False)
        """
        key, numbers = run_keys(root_key(seed), [0]), numbers_of(cls)
        u = iter(coins(key, run_keys(key[0], range(len(numbers) + len(SWITCHES)))).tolist())
        drawn: dict[str, Any] = {}
        for one in numbers:
            low, high = one.metadata["usual"]
            drawn[one.name] = low + next(u) * (high - low)
        drawn["holds"] = frozenset(claim for claim in SWITCHES if next(u) < 0.5)
        return cls(**drawn).but(**fixed)

    @classmethod
    def without_effects(cls, **fixed: Any) -> World:
        """Give the town in which no act does anything, so that acts differ by their cost alone."""
        changes: dict[str, Any] = dict.fromkeys(EFFECTS, 0.0)
        changes |= dict.fromkeys(("ratio1", "ratio2", "ratio3"), 1.0)
        return cls(**changes).but(**fixed)

    @staticmethod
    def people_for(shops: int) -> int:
        """Give how many people feed so many usual shops as well as 5,000 people feed four.

        Parameters
        ----------
        shops : int
            From 1 up.

        Notes
        -----
        A shop pays the same rent and staff in every town, and among too few people all shops lose
        money. Its share of what a person needs is w / (outside + shops × w), and what people buy
        outside weighs about six times as much as a usual shop.

        Examples
        --------
        >>> [World.people_for(shops) for shops in (2, 4, 8)]
        [4000, 5000, 7000]
        """
        return 500 * (6 + whole(shops, "shops", 1))

    def true(self, claim: str) -> bool:
        """Say whether a claim holds here.

        Raises
        ------
        UnknownName
            If the claim has no switch; the nearest is named.
        """
        return pick(claim, SWITCHES, "claim with a switch") in self.holds

    @property
    def closeness(self) -> float:
        """Share of people who want a closer relationship: three quarters, or one quarter."""
        return 0.75 if self.true("1.1") else 0.25

    def ladder(self) -> Ladder:
        """Give the ladder that pairs climb here where nobody does anything."""
        faster = (self.ratio1, self.ratio2, self.ratio3) if self.true("2.2") else 1.0
        return Ladder.online_and_offline(
            deepening=(self.up1, self.up2, self.up3),
            loss=(self.loss1, self.loss2, self.loss3, self.loss4),
            fall_back=(self.back3, self.back4),
            hazard_ratio=faster,
        )


EFFECTS = (
    "fan_gain",
    "reply_gain",
    "boost_gain",
    "offer_gain",
    "wait_loss",
    "message_gain",
    "over_contact",
    "suggest_gain",
    "answer_gain",
    "calls_forth",
    "onlook",
    "letters_gain",
    "review_gain",
    "discount_gain",
    "loyal_hold",
    "news_hold",
    "counter_gain",
    "event_gain",
    "show_meets",
    "help_gain",
    "voice_gain",
    "breach",
    "vote_gain",
    "patience",
    "talk_street",
    "talk_online",
    "web_reach",
    "post_reach",
    "post_gain",
    "join_meets",
    "letter_gain",
    "search_cost",
    "fit_gain",
    "sale_gain",
    "bored",
    "known_gain",
    "easy_gain",
)
"""Numbers that are 0 where no act does anything."""
