"""People talking: who tells whom, heard in the next week."""

from __future__ import annotations

import numpy as np

from ...community import Community
from ...counting import bincount, repeat
from ..luck import Floats, Ints, Purpose
from ..people import FRIEND
from ..state import Week

GUEST_WORDS = {"loyal": (8.0, 48.0), "new": (12.0, 4.0)}
"""Words of a guest to each tie: where 3.6 does not hold, and where it does."""
PAID, MOST_PAID = 0.3, 2.0
"""How much more people talk for each dollar of a reward, and at most."""


def talkers(week: Week, bought: Ints, guests: Ints, met: Ints) -> tuple[Ints, Floats]:
    """Give who talks about which shop this week, and how many words to each tie.

    Friends and fans talk when they have bought, guests after an event, and some of those who
    have just met a shop.
    """
    stage, fan = week.state.stage.ravel(), week.state.fan.ravel()
    friend = stage[bought] == FRIEND
    tells = friend | fan[bought]
    words = np.where(friend & week.world.true("2.6"), 2.0, 1.0)[tells]
    holds = int(week.world.true("3.6"))
    by_event = {name: some[holds] for name, some in GUEST_WORDS.items()} | {"none": 0.0}
    guest = np.array([by_event[one.event] for one in week.acts])[guests // week.town.size]
    new = met[week.luck.some(week.number, Purpose.TELL, met) < week.world.tells]
    who = np.concatenate([bought[tells], guests, new])
    return who, np.concatenate([words, guest, np.ones(len(new))])


def heard(week: Week, who: Ints, words: Floats) -> tuple[Floats, Floats]:
    """Carry the words along the ties: rates of meeting a shop, on the street and online.

    Words are whole numbers, so that their sum is the same in any order.
    """
    world = week.world
    loud = world.talk_boost if world.true("3.4") else 1.0
    street, net = (_carried(week, layer, who, words) for layer in week.town.ties)
    net *= week.online
    lift = np.ones(len(week.arms.acts))
    if world.true("3.5"):
        lift += world.voice_gain * week.each("personal_voice")
    lift += np.minimum(PAID * week.each("referral", float), MOST_PAID)
    lifted = week.by_person(lift)
    street *= (world.talk_street * loud) * lifted
    net *= world.talk_online * loud * (world.stranger_boost if world.true("0.5") else 1.0)
    net *= lifted
    if world.true("0.3"):
        street *= np.where(week.online, 0.5, 1.0)
    return street, net


def _carried(week: Week, layer: Community, who: Ints, words: Floats) -> Floats:
    shops, people = week.state.stage.shape
    person = who % people
    first, ties = layer.starts[person], layer.starts[person + 1] - layer.starts[person]
    # Arcs of each talker, one after the other.
    begins = np.cumsum(ties) - ties
    arcs = np.arange(int(ties.sum())) + repeat(first - begins, ties)
    to = repeat(who - person, ties) + layer.targets[arcs]
    total = bincount(to, repeat(words, ties), minlength=shops * people)
    return total.astype(float, copy=False).reshape(shops, people)
