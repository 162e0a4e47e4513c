"""What a team's research found, as its phone shows it: a sentence, a small table, and a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from ...game.form import field_of
from ...game.research import TESTED, USUAL
from ...rounding import decimal, number
from ...rounding.table import table as written

if TYPE_CHECKING:
    from ...game.team import Team

ROWS = 4
"""Of a long table on a phone; the file holds all."""
WORDS = {
    "survey": "Survey",
    "log": "Log of your customers",
    "ab_test": "A/B test",
    "encouragement": "Invitation",
    "rivals": "Report on rivals",
}
TABLES = {
    "answers": "who was asked and what they said",
    "ties": "whom they talk to",
    "stays": "how long people stayed in each stage",
    "orders": "your orders",
    "steps": "steps between stages",
    "money": "orders and dollars",
    "people": "who was invited, and what they spent",
    "rivals": "what rivals seem to do",
}


@dataclass(frozen=True)
class Finding:
    """A table that a team's research found.

    Parameters
    ----------
    file : str
        What its file is called, without its ending.
    title : str
        What was asked, and when.
    table : pandas.DataFrame
        All of it.
    shown : pandas.DataFrame
        What a phone shows of it.
    newest : bool
        Whether it came with the last round.
    says : str
        What it found, in a sentence; empty for a second table of the same research.
    """

    file: str
    title: str
    table: pd.DataFrame
    shown: pd.DataFrame
    newest: bool
    says: str = ""

    def plain(self) -> dict[str, Any]:
        """Give it as a phone shows it."""
        first_rows = self.shown.columns.equals(self.table.columns)  # or it is told in another form
        left = len(self.table) - len(self.shown) if first_rows else 0
        return {
            "file": self.file,
            "title": self.title,
            "newest": self.newest,
            "open": "step" in self.shown,
            "says": self.says,
            "columns": [heading(one) for one in self.shown.columns],
            "rows": cells(self.shown),
            "left": f"{decimal(left)} more {'rows' if left > 1 else 'row'}." if left else "",
        }

    def csv(self) -> bytes:
        """Give the whole table as a file."""
        return self.table.to_csv(index=False).encode("utf-8")


def findings(team: Team) -> list[Finding]:
    """Give what a team's research found, the newest first."""
    made = []
    for number_ in sorted(team.research, reverse=True):
        newest = number_ == team.round
        for place, (name, tables) in enumerate(team.research[number_].items(), 1):
            says = sentence(name, tables)
            for k, (called, table) in enumerate(tables.items(), 1):
                title = f"Round {number_}. {asked(name)}: {TABLES.get(called, heading(called))}"
                file = f"round-{number_}-{place}-{k}"
                made.append(Finding(file, title, table, small(called, table), newest, says))
                says = ""
    return made


def asked(name: str) -> str:
    """Say what was asked.

    Examples
    --------
    >>> asked("ab_test boost"), asked("survey")
    ('A/B test (pay for views online)', 'Survey')
    """
    kind, _, act = name.partition(" ")
    words = WORDS.get(kind, heading(kind))
    if not act:
        return words
    label = field_of(act).label
    return f"{words} ({label[:1].lower()}{label[1:]})"


def sentence(name: str, tables: Mapping[str, pd.DataFrame]) -> str:
    """Say in a sentence what a piece of research found."""
    kind = name.partition(" ")[0]
    said = {
        "survey": _survey,
        "log": _log,
        "ab_test": _halves,
        "encouragement": _invited,
        "rivals": _rivals,
    }[kind](tables)
    return f"{asked(name)}: {said}"


def _survey(tables: Mapping[str, pd.DataFrame]) -> str:
    table = tables["answers"]
    answered = int(table["answered"].sum())
    close = int(table["wants_closeness"].sum())
    return f"{answered} of {len(table)} answered; {close} of them want a closer relationship."


def _log(tables: Mapping[str, pd.DataFrame]) -> str:
    return (
        f"{decimal(len(tables['stays']))} stays in stages, {decimal(len(tables['orders']))} orders."
    )


def _halves(tables: Mapping[str, pd.DataFrame]) -> str:
    steps = tables["steps"]
    met = steps[steps["from"] == "unmet"].groupby("half")["steps"].sum()
    lost = steps[steps["to"] == "lost"].groupby("half")["steps"].sum()
    return (
        f"the tested half met {int(met.get(TESTED, 0))} people and lost "
        f"{int(lost.get(TESTED, 0))}; the other half met {int(met.get(USUAL, 0))} and lost "
        f"{int(lost.get(USUAL, 0))}."
    )


def _invited(tables: Mapping[str, pd.DataFrame]) -> str:
    table = tables["people"]
    parts = []
    for invited, words in ((True, "people invited"), (False, "others")):
        half = table[table["invited"] == invited]
        if half.empty:
            return "too few of your customers could join the page."
        joined = decimal(100 * half["fan"].mean())
        parts.append(f"{words} joined at {joined} % and spent ${decimal(half['spend'].mean(), 2)}")
    return f"{'; '.join(parts)} each."


def _rivals(tables: Mapping[str, pd.DataFrame]) -> str:
    return f"{decimal(len(tables['rivals']))} lines; about one in five is wrong."


def small(called: str, table: pd.DataFrame) -> pd.DataFrame:
    """Give what a phone shows: halves side by side, words for acts, or the first rows."""
    if called == "steps":
        return _side_by_side(table)
    if called == "rivals":
        return _acts_in_words(table)
    return table.head(ROWS)


def _side_by_side(table: pd.DataFrame) -> pd.DataFrame:
    """Give each step in a row: how often in each half, and tested against usual, per week."""
    rows = []
    for (one, other), both in table.groupby(["from", "to"], sort=False, observed=True):
        halves = both.set_index("half")
        if not {USUAL, TESTED} <= set(halves.index) or not halves["steps"].sum():
            continue
        usual, tested = (float(halves.loc[half, "per_week"]) for half in (USUAL, TESTED))
        ratio = number(tested / usual, 2) if usual > 0 else ""
        counts = [int(halves.loc[half, "steps"]) for half in (TESTED, USUAL)]
        rows.append((f"{one} → {other}", *counts, ratio))
    return pd.DataFrame(rows, columns=["step", "tested", "usual", "rate, tested ÷ usual"])


def _acts_in_words(table: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for one in table.itertuples():
        field = field_of(str(one.act))
        words = next((each.label for each in field.choices if each.value == one.seems), one.seems)
        rows.append((one.team, field.label, str(words)))
    return pd.DataFrame(rows, columns=["shop", "what", "seems"])


def cells(table: pd.DataFrame) -> list[list[str]]:
    """Give a table's cells as people read them."""
    return [[_cell(one) for one in row] for row in written(table).itertuples(index=False)]


def _cell(value: Any) -> str:
    if pd.isna(value):
        return ""
    return {"True": "yes", "False": "no"}.get(str(value), str(value))


def heading(name: Any) -> str:
    """Give a column's name in words."""
    return str(name).replace("_", " ")
