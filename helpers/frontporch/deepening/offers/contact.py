"""When the offer comes, and how often the shop gets in touch: timings and contact policies.

Both are plain functions, so that one of your own passes through the same model.

A **timing** draws the week of the offer of each pair, counted from first contact; infinite
means never::

    def on_the_first_of_the_month(rng, pairs):
        return rng.uniform(0, 4.3, pairs)

A **contact policy** says how many contacts per week a pair gets, at a week and given the week
of its offer (two arrays of one shape)::

    def twice_as_often_at_first(week, offered):
        open_for = week - offered
        return np.where(open_for < 0, 0.0, np.where(open_for < 4, 2.0, 1.0))
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...elementary import exp, power
from ...rounding import as_given

Timing: TypeAlias = Callable[[np.random.Generator, int], NDArray[np.float64]]
Policy: TypeAlias = Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.float64]]


def steady(contacts: float = 1.0) -> Policy:
    """Get in touch equally often from the offer on.

    Parameters
    ----------
    contacts : float
        Contacts per week, from 0 up.

    Examples
    --------
    >>> steady(2)(np.array([1.0, 5.0]), np.array([3.0, 3.0])).tolist()
    [0.0, 2.0]
    """
    _from_0(contacts, "contacts")
    return lambda week, offered: np.where(week >= offered, float(contacts), 0.0)


def fading(contacts: float = 1.0, half_life: float = 8.0) -> Policy:
    """Get in touch less and less after the offer.

    Parameters
    ----------
    contacts : float
        Contacts per week at the offer.
    half_life : float
        Weeks after which they are half as many, above 0.

    Examples
    --------
    >>> fading(2, half_life=4)(np.array([3.0, 7.0]), np.array([3.0, 3.0])).tolist()
    [2.0, 1.0]
    """
    _from_0(contacts, "contacts")
    if not half_life > 0:
        raise ValueError(f"half_life is {half_life}, but must be a number of weeks above 0.")

    def policy(week: NDArray, offered: NDArray) -> NDArray:
        # Before the offer the exponent could overflow, and nobody asks for it.
        open_for = np.where(week >= offered, week - np.minimum(offered, week), 0.0)
        return np.where(week >= offered, contacts * power(0.5, open_for / half_life), 0.0)

    return policy


def at_week(week: float) -> Timing:
    """Make the offer to everyone in the same week since first contact; infinity is never.

    Examples
    --------
    >>> at_week(4)(np.random.default_rng(7), 2).tolist()
    [4.0, 4.0]
    """
    if not week >= 0:
        raise ValueError(f"week is {week}, but must be a number of weeks from 0 up (or infinity).")
    return lambda rng, pairs: np.full(pairs, float(week))


def at_random(mean: float = 10.0) -> Timing:
    """Make the offer whenever it happens: equally likely in every week, whoever is there.

    Parameters
    ----------
    mean : float
        Mean weeks until the offer, above 0; the time is exponential.

    Examples
    --------
    >>> at_random(10)(np.random.default_rng(7), 3).shape
    (3,)
    """
    if not (mean > 0 and np.isfinite(mean)):
        raise ValueError(f"mean is {mean}, but must be a number of weeks above 0.")
    return lambda rng, pairs: rng.exponential(mean, pairs)


def ideal_point(ratio: ArrayLike) -> NDArray[np.float64]:
    """Give how much of the best response some contact volume earns.

    Parameters
    ----------
    ratio : array_like of float
        Contact volume by the ideal volume, from 0 up.

    Returns
    -------
    numpy.ndarray of float
        From 0 (no contact) over 1 (the ideal) back towards 0 (far too much).

    Notes
    -----
    r·exp(1 − r). That there is an ideal, beyond which repurchase falls, was found for 1,162
    customers over 39 months (Godfrey, Seiders & Voss 2011, Journal of Marketing 75(4); an
    association). The shape of this curve is ours, for teaching: an assumption, not a fit.

    Examples
    --------
    >>> ideal_point([0, 1, 3]).round(3).tolist()
    [0.0, 1.0, 0.406]
    """
    r = np.asarray(ratio, float)
    return np.where(np.isfinite(r), r * exp(1 - np.where(np.isfinite(r), r, 0.0)), 0.0)


def contacts_of(policy: Policy, week: NDArray, offered: NDArray) -> NDArray[np.float64]:
    """Ask a policy for its contacts: of three pairs first, so that what is wrong is said early.

    Parameters
    ----------
    policy : callable
        A function of week and week of the offer.
    week, offered : numpy.ndarray of float, shape (...)
        Weeks since first contact, and of the offer (infinity: never).

    Returns
    -------
    numpy.ndarray of float, shape (...)
        Contacts per week.

    Raises
    ------
    TypeError
        If the policy is no function.
    ValueError
        If it fails, or does not give one number from 0 up for each pair.
    """
    name = getattr(policy, "__name__", str(policy))
    if not callable(policy):
        raise TypeError(f"the policy is {policy!r}, but a function of week and offered is needed.")
    small = (np.array([0.0, 3.0, 8.0]), np.array([2.0, 2.0, np.inf]))
    for step, (at, since) in (("try-out", small), ("run", (week, offered))):
        try:
            given = np.asarray(policy(at, since), float)
        except Exception as problem:
            raise ValueError(
                f"contact policy {name}, {step}: it failed on {at.size} pairs (weeks {_some(at)}, "
                f"offered {_some(since)}): {problem}"
            ) from problem
        if given.shape != at.shape:
            raise ValueError(
                f"contact policy {name}, {step}: it gave {given.size} numbers for {at.size} pairs, "
                "but one number of contacts per week for each is needed."
            )
        wrong = ~((given >= 0) & np.isfinite(given))
        if wrong.any():
            k = np.unravel_index(np.flatnonzero(wrong)[0], at.shape)
            contacts, now, offer = (as_given(float(one[k])) for one in (given, at, since))
            raise ValueError(
                f"contact policy {name}, {step}: it gave {contacts} contacts in week {now} after "
                f"an offer in week {offer}, but a number from 0 up is needed."
            )
    return given


def offers_of(timing: Timing, rng: np.random.Generator, pairs: int) -> NDArray[np.float64]:
    """Draw the week of the offer of each pair: of three first, so that errors come early.

    Raises
    ------
    TypeError
        If the timing is no function.
    ValueError
        If it fails, or does not give one number from 0 up for each pair.
    """
    name = getattr(timing, "__name__", str(timing))
    if not callable(timing):
        raise TypeError(f"the timing is {timing!r}, but a function is needed: at_week({timing!r})?")
    # The try-out has coins of its own, so that the run draws what it would without it.
    for step, coins, n in (("try-out", np.random.default_rng(0), 3), ("run", rng, pairs)):
        try:
            weeks = np.asarray(timing(coins, n), float)
        except Exception as problem:
            raise ValueError(f"timing {name}, {step} on {n} pairs: {problem}") from problem
        if weeks.shape != (n,) or not (weeks >= 0).all():
            raise ValueError(
                f"timing {name}, {step}: it gave {_some(weeks)} for {n} pairs, but one number of "
                "weeks from 0 up for each is needed (infinity: never)."
            )
    return weeks


def _some(values: NDArray) -> str:
    first = ", ".join(as_given(one) for one in np.ravel(values)[:3])
    return f"[{first}{', …' if np.size(values) > 3 else ''}]"


def _from_0(value: float, name: str) -> None:
    if not (value >= 0 and np.isfinite(value)):
        raise ValueError(f"{name} is {value}, but must be a number per week from 0 up.")
