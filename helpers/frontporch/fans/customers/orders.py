"""From single orders to a customers table, and orders drawn from a model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Unpack

import numpy as np
import pandas as pd

from ...citing import cited, cited_file
from ...counting import bincount
from ...names import pick
from ...stats.durations import same_times
from ...streams import Seed, generator
from ...tables import Contract, Reading, TableError
from ...tables.cells import as_numbers
from ...tables.checking import typed
from ...tables.faults import Findings
from ...tables.noticed import KEPT, Notes
from ...tables.reader import on_desk
from ...tables.reading import Options
from ...tables.sheet import Sheet
from ...tables.usual import proposed
from . import gamma_gamma
from .estimate import model_of
from .model import PurchaseModel

WEEK = pd.Timedelta(weeks=1)
SAME = 1e-9
"""Share of all that a receipt adds and takes below which it comes to nothing."""
MOST_WEEKS = 10_000
"""Numbers from here on are no weeks: they count seconds or days since some moment."""


@cited_file
def rfm_summary(
    orders: pd.DataFrame | str | Path,
    until: Any = None,
    *,
    customer: str = "customer",
    time: str = "ordered_at",
    value: str | None = None,
    by: str = "D",
    returns: str = "keep",
    **reading: Unpack[Options],
) -> pd.DataFrame:
    """Sum up orders by recency, frequency and money, customer by customer, up to a moment.

    Parameters
    ----------
    orders : pandas.DataFrame, str or pathlib.Path
        A table, or a file of one: the `orders` contract, one row an order, or a line of a
        receipt. Its moments may also be weeks as numbers. Rows of one customer with the same
        `receipt` are one order, whose value is their sum.
    until : datetime-like or float, optional
        End of the observation; by default the last order. Later orders are left for a hold-out.
    customer, time : str
        Columns of the customer and of the moment; `time` also where the contract calls it so.
    value : str, optional
        Column of the order's value; without it there is no `mean_spend`.
    by : str
        Orders of one customer within one such period are one purchase: "D" for a day, "h" for an
        hour, or "" for none. Only of datetimes.
    returns : {"keep", "undo"}
        What a value below 0 does to an earlier order of the same customer and value: the order
        stays a purchase, or is taken out with its return.
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
    if returns not in ("keep", "undo"):
        raise ValueError(f"returns is {returns!r}, but must be 'keep' or 'undo'.")
    options = Reading.of(reading)
    called = {"customer": customer, "time": time, "value": value}
    kept, notes = _purchases(orders, called, returns, options)
    dated = pd.api.types.is_datetime64_any_dtype(kept["time"])
    end = _end(kept["time"], until, dated)
    if dated:
        zone = options.zone or "UTC"
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
    orders: pd.DataFrame | str | Path,
    called: dict[str, str | None],
    returns: str,
    reading: Reading,
) -> tuple[pd.DataFrame, Notes]:
    """Check orders, put the rows of a receipt together, and name returns and value 0."""
    contract = Contract.load("orders")
    sheet, desk = on_desk(orders, contract, "orders", reading)
    told = _told(sheet, called, reading, desk.findings)
    valued = called["value"] is not None
    if not valued:
        _note_unused_value(sheet, told, contract, desk.notes)
    some = _wanted(sheet, told, valued)
    contract = _fitted(contract, some, told, valued, reading)
    try:
        series, kept = typed(some, contract, replace(reading, columns=told), desk)
    except TableError as error:
        raise _with_all_columns(error, some, told) from None
    frame, lines = pd.DataFrame(series), sheet.lines[kept]
    if "receipt" in frame:
        frame, lines = _by_receipt(frame, lines, desk.notes)
    if not valued:
        return frame[["customer", "time"]].copy(), desk.notes

    def shown(which: np.ndarray) -> str:
        first = ", ".join(str(desk.findings.label(k)) for k in lines[which][:20].tolist())
        return f"{desk.findings.place}s {first}"

    amount = frame["value"].to_numpy(float)
    back, free = amount < 0, amount == 0
    if "emptied" in frame:
        back, free = back | frame["emptied"].to_numpy(), free & ~frame["emptied"].to_numpy()
    undone = _undone(frame) if back.any() else back
    if back.any():
        done = "goods that came back: no purchase"
        if undone.any() and returns == "keep":
            done += f'; returns="undo" also takes out the {undone.sum():,} orders that they undo'
        desk.notes.say("orders with a value below 0", int(back.sum()), done, shown(back))
    if free.any():
        done = "purchases, which leave mean_spend as it is"
        desk.notes.say("orders with a value of 0", int(free.sum()), done, shown(free))
    if returns == "undo" and undone.any():
        what, done = "orders that a return undoes", "taken out, as returns says"
        desk.notes.say(what, int(undone.sum()), done, shown(undone))
        back = back | undone
    return frame.loc[~back, ["customer", "time", "value"]].copy(), desk.notes


def _told(
    sheet: Sheet, called: dict[str, str | None], reading: Reading, findings: Findings
) -> dict[str, str]:
    """Say what columns are called, by the options and then by the arguments."""
    told = dict(reading.columns)
    for ours, theirs in called.items():
        if theirs is None or theirs == ours or ours in told.values():
            continue
        if theirs in sheet.header:
            told[theirs] = ours
        elif theirs != "ordered_at":  # what stands there where nothing is said
            findings.one(
                sheet.header_line,
                None,
                theirs,
                f"{ours}= names it, but there is no such column",
                f"There are: {', '.join(map(str, sheet.header[:20]))}.",
            )
    return told


