"""Steps between stages: a race of clocks for each shop and person, as on the ladder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ...counting import repeat
from ..acts import Acts
from ..luck import Floats, Ints, Purpose, clock
from ..people import ACQUAINTANCE, BUYER, FRIEND, LOST, STRANGER, UNMET
from ..state import OLDEST, Week
from ..world import World
from . import contact
from .meeting import CAUSES, Meeting

WARMEST, COLDEST = 3.0, -0.9
LOYAL_AT = 0.03
"""The discount at which a loyalty scheme holds as the rules say."""
MOVES = (Purpose.UP, Purpose.LOSS, Purpose.BACK)
STAGES = 6
Clocks = NDArray[np.int8]
"""Which of the moves, by its place in `MOVES`."""
CELL = 2 * STAGES
"""Places of one week of age: online or not, by stage."""
CLOSE = CELL * (OLDEST + 1)
OWN = 2 * CLOSE
"""Places of one arm: who wants closeness, by age; twice, as messages may be made for one."""
TURNS = 12
BORED_WEEKS = 2


@dataclass(frozen=True)
class Moves:
    """All steps of a week, in arrays of equal length.

    Parameters
    ----------
    flat : numpy.ndarray of int
        Shop × people + person.
    before, after : numpy.ndarray of int
        The stages.
    time : numpy.ndarray of float
        When in the week, from 0 to 1.
    cause : numpy.ndarray of int
        By what somebody was met, or why somebody gave up: a position in `market.ALL_CAUSES`, which
        begins with `CAUSES`. −1 where the stages say it.
    """

    flat: Ints
    before: NDArray[np.int8]
    after: NDArray[np.int8]
    time: Floats
    cause: NDArray[np.int8]

    @classmethod
    def joined(cls, parts: Sequence[Moves]) -> Moves:
        """Put one set of steps after the other."""
        names = [one.name for one in fields(cls)]
        return cls(*(np.concatenate([getattr(one, name) for one in parts]) for name in names))


@dataclass(frozen=True)
class Rates:
    """Rates per week out of every stage, in tables that pairs are looked up in."""

    up: Floats
    loss: Floats
    back: Floats


def rates(week: Week) -> Rates:
    """Give the rates of every arm, by who a person is and how long they have known it."""
    back = climbing(week.world)[2]
    many = (len(week.arms.acts), 2, 2, OLDEST + 1, 2, STAGES)
    up, loss = np.empty(many), np.empty(many)
    for arm, acts in enumerate(week.arms.acts):
        speed, held, pushed = touched(week.world, acts)
        np.multiply(speed, _arm_up(week, arm), out=up[arm])
        np.multiply(held, _arm_hold(week, arm), out=loss[arm])
        loss[arm] += pushed
    return Rates(up.ravel(), loss.ravel(), back)


@lru_cache(maxsize=64)
def climbing(world: World) -> tuple[Floats, Floats, Floats]:
    """Give the ladder's rates: up and lost by (online, stage), back by stage."""
    ladder = world.ladder()
    names = ("stranger", "acquaintance", "buyer", "friend")
    back = np.zeros(STAGES)
    up, loss = np.zeros((2, STAGES)), np.zeros((2, STAGES))
    for k, channel in enumerate(("offline", "online")):
        q = ladder.rates_of(channel)
        up[k, LOST] = world.returns
        for stage, name in enumerate(names, start=STRANGER):
            up[k, stage] = q.get((name, names[stage]), 0.0) if stage < FRIEND else 0.0
            loss[k, stage] = q.get((name, "lost"), 0.0)
            if stage >= BUYER:
                back[stage] = q.get((name, names[stage - 2]), 0.0)
    return up, loss, back


@lru_cache(maxsize=256)
def touched(world: World, acts: Acts) -> tuple[Floats, Floats, Floats]:
    """Give the ladder's rates as a shop's contact changes them, and losses by too much of it.

    Axes: whether messages are made for the person, closeness, weeks, online, stage.
    """
    steps, held, pushed = contact.of_shop(world, acts)
    up, loss, _ = climbing(world)
    lost = held[:, :, None, None] * loss
    # Who only talked of the weather online is soon gone.
    lost[:, :BORED_WEEKS, 1, STRANGER] += world.bored
    met = np.array([STRANGER <= stage <= FRIEND for stage in range(STAGES)])
    speed = np.where(met, steps[:, :, None, None], 1.0) * up
    return speed[None], lost[None], pushed[..., None, None] * met


def _arm_up(week: Week, arm: int) -> Floats:
    """Give how much faster the acts of an arm make the steps, by (online, stage)."""
    world, acts = week.world, week.arms.acts[arm]
    found = np.ones((2, STAGES))
    if week.on_web[arm]:
        answered = week.state.answered[week.arms.shop[arm]]
        found[1, STRANGER : BUYER + 1] *= 1.0 + world.onlook * answered
        if acts.letters == "picked":
            lift = world.letters_gain * (1.0 if world.true("0.6") else -0.3)
            found[1, STRANGER : BUYER + 1] *= 1.0 + lift
        if acts.help == "ask" and world.true("2.5"):
            found[1, STRANGER:BUYER] *= 1.0 + world.help_gain
    return found


