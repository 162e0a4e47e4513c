"""Does it ring the cash register: profit of a page, with its interval and what decides it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...citing import cited
from ...names import pick
from ...result import Result
from ...rounding import as_given, percent, ranking, within
from ...stats.intervals import normal_quantile
from ...streams import Seed, generator
from .quantity import Quantity, fixed

PARTS = ("customers", "value", "attribution", "hours", "wage", "other")
UNITS = ("customers", "money per customer", "share", "hours", "money per hour", "money")
NEAR = 0.05


@dataclass(frozen=True)
class PageAccount(Result):
    """What a page brings and costs: customers × value × share − hours × wage − other cost.

    Parameters
    ----------
    customers : Quantity
        Customers won. From a trial they are those who would not have come otherwise, and may be
        below 0.
    value : Quantity
        Lifetime value of a customer, profit before the page's cost; such as
        `worth_of_a_customer` gives.
    attribution : Quantity
        Share of those customers that is put down to the page, from 0 to 1. No data identify it
        without a trial; with one it is 1.
    hours : Quantity
        Work for the page.
    wage : Quantity
        Money per hour.
    other : Quantity
        Other cost, such as advertising.

    Notes
    -----
    The parts are taken as independent of each other.
    """

    customers: Quantity
    value: Quantity
    attribution: Quantity
    hours: Quantity
    wage: Quantity
    other: Quantity = fixed(0.0)  # noqa: RUF009 - a Quantity is frozen

    PICTURES: ClassVar[dict[str, str]] = {
        "tornado": "frontporch.fans.returns.pictures:plot_tornado",
        "break even": "frontporch.fans.returns.pictures:plot_break_even",
    }

    def __post_init__(self) -> None:
        """Check that each part is a quantity that can be."""
        for name in PARTS:
            one = getattr(self, name)
            if not isinstance(one, Quantity):
                raise TypeError(
                    f"{name} is {one!r}: give fixed(...), supposed(...) or measured(...)."
                )
            if name not in ("customers", "value") and one.lower < 0:
                raise ValueError(
                    f"{name} goes down to {as_given(one.lower)}, but must be 0 or above."
                )
        if self.attribution.upper > 1:
            raise ValueError(
                f"attribution goes up to {as_given(self.attribution.upper)}, but "
                "must be a share up to "
                "1."
            )

    def summary(self) -> pd.DataFrame:
        """Show every part with its range and where it comes from."""
        rows = [
            (name, one.value, one.lower, one.upper, unit, one.law, one.source)
            for name, unit, one in self._parts()
        ]
        columns = ["part", "value", "lower", "upper", "unit", "law", "source"]
        return pd.DataFrame(rows, columns=columns)

    @property
    def profit(self) -> float:
        """Profit at the value of each part."""
        return float(_profit([one.value for _, _, one in self._parts()]))

    def tornado(self) -> pd.DataFrame:
        """Move one part at a time from its lower to its upper limit, the widest first.

        Returns
        -------
        pandas.DataFrame
            `part`, `lower`, `upper` (of the part), `profit_lower`, `profit_upper` (profit
            there), `width`, `flips_at` (its value at which profit is 0), `flips` (whether that
            lies within its limits), `source`.
        """
        rows = []
        for name, _, one in self._parts():
            low, high = (replace(self, **{name: fixed(at)}).profit for at in (one.lower, one.upper))
            flips_at = self.flips_at(name)
            rows.append(
                {
                    "part": name,
                    "lower": one.lower,
                    "upper": one.upper,
                    "profit_lower": low,
                    "profit_upper": high,
                    "width": abs(high - low),
                    "flips_at": flips_at,
                    "flips": within(flips_at, one.lower, one.upper),
                    "source": one.source,
                }
            )
        table = pd.DataFrame(rows)
        return table.iloc[ranking(table["width"])].reset_index(drop=True)

    def flips_at(self, part: str) -> float:
        """Give the value of one part at which profit is 0, the others as they are.

        Profit is a straight line in each part. Missing where the part makes no difference; a
        value that cannot be, such as a share above 1, says that the part alone does not flip it.

        Examples
        --------
        >>> page = PageAccount(fixed(20), fixed(60.0), fixed(0.5), fixed(20), fixed(18.0))
        >>> page.profit, round(page.flips_at("hours"), 2)
        (240.0, 33.33)
        """
        pick(part, PARTS, "part of the account")
        at = [one.value for _, _, one in self._parts()]
        k = PARTS.index(part)
        none, unit = (_profit([*at[:k], x, *at[k + 1 :]]) for x in (0.0, 1.0))
        return float(-none / (unit - none)) if unit != none else np.nan

    def probability_by(
        self, part: str, values: Sequence[float], seed: Seed, *, draws: int = 20_000
    ) -> pd.DataFrame:
        """Give the probability of breaking even by the value of one part.

        Returns
        -------
        pandas.DataFrame
            The part, `probability`, `profit` (median). The same draws of the other parts are
            used at each value, so that the curve is smooth.
        """
        pick(part, PARTS, "part of the account")
        drawn, k = self.drawn(draws, seed), PARTS.index(part)
        for at in values:
            replace(self, **{part: fixed(float(at))})  # says what is out of range
        profit = np.array([_profit([*drawn[:k], float(at), *drawn[k + 1 :]]) for at in values])
        return pd.DataFrame(
            {
                part: list(values),
                "probability": (profit > 0).mean(axis=1),
                "profit": np.median(profit, axis=1),
            }
        )

    def _parts(self) -> list[tuple[str, str, Quantity]]:
        return [(name, unit, getattr(self, name)) for name, unit in zip(PARTS, UNITS, strict=True)]

    def drawn(self, draws: int, seed: Seed) -> list[NDArray[np.float64]]:
        """Draw values of the parts, in their order."""
        rng = generator(seed)
        made = [one.draw(draws, rng) for _, _, one in self._parts()]
        # What cannot be is cut off; customers and their value may fall below 0.
        made[2] = np.clip(made[2], 0, 1)
        return made[:3] + [np.maximum(one, 0) for one in made[3:]]

    def moments(self) -> tuple[float, float]:
        """Mean and standard deviation of the profit of independent parts, nothing cut off."""
        groups = [[one for _, _, one in self._parts()[a:b]] for a, b in ((0, 3), (3, 5), (5, 6))]
        mean, variance = 0.0, 0.0
        for sign, group in zip((1, -1, -1), groups, strict=True):
            product = float(np.prod([one.mean for one in group]))
            square = float(np.prod([one.variance + one.mean**2 for one in group]))
            mean, variance = mean + sign * product, variance + square - product**2
        return float(mean), float(np.sqrt(max(variance, 0.0)))


def _profit(parts: Sequence[Any]) -> Any:
    customers, value, share, hours, wage, other = parts
    return customers * value * share - hours * wage - other


@dataclass(frozen=True)
class PageReturn(Result):
    """Profit of a page with its interval, and the probability that it pays.

    Parameters
    ----------
    profit, lower, upper : float
        Profit at the value of each part, and limits from the draws.
    probability : float
        Share of draws in which profit is above 0.
    roi, roi_lower, roi_upper : float
        Profit by cost; missing where there may be no cost.
    mean, standard_error : float
        Of the profit, in closed form, as a check of the draws.
    draws : int
    seed : int or None
        None where a generator was given.
    level : float
        Confidence level.
    notes : tuple of str
        What a reader must know, in words.
    """

    profit: float
    lower: float
    upper: float
    probability: float
    roi: float
    roi_lower: float
    roi_upper: float
    mean: float
    standard_error: float
    draws: int
    seed: int | None
    level: float = 0.95
    notes: tuple[str, ...] = ()
    estimator: str = "draws from the interval or range of each part, independent of each other"

    @property
    def normal_probability(self) -> float:
        """Probability of breaking even if the profit were normal with its mean and error."""
        from scipy.special import ndtr

        if not self.standard_error:
            return float(self.mean > 0)
        return float(ndtr(self.mean / self.standard_error))

    def summary(self) -> pd.DataFrame:
        """Show profit and return on investment with their intervals."""
        return pd.DataFrame(
            {
                "figure": ["profit", "return on investment"],
                "value": [self.profit, self.roi],
                "lower": [self.lower, self.roi_lower],
                "upper": [self.upper, self.roi_upper],
            }
        )


@cited
def break_even(
    page: PageAccount, seed: Seed, *, draws: int = 20_000, level: float = 0.95
) -> PageReturn:
    """Carry what is not known of the parts of an account over to its profit.

    Parameters
    ----------
    page : PageAccount
        What the page brings and costs.
    seed : int or numpy.random.Generator
        Where the draws come from.
    draws : int
        How many.
    level : float
        Confidence level.

    Returns
    -------
    PageReturn

    Examples
    --------
    >>> page = PageAccount(fixed(20), fixed(60.0), fixed(0.5), fixed(20), fixed(18.0))
    >>> break_even(page, seed=7).probability
    1.0
    """
    if draws < 1_000:
        raise ValueError(f"draws is {draws}, but at least 1000 are needed for an interval.")
    drawn = page.drawn(draws, seed)
    profit, cost = _profit(drawn), drawn[3] * drawn[4] + drawn[5]
    ends = np.array([(1 - level) / 2, (1 + level) / 2])
    normal_quantile(level)
    low, high = np.quantile(profit, ends)
    spent = page.hours.value * page.wage.value + page.other.value
    free = bool(spent <= 0 or (cost <= 0).any())
    roi = np.full(2, np.nan) if free else np.quantile(profit / np.where(free, 1, cost), ends)
    probability = float((profit > 0).mean())
    mean, spread = page.moments()
    return PageReturn(
        profit=page.profit,
        lower=float(low),
        upper=float(high),
        probability=probability,
        roi=np.nan if free else page.profit / spent,
        roi_lower=float(roi[0]),
        roi_upper=float(roi[1]),
        mean=mean,
        standard_error=spread,
        draws=draws,
        seed=seed if isinstance(seed, int) else None,
        level=level,
        notes=_notes(page, probability, free),
    )


def _notes(page: PageAccount, probability: float, free: bool) -> tuple[str, ...]:
    notes = []
    if page.customers.source == "assumed":
        notes.append("The number of customers is an assumption, not the result of a trial.")
        notes.append(
            "The attribution share is an assumption too: no data here say how many of these "
            "customers would have come without the page."
        )
    elif page.attribution.upper < 1:
        notes.append(
            "The customers come from a trial, so that those who would have come anyway are "
            "taken off already: a share below 1 says that something else in the trial won "
            "some of them, and is an assumption."
        )
    if NEAR < probability < 1 - NEAR:
        notes.append(
            f"Whether the page pays cannot be told: {percent(probability)} of the draws do."
        )
    if free:
        notes.append("There may be no cost at all: a return on investment has no meaning.")
    return tuple(notes)
