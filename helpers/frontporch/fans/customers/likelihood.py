"""Maximum likelihood of parameters above 0, on their logarithms."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import optimize

from ...names import pick
from ...result import Result
from ...stats.intervals import normal_quantile

FAR = 12.0
"""In units of the logarithm: a parameter this far out has run away."""
VAGUE = 6.0
"""A standard error of the logarithm: a parameter with a larger one is not known."""
Loss = Callable[[NDArray[np.float64]], tuple[float, NDArray[np.float64]]]


class PositiveParameters(Result):
    """What every estimate of parameters above 0 can do.

    Notes
    -----
    Intervals are symmetric on the logarithm. Whoever inherits from it has `parameters`, their
    `units`, the `covariance` of their logarithms, and a confidence `level`.
    """

    parameters: dict[str, float]
    covariance: NDArray[np.float64]
    level: float
    unknown: tuple[str, ...] = ()
    """Parameters that diverged: what is known of them is said in the notes."""

    @property
    def units(self) -> tuple[str, ...]:
        """Units of the parameters, in their order."""
        return ("",) * len(self.parameters)

    @property
    def values(self) -> NDArray[np.float64]:
        """The parameters as an array."""
        return np.array(list(self.parameters.values()))

    def summary(self) -> pd.DataFrame:
        """Show each parameter with its standard error and interval, on the log scale symmetric."""
        values, spread = self.values, np.sqrt(np.diag(self.covariance))
        reach = normal_quantile(self.level) * spread
        table = pd.DataFrame(
            {
                "parameter": list(self.parameters),
                "unit": self.units,
                "estimate": values,
                "standard_error": values * spread,
                "lower": values * np.exp(-reach),
                "upper": values * np.exp(reach),
            }
        )
        numbers = ["estimate", "standard_error", "lower", "upper"]
        table.loc[table["parameter"].isin(self.unknown), numbers] = np.nan
        return table

    def interval(self, name: str) -> tuple[float, float]:
        """Give lower and upper limit of one parameter."""
        row = self.summary().set_index("parameter").loc[pick(name, self.parameters, "parameter")]
        return float(row["lower"]), float(row["upper"])


def known(
    logs: NDArray[np.float64], information: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Invert the information on what did not run away.

    Parameters
    ----------
    logs : numpy.ndarray of float, shape (parameters,)
        Where the likelihood is highest, in a unit of its own.
    information : numpy.ndarray of float, shape (parameters, parameters)
        Its curvature there.

    Returns
    -------
    covariance : numpy.ndarray of float, shape (parameters, parameters)
        0 for what diverged: it is held where it is; missing where nothing can be told.
    away : numpy.ndarray of bool, shape (parameters,)
        What diverged: at the end of its range, or uncertain by a factor of more than 100,000.
    """
    away = np.abs(logs) > FAR - 1
    whole = np.zeros_like(information)
    for _ in range(len(logs)):
        free = np.flatnonzero(~away)
        part = information[np.ix_(free, free)]
        roots, axes = np.linalg.eigh(part) if len(free) else (np.ones(0), np.ones((0, 0)))
        flat = roots <= 1e-9 * max(roots.max(initial=0.0), 1e-300)
        if flat.any():
            # Along the flattest direction it is the largest part that says least.
            away[free[np.argmax(np.abs(axes[:, 0]))]] = True
            continue
        inverse = (axes / roots) @ axes.T
        loose = np.diag(inverse) > VAGUE**2
        if not loose.any():
            whole[np.ix_(free, free)] = inverse
            return whole, away
        away[free[np.argmax(np.diag(inverse))]] = True
    return np.full_like(information, np.nan), np.ones(len(logs), bool)


def least(
    loss: Loss, start: NDArray[np.float64], gradient: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Find where a loss is least, and its curvature there.

    Parameters
    ----------
    loss : callable
        From the logarithms of the parameters to a value and its gradient.
    start : numpy.ndarray of float, shape (parameters,)
        Where to begin.
    gradient : float
        The search ends where no part of the gradient is larger.

    Returns
    -------
    logarithms : numpy.ndarray of float, shape (parameters,)
    curvature : numpy.ndarray of float, shape (parameters, parameters)
    """
    found = optimize.minimize(
        loss,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=[(-FAR, FAR)] * len(start),
        options={"ftol": 1e-14, "gtol": gradient, "maxiter": 1_000},
    )
    logs, step = found.x, 1e-4
    curved = np.array(
        [
            (loss(logs + step * one)[1] - loss(logs - step * one)[1]) / (2 * step)
            for one in np.eye(len(logs))
        ]
    )
    return logs, (curved + curved.T) / 2
