"""After the year: what the same luck would have brought with other decisions."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from ... import look
from ...classroom import spoken_names
from ...classroom.checking import teams
from ...classroom.predicting.result import are_open
from ...classroom.shown import Shown, alert, shown
from ...groups import needs
from ...shop import Acts, Market, simulate
from ...shop.switches import SWITCHES
from .my_year import decided, plain, play_of
from .rivals import CARDS, HIDDEN, ROUNDS, YOU, YOURS, decision, usual
from .telling import said

if TYPE_CHECKING:
    from ...classroom.record.entry import Entry
    from ...game.play import Play

FOLLOWED = {
    "2.4": ("offer", {"offer_week": (0, 0)}),
    "1.2": ("reach", {"join_hours": (1, 40)}),
    "1.1": ("messages", {"messages": (1, 9)}),
}
"""Claims that a choice of yours follows: the card, and the acts from where to where."""


@dataclass(frozen=True, eq=False)
class Debriefed:
    """A year that is over, and what else the same luck could have brought.

    Parameters
    ----------
    play : Play
        The year as it was played.
    expected : tuple of float or None
        Dollars that were expected at the end of each round.
    came : mapping of str to float
        Dollars at the end of the year, by whose decisions; yours first.
    """

    play: Play
    expected: tuple[float | None, ...]
    came: Mapping[str, float]

    @property
    def luck(self) -> float:
        """Dollars by which luck alone spreads equal shops in a year (one standard deviation)."""
        return self.play.team(YOU).luck

    def sentences(self) -> list[str]:
        """Say what the year brought, and how near the expectations were."""
        mine = self.came[YOURS]
        best = max(self.came, key=lambda one: self.came[one])
        found = [f"Your year ended with {said(mine)} dollars."]
        found.append(
            "On the same luck, none of the other decisions below would have brought more."
            if best == YOURS
            else f"On the same luck, “{best}” would have brought {said(self.came[best])} dollars."
        )
        misses = [
            abs(cash - guess)
            for cash, guess in zip(_after_rounds(self.play), self.expected, strict=True)
            if guess is not None
        ]
        if misses:
            rounds = "1 round" if len(misses) == 1 else f"{len(misses)} rounds"
            mean = sum(misses) / len(misses)
            found.append(
                f"You said what you expect in {rounds}, and were {said(mean)} dollars off on "
                "average."
            )
        return found

    def rules(self) -> pd.DataFrame:
        """List the hidden rules of the town, and in how many rounds you acted on each."""
        rows = []
        for claim in HIDDEN:
            holds = "yes" if self.play.game.world.true(claim) else "no"
            done = f"{self._rounds(claim)} of {ROUNDS} rounds" if claim in FOLLOWED else "no choice"
            rows.append((claim, SWITCHES[claim].says, holds, done))
        columns = ["claim", "rule that nobody told you", "holds in your town", "you acted on it"]
        return pd.DataFrame(rows, columns=columns).set_index("claim")

    def _rounds(self, claim: str) -> int:
        _, ranges = FOLLOWED[claim]
        acts = [one[YOU].acts for one in self.play.decisions]
        return sum(
            all(low <= getattr(each, name) <= high for name, (low, high) in ranges.items())
            for each in acts
        )


def debriefed(team: str, made: Sequence[Entry] = ()) -> Debriefed:
    """Play a year again with other decisions in the player's seat, on the same luck.

    Parameters
    ----------
    team : str
        Whose street.
    made : sequence of Entry
        The twelve recorded rounds; without them, a shop that leaves every choice as it stood.
    """
    decisions = [plain(one) for one in made] or [decision(usual())] * ROUNDS
    expected = [one.get("prediction") for one in decisions]
    play = play_of(team, decisions)
    came = {YOURS: _cash(play)}
    bare = tuple(repr(sorted(one["acts"].items())) for one in decisions)
    for name, others in _others(play, decisions):
        if tuple(repr(sorted(one["acts"].items())) for one in others) != bare:
            came[name] = _with(play, others)
    return Debriefed(play, tuple(expected), came)


def _others(
    play: Play, decisions: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield other decisions for a year: yours with one of them changed, and other shops'."""
    offer, _, reach, _ = CARDS
    for name, card, option in (
        ("yours, offer at once", offer, "at once"),
        ("yours, offer after 4 weeks", offer, "after 4 weeks"),
        ("yours, join in 5 hours", reach, "join in, 5 hours"),
        ("yours, reach nobody", reach, "nothing"),
    ):
        changed = [{"acts": {**one["acts"], **card.acts(option)}} for one in decisions]
        yield name, changed
    world = play.game.world
    knew = {
        "offer": "at once" if world.true("2.4") else "after 4 weeks",
        "messages": "one a week" if world.true("1.1") else "one in two weeks",
        "reach": "join in, 5 hours" if world.true("1.2") else "pay for few views",
    }
    yield "as every usual shop", [decision(usual())] * ROUNDS
    yield "acts on the rules of this town", [decision(knew)] * ROUNDS


