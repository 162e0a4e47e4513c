"""Two ways for a shop to reach people: as a member whose replies make ties, or by paid posts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...community.spread.exposure import Exposed
from ...elementary import expm1

KINDS = ("by themselves", "user talk", "shop as a member", "boosted posts")


@dataclass(frozen=True, eq=False)
class Contact:
    """A rule that is asked every week: own taste, friends, the shop's replies, its boosted posts.

    A person to whom the shop has replied is tied to it from the next week on, sees its posts
    for nothing, and may be convinced by them each week. A boosted post is seen by anybody.

    Parameters
    ----------
    own : numpy.ndarray of float, shape (people,)
        Hazard per week of adopting by oneself.
    talk : float
        Hazard per week from each friend who has adopted.
    member : float
        Hazard per week from the shop, once it has replied.
    boost : float
        Hazard from one boosted post.
    replied : numpy.ndarray of float, shape (people,)
        Replies per week that each person gets.
    boosted : float
        Boosted posts per week that each person sees.
    """

    own: NDArray[np.float64]
    talk: float
    member: float
    boost: float
    replied: NDArray[np.float64]
    boosted: float
    each_period: ClassVar[bool] = True
    reads: ClassVar[tuple[str, ...]] = ("exposures",)
    kinds: ClassVar[tuple[str, ...]] = KINDS

    def tied(self, luck: ArrayLike, people: NDArray[np.integer], week: int) -> NDArray[np.bool_]:
        """Say who is tied to the shop in a week: who got a reply in a week before.

        Parameters
        ----------
        luck : array_like of float
            Coin of each person, the same through a run.
        people : numpy.ndarray of int
            Their numbers.
        week : int
            From 1 up.
        """
        return np.asarray(luck) < -expm1(-self.replied[people] * (week - 1))

    def parts(self, people: Exposed) -> tuple[ArrayLike, ...]:
        """Give the four hazards of each person."""
        if len(self.own) != people.community.size:
            raise ValueError(f"there are {len(self.own)} tastes for {people.community.size} people")
        who = people.target
        tied = self.tied(people.luck(who), who, people.step)
        return (
            self.own[who],
            self.talk * people.exposures,
            self.member * tied,
            self.boost * self.boosted,
        )

    def __call__(self, people: Exposed) -> NDArray[np.float64]:
        """Give the probability of each person."""
        return -expm1(-sum(np.asarray(part, float) for part in self.parts(people)))
