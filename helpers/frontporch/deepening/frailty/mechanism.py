"""Hidden differences between people, and what they do to what is seen of all."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...streams import Seed, generator

Groups = Callable[[NDArray[np.float64]], tuple[NDArray[np.float64], NDArray[np.float64]]]
"""Weeks in, shares still waiting and shares moving per week out."""


def checked_variance(variance: float) -> float:
    """Return a variance of hidden differences, or say what it should have been."""
    if not (isinstance(variance, (int, float, np.floating)) and 0 <= variance < np.inf):
        raise ValueError(
            f"the variance is {variance!r}, but must be a number from 0 up, such as 1."
        )
    return float(variance)


def gamma_frailty(people: int, variance: float, seed: Seed) -> NDArray[np.float64]:
    """Draw how lively each person is: what multiplies all their rates.

    Parameters
    ----------
    people : int
        How many.
    variance : float
        θ, from 0 (all are alike) up; the mean is 1.
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where the draws come from.

    Returns
    -------
    numpy.ndarray of float, shape (people,)
        From the gamma distribution with shape 1/θ and scale θ.

    Notes
    -----
    Source: Vaupel, Manton & Stallard (1979), Demography 16:439-454.

    Examples
    --------
    >>> gamma_frailty(3, 0, seed=7).tolist()
    [1.0, 1.0, 1.0]
    """
    variance = checked_variance(variance)
    rng = generator(seed)
    if variance == 0:
        return np.ones(people)
    return rng.gamma(1 / variance, variance, people)


def marginal_hazard(time: ArrayLike, rate: float, variance: float) -> NDArray[np.float64]:
    """Give the hazard that is seen of all who are left, where each person's is constant.

    Parameters
    ----------
    time : array_like of float
        Weeks, from 0 up.
    rate : float
        λ, the hazard per week of a person of liveliness 1.
    variance : float
        θ, the variance of the hidden differences.

    Returns
    -------
    numpy.ndarray of float
        λ/(1 + θλt): it falls because the lively are gone first, though nobody slows down.

    Notes
    -----
    Source: Vaupel, Manton & Stallard (1979), Demography 16:439-454.

    Examples
    --------
    >>> marginal_hazard([0, 10, 30], rate=0.1, variance=1).tolist()
    [0.1, 0.05, 0.025]
    """
    variance = checked_variance(variance)
    return rate / (1 + variance * rate * np.asarray(time, float))


def marginal_survival(time: ArrayLike, rate: float, variance: float) -> NDArray[np.float64]:
    """Give the share that is still waiting, where each person's hazard is constant.

    Parameters
    ----------
    time, rate, variance
        As in `marginal_hazard`.

    Returns
    -------
    numpy.ndarray of float
        (1 + θλt)^(−1/θ), and exp(−λt) at θ = 0.

    Examples
    --------
    >>> marginal_survival([0, 10], rate=0.1, variance=1).tolist()
    [1.0, 0.5]
    """
    variance = checked_variance(variance)
    summed = rate * np.asarray(time, float)
    if variance < 1e-12:  # differences that arithmetic cannot see
        return np.exp(-summed)
    return np.exp(-np.log1p(variance * summed) / variance)


def attenuated(
    hazard_ratio: float, variance: float, *, rate: float = 0.1, weeks: float = 30.0
) -> float:
    """Give the hazard ratio that a Cox fit tends to when it does not know of the differences.

    Parameters
    ----------
    hazard_ratio : float
        By how much the hazard of one and the same person is higher in the second of two groups
        of equal size.
    variance : float
        θ, the variance of the hidden differences, alike in both groups.
    rate : float
        Hazard per week of a person of liveliness 1 in the first group.
    weeks : float
        How long people are observed.

    Returns
    -------
    float
        Nearer to 1 than the ratio of each person.

    Notes
    -----
    The limit of Cox's estimate (`cox_limit`).

    Examples
    --------
    >>> [round(attenuated(2, theta), 2) for theta in (0, 0.5, 1, 2)]
    [2.0, 1.65, 1.51, 1.39]
    """

    def laplace(rate: float) -> Groups:
        return lambda time: (
            marginal_survival(time, rate, variance) / 2,
            marginal_survival(time, rate, variance) * marginal_hazard(time, rate, variance) / 2,
        )

    return cox_limit(laplace(rate), laplace(rate * hazard_ratio), weeks)


def cox_limit(first: Groups, second: Groups, weeks: float) -> float:
    """Give the hazard ratio that a Cox fit of two groups tends to, whatever their hazards.

    Parameters
    ----------
    first, second : callable
        From weeks to the share of all people who are in the group and still waiting, and to
        the share that moves per week.
    weeks : float
        How long people are observed.

    Returns
    -------
    float
        Second by first.

    Notes
    -----
    The root of the expected score, by quadrature. Source: Struthers & Kalbfleisch (1986),
    Biometrika 73:363-369.

    Examples
    --------
    >>> slow, fast = (lambda t, q=q: (np.exp(-q * t), q * np.exp(-q * t)) for q in (0.1, 0.3))
    >>> round(cox_limit(slow, fast, weeks=30), 6)
    3.0
    """
    from scipy import optimize

    # Gauss-Legendre nodes on the weeks observed.
    node, share = np.polynomial.legendre.leggauss(200)
    time, width = (node + 1) * weeks / 2, share * weeks / 2
    (left, moved), (other_left, other_moved) = first(time), second(time)

    def score(log_ratio: float) -> float:
        faster = np.exp(log_ratio) * other_left
        return float(width @ (other_moved - faster / (faster + left) * (moved + other_moved)))

    return float(np.exp(optimize.brentq(score, -10, 10, xtol=1e-12)))
