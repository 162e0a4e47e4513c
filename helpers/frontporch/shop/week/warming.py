"""Warmth: what makes people feel closer to a shop, or further from it, until it fades."""

from __future__ import annotations

import numpy as np

from ..luck import Ints, Purpose
from ..people import ACQUAINTANCE, FRIEND, STRANGER
from ..state import Week
from .meeting import replies

FADES = 0.85
"""What is left of warmth after a week."""
TIRES = 12.0
"""Counter hours a week at which half of their effect is used up."""
EVENT_EVERY, GUEST_CENTS, EVENT_HOURS = 8, 300, 5.0
COMES = {"loyal": 0.2, "new": 0.07}
"""Shares of those invited who come: friends, or strangers and acquaintances."""
POST_EVERY, LETTER_CENTS = 6, 60
SHRUG = 0.1
"""How much of the breach people feel where access does not oblige."""


def counter(week: Week, bought: Ints) -> None:
    """Warm those who bought at a friendlier counter."""
    hours = week.each("counter_hours", float)
    if not hours.any():
        return
    gain = week.world.counter_gain * hours / (1.0 + hours / TIRES)
    gain = gain * np.where(week.on_web, 0.6 if week.world.true("4.1") else 1.2, 1.0)
    week.warmer.ravel()[bought] += week.at(gain, bought)


def join(week: Week) -> None:
    """Warm the people who are replied to in talks of others."""
    written = replies(week)
    if not written.any():
        return
    there = max(int(np.count_nonzero(week.online)), 1)
    chance = week.by_person(np.minimum(written / there, 1.0))
    met = (week.state.stage >= STRANGER) & (week.state.stage <= FRIEND) & week.online
    replied = met & (week.luck.pairs(week.number, Purpose.REPLY) < chance)
    week.warmer += week.world.reply_gain * replied


def events(week: Week) -> Ints:
    """Hold the events; give the guests as shop × people + person."""
    if not week.every(EVENT_EVERY) or all(one.event == "none" for one in week.acts):
        return np.zeros(0, np.intp)
    stage, loyal = week.state.stage, week.each("event", lambda one: one == "loyal")
    new = week.each("event", lambda one: one == "new")
    asked = ((stage == FRIEND) & week.by_person(loyal)) | (
        (stage >= STRANGER) & (stage <= ACQUAINTANCE) & week.by_person(new)
    )
    chance = week.by_person(np.where(loyal, COMES["loyal"], COMES["new"]))
    come = asked & (week.luck.pairs(week.number, Purpose.GUEST) < chance)
    week.warmer += week.world.event_gain * come
    week.media += GUEST_CENTS * np.count_nonzero(come, axis=1)
    week.hours += week.arms.shared(EVENT_HOURS * (loyal | new))
    return np.flatnonzero(come)


def letters_by_post(week: Week) -> None:
    """Send personal letters by post; each costs something, whether or not it warms."""
    sends = week.each("post")
    if not (week.every(POST_EVERY) and sends.any()):
        return
    sent = week.known & (week.state.stage < FRIEND) & week.by_person(sends)
    week.media += LETTER_CENTS * np.count_nonzero(sent, axis=1)
    if week.world.true("3.1"):
        week.warmer += week.world.letter_gain * sent


def ask_for_data(week: Week) -> tuple[np.ndarray, np.ndarray]:
    """Give whose data the shop has at the end of the week, and who has noticed taken ones.

    Nobody is shocked twice: people notice once. Where access obliges to respect, they then have
    their data deleted, and give them to this shop no more.
    """
    access, noticed = week.world.true("access"), week.state.noticed.copy()
    asks = week.by_person(week.each("data", lambda one: one == "ask"))
    takes = week.by_person(week.each("data", lambda one: one == "take"))
    held = week.state.data & (asks | takes)
    if asks.any():
        share = week.world.agrees * (1.5 if week.world.true("4.4") else 0.8)
        agrees = week.luck.pairs(0, Purpose.CONSENT) < min(share, 1.0)
        held |= week.known & asks & agrees
    if takes.any():
        held |= week.known & takes
        now = held & takes & ~noticed
        now &= week.luck.pairs(week.number, Purpose.NOTICE) < week.world.notice
        week.warmer -= week.world.breach * (1.0 if access else SHRUG) * now
        noticed |= now
    if access:
        held &= ~noticed
    if not week.world.true("3.3"):
        week.warmer += week.world.known_gain * held
    return held, noticed
