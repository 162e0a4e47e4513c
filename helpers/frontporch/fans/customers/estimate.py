"""From a customers table to how customers buy, leave and come back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar, overload

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ...citing import cited
from ...names import nearest, pick
from ...rounding import as_given, number
from ...stats.intervals import normal_quantile
from ...streams import Seed, generator
from .beta_geometric import bg_nbd, mbg_nbd
from .buyers import Buyers, read_buyers
from .likelihood import FAR, VAGUE, PositiveParameters, known, least
from .model import PurchaseModel
from .pareto import pareto_nbd

MODELS = {"bg_nbd": bg_nbd, "mbg_nbd": mbg_nbd, "pareto_nbd": pareto_nbd}
FEWEST_REPEATED = 10
"""Below this number of customers who bought again, nothing is estimated."""
HARDLY = 1e-3
"""Customers who leave in a thirtieth of the observation, or after a purchase: fewer is none."""
FAR_OFF = 20.0
"""Spreads between the mean of a covariate and 0: beyond, nobody is like a customer at 0."""
WEEKS_A_YEAR = 365.25 / 7


@dataclass(frozen=True, eq=False)
class CustomerEstimate(PositiveParameters):
    """How the customers of one group buy, and how they leave.

    Parameters
    ----------
    law : PurchaseModel
        The model.
    parameters : dict of str to float
        The model's parameters where all covariates are 0; then for every covariate how many times
        as often customers buy, and leave, where it is larger by 1.
    covariance : numpy.ndarray of float, shape (parameters, parameters)
        Of the logarithms of the parameters; 0 for what ran away, and is held where it is.
    log_likelihood : float
        At the estimate.
    buyers : Buyers
        What was fitted.
    notes : tuple of str
        What a reader must know, in words.
    level : float
        Confidence level of every interval.
    unknown : tuple of str
        Parameters that diverged: the summary does not show where they ended.
    covariates : tuple of str
        Columns that move how often customers buy and leave.
    """

    law: PurchaseModel
    parameters: dict[str, float]
    covariance: NDArray[np.float64]
    log_likelihood: float
    buyers: Buyers
    notes: tuple[str, ...] = ()
    level: float = 0.95
    unknown: tuple[str, ...] = ()
    covariates: tuple[str, ...] = ()

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
        return (*self.law.units, *("times" for _ in 2 * self.covariates))

    @cached_property
    def alive(self) -> NDArray[np.float64]:
        """Probability that each customer has not left, in the order of the table."""
        own = self.law.of_histories(self.values, self.buyers.covariates)
        return self.law.probability_alive(own, self.buyers)[self.buyers.which]

    def expected_purchases(
        self, weeks: float, customers: pd.DataFrame | None = None
    ) -> NDArray[np.float64]:
        """Purchases to be expected of each customer in the coming weeks.

        Parameters
        ----------
        weeks : float
            How far to look, from 0 up.
        customers : pandas.DataFrame, optional
            Whose: the `customers` contract, in any order, also of customers who were not in the
            estimate. Without it those of the estimate, in their order.

        Returns
        -------
        numpy.ndarray of float, shape (customers,)
        """
        return self._ahead([_weeks(weeks)], customers)[0]

    def _ahead(
        self, edges: Sequence[float] | NDArray[np.float64], customers: pd.DataFrame | None
    ) -> NDArray[np.float64]:
        """Purchases up to each of several times, shape (times, customers)."""
        buyers = self.buyers if customers is None else read_buyers(customers, self.covariates)
        own = self.law.of_histories(self.values, buyers.covariates)
        ahead = [self.law.expected_purchases(own, buyers, edge) for edge in edges]
        return np.array(ahead)[:, buyers.which]

    def _new(
        self, covariates: Mapping[str, float] | None
    ) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
        """Give the parameters of a new customer, as a function of all parameters."""
        if covariates is None:
            usual = np.average(self.buyers.covariates, axis=0, weights=self.buyers.count)
            covariates = dict(zip(self.covariates, usual, strict=True))
        for name in covariates:
            pick(name, self.covariates, "covariate")
        missing = [name for name in self.covariates if name not in covariates]
        if missing:
            raise ValueError(f"{', '.join(missing)} is missing: give {', '.join(self.covariates)}.")
        row = np.array([[float(covariates[name]) for name in self.covariates]])
        return lambda of: self.law.of_histories(of, row).reshape(4, -1)[:, 0]

    def mean_purchases(
        self, weeks: ArrayLike, covariates: Mapping[str, float] | None = None
    ) -> pd.DataFrame:
        """Repeat purchases of a new customer by weeks since the first purchase, with intervals.

        Parameters
        ----------
        weeks : array_like of float
            Weeks since the first purchase, from 0 up.
        covariates : mapping of str to float, optional
            Of the new customer; the means of all customers without it.

        Returns
        -------
        pandas.DataFrame
            Columns `weeks`, `purchases`, `lower`, `upper`; intervals by the delta method on the
            logarithm.
        """
        times = np.atleast_1d(np.asarray(weeks, float))
        if not (np.isfinite(times) & (times >= 0)).all():
            raise ValueError("weeks must be numbers from 0 up.")
        new = self._new(covariates)
        made, lower, upper = self.interval_of(lambda of: self.law.mean_purchases(new(of), times))
        return pd.DataFrame({"weeks": times, "purchases": made, "lower": lower, "upper": upper})

    def discounted_purchases(
        self,
        *,
        discount: float = 0.10,
        weeks: float = 156.0,
        customers: pd.DataFrame | None = None,
    ) -> NDArray[np.float64]:
        """Purchases to come of each customer, those of later weeks counted for less.

        Parameters
        ----------
        discount : float
            Rate per year, from 0 up.
        weeks : float
            How far to look.
        customers : pandas.DataFrame, optional
            Whose; as of `expected_purchases`.

        Returns
        -------
        numpy.ndarray of float, shape (customers,)
        """
        edges, worth = _discounts(discount, weeks)
        return worth @ np.diff(self._ahead(edges, customers), axis=0)

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
            In the currency of `spend`; repeat purchases only, of a customer with the mean of
            every covariate. The interval is that of the purchases.
        """
        check_margin(margin)
        edges, worth = _discounts(discount, weeks)
        new = self._new(None)

        def value(parameters: NDArray[np.float64]) -> float:
            made = np.diff(self.law.mean_purchases(new(parameters), edges))
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
        """Draw parameters from the normal approximation of their logarithms, a row a draw."""
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
    covariates: Sequence[str] = (),
    level: float = 0.95,
) -> CustomerEstimate: ...


