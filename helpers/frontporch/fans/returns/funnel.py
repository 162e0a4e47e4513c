"""From stranger to fan to customer to profit, week by week, from assumed rates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ...rounding import whole
from ...streams import Seed
from .assumptions import Assumptions, assumed
from .funnel_log import FunnelLog, draw_log

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
        return draw_log(self, seed)

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
        return pd.DataFrame({
            "since": at, "fan": fan, "customer": customer, "purchases": purchases, "spend": money,
            "hours": hours, "profit": money * self.margin - hours * self.wage,
        })  # fmt: skip

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
        for name, column in (
            ("fans", "fan"), ("customers", "customer"), ("purchases", "purchases"),
            ("spend", "spend"), ("hours", "hours"), ("profit", "profit"),
        ):  # fmt: skip
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
        return np.stack(np.broadcast_arrays(
            fan, buy * _sum(straight, at) + by_fans, purchases, fan_weeks
        ))  # fmt: skip


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
