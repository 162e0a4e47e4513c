"""After the last round: what the same luck would have brought otherwise, and what was learned."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from ..names import pick
from ..result import Result
from ..rounding import as_given, decimal
from ..shop import Acts, claims
from ..shop.policies import FIXED
from ..shop.switches import SWITCHES, Switch
from .decision import Decision
from .form import fields, form
from .luck_bar import luck_bar
from .play import Play, replayed
from .requests import Request
from .rules import HIDDEN, Game

USUAL, FRUGAL, KNEW = "the usual shop", "the frugal shop", "who knew the hidden claims"
OWN = "as played"
TABLES = ("came", "instead", "claims", "research", "predictions", "calibration")
DOLLARS = (
    "cash",
    "usual",
    "best",
    "gain",
    "reward",
    "price",
    "worth",
    "predicted",
    "came",
    "error",
    "error_if_same",
    "mean_error",
    "mean_distance",
    "if_same",
)
HEADINGS = {
    "cash": "cash ($)",
    "usual": "the usual shop here ($)",
    "best": "the best plan here ($)",
    "best_plan": "which plan",
    "gain": "gain ($)",
    "here": "true here",
    "followed": "who followed (rounds)",
    "seat": "tried in the shop of",
    "reward": "what it brought ($)",
    "verdict": "what studies say",
    "says": "the claim",
    "known": "told or hidden",
    "price": "price ($)",
    "worth": "worth knowing ($)",
    "acted": "acted on it",
    "predicted": "predicted ($)",
    "came": "came ($)",
    "error": "off by ($)",
    "error_if_same": "off by, same as last round ($)",
    "too_high": "too high",
    "mean_error": "off by on average ($)",
    "mean_distance": "distance on average ($)",
    "if_same": "distance, same as last round ($)",
}


@dataclass(frozen=True, eq=False)
class Debrief(Result):
    """What a game can teach when it is over.

    Parameters
    ----------
    came : pandas.DataFrame
        One row a team: `rank`, `team`, `cash`, and in the same seat and on the same luck
        `usual`, `best` and `best_plan`: the best of all plans that were tried.
    instead : pandas.DataFrame
        One row a seat and plan: `team`, `plan`, `cash`, and `gain` over what was played.
    claims : pandas.DataFrame
        One row a claim that a shop can act on: `claim`, `says`, the `act` it recommends,
        `known` ("told" or "hidden"), `here` (whether it is true in this town), `followed` (by
        whom, in how many rounds), `seat` and `reward` (dollars that following it brought or would
        have brought there, on the same luck), and the `verdict` of the evidence.
    research : pandas.DataFrame
        One row a piece of research: `round`, `team`, `name`, `price`, `act` and `value` that it
        was about, `acted` (whether the team did so in the next round), `gain`: dollars that doing
        so from then on brings, and `worth`: what it was worth to know, before its price. Missing
        where it was about no single act, or where no round came after it.
    predictions : pandas.DataFrame
        One row a prediction: `round`, `team`, `predicted`, `came`, `error`, and `error_if_same`:
        how far off it is to say that the round brings what the last one brought.
    cash : pandas.DataFrame
        One row a round and team: `round`, `team`, `cash`, `luck`.
    """

    came: pd.DataFrame
    instead: pd.DataFrame
    claims: pd.DataFrame
    research: pd.DataFrame
    predictions: pd.DataFrame
    cash: pd.DataFrame

    PICTURES: ClassVar[Mapping[str, str]] = {
        "cash": "frontporch.game.pictures:plot_cash",
        "instead": "frontporch.game.pictures:plot_instead",
        "claims": "frontporch.game.pictures:plot_claims",
        "predictions": "frontporch.game.pictures:plot_predictions",
    }

    def summary(self) -> pd.DataFrame:
        """Give what came, beside the usual and the best plan in the same seat."""
        return self.came

    def table(self, name: str) -> pd.DataFrame:
        """Give one of the tables for reading: headings with units, and every number in words.

        Parameters
        ----------
        name : str
            "came", "instead", "claims", "research", "predictions" or "calibration".

        Raises
        ------
        UnknownName
            If there is no such table; the nearest is named.
        """
        name = pick(name, TABLES, "table of the debrief")
        found = self.calibration() if name == "calibration" else getattr(self, name)
        if name == "claims":
            found = found.assign(here=np.where(found["here"], "true", "false"))
        if name == "research":
            found = found.assign(acted=found["acted"].map({True: "yes", False: "no"}).fillna("–"))
        dollars = {one: found[one].map(_dollars) for one in found if one in DOLLARS}
        shown = found.assign(**dollars).rename(columns=HEADINGS)
        return shown.set_index(shown.columns[0])

    def calibration(self) -> pd.DataFrame:
        """Say how well each team predicted.

        Returns
        -------
        pandas.DataFrame
            One row a team: `team`, `predictions`, `too_high` (how many), `mean_error` and
            `mean_distance` in dollars, and `if_same`: the distance of who always says that the
            round brings what the last one brought. Missing where there are none.
        """
        rows = []
        for team, own in self.predictions.groupby("team", sort=False):
            rows.append(
                (
                    team,
                    len(own),
                    int((own["error"] > 0).sum()),
                    float(own["error"].mean()),
                    float(own["error"].abs().mean()),
                    float(own["error_if_same"].abs().mean()),
                )
            )
        columns = ["team", "predictions", "too_high", "mean_error", "mean_distance", "if_same"]
        return pd.DataFrame(rows, columns=columns)


def _dollars(value: float) -> str:
    return "–" if np.isnan(value) else decimal(value)


def debrief(play: Play) -> Debrief:
    """Play a game again in other ways, on the same luck.

    Parameters
    ----------
    play : Play
        A game of which at least one round has been played.

    Returns
    -------
    Debrief

    Raises
    ------
    ValueError
        If no round has been played, or all teams are played by policies.

    Examples
    --------
    >>> from frontporch.game import Game, simulate
    >>> game = Game(teams=("Ada", "Bo"), rounds=1, people=200, policies={"Bo": "usual"})
    >>> told = debrief(simulate(game, [{"Ada": {"acts": {"join_hours": 20}}}]))
    >>> told.came[["team"]].to_numpy().tolist(), len(told.instead)
    ([['Ada']], 4)
    """
    if not play.rounds:
        raise ValueError("no round has been played, so that there is nothing to look back on.")
    if not play.game.players:
        raise ValueError("all teams are played by policies: nobody decided anything.")
    replays = Replays(play)
    instead = _instead(play, replays)
    return Debrief(
        came=_came(play, instead),
        instead=instead,
        claims=_claims(play, replays),
        research=_research(play, replays),
        predictions=_predictions(play),
        cash=_cash(play),
    )


class Replays:
    """Plays a game again with other decisions of one team, and none of them twice.

    Parameters
    ----------
    play : Play
        The game as it was played.
    """

    def __init__(self, play: Play) -> None:
        self.play = play
        self.known: dict[Any, dict[str, int]] = {}

    def cash(self, team: str, plan: Sequence[Decision]) -> int:
        """Give a team's cents where its decisions are those of a plan, on the same luck."""
        rounds = [{**one, team: own} for one, own in zip(self.play.decisions, plan, strict=True)]
        key = tuple((name, d.acts, d.research) for one in rounds for name, d in one.items())
        if key not in self.known:
            self.known[key] = replayed(self.play.game, rounds)
        return self.known[key][team]


