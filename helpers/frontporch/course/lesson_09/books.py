"""What the books of a shop show: the share who bought, in two groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from ...fans.returns.conversion import wilson
from ...names import nearest
from ...result import Result
from ...stats.intervals import FEWEST_EVENTS

BOUGHT = ": bought"


@dataclass(frozen=True, eq=False)
class Bought(Result):
    """The share of customers in two groups.

    Parameters
    ----------
    table : pandas.DataFrame
        `step`, `of`, `events`, `share`, `lower`, `upper`, `note`, as
        `frontporch.fans.conversions` gives them.
    """

    table: pd.DataFrame

    PICTURES: ClassVar[dict[str, str]] = {
        "groups": "frontporch.course.lesson_09.pictures:plot_bought"
    }

    def summary(self) -> pd.DataFrame:
        """Show the groups, one a row."""
        return self.table.copy()


def bought_by(books: pd.DataFrame, group: str = "fan", *, level: float = 0.95) -> Bought:
    """Give the share of customers in two groups, such as fans and all others.

    Parameters
    ----------
    books : pandas.DataFrame
        One row a stranger: `customer` and the group, true or false.
    group : str
        "fan" or "invited".
    level : float
        Confidence level.

    Returns
    -------
    Bought

    Examples
    --------
    >>> from frontporch.course import lesson_09
    >>> books = lesson_09.PageWorld().simulate(8_000, seed=7)
    >>> bought_by(books, "invited").summary()["step"].tolist()
    ['invited: bought', 'not invited: bought']
    """
    for name in ("customer", group):
        if name not in books.columns:
            raise ValueError(f"the books have no column {name!r}. {nearest(name, books.columns)}")
    names = ("fans", "all others") if group == "fan" else (group, f"not {group}")
    within = books[group].astype(bool)
    rows = []
    for name, chosen in zip(names, (within, ~within), strict=True):
        bought = books.loc[chosen, "customer"]
        events, of = int(bought.sum()), len(bought)
        few = f"fewer than {FEWEST_EVENTS} did it, or did not"
        note = few if min(events, of - events) < FEWEST_EVENTS else ""
        rows.append((f"{name}{BOUGHT}", of, events, *wilson(events, of, level), note))
    columns = ["step", "of", "events", "share", "lower", "upper", "note"]
    return Bought(pd.DataFrame(rows, columns=columns))