@overload
def fit_customers(
    table: pd.DataFrame,
    model: str | PurchaseModel = "bg_nbd",
    *,
    by: str,
    covariates: Sequence[str] = (),
    level: float = 0.95,
) -> dict[str, CustomerEstimate]: ...


@cited
def fit_customers(
    table: pd.DataFrame,
    model: str | PurchaseModel = "bg_nbd",
    *,
    by: str | None = None,
    covariates: Sequence[str] = (),
    level: float = 0.95,
) -> CustomerEstimate | dict[str, CustomerEstimate]:
    """Estimate how customers buy and leave.

    Parameters
    ----------
    table : pandas.DataFrame
        The `customers` contract: `frequency`, `recency` and `age`, times in weeks.
    model : str or PurchaseModel
        "bg_nbd" (customers may leave after each repeat purchase), "mbg_nbd" (after the first
        purchase too), "pareto_nbd" (at any moment), or a model of one's own.
    by : str, optional
        Column whose values make groups; each is fitted by itself.
    covariates : sequence of str
        Columns of numbers that move how often customers buy, and leave, all else being common.
        The summary says how many times as often where a covariate is larger by 1.
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
    Colombo (1987), Management Science 33(1); Batislam, Denizel & Filiztekin (2007),
    International Journal of Research in Marketing 24(3). Standard errors come from the curvature
    of the log-likelihood in the logarithms of the parameters. Covariates divide alpha, and divide
    beta or multiply a: Fader & Hardie (2007), Incorporating time-invariant covariates into the
    Pareto/NBD and BG/NBD models; there b has a coefficient of its own.

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
        return _fitted(read_buyers(table, covariates), law, level, tuple(covariates))
    if by not in table.columns:
        raise ValueError(f"the customers table has no column {by!r}. {nearest(by, table.columns)}")
    if table[by].isna().any():
        row = int(np.flatnonzero(table[by].isna())[0]) + 1
        raise ValueError(f"row {row}: {by} is missing: give every customer a group.")
    groups = {}
    for name, rows in table.groupby(by, sort=True, observed=True):
        try:
            buyers = read_buyers(rows.reset_index(drop=True), covariates)
            groups[str(name)] = _fitted(buyers, law, level, tuple(covariates))
        except ValueError as error:
            raise ValueError(f"{by} {name!r}: {error}") from error
    return groups


def too_few(repeated: int) -> str:
    """Say that too few customers came back to estimate anything."""
    who = "1 customer" if repeated == 1 else f"{repeated} customers"
    return f"{who} bought again: at least {FEWEST_REPEATED} are needed"


def model_of(model: str | PurchaseModel) -> PurchaseModel:
    """Give the model of a name, or the one that was given."""
    return model if isinstance(model, PurchaseModel) else MODELS[pick(model, MODELS, "model")]


def _fitted(
    buyers: Buyers, law: PurchaseModel, level: float, covariates: tuple[str, ...]
) -> CustomerEstimate:
    normal_quantile(level)
    repeated = int(buyers.count[buyers.frequency > 0].sum())
    if repeated < FEWEST_REPEATED:
        raise ValueError(f"{too_few(repeated)}. Observe longer, or join groups.")
    # Time in a unit of its own, so that days, weeks and years start from the same place; so too
    # covariates, around their mean.
    unit = float(np.average(buyers.age, weights=buyers.count)) / 30
    centre, spread = _of_covariates(buyers, covariates)
    scaled = replace(
        buyers,
        recency=buyers.recency / unit,
        age=buyers.age / unit,
        covariates=(buyers.covariates - centre) / spread,
    )
    logs, curved = _highest(law, scaled)
    # Back to covariates of 0, and their own units.
    turn = np.eye(len(logs))
    for k, (place, sign) in enumerate((law.purchases_by, law.leaving_by)):
        turn[4 + k :: 2, 4 + k :: 2] = np.diag(1 / spread)
        turn[place, 4 + k :: 2] = -sign * centre / spread
    covariance, away = known(logs, buyers.customers * curved)
    values = np.exp(turn @ logs)
    values[:4] *= [unit if one == "weeks" else 1.0 for one in law.units]
    names = (
        *law.parameters,
        *(f"{what}, {one}" for one in covariates for what in ("purchases", "leaving")),
    )
    own = law.of_histories(values, buyers.covariates)
    covariance = turn @ covariance @ turn.T
    away = np.array([_away(k, away) for k in range(len(names))])
    vague = ~away & (np.diag(covariance) > VAGUE**2)
    notes = _notes(names, away, values, logs)
    notes = (*notes, *_too_vague(names, vague))
    return CustomerEstimate(
        law,
        dict(zip(names, map(float, values), strict=True)),
        covariance,
        law.log_likelihood(own, buyers)[0],
        buyers,
        notes,
        level,
        tuple(name for name, one in zip(names, away | vague, strict=True) if one),
        covariates,
    )


def _of_covariates(
    buyers: Buyers, names: tuple[str, ...]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give means and spreads of covariates, or say which of them cannot be told apart."""
    table = buyers.covariates
    centre = np.average(table, axis=0, weights=buyers.count)
    spread = np.sqrt(np.average((table - centre) ** 2, axis=0, weights=buyers.count))
    for k, name in enumerate(names):
        if spread[k] <= 1e-12 * np.abs(table[:, k]).max():
            raise ValueError(
                f"{name} is the same for all customers: nothing tells what it does. Leave it out."
            )
        if abs(centre[k]) > FAR_OFF * spread[k]:
            raise ValueError(
                f"{name} is about {number(centre[k])} and never near 0, for which parameters would "
                f"be given. Subtract a usual value: {name} - {as_given(np.median(table[:, k]))}."
            )
        part = (table[:, : k + 1] - centre[: k + 1]) / spread[: k + 1]
        if np.linalg.matrix_rank(part, tol=1e-8 * np.sqrt(len(part))) <= k:
            raise ValueError(
                f"{name} follows from {', '.join(names[:k])}: what each does cannot be told apart. "
                "Leave one out."
            )
    return centre, spread


