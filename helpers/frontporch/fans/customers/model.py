"""A model of how customers buy and leave: its likelihood, what it expects, and how it draws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .buyers import Buyers

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class PurchaseModel:
    """How customers buy and leave; whatever fills these places can be fitted and drawn.

    Parameters
    ----------
    name : str
        As in a picture.
    parameters, units : tuple of str
        Names of the four parameters, all above 0, and their units: "weeks" or none.
    start : tuple of float
        Where the search for the likelihood's maximum begins, in thirtieths of the mean age.
    log_likelihood : callable
        From parameters and histories to its value and its gradient.
    probability_alive : callable
        From parameters and histories to the probability that each has not left.
    expected_purchases : callable
        From parameters, histories and weeks ahead to the purchases to be expected.
    mean_purchases : callable
        From parameters and weeks since the first purchase to a new customer's repeat purchases.
    last_purchases : callable
        From parameters, a number of customers and a generator to the purchase rate of each, the
        weeks of life, and the repeat purchases after which to leave.
    """

    name: str
    parameters: tuple[str, ...]
    units: tuple[str, ...]
    start: tuple[float, ...]
    log_likelihood: Callable[[ArrayLike, Buyers], tuple[float, Numbers]]
    probability_alive: Callable[[ArrayLike, Buyers], Numbers]
    expected_purchases: Callable[[ArrayLike, Buyers, float], Numbers]
    mean_purchases: Callable[[ArrayLike, ArrayLike], Numbers]
    last_purchases: Callable[
        [ArrayLike, int, np.random.Generator], tuple[Numbers, Numbers, Numbers]
    ]