def planned(team: str, acts: Acts, rounds: int) -> list[Decision]:
    """Give the decisions of a team that wants the same acts all year, as soon as they open."""
    found = []
    for number in range(1, rounds + 1):
        opened = {one.name: getattr(acts, one.name) for one in form(number)}
        found.append(Decision(team, number, Acts().but(**opened)))
    return found


def knowing(game: Game) -> Acts:
    """Give what a shop does that knows which of the hidden claims are true, and little else."""
    true = game.world.true
    takes = true("4.6") and not true("access")
    return Acts(
        messages=1.0 if true("1.1") else 0.5,
        offer_week=0 if true("2.4") else 4,
        join_hours=5.0 if true("1.2") else 0.0,
        boost=0.0 if true("1.2") else 60.0,
        data="take" if takes else "none",
        targeted=takes,
    )


def _instead(play: Play, replays: Replays) -> pd.DataFrame:
    game, rows = play.game, []
    played = play.cash()
    for team in game.players:
        plans = {
            USUAL: planned(team, FIXED["usual"], play.rounds),
            FRUGAL: planned(team, FIXED["frugal"], play.rounds),
            KNEW: planned(team, knowing(game), play.rounds),
        }
        for other in game.players:
            if other != team:
                plans[other] = [
                    dataclasses.replace(one[other], team=team) for one in play.decisions
                ]
        rows.append((team, OWN, played[team] / 100, 0.0))
        for name, plan in plans.items():
            cash = replays.cash(team, plan)
            rows.append((team, name, cash / 100, (cash - played[team]) / 100))
    return pd.DataFrame(rows, columns=["team", "plan", "cash", "gain"])


