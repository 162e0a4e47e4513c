"""A continuous-time Markov process from its generator: where it is, and first passage."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

WELL_CONDITIONED = 1e4
"""Up to this condition number of the eigenvectors, twelve digits are safe."""


def probabilities(generator: NDArray[np.float64], times: ArrayLike) -> NDArray[np.float64]:
    """Probability of each state after each time, from each state: exp(Qt).

    Parameters
    ----------
    generator : numpy.ndarray of float, shape (states, states)
        Q: rates off the diagonal, rows that add to 0.
    times : array_like of float, shape (times,)
        In the unit of the rates.

    Returns
    -------
    numpy.ndarray of float, shape (times, states, states)

    Notes
    -----
    One eigendecomposition serves every time. Where its vectors are nearly parallel, as with
    equal rates in a row, scipy's matrix exponential takes over. Source: Norris (1997), Markov
    Chains, theorem 2.1.1; Moler & Van Loan (2003), SIAM Review 45:3, method 14.

    Examples
    --------
    >>> probabilities(np.array([[-1.0, 1.0], [0.0, 0.0]]), [np.log(2)]).round(9).tolist()
    [[[0.5, 0.5], [0.0, 1.0]]]
    """
    from scipy import linalg

    after = np.asarray(times, float)
    values, vectors = np.linalg.eig(generator)
    if np.linalg.cond(vectors) < WELL_CONDITIONED:
        grown = np.exp(values * after[:, None])[:, None, :]
        return np.real((vectors * grown) @ np.linalg.inv(vectors))
    return linalg.expm(generator * after[:, None, None])


def ever(generator: NDArray[np.float64], goal: int) -> NDArray[np.float64]:
    """Probability of ever reaching a state, from each state.

    Parameters
    ----------
    generator : numpy.ndarray of float, shape (states, states)
        Q: rates off the diagonal, rows that add to 0.
    goal : int
        Number of the state to be reached.

    Returns
    -------
    numpy.ndarray of float, shape (states,)

    Notes
    -----
    First-step analysis. Source: Norris (1997), Markov Chains, theorem 3.3.1.

    Examples
    --------
    >>> ever(np.array([[-4.0, 1.0, 3.0], [0, 0, 0], [0, 0, 0]]), 1).tolist()
    [0.25, 1.0, 0.0]
    """
    # Only states that lead to the goal count; the others never arrive.
    leads = np.zeros(len(generator), bool)
    leads[goal] = True
    for _ in generator:
        leads |= (generator > 0) @ leads
    moving = np.flatnonzero(leads & (np.arange(len(generator)) != goal))
    share = np.zeros(len(generator))
    share[goal] = 1.0
    share[moving] = np.linalg.solve(-generator[np.ix_(moving, moving)], generator[moving, goal])
    return share


def mean_time(
    generator: NDArray[np.float64], start: int, goal: int, *, given_reached: bool = False
) -> float:
    """Mean time until a state is first reached.

    Parameters
    ----------
    generator : numpy.ndarray of float, shape (states, states)
        Q: rates off the diagonal, rows that add to 0.
    start, goal : int
        Numbers of the state in which the time begins and of the one in which it ends.
    given_reached : bool
        Whether to average over those that arrive only.

    Returns
    -------
    float
        In the unit of time of the rates; infinite where some never arrive and
        `given_reached` is False, missing (nan) where none ever does.

    Notes
    -----
    Those that will arrive move at rates q_ij h_j / h_i, with h the probability of ever
    arriving (Doob's h-transform). Source: Norris (1997), theorem 3.3.3; Rogers & Williams
    (1994), Diffusions, Markov Processes and Martingales, volume 1.

    Examples
    --------
    >>> mean_time(np.array([[-4.0, 1.0, 3.0], [0, 0, 0], [0, 0, 0]]), 0, 1, given_reached=True)
    0.25
    """
    share = ever(generator, goal)
    if start == goal:
        return 0.0
    if share[start] == 0:
        return math.nan if given_reached else math.inf
    if share[start] < 1 - 1e-12 and not given_reached:
        return math.inf
    moving = np.flatnonzero((share > 0) & (np.arange(len(share)) != goal))
    inner = generator[np.ix_(moving, moving)] * share[moving] / share[moving][:, None]
    times = np.linalg.solve(-inner, np.ones(len(moving)))
    return float(times[np.flatnonzero(moving == start)[0]])
