"""A forecast made with what was known then, beside what came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import pandas as pd

from ...fans.growth import Forecast, Series, fit, forecast, logistic, read_counts
from ...fans.growth.counts import FEWEST
from ...fans.growth.curves import Share
from ...result import Result


@dataclass(frozen=True, eq=False)
class Hindcast(Result):
    """A forecast of the last count of a series, from its first counts alone.

    Parameters
    ----------
    series : Series
        All counts.
    known : int
        How many of them were known.
    forecast : Forecast
        What curve and baselines expected; its last date is that of the last count.
    """

    PICTURES: ClassVar[dict[str, str]] = {
        "hindcast": "frontporch.course.lesson_07.pictures:plot_hindcast"
    }

    series: Series
    known: int
    forecast: Forecast

    @property
    def since(self) -> pd.Timestamp:
        """Day of the last count that was known."""
        return self.series.dates(self.series.times[self.known - 1 : self.known])[0]

    @property
    def later(self) -> pd.DataFrame:
        """Counts that came later: `date`, `counted`, `at_least`."""
        series, rest = self.series, slice(self.known, None)
        return pd.DataFrame(
            {
                "date": series.dates(series.times[rest]),
                "counted": series.totals[rest] + series.step,
                "at_least": series.at_least[rest],
            }
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader of the forecast had to know, in words."""
        return self.forecast.notes

    def summary(self) -> pd.DataFrame:
        """Show what each method expected of the last count, and whether its interval holds it.

        Returns
        -------
        pandas.DataFrame
            Indexed by method: `expected`, `lower`, `upper`, `came`, all in fans or whatever is
            counted; `held` says whether what came lies in the interval, at or below its upper
            end where what came is a lower bound.
        """
        last = self.later.iloc[-1]
        rows = {name: frame.iloc[-1] for name, frame in self.forecast.methods.items()}
        table = pd.DataFrame.from_dict(rows, orient="index").rename(columns={"total": "expected"})
        low = (table["lower"] <= last["counted"]) | bool(last["at_least"])
        return table.assign(
            came=last["counted"], held=low & (table["upper"] >= last["counted"])
        ).rename_axis("method")


def hindcast(
    counts: pd.DataFrame | Series, known: int, curve: Share | str = logistic, **choices: Any
) -> Hindcast:
    """Forecast the last count of a series as it would have been forecast earlier.

    Parameters
    ----------
    counts : pandas.DataFrame or Series
        See `fit`.
    known : int
        How many counts were known, from three up and not all.
    curve : callable or str
        A growth curve.
    **choices
        As in `fit`.

    Returns
    -------
    Hindcast

    Raises
    ------
    ValueError
        If `known` is out of range.

    Notes
    -----
    The forecast goes in steps of about a quarter of a year; both baselines stand beside the
    curve, as always. Which curve to try was chosen by somebody who knows what came: a hindcast
    flatters.

    Examples
    --------
    >>> from frontporch import data
    >>> starbucks = data.load("brand_fans").query(
    ...     "brand == 'Starbucks' and platform == 'Facebook' and confidence != 'low'")
    >>> hindcast(starbucks, known=7).summary()["held"].tolist()
    [False, False, False]
    """
    series = read_counts(counts)
    n = len(series.times)
    if isinstance(known, bool) or int(known) != known or not FEWEST <= known < n:
        raise ValueError(
            f"known is {known!r}, but a whole number from {FEWEST} to {n - 1} is needed: "
            f"{series.name} has {n} counts, and at least one must have come later."
        )
    known = int(known)
    years = float(series.times[-1] - series.times[known - 1])
    if years <= 0:
        raise ValueError(f"the counts after the first {known} came on the same day: know fewer.")
    steps = max(round(4 * years), 1)
    growth = fit(series.until(known), curve, **choices)
    return Hindcast(series, known, forecast(growth, steps, step=years / steps))