def _with_all_columns(error: TableError, sheet: Sheet, told: dict[str, str]) -> TableError:
    """Let the options that an error proposes overrule arguments that name no column."""
    names = {one.problem.partition("=")[0] for one in error.faults if "= names it" in one.problem}
    own = {name: name for name in names if name in sheet.header}
    if not own:
        return error
    columns = {**told, **own, **error.options.get("columns", {})}
    options = {**error.options, "columns": columns}
    return TableError(error.source, error.faults, error.total, error.place, options)


def _wanted(sheet: Sheet, told: dict[str, str], valued: bool) -> Sheet:
    """Leave out columns of which nothing is asked."""
    taken = {ours for theirs, ours in told.items() if theirs in sheet.header}
    out = {"customer", "time"} & taken | ({"value"} & taken if valued else {"value"})
    places = [k for k, name in enumerate(sheet.header) if name in told or (name not in out)]
    header = [sheet.header[k] for k in places]
    return replace(sheet, header=header, columns=[sheet.columns[k] for k in places])


def _fitted(
    contract: Contract, sheet: Sheet, told: dict[str, str], valued: bool, reading: Reading
) -> Contract:
    """Take moments as weeks where they are small numbers, and a value that is asked as needed."""
    fields = contract.fields
    header = [told.get(name, name) for name in sheet.header]
    if "time" in header and not reading.times and _weeks(sheet.columns[header.index("time")]):
        fields = tuple(replace(f, type="number") if f.name == "time" else f for f in fields)
    if valued:
        needed = (("required", True),)
        fields = tuple(
            replace(f, optional=False, constraints=needed) if f.name == "value" else f
            for f in fields
        )
    else:
        fields = tuple(f for f in fields if f.name != "value")
    return replace(contract, fields=fields)


def _weeks(given: Any) -> bool:
    if isinstance(given, pd.Series):
        numbers = given if pd.api.types.is_numeric_dtype(given) else None
    else:
        numbers = as_numbers([cell for cell in given if cell])
    return numbers is not None and bool((abs(numbers) < MOST_WEEKS).all())


def _note_unused_value(
    sheet: Sheet, told: dict[str, str], contract: Contract, notes: Notes
) -> None:
    """Say that some orders are below 0, where nobody asked for their value."""
    header = [told.get(name, name) for name in sheet.header]
    theirs = next((a for a, b in proposed(header, contract).items() if b == "value"), "value")
    if theirs not in header:
        return
    given = sheet.columns[header.index(theirs)]
    if isinstance(given, pd.Series):
        numbers = given.to_numpy() if pd.api.types.is_numeric_dtype(given) else None
    else:
        numbers = as_numbers([cell for cell in given if cell])
    below = 0 if numbers is None else int((numbers < 0).sum())
    if below:
        done = f'counted as purchases; value="{theirs}" takes them as goods that came back'
        notes.say("orders with a value below 0", below, done, str(theirs))


def _by_receipt(
    frame: pd.DataFrame, lines: np.ndarray, notes: Notes
) -> tuple[pd.DataFrame, np.ndarray]:
    """Make one order of the rows of a receipt: its first moment, and the sum of its values."""
    codes, receipts = pd.factorize(frame["receipt"])
    alone = np.flatnonzero(codes < 0)
    codes[alone] = len(receipts) + np.arange(len(alone))  # a row without one is its own
    who, _ = pd.factorize(frame["customer"])
    group, first = pd.factorize(codes * (int(who.max(initial=0)) + 1) + who)
    if len(first) == len(frame):
        return frame, lines
    notes.say(
        "receipts in several rows",
        int((bincount(group) > 1).sum()),
        "one order each, at its first moment, with its values added up",
        str(frame["receipt"].iloc[int(np.argmax(bincount(group)[group] > 1))]),
    )
    at = np.flatnonzero(~pd.Series(group).duplicated().to_numpy())
    made = frame.iloc[at].reset_index(drop=True)
    made["time"] = frame["time"].groupby(group).min().reset_index(drop=True)
    if "value" in frame:
        amount = frame["value"].to_numpy(float)
        total, gross = bincount(group, amount), bincount(group, abs(amount))
        gone = abs(total) <= SAME * gross
        made["value"] = np.where(gone, 0.0, total)
        made["emptied"] = gone & (gross > 0)
    return made, lines[at]


def _undone(frame: pd.DataFrame) -> np.ndarray:
    """Say which orders a later return of the same customer and value undoes, each return one."""
    amount = frame["value"].to_numpy(float)
    undone = np.zeros(len(frame), dtype=bool)
    at = np.flatnonzero(frame["customer"].isin(frame["customer"][amount < 0]).to_numpy())
    some = frame.iloc[at]
    at = at[some["time"].argsort(kind="stable").to_numpy()]
    bought: dict[tuple[str, float], list[int]] = {}
    who = frame["customer"].tolist()
    for k in at.tolist():
        key = who[k], round(abs(float(amount[k])), 6)
        if amount[k] > 0:
            bought.setdefault(key, []).append(k)
        elif amount[k] < 0 and bought.get(key):
            undone[bought[key].pop()] = True
    return undone


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


@cited
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
    alive = np.flatnonzero(last > 0)
    moment, bought = begun[alive], 0
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
