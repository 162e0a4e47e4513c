"""From single orders to a customers table, and orders drawn from a model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from ...names import pick
from ...stats.durations import same_times
from ...streams import Seed, generator
from ..columns import need
from . import gamma_gamma
from .estimate import model_of
from .model import PurchaseModel

WEEK = pd.Timedelta(weeks=1)


def rfm_summary(
    orders: pd.DataFrame,
    until: Any = None,
    *,
    customer: str = "customer",
    time: str = "ordered_at",
    value: str | None = None,
    by: str = "D",
) -> pd.DataFrame:
    """Sum up orders by recency, frequency and money, customer by customer, up to a moment.

    Parameters
    ----------
    orders : pandas.DataFrame
        One row an order.
    until : datetime-like or float, optional
        End of the observation; by default the last order. Later orders are left for a hold-out.
    customer, time : str
        Columns of the customer and of the moment: a datetime, or weeks as a number.
    value : str, optional
        Column of the order's value; without it there is no `mean_spend`.
    by : str
        Orders of one customer within one such period are one purchase: "D" for a day, "h" for an
        hour, or "" for none. Only of datetimes.

    Returns
    -------
    pandas.DataFrame
        The `customers` contract, and the customer. Customers whose first order comes at the end
        of the observation, or later, are left out: they were not observed.

    Raises
    ------
    ValueError
        If a column is missing or has a missing value, or no order comes before the end.

    Examples
    --------
    >>> orders = pd.DataFrame({"customer": [1, 1, 2], "ordered_at": [0.0, 3.0, 1.0],
    ...                        "value": [20.0, 10.0, 5.0]})
    >>> rfm_summary(orders, until=9.0, value="value")
      customer  frequency  recency  age  mean_spend
    0        1          1      3.0  9.0        10.0
    1        2          0      0.0  8.0         NaN
    """
    wanted = [customer, time] + ([value] if value else [])
    need(orders, wanted, "the orders have", "order")
    if value and not (orders[value].to_numpy(float) > 0).all():
        row = int(np.flatnonzero(~(orders[value].to_numpy(float) > 0))[0])
        raise ValueError(
            f"row {row + 1}: {value} is {orders[value].iloc[row]}: a purchase has a value above 0; "
            "leave returned goods out."
        )
    kept = orders[wanted].copy()
    dated = pd.api.types.is_datetime64_any_dtype(kept[time])
    if dated and by:
        kept[time] = kept[time].dt.floor(by)
    if not dated:
        # Moments that differ by rounding are one, as everywhere where times are compared.
        kept[time] = same_times(kept[time].to_numpy(float))[0]
    end = kept[time].max() if until is None else (pd.Timestamp(until) if dated else float(until))
    kept = kept[kept[time] <= end]
    totals = {"spent": (value, "sum")} if value else {"spent": (time, "size")}
    moments = kept.groupby([customer, time], sort=True).agg(**totals).reset_index()
    first = moments.groupby(customer)[time].transform("min")
    moments["later"] = moments[time] > first
    made = moments.groupby(customer, sort=True).agg(
        first=(time, "min"), last=(time, "max"), frequency=("later", "sum")
    )
    scale = WEEK if dated else 1.0
    table = pd.DataFrame(
        {
            customer: made.index.astype(str),
            "frequency": made["frequency"].to_numpy(np.int64),
            "recency": ((made["last"] - made["first"]) / scale).to_numpy(float),
            "age": ((end - made["first"]) / scale).to_numpy(float),
        }
    )
    if value:
        again = moments[moments["later"]].groupby(customer)["spent"].mean()
        table["mean_spend"] = again.reindex(made.index).to_numpy(float)
    table = table[table["age"] > 0].reset_index(drop=True)
    if not len(table):
        raise ValueError(f"no customer's first order comes before the end, {end}.")
    return table


def simulate_orders(
    parameters: Mapping[str, float],
    customers: int,
    weeks: float,
    seed: Seed,
    *,
    model: str | PurchaseModel = "bg_nbd",
    spend: Mapping[str, float] | None = None,
    arrivals: float = 0.0,
) -> pd.DataFrame:
    """Draw the orders of customers who buy and leave as a model says.

    Parameters
    ----------
    parameters : mapping of str to float
        The model's parameters, times in weeks.
    customers : int
        How many.
    weeks : float
        How long the shop is observed.
    seed : int or numpy.random.Generator
        Where randomness comes from.
    model : str or PurchaseModel
        As of `fit_customers`.
    spend : mapping of str to float, optional
        p, q and v of Gamma-Gamma; without it every order has the value 1.
    arrivals : float
        First purchases are spread evenly over so many weeks from the start.

    Returns
    -------
    pandas.DataFrame
        `customer`, `ordered_at` (weeks), `value`; in the order of time.

    Raises
    ------
    UnknownName
        If there is no such model or parameter; the message names the nearest.
    ValueError
        If a parameter is not above 0, or the arrivals go on beyond the end.

    Examples
    --------
    >>> orders = simulate_orders({"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}, 100, 39, 7)
    >>> orders["customer"].nunique()
    100
    """
    law, rng = model_of(model), generator(seed)
    values = _values(parameters, law.parameters)
    if not 0 <= arrivals < weeks:
        raise ValueError(f"arrivals is {arrivals}, but must be from 0 to less than {weeks} weeks.")
    rate, life, last = law.last_purchases(values, customers, rng)
    begun = rng.uniform(0, arrivals, customers) if arrivals else np.zeros(customers)
    who, at = [np.arange(customers)], [begun]
    alive, moment, bought = np.arange(customers), begun.copy(), 0
    while len(alive):
        moment = moment + rng.exponential(1 / np.maximum(rate[alive], 1e-300))
        here = (moment <= weeks) & (moment - begun[alive] <= life[alive])
        alive, moment, bought = alive[here], moment[here], bought + 1
        who.append(alive)
        at.append(moment)
        stays = bought < last[alive]
        alive, moment = alive[stays], moment[stays]
    buyer, time = np.concatenate(who), np.concatenate(at)
    value = np.ones(len(buyer))
    if spend is not None:
        of = _values(spend, gamma_gamma.PARAMETERS)
        means = gamma_gamma.draw_means(of, customers, rng)
        value = gamma_gamma.draw_spends(of, means[buyer], rng)
    order = np.lexsort((buyer, time))
    return pd.DataFrame(
        {"customer": buyer[order], "ordered_at": time[order], "value": value[order]}
    )


def _values(given: Mapping[str, float], names: tuple[str, ...]) -> list[float]:
    for name in given:
        pick(name, names, "parameter")
    missing = [name for name in names if name not in given]
    if missing:
        raise ValueError(f"{' and '.join(missing)} is missing: give {', '.join(names)}.")
    for name in names:
        if not given[name] > 0:
            raise ValueError(f"{name} is {given[name]}, but a number above 0 is needed.")
    return [float(given[name]) for name in names]
