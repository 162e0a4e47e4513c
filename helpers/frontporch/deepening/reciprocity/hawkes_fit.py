"""Does a message call for an answer? A Hawkes process fitted to who wrote when, and its fit."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...names import pick
from ...result import Result
from ...rounding import decimal
from ...stats.intervals import FEWEST_EVENTS, normal_quantile
from ..logs.log import Log
from .events import Events
from .hawkes import NUMBERS, Hawkes, Likelihood
from .rhythm import DAY

LOWEST, HIGHEST = -18.0, 14.0
"""Limits of log rates per hour: from one in seven thousand years to three hundred a second."""
STEEPEST = 12.0
"""Limit of the log of a block's level, against that of the busiest block."""
TOUCHES = 1e-7


@dataclass(frozen=True, eq=False)
class HawkesEstimate(Result):
    """What a log says of who answers whom.

    Parameters
    ----------
    hawkes : Hawkes
        The process with the estimated numbers.
    table : pandas.DataFrame
        One row a number: `parameter`, `who`, `after`, `estimate`, `standard_error`, `lower`,
        `upper`, `note`.
    log_likelihood : float
    events : Events
        What was fitted.
    answering : bool
        Whether one was allowed to answer the other.
    level : float
        Confidence level of every interval.
    estimator : str
        Its name.
    versions : tuple of str
        Versions of the kit and numpy.
    notes : tuple of str
        What a reader must know, in words.
    numbers : numpy.ndarray of float
        The same on the scale on which they were searched for, as `Likelihood` takes them.
    """

    hawkes: Hawkes
    table: pd.DataFrame
    log_likelihood: float
    events: Events = field(repr=False)
    answering: bool
    level: float
    estimator: str
    versions: tuple[str, ...]
    notes: tuple[str, ...]
    numbers: NDArray[np.float64] = field(repr=False)

    @property
    def likelihood(self) -> Likelihood:
        """The likelihood that was maximised."""
        blocks = len(self.hawkes.rhythm) if self.hawkes.rhythm else 1
        return Likelihood(self.events, blocks)

    def interval(self, name: str) -> tuple[float, float]:
        """Give the limits of one number, named as in the table, such as "excitation B after A".

        Examples
        --------
        >>> pair = Hawkes((0.2, 0.1), ((0.1, 0.5), (0.6, 0.1)), 1.0)
        >>> lower, upper = fit_hawkes(pair.events(2_000, seed=7)).interval("excitation B after A")
        >>> lower < 0.6 < upper
        True
        """
        limits = {}
        for row in self.table.itertuples():
            after = f"after {row.after}" if row.after else ""
            words = " ".join(word for word in (row.parameter, row.who, after) if word)
            limits[words] = (float(row.lower), float(row.upper))
        return limits[pick(name, limits, "number")]

    def summary(self) -> pd.DataFrame:
        """Show every number with its interval, and below them the radius and mean latency."""
        decay = self.table.loc[self.table["parameter"] == "decay (per hour)"].iloc[0]
        more = pd.DataFrame(
            [
                {"parameter": "spectral radius", "estimate": self.hawkes.radius},
                {
                    "parameter": "mean wait for what is called for (hours)",
                    "estimate": 1 / decay["estimate"],
                    "lower": 1 / decay["upper"],
                    "upper": 1 / decay["lower"],
                },
            ]
        )
        frame = pd.concat([self.table, more], ignore_index=True)
        return frame.fillna({"who": "", "after": "", "note": ""})

    def rescaled_gaps(self) -> pd.DataFrame:
        """Give the gaps between messages on a clock on which one message an hour is expected.

        Returns
        -------
        pandas.DataFrame
            One row a message: `who`, `gap`. Under the model gaps are exponential with mean 1 and
            independent. Pairs stand one behind the other on the clock, so that no gap is cut off
            at a pair's end.

        Notes
        -----
        Source: Brown et al. (2002), The time-rescaling theorem, Neural Computation 14:325-346.

        Examples
        --------
        >>> pair = Hawkes((0.2, 0.1), ((0.1, 0.5), (0.6, 0.1)), 1.0)
        >>> gaps = fit_hawkes(pair.events(2_000, seed=7)).rescaled_gaps()
        >>> bool(0.95 < gaps["gap"].mean() < 1.05)
        True
        """
        events = self.events
        at_events, at_end = self.likelihood.compensator(self.numbers)
        parts = []
        for k, name in enumerate(self.hawkes.names):
            before = np.append(0.0, np.cumsum(at_end[k]))[:-1]
            mine = events.who == k
            clock = before[events.pair[mine]] + at_events[k, mine]
            parts.append(pd.DataFrame({"who": name, "gap": np.diff(clock, prepend=0.0)}))
        return pd.concat(parts, ignore_index=True)

    def goodness(self) -> pd.DataFrame:
        """Test whether the rescaled gaps are exponential, person by person.

        Returns
        -------
        pandas.DataFrame
            Indexed by who: `messages`, `distance` (Kolmogorov-Smirnov) and `p_value`. The numbers
            were fitted to the same messages, so the p-value is rather too large: a small one
            says that the model does not fit, a large one says little.
        """
        from scipy.stats import kstest

        rows = {}
        for name, gaps in self.rescaled_gaps().groupby("who", sort=False)["gap"]:
            found = kstest(gaps, "expon")
            rows[name] = {
                "messages": len(gaps),
                "distance": float(found.statistic),
                "p_value": float(found.pvalue),
            }
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis("who")


