"""The account of a team's shops: what its decisions brought so far, all lessons added up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from ... import look
from ...groups import needs
from ...result import Result
from ..checking import teams
from ..course_package import course
from ..record import kept
from ..record.entry import Entry
from .decision import Decision
from .money import said
from .played import play
from .recorded import counting

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Line:
    """One decision whose year was played.

    Parameters
    ----------
    lesson : int
        Of which lesson.
    shop : str
        Whose shop.
    option : str
        What was chosen.
    expected : float or None
        Dollars that were expected.
    brought : float
        Dollars that came.
    best : float
        Dollars of the best choice on the same luck.
    """

    lesson: int
    shop: str
    option: str
    expected: float | None
    brought: float
    best: float


@dataclass(frozen=True)
class Account(Result):
    """What the decisions of a team brought so far; see `account`.

    Parameters
    ----------
    lines : sequence of Line
        One for each year that was played, by lesson.
    """

    lines: Sequence[Line]

    PICTURES: ClassVar[Mapping[str, str]] = {
        "account": "frontporch.classroom.deciding.pictures:plot_account"
    }

    @property
    def brought(self) -> float:
        """Dollars that all years brought."""
        return sum(one.brought for one in self.lines)

    @property
    def expected(self) -> float:
        """Dollars that were expected of all years; where nothing was said, 0."""
        return sum(one.expected or 0.0 for one in self.lines)

    @property
    def title(self) -> str:
        """What the picture says."""
        shops = "1 shop" if len(self.lines) == 1 else f"{len(self.lines)} shops"
        return (
            f"{shops}: we expected {said(self.expected)} dollars,\n"
            f"{'it' if len(self.lines) == 1 else 'they'} brought {said(self.brought)}"
        )

    def summary(self) -> pd.DataFrame:
        """Show a line for each lesson, and their sum."""
        import pandas as pd

        rows = [
            (
                str(one.lesson),
                one.shop,
                one.option,
                "–" if one.expected is None else said(one.expected),
                said(one.brought),
                said(one.best),
            )
            for one in self.lines
        ]
        best = sum(one.best for one in self.lines)
        rows.append(("all", "", "", said(self.expected), said(self.brought), said(best)))
        columns = ["lesson", "shop", "your choice", "expected ($)", "brought ($)"]
        return pd.DataFrame(rows, columns=[*columns, "best choice on the same luck ($)"])

    def __repr__(self) -> str:
        """Say the sum in a sentence."""
        if not self.lines:
            return _NOTHING
        return " ".join(self.title.split()) + "."

    def _ipython_display_(self) -> None:
        """Show the picture and the table; a sentence where no year was played."""
        if not self.lines:
            print(_NOTHING)
            return
        with needs("An account"):
            from IPython.display import HTML, display

        look.show(self.plot())
        display(HTML(self._repr_html_()))


_NOTHING = "No year was played yet. Decide in a lesson, and click Play the year."


def account() -> Account:
    """Add up what the decisions of the course have brought so far.

    Returns
    -------
    Account
        Shown where it is the last line of a cell: a line for each lesson whose year was played,
        and their sum.

    Examples
    --------
    >>> isinstance(account().brought, float | int)
    True
    """
    entries, team = kept.entries(), teams.current().name or ""
    lines = []
    for number in course().numbers():
        decision = course().decision(number)
        if decision is None:
            continue
        whose = team
        decided, played = counting(entries, decision.id, whose)
        if played is None:
            # Played under another name, before the team was called what it is now.
            reveals = [one for one in entries if (one.kind, one.about) == ("reveal", decision.id)]
            whose = reveals[-1].team if reveals else team
            decided, played = counting(entries, decision.id, whose)
        if decided is None or played is None:
            continue
        lines.append(_line(number, decision, whose, decided, played))
    return Account(tuple(lines))


def _line(number: int, decision: Decision, team: str, decided: Entry, played: Entry) -> Line:
    """Give what came, as it was recorded: to play all lessons again would take seconds."""
    said_of = decided.details
    brought, best = played.details.get("brought"), played.details.get("best")
    if brought is None or best is None:
        amount, expected = said_of.get("amount"), said_of.get("expected")
        year = play(decision, team, str(decided.value), amount, expected)
        brought, best = year.brought, year.came[year.best]
    return Line(number, decision.shop, str(decided.value), said_of.get("expected"), brought, best)
