"""Where the likelihood of snapshots is highest, and how sharp its peak is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...counting import bincount
from ..simulation import Transition
from .likelihood import PanelLikelihood
from .observations import Observations

NEXT_TO_NONE = 1e-3
"""Moves expected in all the time at risk below which a rate is as good as none."""
STEEPEST = 20.0
"""Limit of an effect on the log scale, over the whole range of its covariate."""
FASTEST = 3_000.0
"""Limit of a rate: moves in the usual time between two looks."""


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
    size = likelihood.sizes

    def loss(x: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        value, gradient = likelihood.value_and_gradient(x * size)
        return (-value / scale, -gradient * size / scale) if np.isfinite(value) else (1e6, 0 * x)

    low, high = bounds(likelihood)
    start = np.concatenate([np.log(rates), np.zeros(likelihood.size - len(rates))])
    found = size * (
        optimize.minimize(
            loss,
            np.clip(start, low, high),
            jac=True,
            method="L-BFGS-B",
            bounds=np.column_stack([low, high]),
            options={"maxiter": 2_000, "maxfun": 4_000, "ftol": 1e-12, "gtol": 1e-9},
        ).x
    )
    inside = (found > low * size + 1e-6 * size) & (found < high * size - 1e-6 * size)
    value, gradient = likelihood.value_and_gradient(found)
    for _ in range(20):
        if np.abs((gradient * size)[inside]).max(initial=0) < 1e-7 * scale**0.5:
            break
        step = (likelihood.information(found) * np.outer(size, size))[np.ix_(inside, inside)]
        try:
            move = np.linalg.solve(step, (gradient * size)[inside])
        except np.linalg.LinAlgError:
            break
        ahead = found.copy()
        ahead[inside] += np.clip(move, -1, 1) * size[inside]
        better, slope = likelihood.value_and_gradient(ahead)
        if not better >= value - 1e-9:
            break
        found, value, gradient = ahead, better, slope
    left = np.abs((gradient * size)[inside]).max(initial=0)
    return found, bool(left < 1e-4 * scale**0.5)


def bounds(
    likelihood: PanelLikelihood,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give the lowest and the highest value of each parameter, effects by their size."""
    seen, steps = likelihood.seen, len(likelihood.steps)
    slowest = np.log(NEXT_TO_NONE / at_risk(likelihood)) - 3
    fastest = np.full(steps, np.log(FASTEST / seen.usual_gap()))
    effects = np.full(likelihood.size - steps, STEEPEST)
    return np.append(np.minimum(slowest, fastest), -effects), np.append(fastest, effects)


def at_risk(likelihood: PanelLikelihood) -> NDArray[np.float64]:
    """Give the weeks from looks at the stage that each step leaves, shape (steps,)."""
    seen = likelihood.seen
    weeks = bincount(seen.start, seen.gap * seen.count, len(seen.stages))
    return np.maximum(weeks, seen.usual_gap())[likelihood.where()[0]]
