"""Limits by the profile likelihood, for estimates that have no top or lie at an end."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

FARTHEST = 60
"""Doublings of the step until a limit is given up."""


def likelihood_limit(
    fall: Callable[[float], float], start: float, step: float, farthest: float = np.inf
) -> float:
    """Find where a profile likelihood has fallen as far as at the limit of an interval.

    Parameters
    ----------
    fall : callable
        How far the likelihood at a value, all else at its best, lies below its highest, less
        the fall at which the limit is: negative inside the interval, positive outside.
    start : float
        A value inside.
    step : float
        First step away from it, below or above 0.
    farthest : float
        Length of the way after which there is taken to be no limit.

    Returns
    -------
    float
        The limit, or missing where the likelihood never falls so far.

    Notes
    -----
    Source: Cox & Oakes (1984), Analysis of Survival Data, section 3.3; Venzon & Moolgavkar
    (1988), Applied Statistics 37:87-94.

    Examples
    --------
    >>> round(likelihood_limit(lambda x: x**2 / 2 - 1.96**2 / 2, 0.0, -0.1), 3)
    -1.96
    """
    inside, below = start, fall(start)
    for _ in range(FARTHEST):
        outside, last = inside + step, False
        if abs(outside - start) >= farthest:
            outside, last = start + float(np.copysign(farthest, step)), True
        above = fall(outside)
        if not above <= 0:
            return _between(fall, (inside, below), (outside, above))
        if last:
            return np.nan
        inside, below, step = outside, above, 2 * step
    return np.nan


def _between(
    fall: Callable[[float], float], inside: tuple[float, float], outside: tuple[float, float]
) -> float:
    """Close in on the limit: false position, halved where one end stays (Illinois).

    A library's root finder asks for the ends again, and a profile that is climbed anew may
    come out on the other side of zero by its last digit.
    """
    (near, below), (far, above) = inside, outside
    kept = 0
    for _ in range(100):
        safe = np.isfinite(above) and above > below
        middle = near + (far - near) * (-below / (above - below) if safe else 0.5)
        value = fall(middle)
        if abs(value) < 1e-7 or abs(far - near) < 1e-9 * (abs(near) + abs(far)):
            return middle
        if value > 0 or np.isnan(value):
            far, above = middle, value
            below, kept = (below / 2 if kept > 0 else below), max(kept, 0) + 1
        else:
            near, below = middle, value
            above, kept = (above / 2 if kept < 0 else above), min(kept, 0) - 1
    return near
