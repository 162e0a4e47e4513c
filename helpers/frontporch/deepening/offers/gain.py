"""What an offer in some week is expected to gain, with its interval."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ...citing import cited
from ...counting import bincount
from ...names import pick
from ...result import Result
from ...rounding import as_given
from ...stats.intervals import FEWEST_EVENTS, log_rate, normal_quantile
from .incidence import cut_at, ended
from .splitting import split_at_offer

BREAKS = (1.0, 2.0, 4.0, 8.0)
"""Weeks at which rates may change where nobody says otherwise: finer where most happens."""


@dataclass(frozen=True, eq=False)
class GainEstimate(Result):
    """Rates before and after the offer, and the gain that follows from them.

    Parameters
    ----------
    goal : str
        The outcome that is gained.
    edges : numpy.ndarray of float, shape (periods + 1,)
        Weeks between which rates are taken as constant; the last is infinite.
    outcomes : tuple of str
        The ways in which the stage ended.
    events : numpy.ndarray of float, shape (periods, 2, outcomes)
        Moves without and with an offer.
    exposure : numpy.ndarray of float, shape (periods, 2)
        Weeks at risk without and with an offer.
    last : float
        Up to when pairs were observed; infinite where nobody was left.
    log_likelihood : float
        Of the rates.
    level : float
        Confidence level; pairs are taken as independent of each other.
    estimator : str
        Name of the estimator.
    notes : tuple of str
        What a reader must know, in words.
    """

    PICTURES: ClassVar[Mapping[str, str]] = {
        "gain": "frontporch.deepening.offers.pictures:plot_gain"
    }

    goal: str
    edges: NDArray[np.float64]
    outcomes: tuple[str, ...]
    events: NDArray[np.float64]
    exposure: NDArray[np.float64]
    last: float
    log_likelihood: float
    level: float = 0.95
    estimator: str = "occurrence-exposure rates, offer as a time-dependent covariate"
    notes: tuple[str, ...] = ()

    @property
    def rates(self) -> NDArray[np.float64]:
        """Rates per week, shape (periods, 2, outcomes); missing where nobody was at risk."""
        weeks = self.exposure[..., None]
        return np.divide(self.events, weeks, out=np.full_like(self.events, np.nan), where=weeks > 0)

    def summary(self) -> pd.DataFrame:
        """Show every rate with its interval, one row a period, offer and outcome."""
        period, offered, outcome = (one.ravel() for one in np.indices(self.events.shape))
        rate, count = self.rates.ravel(), self.events.ravel()
        lower, upper = log_rate(rate, count, self.level)
        few = f"fewer than {FEWEST_EVENTS} events: do not rely on the interval"
        return pd.DataFrame(
            {
                "from_week": self.edges[period],
                "to_week": self.edges[period + 1],
                "offered": offered,
                "next_stage": np.array(self.outcomes, object)[outcome],
                "events": count.astype(int),
                "weeks_at_risk": self.exposure[period, offered],
                "rate": rate,
                "lower": lower,
                "upper": upper,
                "note": np.where(count < FEWEST_EVENTS, few, ""),
            }
        )

    def at(
        self, offered: ArrayLike, weeks: float = 52.0, *, against: float = math.inf
    ) -> pd.DataFrame:
        """Give the expected gain of an offer in given weeks, against none or another week.

        Parameters
        ----------
        offered : array_like of float
            Weeks of the offer since first contact.
        weeks : float
            The horizon: who has reached the goal by then counts.
        against : float
            Week of the offer that it is compared with; infinity is no offer. With 0 the gain
            is what waiting changes.

        Returns
        -------
        pandas.DataFrame
            One row an offer: `offered`, `share` (of strangers who reach the goal by then),
            `gain` (less that share with the other offer), `standard_error`, `lower`, `upper`,
            `note`.

        Raises
        ------
        ValueError
            If the horizon was not observed, or a rate that is needed could not be estimated.

        Notes
        -----
        By the delta method on the rates (variance: events by squared weeks at risk), the
        interval on the scale of the inverse hyperbolic tangent, where a difference of shares
        is closer to normal. It supposes that who had an offer when did not depend on who would
        become a friend.
        """
        asked = np.atleast_1d(np.asarray(offered, float))
        if not ((asked >= 0).all() and against >= 0):
            raise ValueError("offered and against must be numbers of weeks from 0 up.")
        if not 0 < weeks <= self.last:
            raise ValueError(
                f"weeks is {as_given(weeks)}, but pairs were observed to week "
                f"{as_given(self.last)}."
            )
        every, base = np.append(asked, against), len(asked)
        within = cut_at(np.minimum(self.edges, weeks), np.minimum(every, weeks))
        middle = (within[:, 1:] + within[:, :-1]) / 2
        period = np.clip(np.searchsorted(self.edges, middle, side="right") - 1, 0, None)
        state = (middle >= every[:, None]).astype(int)
        long = np.diff(within) > 0
        missing = long & (self.exposure[period, state] == 0)
        if missing.any():
            p, k = (one[missing][0] for one in (period, state))
            raise ValueError(
                f"nobody was at risk {('without', 'with')[k]} an offer from week "
                f"{as_given(self.edges[p])} to {as_given(self.edges[p + 1])}: choose wider breaks."
            )
        goal = self.outcomes.index(self.goal)

        def share(rates: NDArray) -> NDArray:
            return ended(within, np.moveaxis(rates[period, state], -1, 0))[goal]

        rates = np.nan_to_num(self.rates)
        found, variance = share(rates), np.zeros(base)
        for place in zip(*np.nonzero(self.events), strict=True):
            step = np.zeros_like(rates)
            step[place] = 1e-4 * rates[place]
            slope = (share(rates + step) - share(rates - step)) / (2 * step[place])
            error = rates[place] / np.sqrt(self.events[place])
            variance += ((slope[:-1] - slope[-1]) * error) ** 2
        gain, error = found[:-1] - found[-1], np.sqrt(variance)
        # Two shares differ by less than 1, and so do the limits.
        width = normal_quantile(self.level) * error / (1 - gain**2)
        lower, upper = (np.tanh(np.arctanh(gain) + sign * width) for sign in (-1, 1))
        # Before the earlier offer both are the same: what comes after carries the difference.
        after = self.edges[1:] > np.minimum(asked, against)[:, None]
        behind = (after & (self.edges[:-1] < weeks)) @ self.events[..., goal]
        few = f"fewer than {FEWEST_EVENTS} moves with or without: do not rely on the interval"
        return pd.DataFrame(
            {
                "offered": asked,
                "share": found[:-1],
                "gain": gain,
                "standard_error": error,
                "lower": lower,
                "upper": upper,
                "note": np.where(behind.min(axis=1) < FEWEST_EVENTS, few, ""),
            }
        )


@cited
def fit_gain(
    spells: pd.DataFrame,
    goal: str = "friend",
    *,
    breaks: Sequence[float] = BREAKS,
    stage: str = "stranger",
    level: float = 0.95,
) -> GainEstimate:
    """Estimate what an offer does to every rate, and so what it gains in which week.

    Parameters
    ----------
    spells : pandas.DataFrame
        The `spells` contract with `offered_at`; stays are split at the offer here.
    goal : str
        The next stage that is gained.
    breaks : sequence of float
        Weeks since first contact at which all rates may change. Without any, ``()``, an offer
        is supposed to be worth the same in every week; more of them are nearer to the truth
        and less sure. Where the harm of an offer fades within a period, an offer at its very
        beginning looks better than it is.
    stage : str
        The stage that is left.
    level : float
        Confidence level.

    Returns
    -------
    GainEstimate

    Raises
    ------
    ValueError
        If it is no such table, breaks do not rise, or nobody had an offer.

    Examples
    --------
    >>> from frontporch.deepening.offers import OfferModel
    >>> spells = OfferModel().simulate(pairs=4_000, weeks=52, seed=7)
    >>> row = fit_gain(spells).at(0, weeks=52).iloc[0]
    >>> bool(row.lower < 0.459 < row.upper)
    True
    """
    pieces = split_at_offer(spells)
    here = pieces[(pieces["stage"] == stage).to_numpy()]
    if not len(here):
        raise ValueError(f"there is no stay in stage {stage!r} in this table.")
    normal_quantile(level)
    outcomes = tuple(sorted(here["next_stage"].dropna().astype(str).unique()))
    pick(goal, outcomes, "next stage")
    edges = np.array([0.0, *breaks, np.inf])
    if not (np.diff(edges) > 0).all():
        raise ValueError(f"breaks is {tuple(breaks)}, but must rise and be above 0.")
    entered, left = here["entered"].to_numpy(float), here["left"].to_numpy(float)
    offered = here["offered"].to_numpy(int)
    if not offered.any():
        raise ValueError("nobody had an offer: what it gains cannot be estimated.")
    events = np.zeros((len(edges) - 1, 2, len(outcomes)))
    exposure = np.zeros((len(edges) - 1, 2))
    for p, (low, high) in enumerate(pairwise(edges)):
        at_risk = np.clip(np.minimum(left, high) - np.maximum(entered, low), 0, None)
        exposure[p] = bincount(offered, at_risk, 2)
    following = pd.Index(outcomes).get_indexer(here["next_stage"].astype(object))
    moved = following >= 0
    period = np.searchsorted(edges, left, side="left") - 1
    np.add.at(events, (period[moved], offered[moved], following[moved]), 1)
    weeks = exposure[..., None]
    with np.errstate(divide="ignore", invalid="ignore"):
        likelihood = np.where(events > 0, events * np.log(events / weeks) - events, 0.0).sum()
    notes = ["Offers are taken as made without regard to who would become a friend."]
    if len(edges) == 2:
        notes.append("An offer is supposed to be worth the same in every week: no breaks.")
    if events[..., outcomes.index(goal)].sum(axis=0).min() < FEWEST_EVENTS:
        notes.append(f"Fewer than {FEWEST_EVENTS} reached {goal} with or without an offer.")
    # Where the longest stays ended in a move there is nobody of whom more could be known.
    censored = left[~moved]
    last = math.inf if not len(censored) or censored.max() < left.max() else float(left.max())
    return GainEstimate(
        goal,
        edges,
        outcomes,
        events,
        exposure,
        last,
        float(likelihood),
        level,
        notes=tuple(notes),
    )
