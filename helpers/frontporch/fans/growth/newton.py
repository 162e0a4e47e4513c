"""Newton's method for a loss that takes many rows of parameters at once.

All that a step needs, value, slope and curvature, comes from two calls with many rows. The filter
of scattered counts costs nearly the same for one row as for fifty, so that scipy's L-BFGS-B and
its like, which ask for one place at a time, take two to ten times as long.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_ROUGH = 3e-5
_PART = 0.01  # of the distance at which the loss has changed by a half
_ROUNDS = 60


def descended(
    loss: Callable[[Array], Array], start: Array, low: Array, high: Array, free: NDArray[np.int_]
) -> tuple[Array, float]:
    """Go downhill from a start to rest.

    Parameters
    ----------
    loss : callable
        From rows of parameters, shape (rows, k), to a loss each.
    start, low, high : numpy.ndarray of float, shape (k,)
        Where to begin, and limits.
    free : numpy.ndarray of int
        Which parameters move.

    Returns
    -------
    arrived : numpy.ndarray of float, shape (k,)
    value : float
        The loss there.

    Examples
    --------
    >>> bowl = lambda rows: ((rows - [1.0, 2.0]) ** 2).sum(1)
    >>> far = np.full(2, 9.0)
    >>> descended(bowl, np.zeros(2), -far, far, np.arange(2))[0].round(6).tolist()
    [1.0, 2.0]
    """
    here = np.clip(start, low, high)
    value, slope, curved = curvature(loss, here, free)
    damping = 1e-2
    for _ in range(_ROUNDS):
        stuck = ((here[free] <= low[free]) & (slope > 0)) | (
            (here[free] >= high[free]) & (slope < 0)
        )
        roots, axes = np.linalg.eigh(np.where(stuck[:, None] | stuck[None, :], 0, curved))
        ridge = damping * max(np.abs(roots).max(), 1e-12)
        way = axes @ ((axes.T @ np.where(stuck, 0, slope)) / (np.abs(roots) + ridge))
        # All damped steps are tried together; the best is taken.
        scales = np.array([1.0, 0.5, 0.2, 0.05, 0.005])
        tried = np.tile(here, (len(scales), 1))
        tried[:, free] -= np.clip(scales[:, None] * np.where(stuck, 0, way), -1.5, 1.5)
        tried = np.clip(tried, low, high)
        found = loss(tried)
        best = int(np.argmin(found))
        gain = value - float(found[best])
        if gain <= 1e-8 * (1 + abs(value)) and (damping <= 1e-6 or gain <= 0):
            break
        damping = max(damping * (0.1 if best == 0 else 3.0), 1e-8)
        if gain > 0:
            here = tried[best]
            value, slope, curved = curvature(loss, here, free)
    return here, float(value)


def curvature(
    loss: Callable[[Array], Array], here: Array, free: NDArray[np.int_]
) -> tuple[float, Array, Array]:
    """Give value, slope and second derivatives by differences.

    Steps are a hundredth of the distance at which the loss changes much, parameter by parameter:
    a ceiling may be known to a thousandth, and its noise to a half.
    """
    k = len(free)
    units = np.zeros((k, len(here)))
    units[np.arange(k), free] = _ROUGH
    rough = loss(np.concatenate([here[None], here + units, here - units]))
    bend = np.abs(rough[1 : k + 1] - 2 * rough[0] + rough[k + 1 :]) / _ROUGH**2
    step = np.clip(_PART / np.sqrt(bend + 1e-12), 1e-7, 1e-3)
    units[np.arange(k), free] = step
    one, other = np.triu_indices(k, 1)
    rows = [here + units, here - units]
    rows += [
        here + a * units[one] + b * units[other] for a, b in ((1, 1), (-1, -1), (1, -1), (-1, 1))
    ]
    found = loss(np.concatenate(rows))
    value, up, down = rough[0], found[:k], found[k : 2 * k]
    corners = found[2 * k :].reshape(4, -1)
    curved = np.diag((up - 2 * value + down) / step**2)
    mixed = corners[0] + corners[1] - corners[2] - corners[3]
    curved[one, other] = mixed / (4 * step[one] * step[other])
    curved[other, one] = curved[one, other]
    return float(value), (up - down) / (2 * step), curved