def _came(play: Play, instead: pd.DataFrame) -> pd.DataFrame:
    standings = play.standings().set_index("team")
    rows = []
    for team in [one for one in standings.index if one in play.game.players]:
        own = instead[instead["team"] == team].set_index("plan")["cash"]
        # The first of equal ones: what was played comes before any other plan.
        best = own.index[int(np.argmax(own.to_numpy()))]
        found = standings.loc[team]
        rows.append((int(found["rank"]), team, own[OWN], own[USUAL], own[best], best))
    return pd.DataFrame(rows, columns=["rank", "team", "cash", "usual", "best", "best_plan"])


def follows(acts: Acts, switch: Switch) -> bool:
    """Say whether a shop does what a claim recommends, rather than what is done instead.

    Examples
    --------
    >>> follows(Acts(join_hours=4.0), SWITCHES["1.2"]), follows(Acts(), SWITCHES["1.2"])
    (True, False)
    """
    does_not = Acts().but(**switch.instead)
    for name, value in switch.act.items():
        own, other = getattr(acts, name), getattr(does_not, name)
        if isinstance(value, (str, bool)):
            if own != value:
                return False
        elif abs(own - value) >= abs(own - other) and own != value:
            return False
    return True


def worded(acts: Mapping[str, Any]) -> str:
    """Say acts in a few words.

    Examples
    --------
    >>> worded({"data": "ask", "targeted": True}), worded({"join_hours": 5.0})
    ('data ask, targeted', 'join hours 5')
    """
    found = []
    for name, value in acts.items():
        name = name.replace("_", " ")
        if value is True:
            found.append(name)
        else:
            found.append(f"{name} {value if isinstance(value, str) else as_given(value)}")
    return ", ".join(found)


def _able(switch: Switch) -> bool:
    """Say whether a team can act on a claim: it differs from what is done instead."""
    names = {one.name for one in fields()}
    does_not = Acts().but(**switch.instead)
    return set(switch.act) <= names and any(
        getattr(does_not, name) != value for name, value in switch.act.items()
    )


def _claims(play: Play, replays: Replays) -> pd.DataFrame:
    """Tell of each claim whether it was true, who followed it, and what that brought."""
    listed = claims().listed.set_index("claim")
    standings = [one for one in play.standings()["team"] if one in play.game.players]
    rows = []
    for claim, switch in SWITCHES.items():
        if not _able(switch):
            continue
        rounds = {
            team: sum(follows(one[team].acts, switch) for one in play.decisions)
            for team in standings
        }
        # In the seat of who followed it longest; the better of equal ones.
        seat = max(standings, key=rounds.__getitem__)
        rows.append(
            (
                claim,
                switch.says,
                worded(switch.act),
                "hidden" if claim in HIDDEN else "told",
                play.game.world.true(claim),
                _followed(rounds, play.rounds),
                seat,
                _reward(replays, seat, switch),
                listed.loc[claim, "verdict"],
            )
        )
    columns = ["claim", "says", "act", "known", "here", "followed", "seat", "reward", "verdict"]
    return pd.DataFrame(rows, columns=columns)


