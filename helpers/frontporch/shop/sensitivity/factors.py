"""What differs from town to town: every parameter, every claim, and luck."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ...names import UnknownName, nearest
from ..parameters import numbers_of
from ..switches import SWITCHES
from ..world import World

CLAIM, LUCK = "claim ", "luck"
LUCKS = 10_000
"""Kinds of luck that are told apart."""
TOPICS = {
    "order size": ("spend",),
    "margin": ("margin",),
    "need": ("need",),
    "buying elsewhere": ("outside",),
    "first meetings": (
        "meet",
        "tells",
        "web_reach",
        "post_reach",
        "talk_street",
        "talk_online",
        "saturates",
    ),
    "steps up": ("up1", "up2", "up3", "ratio1", "ratio2", "ratio3"),
    "losses": ("loss1", "loss2", "loss3", "loss4", "back3", "back4", "bored"),
    "coming again": ("returns",),
    "offers and messages": ("offer_gain", "wait_loss", "message_gain", "over_contact"),
    "questions and answers": ("writes", "patience", "leaves", "onlook", "answer_gain"),
    "fans and posts": ("fan_own", "fan_copy", "fan_gain", "post_gain", "platform_loss"),
}
"""Parameters of one subject each, which are varied together."""
REST = "effects of acts that the usual shop leaves out"
ARTICLES = {"access": "004", "tuning": "003"}
"""Where advice comes from whose claim has no number."""


def describe() -> pd.DataFrame:
    """List the factors that differ from town to town.

    Returns
    -------
    pandas.DataFrame
        Columns `factor`, `kind` ("parameter", "claim" or "luck"), `topic`, `unit`, `lowest`,
        `highest` and `meaning`. A claim holds in half of all towns.

    Examples
    --------
    >>> describe()["kind"].unique().tolist()
    ['parameter', 'claim', 'luck']
    """
    rows: list[tuple[Any, ...]] = [
        (
            one.name,
            "parameter",
            next((topic for topic, names in TOPICS.items() if one.name in names), REST),
            one.metadata["unit"],
            *one.metadata["usual"],
            one.metadata["meaning"],
        )
        for one in numbers_of(World)
    ]
    rows += [
        (
            CLAIM + claim,
            "claim",
            f"claims of article {ARTICLES.get(claim, '00' + claim[0])}",
            "holds or not",
            0.0,
            1.0,
            switch.says,
        )
        for claim, switch in SWITCHES.items()
    ]
    rows.append((LUCK, "luck", LUCK, "kind of luck", 0.0, 1.0, "all coins of the year"))
    columns = ["factor", "kind", "topic", "unit", "lowest", "highest", "meaning"]
    return pd.DataFrame(rows, columns=columns)


def factors() -> list[str]:
    """Give the names of the factors."""
    return describe()["factor"].tolist()


def topics() -> dict[str, str]:
    """Give the topic of each factor."""
    table = describe()
    return dict(zip(table["factor"], table["topic"], strict=True))


def town(place: Mapping[str, float], **fixed: Any) -> tuple[World, int]:
    """Give the town, and the seed of its luck, that a place among all towns stands for.

    Parameters
    ----------
    place : mapping of str to float
        By factor, from 0 to 1: a parameter's place in its range; a claim holds below one half.
    **fixed
        What is the same in every town, such as ``people=500``.

    Returns
    -------
    World, int

    Raises
    ------
    UnknownName
        If a factor is missing.
    ValueError
        If a place is not from 0 to below 1.

    Examples
    --------
    >>> world, seed = town(dict.fromkeys(factors(), 0.25))
    >>> round(world.need, 3), world.true("2.4"), seed
    (0.37, True, 2500)
    """
    for name in factors():
        if name not in place:
            raise UnknownName(f"no place is given for {name!r}. {nearest(name, list(place))}")
        if not 0 <= place[name] < 1:
            raise ValueError(f"{name} is {place[name]!r}, but must be a place from 0 to below 1.")
    drawn: dict[str, Any] = {}
    for one in numbers_of(World):
        low, high = one.metadata["usual"]
        drawn[one.name] = low + float(place[one.name]) * (high - low)
    drawn["holds"] = frozenset(claim for claim in SWITCHES if place[CLAIM + claim] < 0.5)
    return World(**drawn).but(**fixed), round(float(place[LUCK]) * LUCKS)
