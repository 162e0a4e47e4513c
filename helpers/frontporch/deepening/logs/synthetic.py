"""A synthetic log of messages, calibrated to the facts of a real one; nobody was observed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from ...streams import Seed, generator

WEEK = 604_800.0
HOUR = 3_600.0
SHARES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)
SAME_DAY = 0.4  # share of the waits above an hour that end within some eight hours


@dataclass(frozen=True)
class Calibration:
    """What a synthetic log is made to resemble.

    Parameters
    ----------
    continuing : tuple of float
        Probability of the next change of speaker after k, for k = 0, 1, …; the last holds on.
    lively : float
        How many times as likely it is after an answer within the hour as after a later one.
    quick, slow : tuple of float, float
        Probability that an answer comes within the hour: of the first answer, and of later
        ones after a quick answer (the last holds on); and after a slow one.
    session : tuple of two float
        Log-normal wait within the hour: mean and standard deviation of ln seconds.
    visits : tuple of three tuples of float
        Quantiles of the waits above an hour, ln seconds at `SHARES`: first answers and repeats
        before them, later answers, later repeats.
    repeats : tuple of four float
        Probability of a second message in the turn that opens a pair, and of one more after
        that; the same for later turns.
    quick_repeats : tuple of three float
        The same for further messages of a turn: the first, after a quick one, after a slow one.
    opener_repeats : float
        How many times as often the opener writes twice in later turns as the other.
    fresh : tuple of int
        How many pairs open in each week; the length of the log.
    alike : float
        Share of the keenness to answer that people bring with them, from 0 to 1; the rest is
        of the pair. It makes pairs that share a person alike.
    steady : float
        Correlation (normal scale) of the waits of one pair until another day, from 0 to 1.
    open_spread, known_spread, kinship : float
        Log standard deviations of how often people open a pair and how often they are
        written to, and the correlation of the two.
    people, pairs : int
        Size of the log.
    source : str
        Where the numbers come from.
    """

    continuing: tuple[float, ...]
    lively: float
    quick: tuple[float, ...]
    slow: float
    session: tuple[float, float]
    visits: tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]
    repeats: tuple[float, float, float, float]
    quick_repeats: tuple[float, float, float]
    opener_repeats: float
    fresh: tuple[int, ...]
    alike: float
    steady: float
    open_spread: float
    known_spread: float
    kinship: float
    people: int
    pairs: int
    source: str

    def __post_init__(self):
        shares = (*self.continuing, *self.quick, self.slow, *self.repeats, *self.quick_repeats)
        if not all(0 <= share <= 1 for share in (*shares, self.alike, self.steady, self.kinship)):
            raise ValueError("probabilities, alike, steady and kinship lie between 0 and 1.")
        if any(len(law) != len(SHARES) or (np.diff(law) < 0).any() for law in self.visits):
            raise ValueError(f"visits holds {len(SHARES)} rising quantiles for each kind of wait.")
        if min(self.fresh, default=-1) < 0 or not sum(self.fresh):
            raise ValueError("fresh holds how many pairs open in each week.")

    @classmethod
    def students_online(cls) -> Calibration:
        """Give the calibration to a new online community of students, 2004.

        Aggregates of 59,835 messages of 1,899 people in 13,838 pairs over 193 days, computed for
        this kit; associations. Panzarasa, Opsahl & Carley (2009).
        """
        return cls(
            continuing=(
                0.467, 0.675, 0.686, 0.779, 0.752, 0.812, 0.801, 0.847, 0.844, 0.894, 0.845, 0.885,
                0.87, 0.91, 0.91, 0.91, 0.91, 0.91, 0.91, 0.91, 0.95,
            ),
            lively=1.16,
            quick=(0.373, 0.757, 0.74, 0.80, 0.77, 0.78, 0.76), slow=0.25, session=(5.5, 1.35),
            visits=(
                (8.19, 8.93, 9.54, 10.2, 10.7, 11.1, 11.5, 12.2, 12.9, 13.8, 14.4, 15.7, 16.5),
                (8.19, 8.77, 9.30, 9.85, 10.3, 10.8, 11.2, 11.7, 12.4, 13.3, 14.1, 15.3, 16.5),
                (8.19, 9.57, 10.5, 11.2, 11.6, 12.2, 12.8, 13.3, 13.9, 14.7, 15.3, 16.0, 16.4),
            ),
            repeats=(0.26, 0.62, 0.10, 0.48),
            quick_repeats=(0.50, 0.845, 0.375),
            opener_repeats=1.5,
            fresh=(
                137, 1149, 2235, 2062, 1628, 2321, 1210, 838, 341, 45, 225, 240, 215, 79, 107, 102,
                72, 135, 95, 123, 54, 94, 87, 62, 46, 43, 48, 45,
            ),
            alike=0.25, steady=0.75,
            open_spread=1.55, known_spread=1.3, kinship=0.3,
            people=1_899, pairs=13_838,
            source="Panzarasa, Opsahl & Carley (2009), JASIST 60:911-932",
        )  # fmt: skip

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
            The day of the launch.

        The log has no nights: fifth and later encounters within two days are too few.

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
        if not people <= pairs <= people * (people - 1) / 4:
            most = people * (people - 1) / 4
            raise ValueError(
                f"pairs is {pairs}, but for {people} people is from {people} to {most:g}."
            )
        source, target = self._acquainted(rng, people, pairs)
        opened = self._opened(rng, pairs)
        who, seconds, answers = self._written(rng, source, target, opened, people)
        order = np.lexsort((np.arange(len(who)), who, seconds))
        who, seconds, answers = who[order], seconds[order], answers[order]
        names = np.array([f"p{k:0{len(str(people))}d}" for k in range(1, people + 1)], object)
        one, other = source[who], target[who]
        start = pd.Timestamp(begins) + pd.to_timedelta(seconds.astype(np.int64), unit="s")
        table = pd.DataFrame(
            {
                "start": start,
                "source": names[np.where(answers, other, one)],
                "target": names[np.where(answers, one, other)],
                "channel": "synthetic message",
            }
        )
        table.attrs |= {"synthetic": True, "observed_from_start": True}
        return table

    def _acquainted(
        self, rng: np.random.Generator, people: int, pairs: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Draw who opens a pair with whom: every person occurs, no pair twice."""
        # Every quantile once, so that the most active are as active in each log.
        first, second = (ndtri((rng.permutation(people) + 0.5) / people) for _ in range(2))
        second = self.kinship * first + np.sqrt(1 - self.kinship**2) * second
        opens, known = np.exp(self.open_spread * first), np.exp(self.known_spread * second)
        opens, known = opens / opens.sum(), known / known.sum()
        # Everyone is written to, or writes, at least once.
        source = rng.choice(people, people, p=opens)
        target = rng.permutation(people)
        while True:
            low, high = np.minimum(source, target), np.maximum(source, target)
            _, kept = np.unique(low * people + high, return_index=True)
            kept = np.sort(kept[low[kept] != high[kept]])
            source, target = source[kept], target[kept]
            missing = pairs - len(source)
            if missing <= 0:
                return source[:pairs], target[:pairs]
            more = missing + missing // 4 + 8
            source = np.append(source, rng.choice(people, more, p=opens))
            target = np.append(target, rng.choice(people, more, p=known))

    def _opened(self, rng: np.random.Generator, pairs: int) -> NDArray[np.float64]:
        fresh = np.array(self.fresh, float)
        weeks = rng.choice(len(fresh), pairs, p=fresh / fresh.sum())
        return (weeks + rng.random(pairs)) * WEEK

    def _written(
        self,
        rng: np.random.Generator,
        source: NDArray[np.int64],
        target: NDArray[np.int64],
        opened: NDArray[np.float64],
        people: int,
    ) -> tuple[NDArray, NDArray, NDArray]:
        """Draw all messages, turn after turn: pair, seconds since the launch, who speaks."""
        end = len(self.fresh) * WEEK
        keen = rng.standard_normal(people)
        both = (keen[source] + keen[target]) / np.sqrt(2)
        own = rng.standard_normal(len(both))
        eager = np.sqrt(self.alike) * both + np.sqrt(1 - self.alike) * own
        who, at, turn, written = np.arange(len(opened)), opened, 0, []
        soon, pace = np.zeros(len(opened), bool), rng.standard_normal(len(opened))
        while len(who):
            chance = self._chance(turn, soon)
            # What people bring with them decides whether a pair is answered at all.
            luck = ndtr(eager[who]) if turn == 0 else rng.random(len(who))
            answered = luck > 1 - chance
            there = self.quick[min(turn, len(self.quick) - 1)]
            likely = np.where(soon, there, self.slow) if turn else there
            wait, soon = self._wait(rng, self.visits[min(turn, 1)], likely, end - at, pace[who])
            until = np.where(answered, at + wait, end)
            answers = bool(turn % 2)
            written.append((who, at, np.full(len(who), answers)))
            for again, when in self._repeats(rng, turn, at, until):
                written.append((who[again], when, np.full(len(again), answers)))
            who, at, soon, turn = who[answered], until[answered], soon[answered], turn + 1
        pair, seconds, spoke = (np.concatenate(part) for part in zip(*written, strict=True))
        return pair, np.floor(seconds), spoke

    def _chance(self, turn: int, soon: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Give the probability of going on: the calibrated one on average, more for the lively."""
        mean = self.continuing[min(turn, len(self.continuing) - 1)]
        if turn == 0:
            return np.full(len(soon), mean)
        calm = mean / (1 + (self.lively - 1) * soon.mean())
        return np.minimum(np.where(soon, self.lively * calm, calm), 1.0)

    def _wait(
        self,
        rng: np.random.Generator,
        visits: tuple[float, ...],
        likely: float | NDArray[np.float64],
        left: NDArray[np.float64],
        pace: NDArray[np.float64] | None = None,
    ) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Draw waits that end within the time left, and whether they are within the hour."""
        ln_left = np.log(np.maximum(left, 1.0))
        soon = (rng.random(len(left)) < likely) | (left <= HOUR)
        mean, spread = self.session
        most = ndtr((np.minimum(ln_left, np.log(HOUR)) - mean) / spread)
        quick = mean + spread * ndtri(rng.random(len(left)) * most)
        most = np.interp(ln_left, visits, SHARES)
        place = rng.random(len(left))
        if pace is not None:
            # The same day or not is luck; on later days some pairs are steady.
            own = np.sqrt(self.steady) * pace
            own += np.sqrt(1 - self.steady) * rng.standard_normal(len(left))
            place = np.where(place < SAME_DAY, place, SAME_DAY + (1 - SAME_DAY) * ndtr(own))
        late = np.interp(place * most, SHARES, visits)
        return np.minimum(np.exp(np.where(soon, quick, late)), left), soon

    def _repeats(
        self, rng: np.random.Generator, turn: int, at: NDArray, until: NDArray
    ) -> list[tuple[NDArray, NDArray]]:
        """Draw further messages of a turn, as long as nobody has answered."""
        again, more = self.repeats[2:] if turn else self.repeats[:2]
        if turn and turn % 2 == 0:
            again = min(again * self.opener_repeats, 1.0)
        active = np.flatnonzero(rng.random(len(at)) < again)
        when, likely, found = at[active], self.quick_repeats[0], []
        end = len(self.fresh) * WEEK
        while len(active):
            pause, soon = self._wait(rng, self.visits[2 if turn else 0], likely, end - when)
            when = when + pause
            kept = when < until[active]
            active, when, soon = active[kept], when[kept], soon[kept]
            found.append((active, when))
            on = rng.random(len(active)) < more
            active, when = active[on], when[on]
            likely = np.where(soon[on], *self.quick_repeats[1:])
        return found
