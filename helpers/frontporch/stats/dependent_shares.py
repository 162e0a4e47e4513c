"""Errors of Aalen-Johansen shares that hold where stays depend on each other through people."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ..counting import bincount
from .clustered import FEWEST_CLUSTERS, MOST, clusters, effective

if TYPE_CHECKING:
    from .multistate import Occupancy, Stays

MOST_WORK = 2_000_000_000
"""Moments of moves times people and pairs above which it is not begun: some minutes."""


def with_people(
    found: Occupancy,
    stays: Stays,
    at_risk: NDArray[np.float64],
    jumps: NDArray[np.float64],
    cluster: ArrayLike | pd.DataFrame,
) -> Occupancy:
    """Put errors that hold for dependent stays in place of those for independent ones.

    Parameters
    ----------
    found : Occupancy
        The shares.
    stays : Stays
        What they are estimated from.
    at_risk, jumps : numpy.ndarray of float
        As `multistate.counts` gives them.
    cluster : array_like, shape (n,) or (n, 2)
        The person, or the two people, of each stay.

    Raises
    ------
    ValueError
        If a person is missing, all stays are one person's, or there are too many of them.
    """
    whose = clusters(cluster, len(stays.stage))
    many = len(np.unique(whose))
    if many == 1:
        raise ValueError("cluster names one person in all rows: there is nobody to compare with.")
    if len(found.times) * (many + len(whose)) > MOST_WORK:
        raise ValueError(
            f"{len(found.times):,} moments of {len(whose):,} stays are too many for errors over "
            "people: round times, such as left.round(1), or take fewer pairs."
        )
    variance = _variance(found, stays, at_risk, jumps, whose)
    rows = np.full((len(whose), 1), 1 / len(whose))
    degrees = max(float(effective(whose, rows)[0]) - 1, 1.0)
    notes = [f"errors hold for stays that share people: {many} people"]
    if many < FEWEST_CLUSTERS:
        notes.append(f"only {many} people: intervals are a little too narrow")
    return replace(
        found,
        standard_error=np.sqrt(variance),
        degrees=degrees,
        estimator=f"{found.estimator}, errors by infinitesimal jackknife over people",
        notes=(*found.notes, *notes),
        began=0,  # Wilson's limits of nobody and everybody are those of independent people
    )


def _variance(
    found: Occupancy,
    stays: Stays,
    at_risk: NDArray[np.float64],
    jumps: NDArray[np.float64],
    whose: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Variance of each share at each time, shape (times, stages)."""
    groups = [whose]
    if whose.shape[1] == 2:
        # Stays of one pair share both people, and are counted with each of them.
        low, high = whose.min(axis=1), whose.max(axis=1)
        pair = np.unique(low * (whose.max() + 1) + high, return_inverse=True)[1]
        groups.append(pair.reshape(-1, 1))
    summed = [_sums(found, stays, at_risk, jumps, group) for group in groups]
    if len(summed) == 1:
        return summed[0]
    people, pairs = summed
    # Never surer than if pairs were independent of each other.
    return np.maximum(people - pairs, pairs)


def _sums(
    found: Occupancy,
    stays: Stays,
    at_risk: NDArray[np.float64],
    jumps: NDArray[np.float64],
    whose: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Sum over people the squares of what all stays of a person change, at each time."""
    rows, size = whose.shape[0], len(stays.stages)
    many = int(whose.max()) + 1
    came, gone, moved = _calendar(found.times, stays)
    share = bincount(whose.ravel(), minlength=many) / rows
    # The estimate has bent towards whoever holds much of it.
    longer = 1 / (1 - np.minimum(share, MOST)) ** 2
    change, here = np.zeros((2, many, size))
    begun = stays.entered == 0
    first = (np.eye(size)[stays.stage] - found.start) * begun[:, None] / begun.sum()
    for side in whose.T:
        np.add.at(change, side, first)
    before = np.concatenate([found.start[None], found.shares[:-1]])
    variance = np.empty(found.shares.shape)
    for k in range(len(found.times)):
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
