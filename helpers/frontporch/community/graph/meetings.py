"""Ties that grow from meetings: friends of friends, forgetting, trade shows and steady contact."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ...counting import bincount, repeat
from ...elementary import exp
from ...streams import Seed, generator
from .arrays import from_columns
from .shares import share
from .ties import Community


def triadic_closure(
    people: int = 300,
    periods: int = 200,
    *,
    meet_stranger: float = 0.01,
    meet_friend_of_friend: float = 0.05,
    forget: float = 0.02,
    seed: Seed,
) -> Community:
    """Let people meet strangers and friends of friends, and forget those they do not meet.

    Parameters
    ----------
    people : int
        How many people, from 2 up; cost grows with the ties.
    periods : int
        How many periods, from 0 up.
    meet_stranger : float
        ε, expected chance meetings of a person in a period.
    meet_friend_of_friend : float
        η, probability per period that two people meet over each friend whom they share.
    forget : float
        γ, probability per period that a tie is forgotten, unless the two met in it.
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where the draws come from.

    Returns
    -------
    Community
        With `strength`, how often the two have met since they were last strangers, and `age`
        in periods.

    Notes
    -----
    After Jin, Girvan & Newman (2001), Physical Review E 64:046132. With chance meetings alone
    the graph is random, with degrees near Poisson; with certain forgetting only the ties of
    the last period are left.

    Examples
    --------
    >>> town = triadic_closure(people=60, periods=50, seed=7)
    >>> town.size, town.strength.min() >= 1
    (60, np.True_)
    """
    if people < 2 or periods < 0:
        raise ValueError("people is from 2 up, and periods from 0 up.")
    if not (np.isfinite(meet_stranger) and meet_stranger >= 0):
        raise ValueError(f"meet_stranger is {meet_stranger!r}, but must be a number from 0 up.")
    closing = share(meet_friend_of_friend, "meet_friend_of_friend")
    forgetting = share(forget, "forget")
    rng = generator(seed)
    pairs = np.zeros(0, dtype=np.int64)
    strength, born = np.zeros(0), np.zeros(0)
    for period in range(periods):
        met = [_strangers(people, meet_stranger, rng), _over_friends(pairs, people, closing, rng)]
        met = np.unique(np.concatenate(met))
        again = np.isin(pairs, met, assume_unique=True)
        kept = again | (rng.random(len(pairs)) >= forgetting)
        new = met[~np.isin(met, pairs, assume_unique=True)]
        strength = np.concatenate([(strength + again)[kept], np.ones(len(new))])
        born = np.concatenate([born[kept], np.full(len(new), period)])
        pairs = np.concatenate([pairs[kept], new])
        order = np.argsort(pairs)
        pairs, strength, born = pairs[order], strength[order], born[order]
    return from_columns(
        (pairs // people, pairs % people),
        people,
        {"strength": strength, "age": periods - 1 - born},
        synthetic=f"triadic_closure(people={people}, periods={periods})",
    )


def _strangers(people: int, rate: float, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """Draw pairs that meet by chance."""
    first, second = rng.integers(people, size=(2, rng.poisson(rate * people / 2)))
    return _numbered(first, second, people)


def _over_friends(
    pairs: npt.NDArray[np.int64], people: int, chance: float, rng: np.random.Generator
) -> npt.NDArray[np.int64]:
    """Draw pairs that meet over friends whom they share: one trial for each of these."""
    if not chance or not len(pairs):
        return np.zeros(0, dtype=np.int64)
    low, high = np.divmod(pairs, people)
    middle, friend = np.concatenate([low, high]), np.concatenate([high, low])
    friend = friend[np.argsort(middle, kind="stable")]
    degree = bincount(middle, minlength=people)
    starts = np.concatenate([[0], np.cumsum(degree)])
    # As many of the pairs of friends of each person as a coin for each of them would let meet.
    meetings = rng.binomial(degree * (degree - 1) // 2, chance)
    who = repeat(np.arange(people), meetings)
    first = rng.integers(degree[who])
    second = rng.integers(degree[who] - 1)
    second += second >= first
    return _numbered(friend[starts[who] + first], friend[starts[who] + second], people)


def _numbered(first, second, people: int) -> npt.NDArray[np.int64]:
    apart = first != second
    return np.minimum(first, second)[apart] * people + np.maximum(first, second)[apart]


def trade_shows(
    people: int = 300,
    weeks: int = 52,
    contacts: float = 0.5,
    *,
    every: int = 26,
    rooms: int = 10,
    decay_weeks: float = 13.0,
    seed: Seed,
) -> Community:
    """Spend all contacts at rare large meetings, or steadily, week by week.

    Parameters
    ----------
    people : int
        How many people, from 2 up.
    weeks : int
        How long, from 1 up.
    contacts : float
        Contacts of a person per week on average, the same however they are spent.
    every : int
        Weeks between two meetings: 1 is round-the-clock contact, 26 two trade shows a year.
        The last meeting is in the last week.
    rooms : int
        At a meeting people are spread anew over so many rooms and meet within them; 1 lets
        everybody meet everybody. Steady contact (`every=1`) stays in the same rooms.
    decay_weeks : float
        τ, above 0: strength fades as exp(−weeks/τ).
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where the draws come from.

    Returns
    -------
    Community
        With `strength` in contacts, faded to the last week, `age` in days since the first
        contact, and `group`, the last room of each person.

    Examples
    --------
    >>> steady = trade_shows(every=1, seed=7)
    >>> shows = trade_shows(every=26, seed=7)
    >>> steady.ties < shows.ties  # the same contacts, with fewer people
    True
    """
    if people < 2 or weeks < 1 or not 1 <= every <= weeks or not 1 <= rooms <= people // 2:
        raise ValueError(
            f"people is from 2 up, every from 1 to weeks ({weeks}), and rooms from 1 to half of "
            f"the people ({people // 2})."
        )
    if not (contacts >= 0 and np.isfinite(contacts) and decay_weeks > 0):
        raise ValueError("contacts is from 0 up, and decay_weeks above 0.")
    rng = generator(seed)
    room = rng.permutation(people) % rooms
    numbers, ages = [], []
    for week in range((weeks - 1) % every, weeks, every):
        if every > 1:
            room = rng.permutation(people) % rooms
        order = np.argsort(room, kind="stable")
        size = bincount(room, minlength=rooms)
        begin = np.cumsum(size) - size
        first = rng.integers(people, size=rng.poisson(contacts * every * people / 2))
        other = rng.integers(size[room[first]])
        numbers.append(_numbered(first, order[begin[room[first]] + other], people))
        ages.append(np.full(len(numbers[-1]), weeks - 1 - week))
    met, age = np.concatenate(numbers), np.concatenate(ages)
    pairs, tie = np.unique(met, return_inverse=True)
    oldest = np.zeros(len(pairs))
    np.maximum.at(oldest, tie, age)
    strength = bincount(tie, exp(-age / decay_weeks), minlength=len(pairs))
    return from_columns(
        (pairs // people, pairs % people),
        people,
        {"strength": strength, "age": 7.0 * oldest},
        group=room,
        synthetic=f"trade_shows(people={people}, weeks={weeks}, every={every})",
    )
