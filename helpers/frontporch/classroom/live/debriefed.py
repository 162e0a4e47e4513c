"""The debrief of a game as pages: for the class on the projector, and for a team on its phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ... import look
from ...game import debrief, load
from ...game.form import field_of
from ...rounding import decimal
from .findings import asked, cells, heading

if TYPE_CHECKING:
    from ...game.debriefing import Debrief
    from ...game.play import Play

SAME = "on the same luck"
MOST = 8
"""Rows of a table that fit on a projector."""


@dataclass(frozen=True)
class Page:
    """A page of the debrief.

    Parameters
    ----------
    title : str
        What it says.
    text : sequence of str
        What stands above the table or picture.
    table : pandas.DataFrame, optional
        A table.
    png : bytes, optional
        A picture.
    told : str
        The picture in words.
    """

    title: str
    text: Sequence[str] = ()
    table: pd.DataFrame | None = None
    png: bytes | None = None
    told: str = ""

    def name(self, place: int) -> str:
        """Give the name of its picture."""
        return f"debrief-{place}"

    def plain(self, place: int) -> dict[str, Any]:
        """Give it as a page shows it."""
        found: dict[str, Any] = {"title": self.title, "text": list(self.text), "told": self.told}
        if self.table is not None:
            found["columns"] = [heading(one) for one in self.table.columns]
            found["rows"] = cells(self.table)
        if self.png is not None:
            found["picture"] = self.name(place)
        return found


def debriefed(folder: Path) -> tuple[list[Page], dict[str, list[Page]]]:
    """Work the debrief of a game out: pages for the class, and by team those of its phone.

    It plays the year again some hundred times, which takes a minute or two in a large town.

    Parameters
    ----------
    folder : pathlib.Path
        The game's.
    """
    play = load(folder).play()
    told = debrief(play)
    teams = {team: of_team(told, play, team) for team in play.game.players}
    return of_class(told), teams


def of_class(told: Debrief) -> list[Page]:
    """Give the pages for the projector."""
    came = told.came
    most = told.claims["reward"].abs().sort_values(ascending=False, kind="stable").index[:MOST]
    pages = [
        _drawn(told, "cash", "How the year went", "The band is luck alone, around the mean."),
        _drawn(
            told,
            "instead",
            f"What other plans would have brought {SAME}",
            "Each row is a seat: the big dot is what came, the others what another plan would "
            "have brought there.",
        ),
        Page(
            f"The best plan in each seat, {SAME}",
            (),
            pd.DataFrame(
                {
                    "rank": came["rank"],
                    "team": came["team"],
                    "cash": _dollars(came["cash"]),
                    "usual shop": _dollars(came["usual"]),
                    "best plan": _dollars(came["best"]),
                    "whose plan": came["best_plan"],
                }
            ),
        ),
        Page(
            "What nobody knew: five claims of the articles",
            (f"Reward: dollars by which following beats not following, in one seat, {SAME}.",),
            _claims(told.claims[told.claims["known"] == "hidden"]),
        ),
        Page(
            "Did this town reward the advice?",
            (f"The eight pieces of advice that mattered most here, in one seat, {SAME}.",),
            _claims(told.claims.loc[most], known=True),
        ),
    ]
    if len(told.research):
        pages.append(
            Page(
                "What research was worth",
                (
                    "Worth: dollars that knowing the answer brought or would have brought in the "
                    "rounds after.",
                ),
                _research(told.research.head(MOST)),
            )
        )
    if len(told.predictions):
        pages.append(_drawn(told, "predictions", "What teams predicted, and what came", ""))
        pages.append(
            Page(
                "Who predicted well",
                ("Same again: who always says that a round brings what the last one brought.",),
                _calibration(told.calibration()),
            )
        )
    return pages


def of_team(told: Debrief, play: Play, team: str) -> list[Page]:
    """Give the pages for a team's phone."""
    own = told.instead[told.instead["team"] == team]
    pages = [
        Page(
            f"Other decisions in your seat, {SAME}",
            (),
            pd.DataFrame(
                {
                    "plan": own["plan"],
                    "cash": _dollars(own["cash"]),
                    "more than you": _dollars(own["gain"], signed=True),
                }
            ),
        ),
        Page(
            "The five claims that nobody knew",
            (),
            _followed_by(told.claims[told.claims["known"] == "hidden"], play, team),
        ),
    ]
    bought = told.research[told.research["team"] == team]
    if len(bought):
        pages.append(
            Page(
                "What your research was worth",
                ("Worth: dollars that knowing the answer brought, or would have brought, later.",),
                _research(bought)[["round", "research", "price", "worth"]],
            )
        )
    mine = told.predictions[told.predictions["team"] == team]
    if len(mine):
        off = float(mine["error"].abs().mean())
        high = int((mine["error"] > 0).sum())
        pages.append(
            Page(
                "Your predictions",
                (
                    f"You were off by {_money(off)} on average; {high} of {len(mine)} were too "
                    "high.",
                ),
                pd.DataFrame(
                    {
                        "round": mine["round"],
                        "you said": _dollars(mine["predicted"]),
                        "it came to": _dollars(mine["came"]),
                    }
                ),
            )
        )
    return pages


