"""Where a fitted growth curve contradicts its counts, or goes with its prior instead."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ...rounding import about, number
from .estimators import Estimate
from .what_counts_tell import most_counted, only_falls

BELOW = 0.01
"""A ceiling is said to lie below the counts where it misses more than this share of them."""
MOVED = 0.5
"""Standard errors by which a prior moves an estimate: more is said, as intervals of 95 % then
hold the truth in less than about 92 % of cases."""
OPEN = 3.5
"""A standard error of the logarithm with which limits of 95 % differ by a factor of a million."""


def prior_shift(one: Estimate) -> NDArray[np.float64]:
    """How far the prior moves each parameter of the curve, in standard errors.

    Notes
    -----
    One Newton step of the posterior from its top, with the prior's slope taken off: the
    covariance times that slope.
    """
    pull, size = one.problem.beliefs.pull, len(one.problem.beliefs.pull)
    slope = pull**2 * (one.inner[:size] - one.problem.centres[0])
    errors = one.errors[:size]
    moved = one.covariance[:size, :size] @ slope
    return np.divide(moved, errors, out=np.zeros(size), where=errors > 0)


def contradictions(one: Estimate, ceiling: float) -> Iterator[str]:
    """Say where a fit does not go with its counts, or goes with its prior instead."""
    series, counted = one.series, most_counted(one.series)
    if ceiling < (1 - BELOW) * counted:
        yield (
            f"the ceiling, {about(ceiling)}, is below the {number(counted)} "
            f"{series.unit} already counted: the curve treats the difference as "
            "errors in the counts. "
            "A forecast starts from the last count."
        )
    if only_falls(series):
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
        moved = np.abs(prior_shift(one)) > MOVED
        names = [p.name for p, far in zip(one.parameters, moved, strict=False) if far]
        if names:
            yield (
                f"the prior moves {_listed(names)} by more than half a standard error: fit with "
                "prior=None too, and see what it changes."
            )


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
