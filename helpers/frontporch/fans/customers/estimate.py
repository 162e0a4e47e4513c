"""From a customers table to how customers buy, leave and come back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from types import ModuleType

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import optimize

from ...names import nearest, pick
from ...stats.intervals import normal_quantile
from ...streams import Seed, generator
from . import bg_nbd, pareto_nbd
from .buyers import Buyers, read_buyers

MODELS: dict[str, ModuleType] = {one.NAME: one for one in (bg_nbd, pareto_nbd)}
FEWEST_REPEATED = 10
"""Below this number of customers who bought again, nothing is estimated."""
_FAR = 12.0  # in units of the logarithm: a parameter this far out has run away


@dataclass(frozen=True, eq=False)
class CustomerEstimate:
    """How the customers of one group buy, and how they leave.

    Parameters
    ----------
    model : str
        "BG/NBD" or "Pareto/NBD".
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

    model: str
    parameters: dict[str, float]
    covariance: NDArray[np.float64]
    log_likelihood: float
    buyers: Buyers
    notes: tuple[str, ...] = ()
    level: float = 0.95

    @property
    def estimator(self) -> str:
        """Name of the estimator."""
        return f"{self.model} by maximum likelihood"

    @property
    def law(self) -> ModuleType:
        """The model's functions."""
        return MODELS[self.model]

    @property
    def _values(self) -> NDArray[np.float64]:
        return np.array(list(self.parameters.values()))

    def summary(self) -> pd.DataFrame:
        """Show each parameter with its standard error and interval, on the log scale symmetric."""
        values, spread = self._values, np.sqrt(np.diag(self.covariance))
        reach = normal_quantile(self.level) * spread
        return pd.DataFrame({
            "parameter": list(self.parameters), "unit": self.law.UNITS, "estimate": values,
            "standard_error": values * spread,
            "lower": values * np.exp(-reach), "upper": values * np.exp(reach),
        })  # fmt: skip

    @cached_property
    def alive(self) -> NDArray[np.float64]:
        """Probability that each customer has not left, in the order of the table."""
        return self.law.probability_alive(self._values, self.buyers)[self.buyers.which]

    def expected_purchases(self, weeks: float) -> NDArray[np.float64]:
        """Purchases to be expected of each customer in the coming weeks, in the table's order."""
        ahead = self.law.expected_purchases(self._values, self.buyers, _weeks(weeks))
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
        made, lower, upper = self.interval(lambda of: self.law.mean_purchases(of, times))
        return pd.DataFrame({"weeks": times, "purchases": made, "lower": lower, "upper": upper})

    def interval(
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
        logs = np.log(self._values)

        def log_of(at: NDArray[np.float64]) -> NDArray[np.float64]:
            with np.errstate(divide="ignore"):
                return np.log(np.atleast_1d(np.asarray(of(np.exp(at)), float)))

        step = 1e-5
        here = log_of(logs)
        with np.errstate(invalid="ignore"):
            slopes = np.array([
                (log_of(logs + step * one) - log_of(logs - step * one)) / (2 * step)
                for one in np.eye(len(logs))
            ])  # fmt: skip
        spread = np.sqrt(np.einsum("ik,ij,jk->k", np.nan_to_num(slopes), self.covariance,
                                   np.nan_to_num(slopes)))  # fmt: skip
        reach = normal_quantile(self.level) * spread
        return np.exp(here), np.exp(here - reach), np.exp(here + reach)

    def drawn(self, draws: int, seed: Seed) -> NDArray[np.float64]:
        """Draw parameters from the normal approximation of their logarithms, shape (draws, 4)."""
        if np.isnan(self.covariance).any():
            raise ValueError("there are no standard errors to draw from: see the notes.")
        logs = generator(seed).multivariate_normal(
            np.log(self._values), self.covariance, draws, method="eigh"
        )
        return np.exp(logs)


def fit_customers(
    table: pd.DataFrame, model: str = bg_nbd.NAME, *, by: str | None = None, level: float = 0.95
) -> CustomerEstimate | dict[str, CustomerEstimate]:
    """Estimate how customers buy and leave.

    Parameters
    ----------
    table : pandas.DataFrame
        The `customers` contract: `frequency`, `recency` and `age`, times in weeks.
    model : str
        "BG/NBD" (customers may leave after each repeat purchase) or "Pareto/NBD" (at any
        moment).
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
    law = MODELS[pick(model, MODELS, "model")]
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


def _fitted(buyers: Buyers, law: ModuleType, level: float) -> CustomerEstimate:
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
        values = np.exp(np.clip(logs, -_FAR, _FAR))
        value, gradient = law.log_likelihood(values, scaled)
        return -value / customers, -gradient * values / customers

    found = optimize.minimize(
        loss, np.log(law.START), jac=True, method="L-BFGS-B", bounds=[(-_FAR, _FAR)] * 4,
        options={"ftol": 1e-14, "gtol": 1e-8, "maxiter": 1_000},
    )  # fmt: skip
    logs = found.x
    step, curved = 1e-4, np.empty((4, 4))
    for k, one in enumerate(np.eye(4)):
        curved[k] = (loss(logs + step * one)[1] - loss(logs - step * one)[1]) / (2 * step)
    values = np.exp(logs) * np.array([unit if one == "weeks" else 1.0 for one in law.UNITS])
    covariance, notes = _inverse(customers * (curved + curved.T) / 2)
    out = [name for name, at in zip(law.PARAMETERS, logs, strict=True) if abs(at) > _FAR - 1]
    if out:
        notes = (*notes, f"{' and '.join(out)} ran away: customers hardly differ in this respect, "
                 "or the observation is too short to tell. Purchases ahead can still be used; the "
                 "parameters by themselves cannot.")  # fmt: skip
    value, _ = law.log_likelihood(values, buyers)
    parameters = dict(zip(law.PARAMETERS, map(float, values), strict=True))
    return CustomerEstimate(law.NAME, parameters, covariance, value, buyers, notes, level)


def _inverse(information: NDArray[np.float64]) -> tuple[NDArray[np.float64], tuple[str, ...]]:
    """Invert the information, or say that it has no inverse."""
    roots = np.linalg.eigvalsh(information)
    if roots[0] <= 1e-9 * roots[-1]:
        return np.full_like(information, np.nan), (
            "the likelihood is flat in one direction: there are no standard errors.",
        )
    return np.linalg.inv(information), ()


def _weeks(weeks: float) -> float:
    if not (np.isfinite(weeks) and weeks >= 0):
        raise ValueError(f"weeks is {weeks}, but a number from 0 up is needed.")
    return float(weeks)
