"""Curves side by side: which fit alike, and whether they agree on the ceiling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from ...citing import cited
from ...names import pick
from ...result import Result
from ...rounding import about, ranking
from .counts import read_counts
from .curves import Share, bass, gompertz, logistic, shifted_gompertz
from .custom_curve import several
from .estimators import ESTIMATORS, LOG_TOTALS
from .fitted_growth import Growth, ran_away
from .fitting import fit
from .priors import CEILING
from .series import Series

ALIKE, APART = 4.0, 1.5
"""Two fits are alike within this much of the information criterion, and ceilings apart beyond
this ratio."""
APART_IN_COUNTS = "these fits are to different counts: how well they fit cannot be compared."


@dataclass(frozen=True, eq=False)
class CurveComparison(Result):
    """Fits of several curves to one series, or several fits by name.

    Its picture: "ceiling_profile".

    Parameters
    ----------
    growths : dict of str to Growth
        By curve, or by the names that were given.
    notes : tuple of str
        What a reader must know, in words.
    """

    PICTURES: ClassVar[Mapping[str, str]] = {
        "ceiling_profile": "frontporch.fans.growth.pictures:plot_ceiling_profile"
    }

    growths: dict[str, Growth]
    notes: tuple[str, ...]

    @cited
    def __getitem__(self, curve: str) -> Growth:
        """Give the fit of a curve."""
        return self.growths[pick(curve, self.growths, "curve")]

    def summary(self) -> pd.DataFrame:
        """Show ceiling, peak and information criterion of each fit, best first.

        `aicc_above_best` is by how much the corrected information criterion (Hurvich & Tsai 1989,
        Biometrika 76:297-307) is above that of the best curve: below 4 little speaks against it.
        It is missing, and the order is as given, where the fits are to different counts.
        """
        rows = []
        for name, one in self.growths.items():
            lower, upper = one.interval(CEILING)
            row = {"curve": name, "ceiling": one.ceiling, "lower": lower, "upper": upper}
            row |= {"peak": one.peak, "peak_reached": one.peak_reached, "aicc": information(one)}
            rows.append(row)
        table = pd.DataFrame(rows)
        if not _of_one_series(self.growths):
            return table.assign(aicc_above_best=np.nan)
        table = table.iloc[ranking(-table["aicc"])].reset_index(drop=True)
        table["aicc_above_best"] = table["aicc"] - table["aicc"].min()
        return table


@cited
def compare(
    counts: pd.DataFrame | Series | Mapping[str, Growth],
    curves: Sequence[Share | str] = (bass, logistic, gompertz, shifted_gompertz),
    **choices: Any,
) -> CurveComparison:
    """Fit several curves to one series, or lay fits side by side.

    Parameters
    ----------
    counts : pandas.DataFrame, Series or mapping of str to Growth
        See `fit`; or fits that were made, by name, such as those of one page at two dates.
    curves : sequence of callable or str
        At least two curves; of no use where the fits were made.
    **choices
        As in `fit`, the same for all curves.

    Returns
    -------
    CurveComparison

    Raises
    ------
    ValueError
        If there are fewer than two.

    Examples
    --------
    >>> from frontporch import data
    >>> sold = data.load("bass_classics").query("series == 'vcr_us'")
    >>> compare(sold).summary()["curve"].iloc[0]
    'gompertz'
    """
    if isinstance(counts, Mapping):
        growths = dict(counts)
        if len(growths) < 2:
            raise ValueError("fits are compared by two or more.")
    else:
        reading = {k: choices.pop(k) for k in ("events", "may_fall", "text_counts") if k in choices}
        names = [one.name for one in several(curves)]
        if len(names) < 2:
            raise ValueError("curves are compared by two or more, such as [bass, logistic].")
        series = read_counts(counts, **reading)
        fits = [fit(series, curve, **choices) for curve in curves]
        growths = dict(zip(names, fits, strict=True))
    notes = _disagreements(growths) if _of_one_series(growths) else [APART_IN_COUNTS]
    return CurveComparison(growths, tuple(notes))


def _of_one_series(growths: Mapping[str, Growth]) -> bool:
    """Whether all fits are to the same counts."""
    first, *others = (one.series for one in growths.values())
    return all(
        np.array_equal(first.times, one.times) and np.array_equal(first.totals, one.totals)
        for one in others
    )


def information(growth: Growth) -> float:
    """Give the corrected information criterion of a fit; without a likelihood it is missing."""
    one = growth.estimate
    by_total = one.scatter or growth.estimator.startswith(ESTIMATORS[LOG_TOTALS].words)
    n = len(one.series.times) if by_total else int(one.problem.counted[0])
    k = len(one.inner) - one.held.sum() + (0 if one.scatter else 1)
    return float(-2 * one.log_likelihood + 2 * k + 2 * k * (k + 1) / max(n - k - 1, 1))


def _disagreements(growths: dict[str, Growth]) -> list[str]:
    scores = {name: information(one) for name, one in growths.items()}
    best = min(scores.values())
    alike = [growths[name] for name, one in scores.items() if one - best <= ALIKE]
    alike = [one for one in alike if not ran_away(one)]
    if len(alike) < 2:
        return []
    low, high = min(alike, key=lambda g: g.ceiling), max(alike, key=lambda g: g.ceiling)
    if high.ceiling / low.ceiling < APART:
        return []
    return [
        f"{low.curve.name} and {high.curve.name} fit alike and disagree on the ceiling: "
        f"{about(low.ceiling)} against {about(high.ceiling)} {low.series.unit}. The counts cannot "
        "tell which."
    ]


@dataclass(frozen=True)
class NestedTest(Result):
    """A test of a curve against one that it is a case of.

    Parameters
    ----------
    smaller, larger : str
        The curves.
    statistic : float
        Of the likelihood ratio, in the form of an F ratio.
    freedom : tuple of float
        Degrees of freedom.
    p_value : float
        Probability of such a ratio or a larger one where the smaller curve is right.
    """

    smaller: str
    larger: str
    statistic: float
    freedom: tuple[float, float]
    p_value: float

    def summary(self) -> pd.DataFrame:
        """Show the test in one row."""
        return pd.DataFrame(
            [
                {
                    "smaller": self.smaller,
                    "larger": self.larger,
                    "statistic": self.statistic,
                    "p_value": self.p_value,
                }
            ]
        )


@cited
def likelihood_ratio(
    counts: pd.DataFrame | Series,
    smaller: Share | str = bass,
    larger: Share | str = shifted_gompertz,
    **choices: Any,
) -> NestedTest:
    """Test whether counts call for the larger curve, by the likelihood ratio.

    Parameters
    ----------
    counts : pandas.DataFrame or Series
        Regular increments.
    smaller, larger : callable or str
        The larger curve has the smaller one as a case.
    **choices
        As in `fit`; there is no prior here.

    Returns
    -------
    NestedTest

    Notes
    -----
    With normal errors of unknown size the likelihood ratio is a function of the F ratio, whose
    distribution holds better in short series than the chi-squared one. Source: Bates & Watts
    (1988), Nonlinear Regression Analysis and Its Applications, chapter 3.
    """
    from scipy import special

    series = read_counts(counts)
    fits = [
        fit(series, curve, estimator="per-period", prior=None, **choices)
        for curve in (smaller, larger)
    ]
    one, other = (each.estimate for each in fits)
    names = [each.curve.name for each in fits]
    added = len(other.inner) - len(one.inner)
    if added < 1:
        raise ValueError(f"{names[1]} has no more parameters than {names[0]}.")
    freedom = float(one.problem.counted[0] - len(other.inner))
    if freedom < 1:
        raise ValueError("too few counts for the larger curve.")
    error = [float(each.problem.loss(each.inner[None])[0][0]) for each in (one, other)]
    ratio = max(error[0] - error[1], 0.0) / added / (error[1] / freedom)
    p_value = float(special.fdtrc(added, freedom, ratio)) if np.isfinite(ratio) else 0.0
    return NestedTest(names[0], names[1], ratio, (float(added), freedom), p_value)
