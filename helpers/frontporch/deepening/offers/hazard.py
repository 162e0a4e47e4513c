"""What an offer does to a hazard, with the offer as a time-dependent covariate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...citing import cited
from ...names import nearest, pick
from ...result import Result
from ...stats.intervals import FEWEST_EVENTS
from ...stats.two_groups import two_groups


@dataclass(frozen=True)
class OfferEffect(Result):
    """How many times as fast pairs move once they have an offer.

    Parameters
    ----------
    outcome : str
        The move, such as "competitor".
    hazard_ratio, lower, upper : float
        With the offer by without it, and limits; 1 is no effect.
    log_hazard_ratio, standard_error : float
        On the scale on which the interval is made.
    events : tuple of two int
        Moves without and with an offer.
    weeks : tuple of two float
        Weeks at risk without and with an offer.
    log_likelihood : float
        Partial log-likelihood at the estimate.
    estimator : str
        Name of the estimator.
    level : float
        Confidence level.
    notes : tuple of str
        What a reader must know, in words.
    """

    outcome: str
    hazard_ratio: float
    lower: float
    upper: float
    log_hazard_ratio: float
    standard_error: float
    events: tuple[int, int]
    weeks: tuple[float, float]
    log_likelihood: float
    estimator: str
    level: float = 0.95
    notes: tuple[str, ...] = ()

    def interval(self, name: str = "hazard_ratio") -> tuple[float, float]:
        """Give the limits of the hazard ratio."""
        pick(name, ("hazard_ratio",), "number")
        return self.lower, self.upper

    def summary(self) -> pd.DataFrame:
        """Show the effect as one row of a frame."""
        return pd.DataFrame(
            [
                (
                    self.outcome,
                    self.hazard_ratio,
                    self.lower,
                    self.upper,
                    *self.events,
                    *self.weeks,
                    self.estimator,
                    " ".join(self.notes),
                )
            ],
            columns=[
                "outcome",
                "hazard_ratio",
                "lower",
                "upper",
                "events_without",
                "events_with",
                "weeks_without",
                "weeks_with",
                "estimator",
                "note",
            ],
        )


@cited
def offer_effect(
    pieces: pd.DataFrame,
    outcome: str | Sequence[str],
    *,
    stage: str = "stranger",
    clock: str = "contact",
    level: float = 0.95,
) -> OfferEffect:
    """Estimate the hazard ratio of an offer by Cox regression with delayed entry.

    Parameters
    ----------
    pieces : pandas.DataFrame
        What `split_at_offer` returns: `entered`, `left`, `offered`, `next_stage`.
    outcome : str or sequence of str
        The next stage, or several that count as one; other moves count as censored, so this
        is a cause-specific hazard.
    stage : str
        The stage that is left.
    clock : {"contact", "stage"}
        Weeks since first contact, or since the stage was entered; pieces of which nobody
        knows when it was are left out of the second, and a note counts them.
    level : float
        Confidence level.

    Returns
    -------
    OfferEffect

    Raises
    ------
    ValueError
        If the pieces are none, or nobody moves. Where all moves are with an offer, or all
        without, there is one limit only, and a note.

    Notes
    -----
    Partial likelihood with one 0/1 covariate that changes at the offer: at each move, offered
    pairs are compared with those not yet offered that week. For an offer beside other
    covariates give the columns of the pieces to `stats.cox`. Source: Cox (1972), JRSS B
    34:187-220; Andersen & Gill (1982), Annals of Statistics 10:1100-1120.

    Examples
    --------
    >>> from frontporch.deepening.offers import OfferModel, split_at_offer
    >>> pieces = split_at_offer(OfferModel().simulate(pairs=4_000, weeks=52, seed=7))
    >>> effect = offer_effect(pieces, "competitor")
    >>> effect.lower < 0.4 < effect.upper
    True
    """
    entry, left, offered, moved, name = at_risk(pieces, outcome, stage, clock)
    after = offered == 1
    events = int((moved & ~after).sum()), int((moved & after).sum())
    if not any(events):
        raise ValueError(f"no pair moves to {name} at all: there is no hazard ratio.")
    found = two_groups(left, offered, moved, entry=entry, level=level)
    weeks = float((left - entry)[~after].sum()), float((left - entry)[after].sum())
    ratio, lower, upper = np.exp([found.log_ratio, found.lower, found.upper]).tolist()
    gone = (
        0
        if clock == "contact"
        else int((pieces["since"].isna() & (pieces["stage"] == stage)).sum())
    )
    notes = (f"{found.note[0].upper()}{found.note[1:]}.",) if found.note else ()
    if min(events) < FEWEST_EVENTS and not notes:
        notes = (f"Fewer than {FEWEST_EVENTS} moves with or without: no interval to rely on.",)
    if gone:
        notes += (f"{gone:,} pieces are left out: nobody knows when their stage began.",)
    return OfferEffect(
        name,
        ratio,
        lower,
        upper,
        found.log_ratio,
        found.standard_error,
        events,
        weeks,
        found.log_likelihood,
        "Cox, offer as a time-dependent covariate, Efron's ties",
        level,
        notes,
    )


def at_risk(
    pieces: pd.DataFrame, outcome: str | Sequence[str], stage: str, clock: str
) -> tuple[NDArray, NDArray, NDArray, NDArray, str]:
    """Give entry, exit, offer and move of the pieces in a stage, and the name of the move."""
    for column in ("stage", "entered", "left", "next_stage", "offered", "since"):
        if column not in pieces.columns:
            raise ValueError(
                f"the pieces have no column {column!r}. {nearest(column, pieces.columns)} "
                "Make them with split_at_offer(spells)."
            )
    pick(clock, ("contact", "stage"), "clock")
    outcomes = [outcome] if isinstance(outcome, str) else list(outcome)
    for one in outcomes:
        pick(one, sorted(pieces["next_stage"].dropna().astype(str).unique()), "next stage")
    here = pieces[(pieces["stage"] == stage).to_numpy()]
    if not len(here):
        raise ValueError(f"no pair is in stage {stage!r} in this table.")
    if clock == "stage":
        here = here[here["since"].notna().to_numpy()]
        if not len(here):
            raise ValueError(
                f"nobody knows when the pairs entered stage {stage!r}: they were first seen later. "
                'Use clock="contact".'
            )
    origin = here["since"].to_numpy(float) if clock == "stage" else 0.0
    return (
        here["entered"].to_numpy(float) - origin,
        here["left"].to_numpy(float) - origin,
        here["offered"].to_numpy(int),
        here["next_stage"].isin(outcomes).to_numpy(bool),
        " or ".join(outcomes),
    )
