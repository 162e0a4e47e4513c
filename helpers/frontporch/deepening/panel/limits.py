"""Limits of rates and effects of which snapshots tell nothing on one side, or on both."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...stats.information import Precision
from ...stats.likelihood_limits import likelihood_limit
from .likelihood import PanelLikelihood

LEAST = 0.01
"""Information below that of a hundredth of a move whose moment is known: nothing is told."""
FARTHEST = 40.0
"""How far from the estimate limits are looked for, on the log scale."""


def precision(likelihood: PanelLikelihood, at: NDArray[np.float64]) -> Precision:
    """Give what the snapshots say of the parameters, and of which combinations nothing."""
    return Precision.of(likelihood.information(at), likelihood.sizes, LEAST)


def one_sided(
    likelihood: PanelLikelihood, at: NDArray[np.float64], told: Precision, z: float
) -> dict[int, tuple[float, float]]:
    """Give the limits by the profile likelihood of every parameter that has no top.

    Parameters
    ----------
    likelihood : PanelLikelihood
        What was maximised.
    at : numpy.ndarray of float, shape (size,)
        Where it is highest, or nearly so.
    told : Precision
        What is known there.
    z : float
        Half-width of an interval in standard errors.

    Returns
    -------
    dict of int to tuple of float
        By number of the parameter the lower and the upper limit, infinite where there is none.

    Notes
    -----
    The other parameters follow by Newton's steps with the information at the top, since they
    hardly move. Source: Venzon & Moolgavkar (1988), Applied Statistics 37:87-94.
    """
    highest, size = likelihood.value(at), likelihood.sizes
    information, found = likelihood.information(at), {}
    for k in map(int, np.flatnonzero(~told.estimable(np.eye(likelihood.size)))):
        others = np.delete(np.arange(likelihood.size), k)
        curved = _inverse(information[np.ix_(others, others)], size[others])
        along, ends = _along(told, k), []
        for side in (-1.0, 1.0):
            place = [at]

            def fall(
                where: float,
                k: int = k,
                others: NDArray = others,
                curved: NDArray = curved,
                along: NDArray = along,
                place: list = place,
            ) -> float:
                begin = place[-1] + (where - place[-1][k]) * along
                here, value = _follow(likelihood, begin, others, curved)
                beyond = highest - value - z**2 / 2
                if beyond <= 0:  # from far outside the way back is long
                    place.append(here)
                return beyond

            step, far = side * float(size[k]), FARTHEST * float(size[k])
            limit = likelihood_limit(fall, float(at[k]), step, far)
            ends.append(side * np.inf if np.isnan(limit) else limit)
        found[k] = (ends[0], ends[1])
    return found


def _along(told: Precision, k: int) -> NDArray[np.float64]:
    """Give how the others go along with a parameter where nothing is told of them together."""
    flat = (told.flat @ told.flat[k]) * told.scale
    return flat / flat[k]


def _inverse(information: NDArray[np.float64], size: NDArray[np.float64]) -> NDArray[np.float64]:
    """Invert, with long steps and not endless ones along what is not told."""
    values, vectors = np.linalg.eigh(information * np.outer(size, size))
    return (vectors / np.maximum(values, LEAST)) @ vectors.T * np.outer(size, size)


def _follow(
    likelihood: PanelLikelihood,
    begin: NDArray[np.float64],
    others: NDArray[np.int64],
    curved: NDArray[np.float64],
) -> tuple[NDArray[np.float64], float]:
    """Climb with one parameter held."""
    here, size = begin, likelihood.sizes[others]
    value, slope = likelihood.value_and_gradient(here)
    for _ in range(60):
        step = curved @ slope[others]
        step *= min(1.0, 2.0 / max(float(np.abs(step / size).max()), 1e-300))
        if float(slope[others] @ step) < 1e-6:
            break
        for part in 0.5 ** np.arange(8):
            ahead = here.copy()
            ahead[others] += part * step
            better, steeper = likelihood.value_and_gradient(ahead)
            if better > value:
                break
        else:
            break
        here, value, slope = ahead, better, steeper
    return here, value
