"""Pareto/NBD: customers who may leave at any moment."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import digamma, gammaln

from .buyers import Buyers
from .model import PurchaseModel

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(24)
_SEEN = 37.0
"""In logarithms of the integrand: what lies further down is below the 16th digit."""


def log_likelihood(parameters: ArrayLike, buyers: Buyers) -> tuple[float, NDArray[np.float64]]:
    """Log-likelihood of all customers, and its gradient.

    Parameters
    ----------
    parameters : array_like of float, shape (4,)
        r and alpha (weeks) of the purchase rates' gamma distribution, s and beta (weeks) of
        that of the rates of leaving; all above 0.
    buyers : Buyers
        Histories and their counts.

    Returns
    -------
    value : float
    gradient : numpy.ndarray of float, shape (4,)

    Notes
    -----
    Source: Schmittlein, Morrison & Colombo (1987), Management Science 33(1). The integral over
    the moment of leaving, for which the literature has two hypergeometric functions (Fader &
    Hardie 2005, A note on deriving the Pareto/NBD model, equation 20), is taken by
    Gauss-Legendre quadrature: its gradient comes with it.
    """
    r, alpha, s, beta = np.asarray(parameters, float)
    x, age, count = buyers.frequency, buyers.age, buyers.count
    log_alive, log_left, weight, moment = _parts(np.array([r, alpha, s, beta]), buyers)
    both = np.logaddexp(log_alive, log_left)
    kinds, which = x, np.arange(len(x))
    if np.ndim(r) == 0:  # few numbers of purchases, many customers
        kinds, which = np.unique(x, return_inverse=True)
    common = (gammaln(r + kinds) - gammaln(r))[which] + r * np.log(alpha) + s * np.log(beta)
    value = float(count @ (common + both))

    gone = np.exp(log_left - both)
    stays = 1 - gone
    from_alpha, from_beta = (np.reshape(one, (-1, 1)) + moment for one in (alpha, beta))

    def mean(of: NDArray[np.float64]) -> NDArray[np.float64]:
        return (weight * of).sum(axis=1)

    by_r = (digamma(r + kinds) - digamma(r))[which] + np.log(alpha)
    by_r = by_r - stays * np.log(alpha + age) - gone * mean(np.log(from_alpha))
    by_alpha = r / alpha - (r + x) * (stays / (alpha + age) + gone * mean(1 / from_alpha))
    by_s = np.log(beta) - stays * np.log(beta + age)
    by_s = by_s + gone * (1 / s - mean(np.log(from_beta)))
    by_beta = s / beta - stays * s / (beta + age) - gone * (s + 1) * mean(1 / from_beta)
    gradient = count * np.stack([by_r, by_alpha, by_s, by_beta])
    return value, gradient.sum(axis=1) if np.ndim(r) == 0 else gradient


def probability_alive(parameters: ArrayLike, buyers: Buyers) -> NDArray[np.float64]:
    """Probability that a customer with each history has not left.

    Parameters
    ----------
    parameters : array_like of float, shape (4,)
        r, alpha (weeks), s, beta (weeks).
    buyers : Buyers
        Histories.

    Returns
    -------
    numpy.ndarray of float, shape (histories,)
    """
    log_alive, log_left, *_ = _parts(np.asarray(parameters, float), buyers)
    return np.exp(log_alive - np.logaddexp(log_alive, log_left))


def expected_purchases(parameters: ArrayLike, buyers: Buyers, weeks: float) -> NDArray[np.float64]:
    """Purchases to be expected in the coming weeks from a customer with each history.

    Parameters
    ----------
    parameters : array_like of float, shape (4,)
        r, alpha (weeks), s, beta (weeks).
    buyers : Buyers
        Histories.
    weeks : float
        How far to look ahead, from the end of the observation.

    Returns
    -------
    numpy.ndarray of float, shape (histories,)

    Notes
    -----
    Source: Schmittlein, Morrison & Colombo (1987), equation 22.
    """
    r, alpha, s, beta = np.asarray(parameters, float)
    begun = beta + buyers.age
    living = _living(s, begun, weeks)
    rate = (r + buyers.frequency) / (alpha + buyers.age)
    return rate * living * probability_alive(parameters, buyers)


def mean_purchases(parameters: ArrayLike, weeks: ArrayLike) -> NDArray[np.float64]:
    """Repeat purchases to be expected of a new customer, by weeks since the first purchase.

    Parameters
    ----------
    parameters : array_like of float, shape (4,)
        r, alpha (weeks), s, beta (weeks).
    weeks : array_like of float, shape (times,)
        Weeks since the first purchase.

    Notes
    -----
    Source: Schmittlein, Morrison & Colombo (1987), equation 17.
    """
    r, alpha, s, beta = np.asarray(parameters, float)
    return r / alpha * _living(s, beta, np.asarray(weeks, float))


def last_purchases(
    parameters: ArrayLike, customers: int, rng: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Draw for each customer the rate, the weeks of life, and the purchases after which to leave.

    Returns
    -------
    rate : numpy.ndarray of float, shape (customers,)
        Purchases per week.
    life : numpy.ndarray of float, shape (customers,)
        Weeks from the first purchase to leaving.
    last : numpy.ndarray of float, shape (customers,)
        Infinite: here time ends it.
    """
    r, alpha, s, beta = np.asarray(parameters, float)
    rate = rng.gamma(r, 1 / alpha, customers)
    life = rng.exponential(1 / np.maximum(rng.gamma(s, 1 / beta, customers), 1e-300))
    return rate, life, np.full(customers, np.inf)


