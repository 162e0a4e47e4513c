"""Intervals for logs by drawing people, not pairs: pairs share people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ...citing import cited
from ...counting import bincount
from ...names import nearest
from ...result import Result
from ...rounding import decimal
from ...stats import kaplan_meier
from ...streams import Seed, generator

Statistic: TypeAlias = Callable[
    [pd.DataFrame, NDArray[np.float64]], "float | ArrayLike | Mapping[str, float]"
]
"""From a table and how much each row weighs to a number, several, or numbers by name."""

METHODS = ("corrected", "people")
FEWEST_PEOPLE = 30


@dataclass(frozen=True, eq=False)
class Bootstrap(Result):
    """What was estimated, with an interval that knows that pairs share people.

    Parameters
    ----------
    names : tuple of str
        What each number is.
    estimates, standard_errors, lower, upper : numpy.ndarray of float, shape (k,)
        The statistic of the whole table, and its interval.
    independent : numpy.ndarray of float, shape (k,)
        The standard error if pairs were independent: by drawing pairs.
    draws : numpy.ndarray of float, shape (runs, k)
        The statistic of each draw of people.
    level : float
        Confidence level.
    people, pairs : int
        How many there are.
    estimator : str
        Name of the method.
    seed : object
        Where the draws came from.
    notes : tuple of str
        What a reader must know, in words.
    """

    names: tuple[str, ...]
    estimates: NDArray[np.float64]
    standard_errors: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    independent: NDArray[np.float64]
    draws: NDArray[np.float64]
    level: float
    people: int
    pairs: int
    estimator: str
    seed: object
    notes: tuple[str, ...] = ()

    def summary(self) -> pd.DataFrame:
        """Show estimates and intervals, one row a number.

        Returns
        -------
        pandas.DataFrame
            Indexed by name: `estimate`, `standard_error`, `lower`, `upper`, and
            `if_independent`, the standard error that takes pairs as independent.
        """
        return pd.DataFrame(
            {
                "estimate": self.estimates,
                "standard_error": self.standard_errors,
                "lower": self.lower,
                "upper": self.upper,
                "if_independent": self.independent,
            },
            index=pd.Index(self.names, name="statistic"),
        )


@cited
def bootstrap(
    table: pd.DataFrame,
    statistic: Statistic,
    *,
    seed: Seed,
    runs: int = 1_000,
    level: float = 0.95,
    method: str = "corrected",
    people: tuple[str, str] = ("source", "target"),
    pair: str = "pair",
) -> Bootstrap:
    """Estimate a statistic of a table of pairs, with an interval by drawing people.

    People are drawn with replacement; a pair weighs how often the one was drawn times how
    often the other was. So whoever answers everybody comes and goes with all their pairs.

    Parameters
    ----------
    table : pandas.DataFrame
        Any table with a pair and its two people in each row: waits, replies, spells.
    statistic : callable
        From the table and a weight a row to a number, several, or numbers by name, such as
        `share_within(24)`.
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where the draws come from.
    runs : int
        How many draws of people, and for the correction as many of pairs.
    level : float
        Confidence level.
    method : {"corrected", "people"}
        "people" gives the quantiles of the draws. They count the luck of each single pair
        three times, so the interval is too wide where people differ little. "corrected"
        takes the two surplus parts out, as measured by drawing pairs.
    people : tuple of two str
        Columns of the two people.
    pair : str
        Column of the pair.

    Returns
    -------
    Bootstrap

    Raises
    ------
    ValueError
        If a column is missing, the statistic fails (the message names the step), or it is
        missing in half of the draws.

    Notes
    -----
    Source: the product weights and their surplus, Owen (2007), The pigeonhole bootstrap,
    Annals of Applied Statistics 1:386-411. The corrected variance estimates the same as that
    of Aronow, Samii & Assenova (2015), Political Analysis 23:564-577. It is raised by the
    leverage of people who hold many pairs, and the interval is by Student's t with the
    effective number of people less one as degrees of freedom.

    Examples
    --------
    >>> rng = np.random.default_rng(7)
    >>> met = pd.DataFrame({"source": rng.integers(40, size=300),
    ...                     "target": rng.integers(40, 80, size=300),
    ...                     "hours": rng.exponential(30, 300), "reached": True})
    >>> found = bootstrap(met.assign(pair=range(300)), share_within(24), seed=7, runs=200)
    >>> bool(found.lower[0] < found.estimates[0] < found.upper[0])
    True
    """
    _check(table, (*people, pair), method, runs)
    row, first = _numbered(table[pair])
    everyone, sides = _people(table, people, first)
    count = len(everyone)
    names, whole = _named(statistic, table, np.ones(len(table)), "on the whole table")

    def draw(weights: NDArray[np.float64], step: str) -> NDArray[np.float64]:
        return _named(statistic, table, weights[row], step)[1]

    drawn, alone = _draws(draw, sides, len(first), count, runs, generator(seed))
    known = np.isfinite(drawn).all(axis=1)
    if known.sum() < runs / 2 or not np.isfinite(whole).all():
        raise ValueError(
            f"the statistic is missing on the whole table or in {runs - known.sum()} of {runs} "
            "draws of people: ask for what more pairs have in common."
        )
    single = alone[np.isfinite(alone).all(axis=1)].std(axis=0, ddof=1)
    ties = bincount(np.concatenate(sides), minlength=count)
    effective = ties.sum() ** 2 / (ties**2).sum()
    if method == "people":
        error = drawn[known].std(axis=0, ddof=1)
        lower, upper = np.quantile(drawn[known], [(1 - level) / 2, (1 + level) / 2], axis=0)
        name = "bootstrap over people"
    else:
        error = _corrected(drawn[known].var(axis=0, ddof=1), single**2, ties, len(first))
        width = _student(level, effective - 1) * error
        lower, upper = whole - width, whole + width
        name = "bootstrap over people, corrected for single pairs"
    return Bootstrap(
        names,
        whole,
        error,
        lower,
        upper,
        single,
        drawn,
        level,
        count,
        len(first),
        f"{name}, {runs} draws",
        seed,
        _notes(runs - int(known.sum()), runs, count, effective),
    )


def _check(table: pd.DataFrame, columns: Sequence[str], method: str, runs: int) -> None:
    """Refuse a method, a number of draws or a column that cannot be."""
    if method not in METHODS:
        raise ValueError(f"method is {method!r}. {nearest(method, METHODS)}")
    if runs < 100:
        raise ValueError(f"runs is {runs}, but an interval needs 100 draws or more.")
    for column in columns:
        if column not in table.columns:
            raise ValueError(f"the table has no column {column!r}. {nearest(column, table)}")


def _draws(
    draw: Callable[[NDArray[np.float64], str], NDArray[np.float64]],
    sides: Sequence[NDArray[np.int64]],
    pairs: int,
    count: int,
    runs: int,
    rng: np.random.Generator,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give the statistic in draws of people, and in as many of pairs."""
    drawn, alone = [], []
    for run in range(runs):
        often = rng.multinomial(count, np.full(count, 1 / count)).astype(float)
        drawn.append(draw(often[sides[0]] * often[sides[1]], f"in draw {run} of people"))
    for run in range(runs):
        often = rng.multinomial(pairs, np.full(pairs, 1 / pairs))
        alone.append(draw(often.astype(float), f"in draw {run} of pairs"))
    return np.array(drawn), np.array(alone)


