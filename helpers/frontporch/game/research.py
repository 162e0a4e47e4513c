"""What research brings: tables with honest noise, from the team's own people or of its rivals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..counting import bincount
from ..shop import Acts, Market
from ..shop.luck import Floats, Luck
from ..shop.people import ACQUAINTANCE, AGES, ALL_STAGES, BUYER, FRIEND
from ..shop.trials import Trial
from ..shop.year import Year
from .decision import Decision
from .form import Field, field_of, fields, form
from .requests import Request
from .stays import spells, stays, steps

if TYPE_CHECKING:
    from .rules import Game

Tables = dict[str, pd.DataFrame]
ANSWERS = (0.3, 0.6)
"""Share of those asked who answer: people who do not want a closer relationship, and who do."""
NAMED = 3
"""People whom somebody names who answers."""
USUAL, TESTED = "as usual", "tested"
INVITED = "fan_drive"


class Coin(IntEnum):
    """What a coin of research is for."""

    ASK = 1
    ANSWER = 2
    NAME = 3
    WRONG = 4
    OTHER = 5


def trials(request: Request, seat: int, week: int) -> list[Trial]:
    """Give what a piece of research changes for half of the people, from a week on."""
    if request.kind == "ab_test":
        return [Trial(seat, request.act, request.value, since=week)]
    if request.kind == "encouragement":
        return [Trial(seat, INVITED, True, since=week)]
    return []


@dataclass(frozen=True, eq=False, repr=False)
class Findings(Mapping[str, dict[str, Tables]]):
    """What research brought in a round: by team, tables by the name of the research.

    Tables are made when they are looked at, as a game that is only played again needs none.

    Parameters
    ----------
    game : Game
        The rules.
    number : int
        The round.
    before, after : Market
        The town at its start and at its end.
    acts : list of Acts
        What each shop did in its last week.
    decisions : mapping of str to Decision
        What each team asked for.
    """

    game: Game
    number: int
    before: Market
    after: Market
    acts: list[Acts]
    decisions: Mapping[str, Decision]

    def __iter__(self) -> Iterator[str]:
        return (team for team, one in self.decisions.items() if one.research)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __getitem__(self, team: str) -> dict[str, Tables]:
        if team not in self.known:
            asked = self.decisions[team].research
            if not asked:
                raise KeyError(team)
            seat = self.game.seat(team)
            self.known[team] = {one.name: self.results(seat, one) for one in asked}
        return self.known[team]

    @cached_property
    def known(self) -> dict[str, dict[str, Tables]]:
        """Tables that have been looked at."""
        return {}

    @cached_property
    def year(self) -> Year:
        """The simulation's own books at the end of the round."""
        return Year(self.after)

    @cached_property
    def luck(self) -> Luck:
        """Coins of research, which the town knows nothing of."""
        shops = self.after.shops
        people = max(self.after.world.people, shops * len(fields()))
        return Luck(self.game.research_luck, shops, people)

    def coins(self, seat: int, purpose: Coin, who: NDArray[Any], turn: int = 0) -> Floats:
        """Give the coins of some people with a shop."""
        flat = seat * self.luck.people + np.asarray(who, np.intp)
        return self.luck.some(self.number, purpose, flat, turn)

    def results(self, seat: int, request: Request) -> Tables:
        """Give the tables that a piece of research brings."""
        if request.kind == "survey":
            return self._survey(seat)
        if request.kind == "log":
            return {"stays": self.year.spells(seat), "orders": orders_of(self.year, seat)}
        if request.kind == "rivals":
            return {"rivals": self._rivals(seat)}
        (trial,) = trials(request, seat, self.before.week + 1)
        half = trial.half(self.after.luck)
        if request.kind == "ab_test":
            return self._halves(seat, half)
        return {"people": self._encouraged(seat, half)}

    def _survey(self, seat: int) -> Tables:
        """Ask some of the people whom the shop knows; who wants closeness answers more often."""
        stage, town = self.after.state.stage[seat], self.after.town
        known = np.flatnonzero((stage >= ACQUAINTANCE) & (stage <= FRIEND))
        order = np.argsort(self.coins(seat, Coin.ASK, known), kind="stable")
        asked = np.sort(known[order[: self.game.asked]])
        close = town.close[asked]
        answers = self.coins(seat, Coin.ANSWER, asked) < np.array(ANSWERS)[close.astype(int)]
        people = pd.DataFrame(
            {
                "person": asked,
                "age": np.array(AGES, object)[town.age[asked]],
                "stage": np.array(ALL_STAGES, object)[stage[asked]],
                "answered": answers,
                "wants_closeness": pd.arrays.BooleanArray(close.copy(), ~answers),
            }
        )
        return {"answers": people, "ties": self._named(seat, asked[answers])}

    def _named(self, seat: int, people: NDArray[Any]) -> pd.DataFrame:
        """Let each name up to three people whom they talk to on the street."""
        street, rows = self.after.town.ties[0], []
        for one in people.tolist():
            friends = street.targets[street.starts[one] : street.starts[one + 1]]
            coin = self.coins(seat, Coin.NAME, friends)
            named = friends[np.argsort(coin, kind="stable")[:NAMED]]
            rows += [(f"person {one}", f"person {other}") for other in sorted(named.tolist())]
        return pd.DataFrame(rows, columns=["source", "target"])

    def _moves(self, seat: int) -> pd.DataFrame:
        moves = self.year.moves
        return moves[(moves["shop"] == seat) & (moves["week"] > self.before.week)]

    def _spent(self, seat: int, begin: int, end: int) -> tuple[NDArray[Any], NDArray[Any]]:
        """Count orders, and add up dollars, of each person between two weeks."""
        orders = self.year.orders
        mine = orders[(orders["shop"] == seat) & orders["week"].between(begin + 1, end)]
        people = self.after.world.people
        many = bincount(mine["person"], minlength=people)
        cents = bincount(mine["person"], weights=mine["cents"], minlength=people)
        return many, np.rint(cents) / 100

    def _halves(self, seat: int, tested: NDArray[np.bool_]) -> Tables:
        """Compare the halves of an A/B test: steps between stages first, money last."""
        half = np.where(tested, TESTED, USUAL).astype(object)
        begin, end = self.before.week, self.after.week
        found = stays(self._moves(seat), self.before.state.stage[seat], begin, end)
        orders, spent = self._spent(seat, begin, end)
        money = [
            (name, int((half == name).sum()), int(orders[half == name].sum()), dollars)
            for name in (USUAL, TESTED)
            for dollars in [round(float(spent[half == name].sum()), 2)]
        ]
        return {
            "steps": steps(found, half),
            "stays": spells(found, self.after.town.online(begin), half=half),
            "money": pd.DataFrame(money, columns=["half", "people", "orders", "dollars"]),
        }

    def _encouraged(self, seat: int, invited: NDArray[np.bool_]) -> pd.DataFrame:
        """List the people who could join the page: `fans.lift` reads this."""
        stage, week = self.before.state.stage[seat], self.before.week
        could = (stage >= BUYER) & (stage <= FRIEND) & self.after.town.online(week)
        could &= ~self.before.state.fan[seat]
        who = np.flatnonzero(could)
        each = self.game.weeks_a_round
        return pd.DataFrame(
            {
                "customer": who,
                "invited": invited[who],
                "fan": self.after.state.fan[seat][who],
                "past": self._spent(seat, max(week - each, 0), week)[1][who],
                "spend": self._spent(seat, week, self.after.week)[1][who],
            }
        )

    def _rivals(self, seat: int) -> pd.DataFrame:
        """Say what the others seem to do; some lines are wrong, and nothing tells which."""
        rows = []
        for other, acts in enumerate(self.acts):
            if other == seat:
                continue
            for place, one in enumerate(form(self.number)):
                pair = np.array([other * len(fields()) + place])
                wrong = self.coins(seat, Coin.WRONG, pair)[0] < self.game.wrong
                coin = float(self.coins(seat, Coin.OTHER, pair)[0])
                value = _other(one, acts, coin) if wrong else getattr(acts, one.name)
                rows.append((self.game.teams[other], one.name, value))
        return pd.DataFrame(rows, columns=["team", "act", "seems"])


def _other(one: Field, acts: Acts, coin: float) -> Any:
    """Give a value that is offered and is not the true one."""
    others = [value for value in field_of(one.name).values if value != getattr(acts, one.name)]
    return others[int(coin * len(others))]


def orders_of(year: Year, seat: int) -> pd.DataFrame:
    """Give a shop's orders, as `fans.rfm_summary` reads them.

    Returns
    -------
    pandas.DataFrame
        One row an order: `customer`, `time` (the week), `value` in dollars, and `item`.
    """
    orders = year.orders
    mine = orders[orders["shop"] == seat].reset_index(drop=True)
    return pd.DataFrame(
        {
            "customer": mine["person"],
            "time": mine["week"],
            "value": mine["cents"] / 100,
            "item": mine["item"],
        }
    )
