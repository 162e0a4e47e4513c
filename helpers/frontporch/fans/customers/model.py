"""A model of how customers buy and leave: its likelihood, what it expects, and how it draws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...counting import repeat
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
        From parameters and histories to its value and its gradient. Where every history has
        parameters of its own, in a column, so has the gradient.
    probability_alive : callable
        From parameters and histories to the probability that each has not left.
    expected_purchases : callable
        From parameters, histories and weeks ahead to the purchases to be expected.
    mean_purchases : callable
        From parameters and weeks since the first purchase to a new customer's repeat purchases.
    last_purchases : callable
        From parameters, a number of customers and a generator to the purchase rate of each, the
        weeks of life, and the repeat purchases after which to leave.
    purchases_by, leaving_by : tuple of int
        Which parameter a covariate moves, by its place, so that customers buy and leave more
        often; 1 where the parameter grows with it, -1 where it shrinks.
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
    purchases_by: tuple[int, int] = (1, -1)
    leaving_by: tuple[int, int] = (3, -1)

    def of_histories(self, parameters: Numbers, covariates: Numbers) -> Numbers:
        """Give every history the parameters that its covariates make of the common ones.

        Parameters
        ----------
        parameters : numpy.ndarray of float, shape (4 + 2 covariates,)
            The model's own, then for every covariate how many times as often purchases come, and
            customers leave, where it is larger by 1.
        covariates : numpy.ndarray of float, shape (histories, covariates)

        Returns
        -------
        numpy.ndarray of float, shape (4,) without covariates, else (4, histories)
        """
        if not covariates.shape[1]:
            return parameters[:4]
        own = repeat(parameters[:4, None], len(covariates), axis=1)
        for k, (place, sign) in enumerate((self.purchases_by, self.leaving_by)):
            own[place] = own[place] * np.exp(sign * (covariates @ np.log(parameters[4 + k :: 2])))
        return own
