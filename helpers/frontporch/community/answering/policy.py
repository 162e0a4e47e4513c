"""What answering does: posts that it calls forth, good will that it earns, hours that it costs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True)
class Answering:
    """How posts, good will and cost follow from the share that is answered.

    Parameters
    ----------
    complaints, praise : float
        Posts per week of each kind where nobody answers, from 0 up.
    calls_forth : float
        Complaints that one answered complaint calls forth in the next week, from 0 to below 1:
        the squeaky wheel gets the grease, and squeaks again (Ma, Sun & Kekre 2015 find the sign,
        the size is an assumption).
    gain_complaint, gain_praise : float
        Good will, in money, of the first answers to each kind; below 0 where answers do harm.
    tires : float
        How fast the good will of answers falls with the share answered, from 0 up: b r - tires r²
        (Homburg, Ehm & Artz 2015 find the shape, the size is an assumption).
    minutes : float
        Work for one answer.
    wage : float
        Money per hour of work.

    Notes
    -----
    Every number is an assumption of whoever sets it; none is an estimate.
    """

    complaints: float = 40.0
    praise: float = 60.0
    calls_forth: float = 0.2
    gain_complaint: float = 6.0
    gain_praise: float = 1.0
    tires: float = 3.0
    minutes: float = 10.0
    wage: float = 20.0

    def __post_init__(self) -> None:
        """Check the ranges."""
        if not 0 <= self.calls_forth < 1:
            raise ValueError(
                f"calls_forth is {self.calls_forth}, but must be from 0 to below 1: else "
                "complaints grow without end."
            )
        for name in ("complaints", "praise", "tires", "minutes", "wage"):
            if not getattr(self, name) >= 0:
                raise ValueError(f"{name} is {getattr(self, name)}, but must be 0 or above.")

    def weeks(self, share: float, weeks: int) -> NDArray[np.float64]:
        """Complaints in each week after a share of them begins to be answered."""
        _share(share)
        posts = [self.complaints]
        for _ in range(weeks):
            posts.append(self.complaints + self.calls_forth * share * posts[-1])
        return np.array(posts)

    def complaints_at(self, share: ArrayLike) -> NDArray[np.float64]:
        """Complaints per week in the long run, where a share of them is answered."""
        answered = np.asarray(share, float)
        _share(answered)
        return self.complaints / (1 - self.calls_forth * answered)

    def table(self, complaints: ArrayLike, praise: ArrayLike = 0.0) -> pd.DataFrame:
        """Show what shares of answered complaints and praise bring and cost per week.

        Parameters
        ----------
        complaints, praise : array_like of float
            Shares answered, from 0 to 1.

        Returns
        -------
        pandas.DataFrame
            `complaints`, `praise` (shares), `posts` per week, `answers`, `hours`, `cost`,
            `good_will`, `net`; money per week.
        """
        c, p = np.broadcast_arrays(
            np.atleast_1d(np.asarray(complaints, float)), np.asarray(praise, float)
        )
        _share(c)
        _share(p)
        angry = self.complaints_at(c)
        answers = c * angry + p * self.praise
        earned = self.complaints * (self.gain_complaint * c - self.tires * c**2)
        earned = earned + self.praise * (self.gain_praise * p - self.tires * p**2)
        hours = answers * self.minutes / 60
        return pd.DataFrame(
            {
                "complaints": c,
                "praise": p,
                "posts": angry + self.praise,
                "answers": answers,
                "hours": hours,
                "cost": hours * self.wage,
                "good_will": earned,
                "net": earned - hours * self.wage,
            }
        )

    def best(self) -> pd.Series:
        """Give the row of `table` with the highest net, over shares in steps of one per cent."""
        grid = np.linspace(0, 1, 101)
        # The two kinds add up, so that each is best by itself.
        complaint = grid[self.table(grid, 0.0)["net"].argmax()]
        praise = grid[self.table(np.zeros(101), grid)["net"].argmax()]
        return self.table(complaint, praise).iloc[0]


def _share(share: ArrayLike) -> None:
    given = np.asarray(share, float)
    if not ((given >= 0) & (given <= 1)).all():
        raise ValueError(f"share is {share}, but must be from 0 to 1.")
