"""What phones and projector show of a game, in plain words and numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ...game.form import Field, field_of, values_of
from ...game.requests import MOST, TESTABLE
from ...rounding import decimal, percent
from ...shop import Acts
from .debriefed import Page
from .findings import WORDS, Finding, findings
from .game_room import LONGEST_MEMO

if TYPE_CHECKING:
    from ...game import Game
    from ...game.play import Play
    from ...game.team import Team

LUCK = (
    "The blue band is luck alone: of shops that all do the same, two in three end within ±{} of "
    "their average."
)
MEANS = {
    "survey": "Ask 30 people you know whether they want a closer relationship.",
    "log": "Who came closer when, online and on the street.",
    "ab_test": "Do something else with half of your people, chosen by lot.",
    "encouragement": "Ask half of your people, chosen by lot, to join your page.",
    "rivals": "What they seem to do; one line in five is wrong.",
}


@dataclass
class Seen:
    """What was worked out of a game after a round, beside the server's work.

    Parameters
    ----------
    shops : dict of str to dict
        By team, the state of its shop.
    found : dict of str to list of Finding
        By team, what its research found, the newest first.
    standings : list of dict
        One a shop, the first first.
    luck : float
        Dollars by which luck alone spreads equal shops.
    pages : list of Page
        The debrief; none before the year is over.
    taught : dict of str to list of Page
        By team, what it is told of the debrief.
    """

    shops: dict[str, dict[str, Any]] = field(default_factory=dict)
    found: dict[str, list[Finding]] = field(default_factory=dict)
    standings: list[dict[str, Any]] = field(default_factory=list)
    luck: float = 0.0
    pages: list[Page] = field(default_factory=list)
    taught: dict[str, list[Page]] = field(default_factory=dict)


def seen(play: Play) -> Seen:
    """Work out what is shown of a game; takes a moment."""
    made = Seen()
    for one in play.standings().itertuples():
        made.luck = float(one.luck)
        made.standings.append(
            {
                "rank": int(one.rank),
                "team": str(one.team),
                "cash": float(one.cash),
                "change": float(one.this_round),
            }
        )
    cash = {one["team"]: one["cash"] for one in made.standings}
    for name in play.game.players:
        team = play.team(name)
        others = [one for other, one in cash.items() if other != name]
        made.found[name] = findings(team)
        made.shops[name] = shop_of(team, others, made.found[name])
    return made


def shop_of(team: Team, others: Sequence[float], found: Sequence[Finding]) -> dict[str, Any]:
    """Give the state of a team's shop, as its phone shows it.

    Parameters
    ----------
    team : Team
        What the team may see.
    others : sequence of float
        Dollars of the other shops.
    found : sequence of Finding
        What its research found.
    """
    screen = team.screen()
    met, lost = (screen.get(one, {}) for one in ("met", "lost"))
    posts = screen.get("posts", {})
    orders, sales = screen.get("orders", [0]), screen.get("sales", [0.0])
    return {
        "cash": screen["cash"],
        "change": screen["change"],
        "during": f"in round {team.round}" if team.round else "so far",
        "rank": screen["rank"],
        "shops": len(others) + 1,
        "others": list(others),
        "luck": screen["luck"],
        "luck_words": f"Luck alone: ±{money(screen['luck'])}. Gray: other shops.",
        "begun": bool(team.round),
        "stages": screen["stages"],
        "met": sum(met.values()),
        "lost": sum(lost.values()),
        "ways": [
            f"{word}: {', '.join(f'{one} {count}' for one, count in ways.items())}."
            for word, ways in (("Met", met), ("Lost", lost))
            if ways
        ],
        "orders": orders[-1],
        "orders_change": _against(orders),
        "sales": sales[-1],
        "sales_change": _against(sales),
        "open": posts.get("open", 0),
        "answered": posts.get("answered", 0),
        "gave_up": posts.get("gave up", 0),
        "lines": [one.says for one in found if one.newest and one.says],
        "reason": f"{screen['reason']} {_then(team.round)}" if screen["reason"] else "",
    }


def _then(number: int) -> str:
    if number == 1:
        return "Your shop did as the usual shop does."
    return "Your last decision counted again."


def _against(values: Sequence[float]) -> str:
    """Say how a number compares with the round before."""
    if len(values) < 2 or not values[0]:
        return ""
    return f"{percent(values[-1] / values[0] - 1, signed=True)} on last round"


def known(game: Game) -> dict[str, Any]:
    """Say what everybody knows of the town, and what nobody does.

    Parameters
    ----------
    game : Game
        The rules.

    Returns
    -------
    dict
        `short`, a sentence; `open`, claims of which nobody knows whether they hold here; `told`,
        the others, each with what holds here.
    """
    told = game.told()
    hidden = [_sentence(one.says) for one in told.itertuples() if one.here == "find out"]
    return {
        "short": f"{len(hidden)} claims that nobody knows, {len(told) - len(hidden)} that are told",
        "open": [
            f"Nobody knows whether these {len(hidden)} claims hold here. Research can find out.",
            *(f"• {one}" for one in hidden),
        ],
        "told": [
            [_sentence(one.says), _sentence(f"{one.here}: {one.so}" if one.so else one.here)]
            for one in told.itertuples()
            if one.here != "find out"
        ],
    }


def form_of(
    play: Play, team: str, handed: Mapping[str, Any] | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give the form of the open round, and what stands in it.

    Parameters
    ----------
    play : Play
        The game so far.
    team : str
        Whose form.
    handed : mapping of str to object, optional
        What the team has handed in for this round.

    Returns
    -------
    dict, dict
        The form; and the values, research, prediction and memo that it begins with.
    """
    number = play.rounds + 1
    fields = play.game.form(number)
    cards: dict[str, list[Field]] = {}
    for one in fields:
        cards.setdefault(one.card, []).append(one)
    before = play.decisions[-1].get(team) if play.decisions else None
    acts = values_of(before.acts if before else Acts())
    given = handed or {}
    sent = given.get("acts", {})
    asked = given.get("research") or []
    mine = {
        "acts": {one.name: sent.get(one.name, acts[one.name]) for one in fields},
        "research": [asked] if isinstance(asked, Mapping) else asked,
        "prediction": given.get("prediction"),
        "memo": given.get("memo", ""),
    }
    made = {
        "title": f"Round {number}: what will you do?",
        "cards": [_card(name, members, number) for name, members in cards.items()],
        "research": _research(play, number),
        "predict": f"Cash that you expect after round {number}, in dollars",
        "longest": LONGEST_MEMO,
    }
    return made, mine


