"""Fans are a brand's heavy buyers: who is drawn when people join as often as they buy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ...fans.returns.assumptions import Assumptions, assumed, within
from ...result import Result
from ...rounding import percent
from ...streams import Seed, generator

MOST_CERTAIN = 0.01
"""Share of buyers who may be so heavy that they would all be fans; beyond it nothing is said."""


@dataclass(frozen=True)
class HeavyBuyers(Assumptions, Result):
    """Buyers with gamma purchase rates, of whom fans are drawn in proportion to their rate.

    Parameters
    ----------
    purchases : float
        Mean purchases per buyer and year.
    shape : float
        Of the gamma distribution of rates (the r or k of the negative binomial): the smaller,
        the more the brand lives of a few heavy and many light buyers.
    fans : float
        Share of buyers who are fans.

    Notes
    -----
    Counts in a year are negative binomial with shape k (Ehrenberg 1959, Applied Statistics 8);
    those of fans, whose rates are the size-biased gamma, with shape k + 1 and the same scale.
    That fans of two brands were mostly heavy buyers: Nelson-Field, Riebe & Sharp (2012), an
    association; that they are drawn just in proportion to their rate is assumed.
    """

    purchases: float = assumed(2.0, "purchases per year", ends="()")
    shape: float = assumed(0.8, "shape", 0.05, ends="[)")
    fans: float = assumed(0.03, "share", 0.0, 1.0, ends="()")

    PICTURES: ClassVar[dict[str, str]] = {
        "counts": "frontporch.course.lesson_08.pictures:plot_heavy_buyers"
    }

    def __post_init__(self) -> None:
        """Check the ranges, and that a rate does not make a fan more than certain."""
        from scipy.special import gammaincc

        super().__post_init__()
        certain = float(gammaincc(self.shape, self.shape / self.fans))
        if certain > MOST_CERTAIN:
            raise ValueError(
                f"fans is {self.fans}: {percent(certain, 1)} of buyers buy so often that a chance "
                "in proportion to their rate would exceed 1. Take fewer fans, or a larger shape."
            )

    def rates(self, at: ArrayLike, *, fans: bool) -> NDArray[np.float64]:
        """Give the density of purchase rates (per year) among fans, or among all buyers."""
        from scipy.special import gammaln, xlogy

        k, scale = self.shape + fans, self.purchases / self.shape
        x = np.asarray(at, dtype=float) / scale
        return np.where(x < 0, 0.0, np.exp(xlogy(k - 1, abs(x)) - abs(x) - gammaln(k)) / scale)

    def counts(self, most: int = 10, *, buyers_only: bool = True) -> pd.DataFrame:
        """Give shares of all and of fans by purchases in a year.

        Parameters
        ----------
        most : int
            So many purchases, or more, are one row.
        buyers_only : bool
            Leave out who bought nothing in that year, as a panel of the year's buyers does.

        Returns
        -------
        pandas.DataFrame
            `purchases` (text), `buyers`, `fans` (shares of each), `sales` (share of all sales).
        """
        from scipy.special import betainc, gammaln

        if most < 1:
            raise ValueError(f"most is {most}, but must be 1 or above.")
        k = np.arange(most)
        chance = self.shape / (self.shape + self.purchases)

        def exactly(shape: float) -> NDArray[np.float64]:
            """Negative binomial shares of 0, 1, 2 … purchases."""
            ways = gammaln(k + shape) - gammaln(shape) - gammaln(k + 1)
            return np.exp(ways + shape * np.log(chance) + k * np.log1p(-chance))

        table = pd.DataFrame({"purchases": [*map(str, k), f"{most} or more"]})
        for name, shape in (("buyers", self.shape), ("fans", self.shape + 1)):
            table[name] = np.append(exactly(shape), betainc(most, shape, 1 - chance))
        # Sales of those who bought k times: k times their share; this is the fans' law, moved on.
        sold = k * exactly(self.shape) / self.purchases
        table["sales"] = np.append(sold, 1 - sold.sum())
        if not buyers_only:
            return table
        table = table.iloc[1:].reset_index(drop=True)
        table[["buyers", "fans"]] /= table[["buyers", "fans"]].sum()
        return table

    def summary(self) -> pd.DataFrame:
        """Give what fans buy and bring beside all buyers.

        Returns
        -------
        pandas.DataFrame
            Indexed by figure, with its `value`: `mean_buyer`, `mean_fan` (purchases per year),
            `overstates` (the share by which the fans' average is above everybody's: 1/k),
            `sales_of_fans` (share of all sales),
            `light` (share of buyers who buy less than the average), `light_fans` (their share
            among fans), `sales_of_light` (share of all sales).
        """
        from scipy.special import gammainc

        more = 1 + 1 / self.shape
        figures = {
            "mean_buyer": self.purchases,
            "mean_fan": self.purchases * more,
            "overstates": more - 1,
            "sales_of_fans": self.fans * more,
            "light": gammainc(self.shape, self.shape),
            "light_fans": gammainc(self.shape + 1, self.shape),
            "sales_of_light": gammainc(self.shape + 1, self.shape),
        }
        return pd.Series(figures).rename_axis("figure").to_frame("value")

    def fans_needed(self, sales: float) -> float:
        """Give the share of buyers who must be fans for fans to bring a share of sales.

        Examples
        --------
        >>> round(HeavyBuyers(shape=1.0, fans=0.02).fans_needed(0.10), 6)
        0.05
        """
        return within(sales, "sales", "share", 0.0, 1.0) / (1 + 1 / self.shape)

    def simulate(self, buyers: int, seed: Seed) -> pd.DataFrame:
        """Draw buyers: `rate` (per year), `purchases` in one year, `fan`. Synthetic.

        Examples
        --------
        >>> HeavyBuyers().simulate(4, seed=7).columns.tolist()
        ['rate', 'purchases', 'fan']
        """
        rng = generator(seed)
        rate = rng.gamma(self.shape, self.purchases / self.shape, buyers)
        fan = rng.random(buyers) < self.fans * rate / self.purchases
        return pd.DataFrame({"rate": rate, "purchases": rng.poisson(rate), "fan": fan})
