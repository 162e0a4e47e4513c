"""Intervals for the numbers of a Hawkes process, and what a reader of them must know."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...rounding import decimal
from ...stats.intervals import FEWEST_EVENTS, normal_quantile
from .hawkes import Hawkes
from .hawkes_likelihood import NUMBERS, Likelihood
from .rhythm import DAY

LOWEST, HIGHEST = -18.0, 14.0
"""Limits of log rates per hour: from one in seven thousand years to three hundred a second."""
STEEPEST = 12.0
"""Limit of the log of a block's level, against that of the busiest block."""
TOUCHES = 1e-7


def bounds(likelihood: Likelihood, answering: bool) -> tuple[NDArray, NDArray]:
    """Give the lowest and the highest value of each number."""
    low, high = np.full(likelihood.size, LOWEST), np.full(likelihood.size, HIGHEST)
    low[2:6], high[2:6] = 0.0, 20.0
    if not answering:
        high[3:5] = 0.0
    low[NUMBERS:] = -STEEPEST
    # Where nobody wrote the likelihood is highest at no level at all.
    high[NUMBERS:] = np.where(likelihood.empty_blocks, -STEEPEST, STEEPEST)
    return low, high


def loose(
    likelihood: Likelihood, numbers: NDArray[np.float64], answering: bool
) -> NDArray[np.bool_]:  # fmt: skip
    """Tell which numbers are not at an end of their range."""
    low, high = bounds(likelihood, answering)
    return (numbers - low > TOUCHES) & (high - numbers > TOUCHES)


def interval_table(
    likelihood: Likelihood,
    numbers: NDArray[np.float64],
    hawkes: Hawkes,
    free: NDArray[np.bool_],
    answering: bool,
    level: float,
) -> pd.DataFrame:
    """Give every number with its standard error and interval, one row each."""
    size, z = likelihood.size, normal_quantile(level)
    covariance = np.zeros((size, size))
    covariance[np.ix_(free, free)] = inverse(likelihood.information(numbers, free))
    errors = np.where(free, np.sqrt(np.diag(covariance)), np.nan)
    one, other = hawkes.names
    rows = [
        on_log_scale("base rate (per hour)", name, hawkes.base_rates[k], errors[k], z)
        for k, name in enumerate(hawkes.names)
    ]
    for k, (who, after) in enumerate([(one, one), (one, other), (other, one), (other, other)], 2):
        row = {"parameter": "excitation", "who": who, "after": after, "estimate": numbers[k]}
        if free[k]:
            width = z * errors[k]
            row |= {
                "standard_error": errors[k], "lower": max(numbers[k] - width, 0.0),
                "upper": numbers[k] + width, "note": "",
            }  # fmt: skip
        elif not answering and who != after:
            row |= {"note": "held at 0"}
        else:
            upper = _upper_at_zero(likelihood, numbers, free, k, z)
            row |= {"lower": 0.0, "upper": upper, "note": "at 0, the end of its range"}
        rows.append(row)
    rows.append(on_log_scale("decay (per hour)", "", hawkes.decay, errors[6], z))
    if hawkes.rhythm is not None:
        rows += _levels(likelihood, hawkes.rhythm, covariance, z)
    columns = [
        "parameter", "who", "after", "estimate", "standard_error", "lower", "upper", "note",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def on_log_scale(name: str, who: str, estimate: float, error: float, z: float) -> dict:
    """Make a row with an interval on the log scale, from the error of the logarithm."""
    # Where the likelihood is flat the error has no end, and the upper limit has none either.
    with np.errstate(over="ignore"):
        lower, upper = (float(estimate * np.exp(sign * z * error)) for sign in (-1, 1))
    return {
        "parameter": name,
        "who": who,
        "after": "",
        "estimate": estimate,
        "standard_error": estimate * error,
        "lower": lower,
        "upper": upper,
        "note": "",
    }


def inverse(information: NDArray[np.float64]) -> NDArray[np.float64]:
    """Invert an information; missing where the likelihood is flat or saddled."""
    scale = np.sqrt(np.diag(information).clip(min=1e-300))
    try:
        found = np.linalg.inv(information / np.outer(scale, scale)) / np.outer(scale, scale)
    except np.linalg.LinAlgError:
        return np.full_like(information, np.nan)
    good = (np.diag(found) > 0) & np.isfinite(found).all(axis=0)
    return np.where(np.outer(good, good), found, np.nan)


def _upper_at_zero(
    likelihood: Likelihood,
    numbers: NDArray[np.float64],
    free: NDArray[np.bool_],
    k: int,
    z: float,
) -> float:
    """Where a quadratic through the likelihood at 0 has fallen by half of z squared."""
    slope = float(likelihood.value(numbers)[1][k])
    with_it = free.copy()
    with_it[k] = True
    curve = inverse(likelihood.information(numbers, with_it))
    place = int(np.flatnonzero(np.flatnonzero(with_it) == k)[0])
    # Curvature along the ridge of the other numbers, which move along.
    bend = 1 / curve[place, place]
    return float((slope + np.sqrt(slope**2 + bend * z**2)) / bend)


def _levels(
    likelihood: Likelihood,
    rhythm: tuple[float, ...],
    covariance: NDArray[np.float64],
    z: float,
) -> list[dict]:
    level, blocks = np.array(rhythm), likelihood.blocks
    change = np.delete(np.eye(blocks) - level / blocks, likelihood.reference, axis=1)
    spread = covariance[NUMBERS:, NUMBERS:]
    errors = np.sqrt(np.maximum(np.einsum("ij,jk,ik->i", change, spread, change), 0.0))
    empty = np.insert(likelihood.empty_blocks, likelihood.reference, False)
    long, rows = DAY / blocks, []
    for k in range(blocks):
        name = f"level from {_clock(k * long)} to {_clock((k + 1) * long)}"
        row = on_log_scale(name, "", level[k], np.nan if empty[k] else errors[k], z)
        rows.append(row | {"note": "nobody wrote then" if empty[k] else ""})
    return rows


def _clock(hours: float) -> str:
    minutes = round(60 * hours)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def notes(
    likelihood: Likelihood, hawkes: Hawkes, table: pd.DataFrame, settled: bool
) -> tuple[str, ...]:  # fmt: skip
    """Say in words what a reader must know."""
    events = likelihood.events
    said = []
    if not settled:
        said.append("The search ended before the top of the likelihood: do not rely on it.")
    if hawkes.rhythm is None and float((events.ends - events.begins).max()) > DAY / 2:
        said.append(
            "The base rates know of no daily rhythm: whatever sets both going at the same hours "
            "looks like answering. Give blocks=8 and compare."
        )
    if not hawkes.stable:
        said.append(
            f"The spectral radius is {decimal(hawkes.radius, 2)}: with these numbers talk would "
            "never end, so there are no mean rates."
        )
    for name, count in zip(hawkes.names, events.counts().sum(axis=0), strict=True):
        if count < FEWEST_EVENTS:
            said.append(f"{name} wrote only {count} times: do not rely on the intervals.")
    tied = int((np.diff(events.time)[np.diff(events.pair) == 0] == 0).sum())
    if tied:
        said.append(
            f"{tied} messages of a pair are at the same moment as the one before, which the "
            "process never is: clocks of coarse steps make the memory look shorter than it is."
        )
    if np.array(hawkes.excitation).max() <= TOUCHES:
        said.append("No message calls for another: the decay means nothing then.")
    elif table.loc[table["note"] == "", "standard_error"].isna().any():
        said.append("Some numbers have no standard error: the likelihood is flat around them.")
    return tuple(said)
