"""Tenure against profit: a cohort of customers, those who left, and those whom one still sees."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...citing import cited
from ...elementary import exp
from ...names import nearest
from ...result import Result
from ...rounding import as_given
from ...stats.durations import yes_or_no
from ...stats.intervals import FEWEST_EVENTS, normal_quantile
from ...streams import Seed, generator
from ..columns import need
from .assumptions import Assumptions, assumed

COLUMNS = ("tenure", "left", "profit")


@dataclass(frozen=True)
class Cohort(Assumptions):
    """Customers who came at the same time, buy at rates of their own, and leave some day.

    Parameters
    ----------
    weeks : float
        How long the cohort is followed.
    life : float
        Median weeks until a customer leaves.
    life_spread, rate_spread : float
        Standard deviations of the logarithms of lifetimes and of purchase rates.
    purchases : float
        Median purchases per week while one is a customer.
    tie : float
        Correlation of the logarithms of lifetime and purchase rate: above 0 whoever stays
        longer also buys more, below 0 the heavy buyers leave soon.
    margin : float
        Money left of a purchase.
    care : float
        Cost of a customer per week, bought or not.

    Notes
    -----
    All numbers are assumptions. That it is an oversimplification to equate a long life with
    profit: Reinartz & Kumar (2000), an association.
    """

    weeks: float = assumed(104.0, "weeks", ends="()")
    life: float = assumed(70.0, "weeks", ends="()")
    life_spread: float = assumed(1.0, "standard deviation of the logarithm", ends="()")
    rate_spread: float = assumed(0.8, "standard deviation of the logarithm", ends="()")
    purchases: float = assumed(0.10, "purchases per week", ends="()")
    tie: float = assumed(0.0, "correlation", -1.0, 1.0, ends="()")
    margin: float = assumed(10.0, "dollars per purchase", ends="()")
    care: float = assumed(0.5, "dollars per week")

    def simulate(self, customers: int, seed: Seed) -> pd.DataFrame:
        """Draw a cohort: `tenure` (weeks), `left`, `purchases`, `profit`. Synthetic.

        Examples
        --------
        >>> Cohort().simulate(3, seed=7).columns.tolist()
        ['customer', 'tenure', 'left', 'purchases', 'profit']
        """
        rng = generator(seed)
        first, second = rng.standard_normal((2, customers))
        second = self.tie * first + np.sqrt(1 - self.tie**2) * second
        life = self.life * exp(self.life_spread * first)
        tenure = np.minimum(life, self.weeks)
        bought = rng.poisson(self.purchases * exp(self.rate_spread * second) * tenure)
        return pd.DataFrame(
            {
                "customer": np.arange(1, customers + 1),
                "tenure": tenure,
                "left": life < self.weeks,
                "purchases": bought,
                "profit": bought * self.margin - tenure * self.care,
            }
        )

    def expected(self) -> pd.Series:
        """Give shares and profits to be expected.

        Returns
        -------
        pandas.Series
            `stayed` (share still there at the end), `weekly_stayed` and `weekly_left` (profit
            per customer and week, every customer counting once), `weekly_all`.

        Notes
        -----
        Means of a log-normal variable where another lies above a limit.
        """
        from scipy.special import ndtr

        limit = np.log(self.weeks / self.life) / self.life_spread
        mean = self.purchases * np.exp(self.rate_spread**2 / 2)
        stayed = ndtr(-limit)
        above = mean * ndtr(self.tie * self.rate_spread - limit)
        worth = [
            self.margin * one - self.care
            for one in (above / stayed, (mean - above) / (1 - stayed), mean)
        ]
        return pd.Series(
            [stayed, *worth], index=["stayed", "weekly_stayed", "weekly_left", "weekly_all"]
        )


@dataclass(frozen=True, eq=False)
class TenureResult(Result):
    """How tenure and profit go together in a cohort, and what the customers left over hide.

    Parameters
    ----------
    table : pandas.DataFrame
        One row a figure: `figure`, `value`, `lower`, `upper`. Rank correlations of tenure with
        profit and with profit per week among those who left, mean profit per week of everybody
        and of those who stayed, and their difference.
    customers, left : int
        How many, and how many of them left.
    level : float
        Confidence level.
    notes : tuple of str
        What a reader must know, in words.
    """

    table: pd.DataFrame
    customers: int
    left: int
    level: float = 0.95
    notes: tuple[str, ...] = ()
    estimator: str = "rank correlations; means of profit per week"

    def summary(self) -> pd.DataFrame:
        """Show the figures with their intervals."""
        return self.table.copy()

    def figure(self, name: str) -> tuple[float, float, float]:
        """Give one figure with its limits."""
        known = self.table.set_index("figure")
        if name not in known.index:
            raise KeyError(f"there is no figure {name!r}. {nearest(name, known.index)}")
        value, lower, upper = known.loc[name, ["value", "lower", "upper"]]
        return float(value), float(lower), float(upper)

    def interval(self, name: str) -> tuple[float, float]:
        """Give the limits of one figure."""
        return self.figure(name)[1:]


@cited
def tenure_against_profit(cohort: pd.DataFrame, *, level: float = 0.95) -> TenureResult:
    """Correlate tenure and profit, and compare those who stayed with everybody.

    Parameters
    ----------
    cohort : pandas.DataFrame
        One row a customer: `tenure` (weeks, above 0), `left` (true or false), `profit`.
    level : float
        Confidence level.

    Returns
    -------
    TenureResult

    Raises
    ------
    ValueError
        If a column or a value is missing, a tenure is not above 0, or fewer than ten left or
        stayed.

    Notes
    -----
    Tenure is correlated with total profit partly by arithmetic, as more weeks hold more
    purchases; profit per week has no such part. To judge by those who stayed is to take the
    others as lost at random. The interval is that of a rank correlation. Source: Bonett & Wright
    (2000), Psychometrika 65:23-28.

    Examples
    --------
    >>> found = tenure_against_profit(Cohort(tie=0.5).simulate(4_000, seed=7))
    >>> [round(x, 2) for x in found.figure("tenure and profit per week, of those who left")]
    [0.34, 0.3, 0.37]
    """
    tenure, left, profit = _read(cohort)
    if min(left.sum(), (~left).sum()) < FEWEST_EVENTS:
        raise ValueError(
            f"{left.sum()} of {len(left)} left: at least {FEWEST_EVENTS} who left and "
            f"{FEWEST_EVENTS} who stayed are needed."
        )
    weekly, z = profit / tenure, normal_quantile(level)
    of = ~left
    # The overlap of "stayed" and "everybody" is in the error.
    gap_of = np.where(of, weekly - weekly[of].mean(), 0) / of.mean() - (weekly - weekly.mean())
    figures = [
        ("tenure and profit", *_ranked(tenure, profit, z)),
        ("tenure and profit per week, of those who left", *_ranked(tenure[left], weekly[left], z)),
        ("profit per week, everybody", *_mean(weekly, z)),
        ("profit per week, stayed", *_mean(weekly[of], z)),
        ("profit per week, left", *_mean(weekly[left], z)),
    ]
    gap, reach = weekly[of].mean() - weekly.mean(), z * np.sqrt(np.mean(gap_of**2) / len(left))
    figures.append(("stayed less everybody, per week", gap, gap - reach, gap + reach))
    notes = (
        "Tenure of those who stayed is known only as at least so long: they have the longest, "
        "whatever becomes of them.",
    )
    table = pd.DataFrame(figures, columns=["figure", "value", "lower", "upper"])
    return TenureResult(table, len(left), int(left.sum()), level, notes)


def profit_by_tenure(cohort: pd.DataFrame, *, groups: int = 5, level: float = 0.95) -> pd.DataFrame:
    """Group customers by their tenure and give the profit of each group, in all and per week.

    Parameters
    ----------
    cohort : pandas.DataFrame
        One row a customer: `tenure` (weeks, above 0), `left` (true or false), `profit`.
    groups : int
        How many groups of those who left, of equal size; those who stayed are one more.
    level : float
        Confidence level.

    Returns
    -------
    pandas.DataFrame
        One row a group: `group` ("left" or "stayed"), `customers`, `weeks` (mean tenure),
        `profit`, `profit_lower`, `profit_upper` (mean per customer), `weekly`, `weekly_lower`,
        `weekly_upper` (profit of the group by its weeks).

    Raises
    ------
    ValueError
        If a column is missing, a tenure is not above 0, or a group would have fewer than ten.

    Notes
    -----
    The tenure of those who stayed is known only as at least so long. The interval of profit per
    week is that of a ratio of means, by the delta method.

    Examples
    --------
    >>> groups = profit_by_tenure(Cohort(tie=0.5).simulate(4_000, seed=7))
    >>> groups["weekly"].round(1).tolist()
    [0.2, 0.4, 0.5, 0.8, 0.8, 1.5]
    """
    tenure, left, profit = _read(cohort)
    if groups < 1:
        raise ValueError(f"groups is {groups}, but at least 1 is needed.")
    gone, stayed = np.flatnonzero(left), np.flatnonzero(~left)
    parts = np.array_split(gone[np.argsort(tenure[gone], kind="stable")], groups)
    fewest = min(map(len, [*parts, stayed]))
    if fewest < FEWEST_EVENTS:
        raise ValueError(
            f"a group would have {fewest} customers, but at least {FEWEST_EVENTS} are needed: make "
            "fewer groups, or draw a larger cohort."
        )
    z, rows = normal_quantile(level), []
    for k, of in enumerate([*parts, stayed]):
        weeks, mean = tenure[of].mean(), profit[of].mean()
        weekly = mean / weeks
        n = len(of)
        reach = z * profit[of].std(ddof=1) / np.sqrt(n)
        spread = z * (profit[of] - weekly * tenure[of]).std(ddof=1) / np.sqrt(n) / weeks
        rows.append(
            (
                "left" if k < groups else "stayed",
                n,
                weeks,
                mean,
                mean - reach,
                mean + reach,
                weekly,
                weekly - spread,
                weekly + spread,
            )
        )
    return pd.DataFrame(
        rows,
        columns=[
            "group",
            "customers",
            "weeks",
            "profit",
            "profit_lower",
            "profit_upper",
            "weekly",
            "weekly_lower",
            "weekly_upper",
        ],
    )


def _read(
    cohort: pd.DataFrame,
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.float64]]:
    """Give tenure, whether a customer left, and profit, checked."""
    need(cohort, COLUMNS, "the cohort has", "customer")
    tenure = cohort["tenure"].to_numpy(float)
    if (tenure <= 0).any():
        row = int(np.flatnonzero(tenure <= 0)[0])
        raise ValueError(
            f"row {row + 1}: tenure is {as_given(tenure[row])}, but must be above 0 weeks."
        )
    return tenure, yes_or_no(cohort["left"], "left"), cohort["profit"].to_numpy(float)


def _ranked(a: NDArray, b: NDArray, z: float) -> tuple[float, float, float]:
    ranks = [pd.Series(one).rank().to_numpy() for one in (a, b)]
    r = float(np.corrcoef(*ranks)[0, 1])
    reach = z * np.sqrt((1 + r**2 / 2) / (len(a) - 3))
    at = np.arctanh(np.clip(r, -1 + 1e-15, 1 - 1e-15))
    return r, float(np.tanh(at - reach)), float(np.tanh(at + reach))


def _mean(values: NDArray, z: float) -> tuple[float, float, float]:
    mean, reach = values.mean(), z * values.std(ddof=1) / np.sqrt(len(values))
    return float(mean), float(mean - reach), float(mean + reach)
