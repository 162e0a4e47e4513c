"""Limits of the numbers of a Hawkes process, also of those of which a log says next to nothing."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...rounding import number
from ...stats.information import Precision
from ...stats.intervals import normal_quantile
from ...stats.likelihood_limits import likelihood_limit
from .hawkes import NUMBERS, Hawkes, Likelihood
from .rhythm import DAY

LOWEST, HIGHEST = -18.0, 14.0
"""Limits of the logs of rates, in messages in the usual time between two."""
STEEPEST = 12.0
"""Limit of the log of a block's level, against that of the busiest block."""
TOUCHES = 1e-7
VAGUE = 1.5
"""Standard error of a logarithm from which on the normal interval, a factor of 19 either way, is
replaced by the limits of the likelihood."""
COLUMNS = (
    "parameter",
    "who",
    "after",
    "estimate",
    "standard_error",
    "lower",
    "upper",
    "note",
)

Top = tuple[NDArray[np.float64], float]
"""The numbers at which the likelihood is highest, and its logarithm there."""


def bounds(likelihood: Likelihood, answering: bool) -> tuple[NDArray, NDArray]:
    """Give the lowest and the highest value of each number."""
    usual = -np.log(likelihood.events.usual_wait)
    low, high = np.full(likelihood.size, usual + LOWEST), np.full(likelihood.size, usual + HIGHEST)
    low[2:6], high[2:6] = 0.0, 20.0
    if not answering:
        high[3:5] = 0.0
    low[NUMBERS:] = -STEEPEST
    # Where nobody wrote the likelihood is highest at no level at all.
    high[NUMBERS:] = np.where(likelihood.empty_blocks, -STEEPEST, STEEPEST)
    return low, high


def loose(
    likelihood: Likelihood, numbers: NDArray[np.float64], answering: bool
) -> NDArray[np.bool_]:
    """Tell which numbers are not at an end of their range, nor without any meaning."""
    low, high = bounds(likelihood, answering)
    free = (numbers - low > TOUCHES) & (high - numbers > TOUCHES)
    free[6] &= bool((numbers[2:6] > TOUCHES).any())
    return free


def interval_table(
    likelihood: Likelihood, top: Top, hawkes: Hawkes, answering: bool, level: float
) -> pd.DataFrame:
    """Give every number with its standard error and interval, one row each."""
    numbers, z = top[0], normal_quantile(level)
    free = loose(likelihood, numbers, answering)
    size = likelihood.size
    covariance = np.zeros((size, size))
    covariance[np.ix_(free, free)] = inverse(likelihood.information(numbers, free))
    errors = np.where(free, np.sqrt(np.diag(covariance)), np.nan)
    rows = []
    for k, name in enumerate(hawkes.names):
        row = on_log_scale("base rate (per hour)", name, hawkes.base_rates[k], errors[k], z)
        if not errors[k] < VAGUE:
            row |= _by_likelihood(likelihood, top, answering, k, z, "hardly any message unprompted")
        rows.append(row)
    rows += _excitations(likelihood, top, hawkes, answering, errors, z)
    decay = on_log_scale("decay (per hour)", "", hawkes.decay, errors[6], z)
    if not free[6]:
        nothing = dict.fromkeys(("estimate", "standard_error", "lower", "upper"), np.nan)
        decay |= nothing | {"note": "means nothing where no message calls for another"}
    elif not errors[6] < VAGUE:
        decay |= _by_likelihood(likelihood, top, answering, 6, z, "hardly anything is called for")
    rows.append(decay)
    if hawkes.rhythm is not None:
        rows += _levels(likelihood, top, answering, covariance, z)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _excitations(
    likelihood: Likelihood,
    top: Top,
    hawkes: Hawkes,
    answering: bool,
    errors: NDArray[np.float64],
    z: float,
) -> list[dict]:
    numbers, (one, other) = top[0], hawkes.names
    free, rows = loose(likelihood, numbers, answering), []
    for k, (who, after) in enumerate([(one, one), (one, other), (other, one), (other, other)], 2):
        row = {"parameter": "excitation", "who": who, "after": after, "estimate": numbers[k]}
        if free[k]:
            width = z * errors[k]
            row |= {
                "standard_error": errors[k],
                "lower": max(numbers[k] - width, 0.0),
                "upper": numbers[k] + width,
                "note": "",
            }
        elif not answering and who != after:
            row |= {"note": "held at 0"}
        else:
            note = "at 0, the end of its range"
            if not free[6]:
                note += f"; limit for a memory of {number(1 / hawkes.decay, 2)} hours"
            row |= {"lower": 0.0, "upper": _upper_at_zero(likelihood, top, free, k, z)}
            row |= {"note": note}
        rows.append(row)
    return rows


