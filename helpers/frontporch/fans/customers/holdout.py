"""A forecast of purchases beside what came: estimated on a first part, counted on the rest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .bg_nbd import NAME
from .estimate import CustomerEstimate, fit_customers
from .orders import customers_from_orders


@dataclass(frozen=True, eq=False)
class HoldOut:
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
        table = kept.groupby("group").agg(
            customers=("counted", "size"), expected=("expected", "mean"),
            counted=("counted", "mean"), last_rate=("last_rate", "mean"),
        ).reset_index(names="frequency")  # fmt: skip
        table["frequency"] = [
            f"{int(k)} or more" if k == most else f"{int(k)}" for k in table["frequency"]
        ]
        return table

    @property
    def totals(self) -> pd.Series:
        """Purchases of all customers in the second part: expected, counted, last rate."""
        rate = self.weeks * self.customers["frequency"] / self.customers["age"]
        return pd.Series({
            "expected": self.customers["expected"].sum(),
            "counted": float(self.customers["counted"].sum()), "last rate": rate.sum(),
        })  # fmt: skip


def hold_out(
    orders: pd.DataFrame,
    until: object,
    *,
    model: str = NAME,
    customer: str = "customer",
    time: str = "ordered_at",
    by: str = "D",
) -> HoldOut:
    """Estimate on the orders up to a moment, and compare with what came after it.

    Parameters
    ----------
    orders : pandas.DataFrame
        One row an order.
    until : datetime-like or float
        End of the first part; what comes later is only counted.
    model : str
        "BG/NBD" or "Pareto/NBD".
    customer, time : str
        Columns of the customer and of the moment: a datetime, or weeks as a number.
    by : str
        Orders of one customer within one such period are one purchase, as of
        `customers_from_orders`.

    Returns
    -------
    HoldOut

    Raises
    ------
    ValueError
        If there is no order after `until`, or the first part cannot be estimated.
    """
    first = customers_from_orders(orders, until, customer=customer, time=time, by=by)
    whole = customers_from_orders(orders, customer=customer, time=time, by=by)
    matched = whole.set_index(customer).loc[first[customer]]
    weeks = float((matched["age"].to_numpy() - first["age"].to_numpy()).max())
    if weeks <= 0:
        raise ValueError(f"no order comes after {until}: there is nothing to compare with.")
    bought = fit_customers(first, model)
    table = first.assign(
        expected=bought.expected_purchases(weeks),
        counted=matched["frequency"].to_numpy() - first["frequency"].to_numpy(),
    )
    return HoldOut(bought, table, weeks)
