"""A randomised trial of "ask us anything from the first visit", and its interval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from ...citing import cited
from ...names import nearest, pick
from ...result import Result
from ...rounding import above, as_given
from ...stats.intervals import FEWEST_EVENTS, difference
from ..spells import reach, read_spells
from .model import ARMS
from .splitting import stage_names


@dataclass(frozen=True)
class TrialResult(Result):
    """What a trial says: the difference in the share that reached a goal by a week.

    Parameters
    ----------
    arms : tuple of two str
        As usual, and what was tried.
    goal : str
        What was to be reached.
    weeks : float
        By when, in weeks since first contact.
    pairs : tuple of two int
        Pairs in each arm.
    shares : tuple of two tuples
        Share in each arm, with lower and upper limit.
    difference, lower, upper : float
        Tried less usual.
    estimator : str
        Name of the estimator.
    level : float
        Confidence level.
    notes : tuple of str
        What a reader must know, in words.
    """

    PICTURES: ClassVar[Mapping[str, str]] = {
        "difference": "frontporch.deepening.offers.pictures:plot_trial"
    }

    arms: tuple[str, str]
    goal: str
    weeks: float
    pairs: tuple[int, int]
    shares: tuple[tuple[float, float, float], tuple[float, float, float]]
    difference: float
    lower: float
    upper: float
    estimator: str
    level: float = 0.95
    notes: tuple[str, ...] = ()

    @property
    def says(self) -> str:
        """Which arm had more, from the interval, or that it cannot be told."""
        if above(self.lower, 0):
            return f"more {self.goal}s {self.arms[1]}"
        if above(0, self.upper):
            return f"fewer {self.goal}s {self.arms[1]}"
        return "cannot tell"

    def interval(self, name: str = "difference") -> tuple[float, float]:
        """Give the limits of the difference, or of the share in one arm."""
        limits = {"difference": (self.lower, self.upper)}
        limits |= {arm: share[1:] for arm, share in zip(self.arms, self.shares, strict=True)}
        return limits[pick(name, limits, "number")]

    def summary(self) -> pd.DataFrame:
        """Show both arms and their difference as a frame."""
        rows = [
            (name, n, *share)
            for name, n, share in zip(self.arms, self.pairs, self.shares, strict=True)
        ]
        rows.append(("difference", sum(self.pairs), self.difference, self.lower, self.upper))
        return pd.DataFrame(rows, columns=["arm", "pairs", "share", "lower", "upper"])


@cited
def trial(
    spells: pd.DataFrame,
    goal: str = "friend",
    weeks: float = 26.0,
    *,
    by: str = "arm",
    arms: tuple[str, str] = ARMS,
    level: float = 0.95,
) -> TrialResult:
    """Estimate the difference in the share that reached a goal by some week.

    Parameters
    ----------
    spells : pandas.DataFrame
        The `spells` contract with a column that names the arm. Everyone counts in the arm
        that the coin chose, whether or not the offer was taken (intention to treat).
    goal : str
        The stage to be reached.
    weeks : float
        By when, not past the last observation.
    by : str
        Column of the arms.
    arms : tuple of two str
        As usual, and what was tried.
    level : float
        Confidence level.

    Returns
    -------
    TrialResult

    Raises
    ------
    ValueError
        If an arm is missing or was not observed so long.

    Notes
    -----
    Cumulative incidence (Aalen & Johansen 1978), so losses compete and censored pairs count
    as long as they were seen; the interval of the difference from those of the arms (Zou &
    Donner 2008). An arm in which nobody reached it, or everybody, has Wilson's (1927).

    Examples
    --------
    >>> from frontporch.deepening.offers import OfferModel
    >>> trial(OfferModel().randomise(pairs=1_000, seed=7)).says
    'more friends from the first visit'
    """
    if by not in spells.columns:
        raise ValueError(f"the spells have no column {by!r}. {nearest(by, spells.columns)}")
    groups = read_spells(spells, by, stage_names(spells))
    found, few = [], False
    in_arms = [groups[pick(arm, groups, "arm")] for arm in arms]
    for arm, one in zip(arms, in_arms, strict=True):
        curve = reach(one, goal, level)
        if weeks > curve.last:
            raise ValueError(
                f"weeks is {as_given(weeks)}, but arm {arm!r} was observed to week "
                f"{as_given(curve.last)}."
            )
        row = curve.at(weeks).set_index("stage").loc[goal]
        found.append(curve.share(goal, weeks))
        few |= bool(row["note"])
    usual, tried = found
    value, lower, upper = difference(tried, usual)
    notes = (f"fewer than {FEWEST_EVENTS} reached {goal} in an arm",) if few else ()
    return TrialResult(
        (arms[0], arms[1]),
        goal,
        float(weeks),
        (in_arms[0].pairs, in_arms[1].pairs),
        (usual, tried),
        value,
        lower,
        upper,
        "difference of cumulative incidences, intention to treat",
        level,
        notes,
    )