def fit_hawkes(
    log: Log | Events,
    *,
    blocks: int = 1,
    answering: bool = True,
    first: Collection[str] | None = None,
    names: tuple[str, str] = ("A", "B"),
    level: float = 0.95,
) -> HawkesEstimate:
    """Estimate how much each message calls for others, by maximum likelihood.

    Parameters
    ----------
    log : Log or Events
        A directed log, all of whose pairs share the numbers and were observed as long as it,
        or events.
    blocks : int
        Blocks of equal length into which a day is cut, each with a level of its own that both
        share: 1 knows of no daily rhythm, 8 of one in steps of three hours.
    answering : bool
        False keeps the two from answering each other: only their own bursts are left.
    first : collection of str, optional
        People who are the first of their pairs; see `Events.from_log`.
    names : tuple of 2 str
        What the first and the second of the pairs are called in the result.
    level : float
        Confidence level.

    Returns
    -------
    HawkesEstimate

    Raises
    ------
    ValueError
        If one of the two never wrote, or blocks is no whole number from 1 to 48.

    Notes
    -----
    Standard errors are from the observed information. Intervals of base rates, decay and
    levels are on the log scale; those of excitation on its own, cut off at 0. An excitation
    estimated as 0 has no standard error: its upper limit is where a quadratic through the
    likelihood at 0 has fallen as far as at the limit of an interval, and the other numbers'
    errors take it as known. Source: Ogata (1978), Annals of the Institute of Statistical
    Mathematics 30:243-261; Ozaki (1979), ibid. 31:145-155.

    Examples
    --------
    >>> pair = Hawkes((0.2, 0.1), ((0.1, 0.5), (0.6, 0.1)), 1.0)
    >>> found = fit_hawkes(pair.events(2_000, seed=7))
    >>> bool(0.5 < found.hawkes.excitation[1][0] < 0.7)
    True
    """
    events = log if isinstance(log, Events) else Events.from_log(log, first)
    if not (isinstance(blocks, (int, np.integer)) and 1 <= blocks <= 48):
        raise ValueError(f"blocks is {blocks!r}, but is a whole number from 1 (none) to 48.")
    normal_quantile(level)
    for k, count in enumerate(events.counts().sum(axis=0)):
        if not count:
            raise ValueError(f"{names[k]} never wrote: there is nothing to estimate.")
    likelihood = Likelihood(events, int(blocks))
    return estimated(
        likelihood, search(likelihood, answering), answering, (names[0], names[1]), level
    )


def search(
    likelihood: Likelihood, answering: bool, extra: NDArray[np.float64] | None = None
) -> tuple[NDArray[np.float64], float, bool]:
    """Climb from several time scales, and from further numbers, and keep the highest top.

    Returns
    -------
    numbers : numpy.ndarray of float
    value : float
        The log-likelihood there.
    settled : bool
        Whether the climb ended at a top.
    """
    low, high = bounds(likelihood, answering)
    events = likelihood.events
    same = events.pair[1:] == events.pair[:-1]
    gaps = np.diff(events.time)[same]
    gaps = gaps[gaps > 0] if (gaps > 0).any() else np.ones(1)
    hours = float((events.ends - events.begins).sum())
    starts = [] if extra is None else [extra]
    for scale in np.unique(np.quantile(gaps, [0.2, 0.5])):
        begin = np.zeros(likelihood.size)
        begin[:2] = np.log(events.counts().sum(axis=0) / hours / 2)
        begin[2:6], begin[6] = 0.25, -np.log(scale)
        starts.append(begin)

    tops = [likelihood.climb(begin, low, high) for begin in starts]
    return max(tops, key=lambda top: top[1])


def estimated(
    likelihood: Likelihood,
    top: tuple[NDArray[np.float64], float, bool],
    answering: bool,
    names: tuple[str, str],
    level: float,
) -> HawkesEstimate:
    """Put the numbers into words, with their intervals."""
    from ... import __version__

    numbers, value, settled = top
    matrix = numbers[2:6].reshape(2, 2)
    base, decay = np.exp(numbers[:2]), float(np.exp(numbers[6]))
    rhythm = tuple(likelihood.levels(numbers)) if likelihood.blocks > 1 else None
    (one, other), (first, second) = base, map(tuple, matrix)
    hawkes = Hawkes((one, other), (first, second), decay, rhythm, names)
    free = loose(likelihood, numbers, answering)
    table = interval_table(likelihood, numbers, hawkes, free, answering, level)
    return HawkesEstimate(
        hawkes,
        table,
        value,
        likelihood.events,
        answering,
        level,
        "maximum likelihood of a bivariate Hawkes process with exponential memory"
        + (f" and a daily rhythm of {likelihood.blocks} blocks" if rhythm else "")
        + ("" if answering else ", without answers to each other"),
        (f"frontporch {__version__}", f"numpy {np.__version__}"),
        notes(likelihood, hawkes, table, settled),
        numbers,
    )


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
) -> NDArray[np.bool_]:
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
                "standard_error": errors[k],
                "lower": max(numbers[k] - width, 0.0),
                "upper": numbers[k] + width,
                "note": "",
            }
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
        "parameter",
        "who",
        "after",
        "estimate",
        "standard_error",
        "lower",
        "upper",
        "note",
    ]
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
) -> tuple[str, ...]:
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