def _card(name: str, members: Sequence[Field], number: int) -> dict[str, Any]:
    fresh = [one for one in members if one.opens == number]
    return {
        "name": name,
        "open": bool(fresh),
        "fields": [
            {
                "name": one.name,
                "label": one.label if not one.unit else f"{one.label}, {one.unit}",
                "costs": "" if all(each.price for each in one.choices[1:]) else one.costs,
                "nothing": one.choices[0].value,
                "fresh": number > 1 and one in fresh,
                "choices": [
                    {"value": each.value, "label": each.label, "price": each.price}
                    for each in one.choices
                ],
            }
            for one in members
        ],
    }


def _research(play: Play, number: int) -> dict[str, Any]:
    tests = [field_of(name) for name in TESTABLE if field_of(name).opens <= number]
    return {
        "most": MOST,
        "open": number == 1,
        "advice": f"At most {MOST} in a round. The results come with the next round.",
        "kinds": [
            {
                "kind": kind,
                "label": WORDS[kind],
                "means": MEANS[kind],
                "price": price,
            }
            for kind, price in play.game.prices.items()
        ],
        "tests": [
            {
                "act": one.name,
                "label": one.label,
                "short": one.label,
                "choices": [{"value": each.value, "label": each.label} for each in one.choices],
            }
            for one in tests
        ],
    }


def money(dollars: float) -> str:
    """Give dollars as people read them.

    Examples
    --------
    >>> money(12_340.4), money(-950)
    ('$12,340', '−$950')
    """
    return f"{'−' if dollars < 0 else ''}${decimal(abs(dollars))}"


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."
