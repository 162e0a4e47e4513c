"""What a customer is worth: purchases to come, times spend, times margin, discounted."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..columns import need
from .estimate import CustomerEstimate, check_margin
from .gamma_gamma import SpendEstimate


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
        Whom to value: the `customers` contract with `mean_spend`, in any order, also of customers
        who were not in the estimates.
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
        If a share or a rate is out of range, or a spend to be expected is infinite.

    Notes
    -----
    Purchases to come, week by week, times the spend to be expected, times the margin, divided
    by the discount of that week. Source: Fader, Hardie & Lee (2005), Journal of Marketing
    Research 42(4), with a horizon in place of infinity.
    """
    need(customers, ["frequency", "mean_spend"], "the customers have")
    each = spent.expected(customers["frequency"], customers["mean_spend"])
    if not np.isfinite(each).all():
        row = int(np.flatnonzero(~np.isfinite(each))[0]) + 1
        raise ValueError(
            f"row {row}: the spend to be expected is infinite, because q of the spends is at most "
            "1. Multiply `bought.discounted_purchases(customers=...)` by a spend of your own."
        )
    ahead = bought.discounted_purchases(discount=discount, weeks=weeks, customers=customers)
    return ahead * each * check_margin(margin)
