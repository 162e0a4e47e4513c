"""Does a message call for an answer? A Hawkes process fitted to who wrote when, and its fit."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...citing import cited
from ...names import pick
from ...result import Result
from ...rounding import decimal
from ...stats.intervals import FEWEST_EVENTS, normal_quantile
from ..logs.log import Log
from .events import Events
from .hawkes import Hawkes, Likelihood
from .hawkes_limits import TOUCHES, bounds, interval_table
from .rhythm import DAY

MOST_TIED = 0.1
"""Share of messages at the moment of another one of the pair above which a fit is refused: in
simulations clocks of steps so coarse bend even the excitation."""
SHORTENED = 0.02
"""Share of such messages above which the decay is too low by a tenth or more."""


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
                    "upper": 1 / decay["lower"] if decay["lower"] > 0 else np.nan,
                    "note": decay["note"],
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


@cited
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
        If one of the two never wrote, blocks is no whole number from 1 to 48, or more than a
        tenth of the messages stand at the moment of another one of their pair: with a clock of
        steps so coarse nobody can say who answered.

    Notes
    -----
    Standard errors are from the observed information. Intervals of base rates, decay and
    levels are on the log scale; those of excitation on its own, cut off at 0. An excitation
    estimated as 0 has no standard error: its upper limit is where a quadratic through the
    likelihood at 0 has fallen as far as at the limit of an interval, and the other numbers'
    errors take it as known. Base rates and levels of which next to nothing is known have the
    limits of the profile likelihood. Messages of a pair at one moment do not answer each other,
    so that the result does not depend on who is named first. Source: Ogata (1978), Annals of
    the Institute of Statistical Mathematics 30:243-261; Ozaki (1979), ibid. 31:145-155.

    Examples
    --------
    >>> pair = Hawkes((0.2, 0.1), ((0.1, 0.5), (0.6, 0.1)), 1.0)
    >>> found = fit_hawkes(pair.events(2_000, seed=7))
    >>> bool(0.5 < found.hawkes.excitation[1][0] < 0.7)
    True
    """
    events = log if isinstance(log, Events) else Events.from_log(log, first)
    if not (isinstance(blocks, (int, np.integer)) and 1 <= blocks <= 48):
        raise ValueError(f"blocks is {blocks!r}, but must be a whole number from 1 (none) to 48.")
    normal_quantile(level)
    for k, count in enumerate(events.counts().sum(axis=0)):
        if not count:
            raise ValueError(f"{names[k]} never wrote: there is nothing to estimate.")
    if tied(events) > max(MOST_TIED * len(events.time), 2):
        raise ValueError(
            f"{tied(events):,} of {len(events.time):,} messages stand at the moment of another one "
            "of their pair, and nobody can say which of them answers which: give finer times, such "
            "as minutes in place of hours."
        )
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
    gaps = events.gaps
    hours = float((events.ends - events.begins).sum())
    starts = [] if extra is None else [extra]
    for scale in np.unique(np.quantile(gaps, [0.2, 0.5])):
        begin = np.zeros(likelihood.size)
        begin[:2] = np.log(events.counts().sum(axis=0) / hours / 2)
        begin[2:6], begin[6] = 0.25, -np.log(scale)
        starts.append(begin)

    tops = [likelihood.climb(begin, low, high) for begin in starts]
    return max(tops, key=lambda top: top[1])


def tied(events: Events) -> int:
    """Count the messages that stand at the same moment as the one of the pair before them."""
    return len(events.time) - len(np.unique(events.moments))


def estimated(
    likelihood: Likelihood,
    top: tuple[NDArray[np.float64], float, bool],
    answering: bool,
    names: tuple[str, str],
    level: float,
) -> HawkesEstimate:
    """Put the numbers into words, with their intervals."""
    numbers, value, settled = top
    if not (numbers[2:6] > TOUCHES).any():
        # Nothing is called for, so any memory will do: limits are given for the usual wait.
        numbers = numbers.copy()
        numbers[6] = -np.log(likelihood.events.usual_wait)
    matrix = numbers[2:6].reshape(2, 2)
    base, decay = np.exp(numbers[:2]), float(np.exp(numbers[6]))
    rhythm = tuple(likelihood.levels(numbers)) if likelihood.blocks > 1 else None
    (one, other), (first, second) = base, map(tuple, matrix)
    hawkes = Hawkes((one, other), (first, second), decay, rhythm, names)
    table = interval_table(likelihood, (numbers, value), hawkes, answering, level)
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
        notes(likelihood, hawkes, table, settled),
        numbers,
    )


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
    share = tied(events) / len(events.time)
    if share:
        said.append(
            f"{tied(events):,} messages stand at the moment of another one of their pair; they are "
            "taken not to answer each other. Clocks of coarse steps make the memory look longer"
            + (" than it is: do not rely on the decay." if share > SHORTENED else ".")
        )
    if np.array(hawkes.excitation).max() <= TOUCHES:
        said.append("No message calls for another: the decay means nothing then.")
    if table.loc[table["note"] == "", "standard_error"].isna().any():
        said.append("Some numbers have no standard error: the likelihood is flat around them.")
    return tuple(said)
