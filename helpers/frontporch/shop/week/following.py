"""Fans of a page: of their own accord, and because others are (Bass)."""

from __future__ import annotations

import numpy as np

from ..luck import Ints, Purpose, happens
from ..state import Week

DRIVE = 3.0
"""How many times as many become fans where everybody is asked."""


def new_fans(week: Week) -> Ints:
    """Give who becomes a fan this week, as shop × people + person.

    Notes
    -----
    The rate is p + q F, with F the share of those who could be fans and are. Source: Bass (1969),
    Management Science 15:215-227.
    """
    if not week.has_page.any():
        return np.zeros(0, np.intp)
    could = week.known & week.online & week.has_page[:, None]
    there = np.maximum(np.count_nonzero(could, axis=1), 1)
    are = np.count_nonzero(could & week.state.fan, axis=1)
    rate = week.world.fan_own + week.world.fan_copy * (are / there)
    candidates = np.flatnonzero(could & ~week.state.fan)
    drive = np.where(week.each("fan_drive"), DRIVE, 1.0)
    rates = rate[candidates // week.town.size] * week.at(drive, candidates)
    coin = week.luck.some(week.number, Purpose.FAN, candidates)
    return candidates[happens(coin, rates)]
