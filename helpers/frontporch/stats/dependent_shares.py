"""Errors of shares and mean times that hold where stays depend on each other through people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ..counting import bincount
from .clustered import FEWEST_CLUSTERS, MOST, clusters, effective, same_pair
from .stays import Moves, Stays

MOST_WORK = 2_000_000_000
"""Moments of moves times people and pairs above which it is not begun: some minutes."""


@dataclass(frozen=True, eq=False)
class OverPeople:
    """What each person's stays change in shares that are estimated from all stays.

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
    whose : numpy.ndarray of int, shape (n, 1) or (n, 2)
        Number of the person, or of the two people, of each stay.
    """

    stays: Stays
    moves: Moves
    start: NDArray[np.float64]
    shares: NDArray[np.float64]
    whose: NDArray[np.int64]

    @classmethod
    def of(
        cls,
        stays: Stays,
        moves: Moves,
        start: NDArray[np.float64],
        shares: NDArray[np.float64],
        cluster: ArrayLike | pd.DataFrame,
    ) -> OverPeople:
        """Read who the people are.

        Raises
        ------
        ValueError
            If a person is missing, all stays are one person's, or there are too many of them.
        """
        whose = clusters(cluster, len(stays.stage))
        many = len(np.unique(whose))
        if many == 1:
            raise ValueError(
                "cluster names one person in all rows: there is nobody to compare with."
            )
        if len(shares) * (many + len(whose)) > MOST_WORK:
            raise ValueError(
                f"{len(shares):,} moments of {len(whose):,} stays are too many for errors over "
                "people: round times, such as left.round(1), or take fewer pairs."
            )
        return cls(stays, moves, start, shares, whose)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know of the errors, in words."""
        many = len(np.unique(self.whose))
        notes = [f"errors hold for stays that share people: {many} people"]
        if many < FEWEST_CLUSTERS:
            notes.append(f"only {many} people: intervals are a little too narrow")
        return tuple(notes)

    @property
    def degrees(self) -> float:
        """Degrees of freedom of the errors."""
        rows = np.full((len(self.whose), 1), 1 / len(self.whose))
        return max(float(effective(self.whose, rows)[0]) - 1, 1.0)

    def errors(self) -> NDArray[np.float64]:
        """Give the standard errors of the shares, shape (times, stages)."""

        def squares(whose: NDArray[np.int64]) -> NDArray[np.float64]:
            longer = self._longer(whose)[:, None]
            changes = self._changes(whose)
            next(changes)  # at the start
            found = np.empty(self.shares.shape)
            for k, change in enumerate(changes):
                found[k] = (longer * change**2).sum(axis=0)
            return found

        return np.sqrt(self._over(squares))

    def mean_errors(self, horizon: float) -> NDArray[np.float64]:
        """Give the standard errors of the mean times in the stages up to a horizon.

        Notes
        -----
        What a person changes in a mean time is the integral of what they change in the share.
        """
        at = np.concatenate([[0.0], self.moves.times])
        gaps = np.diff(np.append(np.minimum(at, horizon), horizon))

        def squares(whose: NDArray[np.int64]) -> NDArray[np.float64]:
            total: NDArray[np.float64] | float = 0.0
            for gap, change in zip(gaps, self._changes(whose), strict=True):
                if gap > 0:
                    total = total + gap * change
            return (self._longer(whose)[:, None] * np.asarray(total) ** 2).sum(axis=0)

        return np.sqrt(self._over(squares))

    def _over(
        self, squares: Callable[[NDArray[np.int64]], NDArray[np.float64]]
    ) -> NDArray[np.float64]:
        """Sum squares over people; stays of one pair share both, and are counted once."""
        if self.whose.shape[1] == 1:
            return squares(self.whose)
        alone = squares(same_pair(self.whose)[:, None])
        # Never surer than if pairs were independent of each other.
        return np.maximum(squares(self.whose) - alone, alone)

    def _longer(self, whose: NDArray[np.int64]) -> NDArray[np.float64]:
        """How much longer the squares of each person are made, shape (people,)."""
        share = bincount(whose.ravel(), minlength=int(whose.max()) + 1) / len(whose)
        # The estimate has bent towards whoever holds much of it.
        return 1 / (1 - np.minimum(share, MOST)) ** 2

    def _changes(self, whose: NDArray[np.int64]) -> Iterator[NDArray[np.float64]]:
        """Give what each person changes in the shares at the start, and after each time."""
        stays, (times, at_risk, jumps) = self.stays, self.moves
        many, size = int(whose.max()) + 1, len(stays.stages)
        came, gone, moved = _calendar(times, stays)
        change, here = np.zeros((2, many, size))
        begun = stays.entered == 0
        first = (np.eye(size)[stays.stage] - self.start) * begun[:, None] / max(begun.sum(), 1)
        for side in whose.T:
            np.add.at(change, side, first)
        yield change
        before = np.concatenate([self.start[None], self.shares[:-1]])
        for k in range(len(times)):
            for at, sign in ((came[k], 1.0), (gone[k], -1.0)):
                for side in whose.T:
                    np.add.at(here, (side[at], stays.stage[at]), sign)
            risk = np.where(at_risk[k] > 0, at_risk[k], 1.0)
            hazard = jumps[k] / risk[:, None]
            hazard -= np.diag(hazard.sum(axis=1))
            weight = before[k] / risk
            # What was changed before moves on; who is at risk lowers the hazard, who moves
            # raises it.
            change = change + change @ hazard - here @ (weight[:, None] * hazard)
            from_, to = stays.stage[moved[k]], stays.following[moved[k]]
            for side in whose.T:
                np.add.at(change, (side[moved[k]], to), weight[from_])
                np.add.at(change, (side[moved[k]], from_), -weight[from_])
            yield change


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
