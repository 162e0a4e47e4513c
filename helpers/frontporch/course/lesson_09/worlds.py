"""A year of a page for invited members: the books look alike whether it wins customers or not."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from ...fans.returns import customers_won
from ...fans.returns.assumptions import Assumptions, assumed
from ...rounding import as_given, percent
from ...streams import Seed, generator
from ..doubles import Doubles


@dataclass(frozen=True)
class PageWorld(Assumptions):
    """Strangers who come across a shop; a coin invites some of them to its page.

    The page is open to the invited alone. What the books of the shop show is set: how many of
    the invited become fans, and what share of the fans and of all others buy. Only `anyway`,
    what the fans would have done without the page, stands in no book. Whoever becomes a fan
    would have been a better customer than the others from the start where `anyway` is high.

    Parameters
    ----------
    invited : float
        Share whom the coin invites.
    joins : float
        Share of the invited who become fans.
    fans_buy, others_buy : float
        Share of the fans, and of all others, invited or not, who become customers in the year.
    anyway : float
        Share of the fans who would have become customers without the page.
    again : float
        Mean number of purchases after the first, of a customer in the year.
    spend : float
        Mean spend at a purchase.

    Notes
    -----
    All numbers are assumptions. That the experiments found no effect where fans bought more:
    Algesheimer et al. (2010), John et al. (2017).
    """

    invited: float = assumed(0.5, "share", 0.0, 1.0, ends="()")
    joins: float = assumed(0.4, "share", 0.0, 1.0, ends="()")
    fans_buy: float = assumed(0.50, "share", 0.0, 1.0, ends="[]")
    others_buy: float = assumed(0.30, "share", 0.0, 1.0, ends="[]")
    anyway: float = assumed(0.42, "share", 0.0, 1.0, ends="[]")
    again: float = assumed(1.2, "purchases in the year")
    spend: float = assumed(35.0, "dollars per purchase", ends="()")

    def __post_init__(self) -> None:
        """Check the ranges, and that the shares fit together."""
        super().__post_init__()
        if not 0 <= self.no_fans_buy <= 1:
            raise ValueError(
                f"anyway is {as_given(self.anyway)} with others_buy {as_given(self.others_buy)}: "
                f"then {percent(self.no_fans_buy)} of those who never join would have to buy. "
                "Bring the two nearer to each other."
            )

    @property
    def no_fans_buy(self) -> float:
        """Share of those who would never join who become customers, invited or not."""
        fans = self.invited * self.joins
        hidden = (1 - self.invited) * self.joins * self.anyway
        return ((1 - fans) * self.others_buy - hidden) / (1 - self.joins)

    def simulate(self, strangers: int, seed: Seed) -> pd.DataFrame:
        """Draw the books of a year. Synthetic.

        Returns
        -------
        pandas.DataFrame
            One row a stranger: `stranger`, `invited`, `fan`, `customer`, `purchases`, `spend`.

        Examples
        --------
        >>> PageWorld().simulate(3, seed=7).columns.tolist()
        ['stranger', 'invited', 'fan', 'customer', 'purchases', 'spend']
        """
        rng = generator(seed)
        # A list is split, not tossed person by person.
        invited = rng.permutation(strangers) < round(strangers * self.invited)
        would_join = rng.random(strangers) < self.joins
        fan = invited & would_join
        chance = np.where(fan, self.fans_buy, np.where(would_join, self.anyway, self.no_fans_buy))
        customer = rng.random(strangers) < chance
        rate = rng.gamma(0.5, 2 * self.again, strangers) if self.again else np.zeros(strangers)
        bought = np.where(customer, 1 + rng.poisson(rate), 0)
        spent = np.zeros(strangers)
        spent[customer] = rng.gamma(6.0 * bought[customer], self.spend / 6)
        return pd.DataFrame(
            {
                "stranger": np.arange(1, strangers + 1),
                "invited": invited,
                "fan": fan,
                "customer": customer,
                "purchases": bought,
                "spend": spent.round(2),
            }
        )

    def expected(self, strangers: int) -> pd.Series:
        """Give what is to be expected of so many strangers.

        Returns
        -------
        pandas.Series
            `fans`, `fans_who_bought`, `others_who_bought`, `sales` (dollars), as the books show
            them, and `won`: the customers who would not have come without the page, as no book
            shows them.

        Examples
        --------
        >>> PageWorld().expected(1_000)[["fans", "fans_who_bought", "won"]].round(6).tolist()
        [200.0, 100.0, 16.0]
        """
        fans = strangers * self.invited * self.joins
        bought, other = fans * self.fans_buy, (strangers - fans) * self.others_buy
        return pd.Series(
            {
                "fans": fans,
                "fans_who_bought": bought,
                "others_who_bought": other,
                "sales": (bought + other) * (1 + self.again) * self.spend,
                "won": fans * (self.fans_buy - self.anyway),
            }
        )


def worlds(pays: float = 0.34, *, shuffle: Seed | None = None) -> Doubles[PageWorld]:
    """Build a world in which the page wins customers, and its double in which it wins none.

    In both there are as many fans, as many customers among the fans and among the others, and
    the same sales. They differ in what the fans would have done without the page, which only
    those whom the coin did not invite can tell.

    Parameters
    ----------
    pays : float
        Share of the fans of the first world who would have bought without the page; below the
        share who do.
    shuffle : int, numpy.random.SeedSequence or numpy.random.Generator, optional
        With a seed the worlds are called A and B and come in an order that the seed draws.

    Returns
    -------
    Doubles of PageWorld
        They are read by `frontporch.fans.customers_won`.

    Examples
    --------
    >>> for name, world in worlds().items():
    ...     print(name, world.expected(8_000)[["fans_who_bought", "won"]].round(6).tolist())
    the page wins customers [800.0, 256.0]
    the fans would have come anyway [800.0, 0.0]
    """
    usual = PageWorld()
    if not 0 <= pays < usual.fans_buy:
        raise ValueError(
            f"pays is {pays}, but a share from 0 to below {as_given(usual.fans_buy)} is needed."
        )
    return Doubles(
        replace(usual, anyway=pays),
        replace(usual, anyway=usual.fans_buy),
        names=("the page wins customers", "the fans would have come anyway"),
        reader=customers_won,
        shuffle=shuffle,
    )
