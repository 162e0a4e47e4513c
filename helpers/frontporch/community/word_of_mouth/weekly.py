"""A shop's weeks: new customers, talk, events and media, each carried over into the next week."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...elementary import exp
from ...streams import Seed, generator

SERIES = ("customers", "talk", "events", "media")
SETTLING = 100


@dataclass(frozen=True)
class Weeks:
    """How a week follows from the week before; all numbers are assumptions.

    Logarithms of the four series move around their means: what one series is above its mean
    this week raises others in the next week by a share of it.

    Parameters
    ----------
    talk, events, media : float
        By how many per cent new customers rise in the next week if the series is one per cent
        above its mean.
    loyalty : float
        The same for new customers themselves, from 0 to below 1.
    talk_lasts : float
        Share of talk above its mean that is left in the next week, from 0 to below 1.
    talked_about : float
        By how many per cent talk rises after one per cent more new customers: talk follows
        sales as well as it leads them.
    noise : float
        Standard deviation of what chance adds to each logarithm each week, above 0.
    means : tuple of float
        Mean of each series in a week: customers, posts, events, media appearances.

    Examples
    --------
    >>> Weeks().response(2).round(3).tolist()
    [[0.0, 0.0, 0.0], [0.2, 0.02, 0.02], [0.18, 0.01, 0.01]]
    """

    talk: float = 0.20
    events: float = 0.02
    media: float = 0.02
    loyalty: float = 0.30
    talk_lasts: float = 0.60
    talked_about: float = 0.10
    noise: float = 0.15
    means: tuple[float, float, float, float] = (120.0, 300.0, 6.0, 4.0)

    def __post_init__(self) -> None:
        """Check that weeks come to rest."""
        for name in ("loyalty", "talk_lasts"):
            if not 0 <= getattr(self, name) < 1:
                raise ValueError(f"{name} is {getattr(self, name)}, but must be from 0 to below 1.")
        if not self.noise > 0 or min(self.means) <= 0:
            raise ValueError("noise and every mean must be above 0.")
        if np.abs(np.linalg.eigvals(self.carried)).max() >= 1:
            raise ValueError(
                "these numbers make customers and talk raise each other without end: lower "
                "talk, talked_about, loyalty or talk_lasts."
            )

    @property
    def carried(self) -> NDArray[np.float64]:
        """A, what one per cent more in each series does to each in the next week."""
        matrix = np.zeros((4, 4))
        matrix[0] = self.loyalty, self.talk, self.events, self.media
        matrix[1, :2] = self.talked_about, self.talk_lasts
        matrix[2, 2] = matrix[3, 3] = 0.2
        return matrix

    def response(self, weeks: int) -> NDArray[np.float64]:
        """Give the true response of new customers to one per cent more of each source.

        Returns
        -------
        numpy.ndarray of float, shape (weeks + 1, 3)
            In per cent, by week after; columns: talk, events, media.
        """
        power, rows = np.eye(4), []
        for _ in range(weeks + 1):
            rows.append(power[0, 1:])
            power = self.carried @ power
        return np.array(rows)

    def simulate(self, weeks: int, seed: Seed) -> pd.DataFrame:
        """Draw so many weeks. Synthetic.

        Returns
        -------
        pandas.DataFrame
            `week`, and one column a series, above 0.
        """
        if weeks < 1:
            raise ValueError(f"weeks is {weeks!r}, but must be a whole number from 1 up.")
        rng = generator(seed)
        state, rows = np.zeros(4), []
        for _ in range(SETTLING + weeks):
            state = (self.carried * state).sum(axis=1) + self.noise * rng.standard_normal(4)
            rows.append(state)
        level = exp(np.array(rows[SETTLING:])) * np.array(self.means)
        return pd.DataFrame(
            {"week": np.arange(1, weeks + 1)} | dict(zip(SERIES, level.T, strict=True))
        )
