"""From stranger to fan to customer to profit, week by week, from assumed rates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ...elementary import exp, log
from ...rounding import whole
from ...streams import Seed, generator
from .assumptions import Assumptions, assumed
from .conversion import conversions
from .shares import Shares

NODES = 48  # of the quadrature over how people like the brand


@dataclass(frozen=True)
class Funnel(Assumptions):
    """How strangers become fans and customers of one shop, and what that brings.

    A person arrives, likes the brand more or less, and as long as the interest lasts may join
    the page and may buy; both the sooner, the more the brand is liked. To be a fan changes the
    rate of buying by `fan_effect`, which is 1 by default: in that world fans buy more only
    because whoever likes the brand does both.

    Parameters
    ----------
    arrivals : float
        Strangers per week.
    weeks : float
        Length of the observation.
    liking : float
        Shape of the gamma distribution (mean 1) of how people like the brand; the smaller, the
        more they differ.
    leave : float
        Rate per week at which the interest ends.
    joins : float
        Rate per week of joining the page, at a liking of 1.
    invited : float
        Share of strangers whom a coin gives an invitation to the page.
    invite_ratio : float
        How many times faster the invited join.
    buys : float
        Purchases per week, at a liking of 1.
    fan_effect : float
        How many times more a fan buys because of being one.
    spend, spend_spread : float
        Mean spend at a purchase, and standard deviation of its logarithm.
    margin : float
        Share of the spend that is left after the goods are paid.
    contacts : float
        Contacts per week with a fan whose interest lasts.
    minutes : float
        Work for one contact.
    wage : float
        Money per hour of work.
    page : float
        Other cost of the page, money per week.

    Notes
    -----
    All numbers are assumptions. Gamma rates that end after an exponential time are those of
    Schmittlein, Morrison & Colombo (1987), Management Science 33(1), with one rate of leaving.
    """

    arrivals: float = assumed(60.0, "people per week", ends="()")
    weeks: float = assumed(52.0, "weeks", ends="()")
    liking: float = assumed(1.0, "shape", 0.1, ends="[)")
    leave: float = assumed(0.05, "per week", ends="()")
    joins: float = assumed(0.012, "per week")
    invited: float = assumed(0.5, "share", 0.0, 1.0, ends="[]")
    invite_ratio: float = assumed(5.0, "times", ends="()")
    buys: float = assumed(0.05, "purchases per week")
    fan_effect: float = assumed(1.0, "times")
    spend: float = assumed(24.0, "dollars per purchase", ends="()")
    spend_spread: float = assumed(0.5, "standard deviation of the logarithm", 0.0, 2.0, ends="[]")
    margin: float = assumed(0.4, "share", 0.0, 1.0, ends="(]")
    contacts: float = assumed(0.15, "contacts per week")
    minutes: float = assumed(8.0, "minutes")
    wage: float = assumed(18.0, "dollars per hour")
    page: float = assumed(30.0, "dollars per week")

    def simulate(self, seed: Seed) -> FunnelLog:
        """Draw the shop's people, orders and contacts. Synthetic.

        Examples
        --------
        >>> log = Funnel(weeks=8).simulate(7)
        >>> bool(log.people["purchases"].sum() == len(log.orders))
        True
        """
        return _drawn(self, seed)

    def expected(self, since: ArrayLike) -> pd.DataFrame:
        """Give what is to be expected of one stranger by weeks since the arrival.

        Parameters
        ----------
        since : array_like of float, shape (times,)
            Weeks since the arrival, from 0 up.

        Returns
        -------
        pandas.DataFrame
            `since`, `fan` and `customer` (shares), `purchases`, `spend`, `hours`, and `profit`
            without the page's other cost; all up to that week.

        Notes
        -----
        Sums of exponentials at a given liking, by Gauss-Laguerre quadrature over the liking.

        Examples
        --------
        >>> Funnel(joins=0, liking=1).expected(1e6)["purchases"].round(6).tolist()  # buys / leave
        [1.0]
        """
        at = np.atleast_1d(np.asarray(since, float))
        if not (at >= 0).all():
            raise ValueError("since must be weeks from 0 up.")
        nodes, weights = _likings(self.liking)
        total = np.zeros((4, len(at)))
        for share, ratio in ((self.invited, self.invite_ratio), (1 - self.invited, 1.0)):
            total += share * np.tensordot(self._given(at[:, None], nodes, ratio), weights, 1)
        fan, customer, purchases, fan_weeks = total
        hours = fan_weeks * self.contacts * self.minutes / 60
        money = purchases * self.spend
        return pd.DataFrame(
            {
                "since": at,
                "fan": fan,
                "customer": customer,
                "purchases": purchases,
                "spend": money,
                "hours": hours,
                "profit": money * self.margin - hours * self.wage,
            }
        )

    def expected_weekly(self) -> pd.DataFrame:
        """Give what is to be expected by the end of each week, summed up from the start.

        Returns
        -------
        pandas.DataFrame
            `week`, `strangers`, `fans`, `customers`, `purchases`, `spend`, `hours`, `profit`
            (the page's other cost taken off).
        """
        from scipy.integrate import cumulative_simpson

        week = np.arange(1, whole(self.weeks) + 1)
        steps = 4  # a week
        grid = np.arange(0, len(week) * steps + 1) / steps
        each = self.expected(grid)
        table = pd.DataFrame({"week": week, "strangers": self.arrivals * week})
        summed = {"fans": "fan", "customers": "customer"}
        summed |= {name: name for name in ("purchases", "spend", "hours", "profit")}
        for name, column in summed.items():
            so_far = cumulative_simpson(each[column].to_numpy(), x=grid, initial=0.0)
            table[name] = self.arrivals * so_far[steps::steps]
        table["profit"] -= self.page * week
        return table

    def _given(
        self, at: NDArray[np.float64], z: NDArray[np.float64], ratio: float
    ) -> NDArray[np.float64]:
        """Fan, customer, purchases and fan-weeks at a known liking; shape (4, times, likings)."""
        off, join, buy = self.leave, self.joins * ratio * z, self.buys * z
        buy_fan = buy * self.fan_effect
        stays, interested = off + join, _sum(off, at)
        alone = _sum(stays, at)  # weeks of interest before joining
        fan = join * alone
        fan_weeks = interested - alone
        purchases = buy * alone + buy_fan * fan_weeks
        # First purchase straight away, or after joining without one.
        straight, after = off + join + buy, off + buy_fan
        gap = straight - after
        slow = np.exp(-after * at) * _sum(gap, at)
        safe = np.where(after > 0, after, 1.0)
        by_fans = join * buy_fan / safe * (_sum(straight, at) - slow)
        customer = buy * _sum(straight, at) + by_fans
        return np.stack(np.broadcast_arrays(fan, customer, purchases, fan_weeks))


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

        table = pd.DataFrame(
            {
                "week": week,
                "strangers": so_far(self.people["arrived"]),
                "fans": so_far(self.people["became_fan"]),
                "customers": so_far(self.people["first_bought"]),
                "purchases": so_far(self.orders["ordered_at"]),
                "spend": so_far(self.orders["ordered_at"], self.orders["value"]),
                "hours": so_far(self.contacts["at"], self.contacts["minutes"]) / 60,
            }
        )
        paid = table["hours"] * self.funnel.wage + self.funnel.page * week
        return table.assign(profit=table["spend"] * self.funnel.margin - paid)

    def conversions(self, within: float = 12.0, *, level: float = 0.95) -> Shares:
        """Count each step of the funnel; see `conversions`."""
        return conversions(self.people, within, until=self.funnel.weeks, level=level)


def _drawn(funnel: Funnel, seed: Seed) -> FunnelLog:
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
    people = pd.DataFrame(
        {
            "person": np.arange(1, n + 1),
            "invited": invited,
            "arrived": arrived,
            "fan": fan,
            "became_fan": np.where(fan, joined, np.nan),
        }
    ).set_index("person")
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
    rate: NDArray[np.float64],
    start: NDArray[np.float64],
    end: NDArray[np.float64],
    rng: np.random.Generator,
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
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


def _sum(rate: ArrayLike, at: NDArray[np.float64]) -> NDArray[np.float64]:
    """Integral of exp(-rate u) from 0 to at, also where the rate is 0 or below."""
    rate = np.asarray(rate, float)
    safe = np.where(np.abs(rate) > 1e-12, rate, 1.0)
    return np.where(np.abs(rate) > 1e-12, -np.expm1(-safe * at) / safe, at)


def _likings(shape: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Nodes and weights of a gamma distribution with mean 1."""
    from scipy.special import roots_genlaguerre

    nodes, weights = roots_genlaguerre(NODES, shape - 1)
    return nodes / shape, weights / weights.sum()
