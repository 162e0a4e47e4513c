"""A game that has been played so far: it follows from its rules and the decisions alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from ..names import nearest, pick
from ..shop import Acts, Market, policy
from ..shop.luck import Purpose
from ..shop.year import Year
from .decision import Absent, Decision, DecisionError
from .luck_bar import luck_bar
from .research import Findings, Tables, trials
from .rules import Game
from .team import Team

NOTHING = "Nothing was handed in."
Given = Mapping[str, Any]
"""What was handed in for a round, by team."""


@dataclass(frozen=True, eq=False, repr=False)
class Play:
    """A game after some rounds.

    Parameters
    ----------
    game : Game
        The rules.
    market : shop.Market
        The town now, with the simulation's own books.
    decisions : tuple of dict
        One a round: by team, the decision that counted.
    rejected : tuple of (int, str, str)
        Round, team and reason wherever the decision before counted instead.
    research : tuple of dict
        One a round: by team, its results by name, each a dict of tables.
    """

    game: Game
    market: Market
    decisions: tuple[dict[str, Decision], ...] = ()
    rejected: tuple[tuple[int, str, str], ...] = ()
    research: tuple[Mapping[str, dict[str, Tables]], ...] = ()

    def __repr__(self) -> str:
        """Say how far it is, and nothing that a team should not see."""
        return f"Play(round {self.rounds} of {self.game.rounds}, {len(self.game.teams)} teams)"

    @classmethod
    def begun(cls, game: Game) -> Play:
        """Give a game before its first round."""
        return cls(game, Market(game.world, len(game.teams), game.luck))

    @property
    def rounds(self) -> int:
        """How many rounds have been played."""
        return len(self.decisions)

    @property
    def over(self) -> bool:
        """Whether the last round has been played."""
        return self.rounds == self.game.rounds

    def read(self, team: str, given: Any) -> Decision:
        """Read what a team hands in for the coming round: `Game.read_decision`."""
        return self.game.read_decision(team, self.rounds + 1, given, self._last(team))

    def _last(self, team: str) -> Decision | None:
        return self.decisions[-1].get(team) if self.decisions else None

    def accepted(self, given: Given) -> tuple[dict[str, Decision], list[tuple[int, str, str]]]:
        """Give the decisions that count in the coming round, and why others do not."""
        number, found, rejected = self.rounds + 1, {}, []
        for team in given:
            if team not in self.game.players:
                meant = nearest(team, self.game.players)
                rejected.append((number, str(team), f"No team of this name hands in. {meant}"))
        for team in self.game.players:
            one, last = given.get(team), self._last(team)
            stays = last.again(number) if last else Decision(team, number)
            if one is None:
                one = Absent(NOTHING)
            try:
                found[team] = stays if isinstance(one, Absent) else self._read(team, one)
                if isinstance(one, Absent):
                    rejected.append((number, team, one.reason))
            except DecisionError as error:
                rejected.append((number, team, str(error)))
                found[team] = stays
        return found, rejected

    def _read(self, team: str, one: Any) -> Decision:
        given = one.plain() if isinstance(one, Decision) else one
        return self.read(team, given)

    def on(self, given: Given) -> Play:
        """Play one more round.

        Parameters
        ----------
        given : mapping of str to object
            By team, a `Decision`, what `read` reads, or an `Absent` that says why there is none.

        Returns
        -------
        Play
            The game after the round; this one stays as it is.
        """
        if self.over:
            raise ValueError(f"all {self.game.rounds} rounds have been played.")
        decisions, rejected = self.accepted(given)
        market = self.market.copy()
        acts = play_round(self.game, market, decisions)
        return Play(
            self.game,
            market,
            (*self.decisions, decisions),
            (*self.rejected, *rejected),
            (
                *self.research,
                Findings(self.game, self.rounds + 1, self.market, market, acts, decisions),
            ),
        )

    @property
    def reasons(self) -> pd.DataFrame:
        """One row for each decision that did not count: `round`, `team`, `reason`."""
        return pd.DataFrame(self.rejected, columns=["round", "team", "reason"])

    @cached_property
    def year(self) -> Year:
        """The simulation's own books, for the instructor."""
        return Year(self.market)

    @property
    def weeks(self) -> pd.DataFrame:
        """One row a week and shop, of all teams."""
        return self.year.weeks

    @property
    def moves(self) -> pd.DataFrame:
        """One row a step between stages, of all teams, with its cause."""
        return self.year.moves

    @property
    def orders(self) -> pd.DataFrame:
        """One row an order, of all teams."""
        return self.year.orders

    @property
    def posts(self) -> pd.DataFrame:
        """One row a post, of all teams."""
        return self.year.posts

    def cash(self, rounds: int | None = None) -> dict[str, int]:
        """Give each team's cash in cents, now or after some rounds."""
        rounds = self.rounds if rounds is None else rounds
        start = round(100 * self.game.capital)
        if not rounds:
            return dict.fromkeys(self.game.teams, start)
        many, last = len(self.game.teams), rounds * self.game.weeks_a_round
        rows = self.market.ledger.weeks[(last - 1) * many : last * many]
        return {self.game.teams[row["shop"]]: start + row["cash"] for row in rows}

    def standings(self) -> pd.DataFrame:
        """Rank the teams by cash; equal ones by lot, and not by seat.

        Returns
        -------
        pandas.DataFrame
            One row a team, the first first: `rank`, `team`, `cash` and `this_round` in dollars,
            and `luck`: by how many dollars luck alone spreads equal teams by now (one standard
            deviation).
        """
        now, before = self.cash(), self.cash(max(self.rounds - 1, 0))
        lot = self.market.luck.shops(self.market.week, Purpose.LOT).tolist()
        seats = sorted(range(len(now)), key=lambda seat: (-list(now.values())[seat], lot[seat]))
        bar = luck_bar(self.game)[self.rounds]
        rows = [
            (rank, team, now[team] / 100, (now[team] - before[team]) / 100, bar)
            for rank, team in enumerate((self.game.teams[seat] for seat in seats), start=1)
        ]
        return pd.DataFrame(rows, columns=["rank", "team", "cash", "this_round", "luck"])

    def team(self, name: str) -> Team:
        """Give what a team may see.

        Raises
        ------
        UnknownName
            If there is no such team; the nearest is named.
        """
        return Team.seen(self, pick(name, self.game.teams, "team"))


