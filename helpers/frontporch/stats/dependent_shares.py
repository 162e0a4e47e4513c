"""Errors of Aalen-Johansen shares that hold where stays depend on each other through people."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ..counting import bincount
from .clustered import FEWEST_CLUSTERS, MOST, clusters, effective, same_pair
from .stays import Moves, Stays

MOST_WORK = 2_000_000_000
"""Moments of moves times people and pairs above which it is not begun: some minutes."""


def over_people(
    stays: Stays,
    moves: Moves,
    start: NDArray[np.float64],
    shares: NDArray[np.float64],
    cluster: ArrayLike | pd.DataFrame,
) -> tuple[NDArray[np.float64], float, tuple[str, ...]]:
    """Give errors of shares that hold for stays that share people.

    Parameters
    ----------
    stays : Stays
        What the shares are estimated from.
    moves : Moves
        Their counts.
    start : numpy.ndarray of float, shape (stages,)
        Shares at the start.
    shares : numpy.ndarray of float, shape (times, stages)
        Shares just after each time at which somebody moved.
    cluster : array_like, shape (n,) or (n, 2)
        The person, or the two people, of each stay.

    Returns
    -------
    error : numpy.ndarray of float, shape (times, stages)
        Standard errors.
    degrees : float
        Their degrees of freedom.
    notes : tuple of str
        What a reader must know of them.

    Raises
    ------
    ValueError
        If a person is missing, all stays are one person's, or there are too many of them.
    """
    whose = clusters(cluster, len(stays.stage))
    many = len(np.unique(whose))
    if many == 1:
        raise ValueError("cluster names one person in all rows: there is nobody to compare with.")
    if len(shares) * (many + len(whose)) > MOST_WORK:
        raise ValueError(
            f"{len(shares):,} moments of {len(whose):,} stays are too many for errors over "
            "people: round times, such as left.round(1), or take fewer pairs."
        )
    # Stays of one pair share both people, and are counted with each of them.
    groups = [whose] if whose.shape[1] == 1 else [whose, same_pair(whose)[:, None]]
    variance, *pairs = (_sums(stays, moves, start, shares, group) for group in groups)
    for alone in pairs:
        # Never surer than if pairs were independent of each other.
        variance = np.maximum(variance - alone, alone)
    rows = np.full((len(whose), 1), 1 / len(whose))
    degrees = max(float(effective(whose, rows)[0]) - 1, 1.0)
    notes = [f"errors hold for stays that share people: {many} people"]
    if many < FEWEST_CLUSTERS:
        notes.append(f"only {many} people: intervals are a little too narrow")
    return np.sqrt(variance), degrees, tuple(notes)


def _sums(
    stays: Stays,
    moves: Moves,
    start: NDArray[np.float64],
    shares: NDArray[np.float64],
    whose: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Sum over people the squares of what all stays of a person change, at each time."""
    rows, size = whose.shape[0], len(stays.stages)
    many = int(whose.max()) + 1
    times, at_risk, jumps = moves
    came, gone, moved = _calendar(times, stays)
    share = bincount(whose.ravel(), minlength=many) / rows
    # The estimate has bent towards whoever holds much of it.
    longer = 1 / (1 - np.minimum(share, MOST)) ** 2
    change, here = np.zeros((2, many, size))
    begun = stays.entered == 0
    first = (np.eye(size)[stays.stage] - start) * begun[:, None] / begun.sum()
    for side in whose.T:
        np.add.at(change, side, first)
    before = np.concatenate([start[None], shares[:-1]])
    variance = np.empty(shares.shape)
    for k in range(len(times)):
        for at, sign in ((came[k], 1.0), (gone[k], -1.0)):
            for side in whose.T:
                np.add.at(here, (side[at], stays.stage[at]), sign)
        risk = np.where(at_risk[k] > 0, at_risk[k], 1.0)
        hazard = jumps[k] / risk[:, None]
        hazard -= np.diag(hazard.sum(axis=1))
        weight = before[k] / risk
        # What was changed before moves on; who is at risk lowers the hazard, who moves raises it.
        change = change + change @ hazard - here @ (weight[:, None] * hazard)
        from_, to = stays.stage[moved[k]], stays.following[moved[k]]
        for side in whose.T:
            np.add.at(change, (side[moved[k]], to), weight[from_])
            np.add.at(change, (side[moved[k]], from_), -weight[from_])
        variance[k] = (longer[:, None] * change**2).sum(axis=0)
    return variance


def _calendar(times: NDArray[np.float64], stays: Stays) -> tuple[list, list, list]:
    """Give which stays come at risk, have gone, and move, by time."""

    def by_time(place: NDArray[np.int64], kept: NDArray[np.bool_]) -> list[NDArray[np.int64]]:
        rows = np.flatnonzero(kept & (place < len(times)))
        rows = rows[np.argsort(place[rows], kind="stable")]
        return np.split(rows, np.searchsorted(place[rows], np.arange(1, len(times))))

    everybody = np.ones(len(stays.stage), bool)
    come = np.searchsorted(times, stays.entered, side="right")
    left = np.searchsorted(times, stays.left, side="right")
    when = np.searchsorted(times, stays.left)
    return by_time(come, everybody), by_time(left, everybody), by_time(when, stays.following >= 0)