def _cash(play: Play) -> float:
    return play.cash()[YOU] / 100


def _with(play: Play, decisions: Sequence[Mapping[str, Any]]) -> float:
    """Give your dollars at the end of the same year with other acts; nobody else is asked anew."""
    rules = play.game
    acts = [Acts().but(**one["acts"]) for one in decisions]
    rivals = dict(rules.policies)

    def mine(market: Market, _seat: int) -> Acts:
        return acts[market.week // rules.weeks_a_round]

    shops = [mine if name == YOU else rivals[name] for name in rules.teams]
    weeks = rules.rounds * rules.weeks_a_round
    year = simulate(rules.world, shops, weeks, seed=rules.luck)
    return rules.capital + year.cash[rules.seat(YOU)] / 100


def _after_rounds(play: Play) -> list[float]:
    return [play.cash(number)[YOU] / 100 for number in range(1, play.rounds + 1)]


@lru_cache(maxsize=4)
def _shown(team: str, keys: tuple[int, ...]) -> tuple[str, str]:
    """Give the debrief as HTML and as text; the same decisions are played again once."""
    from .pictures import plot_other_decisions

    found = debriefed(team, decided(team) if keys else ())
    picture = look.drawn(plot_other_decisions(found.came, found.luck))
    said_ = (
        "" if keys else "Nobody has played yet, so this is a shop that changed nothing all year."
    )
    lines = [*([said_] if said_ else []), *found.sentences()]
    table = shown(found.rules())
    page = (
        "".join(f"<p>{html.escape(one)}</p>" for one in lines)
        + picture.html("max-width:100%;height:auto")
        + table._repr_mimebundle_()["text/html"]
    )
    return page, "\n".join([*lines, picture.text, repr(table)])


class Debrief:
    """The end of the year, which waits until the year is over; made by `MainStreet.debrief`."""

    def __init__(self) -> None:
        self.button: Any = None
        self._place: Any = None

    @property
    def left(self) -> int:
        """Rounds that are still to be played."""
        return ROUNDS - len(decided(teams.current().name or ""))

    def told(self) -> Shown:
        """Give the debrief, or say how many rounds are left."""
        team, left = teams.current().name or "", self.left
        if left and are_open():
            return Shown(*_shown(team, ()))
        if left:
            rounds = "1 round is" if left == 1 else f"{left} rounds are"
            words = f"Your year is not over: {rounds} left. Play them above, then press the button."
            return Shown(f'<p role="status">{words}</p>', words)
        orders = tuple(one.order for one in decided(team))
        return Shown(*_shown(team, orders))

    def __repr__(self) -> str:
        """Say it in words."""
        return repr(self.told())

    def _ipython_display_(self) -> None:
        """Show the debrief, or what is left to play and a button."""
        with needs("A debrief"):
            import ipywidgets
            from IPython.display import display

        self._place = display(self.told(), display_id=True)
        if self.left and are_open():
            return
        self.button = ipywidgets.Button(
            description="Show the debrief", button_style="primary", layout={"width": "auto"}
        )
        self.button.on_click(lambda _button: self.show())
        spoken_names.show(self.button)

    def show(self) -> None:
        """Look again whether the year is over, as the button does."""
        try:
            found = self.told()
        except (ValueError, OSError) as error:
            found = Shown(alert(error), str(error))
        if self._place is None:
            print(found)
        else:
            self._place.update(found)
