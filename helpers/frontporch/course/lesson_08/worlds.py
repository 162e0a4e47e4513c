"""Two worlds in which fans buy half as much again: because they are fans, and not because of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from ...elementary import expm1, power
from ...fans.returns import lift as lift_of
from ...fans.returns.assumptions import Assumptions, assumed
from ...rounding import solved
from ...streams import Seed, generator
from ..doubles import Doubles

NODES = 64
LIFT = 0.5
"""Naive lift of both worlds of `worlds`."""


@dataclass(frozen=True)
class FanWorld(Assumptions):
    """Customers of whom some become fans of the shop's page; a coin invites half of them.

    Whoever buys more joins more: a customer with purchase rate λ joins with probability
    1 − exp(−(joins + invite·coin)·(λ/mean)^selection). The rate before is that of now for a
    share `steady`; the others have changed since, so that past purchases tell nothing of them.

    Parameters
    ----------
    purchases : float
        Mean purchases per week of a customer who is no fan.
    shape : float
        Of the gamma distribution of purchase rates; the smaller, the more customers differ.
    joins : float
        How many join by themselves, at the mean rate (a hazard over the time of the offer).
    invite : float
        What the invitation adds to it.
    invited : float
        Share whom the coin invites.
    selection : float
        How strongly joining follows the purchase rate; at 0 fans are like everybody.
    effect : float
        How much more a fan buys because of being one: 0.3 is 30 per cent more.
    steady : float
        Share of customers whose rate is the same as before the offer.
    before, after : float
        Weeks observed before and after.
    spend : float
        Mean spend at a purchase; single purchases are exponential around it.

    Notes
    -----
    All numbers are assumptions. That fans of a brand are its heavy buyers is the finding of
    Nelson-Field, Riebe & Sharp (2012) for two brands of consumer goods; by how much is assumed.
    """

    purchases: float = assumed(0.10, "purchases per week", ends="()")
    shape: float = assumed(1.5, "shape", 0.1, ends="[)")
    joins: float = assumed(0.15, "hazard")
    invite: float = assumed(0.60, "hazard")
    invited: float = assumed(0.5, "share", 0.0, 1.0, ends="()")
    selection: float = assumed(0.5, "power", -2.0, 2.0, ends="[]")
    effect: float = assumed(0.0, "share", -1.0, ends="[)")
    steady: float = assumed(0.5, "share", 0.0, 1.0, ends="[]")
    before: float = assumed(26.0, "weeks", ends="()")
    after: float = assumed(26.0, "weeks", ends="()")
    spend: float = assumed(24.0, "dollars per purchase", ends="()")

    def simulate(self, customers: int, seed: Seed) -> pd.DataFrame:
        """Draw customers, some of them invited, some of them fans. Synthetic.

        Returns
        -------
        pandas.DataFrame
            One row a customer: `customer`, `invited`, `fan`, `past` (purchases before),
            `purchases` and `spend` (after).

        Examples
        --------
        >>> FanWorld().simulate(3, seed=7).columns.tolist()
        ['customer', 'invited', 'fan', 'past', 'purchases', 'spend']
        """
        rng = generator(seed)
        rate = rng.gamma(self.shape, 1 / self.shape, customers)  # in units of the mean
        other = rng.gamma(self.shape, 1 / self.shape, customers)
        then = np.where(rng.random(customers) < self.steady, rate, other)
        # As many as the coin gives on average: a list is split, not tossed person by person.
        invited = rng.permutation(customers) < round(customers * self.invited)
        fan = rng.random(customers) < self._joining(rate, invited)
        past = rng.poisson(self.purchases * self.before * then)
        bought = rng.poisson(self.purchases * self.after * rate * (1 + self.effect * fan))
        spent = np.zeros(customers)
        spent[bought > 0] = rng.gamma(bought[bought > 0], self.spend)
        return pd.DataFrame(
            {
                "customer": np.arange(1, customers + 1),
                "invited": invited,
                "fan": fan,
                "past": past,
                "purchases": bought,
                "spend": spent,
            }
        )

    def expected(self) -> pd.Series:
        """Give what every estimator finds in the long run.

        Returns
        -------
        pandas.Series
            `fans_uninvited`, `fans_invited` (shares), `spend_no_fan` (mean over the weeks
            after), `naive` and `experiment` (what fans spend more, as a share of
            `spend_no_fan`), `past` (what fans bought more before, as a share).

        Notes
        -----
        Gauss-Laguerre quadrature over the purchase rates.
        """
        from scipy.special import roots_genlaguerre

        nodes, weights = roots_genlaguerre(NODES, self.shape - 1)
        rate, weights = nodes / self.shape, weights / weights.sum()
        idle, asked = (self._joining(rate, np.full(NODES, coin)) for coin in (False, True))
        joins = (1 - self.invited) * idle + self.invited * asked
        share = weights @ joins
        fan, other = weights @ (rate * joins) / share, weights @ (rate * (1 - joins)) / (1 - share)
        moved = weights @ (asked - idle)
        with np.errstate(invalid="ignore"):
            by_coin = self.effect * (weights @ (rate * (asked - idle))) / moved
        fan_then, other_then = (self.steady * one + 1 - self.steady for one in (fan, other))
        return pd.Series(
            {
                "fans_uninvited": weights @ idle,
                "fans_invited": weights @ asked,
                "spend_no_fan": self.purchases * self.after * self.spend * other,
                "naive": (1 + self.effect) * fan / other - 1,
                "experiment": by_coin / other,
                "past": fan_then / other_then - 1,
            }
        )

    def _joining(self, rate: np.ndarray, invited: np.ndarray) -> np.ndarray:
        return -expm1(-(self.joins + self.invite * invited) * power(rate, self.selection))


def worlds(
    effect: float = 0.35, lift: float = LIFT, *, shuffle: Seed | None = None
) -> Doubles[FanWorld]:
    """Build a world in which fans buy more because they are fans, and its double without effect.

    In both the same shares of the invited and the others are fans, fans spend `lift` more than
    the others, the others spend the same, and fans had bought by the same share more before.
    Comparisons of fans with the others find nearly the same in both, also adjusted for past
    purchases; the invitation tells the worlds apart.

    Parameters
    ----------
    effect : float
        How much more fans buy because of it in the first world, above 0 and below `lift`.
    lift : float
        Naive lift of both, above 0 and up to 0.75.
    shuffle : int, numpy.random.SeedSequence or numpy.random.Generator, optional
        With a seed the worlds are called A and B and come in an order that the seed draws.

    Returns
    -------
    Doubles of FanWorld
        They are read by `frontporch.fans.lift`.

    Raises
    ------
    ValueError
        If no double with this surface exists.

    Examples
    --------
    >>> for name, world in worlds().items():
    ...     print(name, world.expected()[["naive", "past", "experiment"]].round(2).tolist())
    fans buy more because they are fans [0.5, 0.1, 0.38]
    fans would buy as much without the page [0.5, 0.1, 0.0]
    """
    if not 0 < effect < lift <= 0.75:
        raise ValueError(
            f"effect is {effect} and lift {lift}: an effect above 0 and below the lift, and a "
            "lift up to 0.75, are needed."
        )
    first = _solved(FanWorld(effect=effect, steady=0.9), {"naive": lift}, ("selection",))
    surface = first.expected().drop("experiment")
    free = ("joins", "invite", "selection", "purchases", "steady")
    second = _solved(replace(first, effect=0.0, steady=0.2), surface.to_dict(), free)
    names = ("fans buy more because they are fans", "fans would buy as much without the page")
    return Doubles(first, second, names=names, reader=lift_of, shuffle=shuffle)


def _solved(start: FanWorld, wanted: dict[str, float], names: tuple[str, ...]) -> FanWorld:
    """Change some assumptions until what is to be expected is as wanted."""
    from scipy import optimize

    begin = np.array([getattr(start, name) for name in names])

    def made(at: np.ndarray) -> FanWorld:
        return replace(start, **dict(zip(names, map(float, at), strict=True)))

    def gap(at: np.ndarray) -> np.ndarray:
        try:
            found = made(at).expected()
        except ValueError:  # out of range: far away
            return np.full(len(at), 1e3)
        return np.array([found[name] / value - 1 for name, value in wanted.items()])

    found = optimize.root(gap, begin, tol=1e-12)
    if not found.success or np.abs(found.fun).max() > 1e-9:
        raise ValueError(f"no world with this surface was found: {wanted}.")
    return made(np.array([solved(one) for one in found.x]))
