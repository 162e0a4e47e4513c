"""A town of letters: strangers believe them, or those who are tied merely have one taste."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from ...community import Community, block_model, trace
from ...community.graph.arrays import from_columns
from ...community.graph.shares import share
from ...community.spread.adoption import homophily_alone
from ...community.spread.exposure import Exposed
from ...community.spread.rule import AnyRule
from ...counting import bincount, repeat
from ...elementary import power, whole_power
from ...rounding import decimal
from ...stats.contrasts import mean_difference, risk_ratio
from ...streams import Seed, generator
from ..town import Town

if TYPE_CHECKING:
    import pandas as pd

LAYERS = ("local", "online")


@dataclass(frozen=True)
class BelievedStrangers:
    """Adopt by oneself, or by each online contact who has; asked every week."""

    alone: float
    convinced: float
    each_period: ClassVar[bool] = True
    reads: ClassVar[tuple[str, ...]] = ("exposures",)
    kinds: ClassVar[tuple[str, ...]] = ()

    def __call__(self, people: Exposed) -> NDArray[np.float64]:
        """Give the probability of each person in this week."""
        return 1 - (1 - self.alone) * whole_power(1 - self.convinced, people.exposures)


@dataclass(frozen=True, eq=False)
class TasteInSeason:
    """Adopt by one's own taste, more in some weeks than in others; nobody convinces anybody."""

    rates: NDArray[np.float64]
    season: tuple[float, ...]
    each_period: ClassVar[bool] = True
    reads: ClassVar[tuple[str, ...]] = ()
    kinds: ClassVar[tuple[str, ...]] = ()

    def __call__(self, people: Exposed) -> NDArray[np.float64]:
        """Give the probability of each person in this week."""
        return 1 - power(1 - self.rates, self.season[people.step - 1])[people.target]


