"""What counts can tell of a curve, and where a fit contradicts them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ...rounding import about, number
from .series import Series

if TYPE_CHECKING:
    from .fitted_growth import Growth

FEWEST_GROWING = 3
"""Periods with growth: fewer have no shape, whatever the curve."""
OF_ALL = 0.01
"""A period has growth where it adds more than this share of all that was added."""
BELOW = 0.01
"""A ceiling is said to lie below the counts where it misses more than this share of them."""
MOVED = 0.5
"""Standard errors by which a prior moves an estimate: more is said, as intervals of 95 % then
hold the truth in less than about 92 % of cases."""
OPEN = 3.5
"""A standard error of the logarithm with which limits of 95 % differ by a factor of a million."""
FELL = 1.5
"""Times as much as in the last third of the periods was added in the first third: no rise."""


def must_have_counts(series: Series) -> None:
    """Refuse a series in which nothing was counted.

    Raises
    ------
    ValueError
        If the last total is not above 0.
    """
    last, most = float(series.totals[-1]), float(series.totals.max())
    if last > 0:
        return
    if most > 0:
        raise ValueError(
            f"{series.name}: the last total is {number(last)}: nothing is left of "
            f"{number(most)} {series.unit}. A growth curve cannot fall; give the counts up to the "
            "highest one."
        )
    raise ValueError(
        f"{series.name}: all {len(series)} counts are 0, so there is no growth to fit. Give a "
        f"longer series, or one that has {series.unit} in it."
    )


def growing(series: Series) -> int:
    """Count the periods between two totals in which a noticeable part of the growth happened.

    Examples
    --------
    >>> import pandas as pd
    >>> from frontporch.fans.growth import read_counts
    >>> spike = pd.DataFrame({"year": range(2001, 2012), "adopters": [0] * 5 + [100] + [0] * 5})
    >>> growing(read_counts(spike))
    1
    """
    added = np.maximum(np.diff(series.totals), 0.0)
    return int((added > OF_ALL * added.sum()).sum())


def no_shape(series: Series) -> tuple[str, ...]:
    """Say that growth lies in too few of the periods to have a shape, or nothing."""
    periods, active = len(series.totals) - 1, growing(series)
    if active >= FEWEST_GROWING or periods <= FEWEST_GROWING:
        return ()
    if not active:
        return (
            f"the count does not grow in any of {periods} periods: no curve can be told from it, "
            "and there are no intervals.",
        )
    several = "1 period" if active == 1 else f"{active} periods"
    return (
        f"all growth lies in {several} of {periods}: this has no shape from which a curve could be "
        "told, and there are no intervals. Count over shorter periods.",
    )


def never_falls(series: Series) -> bool:
    """Whether totals count from a launch and never fell: a total to come is no smaller."""
    return bool(
        series.launched
        and not series.events
        and not series.stepped.any()
        and (np.diff(series.totals) >= 0).all()
    )


def prior_shift(growth: Growth) -> NDArray[np.float64]:
    """How far the prior moves each parameter of the curve, in standard errors.

    Notes
    -----
    One Newton step of the posterior from its top, with the prior's slope taken off: the
    covariance times that slope.
    """
    one = growth.estimate
    pull, size = one.problem.beliefs.pull, len(one.problem.beliefs.pull)
    slope = pull**2 * (one.inner[:size] - one.problem.centres[0])
    errors = one.errors[:size]
    moved = one.covariance[:size, :size] @ slope
    return np.divide(moved, errors, out=np.zeros(size), where=errors > 0)


def contradictions(growth: Growth) -> Iterator[str]:
    """Say where a fit does not go with its counts, or goes with its prior instead."""
    series, one = growth.series, growth.estimate
    counted = most_counted(growth)
    if growth.ceiling < (1 - BELOW) * counted:
        yield (
            f"the ceiling, {about(growth.ceiling)}, lies below the {number(counted)} "
            f"{series.unit} already counted: the curve takes the rest for errors of the counts. "
            "A forecast goes on from the last count."
        )
    if _only_falls(series):
        yield (
            "growth was fastest in the first period and has fallen since: no rise was counted, so "
            "how it took off is a guess."
        )
    unknown = [
        p.name
        for p, error in zip(one.parameters, one.errors, strict=False)
        if p.positive and error > OPEN
    ]
    if one.has_intervals and unknown:
        yield (
            f"the counts say next to nothing of {_listed(unknown)}: the limits differ by more than "
            "a factor of a million."
        )
    if one.has_intervals and one.problem.with_prior:
        moved = np.abs(prior_shift(growth)) > MOVED
        names = [p.name for p, far in zip(one.parameters, moved, strict=False) if far]
        if names:
            yield (
                f"the prior moves {_listed(names)} by more than half a standard error: fit with "
                "prior=None too, and see what it changes."
            )


def most_counted(growth: Growth) -> float:
    """Give the highest total that was counted, and not only bounded; else the highest."""
    series = growth.series
    exact = series.totals[~series.at_least]
    return float((exact if len(exact) else series.totals).max())


def _only_falls(series: Series) -> bool:
    added = series.increments
    third = len(added) // 3
    if not series.launched or third < 1 or len(added) <= FEWEST_GROWING:
        return False
    first, last = added[:third].mean(), added[-third:].mean()
    return bool(added[0] > added[1:].max() and first > FELL * max(last, 0.0))


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
