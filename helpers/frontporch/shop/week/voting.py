"""Customers vote on the assortment, and the shop follows."""

from __future__ import annotations

import numpy as np

from ...counting import bincount
from ..luck import Floats
from ..people import KINDS
from ..state import Week

EVERY, CENTS = 8, 40_000
FOLLOWS = 0.5
"""How far the assortment goes towards the votes, each time."""


def vote(week: Week) -> Floats:
    """Let buyers and friends vote; give each shop's shares of the kinds afterwards.

    Notes
    -----
    Those whose choice won come closer, and nobody else: Fuchs, Prandelli & Schreier (2010),
    Journal of Marketing 74(1), read as an abstract.
    """
    found = week.state.assortment.copy()
    if not week.every(EVERY):
        return found
    for shop, acts in enumerate(week.acts):
        if not acts.vote:
            continue
        week.media[shop] += CENTS
        voters = np.flatnonzero(week.customers[shop])
        if not len(voters):
            continue
        votes = bincount(week.town.kind[voters], minlength=KINDS)
        found[shop] += FOLLOWS * (votes / len(voters) - found[shop])
        if week.world.true("tuning"):
            won = week.town.kind[voters] == votes.argmax()
            week.warmer[shop, voters[won]] += week.world.vote_gain
    return found
