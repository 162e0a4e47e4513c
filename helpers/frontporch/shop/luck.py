"""Luck that stays where it is: a coin for each week, purpose, shop and person.

Nothing that a shop does takes a coin from anybody else, so that a changed act changes only what
it causes.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from ..elementary import log
from ..streams import Seed, coins, hashed, root_key, run_keys

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
NOBODY = np.uint64(0xFFFFFFFF) << np.uint64(32)
"""A shop's number that no shop has: what belongs to a person alone."""
LEAST = 2.0**-60
PURPOSES, TURNS = 64, 13
"""Keys of a week: for every purpose, and for every turn within the week."""


class Purpose(IntEnum):
    """What a coin is for."""

    AGE = 1
    ONLINE = 2
    LATER = 3
    CLOSENESS = 4
    PATIENCE = 5
    KIND = 6
    START = 7
    SINCE = 8
    UP = 10
    LOSS = 11
    BACK = 12
    CAUSE = 13
    FAN = 20
    CONSENT = 21
    NOTICE = 22
    REPLY = 23
    GUEST = 24
    NEED = 30
    CHOICE = 31
    ELSEWHERE = 32
    ITEM = 33
    OWN_KIND = 34
    SIZE = 35
    WRITE = 40
    ABOUT = 41
    ARRIVE = 42
    SERVICE = 43
    WAIT = 44
    AGAIN = 45
    SEARCH = 46
    LEAVE = 47
    TELL = 50
    PAGE = 60
    LOT = 61
    HALF = 62


class Luck:
    """All coins of a year.

    Parameters
    ----------
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where they come from.
    shops, people : int
        How many there are.

    Examples
    --------
    >>> small, large = Luck(7, 2, 30), Luck(7, 3, 40)
    >>> pairs = np.array([5, 7])
    >>> bool((small.pairs(3, Purpose.UP)[:, pairs] == large.pairs(3, Purpose.UP)[:2, pairs]).all())
    True
    """

    def __init__(self, seed: Seed, shops: int, people: int) -> None:
        self.root = root_key(seed)
        self.people = people
        self._keys: tuple[int, NDArray[np.uint64]] = (-1, np.zeros(0, np.uint64))
        person = np.arange(people, dtype=np.uint64)
        shop = np.arange(shops, dtype=np.uint64)[:, None] << np.uint64(32)
        # Numbers that are close by are far apart once scrambled.
        self._pair = hashed(shop | person)
        self._flat = self._pair.ravel()
        self._person = hashed(NOBODY | person)
        self._shop = hashed(NOBODY | (np.arange(shops, dtype=np.uint64) + np.uint64(1 << 31)))

    def _key(self, week: int, purpose: int, turn: int) -> NDArray[np.uint64]:
        if self._keys[0] != week:
            of_week = run_keys(self.root, [week])[0]
            self._keys = (week, run_keys(of_week, range(PURPOSES * TURNS)))
        return self._keys[1][purpose + PURPOSES * turn]

    def pairs(self, week: int, purpose: int, turn: int = 0) -> Floats:
        """Give a coin for each shop and person."""
        return coins(self._key(week, purpose, turn), self._pair)

    def some(self, week: int, purpose: int, flat: Ints, turn: int = 0) -> Floats:
        """Give the coins of some pairs, named by shop × people + person."""
        return coins(self._key(week, purpose, turn), self._flat[flat])

    def several(self, week: int, purposes: tuple[int, ...], flat: Ints, turn: int) -> Floats:
        """Give the coins of some pairs for several purposes, shape (purposes, pairs)."""
        keys = np.array([self._key(week, one, turn) for one in purposes])
        return coins(keys[:, None], self._flat[flat])

    def persons(self, week: int, purpose: int, who: Ints | slice = slice(None)) -> Floats:
        """Give a coin for each of some people, whatever the shop."""
        return coins(self._key(week, purpose, 0), self._person[who])

    def shops(self, week: int, purpose: int) -> Floats:
        """Give a coin for each shop."""
        return coins(self._key(week, purpose, 0), self._shop)


def clock(coin: Floats) -> Floats:
    """Give the exponential waiting time, with mean 1, that a coin stands for; early if small.

    Examples
    --------
    >>> clock(np.array([0.2, 0.5])).round(3).tolist()
    [0.223, 0.693]
    """
    return -log(1.0 - coin)


def race(coin: Floats) -> Floats:
    """Give the waiting times of a race, in which a higher coin is earlier.

    Examples
    --------
    >>> race(np.array([0.5, 0.9])).round(3).tolist()
    [0.693, 0.105]
    """
    return -log(np.maximum(coin, LEAST))


def happens(coin: Floats, rate: Floats) -> Ints:
    """Give the places where something that happens at a rate happens within the week.

    Parameters
    ----------
    coin : numpy.ndarray of float
        One for each place.
    rate : numpy.ndarray of float
        Per week, from 0 up; one for each place.

    Examples
    --------
    >>> happens(np.array([0.05, 0.05, 0.5]), np.array([0.1, 0.01, 0.1])).tolist()
    [0]
    """
    # A clock is never less than its coin, so that few logarithms are needed.
    near = np.flatnonzero(coin < rate)
    return near[clock(coin[near]) < rate[near]]
