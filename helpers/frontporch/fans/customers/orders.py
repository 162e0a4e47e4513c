"""From single orders to a customers table, and orders drawn from a model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Unpack

import numpy as np
import pandas as pd

from ...names import pick
from ...stats.durations import same_times
from ...streams import Seed, generator
from ...tables import Contract, check
from ...tables.noticed import KEPT, Notes
from ...tables.reading import Options
from . import gamma_gamma
from .estimate import model_of
from .model import PurchaseModel

WEEK = pd.Timedelta(weeks=1)
MOST_WEEKS = 10_000
"""Numbers from here on are no weeks: they count seconds or days since some moment."""


def rfm_summary(
    orders: pd.DataFrame,
    until: Any = None,
    *,
    customer: str = "customer",
    time: str = "ordered_at",
    value: str | None = None,
    by: str = "D",
    **reading: Unpack[Options],
) -> pd.DataFrame:
    """Sum up orders by recency, frequency and money, customer by customer, up to a moment.

    Parameters
    ----------
    orders : pandas.DataFrame
        The `orders` contract: one row an order, or a line of a receipt. Its moments may also
        be weeks as numbers.
    until : datetime-like or float, optional
        End of the observation; by default the last order. Later orders are left for a hold-out.
    customer, time : str
        Columns of the customer and of the moment; `time` also where the contract calls it so.
    value : str, optional
        Column of the order's value; without it there is no `mean_spend`.
    by : str
        Orders of one customer within one such period are one purchase: "D" for a day, "h" for an
        hour, or "" for none. Only of datetimes.
    **reading
        Options as in `tables.read`, such as `times`; `zone` also says whose days are counted,
        where times have an offset: UTC's where it is not named.

    Returns
    -------
    pandas.DataFrame
        The `customers` contract, and the customer. Customers whose first order comes at the end
        of the observation, or later, are left out: they were not observed. `tables.noticed`
        names what was special: a purchase of value 0 counts, but not for `mean_spend`; a value
        below 0 is goods that came back, and no purchase.

    Raises
    ------
    TableError
        If a column is missing, or a cell is wrong.
    ValueError
        If no order comes before the end.

    Notes
    -----
    Fader & Hardie keep purchases of value 0 in CDNOW's counts of purchases. Source: Fader &
    Hardie (2013), "The Gamma-Gamma Model of Monetary Value", brucehardie.com/notes/025.

    Examples
    --------
    >>> orders = pd.DataFrame({"customer": [1, 1, 2], "ordered_at": [0.0, 3.0, 1.0],
    ...                        "value": [20.0, 10.0, 5.0]})
    >>> rfm_summary(orders, until=9.0, value="value")
      customer  frequency  recency  age  mean_spend
    0        1          1      3.0  9.0        10.0
    1        2          0      0.0  8.0         NaN
    """
    if time == "ordered_at" and time not in orders.columns and "time" in orders.columns:
        time = "time"
    kept, notes = _purchases(orders, {customer: "customer", time: "time"}, value, reading)
    dated = pd.api.types.is_datetime64_any_dtype(kept["time"])
    end = _end(kept["time"], until, dated)
    if dated:
        zone = reading.get("zone") or "UTC"
        kept, end = _of_zone(kept, zone), _plain_end(end, zone)
        if by:
            kept["time"] = kept["time"].dt.floor(by)
            end = kept["time"].max() if until is None else end
    else:
        # Moments that differ by rounding are one, as everywhere where times are compared.
        kept["time"] = same_times(kept["time"].to_numpy(float))[0]
        end = _end(kept["time"], until, dated)
    kept = kept[kept["time"] <= end]
    table = _summed(kept, end, WEEK if dated else 1.0, customer, value is not None)
    if not len(table):
        raise ValueError(f"no customer's first order comes before the end, {end}.")
    table.attrs[KEPT] = tuple(notes)
    return table


def _purchases(
    orders: pd.DataFrame, columns: dict[str, str], value: str | None, reading: Options
) -> tuple[pd.DataFrame, Notes]:
    """Check orders, and name returns and purchases of value 0."""
    contract = Contract.load("orders")
    (theirs,) = (name for name, ours in columns.items() if ours == "time")
    weeks = theirs in orders and pd.api.types.is_numeric_dtype(orders[theirs])
    if weeks and not reading.get("times") and (orders[theirs].abs() < MOST_WEEKS).all():
        fields = tuple(
            replace(one, type="number") if one.name == "time" else one for one in contract.fields
        )
        contract = replace(contract, fields=fields)
    columns = {a: b for a, b in columns.items() if a != b}
    if value is not None:
        columns |= {value: "value"} if value != "value" else {}
        contract = replace(
            contract,
            fields=tuple(
                replace(one, optional=False, constraints=(("required", True),))
                if one.name == "value"
                else one
                for one in contract.fields
            ),
        )
    wanted = [*(a for a in columns if a in orders), "customer", "time", "value"]
    some = orders[[name for name in dict.fromkeys(wanted) if name in orders]]
    if value is None:
        some = some.drop(columns="value", errors="ignore")
    told: Options = {**reading, "columns": {**columns, **reading.get("columns", {})}}
    checked = check(some, contract, "orders", **told)
    notes = Notes(checked.attrs.get(KEPT, ()))
    if value is None:
        return checked[["customer", "time"]].copy(), notes
    back, free = checked["value"] < 0, checked["value"] == 0
    for which, what, done in (
        (back, "orders with a value below 0", "goods that came back: no purchase"),
        (free, "orders with a value of 0", "purchases, which leave mean_spend as it is"),
    ):
        if which.any():
            rows = ", ".join(map(str, checked.index[which][:20]))
            notes.say(what, int(which.sum()), done, f"rows {rows}")
    return checked.loc[~back, ["customer", "time", "value"]].copy(), notes


def _end(times: pd.Series, until: Any, dated: bool) -> Any:
    if until is None:
        return times.max()
    return pd.Timestamp(until) if dated else float(until)


def _of_zone(kept: pd.DataFrame, zone: str) -> pd.DataFrame:
    """Give moments as the clocks of a zone show them."""
    if kept["time"].dt.tz is None:
        return kept
    return kept.assign(time=kept["time"].dt.tz_convert(zone).dt.tz_localize(None))


def _plain_end(end: pd.Timestamp, zone: str) -> pd.Timestamp:
    return end if end.tz is None else end.tz_convert(zone).tz_localize(None)


def _summed(kept: pd.DataFrame, end: Any, scale: Any, called: str, valued: bool) -> pd.DataFrame:
    """Give recency, frequency, age and mean value of each customer."""
    spent = ("value", "sum") if valued else ("time", "size")
    moments = kept.groupby(["customer", "time"], sort=True).agg(spent=spent).reset_index()
    first = moments.groupby("customer")["time"].transform("min")
    moments["later"] = moments["time"] > first
    made = moments.groupby("customer", sort=True).agg(
        first=("time", "min"), last=("time", "max"), frequency=("later", "sum")
    )
    table = pd.DataFrame(
        {
            called: made.index.astype(str),
            "frequency": made["frequency"].to_numpy(np.int64),
            "recency": ((made["last"] - made["first"]) / scale).to_numpy(float),
            "age": ((end - made["first"]) / scale).to_numpy(float),
        }
    )
    if valued:
        paid = moments[moments["later"] & (moments["spent"] > 0)]
        again = paid.groupby("customer")["spent"].mean()
        table["mean_spend"] = again.reindex(made.index).to_numpy(float)
    return table[table["age"] > 0].reset_index(drop=True)


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
