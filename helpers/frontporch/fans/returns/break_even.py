"""Does it ring the cash register: profit of a page, with its interval and what decides it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...names import pick
from ...rounding import as_given, percent, ranking, within
from ...stats.intervals import normal_quantile
from ...streams import Seed, generator
from .quantity import Quantity, fixed

PARTS = ("customers", "value", "attribution", "hours", "wage", "other")
UNITS = ("customers", "money per customer", "share", "hours", "money per hour", "money")
NEAR = 0.05


@dataclass(frozen=True)
class PageAccount:
    """What a page brings and costs: customers × value × share − hours × wage − other cost.

    Parameters
    ----------
    customers : Quantity
        Customers won. From a trial they are those who would not have come otherwise, and may be
        below 0.
    value : Quantity
        Lifetime value of a customer, profit before the page's cost; such as
        `Quantity(*customers.value_of_a_new_customer(...), law="log")`, with the margin of the
        first purchase added where it is won too.
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

    def __post_init__(self) -> None:
        """Check that each part is a quantity that can be."""
        for name in PARTS:
            one = getattr(self, name)
            if not isinstance(one, Quantity):
                raise TypeError(f"{name} is {one!r}: give fixed(...), supposed(...) or "
                                "measured(...).")  # fmt: skip
            if name not in ("customers", "value") and one.lower < 0:
                raise ValueError(f"{name} goes down to {as_given(one.lower)}, but is 0 or above.")
        if self.attribution.upper > 1:
            raise ValueError(
                f"attribution goes up to {as_given(self.attribution.upper)}, but is a share up to "
                "1."
            )

    def table(self) -> pd.DataFrame:
        """Show every part with its range and where it comes from."""
        return pd.DataFrame(
            [(n, one.value, one.lower, one.upper, u, one.law, one.source)
             for n, u, one in self._parts()],
            columns=["part", "value", "lower", "upper", "unit", "law", "source"],
        )  # fmt: skip

    @property
    def profit(self) -> float:
        """Profit at the value of each part."""
        return float(_profit(*(one.value for _, _, one in self._parts())))

    def account(self, seed: Seed, *, draws: int = 20_000, level: float = 0.95) -> PageReturn:
        """Carry what is not known of the parts over to the profit.

        Parameters
        ----------
        seed : int or numpy.random.Generator
            Where the draws come from.
        draws : int
            How many.
        level : float
            Confidence level.

        Returns
        -------
        PageReturn
        """
        if draws < 1_000:
            raise ValueError(f"draws is {draws}, but at least 1000 are needed for an interval.")
        drawn = self._drawn(draws, seed)
        profit, cost = _profit(*drawn), drawn[3] * drawn[4] + drawn[5]
        ends = np.array([(1 - level) / 2, (1 + level) / 2])
        normal_quantile(level)
        low, high = np.quantile(profit, ends)
        spent = self.hours.value * self.wage.value + self.other.value
        free = spent <= 0 or (cost <= 0).any()
        roi = np.full(2, np.nan) if free else np.quantile(profit / np.where(free, 1, cost), ends)
        probability = float((profit > 0).mean())
        mean, spread = self._moments()
        return PageReturn(
            self.profit, float(low), float(high), probability,
            np.nan if free else self.profit / spent, float(roi[0]), float(roi[1]),
            mean, spread, draws, seed if isinstance(seed, int) else None, level,
            self._notes(probability, bool(free)),
        )  # fmt: skip

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
            there = [replace(self, **{name: fixed(at)}).profit for at in (one.lower, one.upper)]
            rows.append((
                name, one.lower, one.upper, *there, abs(there[1] - there[0]),
                at := self.flips_at(name), within(at, one.lower, one.upper), one.source,
            ))  # fmt: skip
        table = pd.DataFrame(rows, columns=[
            "part", "lower", "upper", "profit_lower", "profit_upper", "width", "flips_at", "flips",
            "source",
        ])  # fmt: skip
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
        none, unit = (_profit(*at[:k], x, *at[k + 1 :]) for x in (0.0, 1.0))
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
        drawn, k = self._drawn(draws, seed), PARTS.index(part)
        for at in values:
            replace(self, **{part: fixed(float(at))})  # says what is out of range
        profit = np.array([_profit(*drawn[:k], float(at), *drawn[k + 1 :]) for at in values])
        return pd.DataFrame({
            part: list(values), "probability": (profit > 0).mean(axis=1),
            "profit": np.median(profit, axis=1),
        })  # fmt: skip

    def _parts(self) -> list[tuple[str, str, Quantity]]:
        return [(one.name, unit, getattr(self, one.name))
                for one, unit in zip(fields(self), UNITS, strict=True)]  # fmt: skip

    def _drawn(self, draws: int, seed: Seed) -> list[NDArray[np.float64]]:
        rng = generator(seed)
        made = [one.draw(draws, rng) for _, _, one in self._parts()]
        # What cannot be is cut off; customers and their value may fall below 0.
        made[2] = np.clip(made[2], 0, 1)
        return made[:3] + [np.maximum(one, 0) for one in made[3:]]

    def _moments(self) -> tuple[float, float]:
        """Mean and standard deviation of the profit of independent parts, nothing cut off."""
        groups = [[one for _, _, one in self._parts()[a:b]] for a, b in ((0, 3), (3, 5), (5, 6))]
        mean, variance = 0.0, 0.0
        for sign, group in zip((1, -1, -1), groups, strict=True):
            product = np.prod([one.mean for one in group])
            square = np.prod([one.variance + one.mean**2 for one in group])
            mean, variance = mean + sign * product, variance + square - product**2
        return float(mean), float(np.sqrt(max(variance, 0.0)))

    def _notes(self, probability: float, free: bool) -> tuple[str, ...]:
        notes = []
        if self.customers.source == "assumed":
            notes.append("The number of customers is an assumption, not the result of a trial.")
            notes.append(
                "The attribution share is an assumption too: no data here say how many of these "
                "customers would have come without the page."
            )
        elif self.attribution.upper < 1:
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


def _profit(customers, value, share, hours, wage, other):  # type: ignore[no-untyped-def]
    return customers * value * share - hours * wage - other


@dataclass(frozen=True)
class PageReturn:
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
        return pd.DataFrame({
            "figure": ["profit", "return on investment"], "value": [self.profit, self.roi],
            "lower": [self.lower, self.roi_lower], "upper": [self.upper, self.roi_upper],
        })  # fmt: skip
