"""A number with what is not known of it: measured with an interval, assumed with a range, fixed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...elementary import exp, log
from ...names import pick
from ...rounding import as_given
from ...stats.intervals import normal_quantile

LAWS = ("normal", "log", "even", "fixed")


@dataclass(frozen=True)
class Quantity:
    """A number, its limits, and how it is drawn between and beyond them.

    Parameters
    ----------
    value, lower, upper : float
        The number, and the limits of its interval or range.
    law : str
        "normal": an interval on both sides of an estimate, each half as wide as it is; "log":
        the same for a number above 0, on the logarithm; "even": an assumption, any value of the
        range below the value as good as any other, likewise above, and one side as likely as the
        other; "fixed": known.
    source : str
        Where it comes from, in words.
    level : float
        Confidence level of an interval.
    """

    value: float
    lower: float
    upper: float
    law: str = "normal"
    source: str = "assumed"
    level: float = 0.95

    def __post_init__(self) -> None:
        """Check the order and the law."""
        pick(self.law, LAWS, "law of a quantity")
        normal_quantile(self.level)
        numbers = (self.lower, self.value, self.upper)
        if not (np.isfinite(numbers).all() and self.lower <= self.value <= self.upper):
            raise ValueError(
                f"lower, value and upper are {', '.join(as_given(x) for x in numbers)}: finite "
                "numbers in this order are needed."
            )
        if self.law == "log" and self.lower <= 0:
            raise ValueError(
                f"lower is {as_given(self.lower)}, but the law 'log' is for numbers above 0."
            )

    @property
    def mean(self) -> float:
        """Expectation of what is drawn."""
        if self.law == "even":
            return (self.lower + 2 * self.value + self.upper) / 4
        low, high = self._spreads
        if self.law == "log":
            from scipy.special import ndtr

            halves = (np.exp(low**2 / 2) * ndtr(-low), np.exp(high**2 / 2) * ndtr(high))
            return float(self.value * sum(halves))
        return self.value + float((high - low) / np.sqrt(2 * np.pi))

    @property
    def variance(self) -> float:
        """Variance of what is drawn."""
        if self.law == "even":
            low, at, high = self.lower, self.value, self.upper
            square = (low**2 + low * at + 2 * at**2 + at * high + high**2) / 6
            return square - self.mean**2
        low, high = self._spreads
        if self.law == "log":
            from scipy.special import ndtr

            square = np.exp(2 * low**2) * ndtr(-2 * low) + np.exp(2 * high**2) * ndtr(2 * high)
            return float(self.value**2 * square) - self.mean**2
        return float((low**2 + high**2) / 2 - (high - low) ** 2 / (2 * np.pi))

    def draw(self, draws: int, rng: np.random.Generator) -> NDArray[np.float64]:
        """Draw values; the same random numbers are used up by every law."""
        z = rng.standard_normal(draws)
        if self.law == "even":
            from scipy.special import ndtr

            return np.interp(ndtr(z), [0, 0.5, 1], [self.lower, self.value, self.upper])
        low, high = self._spreads
        moved = np.where(z < 0, low, high) * z
        return self.value * exp(moved) if self.law == "log" else self.value + moved

    @property
    def _spreads(self) -> tuple[float, float]:
        """Standard deviations below and above the value, on the scale of the law."""
        if self.law == "fixed":
            return 0.0, 0.0
        z = normal_quantile(self.level)
        at = np.array([self.lower, self.value, self.upper])
        at = log(at) if self.law == "log" else at
        return float((at[1] - at[0]) / z), float((at[2] - at[1]) / z)


def measured(
    value: float,
    lower: float,
    upper: float,
    *,
    law: str = "normal",
    source: str = "a trial",
    level: float = 0.95,
) -> Quantity:
    """Take an estimate with its interval.

    Examples
    --------
    >>> measured(40, 10, 70, source="experiment with invitations").law
    'normal'
    """
    return Quantity(value, lower, upper, law, source, level)


def supposed(value: float, lower: float, upper: float) -> Quantity:
    """Take an assumption with its range: no data stand behind it.

    Examples
    --------
    >>> supposed(0.5, 0.2, 0.8).source
    'assumed'
    """
    return Quantity(value, lower, upper, "even", "assumed")


def fixed(value: float, source: str = "assumed") -> Quantity:
    """Take a number as known.

    Examples
    --------
    >>> fixed(18.0).variance
    0.0
    """
    return Quantity(value, value, value, "fixed", source)
