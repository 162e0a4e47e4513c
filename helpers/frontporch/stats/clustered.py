"""Errors that hold where rows depend on each other: of one person, or of pairs that share one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from .intervals import normal_quantile
from .partial_likelihood import Maximum
from .risk_sets import RiskSets

MOST = 0.8
"""Share of the information up to which sums of a person are lengthened by what they hold."""
FEWEST_CLUSTERS = 100
"""Below this number of people intervals held the truth 92 to 93 times in 100 in simulations."""


def clusters(given: ArrayLike | pd.DataFrame, rows: int) -> NDArray[np.int64]:
    """Number the people of every row, shape (rows, 1) or (rows, 2); both columns share numbers.

    Raises
    ------
    ValueError
        If there are other than one or two columns, a person is missing, or a pair is one person.

    Examples
    --------
    >>> clusters(pd.DataFrame({"source": ["ann", "bob"], "target": ["bob", "cid"]}), 2).tolist()
    [[0, 1], [1, 2]]
    """
    values = np.asarray(given, object)
    values = values[:, None] if values.ndim == 1 else values
    if values.shape not in ((rows, 1), (rows, 2)):
        raise ValueError(
            f"cluster has the shape {values.shape}, but names one person, or the two of a pair, in "
            f"each of {rows} rows."
        )
    codes = pd.factorize(values.ravel())[0].reshape(values.shape).astype(np.int64)
    if (codes < 0).any():
        raise ValueError(f"row {int((codes < 0).any(axis=1).argmax()) + 1}: cluster is missing.")
    if codes.shape[1] == 2 and (codes[:, 0] == codes[:, 1]).any():
        row = int((codes[:, 0] == codes[:, 1]).argmax())
        raise ValueError(f"row {row + 1}: both people of the pair are {values[row, 0]!r}.")
    return codes


def meat(
    scores: NDArray[np.float64],
    whose: NDArray[np.int64],
    leverage: NDArray[np.float64] | None = None,
) -> NDArray[np.float64]:
    """Sum the products of the scores of all rows that share a person.

    Parameters
    ----------
    scores : numpy.ndarray of float, shape (n, p)
        What each row adds to the gradient.
    whose : numpy.ndarray of int, shape (n, 1) or (n, 2)
        As `clusters` gives it.
    leverage : numpy.ndarray of float, shape (n, p, p), optional
        Share of the information that is each row's. The sums of a person are lengthened by it,
        since the estimate has bent towards whoever holds much of it.

    Examples
    --------
    >>> pairs = np.array([[0, 1], [1, 2], [3, 4]])
    >>> meat(np.ones((3, 1)), pairs).tolist()  # three squares, and twice what the first two share
    [[5.0]]
    """
    size = scores.shape[1]

    def of(columns: list[NDArray[np.int64]]) -> NDArray[np.float64]:
        many = max(int(one.max()) for one in columns) + 1
        summed, held = np.zeros((many, size)), np.zeros((many, size, size))
        for codes in columns:
            np.add.at(summed, codes, scores)
            if leverage is not None:
                np.add.at(held, codes, leverage)
        # Nobody may hold more than nearly all: longer than that a sum is not made.
        largest = np.maximum(np.abs(np.linalg.eigvals(held)).max(axis=1, initial=0.0), MOST)
        held *= (MOST / largest)[:, None, None]
        longer = np.linalg.solve(np.eye(size) - held, summed[:, :, None])[:, :, 0]
        return longer.T @ longer

    if whose.shape[1] == 1:
        return of([whose[:, 0]])
    # Rows of one pair share both people, and are counted with each of them.
    return of([whose[:, 0], whose[:, 1]]) - of([same_pair(whose)])


def same_pair(whose: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number the pairs, whichever of the two is named first.

    Examples
    --------
    >>> same_pair(np.array([[0, 1], [1, 2], [1, 0]])).tolist()
    [0, 1, 0]
    """
    low, high = whose.min(axis=1), whose.max(axis=1)
    return np.unique(low * (whose.max() + 1) + high, return_inverse=True)[1].ravel()


