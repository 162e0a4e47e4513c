"""A customers table as arrays: identical customers counted once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ... import tables
from ...counting import bincount
from ..columns import need


@dataclass(frozen=True, eq=False)
class Buyers:
    """Distinct histories of purchase, and how many customers share each.

    Parameters
    ----------
    frequency : numpy.ndarray of float, shape (histories,)
        Repeat purchases.
    recency : numpy.ndarray of float, shape (histories,)
        Weeks from the first purchase to the last.
    age : numpy.ndarray of float, shape (histories,)
        Weeks from the first purchase to the end of the observation.
    count : numpy.ndarray of float, shape (histories,)
        Customers with this history.
    which : numpy.ndarray of int, shape (customers,)
        The history of each customer, in the order of the table.
    covariates : numpy.ndarray of float, shape (histories, covariates)
        What else is known of customers with this history.
    """

    frequency: NDArray[np.float64]
    recency: NDArray[np.float64]
    age: NDArray[np.float64]
    count: NDArray[np.float64]
    which: NDArray[np.int64]
    covariates: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 0)))

    def __post_init__(self) -> None:
        """Give histories without covariates a table without columns."""
        if not self.covariates.size:
            object.__setattr__(self, "covariates", np.empty((len(self.count), 0)))

    @property
    def customers(self) -> int:
        """Number of customers."""
        return len(self.which)

    @property
    def repeated(self) -> int:
        """Number of repeat purchases of all customers together."""
        return int((self.frequency * self.count).sum())


def read_buyers(table: pd.DataFrame, covariates: Sequence[str] = ()) -> Buyers:
    """Turn a customers table into distinct histories.

    Parameters
    ----------
    table : pandas.DataFrame
        The `customers` contract: `frequency`, `recency` and `age`, times in weeks.
    covariates : sequence of str
        Further columns of numbers, or of true and false.

    Returns
    -------
    Buyers

    Raises
    ------
    TableError
        If a column is missing or a value is out of its range; row, column and remedy are named.
    ValueError
        If nobody was observed at all, or a customer's times contradict the purchases.

    Examples
    --------
    >>> buyers = read_buyers(pd.DataFrame(
    ...     {"frequency": [0, 2, 0], "recency": [0, 3.0, 0], "age": [9.0, 9.0, 9.0]}))
    >>> buyers.count.tolist(), buyers.which.tolist()
    ([2.0, 1.0], [0, 1, 0])
    """
    checked = tables.check(table, "customers")
    x, recency, age = (checked[name].to_numpy(float) for name in ("frequency", "recency", "age"))
    if not len(x):
        raise ValueError("the customers table has no row: nothing can be estimated.")
    remedies = {
        "age is 0: a customer who was not observed after the first purchase tells nothing; leave "
        "the row out": age <= 0,
        "recency is above 0 with a frequency of 0: without a repeat purchase the last one is the "
        "first, so recency is 0": (x == 0) & (recency > 0),
        "recency is 0 with a frequency above 0: a repeat purchase comes after the first; count "
        "purchases of one moment once": (x > 0) & (recency <= 0),
    }
    for said, wrong in remedies.items():
        if wrong.any():
            raise ValueError(f"row {int(np.flatnonzero(wrong)[0]) + 1}: {said}.")
    # Hashing each column is many times faster than sorting rows of three.
    further = _covariates(table, covariates)
    joined = np.zeros(len(x), np.int64)
    for one in (x, recency, age, *further.T):
        codes, distinct = _coded(one)
        joined, _ = _coded(joined * distinct + codes)
    which, histories = pd.factorize(joined)
    first = np.full(len(histories), len(x))
    np.minimum.at(first, which, np.arange(len(x)))
    count = bincount(which).astype(float)
    return Buyers(
        x[first], recency[first], age[first], count, which.astype(np.int64), further[first]
    )


def _covariates(table: pd.DataFrame, names: Sequence[str]) -> NDArray[np.float64]:
    """Read further columns as numbers, shape (customers, names)."""
    need(table, names, "the customers have", "customer")
    columns = []
    for name in names:
        numbers = pd.to_numeric(table[name], errors="coerce").to_numpy(float)
        wrong = np.flatnonzero(~np.isfinite(numbers))
        if len(wrong):
            raise ValueError(
                f"row {wrong[0] + 1}: {name} is {table[name].iloc[wrong[0]]!r}, but a covariate is "
                f"a number. Make a column of 0 and 1 of each group but one: {name} == "
                f"{table[name].iloc[wrong[0]]!r}."
            )
        columns.append(numbers)
    return np.column_stack(columns) if columns else np.empty((len(table), 0))


def _coded(values: NDArray) -> tuple[NDArray[np.int64], int]:
    codes, distinct = pd.factorize(values)
    return codes.astype(np.int64), len(distinct)
