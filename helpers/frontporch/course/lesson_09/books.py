"""What the books of a shop show: the share who bought, in two groups."""

from __future__ import annotations

from typing import ClassVar

import pandas as pd

from ...fans.columns import need
from ...fans.returns.shares import Shares, count_shares


class Bought(Shares):
    """The share of customers in two groups; each step is a group."""

    PICTURES: ClassVar[dict[str, str]] = {
        "groups": "frontporch.course.lesson_09.pictures:plot_bought"
    }


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
    need(books, ("customer", group), "the books have")
    names = ("fans", "all others") if group == "fan" else (group, f"not {group}")
    within = books[group].astype(bool)
    rows = []
    for name, chosen in zip(names, (within, ~within), strict=True):
        bought = books.loc[chosen, "customer"]
        rows.append((f"{name}: bought", len(bought), int(bought.sum())))
    return Bought(count_shares(rows, level).table)