def _drawn(told: Debrief, kind: str, title: str, text: str) -> Page:
    made = look.drawn(told.plot(kind))
    return Page(title, (text,) if text else (), png=made.png, told=made.text)


def _claims(rows: pd.DataFrame, *, known: bool = False) -> pd.DataFrame:
    columns = {
        "claim": rows["says"].map(_sentence),
        "here": rows["here"].map({True: "true", False: "false"}),
        "was": rows["known"],
        "who followed it (rounds)": rows["followed"].replace("", "nobody"),
        "reward": _dollars(rows["reward"], signed=True),
        "evidence": rows["verdict"],
    }
    del columns["who followed it (rounds)" if known else "was"]
    return pd.DataFrame(columns)


def _followed_by(rows: pd.DataFrame, play: Play, team: str) -> pd.DataFrame:
    from ...game.debriefing import follows
    from ...shop.switches import SWITCHES

    many = [
        sum(follows(one[team].acts, SWITCHES[claim]) for one in play.decisions)
        for claim in rows["claim"]
    ]
    return pd.DataFrame(
        {
            "claim": rows["says"].map(_sentence),
            "here": rows["here"].map({True: "true", False: "false"}),
            "you followed it in": [f"{one} of {play.rounds} rounds" for one in many],
        }
    )


def _research(rows: pd.DataFrame) -> pd.DataFrame:
    spoke = [
        _value(str(act), value) if act else "no single act"
        for act, value in zip(rows["act"], rows["value"], strict=True)
    ]
    return pd.DataFrame(
        {
            "round": rows["round"],
            "team": rows["team"],
            "research": rows["name"].map(asked),
            "about": spoke,
            "done next round": [
                "" if one is None or one != one else "yes" if one else "no" for one in rows["acted"]
            ],
            "price": _dollars(rows["price"]),
            "worth": _dollars(rows["worth"]),
        }
    )


def _value(act: str, value: Any) -> str:
    field = field_of(act)
    words = next((one.label for one in field.choices if one.value == value), str(value))
    return f"{field.label}: {words}"


def _calibration(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "team": rows["team"],
            "predictions": rows["predictions"],
            "too high": rows["too_high"],
            "off by, on average": _dollars(rows["mean_distance"]),
            "same again": _dollars(rows["if_same"]),
        }
    )


def _dollars(values: pd.Series, *, signed: bool = False) -> list[str]:
    return ["" if one != one else _money(float(one), signed=signed) for one in values]


def _money(value: float, *, signed: bool = False) -> str:
    sign = "−" if value < 0 else "+" if signed and value > 0 else ""
    return f"{sign}${decimal(abs(value))}"


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."
