"""What one week's talk, events and media bring in the weeks after: vector autoregression."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd

from ...groups import needs
from ...names import pick
from ...result import Result
from ...stats.intervals import normal_quantile

FEWEST = 10
"""Weeks for each coefficient of an equation below which a result warns."""

CAUTION = (
    "what moves talk and customers alike, such as a season, looks like talk that brings customers: "
    "these are associations in time, not effects"
)


@dataclass(frozen=True, eq=False)
class CarryOver(Result):
    """Response of new customers to one more per cent of each source in one week.

    Parameters
    ----------
    response : pandas.DataFrame
        `source`, `week` (0: the week itself), `response` (per cent more new customers),
        `lower`, `upper`.
    total : pandas.DataFrame
        One row a source: `source`, `total` (sum of the responses over all weeks shown, an
        elasticity), `lower`, `upper`, `weeks` (last week whose interval lies above 0; 0 if none).
    lags : int
        Weeks that the equations look back.
    weeks : int
        Weeks of data.
    log_likelihood : float
        Of the fit.
    level : float
        Confidence level.
    notes : tuple of str
        What a reader must know, in words.
    """

    response: pd.DataFrame
    total: pd.DataFrame
    lags: int
    weeks: int
    log_likelihood: float
    level: float = 0.95
    notes: tuple[str, ...] = (CAUTION,)
    estimator: str = "vector autoregression, least squares; asymptotic standard errors"

    PICTURES: ClassVar[Mapping[str, str]] = {
        "response": "frontporch.community.word_of_mouth.pictures:plot_carry_over"
    }

    def interval(self, name: str) -> tuple[float, float]:
        """Give the interval of the total of one source."""
        row = self.total.set_index("source").loc[pick(name, list(self.total["source"]), "source")]
        return float(row["lower"]), float(row["upper"])

    def summary(self) -> pd.DataFrame:
        """Show the total of each source."""
        return self.total.copy()

    def of(self, source: str) -> pd.DataFrame:
        """Show the response to one source, week by week."""
        name = pick(source, list(self.total["source"]), "source")
        return self.response[self.response["source"] == name].drop(columns="source")


def carry_over(
    series: pd.DataFrame,
    *,
    outcome: str = "customers",
    sources: Sequence[str] = ("talk", "events", "media"),
    lags: int | None = None,
    horizon: int = 12,
    level: float = 0.95,
) -> CarryOver:
    """Estimate how long one week's talk, events and media go on bringing customers.

    Parameters
    ----------
    series : pandas.DataFrame
        One row a week, in order, every week once: the outcome and the sources, above 0.
    outcome : str
        Column of new customers.
    sources : sequence of str
        Columns of what may bring them.
    lags : int, optional
        Weeks that the equations look back; from 1 to 4 by Schwarz's criterion if not given.
    horizon : int
        Weeks after, from 1 up.
    level : float
        Confidence level of every interval.

    Returns
    -------
    CarryOver

    Raises
    ------
    ValueError
        If a column is missing, a value is missing or not above 0, weeks are left out, or there
        are too few.

    Notes
    -----
    Logarithms, so that a response is an elasticity; the shock is to one source alone. Design:
    Trusov, Bucklin & Pauwels (2009), Journal of Marketing 73(5). Standard errors:
    Lütkepohl (2005), New Introduction to Multiple Time Series Analysis, section 3.7.

    Examples
    --------
    >>> from frontporch.community.word_of_mouth.weekly import Weeks
    >>> found = carry_over(Weeks().simulate(520, seed=7), lags=1)
    >>> found.total["source"][found.total["lower"] > 0].tolist()
    ['talk', 'events']
    """
    with needs("How long an influence lasts"):
        from statsmodels.tsa.vector_ar.var_model import VAR

    names = [outcome, *sources]
    values = _checked(series, names, horizon)
    z = normal_quantile(level)
    model = VAR(np.log(values))
    per_lag = len(names)
    if lags is None:
        most = min(4, max(1, len(values) // (FEWEST * per_lag)))
        lags = max(1, int(model.select_order(most).bic))
    need = (lags * per_lag + 1) + lags + 5
    if len(values) < need:
        raise ValueError(
            f"there are {len(values)} weeks, but {need} or more are needed for {len(names)} series "
            f"and {lags} lags: collect more, or look back less."
        )
    fit = model.fit(lags)
    notes = _notes(fit.is_stable(), len(values), lags * per_lag + 1)
    response, total = _responses(fit.irf(horizon), sources, horizon, z)
    return CarryOver(
        response,
        total,
        lags,
        len(values),
        float(fit.llf),
        level,
        notes,
    )


def _responses(response, sources, horizon: int, z: float) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the responses week by week, and their sums, each with its interval."""
    irf, error = response.irfs[:, 0], response.stderr()[:, 0]
    total, total_error = response.cum_effects[-1, 0], response.cum_effect_stderr()[-1, 0]
    rows, totals = [], []
    for k, source in enumerate(sources, start=1):
        low, high = irf[:, k] - z * error[:, k], irf[:, k] + z * error[:, k]
        rows.append(
            pd.DataFrame(
                {
                    "source": source,
                    "week": np.arange(horizon + 1),
                    "response": irf[:, k],
                    "lower": low,
                    "upper": high,
                }
            )
        )
        above = np.flatnonzero(low > 0)
        totals.append(
            {
                "source": source,
                "total": total[k],
                "lower": total[k] - z * total_error[k],
                "upper": total[k] + z * total_error[k],
                "weeks": int(above[-1]) if len(above) else 0,
            }
        )
    return pd.concat(rows, ignore_index=True), pd.DataFrame(totals)


def _notes(stable: bool, weeks: int, numbers: int) -> tuple[str, ...]:
    """Say what a reader must know of a fit with so many numbers an equation."""
    notes = [CAUTION]
    if not stable:
        notes.append(
            "the series do not come back to their means: responses grow, and no interval holds"
        )
    if weeks < FEWEST * numbers:
        notes.append(
            f"{weeks} weeks are few for {numbers} numbers an equation: intervals are too short"
        )
    return tuple(notes)


def _checked(series: pd.DataFrame, names: list[str], horizon: int) -> np.ndarray:
    for name in names:
        pick(name, [str(one) for one in series.columns], "column")
    if len(set(names)) < len(names):
        raise ValueError(f"the series {names} are not all different.")
    if horizon < 1:
        raise ValueError(f"horizon is {horizon!r}, but must be a whole number from 1 up.")
    values = series[names].to_numpy(float)
    bad = np.argwhere(~(np.isfinite(values) & (values > 0)))
    if len(bad):
        row, column = bad[0]
        raise ValueError(
            f"row {series.index[row]!r}, column {names[column]!r} is {values[row, column]}, but "
            "logarithms need numbers above 0: join weeks, or add up what is rare."
        )
    if "week" in series:
        weeks = series["week"]
        step = np.diff(weeks.to_numpy().astype("int64"))
        if len(step) and ((step <= 0).any() or (step != step[0]).any()):
            row = int(np.flatnonzero((step <= 0) | (step != step[0]))[0]) + 1
            raise ValueError(
                f"row {series.index[row]!r}: week {weeks.iloc[row]} does not follow week "
                f"{weeks.iloc[row - 1]}: every week is needed once, in order."
            )
    unmoved = np.ptp(values, axis=0) == 0
    if unmoved.any():
        constant = names[int(np.argmax(unmoved))]
        raise ValueError(f"column {constant!r} never changes: nothing can be learned from it.")
    return values
