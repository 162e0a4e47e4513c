"""The path of two who open up to each other: exact where it is linear, integrated elsewhere."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from .disclosure import Disclosure


def exact(
    pair: Disclosure, at: NDArray[np.float64], begin: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give the depths at each exchange as if there were no limits, shape (n, 2)."""
    r, s = pair.reciprocity
    root = math.sqrt(r * s)
    if abs(root - 1) < 1e-9:
        return _by_exponential(pair, at, begin)
    # No rest where disclosure escalates, but the point that the path turns away from.
    (b, c) = pair.base
    rest = np.array([b + r * c, c + s * b]) / (1 - r * s)
    away, time = begin - rest, pair.speed * at
    slow, fast = np.exp((root - 1) * time), np.exp(-(root + 1) * time)
    turn = slow * -np.expm1(-2 * root * time) / (2 * root) if root > 0 else time * slow
    across = np.array([r * away[1], s * away[0]])
    return rest + np.outer((slow + fast) / 2, away) + np.outer(turn, across)


def _by_exponential(
    pair: Disclosure, at: NDArray[np.float64], begin: NDArray[np.float64]
) -> NDArray[np.float64]:
    from scipy.linalg import expm

    # A third coordinate that is always 1 carries what each would tell of their own accord.
    (b, c), (r, s) = pair.base, pair.reciprocity
    generator = pair.speed * np.array([[-1, r, b], [s, -1, c], [0, 0, 0]])
    return (expm(at[:, None, None] * generator) @ np.append(begin, 1.0))[:, :2]


def integrated(
    pair: Disclosure, at: NDArray[np.float64], begin: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give depths and closeness at each exchange by numerical integration, shape (n, 3)."""
    from scipy.integrate import solve_ivp

    def change(_time: float, state: NDArray[np.float64]) -> list[float]:
        one, other, close = state
        aims = pair.aims(one, other, close)
        grown = pair.growth * one * other * (1 - close) - pair.cooling * close
        return [pair.speed * (aims[0] - one), pair.speed * (aims[1] - other), grown]

    end = max(float(at[-1]), 1e-9)
    solved = solve_ivp(
        change, (0.0, end), begin, method="LSODA", t_eval=at, rtol=1e-8, atol=1e-10
    )  # fmt: skip
    if not solved.success:
        raise ValueError(f"the path could not be followed: {solved.message}")
    return solved.y.T
