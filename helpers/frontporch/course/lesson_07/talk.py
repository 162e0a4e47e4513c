"""How strongly fans bring fans, where it is known how many people the platform has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from ...fans import growth
from ...fans.growth.uncertainty import student_quantile
from ...names import pick
from ...result import Result
from ...rounding import decimal
from ...tables import Fault, TableError

USUAL_TALK = 0.38
"""Imitation per year, the mean of a meta-analysis (Sultan, Farley & Lehmann 1990)."""
TALK, NO_TALK, OPEN = "people talk", "no sign of talk", "cannot tell"
NAMES = ("unprompted", "talk")
FEWEST, FEW = 4, 16
"""Steps between counts below which no line is laid through them, and below which its intervals
are too short: in simulation they held the truth nine times in ten, and not nineteen in twenty."""


@dataclass(frozen=True)
class TalkEstimate(Result):
    """Fans who come unprompted, and fans who come because there are fans.

    Parameters
    ----------
    unprompted, talk : float
        Per year: chance of becoming a fan without any fan about, and what it gains when
        everybody on the platform is a fan.
    unprompted_error, talk_error : float
        Their standard errors.
    freedom : int
        Degrees of freedom.
    level : float
        Confidence level of the intervals.
    estimator : str
        How they were found.
    notes : tuple of str
        What a reader must know, in words.
    """

    unprompted: float
    talk: float
    unprompted_error: float
    talk_error: float
    freedom: int
    level: float
    estimator: str
    notes: tuple[str, ...] = ()

    def summary(self) -> pd.DataFrame:
        """Show both with standard error and interval, per year."""
        reach = student_quantile(self.level, self.freedom)
        values = np.array([self.unprompted, self.talk])
        errors = np.array([self.unprompted_error, self.talk_error])
        return pd.DataFrame(
            {
                "parameter": NAMES,
                "unit": "per year",
                "estimate": values,
                "standard_error": errors,
                "lower": values - reach * errors,
                "upper": values + reach * errors,
            }
        )

    def interval(self, name: str = "talk") -> tuple[float, float]:
        """Give lower and upper limit of one of the two."""
        value, error = self.unprompted, self.unprompted_error
        if pick(name, NAMES, "parameter") == "talk":
            value, error = self.talk, self.talk_error
        reach = student_quantile(self.level, self.freedom) * error
        return value - reach, value + reach


def estimate_talk(counts: pd.DataFrame, *, level: float = 0.95) -> TalkEstimate:
    """Estimate talk from fans and from the people on the platform who could become fans.

    Parameters
    ----------
    counts : pandas.DataFrame
        The `counts` contract of one page, with a column `users`: people on the platform then.
    level : float
        Confidence level.

    Returns
    -------
    TalkEstimate

    Raises
    ------
    TableError
        If `users` is missing, or not above the fans.
    ValueError
        If there are fewer than five counts.

    Notes
    -----
    Of those who could become fans a share does so in each period. It is laid as a straight line
    over the share who are fans already: its height at 0 is `unprompted`, its slope is `talk`
    (ordinary least squares). This is the model of Bass (1969), Management Science 15:215-227,
    with the platform's users in the place of a ceiling that is guessed.

    Examples
    --------
    >>> from frontporch.course import lesson_07
    >>> pages = [world.simulate(seed=7) for world in lesson_07.worlds().values()]
    >>> [round(abs(estimate_talk(page).talk), 1) for page in pages]
    [0.9, 0.0]
    """
    series = growth.read_counts(counts)
    users = _users(series.table, series.totals)
    return talk_from_totals(series.times, series.totals, users, level=level)


def talk_from_totals(
    years: ArrayLike, fans: ArrayLike, users: ArrayLike, *, level: float = 0.95
) -> TalkEstimate:
    """Estimate talk from totals that were read already; otherwise as `estimate_talk`.

    Parameters
    ----------
    years, fans, users : array_like of float, shape (n,)
        When each count was taken, the fans then, and the people on the platform, above the fans.
    level : float
        Confidence level.

    Returns
    -------
    TalkEstimate

    Examples
    --------
    >>> found = talk_from_totals([0, 1, 2, 3, 4], [10, 12, 15, 19, 25], [100] * 5)
    >>> round(found.talk, 2)
    0.57
    """
    years, fans, users = (np.asarray(one, float) for one in (years, fans, users))
    if len(users) <= FEWEST:
        raise ValueError(f"{len(users)} counts, but talk needs at least {FEWEST + 1}.")
    share = fans[:-1] / users[:-1]
    hazard = np.diff(fans) / np.diff(years) / (users - fans)[:-1]
    design = np.column_stack([np.ones(len(share)), share])
    freedom = len(share) - 2
    inverse = np.linalg.inv(design.T @ design)
    found = inverse @ design.T @ hazard
    error = float(((hazard - design @ found) ** 2).sum()) / freedom
    errors = np.sqrt(error * np.diag(inverse))
    one = TalkEstimate(
        float(found[0]),
        float(found[1]),
        float(errors[0]),
        float(errors[1]),
        freedom,
        level,
        "straight line of new fans per possible fan over the share of fans",
    )
    return replace(one, notes=tuple(_words(one)))


def _words(one: TalkEstimate) -> Iterator[str]:
    lower, upper = one.interval()
    if lower <= 0 and upper >= USUAL_TALK:
        yield (
            "the interval of talk includes no talk and the usual amount of it: the share of fans "
            "has hardly moved, and these counts cannot tell which."
        )
    if one.freedom + 2 < FEW:
        yield (
            f"{one.freedom + 2} steps only: with fewer than {FEW}, intervals of talk are not "
            "reliable."
        )


def _users(table: pd.DataFrame, totals: np.ndarray) -> np.ndarray:
    if "users" not in table:
        fault = Fault(
            None,
            "users",
            None,
            "is missing: nobody knows who could become a fan",
            "Add the number of people on the platform at each date.",
        )
        raise TableError("counts", [fault])
    users = pd.to_numeric(table["users"], errors="coerce").to_numpy(float)
    faults = [
        Fault(
            row,
            "users",
            table.at[row, "users"],
            "is not a number above the fans",
            "Give the people on the platform, fans and others.",
        )
        for row, bad in zip(table.index, ~(users > totals), strict=True)
        if bad
    ]
    if faults:
        raise TableError("counts", faults)
    return users


def readings(counts: pd.DataFrame, *, level: float = 0.95) -> pd.DataFrame:
    """Read counts the naive way and the right way.

    Parameters
    ----------
    counts : pandas.DataFrame
        As for `estimate_talk`.
    level : float
        Confidence level.

    Returns
    -------
    pandas.DataFrame
        Rows "naive" (a Bass curve through the fans alone: its imitation) and "right" (the
        platform is known); `talk` per year, `lower`, `upper`, and what is `read` from it.

    Examples
    --------
    >>> from frontporch.course import lesson_07
    >>> page = lesson_07.worlds()["nobody talks"].simulate(seed=7)
    >>> readings(page)["read"].tolist()
    ['people talk', 'no sign of talk']
    """
    curve = growth.fit(counts, "bass", level=level).summary().set_index("parameter").loc["q"]
    known = estimate_talk(counts, level=level)
    rows = {
        "naive": (curve["estimate"], curve["lower"], curve["upper"]),
        "right": (known.talk, *known.interval()),
    }
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["talk", "lower", "upper"])
    return table.assign(
        read=[_read(*row) for row in table[["lower", "upper"]].to_numpy(float)]
    ).rename_axis("way")


def talk_on_pages(
    pages: Mapping[str, pd.DataFrame], *, quarters: int | None = None
) -> pd.DataFrame:
    """Read how strong talk is on several pages, from their fans alone and with the platform.

    Parameters
    ----------
    pages : mapping of str to pandas.DataFrame
        Counts by page, as for `estimate_talk`.
    quarters : int, optional
        How many quarters are known; all by default.

    Returns
    -------
    pandas.DataFrame
        Two rows a page, by `page`: what it is `read from`, `talk (per year)`, and the limits of
        its interval, as texts of two decimals.

    Examples
    --------
    >>> from frontporch.course import lesson_07
    >>> page = lesson_07.worlds()["nobody talks"].simulate(seed=7)
    >>> talk_on_pages({"A": page})["read from"].tolist()
    ['fans alone', 'platform known']
    """
    rows = []
    for name, page in pages.items():
        found = readings(page if quarters is None else page.head(quarters + 1))
        for way, told in (("naive", "fans alone"), ("right", "platform known")):
            numbers = found.loc[way, ["talk", "lower", "upper"]]
            rows.append((name, told, *(decimal(float(one), 2) for one in numbers)))
    columns = ["page", "read from", "talk (per year)", "lower limit", "upper limit"]
    return pd.DataFrame(rows, columns=columns).set_index("page")


def _read(lower: float, upper: float) -> str:
    if lower > 0:
        return TALK
    return OPEN if not upper < USUAL_TALK else NO_TALK