def simulate(game: Game, decisions: Sequence[Given] = ()) -> Play:
    """Play the rounds for which there are decisions, from the start.

    Parameters
    ----------
    game : Game
        The rules.
    decisions : sequence of mappings
        One a round: by team, a `Decision` or what `Game.read_decision` reads. A team that is not
        there, or whose decision is bad, does what it did before; `reasons` says why.

    Returns
    -------
    Play

    Raises
    ------
    ValueError
        If there are more rounds than the game has.

    Examples
    --------
    >>> game = Game(teams=("Ada", "Bo"), rounds=2, people=200, policies={"Bo": "usual"})
    >>> simulate(game, [{"Ada": {"acts": {"join_hours": 5}}}])
    Play(round 1 of 2, 2 teams)

    A team that hands in nothing goes on as before.

    >>> played = simulate(game, [{}])
    >>> played.reasons["reason"].tolist(), len(played.standings())
    (['Nothing was handed in.'], 2)
    """
    if len(decisions) > game.rounds:
        raise ValueError(f"there are {len(decisions)} rounds, but the game has {game.rounds}.")
    played = Play.begun(game)
    for given in decisions:
        played = played.on(given)
    return played


def play_round(game: Game, market: Market, decisions: Mapping[str, Decision]) -> list[Acts]:
    """Play one round on a market, and give what each shop did in its last week.

    Parameters
    ----------
    game : Game
        The rules.
    market : shop.Market
        The town, which is taken a round further.
    decisions : mapping of str to Decision
        By team; the others are played by their policies.
    """
    running = [
        trial
        for team, one in decisions.items()
        for request in one.research
        for trial in trials(request, game.seat(team), market.week + 1)
    ]
    fees = [_fee(game, decisions.get(team)) for team in game.teams]
    policies = {team: policy(name) for team, name in dict(game.policies).items()}
    acts: list[Acts] = []
    for week in range(game.weeks_a_round):
        acts = [
            decisions[team].acts if team in decisions else policies[team](market, seat)
            for seat, team in enumerate(game.teams)
        ]
        market.play(acts, running, None if week else fees)
    return acts


def replayed(game: Game, decisions: Sequence[Mapping[str, Decision]]) -> dict[str, int]:
    """Give each team's cash in cents after some rounds: the same luck, other decisions."""
    market = Market(game.world, len(game.teams), game.luck)
    for one in decisions:
        play_round(game, market, one)
    start = round(100 * game.capital)
    return {team: start + int(c) for team, c in zip(game.teams, market.state.cash, strict=True)}


def _fee(game: Game, decision: Decision | None) -> int:
    """Give the cents that a team pays for research."""
    asked = decision.research if decision else ()
    return sum(round(100 * game.prices[one.kind]) for one in asked)
