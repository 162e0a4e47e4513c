"""Whether looks are frequent enough to tell what happened between them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...rounding import as_given, decimal, number
from ..simulation import Transition
from .observations import Observations

LARGEST_LOG_ERROR = 1.0
"""A rate whose logarithm is known no better than this is known to a factor of seven only."""


def to_and_fro(steps: tuple[Transition, ...]) -> tuple[Transition, ...]:
    """Give the steps that can be undone: those on a way that leads back.

    Parameters
    ----------
    steps : tuple of (str, str)
        Moves that can happen at once.

    Returns
    -------
    tuple of (str, str)

    Examples
    --------
    >>> to_and_fro((("stranger", "buyer"), ("buyer", "friend"), ("friend", "buyer")))
    (('buyer', 'friend'), ('friend', 'buyer'))
    """
    reached = {a: {b for one, b in steps if one == a} for a in {s for step in steps for s in step}}
    for _ in reached:
        for stage, ahead in reached.items():
            reached[stage] = ahead.union(*(reached[b] for b in ahead)) if ahead else ahead
    return tuple((a, b) for a, b in steps if a in reached[b])


def too_rare(
    seen: Observations, steps: tuple[Transition, ...], rates: NDArray[np.float64]
) -> tuple[str, ...]:
    """Say in words where the looks are too far apart for the rates that were found.

    Parameters
    ----------
    seen : Observations
        Moves from look to look.
    steps : tuple of (str, str)
        Moves that can happen at once.
    rates : numpy.ndarray of float, shape (groups, steps)
        Rates per week that were found.

    Returns
    -------
    tuple of str
        Empty where the looks are frequent enough.

    Notes
    -----
    Moves to and fro that take less time than passes between two looks leave shares that hardly
    depend on how fast they are: Δ · max q above 1. Where eigenvalues of the generator turn by
    half a circle or more between two looks, other generators give the very same shares
    (aliasing). Source: Singer & Spilerman (1976), American Journal of Sociology 82:1-54.
    """
    gap = seen.usual_gap()
    fastest = rates.max(axis=0)
    back = set(to_and_fro(steps))
    found = [
        f"looks are {as_given(gap)} {seen.unit} apart, but {a} to {b} and back goes on at "
        f"{number(rate, 2)} a {seen.unit.removesuffix('s')} ({decimal(rate * gap, 1)} moves "
        "between two looks): its speed is hardly to be told from such looks. Look at least every "
        f"{number(1 / rate, 2)} {seen.unit}."
        for (a, b), rate in zip(steps, fastest, strict=True)
        if (a, b) in back and rate * gap > 1
    ]
    return tuple(found)


def aliased(generators: NDArray[np.float64], gap: float) -> bool:
    """Say whether other rates give the same shares at looks this far apart.

    Parameters
    ----------
    generators : numpy.ndarray of float, shape (groups, states, states)
        Q of each group.
    gap : float
        Weeks between two looks.

    Returns
    -------
    bool

    Examples
    --------
    >>> round_and_round = np.array([[[-1.0, 1, 0], [0, -1, 1], [1, 0, -1]]])
    >>> aliased(round_and_round, gap=2), aliased(round_and_round, gap=5)
    (False, True)
    """
    return bool((np.abs(np.imag(np.linalg.eigvals(generators))) * gap >= np.pi).any())


def unsure(steps: list[str], log_error: NDArray[np.float64]) -> tuple[str, ...]:
    """Say in words which parameters the table says next to nothing about."""
    return tuple(
        f"{name}: the table says next to nothing about it (standard error of the logarithm "
        f"{number(error, 2)}): do not rely on its interval."
        for name, error in zip(steps, log_error, strict=True)
        if error >= LARGEST_LOG_ERROR
    )
