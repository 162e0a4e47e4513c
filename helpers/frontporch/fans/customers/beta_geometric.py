"""BG/NBD and MBG/NBD: customers who may leave after each purchase, or also after the first."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import digamma, gammaln, hyp2f1, log_expit

from .buyers import Buyers
from .model import PurchaseModel

BG, MBG = 0, 1
"""Purchases beside the repeated ones after which a customer may leave."""
_POINTS, _REACH = 400, 12.0
"""Places at which probabilities of leaving are averaged, and how many spreads they go."""
_NEAR = 0.01
"""Distance of `a` from 1 within which the closed form loses too many digits."""


def log_likelihood(
    parameters: ArrayLike, buyers: Buyers, *, first: int = BG
) -> tuple[float, NDArray[np.float64]]:
    """Log-likelihood of all customers, and its gradient.

    Parameters
    ----------
    parameters : array_like of float, shape (4,) or (4, histories)
        r and alpha (weeks) of the purchase rates' gamma distribution, a and b of the beta
        distribution of the probability to leave after a purchase; all above 0.
    buyers : Buyers
        Histories and their counts.
    first : int
        1 where a customer may leave after the first purchase too (MBG/NBD), else 0.

    Returns
    -------
    value : float
    gradient : numpy.ndarray of float, of the shape of the parameters

    Notes
    -----
    Source: Fader, Hardie & Lee (2005), Marketing Science 24(2), equation 6; for MBG/NBD
    Batislam, Denizel & Filiztekin (2007), International Journal of Research in Marketing 24(3).
    """
    r, alpha, a, b = np.asarray(parameters, float)
    x, recency, age, count = buyers.frequency, buyers.recency, buyers.age, buyers.count
    kinds, which = x, np.arange(len(x))
    if np.ndim(r) == 0:  # few numbers of purchases, many customers
        kinds, which = np.unique(x, return_inverse=True)
    left_at, leaves = kinds + first, x + first
    common = (
        gammaln(r + kinds)
        - gammaln(r)
        + r * np.log(alpha)
        + gammaln(a + b)
        + gammaln(b + left_at)
        - gammaln(b)
        - gammaln(a + b + left_at)
    )[which]
    alive = -(r + x) * np.log(alpha + age)
    last = b + np.maximum(leaves, 1) - 1
    after = np.log(a / last) - (r + x) * np.log(alpha + recency)
    left = np.where(leaves > 0, after, -np.inf)
    both = np.logaddexp(alive, left)
    value = float(count @ (common + both))

    gone = np.exp(left - both)  # share of the likelihood in which the customer has left
    stays = 1 - gone
    sums = digamma(a + b) - digamma(a + b + left_at)
    by_r = (digamma(r + kinds) - digamma(r) + np.log(alpha))[which]
    by_r = by_r - stays * np.log(alpha + age) - gone * np.log(alpha + recency)
    by_alpha = r / alpha - (r + x) * (stays / (alpha + age) + gone / (alpha + recency))
    by_a = sums[which] + gone / a
    by_b = (sums + digamma(b + left_at) - digamma(b))[which] - gone / last
    gradient = count * np.stack([by_r, by_alpha, by_a, by_b])
    return value, gradient.sum(axis=1) if np.ndim(r) == 0 else gradient


def probability_alive(
    parameters: ArrayLike, buyers: Buyers, *, first: int = BG
) -> NDArray[np.float64]:
    """Probability that a customer with each history has not left.

    Parameters
    ----------
    parameters : array_like of float, shape (4,) or (4, histories)
        r, alpha (weeks), a, b.
    buyers : Buyers
        Histories.
    first : int
        1 where a customer may leave after the first purchase too.

    Returns
    -------
    numpy.ndarray of float, shape (histories,)
        In BG/NBD 1 for whoever never bought again: there one can only leave after a repeat
        purchase.

    Notes
    -----
    Source: Fader, Hardie & Lee (2008), Computing P(alive) using the BG/NBD model, equation 1.
    """
    r, alpha, a, b = np.asarray(parameters, float)
    x, leaves = buyers.frequency, buyers.frequency + first
    log_odds = (r + x) * np.log((alpha + buyers.age) / (alpha + buyers.recency))
    log_odds = log_odds + np.log(a / (b + np.maximum(leaves, 1) - 1))
    return np.where(leaves > 0, np.exp(log_expit(-log_odds)), 1.0)


def expected_purchases(
    parameters: ArrayLike, buyers: Buyers, weeks: float, *, first: int = BG
) -> NDArray[np.float64]:
    """Purchases to be expected in the coming weeks from a customer with each history.

    Parameters
    ----------
    parameters : array_like of float, shape (4,) or (4, histories)
        r, alpha (weeks), a, b.
    buyers : Buyers
        Histories.
    weeks : float
        How far to look ahead, from the end of the observation.
    first : int
        1 where a customer may leave after the first purchase too.

    Returns
    -------
    numpy.ndarray of float, shape (histories,)

    Notes
    -----
    Source: Fader, Hardie & Lee (2005), equation 10.
    """
    r, alpha, a, b = _off_the_pole(np.asarray(parameters, float))
    x, age = buyers.frequency, buyers.age
    ahead = _of_the_living(r + x, alpha + age, a, b + x + first, np.asarray(weeks, float))
    return ahead * probability_alive((r, alpha, a, b), buyers, first=first)


def mean_purchases(
    parameters: ArrayLike, weeks: ArrayLike, *, first: int = BG
) -> NDArray[np.float64]:
    """Repeat purchases to be expected of a new customer, by weeks since the first purchase.

    Parameters
    ----------
    parameters : array_like of float, shape (4,)
        r, alpha (weeks), a, b.
    weeks : array_like of float, shape (times,)
        Weeks since the first purchase.
    first : int
        1 where a customer may leave after the first purchase too.

    Notes
    -----
    Source: Fader, Hardie & Lee (2005), equation 9.
    """
    r, alpha, a, b = _off_the_pole(np.asarray(parameters, float))
    stays = b / (a + b) if first else 1.0
    return stays * _of_the_living(r, alpha, a, b + first, np.asarray(weeks, float))


def _of_the_living(
    shape: ArrayLike, scale: ArrayLike, a: ArrayLike, b: ArrayLike, weeks: ArrayLike
) -> NDArray[np.float64]:
    """Purchases to come of the living: rates of a gamma, leaving after each of a beta.

    Notes
    -----
    Near a = 1 the closed form is a small difference divided by a - 1. Its value is smooth there,
    so it is taken from four places beside 1 by Lagrange's interpolation.
    """
    a = np.asarray(a, float)
    near = np.abs(a - 1) < _NEAR
    made = _closed_form(shape, scale, np.where(near, 1 + _NEAR, a), b, weeks)
    if not near.any():
        return made
    places = 1 + _NEAR * np.array([-2, -1, 1, 2])
    smooth = np.zeros_like(made)
    for k, place in enumerate(places):
        others = np.delete(places, k)
        weight = np.prod((a[..., None] - others) / (place - others), axis=-1)
        smooth += weight * _closed_form(shape, scale, place, b, weeks)
    return np.where(near, smooth, made)


def _closed_form(
    shape: ArrayLike, scale: ArrayLike, a: ArrayLike, b: ArrayLike, weeks: ArrayLike
) -> NDArray[np.float64]:
    """Purchases to come of the living, for `a` other than 1.

    Notes
    -----
    The closed form has a hypergeometric function that overflows for thousands of purchases; its
    Euler transformation (Abramowitz & Stegun 15.3.3) overflows where customers hardly differ in
    how they leave. Where both do, the probability to leave has hardly any spread, and the mean
    over it is a sum.
    """
    shape, scale, a, b, weeks = np.broadcast_arrays(shape, scale, a, b, weeks)
    part, third = weeks / (scale + weeks), a + b - 1
    stay = np.log1p(-part)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        over = np.exp(shape * stay) * hyp2f1(shape, b, third, part)
        other = np.exp((a - 1) * stay) * hyp2f1(third - shape, a - 1, third, part)
        # A hypergeometric function that was cut off at 0 or has overflowed is no number of use.
        good = [np.isfinite(one) & (one != 0) for one in (over, other)]
        over = np.where(good[0], over, np.where(good[1], other, np.nan))
        made = np.asarray(third / (a - 1) * (1 - over))
    for at in map(tuple, np.argwhere(~np.isfinite(made))):
        made[at] = _summed(shape[at], weeks[at] / scale[at], a[at], b[at])
    return made


def _summed(shape: float, ahead: float, a: float, b: float) -> float:
    """Average over probabilities of leaving, on the scale of their logits."""
    spread = np.sqrt(1 / a + 1 / b)
    logit = np.log(a / b) + spread * np.linspace(-_REACH, _REACH, _POINTS)
    leaving = np.exp(log_expit(logit))
    weight = a * log_expit(logit) + b * log_expit(-logit)
    weight = np.exp(weight - weight.max())
    # Whoever never leaves buys at the same rate for ever.
    rare = leaving * ahead * shape < 1e-12
    made = np.where(
        rare,
        shape * ahead,
        -np.expm1(-shape * np.log1p(leaving * ahead)) / np.where(rare, 1.0, leaving),
    )
    return float(weight @ made / weight.sum())


def draw(
    parameters: ArrayLike, customers: int, rng: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Draw a purchase rate per week and a probability of leaving for each customer."""
    r, alpha, a, b = np.asarray(parameters, float)
    return rng.gamma(r, 1 / alpha, customers), rng.beta(a, b, customers)