def _followed(rounds: Mapping[str, int], of: int) -> str:
    """Say who followed a claim, and in how many rounds."""
    if all(many == of for many in rounds.values()):
        return "everybody"
    return ", ".join(f"{team} ({many})" for team, many in rounds.items() if many)


def _reward(replays: Replays, team: str, switch: Switch) -> float:
    """Give the dollars by which following a claim all year beats not following it, in a seat."""
    does, does_not = (
        replays.cash(team, _changed(replays.play, team, changes))
        for changes in (switch.act, dict.fromkeys(switch.act) | switch.instead)
    )
    return (does - does_not) / 100


def _changed(play: Play, team: str, changes: Mapping[str, Any], since: int = 1) -> list[Decision]:
    """Give a team's decisions with some acts changed from a round on, as soon as they open.

    None stands for what the usual shop does.
    """
    usual, found = Acts(), []
    for one in play.decisions:
        own = one[team]
        if own.number >= since:
            opened = {field.name for field in form(own.number)}
            wanted = {
                name: getattr(usual, name) if value is None else value
                for name, value in changes.items()
                if name in opened
            }
            own = dataclasses.replace(own, acts=_together(own.acts, wanted), research=())
        found.append(own)
    return found


def _together(acts: Acts, wanted: dict[str, Any]) -> Acts:
    """Change acts; what needs data stops where there are none."""
    if wanted.get("data", acts.data) == "none":
        wanted = {**wanted, "targeted": False, "suggest": "none"}
    return acts.but(**wanted)


def about(request: Request) -> tuple[str, Any] | None:
    """Give the act that a piece of research is about, and the value that it speaks for."""
    if request.kind == "ab_test":
        return request.act, request.value
    if request.kind == "survey":
        return "messages", 1.0
    if request.kind == "encouragement":
        return "fan_drive", True
    return None


def _research(play: Play, replays: Replays) -> pd.DataFrame:
    """Say what each piece of research was worth to who could act on it in the rounds after."""
    rows = []
    for number, decided in enumerate(play.decisions, start=1):
        for team, one in decided.items():
            for request in one.research:
                price, subject = play.game.prices[request.kind], about(request)
                act, value = subject or ("", None)
                acted, gain, worth = None, np.nan, np.nan
                if subject and number < play.rounds:
                    acted = getattr(play.decisions[number][team].acts, act) == value
                    gain, worth = _worth(replays, team, number + 1, subject)
                rows.append((number, team, request.name, price, act, value, acted, gain, worth))
    columns = ["round", "team", "name", "price", "act", "value", "acted", "gain", "worth"]
    return pd.DataFrame(rows, columns=columns)


def _worth(
    replays: Replays, team: str, since: int, subject: tuple[str, Any]
) -> tuple[float, float]:
    """Give what doing what research spoke for brings from a round on, and what knowing is worth.

    Who does not know goes on as before; who knows does the better of the two.
    """
    act, value = subject
    before = getattr(replays.play.decisions[since - 2][team].acts, act)
    other = getattr(Acts(), act) if before == value else before
    does, does_not = (
        replays.cash(team, _changed(replays.play, team, {act: one}, since)) / 100
        for one in (value, other)
    )
    goes_on = does if before == value else does_not
    return does - does_not, max(does, does_not) - goes_on


def _predictions(play: Play) -> pd.DataFrame:
    rows = []
    for number, decided in enumerate(play.decisions, start=1):
        cash = [play.cash(max(number - back, 0)) for back in range(3)]
        for team, one in decided.items():
            if one.prediction is None:
                continue
            came, last, earlier = (each[team] / 100 for each in cash)
            same = last + (last - earlier)
            error = one.prediction - came
            rows.append((number, team, one.prediction, came, error, same - came))
    columns = ["round", "team", "predicted", "came", "error", "error_if_same"]
    return pd.DataFrame(rows, columns=columns)


def _cash(play: Play) -> pd.DataFrame:
    bar = luck_bar(play.game)
    rows = [
        (number, team, cents / 100, bar[number])
        for number in range(play.rounds + 1)
        for team, cents in play.cash(number).items()
    ]
    return pd.DataFrame(rows, columns=["round", "team", "cash", "luck"])
