"""Offers and messages: how steps and losses follow from how often a shop gets in touch."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ...deepening.offers import OfferModel
from ..acts import Acts
from ..luck import Floats
from ..state import OLDEST, Week
from ..world import World

IDEAL = (0.4, 1.0)
"""Ideal messages a week of people who do not want a closer relationship, and of those who do."""
RIPENING, ANNOYS = 6.0, 12.0
"""Where an early offer annoys: weeks until the ideal is nearly reached, and how many times as much
contact above it costs until then."""
AS_HEAVY = 0.3
"""How heavily a message that was made for the person weighs against the ideal."""
SHARED = 0.25
"""How fast the attention that a message gets falls with the messages of all shops."""
CENTS = 2


@lru_cache(maxsize=512)
def effects(world: World, begins: int, messages: float) -> Floats:
    """Give what contact does, by who wants closeness and by weeks since the first meeting.

    Parameters
    ----------
    world : World
        The town's rules.
    begins : int
        Weeks after the first meeting with the first offer.
    messages : float
        Messages a week from then on.

    Returns
    -------
    numpy.ndarray of float, shape (3, 2, weeks)
        How many times as fast people come closer, how many times as fast they are lost to
        others, and the rate per week of losing them by too much contact: `OfferModel.hazards`.
    """
    weeks = np.arange(OLDEST + 1)
    contacts = np.where(weeks >= begins, messages, 0.0)
    early = world.true("2.4")
    found = []
    for ideal in IDEAL:
        model = OfferModel(
            befriend=1.0,
            competitor=1.0,
            offer_ratio=1 + world.offer_gain,
            hold_ratio=1 - world.wait_loss if early else 1.0,
            pushed=world.over_contact,
            ideal=ideal,
            ripening=0.0 if early else RIPENING,
        )
        # Counted from the week after, as the ideal of the first moment is no contact at all.
        hazards = model.hazards(weeks + 1.0, contacts).reshape(3, -1)
        hazards[2] *= np.where(weeks < RIPENING, 1.0 if early else ANNOYS, 1.0)
        found.append(hazards)
    return np.stack(found, axis=1)


def of_shop(world: World, acts: Acts) -> tuple[Floats, Floats, Floats]:
    """Give what a shop's contact does: steps, losses, and losses by too much of it.

    The last has a row for people who get any message, and one for those who get their own.
    """
    steps, losses, pushed = effects(world, acts.offer_week, float(acts.messages))
    own = effects(world, acts.offer_week, float(acts.messages) * AS_HEAVY)[2]
    return steps, losses, np.stack([pushed, own])


def read(week: Week) -> Floats:
    """Send the messages, and give how many times as often their readers choose the shop."""
    begun = week.state.age >= week.by_person(week.each("offer_week"))
    messages = week.each("messages", float)
    sent = (week.known & begun) * week.by_person(messages)
    written = np.rint(week.arms.total(week.arms.counted(sent > 0) * messages))
    week.media += CENTS * written.astype(np.int64)
    total = sent[0].copy()
    for one in sent[1:]:
        total += one
    attention = sent / (1.0 + SHARED * total)
    gain = week.world.message_gain * (1.5 if week.world.true("3.1") else 1.0)
    if week.world.true("4.6") and any(one.targeted for one in week.arms.acts):
        own = targeted(week)
        attention *= 1.0 + (week.world.target_gain - 1.0) * own
    return 1.0 + gain * attention


def targeted(week: Week) -> Floats:
    """Say who gets messages of their own: 1 or 0 for each shop and person."""
    return (week.state.data & week.by_person(week.each("targeted"))).astype(float)
