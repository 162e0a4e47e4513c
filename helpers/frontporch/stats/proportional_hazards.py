"""Cox regression: by how much covariates multiply a hazard of any shape."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ..groups import needs
from ..result import Result
from .durations import read_durations
from .intervals import FEWEST_EVENTS, normal_quantile


@dataclass(frozen=True, eq=False)
class CoxRegression(Result):
    """Coefficients of Cox's model with their intervals.

    Parameters
    ----------
    table : pandas.DataFrame
        One row a covariate: `covariate`, `log_hazard_ratio`, `standard_error`,
        `hazard_ratio`, `lower`, `upper`, `events`, `note`.
    covariance : numpy.ndarray of float, shape (covariates, covariates)
        Of the logarithms of the hazard ratios.
    log_likelihood : float
        Partial, at the estimate.
    level : float
        Confidence level of every interval.
    estimator : str
        Its name.
    """

    table: pd.DataFrame
    covariance: NDArray[np.float64]
    log_likelihood: float
    level: float = 0.95
    estimator: str = "Cox's partial likelihood, ties by Efron"

    def summary(self) -> pd.DataFrame:
        """Show every hazard ratio with its interval, one row a covariate."""
        return self.table.copy()

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know, in words."""
        return tuple(sorted({note for note in self.table["note"] if note}))

    def interval(self, name: str) -> tuple[float, float]:
        """Give the limits of the hazard ratio of one covariate."""
        row = self.table.set_index("covariate").loc[name]
        return float(row["lower"]), float(row["upper"])


def cox(
    durations: ArrayLike,
    arrived: ArrayLike,
    covariates: pd.DataFrame,
    *,
    entry: ArrayLike | None = None,
    level: float = 0.95,
) -> CoxRegression:
    """Estimate how covariates multiply the hazard of arriving.

    Parameters
    ----------
    durations : array_like of float, shape (n,)
        Time from the start to the arrival, or to the last look.
    arrived : array_like of bool, shape (n,)
        True where the arrival was seen, False where it was not (censored).
    covariates : pandas.DataFrame, shape (n, covariates)
        Numbers.
    entry : array_like of float, shape (n,), optional
        Time at which each came under observation (delayed entry); below its duration.
    level : float
        Confidence level.

    Returns
    -------
    CoxRegression

    Raises
    ------
    ValueError
        If lengths differ, nothing arrived, or the likelihood has no maximum.
    MissingPackage
        If statsmodels is not installed.

    Notes
    -----
    Ties by Efron's method, fitted by statsmodels. Source: Cox (1972), JRSS B 34:187-220;
    Efron (1977), JASA 72:557-565.

    Examples
    --------
    >>> found = cox([1, 2, 3, 4], [1, 1, 1, 0], pd.DataFrame({"online": [1, 0, 1, 0]}))
    >>> round(float(found.table["hazard_ratio"].iloc[0]), 2)
    2.56
    """
    with needs("Cox regression"):
        from statsmodels.duration.hazard_regression import PHReg
        from statsmodels.tools.sm_exceptions import ModelWarning

    read = read_durations(durations, arrived, entry)
    time, seen = read.time, read.seen
    if len(time) != len(covariates):
        raise ValueError("durations, arrived and covariates must have one length.")
    if not seen.any():
        raise ValueError("nothing arrived: without an arrival no hazard can be compared.")
    # At risk from just after the entry on: statsmodels counts the moment of entry as well.
    begin = None if read.entry is None else np.nextafter(read.entry, np.inf)
    design = covariates.to_numpy(float)
    model = PHReg(time, design, status=seen.astype(int), entry=begin, ties="efron")
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        found = model.fit(disp=0)
    # A coefficient that sets people of usual distance e^20 apart has run away without a warning.
    away = np.abs(found.params) * design.std(axis=0) > 20
    if away.any() or any(issubclass(one.category, ModelWarning) for one in said):
        raise ValueError(
            "no hazard ratio can be estimated: the likelihood has no maximum, as where arrivals "
            "come in the order of a covariate, or one follows from the others. Take one out, or "
            "give it fewer values."
        )
    width = normal_quantile(level) * found.bse
    events = int(seen.sum())
    few = f"fewer than {FEWEST_EVENTS} events: do not rely on the interval"
    table = pd.DataFrame(
        {
            "covariate": list(map(str, covariates.columns)),
            "log_hazard_ratio": found.params,
            "standard_error": found.bse,
            "hazard_ratio": np.exp(found.params),
            "lower": np.exp(found.params - width),
            "upper": np.exp(found.params + width),
            "events": events,
            "note": few if events < FEWEST_EVENTS else "",
        }
    )
    return CoxRegression(table, np.asarray(found.cov_params()), float(found.llf), level)
