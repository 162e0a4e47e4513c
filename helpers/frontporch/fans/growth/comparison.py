"""Curves side by side: which fit alike, and whether they agree on the ceiling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ...rounding import about, ranking
from .cautions import ALIKE, APART, ran_away
from .curves import bass, gompertz, logistic, shifted_gompertz
from .estimate import Growth
from .fit import fit
from .parameters import Share
from .reading import read_series
from .series import Series
from .trial import several


@dataclass(frozen=True, eq=False)
class CurveComparison:
    """Fits of several curves to one series.

    Parameters
    ----------
    growths : dict of str to Growth
        By curve.
    notes : tuple of str
        What a reader must know, in words.
    """

    growths: dict[str, Growth]
    notes: tuple[str, ...]

    def __getitem__(self, curve: str) -> Growth:
        """Give the fit of a curve."""
        from ...names import pick

        return self.growths[pick(curve, self.growths, "curve")]

    def summary(self) -> pd.DataFrame:
        """Show ceiling, peak and information criterion of each curve, best first.

        `aicc_above_best` is by how much the corrected information criterion (Hurvich & Tsai 1989,
        Biometrika 76:297-307) is above that of the best curve: below 4 little speaks against it.
        """
        rows = [
            {"curve": name, "ceiling": one.ceiling, "lower": one.ceiling_interval[0],
             "upper": one.ceiling_interval[1], "peak": one.peak, "peak_reached": one.peak_reached,
             "aicc": information(one)}
            for name, one in self.growths.items()
        ]  # fmt: skip
        table = pd.DataFrame(rows)
        table = table.iloc[ranking(-table["aicc"])].reset_index(drop=True)
        table["aicc_above_best"] = table["aicc"] - table["aicc"].min()
        return table


def compare_curves(
    counts: pd.DataFrame | Series,
    curves: Sequence[Share | str] = (bass, logistic, gompertz, shifted_gompertz),
    **choices: object,
) -> CurveComparison:
    """Fit several curves to one series.

    Parameters
    ----------
    counts : pandas.DataFrame or Series
        See `fit`.
    curves : sequence of callable or str
        At least two curves.
    **choices
        As in `fit`, the same for all curves.

    Returns
    -------
    CurveComparison

    Examples
    --------
    >>> from frontporch import data
    >>> sold = data.load("bass_classics").query("series == 'vcr_us'")
    >>> compare_curves(sold).summary()["curve"].iloc[0]
    'gompertz'
    """
    reading = {k: choices.pop(k) for k in ("events", "may_fall", "text_counts") if k in choices}
    names = [one.name for one in several(curves)]
    if len(names) < 2:
        raise ValueError("curves are compared by two or more, such as [bass, logistic].")
    series = read_series(counts, **reading)
    fits = [fit(series, curve, **choices) for curve in curves]
    growths = dict(zip(names, fits, strict=True))
    return CurveComparison(growths, tuple(_disagreements(growths)))


def information(growth: Growth) -> float:
    """Give the corrected information criterion of a fit; without a likelihood it is missing."""
    by_total = growth.scatter or growth.estimator.startswith("least squares on log totals")
    n = len(growth.series.times) if by_total else int(growth.task.counted[0])
    k = len(growth.inner) - growth.task.held.sum() + (0 if growth.scatter else 1)
    return float(-2 * growth.log_likelihood + 2 * k + 2 * k * (k + 1) / max(n - k - 1, 1))


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
class NestedTest:
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


def likelihood_ratio(
    counts: pd.DataFrame | Series,
    smaller: Share | str = bass,
    larger: Share | str = shifted_gompertz,
    **choices: object,
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
    distribution holds better in short series than the chi-squared one.
    """
    from scipy import special

    series = read_series(counts)
    one, other = (
        fit(series, curve, estimator="per-period", prior=None, **choices)
        for curve in (smaller, larger)
    )
    added = len(other.inner) - len(one.inner)
    if added < 1:
        raise ValueError(f"{other.curve.name} has no more parameters than {one.curve.name}.")
    freedom = float(one.task.counted[0] - len(other.inner))
    if freedom < 1:
        raise ValueError("too few counts for the larger curve.")
    error = [float(g.task.loss(g.inner[None])[0][0]) for g in (one, other)]
    ratio = max(error[0] - error[1], 0.0) / added / (error[1] / freedom)
    p_value = float(special.fdtrc(added, freedom, ratio)) if np.isfinite(ratio) else 0.0
    return NestedTest(one.curve.name, other.curve.name, ratio, (float(added), freedom), p_value)
