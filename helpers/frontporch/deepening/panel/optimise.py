"""Where the likelihood of snapshots is highest, and how sharp its peak is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...counting import bincount
from ..simulation import Transition
from .likelihood import PanelLikelihood
from .observations import Observations

SLOWEST = 1e-6
"""A rate per week below this is as good as none."""


def starting_rates(seen: Observations, steps: tuple[Transition, ...]) -> NDArray[np.float64]:
    """Give crude rates: moves seen from look to look, by weeks at the stage they began in.

    Parameters
    ----------
    seen : Observations
        Moves from look to look.
    steps : tuple of (str, str)
        Moves that can happen at once.

    Returns
    -------
    numpy.ndarray of float, shape (steps,)
        Per week. Too low for the faster steps, because two moves between two looks are seen
        as one or none; a start for the search, no estimate.
    """
    weeks = bincount(seen.start, seen.gap * seen.count, len(seen.stages))
    counts = seen.table()
    found = []
    for a, b in steps:
        here, there = seen.stages.index(a), seen.stages.index(b)
        found.append(max(counts[here, there], 0.5) / max(weeks[here], seen.usual_gap()))
    return np.array(found)


def maximise(
    likelihood: PanelLikelihood, rates: NDArray[np.float64]
) -> tuple[NDArray[np.float64], bool]:
    """Find the parameters under which what was seen is likeliest.

    Parameters
    ----------
    likelihood : PanelLikelihood
        What is maximised.
    rates : numpy.ndarray of float, shape (steps,)
        Rates per week to start from.

    Returns
    -------
    parameters : numpy.ndarray of float, shape (size,)
    sound : bool
        Whether the slope there is zero.

    Notes
    -----
    Quasi-Newton steps (L-BFGS-B) climb, and Newton's own finish.
    """
    from scipy import optimize

    scale = max(float(likelihood.seen.count.sum()), 1.0)

    def loss(x: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        value, gradient = likelihood.value_and_gradient(x)
        return (-value / scale, -gradient / scale) if np.isfinite(value) else (1e6, 0 * x)

    lowest, highest = np.log(SLOWEST) - 3, 6.0
    bounds = [(lowest, highest)] * len(rates) + [(-20.0, 20.0)] * (likelihood.size - len(rates))
    start = np.concatenate([np.log(rates), np.zeros(likelihood.size - len(rates))])
    found = optimize.minimize(
        loss,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=bounds,
        options={"maxiter": 2_000, "maxfun": 4_000, "ftol": 1e-12, "gtol": 1e-9},
    ).x
    low, high = np.array(bounds).T
    inside = (found > low + 1e-6) & (found < high - 1e-6)
    value, gradient = likelihood.value_and_gradient(found)
    for _ in range(20):
        if np.abs(gradient[inside]).max(initial=0) < 1e-7 * scale**0.5:
            break
        information = likelihood.information(found)[np.ix_(inside, inside)]
        try:
            move = np.linalg.solve(information, gradient[inside])
        except np.linalg.LinAlgError:
            break
        ahead = found.copy()
        ahead[inside] += np.clip(move, -1, 1)
        better, slope = likelihood.value_and_gradient(ahead)
        if not better >= value - 1e-9:
            break
        found, value, gradient = ahead, better, slope
    return found, bool(np.abs(gradient[inside]).max(initial=0) < 1e-4 * scale**0.5)


def inverse(information: NDArray[np.float64]) -> tuple[NDArray[np.float64], list[str]]:
    """Give the covariance of the parameters, and say where the likelihood is flat.

    Parameters
    ----------
    information : numpy.ndarray of float, shape (size, size)
        Minus the second derivatives of the log-likelihood.

    Returns
    -------
    covariance : numpy.ndarray of float, shape (size, size)
        Missing where the likelihood is flat.
    notes : list of str
        What a reader must know, in words.
    """
    values, vectors = np.linalg.eigh(information)
    flat = values < 1e-8 * max(values.max(), 1.0)
    if not flat.any():
        return np.linalg.inv(information), []
    inverse = (vectors[:, ~flat] / values[~flat]) @ vectors[:, ~flat].T
    lost = (vectors[:, flat] ** 2).sum(axis=1) > 1e-4
    inverse[lost, :] = inverse[:, lost] = np.nan
    return inverse, ["some rates cannot be told from the snapshots: they have no interval."]
