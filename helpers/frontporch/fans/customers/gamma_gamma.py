"""Gamma-Gamma: what customers spend at a purchase, and how much of it is chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import digamma, gammaln

from ... import tables
from ...citing import cited
from ...rounding import as_given, decimal
from .estimate import FEWEST_REPEATED, too_few
from .likelihood import PositiveParameters, known, least

PARAMETERS = ("p", "q", "v")


@dataclass(frozen=True, eq=False)
class SpendEstimate(PositiveParameters):
    """How the mean spend per purchase differs from customer to customer.

    Parameters
    ----------
    parameters : dict of str to float
        p (shape of single purchases), q and v (shape and scale of the customers' means; v in
        the table's currency).
    covariance : numpy.ndarray of float, shape (3, 3)
        Of the logarithms of the parameters.
    log_likelihood : float
        At the estimate.
    customers : int
        Customers who bought again: only they have a mean spend of repeat purchases.
    correlation : float
        Between the number of repeat purchases and the mean spend; the model takes it as 0.
    notes : tuple of str
        What a reader must know, in words.
    level : float
        Confidence level of every interval.
    unknown : tuple of str
        Parameters that diverged: the summary does not show where they ended.
    """

    parameters: dict[str, float]
    covariance: NDArray[np.float64]
    log_likelihood: float
    customers: int
    correlation: float
    notes: tuple[str, ...] = ()
    level: float = 0.95
    unknown: tuple[str, ...] = ()
    estimator: str = "Gamma-Gamma by maximum likelihood"

    @property
    def units(self) -> tuple[str, ...]:
        """Units of the parameters, in their order."""
        return ("", "", "currency")

    @property
    def mean(self) -> float:
        """Mean spend per purchase over all customers; infinite where q is at most 1."""
        p, q, v = self.parameters.values()
        return p * v / (q - 1) if q > 1 else np.inf

    def expected(self, frequency: ArrayLike, mean_spend: ArrayLike) -> NDArray[np.float64]:
        """Spend per purchase to be expected of customers, between their own mean and everybody's.

        Parameters
        ----------
        frequency : array_like of float, shape (customers,)
            Repeat purchases.
        mean_spend : array_like of float, shape (customers,)
            Their mean value; ignored where there was no repeat purchase.

        Returns
        -------
        numpy.ndarray of float, shape (customers,)

        Notes
        -----
        Source: Fader & Hardie (2013), The Gamma-Gamma model of monetary value, equation 5.
        """
        p, q, v = self.parameters.values()
        x = np.asarray(frequency, float)
        spent = np.where(x > 0, x * np.nan_to_num(np.asarray(mean_spend, float)), 0.0)
        with np.errstate(divide="ignore"):
            made = p * (v + spent) / (p * x + q - 1)
        return np.where(p * x + q > 1, made, np.inf)


@cited
def fit_spend(table: pd.DataFrame, *, level: float = 0.95) -> SpendEstimate:
    """Estimate how the spend per purchase differs from customer to customer.

    Parameters
    ----------
    table : pandas.DataFrame
        The `customers` contract with `mean_spend`: the mean value of the repeat purchases.
    level : float
        Confidence level.

    Returns
    -------
    SpendEstimate

    Raises
    ------
    TableError
        If a column is missing or a value is out of its range.
    ValueError
        If a customer bought again without a mean spend above 0, or fewer than ten did.

    Notes
    -----
    Source: Fader & Hardie (2013), The Gamma-Gamma model of monetary value, equation 1a; Fader,
    Hardie & Lee (2005), Journal of Marketing Research 42(4). Only customers who bought again
    enter.

    Examples
    --------
    >>> from frontporch import data
    >>> spend = fit_spend(data.load("cdnow"))
    >>> {name: round(value, 2) for name, value in spend.parameters.items()}
    {'p': 6.25, 'q': 3.74, 'v': 15.45}
    """
    checked = tables.check(table, "customers")
    if "mean_spend" not in checked.columns:
        raise ValueError("the customers table has no column 'mean_spend'.")
    x, z = checked["frequency"].to_numpy(float), checked["mean_spend"].to_numpy(float)
    wrong = (x > 0) & ~(z > 0)
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        raise ValueError(
            f"row {row + 1}: {as_given(x[row])} repeat purchases, but mean_spend is {z[row]}: a "
            "mean above 0 is needed (returned goods are no purchases)."
        )
    x, z = x[x > 0], z[x > 0]
    if len(x) < FEWEST_REPEATED:
        raise ValueError(f"{too_few(len(x))}.")
    unit = float(np.median(z))

    def loss(logs: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        value, gradient = log_likelihood(np.exp(logs), x, z / unit)
        return -value / len(x), -gradient * np.exp(logs) / len(x)

    logs, curved = least(loss, np.log([3.0, 3.0, 1.0]), 1e-9)
    values = np.exp(logs) * [1.0, 1.0, unit]
    correlation = float(np.corrcoef(x, z)[0, 1]) if np.ptp(x) > 0 and np.ptp(z) > 0 else 0.0
    notes = []
    covariance, away = known(logs, len(x) * curved)
    # Of a scale only its product with the shape is known, so v goes where p or q goes.
    lost = (*(name for name, far in zip("pq", away, strict=False) if far), "v")
    lost = lost if away.any() else ()
    if lost:
        notes.append(
            f"{', '.join(lost)} diverged: the means of customers hardly differ by more than "
            "chance, or hardly vary from purchase to purchase. Spends to be expected can still be "
            "used."
        )
    if values[1] <= 1:
        notes.append("q is at most 1: the mean over all customers is infinite; do not use it.")
    if abs(correlation) > max(0.1, 2 / np.sqrt(len(x))):
        notes.append(
            f"those who buy more often spend {'more' if correlation > 0 else 'less'} at a time "
            f"(correlation {decimal(correlation, 2)}): the model takes the two as independent, so "
            "values of frequent customers are biased."
        )
    return SpendEstimate(
        parameters=dict(zip(PARAMETERS, map(float, values), strict=True)),
        covariance=covariance,
        log_likelihood=log_likelihood(values, x, z)[0],
        customers=len(x),
        correlation=correlation,
        notes=tuple(notes),
        level=level,
        unknown=lost,
    )


def log_likelihood(
    parameters: ArrayLike, frequency: NDArray[np.float64], mean_spend: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64]]:
    """Log-likelihood of the mean spends of customers who bought again, and its gradient.

    Parameters
    ----------
    parameters : array_like of float, shape (3,)
        p, q, v.
    frequency, mean_spend : numpy.ndarray of float, shape (customers,)
        Repeat purchases, at least 1, and their mean value, above 0.
    """
    p, q, v = np.asarray(parameters, float)
    x, z = frequency, mean_spend
    logs = np.log(v + x * z)
    value = (
        gammaln(p * x + q)
        - gammaln(p * x)
        - gammaln(q)
        + q * np.log(v)
        + (p * x - 1) * np.log(z)
        + p * x * np.log(x)
        - (p * x + q) * logs
    ).sum()
    by_p = (x * (digamma(p * x + q) - digamma(p * x) + np.log(z) + np.log(x) - logs)).sum()
    by_q = (digamma(p * x + q) - digamma(q) + np.log(v) - logs).sum()
    by_v = (q / v - (p * x + q) / (v + x * z)).sum()
    return float(value), np.array([by_p, by_q, by_v])


def draw_means(
    parameters: ArrayLike, customers: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Draw the mean spend per purchase of customers."""
    p, q, v = np.asarray(parameters, float)
    return p / rng.gamma(q, 1 / v, customers)


def draw_spends(
    parameters: ArrayLike, means: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.float64]:
    """Draw what is spent at single purchases, given the mean of whoever buys."""
    p = float(np.asarray(parameters, float)[0])
    return rng.gamma(p, means / p)