def _notes(missing: int, runs: int, people: int, effective: float) -> tuple[str, ...]:
    """Say what a reader must know of the interval."""
    notes = []
    if missing:
        notes.append(f"The statistic was missing in {missing} of {runs} draws.")
    if effective < FEWEST_PEOPLE:
        notes.append(
            f"A few people hold most pairs ({people} people count as {decimal(effective)}): the "
            "interval may be too narrow."
        )
    return tuple(notes)


def share_within(*hours: float) -> Statistic:
    """Make the statistic: share of pairs that arrive within some hours (Kaplan-Meier).

    Parameters
    ----------
    *hours : float
        Hours since the first encounter, from 0 up; one or several.

    Returns
    -------
    callable
        A function of a table with `hours` and `reached`, such as that of `waits`, and of
        weights; it gives one share, or one an hour asked for. A share is missing where
        nobody was observed for so long.

    Examples
    --------
    >>> table = pd.DataFrame({"hours": [2.0, 30.0, 40.0], "reached": [True, False, True]})
    >>> round(share_within(24)(table, np.ones(3)), 4)
    0.3333
    >>> share_within(1, 24)(table, np.ones(3)).round(4).tolist()
    [0.0, 0.3333]
    """
    if not hours or not all(0 <= one < np.inf for one in hours):
        raise ValueError(
            f"hours is {hours}, but must be one or more numbers from 0 up, such as 24."
        )
    longest = max(hours)

    def share(table: pd.DataFrame, weights: NDArray[np.float64]) -> float | NDArray[np.float64]:
        # Whoever is seen for longer than is asked counts as seen so long.
        waited = table["hours"].to_numpy()
        arrived = table["reached"].to_numpy(bool) & (waited <= longest)
        curve = kaplan_meier(np.minimum(waited, longest), arrived, weights=weights)
        found = curve.at(hours)["reached"].to_numpy()
        return found if len(hours) > 1 else float(found[0])

    return share


def _numbered(pairs: pd.Series) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    row, _ = pd.factorize(pairs)
    return row, np.unique(row, return_index=True)[1]


def _people(
    table: pd.DataFrame, people: tuple[str, str], first: NDArray[np.int64]
) -> tuple[NDArray, tuple[NDArray, NDArray]]:
    both = [table[side].iloc[first].astype(object).to_numpy() for side in people]
    codes, everyone = pd.factorize(np.concatenate(both))
    if (codes < 0).any():
        raise ValueError(f"{people[0]} or {people[1]} is missing in a row: a pair has two people.")
    one, other = np.split(codes, 2)
    return everyone, (one, other)


def _named(
    statistic: Statistic, table: pd.DataFrame, weights: NDArray, step: str
) -> tuple[tuple[str, ...], NDArray[np.float64]]:
    try:
        given = statistic(table, weights)
        if isinstance(given, (Mapping, pd.Series)):
            named = dict(given.items())
            return tuple(map(str, named)), np.array([float(one) for one in named.values()])
        values = np.atleast_1d(np.asarray(given, float))
    except Exception as error:
        raise ValueError(f"the statistic failed {step}: {type(error).__name__}: {error}") from error
    return tuple(str(k) for k in range(len(values))), values


def _corrected(
    drawn: NDArray, single: NDArray, ties: NDArray[np.int64], pairs: int
) -> NDArray[np.float64]:
    # Leaving a person out moves a mean by more than drawing says, the more the more pairs
    # they hold: by the square of 1 / (1 - their share of all pairs).
    share = ties / pairs
    lever = (share**2 / (1 - np.minimum(share, 0.9)) ** 2).sum() / (share**2).sum()
    return np.sqrt(np.maximum((drawn - 2 * single) * lever, single))


def _student(level: float, degrees: float) -> float:
    from scipy.stats import t

    return float(t.ppf((1 + level) / 2, max(degrees, 1.0)))
