"""Two worlds whose fans grow alike at first: people talk, or the platform itself grows."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ...fans.growth import logistic
from ...rounding import solved
from ...streams import Seed, generator
from ..doubles import Doubles
from .talk import readings

QUARTER = 0.25
"""Years between two counts."""


@dataclass(frozen=True)
class GrowthWorld:
    """A page on a growing platform, whose fans come by a law that is known.

    Parameters
    ----------
    unprompted : float
        Chance per year that somebody on the platform becomes a fan without any fan about.
    talk : float
        What this chance gains, per year, when everybody on the platform is a fan.
    start : float
        Fans at the first count.
    people : float
        People on the platform in the end.
    speed, middle : float
        Of the platform's own logistic growth: per year, and year of half its people.
    quarters : int
        How long the page is watched after the first count.
    error : float
        Standard error of a quarter's chance, as a share of `unprompted` where nobody talks.
    """

    unprompted: float
    talk: float
    start: float
    people: float
    speed: float
    middle: float
    quarters: int
    error: float

    def users(self, years: ArrayLike) -> NDArray[np.float64]:
        """Give the people on the platform at some years from the first count."""
        return self.people * logistic(years, self.speed, self.middle)

    def path(self, noise: ArrayLike | None = None) -> NDArray[np.float64]:
        """Give the fans at each quarter.

        Parameters
        ----------
        noise : array_like of float, shape (quarters,), optional
            What each quarter adds to the chance per year; nothing by default.

        Returns
        -------
        numpy.ndarray of float, shape (quarters + 1,)
        """
        pushed = np.zeros(self.quarters) if noise is None else np.asarray(noise, float)
        users = self.users(np.arange(self.quarters + 1) * QUARTER)
        fans = np.empty(self.quarters + 1)
        fans[0] = self.start
        for k in range(self.quarters):
            chance = self.unprompted + self.talk * fans[k] / users[k] + pushed[k]
            fans[k + 1] = fans[k] + QUARTER * max(chance, 0.0) * (users[k] - fans[k])
        return fans

    def simulate(self, seed: Seed) -> pd.DataFrame:
        """Draw the counts of this world, quarter by quarter; synthetic by construction.

        Returns
        -------
        pandas.DataFrame
            The `counts` contract, with `users`: people on the platform.
        """
        noise = self.error * generator(seed).normal(0, 1, self.quarters)
        day = pd.date_range("2001-01-01", periods=self.quarters + 1, freq="QS")
        years = np.arange(self.quarters + 1) * QUARTER
        return pd.DataFrame(
            {
                "platform": "synthetic",
                "brand": "a page",
                "date_from": day,
                "date_to": day,
                "fans": np.round(self.path(noise)).astype("int64"),
                "users": np.round(self.users(years)).astype("int64"),
                "at_least": False,
                "confidence": "high",
                "source": "simulated",
            }
        )


def worlds(
    unprompted: float = 0.03,
    *,
    alike_until: float = 3.0,
    years: float = 7.0,
    error: float = 0.1,
    shuffle: Seed | None = None,
) -> Doubles[GrowthWorld]:
    """Build a world in which fans bring fans, and its double in which nobody talks.

    In the second a constant share of those on the platform becomes a fan each year, and the page
    grows because the platform does. In the first only a tenth of that share comes unprompted; the
    others come because there are fans. The strength of talk is set so that both pages have as
    many fans after the first years. All numbers are assumptions for teaching.

    Parameters
    ----------
    unprompted : float
        Share of those on the platform who become fans in a year where nobody talks, above 0.
    alike_until : float
        Years after which both have the same number of fans.
    years : float
        How long the pages are watched, longer than that.
    error : float
        Standard error of a quarter's chance, as a share of `unprompted`.
    shuffle : int, numpy.random.SeedSequence or numpy.random.Generator, optional
        With a seed the worlds are called A and B and come in an order that the seed draws.

    Returns
    -------
    Doubles of GrowthWorld
        They are read by :func:`readings`.

    Raises
    ------
    ValueError
        If a number is out of range.

    Examples
    --------
    >>> pages = worlds()
    >>> {name: world.path()[12].round().item() for name, world in pages.items()}
    {'fans bring fans': 1249.0, 'nobody talks': 1249.0}
    >>> [world.path()[-1].round(-2).item() for world in pages.values()]
    [31100.0, 9600.0]
    >>> pages.read(pages["nobody talks"].simulate(seed=7))["read"].tolist()
    ['people talk', 'no sign of talk']
    """
    if not (0 < unprompted <= 0.2 and error >= 0 and QUARTER <= alike_until < years):
        raise ValueError(
            f"unprompted is {unprompted}, alike_until {alike_until}, years {years} and error "
            f"{error}, but unprompted lies above 0 and up to 0.2, error from 0 up, and "
            "alike_until from a quarter of a year up to less than years."
        )
    fails = GrowthWorld(
        unprompted=unprompted,
        talk=0.0,
        start=0.0,
        people=100_000.0,
        speed=1.0,
        middle=3.5,
        quarters=round(years / QUARTER),
        error=error * unprompted,
    )
    # What such a page has gathered on a platform that has grown at this speed for long.
    start = 0.9 * unprompted / fails.speed * float(fails.users(0.0))
    fails = replace(fails, start=start)
    seldom = replace(fails, unprompted=unprompted / 10)
    holds = replace(seldom, talk=_talk_for(seldom, fails, alike_until))
    names = ("fans bring fans", "nobody talks")
    return Doubles(holds, fails, names=names, reader=readings, shuffle=shuffle)


def _talk_for(world: GrowthWorld, other: GrowthWorld, years: float) -> float:
    """Find the talk that gives a world the other's fans after some years."""
    from scipy import optimize

    at = round(years / QUARTER)
    goal = other.path()[at]

    def beyond(talk: float) -> float:
        return float(replace(world, talk=talk).path()[at] - goal)

    # Nearly the platform's own speed: as long as it grows steadily, both pages keep step with it.
    high = world.speed
    while beyond(high) < 0:
        high *= 1.2
    return solved(optimize.brentq(beyond, 0.0, high))
