"""Immortal time: why an offer without any effect can look as if it kept customers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

import numpy as np
import pandas as pd

from ...citing import cited
from ...names import pick
from ...result import Result
from .hazard import OfferEffect, offer_effect
from .splitting import offer_weeks, split_at_offer, stage_began


@dataclass(frozen=True)
class ImmortalTime(Result):
    """The same spells read wrongly and rightly.

    Parameters
    ----------
    ever_offered : OfferEffect
        Wrong: whoever ever got an offer counts as offered from the first week on.
    from_the_offer_on : OfferEffect
        Right: weeks before the offer count as weeks without it.
    """

    PICTURES: ClassVar[Mapping[str, str]] = {
        "readings": "frontporch.deepening.offers.pictures:plot_immortal_time"
    }

    ever_offered: OfferEffect
    from_the_offer_on: OfferEffect

    @property
    def immortal_weeks(self) -> float:
        """Weeks before the offer that the wrong reading counts as weeks under it."""
        return self.ever_offered.weeks[1] - self.from_the_offer_on.weeks[1]

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know, in words."""
        return tuple(dict.fromkeys(self.ever_offered.notes + self.from_the_offer_on.notes))

    def interval(self, name: str = "from the offer on") -> tuple[float, float]:
        """Give the limits of the hazard ratio by one of the readings."""
        readings = {
            "ever offered": self.ever_offered,
            "from the offer on": self.from_the_offer_on,
        }
        return readings[pick(name, readings, "reading")].interval()

    def summary(self) -> pd.DataFrame:
        """Show both readings as a frame, one row each."""
        both = pd.concat(
            [self.ever_offered.summary(), self.from_the_offer_on.summary()], ignore_index=True
        )
        both.insert(0, "reading", ["ever offered", "from the offer on"])
        return both


@cited
def immortal_time(
    spells: pd.DataFrame,
    outcome: str | Sequence[str] = "competitor",
    *,
    stage: str = "stranger",
    level: float = 0.95,
) -> ImmortalTime:
    """Show the trap: the same spells with "ever offered" coded from the start, and split.

    Parameters
    ----------
    spells : pandas.DataFrame
        The `spells` contract with `offered_at`.
    outcome, stage, level
        As in `offer_effect`.

    Returns
    -------
    ImmortalTime

    Notes
    -----
    Source: Suissa (2008), American Journal of Epidemiology 167:492-499.

    Examples
    --------
    >>> from frontporch.deepening.offers import OfferModel
    >>> model = OfferModel.without_effect(befriend=0.0, competitor=0.1)
    >>> both = immortal_time(model.simulate(pairs=4_000, weeks=200, seed=7, step=200))
    >>> both.ever_offered.upper < 0.4, 0.9 < both.from_the_offer_on.hazard_ratio < 1.1
    (True, True)
    """
    wrong, right = ever_offered(spells), split_at_offer(spells)
    return ImmortalTime(
        *(offer_effect(one, outcome, stage=stage, level=level) for one in (wrong, right))
    )


def ever_offered(spells: pd.DataFrame) -> pd.DataFrame:
    """Mark pairs as offered from their first week on if they ever were: the trap, on purpose.

    Whoever was lost early had no time to get an offer. Coded like this the weeks before the
    offer, which only those who stayed could have, count as weeks under the offer.

    Parameters
    ----------
    spells : pandas.DataFrame
        As in `split_at_offer`.

    Returns
    -------
    pandas.DataFrame
        The same rows with `offered` (1 in all rows of a pair whose offer came before it was
        last seen) and `since`.

    Examples
    --------
    >>> spells = pd.DataFrame({"pair": ["ann", "bob"], "stage": "stranger", "entered": [0, 0],
    ...     "left": [9.0, 4.0], "next_stage": ["friend", "lost"], "offered_at": [5.0, np.nan]})
    >>> ever_offered(spells)["offered"].tolist()
    [1, 0]
    """
    week = offer_weeks(spells)
    pair = pd.factorize(spells["pair"])[0]
    last = np.zeros(pair.max() + 1)
    np.maximum.at(last, pair, spells["left"].to_numpy(float))
    return spells.assign(
        offered=(week < last[pair]).astype(int), since=stage_began(spells)
    ).reset_index(drop=True)


def naive_hazard_ratio(offer_after: float = 10.0, lost_after: float = 10.0) -> float:
    """Give what the wrong reading finds in many strangers where the offer does nothing at all.

    Parameters
    ----------
    offer_after, lost_after : float
        Mean weeks until the offer and until the loss, above 0; both are exponential and
        independent, and everyone is followed to the loss.

    Returns
    -------
    float
        The hazard ratio to which "ever offered" tends; the truth is 1.

    Notes
    -----
    With x = e^(−t/lost_after), of those still there at t a share π = c·x^(lost_after/
    offer_after) never gets an offer, c = offer_after/(offer_after + lost_after). Cox's score
    is zero where ∫₀¹ r(1 − π)/(r(1 − π) + π) dx is 1 − c, the share of losses among the ever
    offered (own derivation).

    Examples
    --------
    >>> round(naive_hazard_ratio(10, 10), 3)
    0.274
    """
    for name, value in (("offer_after", offer_after), ("lost_after", lost_after)):
        if not (value > 0 and np.isfinite(value)):
            raise ValueError(
                f"{name} is {value!r}, but must be a number of weeks above 0, such as 10."
            )
    from scipy import optimize

    never = offer_after / (offer_after + lost_after)
    nodes, weights = _gauss_legendre()
    # Substituting x = y^k flattens the steep end of either power.
    y, k = (nodes + 1) / 2, max(1.0, offer_after / lost_after)
    pi = never * y ** (k * lost_after / offer_after)
    weight = weights / 2 * k * y ** (k - 1)

    def excess(log_ratio: float) -> float:
        offered = np.exp(log_ratio) * (1 - pi)
        return float((weight * offered / (offered + pi)).sum() - (1 - never))

    return float(np.exp(optimize.brentq(excess, -50, 5, xtol=1e-12)))


@cache
def _gauss_legendre() -> tuple[np.ndarray, np.ndarray]:
    return np.polynomial.legendre.leggauss(80)