def on_log_scale(name: str, who: str, estimate: float, error: float, z: float) -> dict:
    """Make a row with an interval on the log scale, from the error of the logarithm."""
    sure = error if error < VAGUE else np.nan
    lower, upper = (float(estimate * np.exp(sign * z * sure)) for sign in (-1, 1))
    return {
        "parameter": name,
        "who": who,
        "after": "",
        "estimate": estimate,
        "standard_error": estimate * sure,
        "lower": lower,
        "upper": upper,
        "note": "",
    }


def inverse(information: NDArray[np.float64]) -> NDArray[np.float64]:
    """Invert an information; missing where the likelihood is flat or saddled."""
    found = Precision.of(information)
    told = found.estimable(np.eye(len(information)))
    return np.where(np.outer(told, told), found.covariance, np.nan)


def _upper_at_zero(
    likelihood: Likelihood, top: Top, free: NDArray[np.bool_], k: int, z: float
) -> float:
    """Where a quadratic through the likelihood at 0 has fallen by half of z squared."""
    numbers = top[0]
    slope = float(likelihood.value(numbers)[1][k])
    with_it = free.copy()
    with_it[k] = True
    curve = inverse(likelihood.information(numbers, with_it))
    place = int(np.flatnonzero(np.flatnonzero(with_it) == k)[0])
    # Curvature along the ridge of the other numbers, which move along.
    bend = 1 / curve[place, place]
    if np.isfinite(bend):
        return float((slope + np.sqrt(slope**2 + bend * z**2)) / bend)
    low, high = bounds(likelihood, answering=True)
    low[6] = high[6] = numbers[6]
    return _profiled(likelihood, top, (low, high), k, (0.05, z))[0]


def _profiled(
    likelihood: Likelihood,
    top: Top,
    within: tuple[NDArray, NDArray],
    k: int,
    step_and_z: tuple[float, float],
) -> tuple[float, NDArray[np.float64]]:
    """Limit of one number by the profile likelihood, and all numbers there."""
    (numbers, value), (step, z) = top, step_and_z
    low, high = (one.copy() for one in within)
    far = float((high if step > 0 else low)[k])
    at = [numbers]

    def fall(where: float) -> float:
        low[k] = high[k] = where
        begin = at[-1].copy()
        begin[k] = where
        found, best, _ = likelihood.climb(begin, low, high)
        at.append(found)
        return value - best - z**2 / 2

    limit = likelihood_limit(fall, float(numbers[k]), step, abs(far - float(numbers[k])))
    if not np.isnan(limit):
        fall(limit)
    return limit, at[-1]


def _by_likelihood(
    likelihood: Likelihood, top: Top, answering: bool, k: int, z: float, note: str
) -> dict:
    """Limits of a base rate or level of which next to nothing is known."""
    ends = []
    for step in (-0.5, 0.5):
        limit, numbers = _profiled(likelihood, top, bounds(likelihood, answering), k, (step, z))
        if k < NUMBERS:
            ends.append(float(np.exp(limit)))
        else:
            free = np.flatnonzero(np.arange(likelihood.blocks) != likelihood.reference)
            level = likelihood.levels(numbers)[free[k - NUMBERS]]
            ends.append(np.nan if np.isnan(limit) else float(level))
    lower, upper = ends
    note += ": limits by the likelihood"
    if np.isnan(upper):
        note += ", no upper one"
    return {"lower": 0.0 if np.isnan(lower) else lower, "upper": upper, "note": note}


def _levels(
    likelihood: Likelihood,
    top: Top,
    answering: bool,
    covariance: NDArray[np.float64],
    z: float,
) -> list[dict]:
    level, blocks = likelihood.levels(top[0]), likelihood.blocks
    change = np.delete(np.eye(blocks) - level / blocks, likelihood.reference, axis=1)
    own = np.insert(np.arange(blocks - 1), likelihood.reference, -1)
    spread = covariance[NUMBERS:, NUMBERS:]
    # What is not told of one level harms the others no more than it weighs in their mean.
    told = np.isfinite(np.diag(spread)) & (np.diag(spread) < VAGUE**2)
    kept = np.where(np.outer(told, told), spread, 0.0)
    errors = np.sqrt(np.maximum(np.einsum("ij,jk,ik->i", change, kept, change), 0.0))
    empty = np.insert(likelihood.empty_blocks, likelihood.reference, False)
    at_end = np.abs(top[0][NUMBERS:]) > STEEPEST - TOUCHES
    long, rows = DAY / blocks, []
    for k in range(blocks):
        name = f"level from {_clock(k * long)} to {_clock((k + 1) * long)}"
        unsure = own[k] >= 0 and (at_end[own[k]] or not told[own[k]])
        row = on_log_scale(name, "", level[k], np.nan if unsure or empty[k] else errors[k], z)
        if empty[k]:
            row |= {"note": "nobody wrote then"}
        elif unsure:
            place = NUMBERS + int(own[k])
            row |= _by_likelihood(likelihood, top, answering, place, z, "hardly any message then")
        rows.append(row)
    return rows


def _clock(hours: float) -> str:
    minutes = round(60 * hours)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
