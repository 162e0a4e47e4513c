"""Least squares on the logarithms of totals: a point estimate to compare with, no intervals."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .censored import Scatter

WHY_NO_INTERVALS = (
    "totals carry the errors of all periods before them: intervals from such a fit hold the truth "
    "far less often than they say, so none is offered."
)


def fitted_log_totals(scatter: Scatter) -> tuple[NDArray[np.float64], float]:
    """Fit log totals with errors taken as independent and counts taken as exact.

    Returns
    -------
    inner : numpy.ndarray of float, shape (parameters + 1,)
        Estimates on their scale; last the logarithm of the ceiling.
    error : float
        Root of the mean squared error of the logarithm.
    """
    from scipy import optimize

    task = scatter.task
    seen = np.log(np.maximum(scatter.series.totals, 0.5))
    free = np.flatnonzero(task.held == 0)
    low, high = (one[0] for one in task.bounds)

    def left(some: NDArray[np.float64], begun: NDArray[np.float64]) -> NDArray[np.float64]:
        inner = begun.copy()
        inner[free] = some
        shares = task.reached(inner[None, :-1])[0]
        error = seen - inner[-1] - np.log(np.maximum(shares, 1e-300))
        if not task.with_prior:
            return error
        # Errors in units of the report's usual one, beside the prior.
        return np.concatenate([error / 0.1, (inner - task.centres[0]) * task.pull])

    best = None
    for start in scatter.starts()[:, :-2]:
        begun = np.clip(start, low + 1e-6, high - 1e-6)
        begun = np.where(task.held > 0, start, begun)
        found = optimize.least_squares(
            left, begun[free], bounds=(low[free], high[free]), kwargs={"begun": begun}, xtol=1e-12,
            ftol=1e-12,
        )  # fmt: skip
        if best is None or found.cost < best[0]:
            inner = begun.copy()
            inner[free] = found.x
            best = found.cost, inner
    inner = best[1]
    error = seen - inner[-1] - np.log(np.maximum(task.reached(inner[None, :-1])[0], 1e-300))
    return inner, float(np.sqrt((error**2).mean()))
