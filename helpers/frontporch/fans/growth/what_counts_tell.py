"""What counts can tell of a curve."""

from __future__ import annotations

import numpy as np

from ...rounding import number
from .series import Series

FEWEST_GROWING = 3
"""Periods with growth: fewer have no shape, whatever the curve."""
OF_ALL = 0.01
"""A period has growth where it adds more than this share of all that was added."""
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


def most_counted(series: Series) -> float:
    """Give the highest total that was counted, and not only bounded; else the highest."""
    exact = series.totals[~series.at_least]
    return float((exact if len(exact) else series.totals).max())


def only_falls(series: Series) -> bool:
    """Whether growth from a launch was fastest in the first period and has fallen since."""
    added = series.increments
    third = len(added) // 3
    if not series.launched or third < 1 or len(added) <= FEWEST_GROWING:
        return False
    first, last = added[:third].mean(), added[-third:].mean()
    return bool(added[0] > added[1:].max() and first > FELL * max(last, 0.0))
