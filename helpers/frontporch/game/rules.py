"""The rules of a game; with the decisions of its teams they are the whole game."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from ..names import nearest, pick
from ..shop import Acts, World, policy
from ..shop.parameters import Parameters, numbers_of, parameter, whole
from ..shop.switches import SWITCHES
from ..streams import root_key, run_keys
from .decision import Decision, Reader
from .form import Field, form
from .requests import KINDS

HIDDEN = ("1.1", "1.2", "2.2", "2.4", "access")
"""Claims that research in the game can find out; all others are told."""
FEWEST_TEAMS, MOST_TEAMS, MOST_ROUNDS = 2, 8, 12
DOLLARS = "dollars"
NO_FILE = {
    "RESOLVED",
    "CON",
    "PRN",
    "AUX",
    "NUL",
    *(f"{one}{n}" for one in ("COM", "LPT") for n in range(10)),
}
"""Names that no file of a team can have: Windows, or the game's folder, keeps them to itself."""
TOWN, LUCK, RESEARCH = 1, 2, 3


@dataclass(frozen=True)
class Game(Parameters):
    """A game: its seed, its teams, and what things cost.

    Parameters
    ----------
    seed : int
        Where the town and all luck come from, from 0 up.
    teams : sequence of str
        2 to 8 names; each is a shop. The order gives nobody an advantage.
    rounds, weeks_a_round : int
        1 to 12 rounds of 1 to 13 weeks.
    people : int, optional
        People of the town, from 100 to 50,000; without it, as many as feed so many shops.
    policies : mapping of str to str
        Who is played by a policy of `shop`, such as ``{"Bo": "usual"}``.

    Notes
    -----
    The other parameters are the rows of `table()`. The town is `shop.World.drawn` from the seed;
    which of five claims hold in it is hidden, the others are told (`told()`).

    Examples
    --------
    >>> game = Game(seed=7, teams=("Ada", "Bo"), rounds=2, people=400)
    >>> game.players, game.seat("Bo"), game.prices["survey"]
    (('Ada', 'Bo'), 1, 150.0)
    """

    seed: int = 7
    teams: Sequence[str] = ("Ada", "Bo", "Cy", "Di")
    rounds: int = 10
    weeks_a_round: int = 4
    people: int | None = None
    policies: Mapping[str, str] | Iterable[tuple[str, str]] = ()
    capital: float = parameter(10_000.0, DOLLARS, (0.0, 50_000.0), "cash at the start")
    survey: float = parameter(150.0, DOLLARS, (0.0, 500.0), "a survey", "price")
    log: float = parameter(100.0, DOLLARS, (0.0, 500.0), "the log of one's own customers", "price")
    ab_test: float = parameter(400.0, DOLLARS, (0.0, 1_000.0), "an A/B test", "price")
    encouragement: float = parameter(300.0, DOLLARS, (0.0, 1_000.0), "an encouragement", "price")
    rivals: float = parameter(200.0, DOLLARS, (0.0, 1_000.0), "a report on rivals", "price")
    asked: int = 30
    wrong: float = parameter(0.2, "share", (0.0, 0.5), "lines of a rivals report that are wrong")

    def __post_init__(self) -> None:
        """Check each rule by itself, then the names."""
        super().__post_init__()
        root_key(self.seed)  # refuses what is no seed
        for name, low, high in (
            ("rounds", 1, MOST_ROUNDS),
            ("weeks_a_round", 1, 13),
            ("asked", 1, 1_000),
        ):
            object.__setattr__(self, name, whole(getattr(self, name), name, low, high))
        object.__setattr__(self, "teams", _names(self.teams))
        people = World.people_for(len(self.teams)) if self.people is None else self.people
        object.__setattr__(self, "people", whole(people, "people", 100, 50_000))
        played = tuple(sorted(dict(self.policies).items()))
        for team, name in played:
            pick(team, self.teams, "team")
            policy(name)
        object.__setattr__(self, "policies", played)

    @classmethod
    def from_plain(cls, given: Mapping[str, Any]) -> Game:
        """Give the game that `plain` wrote.

        Raises
        ------
        UnknownName
            If a rule is unknown; the nearest is named.
        """
        return cls().but(**given)

    def plain(self) -> dict[str, Any]:
        """Give the rules as JSON can hold them."""
        names = ("seed", "teams", "rounds", "weeks_a_round", "people", "policies", "asked")
        found = {name: getattr(self, name) for name in names}
        found |= {"teams": list(self.teams), "policies": dict(self.policies)}
        return found | {one.name: getattr(self, one.name) for one in numbers_of(self)}

    @property
    def players(self) -> tuple[str, ...]:
        """Teams that decide for themselves, and are not played by a policy."""
        policies = dict(self.policies)
        return tuple(team for team in self.teams if team not in policies)

    @property
    def prices(self) -> dict[str, float]:
        """Dollars of each kind of research."""
        return {kind: getattr(self, kind) for kind in KINDS}

    @cached_property
    def world(self) -> World:
        """The town, with what is hidden from teams."""
        return World.drawn(self.key(TOWN), people=self.people)

    @cached_property
    def luck(self) -> int:
        """The seed of the year's luck, which has nothing to do with the town's rules."""
        return self.key(LUCK)

    @cached_property
    def research_luck(self) -> int:
        """The seed of the luck of research, which changes nothing in the town."""
        return self.key(RESEARCH)

    def key(self, purpose: int) -> int:
        """Give a seed for one purpose."""
        return int(run_keys(root_key(self.seed), [purpose])[0])

    def seat(self, team: str) -> int:
        """Return the place of a team's shop, or say which teams there are.

        Raises
        ------
        UnknownName
            If there is no such team; the nearest is named.
        """
        return self.teams.index(pick(team, self.teams, "team"))

    def told(self) -> pd.DataFrame:
        """Tell what every team knows of the town.

        Returns
        -------
        pandas.DataFrame
            One row a claim: `claim`, `says`, and `here`, which is "true", "false", or "find out"
            for the five claims that the town keeps to itself. Where it is told, `so` says what
            follows from it.
        """
        rows = []
        for claim, switch in SWITCHES.items():
            holds = self.world.true(claim)
            here, so = ("true", switch.true) if holds else ("false", switch.false)
            if claim in HIDDEN:
                here, so = "find out", ""
            rows.append((claim, switch.says, here, so))
        return pd.DataFrame(rows, columns=["claim", "says", "here", "so"])

    def form(self, round: int) -> tuple[Field, ...]:
        """Give what may be set in a round; the first has five decisions, the fourth has all."""
        return form(whole(round, "round", 1, self.rounds))

    def read_decision(
        self, team: str, round: int, given: Any, before: Decision | None = None
    ) -> Decision:
        """Read what a team hands in for a round.

        Parameters
        ----------
        team : str
            Whose.
        round : int
            From 1 up.
        given : mapping
            With any of `acts`, `research`, `prediction`, `memo` and `budget`.
        before : Decision, optional
            The team's decision of the round before: an act that is not named stays as it was.
            Without it, as the usual shop has it.

        Returns
        -------
        Decision

        Raises
        ------
        DecisionError
            If a part is wrong: it names team, round, part and value, and what to write instead.
        ValueError
            If the team is played by a policy.
        UnknownName
            If there is no such team; the nearest is named.

        Examples
        --------
        >>> game = Game(teams=("Ada", "Bo"))
        >>> game.read_decision("Ada", 1, {"acts": {"mesages": 1}})
        Traceback (most recent call last):
        frontporch.game.decision.DecisionError: Ada, round 1: acts.mesages is "mesages". There \
is no such act. Did you mean 'messages'? Known: offer_week, ...
        """
        self.seat(team)
        if team not in self.players:
            raise ValueError(
                f"{team} is played by the policy {dict(self.policies)[team]!r} and hands nothing "
                f"in. Teams that do: {', '.join(self.players) or 'none'}."
            )
        number = whole(round, "round", 1, self.rounds)
        acts = Acts() if before is None else before.acts
        return Reader(team, number, acts, self.prices, self.weeks_a_round).read(given)


def _names(given: Sequence[str]) -> tuple[str, ...]:
    if isinstance(given, str) or not all(isinstance(one, str) for one in given):
        raise TypeError(f'teams is {given!r}, but must be a list of names such as ("Ada", "Bo").')
    names = tuple(unicodedata.normalize("NFC", one).strip() for one in given)
    if not FEWEST_TEAMS <= len(names) <= MOST_TEAMS:
        raise ValueError(f"there are {len(names)} teams, but a game has 2 to {MOST_TEAMS}.")
    for one in names:
        if not re.fullmatch(r"\w(?:[\w -]{0,28}\w)?", one) or one.upper() in NO_FILE:
            raise ValueError(
                f"a team is called {one!r}, but a name has 1 to 30 letters, digits, spaces or "
                "hyphens, such as 'Ada', and is no word that is kept for files."
            )
    folded = [one.casefold() for one in names]
    for one in names:
        if folded.count(one.casefold()) > 1:
            raise ValueError(f"two teams are called {one!r}. {nearest(one, names)}")
    return names
