"""What a customer is worth who is won: the first purchase, and those that come after it."""

from __future__ import annotations

from ..customers.estimate import CustomerEstimate
from .quantity import Quantity, measured


def worth_of_a_customer(
    bought: CustomerEstimate,
    spend: float,
    *,
    margin: float = 0.4,
    discount: float = 0.10,
    weeks: float = 156.0,
) -> Quantity:
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
    later = bought.value_of_a_new_customer(spend, margin=margin, discount=discount, weeks=weeks)
    first = spend * margin
    value, lower, upper = (first + one for one in later)
    return measured(value, lower, upper, law="log", source="purchases", level=bought.level)
