"""A funnel drawn: people, their orders and the contacts with them, as tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...elementary import exp, log
from ...rounding import whole
from ...streams import Seed, generator
from .conversion import conversions

if TYPE_CHECKING:
    from .funnel import Funnel


@dataclass(frozen=True, eq=False)
class FunnelLog:
    """What a shop's books would hold, drawn from a model. Synthetic.

    Parameters
    ----------
    people : pandas.DataFrame
        One row a person: `person`, `invited`, `arrived`, `fan`, `became_fan`, `customer`,
        `first_bought`, `purchases`, `spend`, `contacts`, `hours`. Times in weeks.
    orders : pandas.DataFrame
        One row an order: `order`, `person`, `ordered_at`, `value`.
    contacts : pandas.DataFrame
        One row a contact: `contact`, `person`, `at`, `minutes`.
    funnel : Funnel
        The assumptions.
    """

    people: pd.DataFrame
    orders: pd.DataFrame
    contacts: pd.DataFrame
    funnel: Funnel

    def weekly(self) -> pd.DataFrame:
        """Sum up, from the start to the end of each week.

        Returns
        -------
        pandas.DataFrame
            `week`, `strangers`, `fans`, `customers`, `purchases`, `spend`, `hours`, `profit`
            (goods, work and the page's other cost taken off).
        """
        week = np.arange(1, whole(self.funnel.weeks) + 1)
        until = np.append(0.0, week)

        def so_far(at: pd.Series, worth: pd.Series | None = None) -> NDArray[np.float64]:
            known = at.notna().to_numpy()
            times = at.to_numpy(dtype=float, na_value=np.nan)[known]
            weights = None if worth is None else worth.to_numpy(float)[known]
            return np.histogram(times, until, weights=weights)[0].cumsum()

        table = pd.DataFrame({
            "week": week, "strangers": so_far(self.people["arrived"]),
            "fans": so_far(self.people["became_fan"]),
            "customers": so_far(self.people["first_bought"]),
            "purchases": so_far(self.orders["ordered_at"]),
            "spend": so_far(self.orders["ordered_at"], self.orders["value"]),
            "hours": so_far(self.contacts["at"], self.contacts["minutes"]) / 60,
        })  # fmt: skip
        paid = table["hours"] * self.funnel.wage + self.funnel.page * week
        return table.assign(profit=table["spend"] * self.funnel.margin - paid)

    def conversions(self, within: float = 12.0, *, level: float = 0.95) -> pd.DataFrame:
        """Count each step of the funnel; see `returns.conversions`."""
        return conversions(self.people, within, until=self.funnel.weeks, level=level)


def draw_log(funnel: Funnel, seed: Seed) -> FunnelLog:
    """Draw people, orders and contacts.

    Only uniform numbers are drawn and turned over by inverse functions, and what is kept is
    rounded, so that the tables are the same on every machine and with every version of numpy.
    """
    from scipy.special import gammaincinv, ndtri

    rng = generator(seed)
    arrived = _events(np.array([funnel.arrivals]), np.zeros(1), np.array([funnel.weeks]), rng)[1]
    arrived = np.sort(_kept(arrived))
    n = len(arrived)
    z = gammaincinv(funnel.liking, rng.random(n)) / funnel.liking
    invited = rng.random(n) < funnel.invited
    ends = np.minimum(arrived + _waits(np.full(n, funnel.leave), rng), funnel.weeks)
    join = funnel.joins * np.where(invited, funnel.invite_ratio, 1.0) * z
    joined = _kept(arrived + _waits(join, rng))
    fan = joined < ends
    turns = np.where(fan, joined, ends)
    before = _events(funnel.buys * z, arrived, turns, rng)
    after = _events(funnel.buys * funnel.fan_effect * z, turns, ends, rng)
    spoken = _events(np.full(n, funnel.contacts), turns, ends, rng)

    person, at = (np.concatenate(pair) for pair in zip(before, after, strict=True))
    logs = funnel.spend_spread * ndtri(1 - rng.random(len(at))) - funnel.spend_spread**2 / 2
    orders = _listed("order", person, "ordered_at", at, value=np.round(funnel.spend * exp(logs), 2))
    contacts = _listed("contact", *spoken[:1], "at", spoken[1], minutes=funnel.minutes)

    bought = orders.groupby("person")
    people = pd.DataFrame({
        "person": np.arange(1, n + 1), "invited": invited, "arrived": arrived, "fan": fan,
        "became_fan": np.where(fan, joined, np.nan),
    }).set_index("person")  # fmt: skip
    people["first_bought"] = bought["ordered_at"].min()
    people.insert(4, "customer", people["first_bought"].notna())
    people["purchases"] = bought.size().reindex(people.index, fill_value=0)
    people["spend"] = bought["value"].sum().reindex(people.index, fill_value=0.0).round(2)
    counted = contacts.groupby("person").size().reindex(people.index, fill_value=0)
    people["contacts"] = counted
    people["hours"] = (counted * funnel.minutes / 60).round(3)
    return FunnelLog(people.reset_index(), orders, contacts, funnel)


def _listed(number: str, who: NDArray, time: str, at: NDArray, **more: object) -> pd.DataFrame:
    """Events in the order of time, numbered from 1, as people are."""
    table = pd.DataFrame({"person": who + 1, time: _kept(at), **more})
    table = table.sort_values([time, "person"], kind="stable", ignore_index=True)
    table.insert(0, number, np.arange(1, len(table) + 1))
    return table


def _events(
    rate: NDArray[np.float64], start: NDArray[np.float64], end: NDArray[np.float64],
    rng: np.random.Generator,
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:  # fmt: skip
    """Events of many Poisson processes: whose, and when."""
    who, at = [np.empty(0, np.int64)], [np.empty(0)]
    alive, moment = np.arange(len(rate)), start.astype(float)
    while len(alive):
        moment = moment + _waits(rate[alive], rng)
        here = moment < end[alive]
        alive, moment = alive[here], moment[here]
        who.append(alive)
        at.append(moment)
    return np.concatenate(who), np.concatenate(at)


def _waits(rate: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """Exponential waiting times; without end where the rate is 0."""
    with np.errstate(divide="ignore"):
        return -log(1 - rng.random(len(rate))) / rate


def _kept(at: NDArray[np.float64]) -> NDArray[np.float64]:
    """Times as the tables hold them: cut to a thousandth of a week, some ten minutes."""
    return np.floor(at * 1000) / 1000
