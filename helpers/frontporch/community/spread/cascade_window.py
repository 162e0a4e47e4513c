"""Global cascades in very large random communities, without a simulation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...counting import bincount
from ...rounding import number
from ..graph.ties import Community

Needed = Callable[[NDArray[np.int64]], NDArray[np.int64]]
"""From how many ties a person has to how many adopters among them the person needs."""


@dataclass(frozen=True)
class CascadeWindow:
    """Between which mean numbers of ties one adopter can set off a global cascade.

    Parameters
    ----------
    lower, upper : float or None
        Mean ties of a person; None where there is no such number. The upper one is infinite
        where one adopter among one's contacts is always enough.
    most : int or None
        Most ties with which one adopter among them is enough; None where there is no most.
    """

    lower: float | None
    upper: float | None
    most: int | None

    def __repr__(self) -> str:
        """Say it in a sentence."""
        if self.lower is None or self.upper is None:
            return (
                "No global cascade from one adopter, however many ties people have: too few are "
                "moved by one contact alone"
            )
        upper = "" if self.upper == np.inf else f" and {number(self.upper, 4)}"
        between = "above" if not upper else "between"
        return (
            "Global cascades from one adopter, with a mean of ties "
            f"{between} {number(self.lower, 4)}{upper}"
        )


def poisson(mean: float) -> NDArray[np.float64]:
    """Give the share of people with 0, 1, 2, … ties in a large random community.

    Examples
    --------
    >>> poisson(2.0)[:3].round(4).tolist()
    [0.1353, 0.2707, 0.2707]
    """
    from scipy import special

    ties = np.arange(int(mean + 12 * np.sqrt(mean) + 20))
    shares = np.exp(special.xlogy(ties, mean) - mean - special.gammaln(ties + 1))
    return shares / shares.sum()


def shares_of_ties(ties: Community | ArrayLike) -> NDArray[np.float64]:
    """Give the share of people with 0, 1, 2, … ties.

    Parameters
    ----------
    ties : Community, float or array_like of int
        A community, the mean of a random one (Poisson), or how many ties each person has.

    Raises
    ------
    ValueError
        If ties have a direction, or a number of ties is not from 0 up.
    """
    if isinstance(ties, Community):
        if ties.directed:
            raise ValueError(
                "ties of this community have a direction: the formula knows ties without one. "
                "Use community.simulate."
            )
        ties = ties.degree
    given = np.asarray(ties, dtype=float)
    if not given.size or not (np.isfinite(given) & (given >= 0)).all():
        raise ValueError("ties is a community, a mean from 0 up, or each person's number of ties.")
    if given.ndim == 0:
        if given > 10_000:
            raise ValueError(f"ties is {number(float(given), 6)}, but a mean is up to 10,000.")
        return poisson(float(given))
    if (given != np.rint(given)).any() or given.max() > 1_000_000:
        raise ValueError("each person's number of ties is a whole number up to 1,000,000.")
    return bincount(given.ravel().astype(np.intp)) / given.size


def cascade_window(most: int | None) -> CascadeWindow:
    """Give the means of ties between which one adopter can set off a global cascade.

    Parameters
    ----------
    most : int or None
        Most ties with which one adopter among them is enough; None where there is no most.

    Notes
    -----
    Among those whom one contact moves, each must bring more than one other on average:
    z · P(N ≤ K − 2) > 1 for N Poisson with mean z. Source: Watts (2002), PNAS 99:5766-5771,
    equation 5.
    """
    from scipy import optimize, special

    if most is None:
        return CascadeWindow(1.0, float("inf"), None)
    if most < 2:
        return CascadeWindow(None, None, most)

    def beyond(mean: float) -> float:
        return mean * special.pdtr(most - 2, mean) - 1.0

    # Up to the mean of `most` it rises once and falls once, and above it is below 0 for good.
    top = optimize.minimize_scalar(
        lambda mean: -beyond(mean), bounds=(0.0, float(most)), method="bounded"
    ).x
    if beyond(top) <= 0:
        return CascadeWindow(None, None, most)
    far = float(most)
    while beyond(far) > 0:
        far *= 2
    lower, upper = optimize.brentq(beyond, 0.0, top), optimize.brentq(beyond, top, far)
    return CascadeWindow(float(lower), float(upper), most)


def final_share(needed: Needed, shares: NDArray[np.float64], start: float) -> float:
    """Give the share of a very large random community that adopts in the end.

    Parameters
    ----------
    needed : callable
        How many adopters people with so many ties need.
    shares : numpy.ndarray of float
        Share of people with 0, 1, 2, … ties.
    start : float
        Share that adopts at the start, drawn at random; above 0 up to 1.

    Notes
    -----
    q is the probability that a contact, seen from a tie, has adopted: the lowest solution of
    q = s + (1 − s) Σ (k p_k / z) P(Bin(k − 1, q) ≥ needed), found by following the cascade
    generation by generation. Source: Gleeson & Cahalane (2007), Physical Review E 75:056103,
    equations 1 to 3.
    """
    from scipy import special

    ties = np.flatnonzero(shares > 0)
    share, least = shares[ties], needed(ties)
    mean = float((ties * share).sum())

    def moved(of: NDArray[np.int64], chance: float) -> NDArray[np.float64]:
        """Probability that enough of so many contacts have adopted."""
        enough = np.minimum(least, of + 1)
        found = special.bdtrc(np.maximum(enough - 1, 0).astype(float), of, chance)
        return np.where(least <= of, found, 0.0)

    chance = start
    if mean > 0:
        weight, others = ties * share / mean, np.maximum(ties - 1, 0)
        for _ in range(100_000):
            ahead = start + (1 - start) * float((weight * moved(others, chance)).sum())
            still = abs(ahead - chance) < 1e-13
            chance = min(ahead, 1.0)
            if still:
                break
    return float(start + (1 - start) * (share * moved(ties, chance)).sum())
