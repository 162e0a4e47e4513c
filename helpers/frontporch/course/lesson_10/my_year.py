"""The player's own year: what was decided so far, and the controls of the coming round."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from ... import look
from ...classroom import keys, spoken_names
from ...classroom.button import button
from ...classroom.checking import teams
from ...classroom.controls import WIDE
from ...classroom.deciding.money import dollars, said
from ...classroom.record import kept
from ...classroom.record.entry import Entry
from ...classroom.shown import READ, Shown, alert, shown
from ...game.play import Play, simulate
from ...groups import needs
from .rivals import (
    CARDS,
    RESEARCH,
    ROUNDS,
    YOU,
    decision,
    main_street,
    research_price,
    usual,
)

ABOUT = "10.round {}"
_PLAYING = '<p role="status">Playing …</p>'


@lru_cache(maxsize=64)
def _played(team: str, made: tuple[str, ...]) -> Play:
    """Play a year as far as it was decided; each round goes on from the one before."""
    if not made:
        return simulate(main_street(team))
    return _played(team, made[:-1]).on({YOU: json.loads(made[-1])})


def play_of(team: str, decisions: Sequence[Mapping[str, Any]]) -> Play:
    """Play the decisions of a team, one a round, as `rivals.decision` gives them."""
    return _played(team, tuple(json.dumps(one, sort_keys=True) for one in decisions))


def decided(team: str) -> list[Entry]:
    """Give what a team has decided, one entry a round; what was recorded first counts."""
    found: dict[int, Entry] = {}
    for one in kept.entries():
        if one.kind == "decision" and one.team == team and one.about.startswith("10.round "):
            found.setdefault(int(one.about.rpartition(" ")[2]), one)
    return [found[number] for number in range(1, len(found) + 1) if number in found]


def plain(entry: Entry) -> dict[str, Any]:
    """Give a recorded round as the game reads it."""
    chosen = {name: str(entry.details[name]) for name in usual() if name in entry.details}
    return decision(chosen, entry.details.get("expected"))


class MyYear:
    """A year of one shop, four weeks at a time; made by `MainStreet.my_year`."""

    def __init__(self) -> None:
        self._parts: dict[str, Any] = {}
        self._page = 0

    @property
    def team(self) -> str:
        """Whose year it is."""
        return teams.current().name or ""

    @property
    def play(self) -> Play:
        """The game as far as it was decided."""
        return play_of(self.team, [plain(one) for one in decided(self.team)])

    @property
    def research(self) -> dict[str, Any]:
        """The whole tables of the last research that was bought; `deepening.fit` reads "stays"."""
        for bought in reversed(self.play.research):
            if bought.get(YOU):
                return dict(bought[YOU])
        return {}

    def decide(self, expected: Any = None, **chosen: str) -> MyYear:
        """Decide for the coming round and play its four weeks, as the button does.

        Parameters
        ----------
        expected : float or str, optional
            Dollars that you expect to have at the end of the round.
        **chosen
            `offer`, `messages`, `reach`, `answers` and `research`, by the names of the choices;
            what is left out stays as it was in the round before.

        Raises
        ------
        UnknownName
            If there is no such decision or choice; the nearest is named.
        ValueError
            If the year is over.
        """
        self._record(expected, chosen)
        self._restore()
        return self

    def _record(self, expected: Any, chosen: Mapping[str, str]) -> None:
        team = self.team
        before = decided(team)
        if len(before) >= ROUNDS:
            raise ValueError("The year is over: all twelve rounds have been played.")
        stays = self._stays(before) | dict(chosen)
        told = None if expected in (None, "") else dollars(expected)
        decision(stays, told)  # refuses what there is not, before it is recorded
        details: dict[str, Any] = dict(stays)
        if told is not None:
            details["expected"] = told
        number = len(before) + 1
        words = "; ".join(stays.values())
        kept.add("decision", ABOUT.format(number), words, team=team, details=details)

    def go_on(self) -> MyYear:
        """Keep the decisions of the last round for the rest of the year, without research."""
        while len(decided(self.team)) < ROUNDS:
            self._record(None, {"research": "none"})
        self._restore()
        return self

    def _stays(self, before: Sequence[Entry]) -> dict[str, str]:
        """Give where the choices stand: as in the round before, and no research."""
        found = usual()
        if before:
            last = before[-1].details
            found |= {name: str(last[name]) for name in found if name in last}
        return found | {"research": "none"}

    def __repr__(self) -> str:
        """Say where the year stands, or what to type."""
        done = len(decided(self.team))
        if not done:
            return f"{_cards_in_words()}\nTyped: {_typed()}"
        return "\n".join(self.sentences())

    def sentences(self) -> list[str]:
        """Say what the last round brought."""
        from .telling import told

        return told(self.play, decided(self.team))

    def _ipython_display_(self) -> None:
        """Show the decisions with their prices, which needs no kernel, and the controls."""
        with needs("A year"):
            from IPython.display import display

        display(Shown(_cards_as_page(), _cards_in_words()))
        spoken_names.show(self.controls())

    def controls(self) -> Any:
        """Make the controls; they show what is recorded."""
        with needs("A year"):
            import ipywidgets

        parts = self._parts
        parts["result"] = ipywidgets.HTML(layout={"width": "100%"})
        parts["head"] = ipywidgets.HTML(layout={"max_width": "100%"})
        for card in CARDS:
            options = [(card.worded(one), one) for one in card.options]
            parts[card.name] = ipywidgets.RadioButtons(
                options=options, value=card.usual, description=card.label, **WIDE
            )
        options = [(_priced(one), one) for one in RESEARCH]
        parts["research"] = ipywidgets.RadioButtons(
            options=options, value="none", description="research", **WIDE
        )
        parts["expected"] = ipywidgets.Text(
            description="dollars you expect",
            placeholder="cash after four weeks, such as 12000",
            continuous_update=False,
            tooltip="dollars that you expect to have at the end of the round",
            **WIDE,
        )
        asked = [parts[one.name] for one in CARDS] + [parts["research"], parts["expected"]]
        parts["play"] = button(
            parts, "Play four weeks", "Record and play", self._on_play, "primary", asked
        )
        keys.on_enter(parts["play"])
        parts["rest"] = button(
            parts, "Play to the end of the year", "Keep the last decisions all year", self._on_rest
        )
        parts["said"] = ipywidgets.HTML(layout={"max_width": "100%"})
        buttons = ipywidgets.HBox([parts["play"], parts["rest"]], layout={"flex_flow": "wrap"})
        self._restore()
        teams.on_change(self._restore)
        rest = [parts[one] for one in ("said", "as seen")]
        return ipywidgets.VBox([parts["result"], parts["head"], *asked, buttons, *rest])

    def _on_play(self) -> None:
        parts = self._parts
        chosen = {one.name: parts[one.name].value for one in CARDS}
        parts["said"].value = _PLAYING
        self.decide(parts["expected"].value, research=parts["research"].value, **chosen)

    def _on_rest(self) -> None:
        if not decided(self.team):
            raise ValueError("Decide one round first: then the rest of the year can follow it.")
        self._parts["said"].value = _PLAYING
        self.go_on()

    def _restore(self) -> None:
        """Let the controls show where the year stands."""
        parts = self._parts
        if not parts:
            return
        try:
            before = decided(self.team)
            for name, value in self._stays(before).items():
                parts[name].value = value
            parts["expected"].value = ""
            done = len(before)
            over = done >= ROUNDS
            weeks = f"weeks {4 * done + 1} to {4 * done + 4}"
            parts["head"].value = (
                "<p><b>The year is over.</b> Read on: what the same luck would have brought you "
                "otherwise.</p>"
                if over
                else f"<p><b>Round {done + 1} of {ROUNDS}</b> ({weeks}). Decide, then play.</p>"
            )
            parts["result"].value = self._page_of(before) if done else ""
        except (ValueError, KeyError, OSError) as error:
            parts["said"].value = alert(error)
            return
        parts["said"].value = ""
        for name in (*(one.name for one in CARDS), "research", "expected", "play", "rest"):
            parts[name].disabled = over

    def _page_of(self, before: Sequence[Entry]) -> str:
        """Give the picture of the year so far, what the last round brought, and its research."""
        from .pictures import plot_year_so_far
        from .telling import research_tables, told

        play = self.play
        image = look.drawn(plot_year_so_far(play), quick=True).html("max-width:100%;height:auto")
        sentences = "".join(f"<p>{html.escape(one)}</p>" for one in told(play, before))
        tables = "".join(
            f"<p><b>{html.escape(title)}</b></p>{shown(table)._repr_html_()}"
            for title, table in research_tables(play)
        )
        return f'<div role="status" style="{READ}">{image}{sentences}{tables}</div>'


def _priced(name: str) -> str:
    cost = research_price(name)
    return f"{name} ({said(cost, sign=False)} dollars)" if cost else name


def _typed() -> str:
    return 'street.my_year().decide(offer="at once", expected=12000)'


def _cards() -> list[tuple[str, list[str]]]:
    cards = [(one.label, [one.worded(each) for each in one.options]) for one in CARDS]
    return [*cards, ("research", [_priced(one) for one in RESEARCH])]


def _cards_in_words() -> str:
    return "\n".join(f"- {label}: {'; '.join(options)}" for label, options in _cards())


def _cards_as_page() -> str:
    listed = "".join(
        f"<li><b>{html.escape(label)}</b>: {html.escape('; '.join(options))}</li>"
        for label, options in _cards()
    )
    return (
        "<p><b>Five decisions, every four weeks</b> (synthetic town; prices are assumptions):</p>"
        f"<ul>{listed}</ul>"
    )