def _living(
    s: float | NDArray[np.float64],
    begun: float | NDArray[np.float64],
    weeks: float | NDArray[np.float64],
) -> NDArray[np.float64]:
    """Mean weeks alive within the coming weeks, of a customer alive now."""
    grown = np.log1p(np.asarray(weeks, float) / begun)
    # (1 - exp(-(s-1) g)) / (s-1), which has a limit at s = 1
    more = np.where(np.abs(np.asarray(s) - 1) < 1e-9, 1e-9, np.asarray(s) - 1)
    lost = -np.expm1(-more * grown) / more
    return np.asarray(begun * lost)


def _parts(
    parameters: NDArray[np.float64], buyers: Buyers
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Log-likelihoods of still being there and of having left, and the moments of leaving.

    The last two are the share of the integral at each node, and the node's moment in weeks,
    both of shape (histories, nodes).
    """
    r, alpha, s, beta = parameters
    x, recency, age = buyers.frequency, buyers.recency, buyers.age
    log_alive = -(r + x) * np.log(alpha + age) - s * np.log(beta + age)
    # On the logarithm of time from the smaller scale the integrand is nearly an exponential.
    scale = np.minimum(alpha, beta)
    low, high = np.log(scale + recency), np.log(scale + age)
    # Whoever bought very often has left soon after the last purchase or not at all: the nodes
    # stay where there is something to see.
    falls = (scale + recency) * ((r + x) / (alpha + recency) + (s + 1) / (beta + recency)) - 1
    high = np.minimum(high, low + _SEEN / np.maximum(falls, 1e-9))
    half = (high - low) / 2
    place = half[:, None] * _NODES + ((high + low) / 2)[:, None]
    alpha, beta, s, scale = (np.reshape(one, (-1, 1)) for one in (alpha, beta, s, scale))
    moment = np.exp(place) - scale
    log_part = (
        place
        - (r + x)[:, None] * np.log(alpha + moment)
        - (s + 1) * np.log(beta + moment)
        + np.log(_WEIGHTS)
    )
    top = log_part.max(axis=1)
    part = np.exp(log_part - top[:, None])
    whole = part.sum(axis=1)
    with np.errstate(divide="ignore"):  # nothing can have happened since a purchase just now
        log_left = np.log(parameters[2]) + top + np.log(whole) + np.log(half)
    return log_alive, log_left, part / whole[:, None], moment


pareto_nbd = PurchaseModel(
    name="Pareto/NBD",
    parameters=("r", "alpha", "s", "beta"),
    units=("", "weeks", "", "weeks"),
    start=(1.0, 10.0, 1.0, 10.0),
    log_likelihood=log_likelihood,
    probability_alive=probability_alive,
    expected_purchases=expected_purchases,
    mean_purchases=mean_purchases,
    last_purchases=last_purchases,
)
