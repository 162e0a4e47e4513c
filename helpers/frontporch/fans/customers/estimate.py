"""From a customers table to how customers buy, leave and come back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar, overload

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ...citing import cited
from ...names import nearest, pick
from ...stats.intervals import normal_quantile
from ...streams import Seed, generator
from .beta_geometric import bg_nbd
from .buyers import Buyers, read_buyers
from .likelihood import FAR, PositiveParameters, least
from .model import PurchaseModel
from .pareto import pareto_nbd

MODELS = {"bg_nbd": bg_nbd, "pareto_nbd": pareto_nbd}
FEWEST_REPEATED = 10
"""Below this number of customers who bought again, nothing is estimated."""
WEEKS_A_YEAR = 365.25 / 7


@dataclass(frozen=True, eq=False)
class CustomerEstimate(PositiveParameters):
    """How the customers of one group buy, and how they leave.

    Parameters
    ----------
    law : PurchaseModel
        The model.
    parameters : dict of str to float
        The model's parameters.
    covariance : numpy.ndarray of float, shape (4, 4)
        Of the logarithms of the parameters; missing where the likelihood is flat.
    log_likelihood : float
        At the estimate.
    buyers : Buyers
        What was fitted.
    notes : tuple of str
        What a reader must know, in words.
    level : float
        Confidence level of every interval.
    """

    law: PurchaseModel
    parameters: dict[str, float]
    covariance: NDArray[np.float64]
    log_likelihood: float
    buyers: Buyers
    notes: tuple[str, ...] = ()
    level: float = 0.95

    PICTURES: ClassVar[dict[str, str]] = {
        "mean purchases": "frontporch.fans.customers.pictures:plot_mean_purchases"
    }

    @property
    def model(self) -> str:
        """Name of the model."""
        return self.law.name

    @property
    def estimator(self) -> str:
        """Name of the estimator."""
        return f"{self.model} by maximum likelihood"

    @property
    def units(self) -> tuple[str, ...]:
        """Units of the parameters, in their order."""
        return self.law.units

    @cached_property
    def alive(self) -> NDArray[np.float64]:
        """Probability that each customer has not left, in the order of the table."""
        return self.law.probability_alive(self.values, self.buyers)[self.buyers.which]

    def expected_purchases(self, weeks: float) -> NDArray[np.float64]:
        """Purchases to be expected of each customer in the coming weeks, in the table's order."""
        ahead = self.law.expected_purchases(self.values, self.buyers, _weeks(weeks))
        return ahead[self.buyers.which]

    def mean_purchases(self, weeks: ArrayLike) -> pd.DataFrame:
        """Repeat purchases of a new customer by weeks since the first purchase, with intervals.

        Parameters
        ----------
        weeks : array_like of float
            Weeks since the first purchase, from 0 up.

        Returns
        -------
        pandas.DataFrame
            Columns `weeks`, `purchases`, `lower`, `upper`; intervals by the delta method on the
            logarithm.
        """
        times = np.atleast_1d(np.asarray(weeks, float))
        if not (np.isfinite(times) & (times >= 0)).all():
            raise ValueError("weeks must be numbers from 0 up.")
        made, lower, upper = self.interval_of(lambda of: self.law.mean_purchases(of, times))
        return pd.DataFrame({"weeks": times, "purchases": made, "lower": lower, "upper": upper})

    def discounted_purchases(
        self, *, discount: float = 0.10, weeks: float = 156.0
    ) -> NDArray[np.float64]:
        """Purchases to come of each customer, those of later weeks counted for less.

        Parameters
        ----------
        discount : float
            Rate per year, from 0 up.
        weeks : float
            How far to look.

        Returns
        -------
        numpy.ndarray of float, shape (customers,)
        """
        edges, worth = _discounts(discount, weeks)
        ahead = np.array([self.expected_purchases(edge) for edge in edges])
        return worth @ np.diff(ahead, axis=0)

    def value_of_a_new_customer(
        self, spend: float, *, margin: float, discount: float = 0.10, weeks: float = 156.0
    ) -> tuple[float, float, float]:
        """Value today of somebody who has just bought for the first time, with its interval.

        Parameters
        ----------
        spend : float
            Mean spend per purchase, taken as known.
        margin : float
            Share of the spend that is left, above 0 and up to 1.
        discount : float
            Rate per year.
        weeks : float
            How far to look.

        Returns
        -------
        value, lower, upper : float
            In the currency of `spend`; repeat purchases only. The interval is that of the
            purchases.
        """
        check_margin(margin)
        edges, worth = _discounts(discount, weeks)

        def value(parameters: NDArray[np.float64]) -> float:
            made = np.diff(self.law.mean_purchases(parameters, edges))
            return float(worth @ made) * spend * margin

        middle, lower, upper = (float(one[0]) for one in self.interval_of(value))
        return middle, lower, upper

    def interval_of(
        self, of: Callable[[NDArray[np.float64]], ArrayLike]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Give a positive function of the parameters with its interval, by the delta method.

        Parameters
        ----------
        of : callable
            From the parameters, as an array, to one or several values above 0.

        Returns
        -------
        estimate, lower, upper : numpy.ndarray of float
        """
        logs = np.log(self.values)

        def log_of(at: NDArray[np.float64]) -> NDArray[np.float64]:
            with np.errstate(divide="ignore"):
                return np.log(np.atleast_1d(np.asarray(of(np.exp(at)), float)))

        step = 1e-5
        here = log_of(logs)
        with np.errstate(invalid="ignore"):
            moved = [
                (log_of(logs + step * one) - log_of(logs - step * one)) / (2 * step)
                for one in np.eye(len(logs))
            ]
        slopes = np.nan_to_num(np.array(moved))
        spread = np.sqrt(np.einsum("ik,ij,jk->k", slopes, self.covariance, slopes))
        reach = normal_quantile(self.level) * spread
        return np.exp(here), np.exp(here - reach), np.exp(here + reach)

    def drawn(self, draws: int, seed: Seed) -> NDArray[np.float64]:
        """Draw parameters from the normal approximation of their logarithms, shape (draws, 4)."""
        if np.isnan(self.covariance).any():
            raise ValueError("there are no standard errors to draw from: see the notes.")
        logs = generator(seed).multivariate_normal(
            np.log(self.values), self.covariance, draws, method="eigh"
        )
        return np.exp(logs)


@overload
def fit_customers(
    table: pd.DataFrame,
    model: str | PurchaseModel = "bg_nbd",
    *,
    by: None = None,
    level: float = 0.95,
) -> CustomerEstimate: ...


@overload
def fit_customers(
    table: pd.DataFrame,
    model: str | PurchaseModel = "bg_nbd",
    *,
    by: str,
    level: float = 0.95,
) -> dict[str, CustomerEstimate]: ...


@cited
def fit_customers(
    table: pd.DataFrame,
    model: str | PurchaseModel = "bg_nbd",
    *,
    by: str | None = None,
    level: float = 0.95,
) -> CustomerEstimate | dict[str, CustomerEstimate]:
    """Estimate how customers buy and leave.

    Parameters
    ----------
    table : pandas.DataFrame
        The `customers` contract: `frequency`, `recency` and `age`, times in weeks.
    model : str or PurchaseModel
        "bg_nbd" (customers may leave after each repeat purchase), "pareto_nbd" (at any moment),
        or a model of one's own.
    by : str, optional
        Column whose values make groups; each is fitted by itself.
    level : float
        Confidence level.

    Returns
    -------
    CustomerEstimate, or dict of str to CustomerEstimate
        One a group where `by` is given.

    Raises
    ------
    TableError
        If a column is missing or a value is out of its range.
    UnknownName
        If there is no such model; the message names the nearest.
    ValueError
        If fewer than ten customers bought again, or there is no such column.

    Notes
    -----
    Source: Fader, Hardie & Lee (2005), Marketing Science 24(2); Schmittlein, Morrison &
    Colombo (1987), Management Science 33(1). Standard errors come from the curvature of the
    log-likelihood in the logarithms of the parameters.

    Examples
    --------
    >>> from frontporch import data
    >>> bought = fit_customers(data.load("cdnow"))
    >>> bought.summary()[["parameter", "estimate"]].round(3)
      parameter  estimate
    0         r     0.243
    1     alpha     4.414
    2         a     0.793
    3         b     2.426
    """
    law = model_of(model)
    if by is None:
        return _fitted(read_buyers(table), law, level)
    if by not in table.columns:
        raise ValueError(f"the customers table has no column {by!r}. {nearest(by, table.columns)}")
    if table[by].isna().any():
        row = int(np.flatnonzero(table[by].isna())[0]) + 1
        raise ValueError(f"row {row}: {by} is missing: give every customer a group.")
    groups = {}
    for name, rows in table.groupby(by, sort=True, observed=True):
        try:
            groups[str(name)] = _fitted(read_buyers(rows.reset_index(drop=True)), law, level)
        except ValueError as error:
            raise ValueError(f"{by} {name!r}: {error}") from error
    return groups


def model_of(model: str | PurchaseModel) -> PurchaseModel:
    """Give the model of a name, or the one that was given."""
    return model if isinstance(model, PurchaseModel) else MODELS[pick(model, MODELS, "model")]


def _fitted(buyers: Buyers, law: PurchaseModel, level: float) -> CustomerEstimate:
    normal_quantile(level)
    repeated = int(buyers.count[buyers.frequency > 0].sum())
    if repeated < FEWEST_REPEATED:
        raise ValueError(
            f"{repeated} customers bought again: at least {FEWEST_REPEATED} are needed. Observe "
            "longer, or join groups."
        )
    # Time in a unit of its own, so that days, weeks and years start from the same place.
    unit = float(np.average(buyers.age, weights=buyers.count)) / 30
    scaled = replace(buyers, recency=buyers.recency / unit, age=buyers.age / unit)
    customers = buyers.customers

    def loss(logs: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        values = np.exp(np.clip(logs, -FAR, FAR))
        value, gradient = law.log_likelihood(values, scaled)
        return -value / customers, -gradient * values / customers

    logs, curved = least(loss, np.log(law.start), 1e-8)
    values = np.exp(logs) * np.array([unit if one == "weeks" else 1.0 for one in law.units])
    covariance, notes = _inverse(customers * curved)
    out = [name for name, at in zip(law.parameters, logs, strict=True) if abs(at) > FAR - 1]
    if out:
        notes = (
            *notes,
            f"{' and '.join(out)} ran away: customers hardly differ in this respect, or the "
            "observation is too short to tell. Purchases ahead can still be used; the parameters "
            "by themselves cannot.",
        )
    value, _ = law.log_likelihood(values, buyers)
    parameters = dict(zip(law.parameters, map(float, values), strict=True))
    return CustomerEstimate(law, parameters, covariance, value, buyers, notes, level)


def _inverse(information: NDArray[np.float64]) -> tuple[NDArray[np.float64], tuple[str, ...]]:
    """Invert the information, or say that it has no inverse."""
    roots = np.linalg.eigvalsh(information)
    if roots[0] <= 1e-9 * roots[-1]:
        return np.full_like(information, np.nan), (
            "the likelihood is flat in one direction: there are no standard errors.",
        )
    return np.asarray(np.linalg.inv(information), float), ()


def _weeks(weeks: float) -> float:
    if not (np.isfinite(weeks) and weeks >= 0):
        raise ValueError(f"weeks is {weeks}, but a number from 0 up is needed.")
    return float(weeks)


def check_margin(margin: float) -> float:
    """Return a margin, or say what is needed."""
    if not 0 < margin <= 1:
        raise ValueError(f"margin is {margin}, but a share above 0 and up to 1 is needed: 0.4.")
    return margin


def _discounts(discount: float, weeks: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give the edges of periods of four weeks, and what a purchase in each is worth today."""
    if not (np.isfinite(discount) and discount >= 0):
        raise ValueError(f"discount is {discount}, but a rate per year from 0 up is needed.")
    edges = np.unique(np.append(np.arange(0.0, weeks, 4.0), weeks))
    return edges, (1 + discount) ** (-(edges[1:] + edges[:-1]) / 2 / WEEKS_A_YEAR)
