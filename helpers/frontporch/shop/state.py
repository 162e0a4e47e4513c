"""What is so in a town at the start of a week, and what a week works with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .acts import Acts
from .luck import Floats, Ints, Luck
from .people import ACQUAINTANCE, BUYER, FRIEND, KINDS, UNMET, Town, first_stages
from .trials import Arms, Trial
from .world import World

OLDEST = 59
"""Weeks since the first meeting that are told apart."""
KNOWN_FOR = 8
"""Weeks since the first meeting of those who know a shop when the year begins."""
ITEMS_A_KIND = 4
ITEMS = KINDS * ITEMS_A_KIND


@dataclass
class Post:
    """Something that a person wrote to a shop, and that nobody has answered yet.

    Parameters
    ----------
    flat : int
        Shop × people + person.
    kind : int
        0 a complaint, 1 a question, 2 praise.
    written, leaves : float
        Weeks from the start of the year: when it was written, and when the writer gives up.
    work : float
        How long the answer takes, as a multiple of the mean.
    leaves_for_good : bool
        Whether the shop loses the writer who gives up.
    """

    flat: int
    kind: int
    written: float
    leaves: float
    work: float
    leaves_for_good: bool = True


@dataclass
class State:
    """All that changes from week to week. Arrays are (shop, person) or (shop,)."""

    stage: NDArray[np.int8]
    age: NDArray[np.int16]
    warmth: Floats
    fan: NDArray[np.bool_]
    data: NDArray[np.bool_]
    noticed: NDArray[np.bool_]
    street: Floats
    net: Floats
    suggested: NDArray[np.int8]
    writing: NDArray[np.bool_]
    page: NDArray[np.bool_]
    answered: Floats
    rating: Floats
    practice: Floats
    assortment: Floats
    free_at: Floats
    cash: NDArray[np.int64]
    posts: list[list[Post]]
    again: Ints

    @classmethod
    def first(cls, luck: Luck, shops: int, people: int) -> State:
        """Give the state in which every shop begins alike."""
        many, each = (shops, people), shops
        stage = first_stages(luck)
        return cls(
            stage=stage,
            age=np.where(stage > UNMET, KNOWN_FOR, 0).astype(np.int16),
            warmth=np.zeros(many),
            fan=np.zeros(many, bool),
            data=np.zeros(many, bool),
            noticed=np.zeros(many, bool),
            street=np.zeros(many),
            net=np.zeros(many),
            suggested=np.full(many, -1, np.int8),
            writing=np.zeros(many, bool),
            page=np.ones(each, bool),
            answered=np.full(each, 0.5),
            rating=np.full(each, 0.5),
            practice=np.zeros(each),
            assortment=np.full((each, KINDS), 1.0 / KINDS),
            free_at=np.zeros(each),
            cash=np.zeros(each, np.int64),
            posts=[[] for _ in range(shops)],
            again=np.zeros(0, np.intp),
        )


@dataclass
class Week:
    """One week: the rules, the people, the state at its start, and what every shop does.

    Every act reads this; the new state is written once, when the week is over.
    """

    number: int
    world: World
    town: Town
    luck: Luck
    state: State
    acts: Sequence[Acts]
    trials: Sequence[Trial] = ()
    arms: Arms = field(init=False)
    warmer: Floats = field(init=False)
    lost: dict[int, str] = field(default_factory=dict)
    hours: Floats = field(init=False)
    media: NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        """Begin with no change."""
        self.arms = Arms.drawn(self.acts, self.trials, self.luck)
        self.warmer = np.zeros(self.state.stage.shape)
        self.hours = np.zeros(len(self.acts))
        self.media = np.zeros(len(self.acts), np.int64)

    @cached_property
    def online(self) -> NDArray[np.bool_]:
        """Who is online."""
        return self.town.online(self.number)

    @cached_property
    def on_web(self) -> NDArray[np.bool_]:
        """Which shops can be found online, by arm."""
        page = self.each("web", lambda web: web in ("page", "both"))
        site = self.each("web", lambda web: web in ("site", "both"))
        return site | (page & self.state.page[self.arms.shop])

    @cached_property
    def has_page(self) -> NDArray[np.bool_]:
        """Which shops have a page that has not been taken away."""
        return np.array([one.web in ("page", "both") for one in self.acts]) & self.state.page

    @cached_property
    def known(self) -> NDArray[np.bool_]:
        """Who is an acquaintance, a buyer or a friend of which shop."""
        return (self.state.stage >= ACQUAINTANCE) & (self.state.stage <= FRIEND)

    @cached_property
    def customers(self) -> NDArray[np.bool_]:
        """Who is a buyer or a friend of which shop."""
        return (self.state.stage >= BUYER) & (self.state.stage <= FRIEND)

    def each(self, name: str, of: Callable[[Any], Any] | None = None) -> NDArray[Any]:
        """Give one act of every arm, as an array; the shops' own acts come first."""
        if of is None:
            return np.array([getattr(one, name) for one in self.arms.acts])
        return np.array([of(getattr(one, name)) for one in self.arms.acts])

    def by_person(self, values: NDArray[Any]) -> NDArray[Any]:
        """Give what each person gets of each shop: (shops, people), or (shops, 1) if all alike."""
        return values[self.arms.of]

    def at(self, values: NDArray[Any], flat: Ints) -> NDArray[Any]:
        """Give what some pairs get, named by shop × people + person."""
        return values[self.arms.at(flat, self.town.size)]

    def every(self, weeks: int) -> bool:
        """Say whether something that comes every so many weeks comes in this one."""
        return self.number % weeks == 0
