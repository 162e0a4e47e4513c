"""The player's year as a game: one town a team, three rivals, five decisions each round."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import pandas as pd

from ... import game, shop
from ...game.form import price
from ...names import pick
from ...rounding import as_given

YOU = "You"
YOURS = "your decisions"
RIVALS = MappingProxyType({"Bea": "usual", "Cal": "pusher", "Dot": "participant"})
"""Bea does as usual, Cal pays for views and writes much, Dot joins in and answers everything."""
ROUNDS = 12
SEEDS = (3, 7, 8, 9, 11, 14, 16, 19, 21, 22, 25, 28, 31, 32, 40, 41, 43, 44, 45, 47, 48, 50, 52, 54)
"""Games in whose town a usual shop at the player's seat, when this was written, neither lost money
nor earned more than 40,000 dollars: in a town where everybody starves there is little to decide."""
HIDDEN = ("2.4", "1.2", "1.1", "2.2", "access")
NONE = "none"


@dataclass(frozen=True)
class Card:
    """One of the decisions of a round.

    Parameters
    ----------
    name : str
        As it is typed.
    label : str
        What is decided.
    options : mapping of str to mapping
        By what a choice is called, the acts that it sets; the second is what a shop does at
        first where there are three, and `usual` says which.
    usual : str
        The choice that stands at first.
    """

    name: str
    label: str
    options: Mapping[str, Mapping[str, Any]]
    usual: str

    def price(self, option: str) -> float:
        """Give the dollars a week by which a choice is dearer than the cheapest."""
        prices = {name: price(shop.Acts().but(**acts)) for name, acts in self.options.items()}
        return prices[option] - min(prices.values())

    def worded(self, option: str) -> str:
        """Name a choice with its price, as it stands on its button."""
        dollars = self.price(option)
        return f"{option} ({as_given(dollars)} dollars a week)" if dollars else option

    def acts(self, option: Any) -> dict[str, Any]:
        """Give the acts of a choice.

        Raises
        ------
        UnknownName
            If there is no such choice; the nearest is named.
        """
        return dict(self.options[pick(option, self.options, f"choice of {self.name}")])


CARDS = (
    Card(
        "offer",
        "first offer to a newcomer",
        {
            "at once": {"offer_week": 0},
            "after 4 weeks": {"offer_week": 4},
            "after 10 weeks": {"offer_week": 10},
        },
        "after 4 weeks",
    ),
    Card(
        "messages",
        "messages to each person",
        {
            "one a month": {"messages": 0.25},
            "one in two weeks": {"messages": 0.5},
            "one a week": {"messages": 1.0},
        },
        "one in two weeks",
    ),
    Card(
        "reach",
        "reach strangers",
        {
            "nothing": {"join_hours": 0.0, "boost": 0.0},
            "join in, 5 hours": {"join_hours": 5.0, "boost": 0.0},
            "join in, 10 hours": {"join_hours": 10.0, "boost": 0.0},
            "pay for few views": {"join_hours": 0.0, "boost": 60.0},
            "pay for many views": {"join_hours": 0.0, "boost": 150.0},
        },
        "nothing",
    ),
    Card(
        "answers",
        "what to answer",
        {
            "nothing": {"answer": "none", "desk_hours": 0.0},
            "complaints": {"answer": "complaints", "desk_hours": 6.0},
            "everything": {"answer": "all", "desk_hours": 8.0},
        },
        "complaints",
    ),
)
RESEARCH: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        NONE: {},
        "survey of 30 customers": {"kind": "survey"},
        "test: offer on halves": {"kind": "ab_test", "act": "offer_week", "values": (0, 4)},
        "test: join in on halves": {"kind": "ab_test", "act": "join_hours", "values": (5.0, 0.0)},
    }
)
"""What may be asked of the market; a test gives the other value to half of the people."""


def usual() -> dict[str, str]:
    """Give the choices that stand at first: those of the usual shop, and no research."""
    return {one.name: one.usual for one in CARDS} | {"research": NONE}


def decision(
    chosen: Mapping[str, str], expected: float | None = None, before: Any = None
) -> dict[str, Any]:
    """Give a decision as the game reads it.

    Parameters
    ----------
    chosen : mapping of str to str
        By card, and "research", what was chosen; what is left out is as usual.
    expected : float, optional
        Dollars in the till that are expected at the end of the round.

    Raises
    ------
    UnknownName
        If there is no such card or choice; the nearest is named.

    Examples
    --------
    >>> made = decision({"offer": "at once", "research": "test: offer on halves"})
    >>> made["acts"]["offer_week"], made["research"]
    (0, [{'kind': 'ab_test', 'act': 'offer_week', 'value': 4}])
    """
    known = usual()
    for name in chosen:
        pick(name, known, "decision")
    wanted = known | dict(chosen)
    acts: dict[str, Any] = {}
    for card in CARDS:
        acts |= card.acts(wanted[card.name])
    asked = dict(RESEARCH[pick(wanted["research"], RESEARCH, "research")])
    if "values" in asked:
        values = asked.pop("values")
        asked["value"] = next(one for one in values if one != acts[asked["act"]])
    made: dict[str, Any] = {"acts": acts, "research": [asked] if asked else []}
    return made if expected is None else made | {"prediction": expected}


def research_price(name: str, rules: game.Game | None = None) -> float:
    """Give the dollars that a piece of research costs."""
    kind = RESEARCH[pick(name, RESEARCH, "research")].get("kind")
    return 0.0 if kind is None else (rules or main_street("")).prices[kind]


@lru_cache(maxsize=8)
def main_street(team: str) -> game.Game:
    """Give the game of a team's year; the same name gives the same town and luck everywhere."""
    digest = hashlib.sha256(f"{team.strip().casefold()}|10.year".encode()).digest()
    return game.Game(
        seed=SEEDS[int.from_bytes(digest[:4], "big") % len(SEEDS)],
        teams=(YOU, *RIVALS),
        rounds=ROUNDS,
        policies=dict(RIVALS),
    )


def rules_to_find() -> pd.DataFrame:
    """List the five rules of the town that nobody tells you.

    Returns
    -------
    pandas.DataFrame
        One row a claim of the articles: what is so where it holds, and where it does not.

    Examples
    --------
    >>> rules_to_find()["claim"].tolist()
    ['2.4', '1.2', '1.1', '2.2', 'access']
    """
    listed = shop.claims(*HIDDEN).summary().set_index("claim").loc[list(HIDDEN)].reset_index()
    found = listed[["claim", "says", "if_true", "if_false"]]
    return found.set_axis(["claim", "what it says", "if it holds", "if not"], axis="columns")