def _arm_hold(week: Week, arm: int) -> Floats:
    """Give how many times as fast the people of an arm are lost, by stage."""
    world, acts = week.world, week.arms.acts[arm]
    found = np.ones(STAGES)
    found[BUYER:LOST] *= 1.0 - min(world.loyal_hold * acts.loyalty / LOYAL_AT, 0.9)
    if acts.newsletter:
        found[ACQUAINTANCE:LOST] *= 1.0 - world.news_hold
    return found


def step(week: Week, meeting: Meeting) -> Moves:
    """Let every clock run for the week; whoever moves early may move again.

    Rates stay as they are at the start of the week, so that with constant rates the stages are
    those of the ladder, a Markov process, and not of one step a week at most.
    """
    state, tables = week.state, rates(week)
    place = _places(week)
    warm = 1.0 + np.minimum(np.maximum(state.warmth, COLDEST), WARMEST)
    up = tables.up.take(place)
    up *= warm
    unmet = state.stage == UNMET
    up += unmet * meeting.rates(week.online)
    loss = tables.loss.take(place)
    loss /= warm
    back = tables.back.take(state.stage)
    stage, place, warm = state.stage.ravel(), place.ravel(), warm.ravel()
    flat, which, time = _first(week, (up.ravel(), loss.ravel(), back.ravel()))
    moved = [_moved(week, meeting, flat, stage[flat], which, time)]
    while len(flat) and len(moved) < TURNS:
        last = moved[-1]
        here = place[flat] - stage[flat] + last.after
        rate = (
            tables.up.take(here) * warm[flat],
            tables.loss.take(here) / warm[flat],
            tables.back.take(last.after),
        )
        kept, which, spent = _next(week, flat, rate, 1.0 - last.time, len(moved))
        moved.append(
            _moved(week, meeting, flat[kept], last.after[kept], which, last.time[kept] + spent)
        )
        # Places are looked up by the stage at the start of the week.
        flat = flat[kept]
    return Moves.joined(moved)


def _places(week: Week) -> Ints:
    """Give where in the tables each shop and person is looked up."""
    state = week.state
    fast = week.online
    if week.world.true("2.3"):
        fast = fast & week.by_person(week.on_web)
    place = state.age.astype(np.intp) * CELL
    place += state.stage
    place += week.town.close * CLOSE
    place += fast * STAGES
    place += week.arms.of * (2 * OWN)
    if any(one.targeted for one in week.arms.acts):
        place += (state.data & week.by_person(week.each("targeted"))) * OWN
    return place


def _first(week: Week, rate: tuple[Floats, Floats, Floats]) -> tuple[Ints, Clocks, Floats]:
    """Give who moves first, by which clock, and when."""
    coins = [week.luck.pairs(week.number, purpose).ravel() for purpose in MOVES]
    # A clock is never less than its coin, so that few logarithms are needed.
    near = [np.flatnonzero(coin < one) for coin, one in zip(coins, rate, strict=True)]
    place = np.concatenate(near)
    when = clock(np.concatenate([coin[at] for coin, at in zip(coins, near, strict=True)]))
    when /= np.concatenate([one[at] for one, at in zip(rate, near, strict=True)])
    kind = repeat(np.arange(len(MOVES), dtype=np.int8), [len(at) for at in near])
    best = np.full(len(rate[0]), np.inf)
    which = np.zeros(len(rate[0]), np.int8)
    np.minimum.at(best, place, np.where(when < 1.0, when, np.inf))
    first = (when == best[place]) & (when < 1.0)
    which[place[first]] = kind[first]
    flat = np.flatnonzero(best < np.inf)
    return flat, which[flat], best[flat]


def _next(
    week: Week, flat: Ints, rate: tuple[Floats, Floats, Floats], left: Floats, turn: int
) -> tuple[Ints, Clocks, Floats]:
    """Give who of those that moved moves again in what is left of the week."""
    coins = week.luck.several(week.number, MOVES, flat, turn)
    with np.errstate(divide="ignore", invalid="ignore"):
        times = clock(coins) / np.stack(rate)  # no rate, no hurry: never
    which = times.argmin(axis=0)
    spent = times[which, np.arange(len(flat))]
    kept = np.flatnonzero(spent < left)
    return kept, which[kept].astype(np.int8), spent[kept]


def _moved(
    week: Week, meeting: Meeting, flat: Ints, before: Clocks, which: Clocks, time: Floats
) -> Moves:
    people = week.town.size
    after = np.where(
        which == 0,
        np.where(before == LOST, STRANGER, before + 1),
        np.where(which == 1, LOST, before - 1),
    ).astype(np.int8)
    cause = np.full(len(flat), -1, np.int8)
    met = np.flatnonzero(before == UNMET)
    if len(met):
        shop, person = np.divmod(flat[met], people)
        parts = np.cumsum(meeting.parts(shop, person, week.online), axis=0)
        cut = week.luck.some(week.number, Purpose.CAUSE, flat[met]) * parts[-1]
        cause[met] = np.minimum((parts <= cut).sum(axis=0), len(CAUSES) - 1)
    return Moves(flat, before.astype(np.int8), after, time, cause)
