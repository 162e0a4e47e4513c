"""Thresholds in a crowd: everybody sees how many have joined, and there is no network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..graph.ties import Community
from .exposure import Exposed
from .rule import Rule


def no_ties(people: int) -> Community:
    """Give a crowd in which nobody is tied to anybody.

    Examples
    --------
    >>> no_ties(100)
    Community of 100 people and 0 ties
    """
    if people < 1:
        raise ValueError(f"people is {people}, but must be a whole number from 1 up.")
    return Community(np.zeros(people + 1, dtype=np.int64), np.zeros(0, dtype=np.int32))


@dataclass(frozen=True, eq=False)
class CrowdThresholds(Rule):
    """Join when enough of the whole crowd have; see `granovetter`."""

    thresholds: NDArray[np.float64]
    each_period: ClassVar[bool] = True
    settles: ClassVar[bool] = True
    reads: ClassVar[tuple[str, ...]] = ()
    kinds: ClassVar[tuple[str, ...]] = ()

    def __repr__(self) -> str:
        """Say how many thresholds there are."""
        return f"granovetter(<{len(self.thresholds)} thresholds>)"

    def __call__(self, people: Exposed) -> NDArray[np.bool_]:
        """Say who joins."""
        if len(self.thresholds) != people.community.size:
            raise ValueError(
                f"there are {len(self.thresholds)} thresholds for {people.community.size} people."
            )
        return people.adopters >= self.thresholds[people.target]


def granovetter(thresholds: Sequence[float]) -> CrowdThresholds:
    """Let everybody join as soon as enough others have; nobody needs to know anybody.

    Parameters
    ----------
    thresholds : sequence of float, shape (people,)
        How many must have joined before each person does; 0 or less joins by itself.

    Notes
    -----
    Source: Granovetter (1978), American Journal of Sociology 83:1420-1443.

    Examples
    --------
    >>> from frontporch import community
    >>> crowd = no_ties(100)
    >>> community.simulate(crowd, [], granovetter(range(100)), runs="exact").mean
    100.0
    >>> tamer = [0, 2, *range(2, 100)]
    >>> community.simulate(crowd, [], granovetter(tamer), runs="exact").mean
    1.0
    """
    values = np.array(list(thresholds), dtype=float)
    if values.ndim != 1 or np.isnan(values).any():
        raise ValueError("thresholds holds one number for each person.")
    values.flags.writeable = False
    return CrowdThresholds(values)


def equilibrium(mean: float, spread: ArrayLike) -> NDArray[np.float64]:
    """Give the share of a very large crowd that joins, if thresholds are normal.

    Parameters
    ----------
    mean : float
        μ, mean threshold as a share of the crowd.
    spread : array_like of float
        σ, standard deviation of the thresholds, above 0.

    Returns
    -------
    numpy.ndarray of float
        The smallest r with F(r) = r, which a crowd at rest reaches.

    Notes
    -----
    Source: Granovetter (1978), American Journal of Sociology 83:1420-1443, figure 2.

    Examples
    --------
    >>> equilibrium(0.25, [0.122, 0.123]).round(3).tolist()
    [0.055, 1.0]
    """
    from scipy import optimize, special

    def lowest(sigma: float) -> float:
        def more(r: ArrayLike) -> NDArray[np.float64]:
            return special.ndtr((np.asarray(r) - mean) / sigma) - r

        # F(r) − r is above 0 at r = 0; its first change of sign is where the crowd comes to rest.
        shares = np.linspace(0, 1, 20_001)
        below = np.flatnonzero(more(shares) <= 0)
        if not len(below):
            return 1.0
        return optimize.brentq(more, shares[max(below[0] - 1, 0)], shares[below[0]], xtol=1e-14)

    sigmas = np.asarray(spread, float)
    if not (sigmas > 0).all():
        raise ValueError(f"spread is {spread!r}, but must be above 0.")
    return np.array([lowest(float(sigma)) for sigma in sigmas.ravel()]).reshape(sigmas.shape)


def tipping_spread(mean: float) -> tuple[float, float]:
    """Give the spread of thresholds at which a small riot turns into a large one.

    Parameters
    ----------
    mean : float
        μ, mean threshold as a share of the crowd, above 0 and below ½.

    Returns
    -------
    spread, share : float
        σ*, and the share r that has joined just below it: there F(r) = r and F′(r) = 1.

    Notes
    -----
    Source: Granovetter (1978), who reads 12.2 of 100 off his figure 2 for μ = 25.

    Examples
    --------
    >>> [round(one, 7) for one in tipping_spread(0.25)]
    [0.1222209, 0.0620033]
    """
    from scipy import optimize, special

    if not 0 < mean < 0.5:
        raise ValueError(f"mean is {mean!r}, but must be above 0 and below 0.5.")

    def touching(z: float) -> float:
        # F′ = 1 gives σ = φ(z); F(r) = r then says z·φ(z) + μ = Φ(z).
        density = np.exp(-z * z / 2) / np.sqrt(2 * np.pi)
        return z * density + mean - special.ndtr(z)

    z = optimize.brentq(touching, -8.0, 0.0, xtol=1e-15)
    return float(np.exp(-z * z / 2) / np.sqrt(2 * np.pi)), float(special.ndtr(z))
