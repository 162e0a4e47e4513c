"""The account of a page's year, by three readings of which customers it has won."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd

from ...fans.columns import need
from ...fans.returns import PageAccount, break_even, customers_won, fixed, measured
from ...fans.returns.quantity import Quantity
from ...fans.returns.shares import share_difference
from ...result import Result
from ...streams import Seed

READINGS = ("all fans who bought", "fans beyond the others", "by the coin")


def page_accounts(
    books: pd.DataFrame,
    value: Quantity,
    hours: Quantity,
    wage: Quantity,
    *,
    other: Quantity = fixed(0.0),  # noqa: B008 - a Quantity is frozen
    level: float = 0.95,
) -> dict[str, PageAccount]:
    """Draw up the account of a page by three readings of the same books.

    Parameters
    ----------
    books : pandas.DataFrame
        One row a stranger: `invited` (by a coin), `fan` and `customer`, true or false.
    value : Quantity
        Worth of a customer who is won.
    hours, wage, other : Quantity
        Cost of the page.
    level : float
        Confidence level.

    Returns
    -------
    dict of str to PageAccount
        "all fans who bought" puts every one of them down to the page; "fans beyond the others"
        takes off as many as there would be if fans bought like all others; "by the coin"
        compares all invited, fans or not, with all whom the coin did not invite.

    Raises
    ------
    ValueError
        If a column is missing, or a group has nobody in it.

    Notes
    -----
    Only the last reading gives incremental customers. It counts what the invitation has won, and
    is the whole of the page where the page is open to the invited alone.

    Examples
    --------
    >>> from frontporch.course import lesson_09
    >>> from frontporch.fans import fixed
    >>> books = lesson_09.PageWorld().simulate(8_000, seed=7)
    >>> made = page_accounts(books, fixed(49.0), fixed(416.0), fixed(18.0))
    >>> [round(page.profit, -3) for page in made.values()]
    [31000.0, 7000.0, -2000.0]
    """
    need(books, ("invited", "fan", "customer"), "the books have")
    fan, customer = (books[name].to_numpy(bool) for name in ("fan", "customer"))
    if fan.all() or not fan.any():
        raise ValueError("everybody is a fan, or nobody: there is nothing to compare with.")
    fans, others = ((int(customer[one].sum()), int(one.sum())) for one in (fan, ~fan))
    gap, low, high = (one * fans[1] for one in share_difference(fans, others, level))
    coin = customers_won(books, level=level)
    won = (
        fixed(float(fans[0]), "counted"),
        measured(gap, low, high, source="fans and all others", level=level),
        measured(*coin, source="the coin", level=level),
    )
    whole = fixed(1.0, "all of them")
    return {
        name: PageAccount(one, value, whole, hours, wage, other)
        for name, one in zip(READINGS, won, strict=True)
    }


@dataclass(frozen=True, eq=False)
class Profits(Result):
    """The profit of several accounts.

    Parameters
    ----------
    table : pandas.DataFrame
        One row an account: `account`, `customers` (won), `profit`, `lower`, `upper`,
        `breaks_even` (probability).
    """

    table: pd.DataFrame

    PICTURES: ClassVar[dict[str, str]] = {
        "profits": "frontporch.course.lesson_09.pictures:plot_profits"
    }

    def summary(self) -> pd.DataFrame:
        """Show the accounts, one a row."""
        return self.table.copy()


def profits(accounts: Mapping[str, PageAccount], seed: Seed, *, level: float = 0.95) -> Profits:
    """Give the profit of several accounts, each with its interval and chance of breaking even.

    Parameters
    ----------
    accounts : mapping of str to PageAccount
        Accounts by their name, such as three readings of the same books.
    seed : int or numpy.random.Generator
        Where the draws come from.
    level : float
        Confidence level.

    Returns
    -------
    Profits
    """
    if not accounts:
        raise ValueError("there is no account: give one or more by their name.")
    rows = []
    for name, page in accounts.items():
        found = break_even(page, seed, level=level)
        won = page.customers.value * page.attribution.value
        rows.append((name, won, found.profit, found.lower, found.upper, found.probability))
    table = pd.DataFrame(
        rows, columns=["account", "customers", "profit", "lower", "upper", "breaks_even"]
    )
    return Profits(table.astype({"customers": np.float64}))
