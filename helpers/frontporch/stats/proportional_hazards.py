"""Cox regression: by how much covariates multiply a hazard of any shape."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ..citing import cited
from ..result import Result
from ..rounding import as_given
from .clustered import clusters, robust
from .durations import as_numbers, in_a_usable_unit, read_durations
from .partial_likelihood import Maximum, maximise, too_few
from .proportionality import ProportionalHazards, tested
from .risk_sets import RiskSets


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
    fitted : tuple
        What was maximised, and its maximum, for tests.
    """

    table: pd.DataFrame
    covariance: NDArray[np.float64]
    log_likelihood: float
    level: float = 0.95
    estimator: str = "Cox's partial likelihood, ties by Efron"
    fitted: tuple[RiskSets, Maximum] | None = field(default=None, repr=False)

    @cited
    def proportional(self) -> ProportionalHazards:
        """Test whether hazard ratios stay the same as time goes on.

        Returns
        -------
        ProportionalHazards

        Examples
        --------
        >>> rng = np.random.default_rng(7)
        >>> group = np.arange(200) % 2
        >>> weeks = rng.exponential(np.where(group, 5.0, 10.0))
        >>> found = cox(weeks, np.ones(200, bool), pd.DataFrame({"group": group}))
        >>> bool(found.proportional().table["p_value"].iloc[0] > 0.05)
        True
        """
        if self.fitted is None:
            raise ValueError("this result was not made by stats.cox, so nothing can be tested.")
        return tested(*self.fitted, list(self.table["covariate"]))

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


@cited
def cox(
    durations: ArrayLike,
    arrived: ArrayLike,
    covariates: pd.DataFrame,
    *,
    entry: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    penalty: Literal["firth"] | None = None,
    cluster: ArrayLike | pd.DataFrame | None = None,
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
        Time at which each came under observation (delayed entry); below its duration. Rows
        that are split where a covariate changes enter where the row before them ends.
    strata : array_like, shape (n,), optional
        Rows of one stratum share a hazard of their own.
    penalty : {"firth"}, optional
        Firth's penalty gives an estimate with two limits where the likelihood has no maximum,
        and less bias in small samples.
    cluster : array_like or pandas.DataFrame, shape (n,) or (n, 2), optional
        Whose each row is, where a person has several: errors then hold for rows of one person
        that depend on each other. Two columns name the two people of a pair: rows depend on each
        other where they share either.
    level : float
        Confidence level.

    Returns
    -------
    CoxRegression
        A covariate that says nothing has missing numbers, one with which the likelihood rises
        without end has the one limit that exists; the note says which and why.

    Raises
    ------
    ValueError
        If lengths differ, nothing arrived, or a covariate is missing or no number.

    Notes
    -----
    Ties by Efron's method; limits of an estimate without maximum are those of the profile
    likelihood, with the penalty all are. Errors by cluster are those of the infinitesimal
    jackknife, lengthened by what each cluster holds of the information. For pairs, sums over
    the pairs of each person are squared, and what is counted for both people of a pair is taken
    off once; limits are those of t with as many people as theirs are worth. Source: Cox
    (1972), JRSS B 34:187-220; Efron (1977), JASA 72:557-565; Firth (1993), Biometrika 80:27-38;
    Heinze & Schemper (2001), Biometrics 57:114-119; Lin & Wei (1989), JASA 84:1074-1078;
    Fafchamps & Gubert (2007), Journal of Development Economics 83:326-350.

    Examples
    --------
    >>> found = cox([1, 2, 3, 4], [1, 1, 1, 0], pd.DataFrame({"online": [1, 0, 1, 0]}))
    >>> round(float(found.table["hazard_ratio"].iloc[0]), 2)
    2.56
    """
    read = read_durations(durations, arrived, entry)
    if len(read.time) != len(covariates):
        raise ValueError("durations, arrived and covariates must have one length.")
    if not read.seen.any():
        raise ValueError("nothing arrived: without an arrival no hazard can be compared.")
    if penalty not in (None, "firth"):
        raise ValueError(f"penalty is {penalty!r}, but must be 'firth' or left out.")
    names = [str(one) for one in covariates.columns]
    design, unit = _in_units_alike(covariates, names)
    sets = RiskSets(read.time, read.seen, design, _numbered(strata, len(read.time)), read.entry)
    found = maximise(sets, names, level=level, penalty=penalty)
    by = "Cox's partial likelihood, ties by Efron" + (", Firth's penalty" if penalty else "")
    nobody = np.zeros(len(read.time))
    if cluster is not None:
        whose = clusters(cluster, len(read.time))
        found = robust(sets, found, whose, level)
        by += f", robust errors by {'people of pairs' if whose.shape[1] == 2 else 'cluster'}"
    events = int(read.seen.sum())
    few = too_few(events)
    table = pd.DataFrame(
        {
            "covariate": names,
            "log_hazard_ratio": found.coefficients / unit,
            "standard_error": found.errors / unit,
            "hazard_ratio": _ratio(found.coefficients / unit),
            "lower": _ratio(found.lower / unit),
            "upper": _ratio(found.upper / unit),
            "events": events,
            "note": ["; ".join(one for one in (note, few) if one) for note in found.notes],
        }
    )
    covariance = found.covariance / np.outer(unit, unit)
    # A penalty is part of what was climbed; the likelihood is told without it.
    value = sets.evaluate(found.held, nobody)[0]
    return CoxRegression(table, covariance, float(value), level, by, (sets, found))


def _ratio(logs: NDArray[np.float64]) -> NDArray[np.float64]:
    with np.errstate(over="ignore"):
        return np.exp(logs)


def _in_units_alike(
    covariates: pd.DataFrame, names: list[str]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give the covariates by their usual difference, and it; a shift changes no hazard ratio."""
    design = np.empty(covariates.shape)
    for k, name in enumerate(names):
        design[:, k] = as_numbers(covariates.iloc[:, k], name)
        if not np.isfinite(design[:, k]).all():
            row = int(np.flatnonzero(~np.isfinite(design[:, k]))[0])
            raise ValueError(
                f"row {row + 1}: {name} is {as_given(design[row, k])}, but must be a number: "
                "fill it in, or leave the row out."
            )
        in_a_usable_unit(design[:, k], name)
    middle = design.mean(axis=0)
    largest = np.abs(design - middle).max(axis=0)
    unit = np.where(largest > 1e-12 * np.abs(design).max(axis=0), largest, 1.0)
    return (design - middle) / unit, unit


def _numbered(strata: ArrayLike | None, rows: int) -> NDArray[np.int64]:
    """Number the strata from 0 up."""
    if strata is None:
        return np.zeros(rows, np.int64)
    codes = pd.factorize(np.asarray(strata))[0].astype(np.int64)
    if len(codes) != rows:
        raise ValueError("durations, arrived and strata must have one length.")
    if (codes < 0).any():
        raise ValueError(f"row {int(np.argmax(codes < 0)) + 1}: strata is missing.")
    return codes
