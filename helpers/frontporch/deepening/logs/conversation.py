"""How a pair talks: turn after turn, answered at once, within the hour, later, or never."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ...counting import bincount
from ...elementary import exp, log
from .rhythm import CANDIDATES, HOUR

if TYPE_CHECKING:
    from .synthetic import Calibration

SHARES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)
"""Where the quantiles of long waits stand."""

LIMITS = np.log([1.0, HOUR / 10, HOUR])
"""Ln seconds between which an answer is at once, and within the hour."""

AT_ONCE, WITHIN_THE_HOUR, LATER, NOTHING = range(4)
"""Speed of an answer or of a further message; nothing: there was none before."""


@dataclass(frozen=True, eq=False)
class Conversation:
    """Pairs that talk, each with its manner.

    Parameters
    ----------
    law : Calibration
        What their talk is made to resemble.
    rng : numpy.random.Generator
        Where the draws come from.
    source, target : numpy.ndarray of int, shape (pairs,)
        Who opens, and the other.
    likes : numpy.ndarray of float, shape (people,)
        Hour of the day that each person likes best.
    keen, pace, style : numpy.ndarray of float, shape (pairs,)
        Standard normal: how readily the first message is answered; how long the pair stays
        away; how rarely an answer comes within the hour.
    """

    law: Calibration
    rng: np.random.Generator
    source: NDArray[np.int64]
    target: NDArray[np.int64]
    likes: NDArray[np.float64]
    keen: NDArray[np.float64]
    pace: NDArray[np.float64]
    style: NDArray[np.float64]

    @classmethod
    def between(
        cls,
        law: Calibration,
        rng: np.random.Generator,
        source: NDArray[np.int64],
        target: NDArray[np.int64],
        likes: NDArray[np.float64],
    ) -> Conversation:
        """Give every pair a manner, in part that of its two people."""
        manners = [_shared(rng, alike, source, target, len(likes)) for alike in law.alike]
        return cls(law, rng, source, target, likes, *manners)

    def messages(
        self, opened: NDArray[np.float64]
    ) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.bool_]]:
        """Draw all messages.

        Parameters
        ----------
        opened : numpy.ndarray of float, shape (pairs,)
            Seconds since the launch of the first message of each pair.

        Returns
        -------
        pair : numpy.ndarray of int, shape (n,)
        seconds : numpy.ndarray of float, shape (n,)
            Since the launch.
        answers : numpy.ndarray of bool, shape (n,)
            Whether the one who did not open the pair speaks.
        """
        from scipy.special import ndtr

        pair, at, turn, written = np.arange(len(opened)), opened.copy(), 0, []
        speed = np.full(len(opened), NOTHING)
        while len(pair):
            speaks, hears = (self.target, self.source) if turn % 2 else (self.source, self.target)
            written.append((pair, at, np.full(len(pair), bool(turn % 2))))
            at, speed = at.copy(), speed.copy()
            for some, when, how in self._further(turn, pair, at, speaks):
                written.append((pair[some], when, np.full(len(some), bool(turn % 2))))
                at[some], speed[some] = when, how
            luck = ndtr(self.keen[pair]) if turn == 0 else self.rng.random(len(pair))
            answered = luck > 1 - self._chance(turn, speed)
            pair, at, speed = pair[answered], at[answered], speed[answered]
            law = self.law.first_answers if turn == 0 else self.law.answers
            speed = self._speed(law, speed, pair)
            wait, speed = self._wait(self.law.visits[min(turn, 1)], speed, at, pair, hears)
            seen = at + wait < self.law.seconds
            pair, at, speed, turn = pair[seen], (at + wait)[seen], speed[seen], turn + 1
        return tuple(np.concatenate(part) for part in zip(*written, strict=True))

    def _further(
        self, turn: int, pair: NDArray, at: NDArray, speaks: NDArray
    ) -> Iterator[tuple[NDArray, NDArray, NDArray]]:
        """Draw the further messages of a turn, before the other one speaks."""
        who = 0 if turn == 0 else 1 + (turn + 1) % 2
        chances, some, when, count = self.law.repeats[who], np.arange(len(at)), at, 0
        speed = np.zeros(len(at), np.int64)
        while len(some):
            on = self.rng.random(len(some)) < chances[min(count, len(chances) - 1)]
            some, when, speed = some[on], when[on], speed[on]
            law = self.law.pauses if count else (self.law.first_pauses[who],)
            speed = self._speed(law, speed, pair[some])
            pause, speed = self._wait(
                self.law.visits[3 if turn else 2], speed, when, pair[some], speaks
            )
            seen = when + pause < self.law.seconds
            some, when, speed, count = some[seen], (when + pause)[seen], speed[seen], count + 1
            yield some, when, speed

    def _chance(self, turn: int, speed: NDArray[np.int64]) -> NDArray[np.float64]:
        """Give the probability of an answer: the calibrated one on average over the pairs."""
        from scipy.optimize import brentq
        from scipy.special import expit

        mean = self.law.continuing[min(turn, len(self.law.continuing) - 1)]
        odds = (self.law.insistent,) * 3 + (1.0,) if turn == 0 else (*self.law.lively, 1.0)
        share = bincount(speed, minlength=len(odds)) / len(speed)
        calm = brentq(lambda x: share @ expit(x + np.log(odds)) - mean, -30, 30)
        return expit(calm + np.log(odds))[speed]

    def _speed(
        self, law: tuple[tuple[float, ...], ...], before: NDArray, pair: NDArray
    ) -> NDArray[np.int64]:
        """Draw how soon the next message comes, by how soon the last one came."""
        from scipy.special import ndtr

        place = ndtr(_joined(self.style[pair], self.rng.standard_normal(len(pair)), self.law.style))
        return (place[:, None] > np.cumsum(law, axis=1)[before, :-1]).sum(axis=1)

    def _wait(
        self,
        visits: tuple[float, ...],
        speed: NDArray[np.int64],
        since: NDArray[np.float64],
        pair: NDArray[np.int64],
        awaited: NDArray[np.int64],
    ) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Draw waits of some speeds that end before the log does."""
        from scipy.special import ndtr, ndtri

        left = self.law.seconds - since
        # In the last hour of the log nothing can come later than that.
        speed = np.where(left <= HOUR, np.minimum(speed, WITHIN_THE_HOUR), speed)
        soon = np.minimum(speed, WITHIN_THE_HOUR)
        mean, spread = self.law.session
        low, high = (ndtr((LIMITS[soon + k] - mean) / spread) for k in (0, 1))
        quick = mean + spread * ndtri(low + self.rng.random(len(soon)) * (high - low))
        place = self.rng.random((CANDIDATES, len(soon)))
        luck, steady = self.law.steady
        own = _joined(self.pace[pair], self.rng.standard_normal(place.shape), steady)
        place = np.where(place < luck, place, luck + (1 - luck) * ndtr(own))
        most = np.interp(log(np.maximum(left, 1.0)), visits, SHARES)
        late = exp(np.interp(place * most, SHARES, visits))
        late = self.law.rhythm.wait(self.rng, late, since, self.likes[awaited[pair]])
        return np.minimum(np.where(speed == LATER, late, exp(quick)), left), speed


def _joined(one: NDArray, other: NDArray, share: float) -> NDArray[np.float64]:
    return np.sqrt(share) * one + np.sqrt(1 - share) * other


def _shared(
    rng: np.random.Generator, alike: float, source: NDArray, target: NDArray, people: int
) -> NDArray[np.float64]:
    brought = rng.standard_normal(people)
    both = (brought[source] + brought[target]) / np.sqrt(2)
    found = _joined(both, rng.standard_normal(len(source)), alike)
    # A few people hold most pairs: on average over these every log is as calibrated.
    return (found - found.mean()) / found.std()
