"""A backtest from every origin: what each method would have said, beside what came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...citing import cited
from ...names import pick
from ...result import Result
from ...rounding import ranking
from .baselines import BASELINES, HOLT, equal_steps
from .counts import read_counts
from .curves import Curve, Share, bass
from .custom_curve import several
from .fitting import fit
from .forecasting import COMBINED, forecast
from .least_squares import solve
from .priors import Prior, chosen_prior
from .problem import Problem
from .series import Series

WEIGHINGS = ("task", "series", "horizon")
"""Whether every forecast counts the same, every series, or every horizon."""


@dataclass(frozen=True, eq=False)
class Backtest(Result):
    """Forecasts from every origin, scored.

    Parameters
    ----------
    tasks : pandas.DataFrame
        A row a forecast: `series`, `origin` (counts known), `horizon` (steps ahead), `method`,
        `forecast`, `counted`, `error` (forecast by count, less 1).
    prior : str
        The prior of the curves.
    """

    tasks: pd.DataFrame
    prior: str

    def summary(self, weigh: str = "task") -> pd.DataFrame:
        """Show the errors of each method, best first.

        Parameters
        ----------
        weigh : str
            "task": every forecast counts the same, so long series count more. "series": every
            series counts the same. "horizon": every number of steps ahead counts the same.

        Returns
        -------
        pandas.DataFrame
            Columns `method`, `tasks`, `mean_absolute_error` and `median_absolute_error` (shares
            of the count), `bias` (mean error).
        """
        pick(weigh, WEIGHINGS, "weighing")
        scored = self.tasks.assign(size=self.tasks["error"].abs())
        by = ["method"] if weigh == "task" else ["method", weigh]
        groups = scored.groupby(by, sort=False)
        means = groups.agg(
            tasks=("size", "size"),
            mean_absolute_error=("size", "mean"),
            median_absolute_error=("size", "median"),
            bias=("error", "mean"),
        )
        if weigh != "task":
            counted = means.groupby("method", sort=False)["tasks"].sum()
            means = means.groupby("method", sort=False).mean().assign(tasks=counted)
        return means.iloc[ranking(-means["mean_absolute_error"])].reset_index()


@cited
def backtest(
    series: pd.DataFrame | Series | Mapping[str, Series],
    curves: Sequence[Share | str] = (bass,),
    *,
    first: int = 5,
    horizons: int = 4,
    prior: Prior | str | None = "weak",
    combine: float | None = None,
) -> Backtest:
    """Forecast from every origin, with what was known then, and score what came.

    Parameters
    ----------
    series : pandas.DataFrame, Series or mapping of str to Series
        What to forecast; a table as in `read_counts`.
    curves : sequence of callable or str
        Growth curves.
    first : int
        Fewest totals known at an origin, from 4 up.
    horizons : int
        How many steps ahead at most.
    prior : Prior, "weak" or None
        Of the curves.
    combine : float, optional
        Share of the first curve in a combination with damped Holt.

    Returns
    -------
    Backtest
        Both baselines are always among the methods.

    Raises
    ------
    ValueError
        If no series is long enough.

    Examples
    --------
    >>> from frontporch import data
    >>> from frontporch.fans.growth import read_counts
    >>> sold = data.load("bass_classics").query("series == 'vcr_us'")
    >>> found = backtest(read_counts(sold), first=7)
    >>> found.tasks["method"].unique().tolist()
    ['bass', 'last increment repeated', 'damped Holt']
    """
    if first < 4:
        raise ValueError(f"first is {first}, but a curve needs at least 4 known totals.")
    if combine is not None and not 0 <= combine <= 1:
        raise ValueError(f"combine is {combine}, but the curve's share lies from 0 to 1.")
    known = several(curves)
    if isinstance(series, (pd.DataFrame, Series)):
        read = read_counts(series)
        series = {read.name: read}
    rows = []
    for name, one in series.items():
        origins = np.arange(first, len(one.times))
        if not len(origins):
            continue
        expected = _expected(one, known, origins, horizons, prior, combine)
        rows += _scored(name, one, origins, expected, horizons)
    if not rows:
        raise ValueError(f"no series has more than {first} totals: there is nothing to hold out.")
    label = prior.name if isinstance(prior, Prior) else "weak prior" if prior else "no prior"
    return Backtest(pd.DataFrame(rows), label)


def _expected(
    series: Series,
    curves: Sequence[Curve],
    origins: NDArray[np.int_],
    horizons: int,
    prior: Prior | str | None,
    combine: float | None,
) -> dict[str, NDArray[np.float64]]:
    """Give by method what it expects from all origins, the combination first."""
    expected = {
        curve.name: _from_origins(series, curve, origins, horizons, prior) for curve in curves
    }
    known = [equal_steps(series.until(n)) for n in origins]
    for label, method in BASELINES.items():
        expected[label] = np.stack([method(totals, horizons).totals for totals in known])
    if combine is None:
        return expected
    both = combine * expected[curves[0].name] + (1 - combine) * expected[HOLT]
    return {COMBINED: both, **expected}


def _from_origins(
    series: Series,
    known: Curve,
    origins: NDArray[np.int_],
    horizons: int,
    prior: Prior | str | None,
) -> NDArray[np.float64]:
    """Forecast from all origins, shape (origins, horizons)."""
    ahead = np.arange(1, horizons + 1) * series.step_length
    if series.scattered:
        return np.stack(
            [
                forecast(fit(series.until(n), known.share, prior=prior), horizons)
                .methods[known.name]["total"]
                .to_numpy()
                for n in origins
            ]
        )
    problem = Problem.of(series, known, chosen_prior(prior, known))
    # An origin is the same series whose later increments weigh nothing.
    many = problem.repeated(len(origins))
    increments = origins - (1 if series.launched else 0)
    seen = np.arange(many.added.shape[1])[None] < increments[:, None]
    many = replace(many, weights=many.weights * seen, last=series.totals[origins - 1])
    found = solve(many)
    k = len(problem.parameters)
    times = np.concatenate(
        [series.times[origins - 1][:, None], series.times[origins - 1][:, None] + ahead], axis=1
    )
    reached = np.exp(found.inner[:, k:]) * many.reached(found.inner[:, :k], times)
    return series.totals[origins - 1][:, None] + reached[:, 1:] - reached[:, :1]


def _scored(
    name: str,
    series: Series,
    origins: NDArray[np.int_],
    expected: Mapping[str, NDArray[np.float64]],
    horizons: int,
) -> list[dict[str, object]]:
    rows = []
    for o, n in enumerate(origins):
        for horizon in range(1, horizons + 1):
            when = series.times[n - 1] + horizon * series.step_length
            near = np.abs(series.times[n:] - when)
            at = n + int(near.argmin())
            if near.min() > 0.25 * series.step_length:
                continue  # nobody counted then
            counted = float(series.totals[at])
            rows += [
                {
                    "series": name,
                    "origin": int(n),
                    "horizon": horizon,
                    "method": method,
                    "forecast": float(made[o, horizon - 1]),
                    "counted": counted,
                    "error": float(made[o, horizon - 1]) / counted - 1,
                }
                for method, made in expected.items()
            ]
    return rows
