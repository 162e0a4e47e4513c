"""What a team may set: one list, of which the phone's form, the file and every check are made."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..shop import Acts
from ..shop.accounts import WAGE, hours_of, media_of
from ..shop.week import voting
from ..shop.week.warming import EVENT_EVERY, EVENT_HOURS

Value = float | int | str | bool
OPENS_LAST = 4
"""The round from which everything can be set."""
A_YEAR = 52


@dataclass(frozen=True)
class Choice:
    """One value that is offered.

    Parameters
    ----------
    value : float, int, str or bool
        As it stands in a decision.
    label : str
        In words, for a button.
    price : float
        Dollars a week, as far as they are known before; what depends on how many people come is
        in the field's `costs`.
    """

    value: Value
    label: str
    price: float


@dataclass(frozen=True)
class Field:
    """One act that a team may set.

    Parameters
    ----------
    name : str
        The act, as `shop.Acts` names it.
    card : str
        The decision that it belongs to; the fields of a card stand together.
    label, unit : str
        What is set, in words, and in what it is counted.
    opens : int
        The first round in which it can be set.
    costs : str
        What it costs, in words.
    default : float, int, str or bool
        What the usual shop does, and every team until it changes it.
    choices : tuple of Choice
        What is offered.
    lowest, highest : float or None
        The range of a number, within which a file may give others than those offered.
    """

    name: str
    card: str
    label: str
    unit: str
    opens: int
    costs: str
    default: Value
    choices: tuple[Choice, ...]
    lowest: float | None = None
    highest: float | None = None

    @property
    def is_number(self) -> bool:
        """Whether it is a number, and not one of a few words or yes and no."""
        return self.lowest is not None

    @property
    def whole(self) -> bool:
        """Whether only whole numbers make sense."""
        return type(self.default) is int

    @property
    def values(self) -> tuple[Value, ...]:
        """What is offered, without words."""
        return tuple(one.value for one in self.choices)


REACH, ANSWERS, FIRST, MESSAGES = (
    "Reach people",
    "Answer people",
    "First offer",
    "Messages",
)
REGULARS, PAGE, DATA, TALK = "Regulars", "Page and site", "Data about people", "Talk"

# name, card, opens, label, unit, offered values with their words
OFFERED: tuple[tuple[str, str, int, str, str, dict[Value, str]], ...] = (
    (
        "offer_week",
        FIRST,
        1,
        "When to make a new contact the first offer",
        "weeks after meeting",
        {0: "at once", 1: "after 1 week", 4: "after 4 weeks", 10: "after 10 weeks"},
    ),
    (
        "messages",
        MESSAGES,
        1,
        "Messages to each person you know",
        "a week",
        {0.25: "one a month", 0.5: "one in two weeks", 1.0: "one a week"},
    ),
    (
        "join_hours",
        REACH,
        1,
        "Join in conversations of others",
        "hours a week",
        {0.0: "none", 2.0: "2 hours", 5.0: "5 hours", 10.0: "10 hours"},
    ),
    (
        "boost",
        REACH,
        1,
        "Pay for views online",
        "dollars a week",
        {0.0: "none", 60.0: "60 dollars", 150.0: "150 dollars"},
    ),
    (
        "answer",
        ANSWERS,
        1,
        "What to answer",
        "",
        {"none": "nothing", "complaints": "complaints and questions", "all": "praise as well"},
    ),
    (
        "desk_hours",
        ANSWERS,
        1,
        "Hours at the desk",
        "hours a week",
        {0.0: "none", 4.0: "4 hours", 6.0: "6 hours", 8.0: "8 hours"},
    ),
    (
        "counter_hours",
        REGULARS,
        2,
        "A friendlier counter",
        "hours a week",
        {0.0: "none", 4.0: "4 hours", 10.0: "10 hours"},
    ),
    (
        "loyalty",
        REGULARS,
        2,
        "Loyalty scheme",
        "share off for buyers and friends",
        {0.0: "none", 0.02: "2 percent", 0.04: "4 percent"},
    ),
    ("newsletter", REGULARS, 2, "Newsletter every four weeks", "", {False: "no", True: "yes"}),
    (
        "letters",
        PAGE,
        2,
        "Customers' letters on your page",
        "",
        {"none": "none", "picked": "letters that you pick", "open": "open reviews"},
    ),
    (
        "event",
        REGULARS,
        3,
        "Event every eight weeks",
        "",
        {"none": "none", "loyal": "for friends of the shop", "new": "for new contacts"},
    ),
    ("trade_shows", REACH, 3, "Trade shows", "a year", {0: "none", 2: "2", 4: "4"}),
    (
        "data",
        DATA,
        3,
        "Keep data about people",
        "",
        {"none": "no", "ask": "yes, if they agree", "take": "yes, without asking"},
    ),
    (
        "targeted",
        DATA,
        3,
        "Write messages for the person (needs data)",
        "",
        {False: "no", True: "yes"},
    ),
    (
        "suggest",
        DATA,
        3,
        "Suggest goods (needs data)",
        "",
        {"none": "no", "popular": "what most buy", "similar": "what similar people buy"},
    ),
    (
        "web",
        PAGE,
        4,
        "Page on a platform, or a site of your own",
        "",
        {"none": "neither", "page": "page", "site": "site", "both": "both"},
    ),
    ("posts", PAGE, 4, "Posts", "a week", {0.0: "none", 2.0: "2", 4.0: "4"}),
    (
        "useful",
        PAGE,
        4,
        "Share of posts that are useful rather than about goods",
        "share",
        {0.0: "none", 0.5: "half", 1.0: "all"},
    ),
    (
        "help",
        ANSWERS,
        4,
        "Help on your page",
        "",
        {"none": "none", "faq": "frequent questions", "ask": "a box to ask us"},
    ),
    (
        "easy",
        PAGE,
        4,
        "Ordering online takes one step",
        "",
        {False: "no", True: "yes"},
    ),
    (
        "personal_voice",
        TALK,
        4,
        "People behind the shop show themselves",
        "",
        {False: "no", True: "yes"},
    ),
    (
        "fan_drive",
        TALK,
        4,
        "Ask every customer to join the page",
        "",
        {False: "no", True: "yes"},
    ),
    (
        "referral",
        TALK,
        4,
        "Reward for bringing somebody new",
        "dollars",
        {0.0: "none", 5.0: "5 dollars", 10.0: "10 dollars"},
    ),
    (
        "vote",
        TALK,
        4,
        "Customers vote on the goods every eight weeks",
        "",
        {False: "no", True: "yes"},
    ),
    (
        "post",
        REGULARS,
        4,
        "Personal letter by post every six weeks",
        "",
        {False: "no", True: "yes"},
    ),
    (
        "private_sale",
        REGULARS,
        4,
        "Private sale every 13 weeks, 10 percent off for friends",
        "",
        {False: "no", True: "yes"},
    ),
)
HIGHEST = {
    "offer_week": 20,
    "messages": 3.0,
    "join_hours": 20.0,
    "boost": 500.0,
    "desk_hours": 20.0,
    "counter_hours": 20.0,
    "loyalty": 0.10,
    "trade_shows": 6,
    "posts": 7.0,
    "useful": 1.0,
    "referral": 20.0,
}
"""The highest number of each act that is a number; the lowest is 0."""


def price(acts: Acts) -> float:
    """Give the dollars a week that some acts cost beyond a shop that does nothing of its own.

    Only what is known before: hours and fixed amounts, on average over a year. What depends on
    people, such as messages, guests and discounts, comes on top.

    Examples
    --------
    >>> price(Acts(join_hours=5)) - price(Acts())
    90.0
    """
    return (_cents(acts) - _cents(Acts.idle())) / A_YEAR / 100


@cache
def _cents(acts: Acts) -> float:
    weeks = range(1, A_YEAR + 1)
    found = sum(hours_of(acts, week) * WAGE + media_of(acts, week) for week in weeks)
    events = A_YEAR / EVENT_EVERY * EVENT_HOURS * WAGE * (acts.event != "none")
    return found + events + A_YEAR / voting.EVERY * voting.CENTS * acts.vote


def _field(row: tuple[str, str, int, str, str, dict[Value, str]]) -> Field:
    name, card, opens, label, unit, offered = row
    usual = Acts()
    act = next(one for one in dataclasses.fields(Acts) if one.name == name)
    # Targeting and suggestions need data; their price is what comes on top of it.
    base = usual.but(data="ask") if name in ("targeted", "suggest") else usual
    nothing = base.but(**{name: _nothing(offered)})
    choices = tuple(
        Choice(value, words, round(price(base.but(**{name: value})) - price(nothing), 2))
        for value, words in offered.items()
    )
    top = HIGHEST.get(name)
    return Field(
        name,
        card,
        label,
        unit,
        opens,
        act.metadata["cost"],
        getattr(usual, name),
        choices,
        lowest=None if top is None else 0.0,
        highest=top,
    )


def _nothing(offered: dict[Value, str]) -> Value:
    return next(iter(offered))


@cache
def fields() -> tuple[Field, ...]:
    """Give all acts that a team may ever set, in the order of the form."""
    return tuple(_field(row) for row in OFFERED)


def form(number: int) -> tuple[Field, ...]:
    """Give the acts that may be set in a round.

    Parameters
    ----------
    number : int
        The round, from 1 up.

    Examples
    --------
    >>> [one.name for one in form(1)][:3], len(form(4))
    (['offer_week', 'messages', 'join_hours'], 26)
    """
    return tuple(one for one in fields() if one.opens <= number)


def field_of(name: str) -> Field:
    """Give the field of an act that is known."""
    return next(one for one in fields() if one.name == name)


def values_of(acts: Acts) -> dict[str, Any]:
    """Give what some acts set in every field."""
    return {one.name: getattr(acts, one.name) for one in fields()}
