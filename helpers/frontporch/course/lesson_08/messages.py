"""Targeted or generic messages, by how far people are in their search."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from ...fans.returns.assumptions import Assumptions, assumed
from ...names import pick
from ...streams import Seed, generator

WHOM = ("anybody", "narrowed first")
STAGES = ("broad", "narrowed")


@dataclass(frozen=True)
class Messages(Assumptions):
    """People who get one message each: the same for all, or one made for what they looked at.

    Parameters
    ----------
    people : float
        How many get a message.
    narrowed : float
        Share of people who know what kind of thing they want; the others still look around.
    broad_generic, broad_targeted, narrowed_generic, narrowed_targeted : float
        Probability of buying, by stage of the search and by message.
    margin : float
        Money left of a purchase.
    generic_cost, targeted_cost : float
        Of one message.
    setup : float
        Cost of being able to target at all.

    Notes
    -----
    Every number is assumed. The direction of the defaults, a targeted message worse than a
    generic one while people look around and equal to it once they know what they want, is that
    of a field experiment with 77,937 people (Lambrecht & Tucker 2013); the sizes are not
    theirs.
    """

    people: float = assumed(10_000, "people", ends="()")
    narrowed: float = assumed(0.20, "share", 0.0, 1.0, ends="[]")
    broad_generic: float = assumed(0.010, "share", 0.0, 1.0, ends="[]")
    broad_targeted: float = assumed(0.007, "share", 0.0, 1.0, ends="[]")
    narrowed_generic: float = assumed(0.030, "share", 0.0, 1.0, ends="[]")
    narrowed_targeted: float = assumed(0.030, "share", 0.0, 1.0, ends="[]")
    margin: float = assumed(20.0, "dollars per purchase", ends="()")
    generic_cost: float = assumed(0.01, "dollars per message")
    targeted_cost: float = assumed(0.03, "dollars per message")
    setup: float = assumed(0.0, "dollars")

    @property
    def gain(self) -> pd.Series:
        """Money gained per person, by stage, where a targeted message takes a generic one's place.

        Examples
        --------
        >>> Messages().gain.round(3).to_dict()
        {'broad': -0.08, 'narrowed': -0.02}
        """
        dearer = self.targeted_cost - self.generic_cost
        return pd.Series(
            {
                "broad": (self.broad_targeted - self.broad_generic) * self.margin - dearer,
                "narrowed": (self.narrowed_targeted - self.narrowed_generic) * self.margin - dearer,
            }
        )

    def net(self, targeted: ArrayLike, whom: str = "anybody") -> pd.DataFrame:
        """Give purchases and net return by the share of people who get a targeted message.

        Parameters
        ----------
        targeted : array_like of float
            Shares from 0 to 1; the others get the generic message.
        whom : str
            "anybody": drawn by lot; "narrowed first": as if one saw who knows what to look for.

        Returns
        -------
        pandas.DataFrame
            `targeted`, `purchases`, `cost`, `net` (money), `against_generic` (net less that of
            the same message for all).
        """
        share = np.atleast_1d(np.asarray(targeted, float))
        if not ((share >= 0) & (share <= 1)).all():
            raise ValueError(f"targeted is {targeted!r}, but shares from 0 to 1 are needed.")
        known = pick(whom, WHOM, "choice of whom to target") == "narrowed first"
        narrow = np.minimum(share, self.narrowed) if known else share * self.narrowed
        broad = share - narrow
        bought = self.people * (
            self.narrowed * self.narrowed_generic
            + (1 - self.narrowed) * self.broad_generic
            + narrow * (self.narrowed_targeted - self.narrowed_generic)
            + broad * (self.broad_targeted - self.broad_generic)
        )
        each = share * self.targeted_cost + (1 - share) * self.generic_cost
        cost = self.people * each + self.setup * (share > 0)
        gained = self.people * (narrow * self.gain["narrowed"] + broad * self.gain["broad"])
        return pd.DataFrame(
            {
                "targeted": share,
                "purchases": bought,
                "cost": cost,
                "net": bought * self.margin - cost,
                "against_generic": gained - self.setup * (share > 0),
            }
        )

    def flips(self) -> pd.DataFrame:
        """Give where the advice flips: where a targeted message for all equals a generic one.

        Returns
        -------
        pandas.DataFrame
            One row an assumption, the others as they are: `assumption`, `now`, `flips_at`, and
            `reached` (whether that value is possible). Missing where it makes no difference.
        """
        a, w = self.setup / self.people, self.narrowed
        broad, narrow = self.gain["broad"], self.gain["narrowed"]
        total = w * narrow + (1 - w) * broad - a  # per person, of all targeted against none
        slopes = {
            "narrowed": narrow - broad,
            "narrowed_targeted": w * self.margin,
            "broad_targeted": (1 - w) * self.margin,
            "targeted_cost": -1.0,
        }
        rows = []
        for name, slope in slopes.items():
            now = getattr(self, name)
            at = now - total / slope if slope else np.nan
            top = np.inf if name == "targeted_cost" else 1.0
            rows.append((name, now, at, bool(0 <= at <= top)))
        return pd.DataFrame(rows, columns=["assumption", "now", "flips_at", "reached"])

    def simulate(self, seed: Seed) -> pd.DataFrame:
        """Draw an experiment: `stage`, `message` (by a coin), `bought`. Synthetic.

        Examples
        --------
        >>> Messages(people=4).simulate(7)["message"].value_counts().tolist()
        [2, 2]
        """
        rng, n = generator(seed), round(self.people)
        narrow = rng.random(n) < self.narrowed
        targeted = rng.permutation(n) < n // 2
        chance = np.where(
            narrow,
            np.where(targeted, self.narrowed_targeted, self.narrowed_generic),
            np.where(targeted, self.broad_targeted, self.broad_generic),
        )
        return pd.DataFrame(
            {
                "stage": np.where(narrow, *STAGES[::-1]),
                "message": np.where(targeted, "targeted", "generic"),
                "bought": rng.random(n) < chance,
            }
        )