def last_purchases(
    parameters: ArrayLike, customers: int, rng: np.random.Generator, *, first: int = BG
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Draw for each customer the rate, the weeks of life, and the purchases after which to leave.

    Returns
    -------
    rate : numpy.ndarray of float, shape (customers,)
        Purchases per week.
    life : numpy.ndarray of float, shape (customers,)
        Infinite: here a number of purchases ends it.
    last : numpy.ndarray of float, shape (customers,)
        Repeat purchases after which the customer has left; 0 is after the first purchase.
    """
    rate, leaving = draw(parameters, customers, rng)
    leaving = np.maximum(leaving, 1e-18)  # a chance that was rounded to 0 is one all the same
    return rate, np.full(customers, np.inf), rng.geometric(leaving).astype(float) - first


def _off_the_pole(parameters: NDArray[np.float64]) -> NDArray[np.float64]:
    """Move a + b off 1, where the closed form is a limit that arithmetic cannot take."""
    r, alpha, a, b = parameters
    return np.stack([r, alpha, a, np.where(np.abs(a + b - 1) > 1e-7, b, b + 1e-7)])


def _named(name: str, first: int) -> PurchaseModel:
    return PurchaseModel(
        name=name,
        parameters=("r", "alpha", "a", "b"),
        units=("", "weeks", "", ""),
        start=(1.0, 10.0, 1.0, 2.0),
        log_likelihood=partial(log_likelihood, first=first),
        probability_alive=partial(probability_alive, first=first),
        expected_purchases=partial(expected_purchases, first=first),
        mean_purchases=partial(mean_purchases, first=first),
        last_purchases=partial(last_purchases, first=first),
        leaving_by=(2, 1),
    )


bg_nbd = _named("BG/NBD", BG)
mbg_nbd = _named("MBG/NBD", MBG)
