"""What a reader must know of a fit, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ...rounding import about, number
from .priors import CEILING

if TYPE_CHECKING:
    from .estimate import Growth

FEWEST_PERIODS = 10
"""Below this number of counts intervals of this room are not relied upon."""
FAR = 20.0
"""Times the last total: a ceiling beyond has run away."""
ON_PRIOR = 0.8
"""A parameter whose standard error is this share of its prior's spread rests on the prior."""
ALIKE, APART = 4.0, 1.5
"""Two fits are alike within this much of the information criterion, and ceilings apart beyond
this ratio."""


def words(growth: Growth) -> Growth:
    """Give the fit with its warnings."""
    return replace(growth, notes=(*growth.notes, *_said(growth), *growth.series.notes))


def _said(growth: Growth) -> Iterator[str]:
    series, place = growth.series, len(growth.task.parameters)
    last = f"{series.date(series.times[-1]):%Y-%m-%d}"
    if ran_away(growth):
        yield (
            f"the fit ran away: a ceiling of {about(growth.ceiling)} {series.unit}, "
            f"{number(growth.ceiling / series.totals[-1], 2)} times the last total, says only that "
            "the counts do not bend yet. Do not use it."
        )
    elif not growth.peak_reached:
        yield (
            f"the peak has not been reached by {last}: the ceiling is a guess, and its interval "
            "is not to be relied upon."
        )
    if growth.scatter is not None:
        yield (
            "intervals of scattered counts are approximate: too short where growth drifts much "
            "beside the curve, too long where it does not."
        )
    if len(series) < FEWEST_PERIODS:
        yield (
            f"{len(series)} counts only: below {FEWEST_PERIODS} intervals are not to be relied "
            "upon."
        )
    if not growth.has_intervals and growth.estimator != "least squares on log totals":
        yield "the counts leave a direction open: there are no standard errors."
    for k, name in enumerate([*(p.name for p in growth.task.parameters), CEILING]):
        pull = growth.task.pull[k]
        if pull and growth.errors[k] * pull > ON_PRIOR:
            yield f"{name} rests on its prior: the counts say next to nothing of it."
    if growth.has_intervals and growth.errors[place] > 1 and not ran_away(growth):
        yield "the ceiling is uncertain by more than a factor of two."


def ran_away(growth: Growth) -> bool:
    """Whether the ceiling is so far off that it says nothing."""
    place = len(growth.task.parameters)
    return bool(
        not growth.task.held[place]
        and (growth.ceiling > FAR * growth.series.totals[-1] or not np.isfinite(growth.ceiling))
    )