def person_variances(
    change: NDArray[np.float64], whose: NDArray[np.int64], share: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Sum over people the squares of what all rows of a person change in each estimate.

    Parameters
    ----------
    change : numpy.ndarray of float, shape (n, k)
        What a little more weight of each row changes (its influence).
    whose : numpy.ndarray of int, shape (n, 1) or (n, 2)
        As `clusters` gives it.
    share : numpy.ndarray of float, shape (n, k)
        How much of the information about each estimate is each row's.

    Returns
    -------
    numpy.ndarray of float, shape (k,)
        Variances; those of pairs are never below what they are if pairs are independent.

    Examples
    --------
    >>> pairs, one = np.array([[0, 1], [1, 2], [3, 4]]), np.ones((3, 1))
    >>> person_variances(one, pairs, 0 * one).tolist()  # three squares, and twice what two share
    [5.0]
    """

    def of(columns: list[NDArray[np.int64]]) -> NDArray[np.float64]:
        many = max(int(one.max()) for one in columns) + 1
        summed, held = np.zeros((2, many, change.shape[1]))
        for codes in columns:
            np.add.at(summed, codes, change)
            np.add.at(held, codes, share)
        # The estimate has bent towards whoever holds much of it.
        return ((summed / (1 - np.minimum(held, MOST))) ** 2).sum(axis=0)

    if whose.shape[1] == 1:
        return of([whose[:, 0]])
    alone = of([same_pair(whose)])
    return np.maximum(of([whose[:, 0], whose[:, 1]]) - alone, alone)


def effective(whose: NDArray[np.int64], share: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give how many people that hold the same the people are worth, for each coefficient.

    Source: Carter, Schnepel & Steigerwald (2017), Review of Economics and Statistics 99:698-709.

    Examples
    --------
    >>> effective(np.array([[0], [1], [2]]), np.array([[0.8], [0.1], [0.1]])).round(2).tolist()
    [1.52]
    """
    held = np.zeros((whose.max() + 1, share.shape[1]))
    for side in whose.T:
        np.add.at(held, side, share)
    return held.sum(axis=0) ** 2 / np.maximum((held**2).sum(axis=0), 1e-300)


def robust(sets: RiskSets, found: Maximum, whose: NDArray[np.int64], level: float) -> Maximum:
    """Put errors that hold for dependent rows in place of those for independent ones."""
    from scipy.special import stdtrit

    normal_quantile(level)  # refuses what is no level
    sound = found.sound
    own = np.flatnonzero(sound)
    scores, spread = sets.scores(found.held, np.zeros(len(whose)))
    bread = found.covariance[np.ix_(sound, sound)]
    many = len(np.unique(whose))
    leverage = spread[:, own[:, None], own] @ bread
    inner = bread @ meat(scores[:, own], whose, leverage) @ bread
    covariance = np.full_like(found.covariance, np.nan)
    covariance[np.ix_(sound, sound)] = inner
    squares = np.diag(covariance)
    errors = np.sqrt(np.where(squares > 0, squares, np.nan))
    degrees = np.full(len(errors), np.nan)
    degrees[own] = effective(whose, np.einsum("nii->ni", leverage)) - 1
    width = stdtrit(np.maximum(degrees, 1.0), (1 + level) / 2) * errors
    lower = np.where(sound, found.coefficients - width, found.lower)
    upper = np.where(sound, found.coefficients + width, found.upper)
    few = f"only {many} people: robust intervals are a little too narrow"
    few = few if many < FEWEST_CLUSTERS else ""
    lost = "robust errors do not exist here: too much depends on few people"
    notes = tuple(
        "; ".join(one for one in (note, few, lost if told and np.isnan(error) else "") if one)
        for note, told, error in zip(found.notes, sound, errors, strict=True)
    )
    return replace(
        found, errors=errors, lower=lower, upper=upper, covariance=covariance, notes=notes
    )
