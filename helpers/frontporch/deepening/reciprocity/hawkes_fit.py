"""Does a message call for an answer? A Hawkes process fitted to who wrote when."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...stats.intervals import normal_quantile
from ..logs.log import Log
from .events import Events
from .hawkes import Hawkes
from .hawkes_intervals import bounds, interval_table, loose, notes
from .hawkes_likelihood import Likelihood


@dataclass(frozen=True, eq=False)
class HawkesEstimate:
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
    return estimated(likelihood, search(likelihood, answering), answering, tuple(names), level)


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
    hawkes = Hawkes(tuple(base), tuple(map(tuple, matrix)), decay, rhythm, names)
    free = loose(likelihood, numbers, answering)
    table = interval_table(likelihood, numbers, hawkes, free, answering, level)
    return HawkesEstimate(
        hawkes, table, value, likelihood.events, answering, level,
        "maximum likelihood of a bivariate Hawkes process with exponential memory"
        + (f" and a daily rhythm of {likelihood.blocks} blocks" if rhythm else "")
        + ("" if answering else ", without answers to each other"),
        (f"frontporch {__version__}", f"numpy {np.__version__}"),
        notes(likelihood, hawkes, table, settled), numbers,
    )  # fmt: skip
