"""The account of a page's year, by three readings of which customers it has won."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from ....names import nearest
from ....streams import Seed
from ...customers import CustomerEstimate, value_of_a_new_customer
from ..break_even import PageAccount
from ..conversion import customers_won, share_difference
from ..quantity import Quantity, fixed, measured

READINGS = ("all fans who bought", "fans beyond the others", "by the coin")


def worth_of_a_customer(
    bought: CustomerEstimate, spend: float, *, margin: float = 0.4, discount: float = 0.10,
    weeks: float = 156.0,
) -> Quantity:  # fmt: skip
    """Worth of a customer who is won: the first purchase, and those that come after it.

    Parameters
    ----------
    bought : CustomerEstimate
        How customers buy and leave.
    spend : float
        Mean spend per purchase, taken as known, also for the first.
    margin : float
        Share of the spend that is left, above 0 and up to 1.
    discount : float
        Rate per year at which money to come is worth less.
    weeks : float
        How far to look.

    Returns
    -------
    Quantity
        In the currency of `spend`, with the interval of the purchases.

    Examples
    --------
    >>> from frontporch import data, fans
    >>> bought = fans.fit_customers(data.load("cdnow"))
    >>> round(worth_of_a_customer(bought, 35.0).value)
    49
    """
    later = value_of_a_new_customer(bought, spend, margin=margin, discount=discount, weeks=weeks)
    first = spend * margin
    value, lower, upper = (first + one for one in later)
    return measured(value, lower, upper, law="log", source="purchases", level=bought.level)


def page_accounts(
    books: pd.DataFrame, value: Quantity, hours: Quantity, wage: Quantity, *,
    other: Quantity = fixed(0.0), level: float = 0.95,  # noqa: B008 - a Quantity is frozen
) -> dict[str, PageAccount]:  # fmt: skip
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
    >>> from frontporch.fans.returns import PageWorld, fixed
    >>> books = PageWorld().simulate(8_000, seed=7)
    >>> made = page_accounts(books, fixed(49.0), fixed(416.0), fixed(18.0))
    >>> [round(page.profit, -3) for page in made.values()]
    [31000.0, 7000.0, -2000.0]
    """
    for name in ("invited", "fan", "customer"):
        if name not in books.columns:
            raise ValueError(f"the books have no column {name!r}. {nearest(name, books.columns)}")
    fan, customer = (books[name].to_numpy(bool) for name in ("fan", "customer"))
    if fan.all() or not fan.any():
        raise ValueError("everybody is a fan, or nobody: there is nothing to compare with.")
    counts = [(int(customer[one].sum()), int(one.sum())) for one in (fan, ~fan)]
    beyond = (float(one * fan.sum()) for one in share_difference(*counts, level))
    won = dict(zip(READINGS, (
        fixed(float(counts[0][0]), "counted"),
        measured(*beyond, source="fans and all others", level=level),
        measured(*customers_won(books, level=level), source="the coin", level=level),
    ), strict=True))  # fmt: skip
    return {name: PageAccount(one, value, fixed(1.0, "this reading"), hours, wage, other)
            for name, one in won.items()}  # fmt: skip


def profits(
    accounts: Mapping[str, PageAccount], seed: Seed, *, level: float = 0.95
) -> pd.DataFrame:  # fmt: skip
    """Give the profit of several accounts, each with its interval and chance of breaking even.

    Parameters
    ----------
    accounts : mapping of str to PageAccount
        Accounts by their name.
    seed : int or numpy.random.Generator
        Where the draws come from.
    level : float
        Confidence level.

    Returns
    -------
    pandas.DataFrame
        One row an account: `account`, `customers` (won), `profit`, `lower`, `upper`,
        `breaks_even` (probability).
    """
    if not accounts:
        raise ValueError("there is no account: give one or more by their name.")
    rows = []
    for name, page in accounts.items():
        found = page.account(seed, level=level)
        won = page.customers.value * page.attribution.value
        rows.append((name, won, found.profit, found.lower, found.upper, found.probability))
    table = pd.DataFrame(
        rows, columns=["account", "customers", "profit", "lower", "upper", "breaks_even"]
    )
    return table.astype({"customers": np.float64})
