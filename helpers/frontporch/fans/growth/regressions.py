"""Two older estimators, to compare with: the regression of Bass (1969), and log totals.

Bass regresses new adopters on the total before them and its square. Least squares on the
logarithms of totals gives a point estimate without intervals.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...rounding import number
from .censored import Scatter
from .series import Series

WHY_NO_INTERVALS = (
    "totals carry the errors of all periods before them: intervals from such a fit hold the truth "
    "far less often than they say, so none is offered."
)


@dataclass(frozen=True, eq=False)
class Regression:
    """Estimates of the regression.

    Parameters
    ----------
    values : numpy.ndarray of float, shape (3,)
        p, q (per year) and the ceiling.
    covariance : numpy.ndarray of float, shape (3, 3)
        Of their logarithms, by the delta method.
    variance, freedom : float
        Of the residuals.
    r_squared : float
        Share of the variance that the regression explains.
    log_likelihood : float
        Of normal errors.
    """

    values: NDArray[np.float64]
    covariance: NDArray[np.float64]
    variance: float
    freedom: float
    r_squared: float
    log_likelihood: float


def regressed(series: Series) -> Regression:
    """Fit n = a + bN + cN², N the total before the period; then p = a/m, q = −mc.

    Raises
    ------
    ValueError
        If periods are not equal, or the parabola has no ceiling.

    Notes
    -----
    Source: Bass (1969), Management Science 15:215-227, equation 5. It takes a rate for a
    difference, which makes p too large where periods are long.
    """
    apart = np.diff(series.times)
    if not series.launched or np.ptp(apart) > 0.05 * apart.mean() or not series.used.all():
        raise ValueError(
            "the Bass regression needs new adopters in equal periods from the launch on: use "
            "per-period least squares for dated counts."
        )
    length = float(apart.mean())
    added, before = series.increments / length, series.totals[:-1]
    if len(added) < 4:
        raise ValueError(f"the Bass regression needs at least 4 periods, not {len(added)}.")
    scale = series.totals[-1]
    design = np.column_stack([np.ones(len(added)), before / scale, (before / scale) ** 2])
    (a, b, c), _, rank, _ = np.linalg.lstsq(design, added, rcond=None)
    if rank < 3:
        raise ValueError(
            "the Bass regression needs growth in at least 3 periods: three totals that differ make "
            "a parabola. Use per-period least squares, whose prior says what is likely."
        )
    root = np.sqrt(max(b * b - 4 * a * c, 0))
    # A straight line bends by rounding alone, this way on one machine and that on another.
    if not (a > 0 and c < -1e-9 * abs(b) and root > 0):
        raise ValueError(
            f"the Bass regression found a = {number(a)}, c = {number(c / scale**2)}: without a > 0 "
            "and c < 0 there is no ceiling. The counts do not bend yet; use per-period least "
            "squares, whose prior says what is likely."
        )
    ceiling = (-b - root) / (2 * c)  # in parts of the last total
    left = added - design @ (a, b, c)
    freedom = len(added) - 3
    variance = float(left @ left) / freedom
    # d ceiling from a + b m + c m² = 0; then p = a/m and q = −cm.
    slope = 2 * c * ceiling + b
    by = np.array([-1 / slope, -ceiling / slope, -(ceiling**2) / slope])
    logs = np.stack(
        [
            np.array([1 / a, 0, 0]) - by / ceiling,
            np.array([0, 0, 1 / c]) + by / ceiling,
            by / ceiling,
        ]
    )
    covariance = logs @ (variance * np.linalg.inv(design.T @ design)) @ logs.T
    n = len(added)
    values = np.array([a / (ceiling * scale), -c * ceiling / scale, ceiling * scale])
    return Regression(
        values,
        covariance,
        variance,
        float(freedom),
        float(1 - left @ left / ((added - added.mean()) ** 2).sum()),
        float(-0.5 * n * (np.log(2 * np.pi * (left @ left) / n) + 1)),
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

    problem = scatter.problem
    totals = scatter.series.totals
    # A total of nothing counts as half of the smallest that is something.
    seen = np.log(np.maximum(totals, totals[totals > 0].min(initial=np.inf) / 2))
    free = np.flatnonzero(problem.beliefs.held == 0)
    low, high = (one[0] for one in problem.bounds)

    def left(some: NDArray[np.float64], begun: NDArray[np.float64]) -> NDArray[np.float64]:
        inner = begun.copy()
        inner[free] = some
        shares = problem.reached(inner[None, :-1])[0]
        error = seen - inner[-1] - np.log(np.maximum(shares, 1e-300))
        if not problem.with_prior:
            return error
        # Errors in units of the report's usual one, beside the prior.
        return np.concatenate([error / 0.1, (inner - problem.centres[0]) * problem.beliefs.pull])

    inner, cost = np.full(len(free), np.nan), np.inf
    for start in scatter.starts()[:, :-2]:
        begun = np.clip(start, low + 1e-6, high - 1e-6)
        begun = np.where(problem.beliefs.held > 0, start, begun)
        found = optimize.least_squares(
            left,
            begun[free],
            bounds=(low[free], high[free]),
            kwargs={"begun": begun},
            xtol=1e-12,
            ftol=1e-12,
        )
        if found.cost < cost:
            inner, cost = begun.copy(), found.cost
            inner[free] = found.x
    error = seen - inner[-1] - np.log(np.maximum(problem.reached(inner[None, :-1])[0], 1e-300))
    return inner, float(np.sqrt((error**2).mean()))
