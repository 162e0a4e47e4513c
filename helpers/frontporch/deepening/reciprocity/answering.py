"""Do they answer each other at all? A likelihood-ratio test at the end of a range."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...citing import cited
from ...result import Result
from ..logs.log import Log
from .events import Events
from .hawkes_fit import HawkesEstimate, estimated, fit_hawkes, search
from .hawkes_limits import inverse, loose

ANSWERS = (3, 4)
"""Places of the excitation of one by the other among the numbers."""
NO_GAIN = 1e-6
"""Twice a gain in log-likelihood that is nothing but rounding."""


@dataclass(frozen=True, eq=False)
class AnsweringTest(Result):
    """What a log says against "they do not answer each other".

    Parameters
    ----------
    statistic : float
        Twice the gain in log-likelihood by letting each answer the other.
    p_value : float
        How often people who do not answer each other would gain as much, or more.
    weights : tuple of 3 floats
        Of no, one and two degrees of freedom in the mixture of chi-squares.
    estimate, without : HawkesEstimate
        With and without answers to each other.
    notes : tuple of str
        What a reader must know, in words.
    """

    statistic: float
    p_value: float
    weights: tuple[float, float, float]
    estimate: HawkesEstimate = field(repr=False)
    without: HawkesEstimate = field(repr=False)
    notes: tuple[str, ...]

    def summary(self) -> pd.DataFrame:
        """Show the test in one row."""
        (_, g_ab), (g_ba, _) = self.estimate.hawkes.excitation
        one, other = self.estimate.hawkes.names
        return pd.DataFrame(
            {
                f"answers of {one} a message of {other}": [g_ab],
                f"answers of {other} a message of {one}": [g_ba],
                "twice the gain in log-likelihood": [self.statistic],
                "p_value": [self.p_value],
            }
        )


@cited
def answering_test(
    log: Log | Events,
    *,
    blocks: int = 1,
    first: Collection[str] | None = None,
    names: tuple[str, str] = ("A", "B"),
    level: float = 0.95,
) -> AnsweringTest:
    """Test whether the two answer each other, their own bursts and the rhythm set aside.

    Parameters
    ----------
    log, blocks, first, names, level
        As in `fit_hawkes`.

    Returns
    -------
    AnsweringTest

    Notes
    -----
    Both keep their own bursts when they are held from answering, so that the decay means
    something there too. Both excitations lie at the end of their range, so the statistic
    follows a mixture of chi-squares with 0, 1 and 2 degrees of freedom; its weights are from
    the angle between the two in the information, a quarter, a half and a quarter where they
    are independent. Source: Self & Liang (1987), JASA 82:605-610, case 7.

    Examples
    --------
    >>> from frontporch.deepening.reciprocity.hawkes import Hawkes
    >>> pair = Hawkes((0.2, 0.1), ((0.1, 0.5), (0.6, 0.1)), 1.0)
    >>> answering_test(pair.events(500, seed=7)).p_value < 1e-6
    True
    """
    without = fit_hawkes(log, blocks=blocks, answering=False, first=first, names=names, level=level)
    likelihood = without.likelihood
    top = search(likelihood, True, without.numbers)
    estimate = estimated(likelihood, top, True, (names[0], names[1]), level)
    gain = max(2 * (estimate.log_likelihood - without.log_likelihood), 0.0)
    weights, notes = _weights(without)
    return AnsweringTest(gain, _tail(gain, weights), weights, estimate, without, notes)


def _tail(gain: float, weights: tuple[float, float, float]) -> float:
    from scipy.special import chdtrc

    if gain < NO_GAIN:
        return 1.0
    return float(weights[1] * chdtrc(1, gain) + weights[2] * chdtrc(2, gain))


def _weights(without: HawkesEstimate) -> tuple[tuple[float, float, float], tuple[str, ...]]:
    likelihood, numbers = without.likelihood, without.numbers
    free = loose(likelihood, numbers, answering=False)
    notes = []
    if not free[[2, 5]].any():
        notes.append(
            "Without answers to each other no own bursts are left either: the decay means "
            "nothing then, and the p-value is rough."
        )
        free[6] = False
    elif not free[[2, 5]].all():
        notes.append(
            "One of the two has no own bursts, which is an end of a range as well: the p-value is "
            "a little too large."
        )
    free[list(ANSWERS)] = True
    covariance = inverse(likelihood.information(numbers, free))
    places = np.searchsorted(np.flatnonzero(free), ANSWERS)
    spread: NDArray[np.float64] = covariance[np.ix_(places, places)]
    if not np.isfinite(spread).all():
        return (0.25, 0.5, 0.25), (*notes, "The weights of the test are those of independence.")
    # The information of the two, the others estimated beside them, is the inverse of this.
    cosine = -spread[0, 1] / math.sqrt(spread[0, 0] * spread[1, 1])
    angle = math.acos(min(max(cosine, -1.0), 1.0))
    two = angle / (2 * math.pi)
    return (0.5 - two, 0.5, two), tuple(notes)
