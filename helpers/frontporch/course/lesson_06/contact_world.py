"""A shop's community with prices: what joining in and pushing cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...community import Community, block_model, trace
from ...streams import Seed, coins, root_key, run_keys, tie_numbers
from .contact import Contact


@dataclass(frozen=True)
class ContactWorld:
    """A community and a shop in it; all numbers are assumptions.

    Parameters
    ----------
    people : int
        How many.
    ties_each : float
        Expected ties of a person.
    keen : float
        Share of people who are keen on what the shop sells, above 0 and below 1.
    own, own_keen : float
        Hazard per week of adopting by oneself, for the others and for the keen, from 0 up.
    talk : float
        Hazard per week from each friend who has adopted, from 0 up.
    member : float
        Hazard per week from the shop, once it has replied, from 0 up.
    boost : float
        Hazard from one boosted post, from 0 up.
    favour : float
        How many times as often the keen get a reply, since they post more; 1 is as often.
    minutes : float
        Work for one reply, above 0.
    wage : float
        Money per hour of work, above 0.
    thousand : float
        Price of a boosted post seen by a thousand people, above 0.
    weeks : int
        How long it is followed, from 2 up.
    """

    people: int = 2_000
    ties_each: float = 6.0
    keen: float = 0.2
    own: float = 0.002
    own_keen: float = 0.002
    talk: float = 0.004
    member: float = 0.016
    boost: float = 0.0003
    favour: float = 8.0
    minutes: float = 6.0
    wage: float = 20.0
    thousand: float = 8.0
    weeks: int = 26

    def __post_init__(self) -> None:
        """Check the ranges."""
        for name in ("own", "own_keen", "talk", "member", "boost", "ties_each"):
            if not (np.isfinite(value := getattr(self, name)) and value >= 0):
                raise ValueError(f"{name} is {value!r}, but must be a number from 0 up.")
        for name in ("favour", "minutes", "wage", "thousand"):
            if not (np.isfinite(value := getattr(self, name)) and value > 0):
                raise ValueError(f"{name} is {value!r}, but must be above 0.")
        if not 0 < self.keen < 1:
            raise ValueError(f"keen is {self.keen!r}, but must be a share above 0 and below 1.")
        if self.people < 20 or self.weeks < 2:
            raise ValueError("20 people or more and 2 weeks or more are needed.")

    def community(self, seed: Seed) -> Community:
        """Draw the people and their ties. Synthetic."""
        return block_model([self.people], self.ties_each, 0.0, seed=seed)

    @property
    def is_keen(self) -> NDArray[np.bool_]:
        """Who is keen: the first so many; ties do not look at it."""
        return np.arange(self.people) < round(self.keen * self.people)

    def bought(self, budget: float, join: float) -> tuple[float, float]:
        """Give replies per week, and boosted posts per person and week, for this money.

        Parameters
        ----------
        budget : float
            Money per week, from 0 up.
        join : float
            Share of it that goes into replies, from 0 to 1; the rest boosts posts.

        Examples
        --------
        >>> ContactWorld().bought(100, join=0.5)
        (25.0, 3.125)
        """
        if not (np.isfinite(budget) and budget >= 0):
            raise ValueError(f"budget is {budget!r}, but must be a number from 0 up.")
        if not 0 <= join <= 1:
            raise ValueError(f"join is {join!r}, but must be a share from 0 to 1.")
        replies = budget * join / (self.minutes / 60 * self.wage)
        return replies, budget * (1 - join) / self.thousand * 1_000 / self.people

    def rule(self, budget: float, join: float, *, by_coin: bool = False) -> Contact:
        """Give the rule for `spread` under this budget.

        Parameters
        ----------
        budget, join : float
            As in `bought`.
        by_coin : bool
            Whether a coin decides to whom the shop replies, and not who posts most.
        """
        replies, boosted = self.bought(budget, join)
        favour = np.where(self.is_keen & (not by_coin), self.favour, 1.0)
        return Contact(
            own=np.where(self.is_keen, self.own_keen, self.own),
            talk=self.talk,
            member=self.member,
            boost=self.boost,
            replied=replies * favour / favour.sum(),
            boosted=boosted,
        )

    def simulate(
        self, budget: float, join: float, seed: Seed, *, by_coin: bool = False
    ) -> pd.DataFrame:
        """Draw what a shop that does both sees of each person. Synthetic.

        Returns
        -------
        pandas.DataFrame
            One row a person: `replied` (whether the shop has replied by the end), `week` (of
            adopting; missing: never), `adopted`.
        """
        first = int(root_key(seed)) if isinstance(seed, np.random.Generator) else seed
        town = self.community(first)
        rule = self.rule(budget, join, by_coin=by_coin)
        story = trace(town, [], rule, 0, first, steps=self.weeks)
        who = np.arange(self.people)
        luck = coins(run_keys(root_key(first), [0]), tie_numbers(who, who))
        week = story["step"]
        return pd.DataFrame(
            {
                "replied": rule.tied(luck, who, self.weeks),
                "week": week,
                "adopted": week.notna().to_numpy(bool),
            }
        )

    def expected(self, budget: float, join: float, *, by_coin: bool = False) -> pd.Series:
        """Give about what `simulate` shows, if everybody's friends are like the town.

        Returns
        -------
        pandas.Series
            `adopted`, `replied` (shares of all), `adopted_replied`, `adopted_others` (shares
            who adopted of those whom the shop has replied to, and of the others).
        """
        rule = self.rule(budget, join, by_coin=by_coin)
        # Classes: the others and the keen; states by whether replied to.
        first = int(self.is_keen.sum())
        weight = np.array([1 - first / self.people, first / self.people])
        own = np.array([self.own, self.own_keen])
        rate = np.array([rule.replied[-1], rule.replied[0]])
        open_, tied = np.ones(2), np.zeros(2)  # have not adopted, by whether replied to
        reply = -np.expm1(-rate)
        won_open, won_tied = np.zeros(2), np.zeros(2)
        for week in range(self.weeks):
            if week:
                for free, held in ((open_, tied), (won_open, won_tied)):
                    moved = free * reply
                    free -= moved
                    held += moved
            adopted = weight @ (won_open + won_tied)
            hazard = own + self.talk * self.ties_each * adopted + self.boost * rule.boosted
            for state, won, more in ((open_, won_open, 0.0), (tied, won_tied, self.member)):
                gone = state * -np.expm1(-(hazard + more))
                state -= gone
                won += gone
        replied = weight @ (tied + won_tied)
        return pd.Series(
            {
                "adopted": weight @ (won_open + won_tied),
                "replied": replied,
                "adopted_replied": weight @ won_tied / replied if replied else np.nan,
                "adopted_others": weight @ won_open / (1 - replied),
            }
        )
