"""Rules that act over a tie: cascades, thresholds, complex contagion.

A rule is a plain function of the exposed ties. It answers with True or False for each, or with
a probability that the engine compares with the tie's coin. One's own is as short::

    def two_friends_or_luck(ties):
        return np.where(ties.exposures >= 2, 1.0, 0.05)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...citing import cited
from ..graph.shares import share
from ..graph.ties import Community
from .cascade_window import CascadeWindow, cascade_window, final_share, shares_of_ties
from .exposure import Exposed
from .rule import Rule

Chance = float | Callable[[Exposed], ArrayLike]


@dataclass(frozen=True)
class IndependentCascade(Rule):
    """Each tie gets one trial; see `independent_cascade`."""

    probability: Chance
    reads: ClassVar[tuple[str, ...]] = ()

    def __call__(self, ties: Exposed) -> ArrayLike:
        """Give the probability of each tie."""
        return self.probability(ties) if callable(self.probability) else self.probability


@cited
def independent_cascade(probability: Chance) -> IndependentCascade:
    """Let everybody who adopts try once on each neighbour.

    Parameters
    ----------
    probability : float or callable
        p of every tie, from 0 to 1, or a function of the ties that gives one each, from their
        strength, kind, source, target or degree (not from exposures).

    Returns
    -------
    IndependentCascade

    Raises
    ------
    ValueError
        If it is not from 0 to 1.

    Notes
    -----
    Source: Goldenberg, Libai & Muller (2001), Marketing Letters 12:211-223; Kempe, Kleinberg &
    Tardos (2003), KDD, section 2.

    Examples
    --------
    >>> from frontporch import community
    >>> line = community.from_arrays([0, 1, 2, 3], [1, 2, 3, 4])
    >>> community.simulate(line, start=0, rule=independent_cascade(0.3), runs="exact").mean
    1.4251
    """
    if not callable(probability):
        probability = share(probability, "probability")
    return IndependentCascade(probability)


@cited
def weighted_cascade() -> IndependentCascade:
    """Let each tie count for one over the number of ties that lead to the same person.

    Notes
    -----
    Source: Kempe, Kleinberg & Tardos (2003), KDD, section 5.
    """
    return IndependentCascade(one_over_degree)


def one_over_degree(ties: Exposed) -> NDArray[np.float64]:
    """Give one over the number of ties that lead to the person who is reached."""
    return 1.0 / ties.degree


@dataclass(frozen=True)
class LinearThreshold(Rule):
    """Adopt when the weight of those who have reaches one's threshold; see `linear_threshold`."""

    by_strength: bool = False
    adds_up: ClassVar[bool] = True

    @property
    def reads(self) -> tuple[str, ...]:
        """What is tallied."""
        return ("pressure",) if self.by_strength else ("exposures",)

    def weigh(self, ties: Exposed) -> NDArray[np.float64]:
        """Give each tie's share of all strength that leads to the person; 0 where there is none."""
        whole = ties.community.in_strength[ties.target]
        return np.divide(ties.strength, whole, out=np.zeros(len(whole)), where=whole > 0)

    def weight(self, ties: Exposed) -> NDArray[np.float64]:
        """Give the weight of those who have adopted, the tie itself included."""
        return ties.pressure if self.by_strength else ties.exposures / ties.degree

    def __call__(self, ties: Exposed) -> NDArray[np.bool_]:
        """Say whose threshold is reached."""
        return ties.threshold < self.weight(ties)

    def chance(self, ties: Exposed) -> NDArray[np.float64]:
        """Give the probability that the threshold lies just in this tie's weight."""
        own = self.weigh(ties) if self.by_strength else 1.0 / ties.degree
        before = self.weight(ties) - own
        return np.clip(own / np.maximum(1.0 - before, own), 0.0, 1.0)


@cited
def linear_threshold(by_strength: bool = False) -> LinearThreshold:
    """Let people adopt when enough of their neighbours, by weight, have.

    Every person draws a threshold θ from 0 to 1 and adopts when the weights b of those who
    have adopted add up to more. All weights of a person add up to 1.

    Parameters
    ----------
    by_strength : bool
        Whether b is in proportion to the strength of the tie; otherwise b = 1/degree.

    Notes
    -----
    Source: Granovetter (1978), American Journal of Sociology 83:1420-1443; Kempe, Kleinberg &
    Tardos (2003), KDD, section 2. Shares of strength are rounded to multiples of 2⁻⁴⁰.

    Examples
    --------
    >>> from frontporch import community
    >>> line = community.from_arrays([0, 1, 2, 3], [1, 2, 3, 4])
    >>> community.simulate(line, start=0, rule=linear_threshold(), runs="exact").mean
    2.0
    """
    return LinearThreshold(by_strength)


