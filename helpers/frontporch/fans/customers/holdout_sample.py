"""A forecast of purchases beside what came: estimated on a first part, counted on the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from ...citing import cited
from ...result import Result
from .estimate import CustomerEstimate, fit_customers
from .model import PurchaseModel
from .orders import rfm_summary


@dataclass(frozen=True, eq=False)
class Holdout(Result):
    """Purchases expected and counted after the end of the observation.

    Parameters
    ----------
    bought : CustomerEstimate
        Estimated on the first part alone.
    customers : pandas.DataFrame
        The `customers` contract of the first part, with `expected` and `counted` purchases of
        the second.
    weeks : float
        Length of the second part.
    """

    bought: CustomerEstimate
    customers: pd.DataFrame
    weeks: float

    PICTURES: ClassVar[dict[str, str]] = {
        "holdout": "frontporch.fans.customers.pictures:plot_holdout"
    }

    def summary(self, most: int = 7) -> pd.DataFrame:
        """Show expected and counted purchases by repeat purchases in the first part.

        Parameters
        ----------
        most : int
            Customers with so many repeat purchases, or more, are one row.

        Returns
        -------
        pandas.DataFrame
            Columns `frequency` (text), `customers`, `expected`, `counted` (means per customer),
            `last_rate` (what the rate so far, carried on, would give).
        """
        kept = self.customers.assign(
            last_rate=self.weeks * self.customers["frequency"] / self.customers["age"],
            group=np.minimum(self.customers["frequency"], most),
        )
        groups = kept.groupby("group")
        table = groups[["expected", "counted", "last_rate"]].mean()
        table.insert(0, "customers", groups.size())
        table = table.reset_index(names="frequency")
        table["frequency"] = [
            f"{int(k)} or more" if k == most else f"{int(k)}" for k in table["frequency"]
        ]
        return table

    @property
    def totals(self) -> pd.Series:
        """Purchases of all customers in the second part: expected, counted, last rate."""
        rate = self.weeks * self.customers["frequency"] / self.customers["age"]
        return pd.Series(
            {
                "expected": self.customers["expected"].sum(),
                "counted": float(self.customers["counted"].sum()),
                "last rate": rate.sum(),
            }
        )


@cited
def holdout(
    orders: pd.DataFrame,
    until: Any,
    *,
    model: str | PurchaseModel = "bg_nbd",
    customer: str = "customer",
    time: str = "ordered_at",
    by: str = "D",
) -> Holdout:
    """Estimate on the orders up to a moment, and compare with what came after it.

    Parameters
    ----------
    orders : pandas.DataFrame
        One row an order.
    until : datetime-like or float
        End of the first part; what comes later is only counted.
    model : str or PurchaseModel
        As of `fit_customers`.
    customer, time : str
        Columns of the customer and of the moment: a datetime, or weeks as a number.
    by : str
        Orders of one customer within one such period are one purchase, as of
        `rfm_summary`.

    Returns
    -------
    Holdout

    Raises
    ------
    ValueError
        If there is no order after `until`, or the first part cannot be estimated.
    """
    first = rfm_summary(orders, until, customer=customer, time=time, by=by)
    whole = rfm_summary(orders, customer=customer, time=time, by=by)
    matched = whole.set_index(customer).loc[first[customer]]
    weeks = float((matched["age"].to_numpy() - first["age"].to_numpy()).max())
    if weeks <= 0:
        raise ValueError(f"no order comes after {until}: there is nothing to compare with.")
    bought = fit_customers(first, model)
    table = first.assign(
        expected=bought.expected_purchases(weeks),
        counted=matched["frequency"].to_numpy() - first["frequency"].to_numpy(),
    )
    return Holdout(bought, table, weeks)
