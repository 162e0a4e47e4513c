"""A synthetic log of messages, calibrated to the facts of a real one; nobody was observed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...citing import cited
from ...counting import bincount
from ...elementary import exp, log
from ...streams import Seed, generator
from .acquaintance import Acquaintance
from .rhythm import CANDIDATES, HOUR, Rhythm

WEEK = 604_800.0

SHARES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)
"""Where the quantiles of long waits stand."""

LIMITS = np.log([1.0, HOUR / 10, HOUR])
"""Ln seconds between which an answer is at once, and within the hour."""

AT_ONCE, WITHIN_THE_HOUR, LATER, NOTHING = range(4)
"""Speed of an answer or of a further message; nothing: there was none before."""


@dataclass(frozen=True)
class Calibration:
    """What a synthetic log is made to resemble.

    A message is answered, or followed by another of the same person, at once (within six
    minutes), within the hour, or later; how soon depends on how soon the last one came. Later
    ones keep the hours of the day.

    Parameters
    ----------
    continuing : tuple of float
        Probability of the next change of speaker after k, for k = 0, 1, …; the last holds on.
    lively : tuple of two float
        Odds of going on after a message that came at once, and within the hour, by those
        after a later one.
    insistent : float
        Odds that an opening is answered where it was repeated, by those where it was not.
    first_answers : tuple of four tuples of three float
        Probability that a first answer comes at once, within the hour, later: after an opening
        whose last message followed at once, within the hour, later, or was the only one.
    answers : tuple of three tuples of three float
        The same of later answers, after a message that came at once, within the hour, later.
    repeats : tuple of three tuples of float
        Probability of a second, third, … message of a turn; the last holds on. The turn that
        opens a pair, later turns of the other, later turns of the opener.
    first_pauses : tuple of three tuples of three float
        Probability that the second message of such a turn comes at once, within the hour, later.
    pauses : tuple of three tuples of three float
        The same of further ones, after one that came at once, within the hour, later.
    session : tuple of two float
        Log-normal wait within the hour: mean and standard deviation of ln seconds.
    visits : tuple of four tuples of float
        Quantiles of the waits above an hour, ln seconds at `SHARES`, before the
        hours of the day are kept: first and later answers, repeats of openings and later ones.
    steady : tuple of two float
        Share of the waits above an hour, the shortest, that is luck; and the correlation
        (normal scale) of the waits of one pair beyond it. From 0 to 1.
    style : float
        Correlation (normal scale) of how soon the messages of one pair come, from 0 to 1.
    alike : tuple of three float
        Share that people bring with them of a pair's keenness to answer an opening, of its
        waits above an hour and of its style, from 0 to 1. It makes pairs that share a person
        alike.
    rhythm : Rhythm
        The hours of the day.
    acquaintance : Acquaintance
        Who opens a pair with whom.
    fresh : tuple of int
        How many pairs open in each week; the length of the log.
    people, pairs : int
        Size of the log.
    source : str
        Where the numbers come from.

    Raises
    ------
    ValueError
        If a probability is outside its range, or a law is not whole.
    """

    continuing: tuple[float, ...]
    lively: tuple[float, float]
    insistent: float
    first_answers: tuple[tuple[float, ...], ...]
    answers: tuple[tuple[float, ...], ...]
    repeats: tuple[tuple[float, ...], ...]
    first_pauses: tuple[tuple[float, ...], ...]
    pauses: tuple[tuple[float, ...], ...]
    session: tuple[float, float]
    visits: tuple[tuple[float, ...], ...]
    steady: tuple[float, float]
    style: float
    alike: tuple[float, float, float]
    rhythm: Rhythm
    acquaintance: Acquaintance
    fresh: tuple[int, ...]
    people: int
    pairs: int
    source: str

    def __post_init__(self):
        laws = (*self.first_answers, *self.answers, *self.first_pauses, *self.pauses)
        shares = np.array([*sum((*laws, *self.repeats), ()), *self.steady, self.style, *self.alike])
        if not ((shares >= 0) & (shares <= 1)).all():
            raise ValueError("probabilities, steady, style and alike lie between 0 and 1.")
        if not all(0 < share < 1 for share in self.continuing):
            raise ValueError("continuing holds probabilities above 0 and below 1.")
        if any(len(law) != 3 or abs(sum(law) - 1) > 1e-9 for law in laws):
            raise ValueError("three probabilities (at once, within the hour, later) sum to 1.")
        if min(*self.lively, self.insistent) <= 0:
            raise ValueError("lively and insistent hold ratios of odds, above 0.")
        if any(len(law) != len(SHARES) or (np.diff(law) < 0).any() for law in self.visits):
            raise ValueError(f"visits holds {len(SHARES)} rising quantiles for each kind of wait.")
        if any(law[0] < np.log(HOUR) for law in self.visits):
            raise ValueError("visits holds waits above an hour, in ln seconds.")
        if min(self.fresh, default=-1) < 0 or not sum(self.fresh):
            raise ValueError("fresh holds how many pairs open in each week.")

    @property
    def seconds(self) -> float:
        """How long the log is."""
        return len(self.fresh) * WEEK

    @classmethod
    def students_online(cls) -> Calibration:
        """Give the calibration to a new online community of students, 2004.

        Aggregates of 59,835 messages of 1,899 people in 13,838 pairs over 193 days, counted for
        this kit; associations. Panzarasa, Opsahl & Carley (2009).

        Counted: the pairs that open in each week; openings, and messages after more than an
        hour, by hour of the day (`rhythm`); the share of pairs with each further exchange
        (`continuing`), and its odds by how soon the last message came; how soon answers and
        further messages of a turn come, by how soon the last one came, and quantiles of the
        waits above an hour; how often a turn has another message. Of these, what the hours of
        the day and the pair's manner change was then moved until logs with three other seeds
        gave the same counts. Set so that the whole comes out alike: `steady` and `style` (how
        encounters of a pair follow one another, and how many there are for so many
        exchanges), `alike` (standard errors over people), `own` (how far the hours of single
        people differ), `acquaintance` (degrees).
        """
        return cls(
            continuing=(
                0.467, 0.675, 0.686, 0.779, 0.752, 0.812, 0.801, 0.847, 0.844, 0.894, 0.845, 0.885,
                0.87, 0.91, 0.91, 0.91, 0.91, 0.91, 0.91, 0.91, 0.95,
            ),
            lively=(2.34, 1.42),
            insistent=0.52,
            first_answers=(
                (0.242, 0.141, 0.617), (0.296, 0.254, 0.450), (0.234, 0.201, 0.565),
                (0.227, 0.186, 0.587),
            ),
            answers=((0.535, 0.210, 0.255), (0.292, 0.251, 0.457), (0.128, 0.196, 0.676)),
            repeats=(
                (0.233, 0.497, 0.606, 0.807), (0.097, 0.230, 0.517, 0.695),
                (0.140, 0.260, 0.462, 0.762),
            ),
            first_pauses=((0.322, 0.181, 0.497), (0.383, 0.115, 0.502), (0.317, 0.110, 0.573)),
            pauses=((0.562, 0.201, 0.237), (0.378, 0.342, 0.280), (0.275, 0.190, 0.535)),
            session=(5.5, 1.35),
            visits=(
                (8.19, 8.92, 9.41, 9.90, 10.33, 10.70, 11.14, 11.65, 12.41, 13.31, 13.96, 15.10,
                 16.5),
                (8.19, 8.79, 9.25, 9.71, 10.14, 10.50, 10.90, 11.35, 12.01, 12.99, 13.78, 14.97,
                 16.5),
                (8.19, 9.21, 9.85, 10.36, 10.78, 11.24, 11.64, 12.26, 13.07, 14.05, 14.70, 15.97,
                 16.5),
                (8.19, 9.77, 10.47, 11.02, 11.49, 12.12, 12.56, 13.15, 13.79, 14.54, 15.21, 16.03,
                 16.5),
            ),
            steady=(0.13, 0.37), style=0.3, alike=(0.42, 0.40, 0.40),
            rhythm=Rhythm(
                openings=(
                    2.39, 1.93, 1.64, 1.08, 0.80, 0.28, 0.09, 0.07, 0.19, 0.27, 0.53, 0.83,
                    0.79, 0.75, 0.93, 1.01, 1.00, 0.91, 1.01, 1.19, 1.17, 1.44, 1.61, 2.09,
                ),
                returns=(
                    1.80, 1.12, 0.73, 0.43, 0.24, 0.08, 0.08, 0.14, 0.30, 0.53, 0.84, 0.95,
                    1.22, 1.14, 1.31, 1.34, 1.33, 1.44, 1.34, 1.24, 1.43, 1.46, 1.65, 1.86,
                ),
                own=0.7,
            ),
            acquaintance=Acquaintance(opens=1.55, known=1.3, kinship=0.3),
            fresh=(
                137, 1149, 2235, 2062, 1628, 2321, 1210, 838, 341, 45, 225, 240, 215, 79, 107, 102,
                72, 135, 95, 123, 54, 94, 87, 62, 46, 43, 48, 45,
            ),
            people=1_899, pairs=13_838,
            source="Panzarasa, Opsahl & Carley (2009), JASIST 60:911-932",
        )  # fmt: skip

    @cited
    def simulate(
        self,
        seed: Seed,
        *,
        people: int | None = None,
        pairs: int | None = None,
        begins: str | pd.Timestamp = "2026-01-05",
    ) -> pd.DataFrame:
        """Draw a log of messages.

        Parameters
        ----------
        seed : int, numpy.random.SeedSequence or numpy.random.Generator
            Where the draws come from.
        people, pairs : int, optional
            How many; by default as calibrated. With people only, pairs follow in proportion.
        begins : str or pandas.Timestamp
            The day of the launch, from its midnight on.

        Returns
        -------
        pandas.DataFrame
            An interactions table in order of time: `start`, `source`, `target`, `channel`
            ("synthetic message"). `attrs["synthetic"]` and `attrs["observed_from_start"]`
            are True.

        Raises
        ------
        ValueError
            If so many people do not make so many pairs.

        Examples
        --------
        >>> sent = Calibration.students_online().simulate(seed=7, people=100)
        >>> sent.attrs["synthetic"], sent["channel"].unique().tolist()
        (True, ['synthetic message'])
        """
        rng = generator(seed)
        people = self.people if people is None else people
        pairs = round(self.pairs * people / self.people) if pairs is None else pairs
        source, target = self.acquaintance.draw(rng, people, pairs)
        likes = rng.uniform(0, 24, people)
        fresh = np.array(self.fresh, float)
        weeks = rng.choice(len(fresh), pairs, p=fresh / fresh.sum())
        moments = (weeks + rng.random((8 * CANDIDATES, pairs))) * WEEK
        opened = self.rhythm.opening(rng, moments, likes[source])
        talk = Conversation.between(self, rng, source, target, likes)
        pair, seconds, answers = talk.messages(opened)
        seconds = np.floor(seconds)
        order = np.lexsort((np.arange(len(pair)), pair, seconds))
        pair, seconds, answers = pair[order], seconds[order], answers[order]
        names = np.array([f"p{k:0{len(str(people))}d}" for k in range(1, people + 1)], object)
        one, other = source[pair], target[pair]
        day = pd.Timestamp(begins).normalize()
        table = pd.DataFrame(
            {
                "start": day + pd.to_timedelta(seconds.astype(np.int64), unit="s"),
                "source": names[np.where(answers, other, one)],
                "target": names[np.where(answers, one, other)],
                "channel": "synthetic message",
            }
        )
        table.attrs |= {"synthetic": True, "observed_from_start": True}
        return table


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
