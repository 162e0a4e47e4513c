"""What a customer is worth: purchases to come, times spend, times margin, discounted."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .estimate import CustomerEstimate
from .gamma_gamma import SpendEstimate

WEEKS_A_YEAR = 365.25 / 7


def lifetime_value(
    bought: CustomerEstimate,
    spent: SpendEstimate,
    customers: pd.DataFrame,
    *,
    margin: float,
    discount: float = 0.10,
    weeks: float = 156.0,
) -> NDArray[np.float64]:
    """Value of the coming purchases of each customer, today.

    Parameters
    ----------
    bought : CustomerEstimate
        How the customers buy and leave.
    spent : SpendEstimate
        What they spend at a purchase.
    customers : pandas.DataFrame
        The table from which both were estimated.
    margin : float
        Share of the spend that is left after the goods are paid, above 0 and up to 1.
    discount : float
        Rate per year at which money to come is worth less, from 0 up.
    weeks : float
        How far to look; what comes later is not counted.

    Returns
    -------
    numpy.ndarray of float, shape (customers,)
        In the currency of the table, in its order.

    Raises
    ------
    ValueError
        If a share or a rate is out of range, or the table is another one.

    Notes
    -----
    Purchases to come, week by week, times the spend to be expected, times the margin, divided
    by the discount of that week. Source: Fader, Hardie & Lee (2005), Journal of Marketing
    Research 42(4), with a horizon in place of infinity.
    """
    if len(customers) != bought.buyers.customers:
        raise ValueError(
            f"the table has {len(customers)} customers, but the estimate stands on "
            f"{bought.buyers.customers}: give the table from which it was made."
        )
    each = spent.expected(customers["frequency"], customers["mean_spend"])
    return discounted_purchases(bought, discount=discount, weeks=weeks) * each * _share(margin)


def discounted_purchases(
    bought: CustomerEstimate, *, discount: float = 0.10, weeks: float = 156.0
) -> NDArray[np.float64]:
    """Purchases to come of each customer, those of later weeks counted for less.

    Parameters
    ----------
    bought : CustomerEstimate
        How the customers buy and leave.
    discount : float
        Rate per year, from 0 up.
    weeks : float
        How far to look.

    Returns
    -------
    numpy.ndarray of float, shape (customers,)
    """
    if not (np.isfinite(discount) and discount >= 0):
        raise ValueError(f"discount is {discount}, but a rate per year from 0 up is needed.")
    edges = np.unique(np.append(np.arange(0.0, weeks, 4.0), weeks))
    ahead = np.array([bought.expected_purchases(edge) for edge in edges])
    middle = (edges[1:] + edges[:-1]) / 2
    worth = (1 + discount) ** (-middle / WEEKS_A_YEAR)
    return worth @ np.diff(ahead, axis=0)


def value_of_a_new_customer(
    bought: CustomerEstimate,
    spend: float,
    *,
    margin: float,
    discount: float = 0.10,
    weeks: float = 156.0,
) -> tuple[float, float, float]:
    """Value today of somebody who has just bought for the first time, with its interval.

    Parameters
    ----------
    bought : CustomerEstimate
        How customers buy and leave.
    spend : float
        Mean spend per purchase, taken as known.
    margin : float
        Share of the spend that is left, above 0 and up to 1.
    discount : float
        Rate per year.
    weeks : float
        How far to look.

    Returns
    -------
    value, lower, upper : float
        In the currency of `spend`; repeat purchases only. The interval is that of the
        purchases.
    """
    _share(margin)
    edges = np.unique(np.append(np.arange(0.0, weeks, 4.0), weeks))
    worth = (1 + discount) ** (-(edges[1:] + edges[:-1]) / 2 / WEEKS_A_YEAR)

    def value(parameters: NDArray[np.float64]) -> float:
        made = np.diff(bought.law.mean_purchases(parameters, edges))
        return float(worth @ made) * spend * margin

    return tuple(float(one[0]) for one in bought.interval(value))


def _share(margin: float) -> float:
    if not 0 < margin <= 1:
        raise ValueError(f"margin is {margin}, but a share above 0 and up to 1 is needed: 0.4.")
    return margin
