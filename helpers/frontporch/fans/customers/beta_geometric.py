"""BG/NBD: customers who may leave after each purchase."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import digamma, gammaln, hyp2f1

from .buyers import Buyers
from .model import PurchaseModel


def log_likelihood(parameters: ArrayLike, buyers: Buyers) -> tuple[float, NDArray[np.float64]]:
    """Log-likelihood of all customers, and its gradient.

    Parameters
    ----------
    parameters : array_like of float, shape (4,)
        r and alpha (weeks) of the purchase rates' gamma distribution, a and b of the beta
        distribution of the probability to leave after a purchase; all above 0.
    buyers : Buyers
        Histories and their counts.

    Returns
    -------
    value : float
    gradient : numpy.ndarray of float, shape (4,)

    Notes
    -----
    Source: Fader, Hardie & Lee (2005), Marketing Science 24(2), equation 6.
    """
    r, alpha, a, b = np.asarray(parameters, float)
    x, recency, age, count = buyers.frequency, buyers.recency, buyers.age, buyers.count
    repeat = x > 0
    kinds, which = np.unique(x, return_inverse=True)  # few numbers of purchases, many customers
    common = (
        gammaln(r + kinds)
        - gammaln(r)
        + r * np.log(alpha)
        + gammaln(a + b)
        + gammaln(b + kinds)
        - gammaln(b)
        - gammaln(a + b + kinds)
    )[which]
    alive = -(r + x) * np.log(alpha + age)
    after = np.log(a / (b + np.maximum(x, 1) - 1)) - (r + x) * np.log(alpha + recency)
    left = np.where(repeat, after, -np.inf)
    both = np.logaddexp(alive, left)
    value = float(count @ (common + both))

    gone = np.exp(left - both)  # share of the likelihood in which the customer has left
    stays = 1 - gone
    sums = digamma(a + b) - digamma(a + b + kinds)
    by_r = (digamma(r + kinds) - digamma(r) + np.log(alpha))[which]
    by_r = by_r - stays * np.log(alpha + age) - gone * np.log(alpha + recency)
    by_alpha = r / alpha - (r + x) * (stays / (alpha + age) + gone / (alpha + recency))
    by_a = sums[which] + gone / a
    by_b = (sums + digamma(b + kinds) - digamma(b))[which]
    by_b = by_b - gone / (b + np.maximum(x, 1) - 1)
    return value, np.array([count @ by_r, count @ by_alpha, count @ by_a, count @ by_b])


def probability_alive(parameters: ArrayLike, buyers: Buyers) -> NDArray[np.float64]:
    """Probability that a customer with each history has not left.

    Parameters
    ----------
    parameters : array_like of float, shape (4,)
        r, alpha (weeks), a, b.
    buyers : Buyers
        Histories.

    Returns
    -------
    numpy.ndarray of float, shape (histories,)
        1 for whoever never bought again: in this model one can only leave after a repeat
        purchase.

    Notes
    -----
    Source: Fader, Hardie & Lee (2008), Computing P(alive) using the BG/NBD model, equation 1.
    """
    r, alpha, a, b = np.asarray(parameters, float)
    x = buyers.frequency
    log_odds = (r + x) * np.log((alpha + buyers.age) / (alpha + buyers.recency))
    log_odds = log_odds + np.log(a / (b + np.maximum(x, 1) - 1))
    return np.where(x > 0, 1 / (1 + np.exp(np.minimum(log_odds, 700))), 1.0)


def expected_purchases(parameters: ArrayLike, buyers: Buyers, weeks: float) -> NDArray[np.float64]:
    """Purchases to be expected in the coming weeks from a customer with each history.

    Parameters
    ----------
    parameters : array_like of float, shape (4,)
        r, alpha (weeks), a, b.
    buyers : Buyers
        Histories.
    weeks : float
        How far to look ahead, from the end of the observation.

    Returns
    -------
    numpy.ndarray of float, shape (histories,)

    Notes
    -----
    Source: Fader, Hardie & Lee (2005), equation 10.
    """
    r, alpha, a, b = _not_one(np.asarray(parameters, float))
    x, age = buyers.frequency, buyers.age
    ahead = alpha + age + weeks
    left_over = ((alpha + age) / ahead) ** (r + x) * hyp2f1(
        r + x, b + x, a + b + x - 1, weeks / ahead
    )
    return (a + b + x - 1) / (a - 1) * (1 - left_over) * probability_alive((r, alpha, a, b), buyers)


def mean_purchases(parameters: ArrayLike, weeks: ArrayLike) -> NDArray[np.float64]:
    """Repeat purchases to be expected of a new customer, by weeks since the first purchase.

    Parameters
    ----------
    parameters : array_like of float, shape (4,)
        r, alpha (weeks), a, b.
    weeks : array_like of float, shape (times,)
        Weeks since the first purchase.

    Notes
    -----
    Source: Fader, Hardie & Lee (2005), equation 9.
    """
    r, alpha, a, b = _not_one(np.asarray(parameters, float))
    t = np.asarray(weeks, float)
    left_over = (alpha / (alpha + t)) ** r * hyp2f1(r, b, a + b - 1, t / (alpha + t))
    return (a + b - 1) / (a - 1) * (1 - left_over)


def draw(
    parameters: ArrayLike, customers: int, rng: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Draw a purchase rate per week and a probability of leaving for each customer."""
    r, alpha, a, b = np.asarray(parameters, float)
    return rng.gamma(r, 1 / alpha, customers), rng.beta(a, b, customers)


def last_purchases(
    parameters: ArrayLike, customers: int, rng: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Draw for each customer the rate, the weeks of life, and the purchases after which to leave.

    Returns
    -------
    rate : numpy.ndarray of float, shape (customers,)
        Purchases per week.
    life : numpy.ndarray of float, shape (customers,)
        Infinite: here a number of purchases ends it.
    last : numpy.ndarray of float, shape (customers,)
        Repeat purchases after which the customer has left.
    """
    rate, leaving = draw(parameters, customers, rng)
    return rate, np.full(customers, np.inf), rng.geometric(leaving).astype(float)


def _not_one(parameters: NDArray[np.float64]) -> NDArray[np.float64]:
    """Move a, and a + b, off 1, where the closed form is a limit that arithmetic cannot take."""
    r, alpha, a, b = parameters
    a = a if abs(a - 1) > 1e-7 else 1 + 1e-7
    return np.array([r, alpha, a, b if abs(a + b - 1) > 1e-7 else b + 1e-7])


bg_nbd = PurchaseModel(
    name="BG/NBD",
    parameters=("r", "alpha", "a", "b"),
    units=("", "weeks", "", ""),
    start=(1.0, 10.0, 1.0, 2.0),
    log_likelihood=log_likelihood,
    probability_alive=probability_alive,
    expected_purchases=expected_purchases,
    mean_purchases=mean_purchases,
    last_purchases=last_purchases,
)
