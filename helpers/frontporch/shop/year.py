"""What a year came to: tidy tables, and the accounts to the cent."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import pandas as pd

from ..result import Result
from .accounts import PARTS
from .market import ALL_CAUSES, CAUSES
from .parameters import whole
from .people import AGES, ALL_STAGES, BUYER, FRIEND
from .week import desk, suggesting

if TYPE_CHECKING:
    from .market import Market


SEEN = {
    "walking past": "walked in",
    "trade show": "gave a card",
    "online": "came online",
    "post": "came online",
    "paid view": "clicked an ad",
    "reply": "wrote back",
    "neighbor's word": "walked in",
    "word online": "came online",
}
"""What a shop sees of each cause of a first meeting."""


class Year(Result):
    """What happened on Main Street, from the simulation's own bookkeeping.

    Parameters
    ----------
    market : Market
        A market that has been played.

    Examples
    --------
    >>> from frontporch import shop
    >>> year = shop.simulate(shop.World(people=500), ["usual", "usual"], weeks=4, seed=7)
    >>> list(year.summary()["shop"]), year.orders.columns.tolist()[:3]
    ([1, 2], ['week', 'person', 'shop'])
    """

    __slots__ = ("__dict__", "market")

    def __init__(self, market: Market) -> None:
        self.market = market

    def place(self, shop: int) -> int:
        """Return a shop's place, or say which there are."""
        return whole(shop, "shop", 0, self.market.shops - 1)

    @cached_property
    def weeks(self) -> pd.DataFrame:
        """One row a week and shop: people by stage, orders, posts, and cents."""
        return pd.DataFrame(self.market.ledger.weeks)

    @cached_property
    def moves(self) -> pd.DataFrame:
        """One row a step: when, who, with which shop, from and to which stage, and why."""
        frames = []
        for number, moved, cause in self.market.ledger.moves:
            shop, person = np.divmod(moved.flat, self.market.world.people)
            frames.append(
                {
                    "week": np.full(len(shop), number),
                    "time": number - 1 + moved.time,
                    "person": person,
                    "shop": shop,
                    "from": moved.before,
                    "to": moved.after,
                    "cause": cause,
                }
            )
        table = pd.DataFrame({k: np.concatenate([f[k] for f in frames]) for k in frames[0]})
        for name in ("from", "to"):
            table[name] = pd.Categorical.from_codes(table[name], ALL_STAGES, ordered=True)
        table["cause"] = pd.Categorical.from_codes(table["cause"], ALL_CAUSES)
        return table

    @cached_property
    def orders(self) -> pd.DataFrame:
        """One row an order: when, who, where, which item, and cents."""
        frames = [
            pd.DataFrame(
                {
                    "week": number,
                    "person": one.flat % self.market.world.people,
                    "shop": one.flat // self.market.world.people,
                    "item": one.item,
                    "cents": one.price - one.discount,
                }
            )
            for number, one in self.market.ledger.orders
        ]
        return pd.concat(frames, ignore_index=True)

    @cached_property
    def posts(self) -> pd.DataFrame:
        """One row a post: who, to which shop, what kind, and weeks from the start of the year."""
        done = [(one.post, one.at, one.answered) for one in self.market.ledger.posts]
        open_ = [(post, np.nan, False) for posts in self.market.state.posts for post in posts]
        rows = [
            (
                post.flat % self.market.world.people,
                post.flat // self.market.world.people,
                desk.KINDS[post.kind],
                post.written,
                at if answered else np.nan,
                np.nan if answered else at,
                at if at == at else float(self.market.week),
            )
            for post, at, answered in done + open_
        ]
        columns = ["person", "shop", "kind", "posted", "answered", "given_up", "watched"]
        table = pd.DataFrame(rows, columns=columns)
        return table.sort_values(["posted", "shop", "person"], ignore_index=True)

    @property
    def people(self) -> pd.DataFrame:
        """One row a person: age group, online, patience, and the stage with each shop now."""
        table = self.market.town.table()
        for shop, stage in enumerate(self.market.state.stage):
            table[f"stage_{shop}"] = pd.Categorical.from_codes(stage, ALL_STAGES, ordered=True)
        return table

    @property
    def ties(self) -> pd.DataFrame:
        """One row a tie, with the layer in which it lies."""
        return self.market.town.tie_table()

    @property
    def cash(self) -> list[int]:
        """What each shop has earned, in cents."""
        return self.market.state.cash.tolist()

    def summary(self) -> pd.DataFrame:
        """One row a shop: people at the end, orders, and dollars of the year."""
        last = self.weeks[self.weeks["week"] == self.market.week].set_index("shop")
        sums = self.weeks.groupby("shop")[["orders", "met", "gave_up", *PARTS]].sum()
        return pd.DataFrame(
            {
                "shop": np.arange(self.market.shops) + 1,
                "buyers": (last["buyer"] + last["friend"]).to_numpy(),
                "fans": last["fans"].to_numpy(),
                "met": sums["met"].to_numpy(),
                "orders": sums["orders"].to_numpy(),
                **{part: (sums[part] / 100).to_numpy() for part in PARTS},
                "cash": np.array(self.cash) / 100,
            }
        )

    def spells(self, shop: int = 0) -> pd.DataFrame:
        """Give the stays of people in each stage with one shop, as `deepening.fit` reads them.

        Parameters
        ----------
        shop : int
            The shop's place, from 0 up.

        Returns
        -------
        pandas.DataFrame
            Columns `pair`, `channel`, `stage`, `entered`, `left` and `next_stage`, for those who
            came to know the shop during the year; who was lost and comes again is a new pair.
            `channel` says whether they were online when the year began.
        """
        moves = self.moves
        mine = moves[moves["shop"] == self.place(shop)].sort_values(
            ["person", "time"], kind="stable"
        )
        first = mine.groupby("person")["from"].transform("first")
        mine = mine[first == "unmet"]
        same = mine["person"].eq(mine["person"].shift(-1)) & (mine["to"] != "lost")
        visit = (mine["to"] == "stranger").groupby(mine["person"]).cumsum()
        left = mine["time"].shift(-1).where(same, float(self.market.week))
        stays = pd.DataFrame(
            {
                "pair": [f"{who} ({k})" for who, k in zip(mine["person"], visit, strict=True)],
                "channel": np.where(
                    self.market.town.online(0)[mine["person"].to_numpy()], "online", "offline"
                ),
                "stage": mine["to"].astype(str).to_numpy(),
                "entered": mine["time"].to_numpy(),
                "left": left.to_numpy(),
                "next_stage": mine["to"].shift(-1).astype(object).where(same, None).to_numpy(),
            }
        )
        kept = (stays["stage"] != "lost") & (stays["left"] > stays["entered"])
        return stays[kept].reset_index(drop=True)

    def won(self) -> pd.DataFrame:
        """Count by what each shop met people: the simulation's own books, which no shop has."""
        moves = self.moves
        met = moves[moves["from"] == "unmet"]
        table = pd.crosstab(met["cause"], met["shop"])
        return table.reindex(index=list(CAUSES), columns=range(self.market.shops), fill_value=0)

    def seen(self) -> pd.DataFrame:
        """Count the same people as `won`, by what the shop itself could have seen.

        A shop knows whom it replied to, who clicked what it paid for, and who gave a card at a
        trade show. It sees that others came online or walked in, and not who told them.
        """
        table = self.won()
        table.index = pd.Index([SEEN[cause] for cause in table.index], name="seen")
        return table.groupby(level=0, sort=False).sum()

    def page(self, shop: int = 0) -> pd.DataFrame:
        """Say who the customers are by what a page tells, beside who they are.

        Parameters
        ----------
        shop : int
            The shop's place, from 0 up.

        Returns
        -------
        pandas.DataFrame
            By age group, how many `fans` the shop has, how many people `wrote` to it this year,
            and how many `customers` (buyers and friends) there are; then the shares of each that
            the group makes up, missing where there is nobody. Only the books of the simulation
            know the last.

        Notes
        -----
        Fans and writers select themselves: a page has people who are online, so they are younger.
        """
        place, town = self.place(shop), self.market.town
        stage = self.market.state.stage[place]
        wrote = np.unique(self.posts.loc[self.posts["shop"] == place, "person"].to_numpy(int))
        who = {
            "fans": self.market.state.fan[place],
            "wrote": np.isin(np.arange(town.size), wrote),
            "customers": (stage >= BUYER) & (stage <= FRIEND),
        }
        table = pd.DataFrame({"age": AGES})
        for name, here in who.items():
            table[name] = [int(np.count_nonzero(here & (town.age == k))) for k in range(len(AGES))]
        for name in who:
            many = table[name].sum()
            table[f"share_of_{name}"] = table[name] / many if many else np.nan
        return table

    def recall(self, shop: int = 0, week: int = 26, many: int = 3) -> pd.DataFrame:
        """Hold out the orders after a week, and count how many were suggested before.

        Parameters
        ----------
        shop : int
            The shop's place, from 0 up.
        week : int
            The last week that the suggestions may know.
        many : int
            How many items are suggested to each person.

        Returns
        -------
        pandas.DataFrame
            By way of suggesting: `found`, `of` first purchases of an item, and the `share`, which
            is missing where there were none.
        """
        rows = [(number, (one.flat, one.item)) for number, one in self.market.ledger.orders]
        before = [one for number, one in rows if number <= week]
        after = [one for number, one in rows if number > week]
        shops, people = self.market.shops, self.market.world.people
        counted = suggesting.recall(before, after, self.place(shop), shops, people, many=many)
        return pd.DataFrame(
            [(way, hit, of, hit / of if of else np.nan) for way, (hit, of) in counted.items()],
            columns=["way", "found", "of", "share"],
        )

    PICTURES: ClassVar[Mapping[str, str]] = {
        "year": "frontporch.shop.pictures:plot_year",
        "map": "frontporch.shop.pictures:plot_map",
        "won": "frontporch.shop.pictures:plot_won",
    }
