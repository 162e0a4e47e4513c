"""What a team may see of the game: its own shop, and what is public."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import pandas as pd

from ..shop.people import ALL_STAGES
from ..shop.year import SEEN, Year
from .decision import Decision
from .research import Tables, orders_of
from .rules import Game

OF_THE_TOWN = ("shop", "needs", "elsewhere")
"""Columns of the weeks that no shop can know, or needs no name for."""
CENTS = ("sales", "discounts", "goods", "wages", "media", "rent", "cash")
LEFT = {
    "lost": "lost",
    "gave up waiting": "gave up waiting",
    "gave up searching": "gave up searching",
}


class Played(Protocol):
    """What is read of a game that has been played so far."""

    @property
    def game(self) -> Game:
        """The rules."""

    @property
    def year(self) -> Year:
        """The books of all shops."""

    @property
    def decisions(self) -> tuple[dict[str, Decision], ...]:
        """By round and team, what counted."""

    @property
    def rejected(self) -> tuple[tuple[int, str, str], ...]:
        """Round, team and reason where it did not."""

    @property
    def research(self) -> tuple[Mapping[str, dict[str, Tables]], ...]:
        """By round and team, what came back."""

    def standings(self) -> pd.DataFrame:
        """The rank of each team."""


@dataclass(frozen=True, eq=False)
class Team:
    """One team's view.

    Parameters
    ----------
    name : str
        The team.
    round : int
        Rounds played so far.
    cash, change : float
        Dollars now, and what the last round added.
    rank : int
        Its place in the standings.
    luck : float
        By how many dollars luck alone spreads equal teams by now (one standard deviation).
    weeks : pandas.DataFrame
        One row a week: people by stage, orders, posts, and dollars.
    decisions : tuple of Decision
        What counted in each round.
    reasons : tuple of (int, str)
        Round and reason wherever the decision before counted instead.
    orders, posts : pandas.DataFrame
        Its own, one row each.
    flows : pandas.DataFrame
        One row a round: how many were met and lost, by what the shop could see.
    research : dict
        By round and name of the research, its tables.
    """

    name: str
    round: int
    cash: float
    change: float
    rank: int
    luck: float
    weeks: pd.DataFrame
    decisions: tuple[Decision, ...]
    reasons: tuple[tuple[int, str], ...]
    orders: pd.DataFrame
    posts: pd.DataFrame
    flows: pd.DataFrame
    research: dict[int, dict[str, dict[str, pd.DataFrame]]]

    @classmethod
    def seen(cls, play: Played, name: str) -> Team:
        """Give the view of a team."""
        seat, each = play.game.seat(name), play.game.weeks_a_round
        standings = play.standings().set_index("team").loc[name]
        weeks, rounds = play.year.weeks, len(play.decisions)
        if len(weeks):
            weeks = weeks[weeks["shop"] == seat].drop(columns=list(OF_THE_TOWN))
            weeks = weeks.assign(**{one: weeks[one] / 100 for one in CENTS})
            weeks["cash"] += play.game.capital
            weeks.insert(0, "round", (weeks["week"] - 1) // each + 1)
        return cls(
            name=name,
            round=rounds,
            cash=float(standings["cash"]),
            change=float(standings["this_round"]),
            rank=int(standings["rank"]),
            luck=float(standings["luck"]),
            weeks=weeks.reset_index(drop=True),
            decisions=tuple(one[name] for one in play.decisions if name in one),
            reasons=tuple((number, why) for number, team, why in play.rejected if team == name),
            orders=orders_of(play.year, seat) if rounds else pd.DataFrame(),
            posts=_own(play.year.posts, seat) if rounds else pd.DataFrame(),
            flows=_flows(play, seat) if rounds else pd.DataFrame(),
            research={
                number: dict(one[name])
                for number, one in enumerate(play.research, start=1)
                if name in one
            },
        )

    @property
    def stages(self) -> dict[str, int]:
        """People by stage now; empty before the first round."""
        if not len(self.weeks):
            return {}
        last = self.weeks.iloc[-1]
        return {one: int(last[one]) for one in ALL_STAGES}

    def screen(self) -> dict[str, Any]:
        """Give what fits on one screen of a phone, as JSON can hold it.

        Returns
        -------
        dict
            `team`, `round`, `cash`, `change`, `rank`, `luck`, `stages`, `met` and `lost` of the
            last round by what could be seen, `orders` and `sales` of the last round and the one
            before, `posts` (answered, gave up, open), `research` (names of what came back), and
            `reason` why the last decision did not count, if it did not.
        """
        found: dict[str, Any] = {
            "team": self.name,
            "round": self.round,
            "cash": self.cash,
            "change": self.change,
            "rank": self.rank,
            "luck": self.luck,
            "stages": self.stages,
            "research": list(self.research.get(self.round, {})),
            "reason": next((why for number, why in self.reasons if number == self.round), ""),
        }
        if not self.round:
            return found
        sums = self.weeks.groupby("round")[["orders", "sales", "answered", "gave_up"]].sum()
        now, flows = sums.loc[self.round], self.flows[self.flows["round"] == self.round]
        found["orders"] = [int(one) for one in sums["orders"].tail(2)]
        found["sales"] = [round(float(one), 2) for one in sums["sales"].tail(2)]
        found["posts"] = {
            "answered": int(now["answered"]),
            "gave up": int(now["gave_up"]),
            "open": int(self.weeks["open"].iloc[-1]),
        }
        for way in ("met", "lost"):
            mine = flows[flows["way"] == way]
            found[way] = dict(zip(mine["seen"], mine["people"].astype(int).tolist(), strict=True))
        return found


def _own(table: pd.DataFrame, seat: int) -> pd.DataFrame:
    return table[table["shop"] == seat].drop(columns="shop").reset_index(drop=True)


def _flows(play: Played, seat: int) -> pd.DataFrame:
    """Count who was met and who was lost, by round and by what the shop could see of it."""
    moves = play.year.moves[play.year.moves["shop"] == seat]
    number = (moves["week"] - 1) // play.game.weeks_a_round + 1
    cause = moves["cause"].astype(str)
    rows = pd.concat(
        [
            pd.DataFrame({"round": number[chosen], "way": way, "seen": cause[chosen].map(words)})
            for way, words, chosen in (
                ("met", SEEN, moves["from"] == "unmet"),
                ("lost", LEFT, moves["to"] == "lost"),
            )
        ]
    )
    return rows.groupby(["round", "way", "seen"]).size().reset_index(name="people")