def _highest(law: PurchaseModel, scaled: Buyers) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Find where the likelihood is highest, from further starts where the first ran away."""
    customers, columns = scaled.customers, scaled.covariates

    def loss(logs: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        own = law.of_histories(np.exp(np.clip(logs, -FAR, FAR)), columns)
        value, gradient = law.log_likelihood(own, scaled)
        slope = gradient * own
        if columns.shape[1]:
            whole = np.zeros(len(logs))
            whole[:4] = slope.sum(axis=1)
            for k, (place, sign) in enumerate((law.purchases_by, law.leaving_by)):
                whole[4 + k :: 2] = sign * (slope[place] @ columns)
            slope = whole
        return -value / customers, -slope / customers

    start = np.concatenate([np.log(law.start), np.zeros(2 * columns.shape[1])])
    best = least(loss, start, 1e-8)
    if known(best[0], customers * best[1])[1].any():
        # On a flat ridge the search stops early: begin with less, and with more, difference.
        for shift in (-1.5, 1.5):
            moved = start.copy()
            moved[2:4] += shift
            other = least(loss, moved, 1e-8)
            if loss(other[0])[0] < loss(best[0])[0]:
                best = other
    return best


def _too_vague(names: tuple[str, ...], vague: NDArray[np.bool_]) -> list[str]:
    """Say what is not printed although it did not run away."""
    notes = []
    if vague[:4].any():
        some = " and ".join(names[k] for k in np.flatnonzero(vague[:4]))
        notes.append(
            f"{some} would be that of customers whose covariates are all 0, and nobody is near: "
            "subtract the mean of each covariate first."
        )
    if vague[4:].any():
        some = " and ".join(names[k] for k in np.flatnonzero(vague[4:]) + 4)
        notes.append(f"{some}: the data say next to nothing of it, so nothing is printed.")
    return notes


def _away(place: int, away: NDArray[np.bool_]) -> bool:
    """Whether a parameter ran away, or the one that makes a distribution with it."""
    pair = slice(place // 2 * 2, place // 2 * 2 + 2) if place < 4 else slice(place, place + 1)
    return bool(away[pair].any())


def _notes(
    names: tuple[str, ...],
    away: NDArray[np.bool_],
    values: NDArray[np.float64],
    logs: NDArray[np.float64],
) -> tuple[str, ...]:
    """Say what ran away, and what is known of it all the same."""
    notes = []
    for one, two in ((0, 1), (2, 3)):
        if away[[one, two]].any():
            ratio = f"{names[one]}/{names[two]}"
            said = f"of the two only {ratio} is known, {number(values[one] / values[two])}"
            if one and logs[one] - logs[two] < np.log(HARDLY):
                said = f"{ratio} is as good as 0: hardly anybody leaves"
            notes.append(
                f"{names[one]} and {names[two]} diverged: customers hardly differ in this respect, "
                "or the observation is too short to tell. You can still use the purchases ahead; "
                f"{said}."
            )
    for k in np.flatnonzero(away[4:]) + 4:
        notes.append(
            f"{names[k]}: the likelihood has no maximum, so nothing is printed. Too few customers "
            "bought again where it is high, or where it is low."
        )
    return tuple(notes)


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