@dataclass(frozen=True)
class ComplexContagion(Rule):
    """Adopt when enough neighbours have; see `complex_contagion`."""

    adopters: int | None = None
    fraction: float | None = None
    adds_up: ClassVar[bool] = True
    reads: ClassVar[tuple[str, ...]] = ("exposures",)

    def needed(self, degree: NDArray[np.integer]) -> NDArray[np.int64]:
        """Give how many adopters a person with this many ties needs, at least one."""
        if self.adopters is not None:
            return np.full(np.shape(degree), self.adopters, dtype=np.int64)
        # A hair below, so that 0.28 of 25 ties is 7 and not 8: their product is 7.000000000000001.
        return np.maximum(np.ceil(self.fraction * degree - 1e-9), 1).astype(np.int64)

    def __call__(self, ties: Exposed) -> NDArray[np.bool_]:
        """Say who has been reached often enough."""
        return ties.exposures >= self.needed(ties.degree)

    def window(self) -> CascadeWindow:
        """Give the mean numbers of ties between which one adopter can set off a global cascade.

        Returns
        -------
        CascadeWindow
            `lower` and `upper`, in mean ties of a person.

        Notes
        -----
        For a very large community whose ties are drawn at random: below the window people hang
        together too little, above it one contact among many moves nobody. Source: Watts (2002),
        PNAS 99:5766-5771, figure 1.

        Examples
        --------
        >>> complex_contagion(fraction=0.18).window()
        Global cascades from one adopter, with a mean of ties between 1.021 and 5.765
        >>> complex_contagion(2).window().lower is None
        True
        """
        if self.adopters is not None:
            return cascade_window(None if self.adopters == 1 else 0)
        return cascade_window(int((1 + 1e-9) / self.fraction))

    def final_share(self, ties: Community | ArrayLike, start: float) -> float:
        """Give the share of a very large random community that adopts in the end.

        Parameters
        ----------
        ties : Community, float or array_like of int
            A community, whose numbers of ties are taken and not who is tied to whom; or the mean
            of a random one (Poisson); or how many ties each person has.
        start : float
            Share that adopts at the start, drawn at random; above 0 up to 1.

        Returns
        -------
        float
            From `start` to 1. It is exact as the community grows without end; friends of
            friends who are friends (lattices, small worlds) are another matter: simulate them.

        Raises
        ------
        ValueError
            If ties have a direction, or a number is out of its range.

        Notes
        -----
        Source: Gleeson & Cahalane (2007), Physical Review E 75:056103.

        Examples
        --------
        >>> rule = complex_contagion(fraction=0.18)
        >>> [round(rule.final_share(mean, start=0.001), 3) for mean in (4, 8)]
        [0.98, 0.002]
        """
        begun = share(start, "start")
        if begun == 0:
            raise ValueError(
                "start is 0, but above 0: nobody adopts if nobody does at the start. For one "
                "adopter among very many, see window()."
            )
        return final_share(self.needed, shares_of_ties(ties), begun)


@cited
def complex_contagion(
    adopters: int | None = None, *, fraction: float | None = None
) -> ComplexContagion:
    """Let people adopt when several of their neighbours have.

    Parameters
    ----------
    adopters : int, optional
        a, how many neighbours must have adopted, from 1 up.
    fraction : float, optional
        φ, or which share of them, above 0 up to 1. One of the two is given.

    Notes
    -----
    Source: Centola & Macy (2007), American Journal of Sociology 113:702-734.

    Examples
    --------
    >>> from frontporch import community
    >>> ring = community.ring(people=12, ties_each=4)
    >>> community.simulate(ring, start=[0, 1], rule=complex_contagion(2), runs="exact").mean
    12.0
    """
    if (adopters is None) == (fraction is None):
        raise ValueError("give either adopters, a number such as 2, or fraction, such as 0.25.")
    if adopters is not None and (adopters != int(adopters) or adopters < 1):
        raise ValueError(f"adopters is {adopters!r}, but must be a whole number from 1 up.")
    if fraction is not None and share(fraction, "fraction") == 0:
        raise ValueError("fraction is 0, but must be above 0 up to 1.")
    return ComplexContagion(None if adopters is None else int(adopters), fraction)


@dataclass(frozen=True)
class ByExposure(Rule):
    """A trial at each exposure, of its own probability; see `by_exposure`."""

    probabilities: tuple[float, ...]
    reads: ClassVar[tuple[str, ...]] = ("exposures",)

    def __call__(self, ties: Exposed) -> NDArray[np.float64]:
        """Give the probability that belongs to the number of this exposure."""
        known = np.array(self.probabilities)
        return known[np.minimum(ties.exposures, len(known)) - 1]


@cited
def by_exposure(probabilities: Sequence[float]) -> ByExposure:
    """Let people try at each exposure with a probability that depends on how many they had.

    Parameters
    ----------
    probabilities : sequence of float
        p₁, p₂, …: at the first exposure, at the second; the last holds for all later ones.

    Notes
    -----
    A stochastic complex contagion, after Centola (2010), Science 329:1194-1197.

    Examples
    --------
    >>> by_exposure([0.1, 0.4]).probabilities
    (0.1, 0.4)
    """
    values = tuple(share(one, "a probability") for one in probabilities)
    if not values:
        raise ValueError("probabilities is empty: give at least p₁, such as [0.1].")
    return ByExposure(values)