@dataclass(frozen=True)
class StrangerWorld:
    """A town of which some customers write letters, and a coin has half of them shown.

    Letters are read by the writer's online contacts: strangers who met over a shared taste.

    Parameters
    ----------
    people : int
        How many people live in the town.
    customers : int
        How many have bought before and written a letter; all have the taste.
    taste : float
        Share of people with the taste.
    alike, other : float
        Online ties of a person within their taste, and to people of the other.
    alone : tuple of 2 floats
        Probability per week of buying without any letter: without the taste, and with it.
    convinced : float
        Probability per week that one online contact's letter, or purchase, convinces; 0 where
        there is no contagion.
    season : tuple of float
        By how much more than usual people buy by themselves, week by week; empty: all weeks
        are alike. For a world without contagion.
    weeks : int
        How long people are observed.
    claim_holds : bool
        Whether strangers convince in this world.

    Notes
    -----
    All numbers are assumptions.
    """

    people: int = 1_000
    customers: int = 80
    taste: float = 0.3
    alike: float = 5.0
    other: float = 1.0
    alone: tuple[float, float] = (0.006, 0.006)
    convinced: float = 0.02
    season: tuple[float, ...] = ()
    weeks: int = 12
    claim_holds: bool = True

    def __post_init__(self) -> None:
        """Check the ranges."""
        for name in ("taste", "convinced"):
            share(getattr(self, name), name)
        for one in self.alone:
            share(one, "alone")
        if not 4 <= self.customers <= self.people * self.taste / 2:
            raise ValueError(
                f"customers is {self.customers}, but "
                "must be from 4 to half of those with the taste "
                f"({decimal(self.people * self.taste / 2)})."
            )
        if self.weeks < 1:
            raise ValueError(f"weeks is {self.weeks}, but must be a whole number from 1 up.")
        if self.season and (self.convinced or len(self.season) != self.weeks):
            raise ValueError("season has one number a week, and is for a world with convinced=0.")

    def simulate(self, seed: Seed) -> Town:
        """Draw a town, toss the coin, and follow who buys. Synthetic.

        Returns
        -------
        Town
            Ties of neighbours ("local") and of strangers who share a taste ("online"). Of each
            person `person`, `street`, `taste` (whether the shop is to their taste), `customer`
            (bought before and wrote a letter), `shown` (whether a coin had the letter shown),
            `bought` (within the weeks after; customers are missing), `week` (in which).

        Examples
        --------
        >>> found = StrangerWorld(people=300, customers=20).simulate(seed=7)
        >>> int(found.people["shown"].sum())
        10
        """
        import pandas as pd

        town, taste, customer, shown, rng = self._town(seed)
        read, wrote = _readable(town, customer & ~shown), np.flatnonzero(customer)
        course = trace(read, wrote, self.rule(taste), seed=rng, steps=self.weeks)
        week = course["step"].where(~customer)
        people = pd.DataFrame(
            {
                "person": np.arange(self.people),
                "street": town.group,
                "taste": taste,
                "customer": customer,
                "shown": shown,
                "bought": pd.array(week.notna(), dtype="boolean").copy(),
                "week": week,
            }
        )
        return Town(town, people.assign(bought=people["bought"].mask(people["customer"])))

    def rule(self, taste: NDArray[np.bool_]) -> AnyRule:
        """Give the rule by which people of these tastes buy."""
        if self.convinced:
            return BelievedStrangers(self.alone[0], self.convinced)
        rates = np.where(taste, self.alone[1], self.alone[0])
        return TasteInSeason(rates, self.season) if self.season else homophily_alone(rates)

    def _town(
        self, seed: Seed
    ) -> tuple[
        Community, NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_], np.random.Generator
    ]:
        """Draw who is tied to whom, who has the taste, who wrote, and whose letter is shown."""
        rng = generator(seed)
        taste = rng.permutation(self.people) < round(self.people * self.taste)
        order = np.concatenate([np.flatnonzero(taste), np.flatnonzero(~taste)])
        sizes = [int(taste.sum()), int((~taste).sum())]
        met = block_model(sizes, self.alike, self.other, seed=rng)
        online = _pairs(order[met.sources], order[met.targets], self.people)
        streets = np.full(-(-self.people // 25), 25)
        streets[-1] = self.people - 25 * (len(streets) - 1)
        near = block_model(streets.tolist(), 5.0, 0.5, seed=rng)
        local = np.setdiff1d(_pairs(near.sources, near.targets, self.people), online)
        ties = np.concatenate([local, online])
        town = from_columns(
            (ties // self.people, ties % self.people),
            self.people,
            {"layer": repeat([0, 1], [len(local), len(online)])},
            layers=LAYERS,
            group=near.group,
            synthetic="StrangerWorld",
        )
        wrote = rng.permutation(np.flatnonzero(taste))[: self.customers]
        customer, shown = np.zeros((2, self.people), dtype=bool)
        customer[wrote] = True
        shown[wrote[: self.customers // 2]] = True
        return town, taste, customer, shown, rng


def read_letters(found: Town, level: float = 0.95) -> pd.DataFrame:
    """Read a town three ways: the naive one, like with like, and by the coin.

    Parameters
    ----------
    found : Town
        What `StrangerWorld.simulate` returns.
    level : float
        Confidence level.

    Returns
    -------
    pandas.DataFrame
        One row a reading: `reading`, `measure`, `estimate`, `lower`, `upper`, `no_effect`. The
        first two are ratios of shares of buyers, of people tied online to a customer to others;
        the third is by how many more of a customer's online contacts buy if the letter is
        shown.
    """
    import pandas as pd

    customer = found.people["customer"].to_numpy()
    bought = found.people["bought"].fillna(False).to_numpy(bool)
    taste, shown = found.people["taste"].to_numpy(), found.people["shown"].to_numpy()
    tied = contacts_among(found.community, customer) > 0
    buyers = contacts_among(found.community, bought)
    others = ~customer
    naive = risk_ratio(bought[others], tied[others], level=level)
    alike = risk_ratio(bought[others], tied[others], taste[others], level)
    by_coin = mean_difference(buyers[shown], buyers[customer & ~shown], level)
    rows = [
        ("tied to a customer or not", "ratio of shares", *naive, 1.0),
        ("the same within a taste", "ratio of shares", *alike, 1.0),
        ("letter shown or not, by the coin", "more buyers a letter", *by_coin, 0.0),
    ]
    columns = ["reading", "measure", "estimate", "lower", "upper", "no_effect"]
    return pd.DataFrame(rows, columns=columns)


def _pairs(source: NDArray, target: NDArray, people: int) -> NDArray[np.int64]:
    low, high = np.minimum(source, target), np.maximum(source, target)
    return np.unique(low.astype(np.int64) * people + high)


def _readable(town: Community, silent: NDArray[np.bool_]) -> Community:
    """Keep the ties over which letters are read: online, and not of those who are not shown."""
    seen = town.layer == LAYERS.index("online")
    return town.kept(seen & ~silent[town.sources] & ~silent[town.targets])


def contacts_among(town: Community, who: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Count for each person how many of their online contacts are among some."""
    online = town.layer == LAYERS.index("online")
    return bincount(town.sources[online], who[town.targets[online]], minlength=town.size).astype(
        np.int64
    )
