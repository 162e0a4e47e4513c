"""The ladder from stranger to friend: a continuous-time multi-state model."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ..citing import cited
from ..names import pick
from ..streams import Seed
from .holding import Law, exponential
from .markov import ever, mean_time, probabilities
from .simulation import Transition, simulate

STAGES = ("stranger", "acquaintance", "buyer", "friend", "lost")
"""The stages of a relationship between a shop and a person, from first contact on."""

Rates = Mapping[str, Mapping[Transition, float]]


@dataclass(frozen=True)
class Ladder:
    """Rates at which a pair moves between stages, by channel.

    Parameters
    ----------
    rates : mapping
        For each channel a mapping from (stage, next stage) to a rate per week, above 0.
    stages : tuple of str
        All stages in order. Stages that nothing leaves are absorbing.

    Raises
    ------
    KeyError
        If a rate names an unknown stage; the message names the nearest.
    ValueError
        If a rate is negative or not finite, or a stage leads to itself.

    Notes
    -----
    With constant rates this is a Markov process with generator Q. Its stages are ours,
    loosely after social penetration (Altman & Taylor 1973).

    Examples
    --------
    >>> ladder = Ladder.online_and_offline()
    >>> round(ladder.reach("friend")["offline"], 10)  # 25/104
    0.2403846154
    """

    rates: Rates
    stages: tuple[str, ...] = STAGES

    def __post_init__(self) -> None:
        """Check every rate and freeze the mappings."""
        frozen = {}
        for channel, rates in self.rates.items():
            for (stage, following), rate in rates.items():
                pick(stage, self.stages, "stage")
                pick(following, self.stages, "stage")
                where = f"the {channel} rate from {stage} to {following}"
                if stage == following:
                    raise ValueError(f"{where} leads to itself: leave it out.")
                if not (isinstance(rate, (int, float)) and math.isfinite(rate) and rate >= 0):
                    raise ValueError(
                        f"{where} is {rate!r}, but must be a number per week from 0 up."
                    )
            frozen[channel] = MappingProxyType(
                {step: float(rate) for step, rate in rates.items() if rate > 0}
            )
        if not frozen:
            raise ValueError("a ladder needs at least one channel with its rates.")
        object.__setattr__(self, "rates", MappingProxyType(frozen))
        object.__setattr__(self, "stages", tuple(self.stages))

    @classmethod
    def online_and_offline(
        cls,
        *,
        deepening: Sequence[float] = (0.10, 0.08, 0.05),
        loss: Sequence[float] = (0.06, 0.04, 0.03, 0.01),
        fall_back: Sequence[float] = (0.02, 0.01),
        hazard_ratio: float | Sequence[float] = (1.8, 1.5, 1.2),
        loss_ratio: float | Sequence[float] = 1.0,
    ) -> Ladder:
        """Build the ladder of two channels, online beside offline.

        All numbers are assumptions for teaching; none is fitted to a log.

        Parameters
        ----------
        deepening : sequence of 3 floats
            Offline rates per week to acquaintance, to buyer, to friend.
        loss : sequence of 4 floats
            Rates per week of losing a stranger, an acquaintance, a buyer, a friend.
        fall_back : sequence of 2 floats
            Rates per week from buyer back to acquaintance and from friend back to buyer.
        hazard_ratio : float or sequence of 3 floats
            How many times faster each deepening is online; 1 means no acceleration.
        loss_ratio : float or sequence of 4 floats
            How many times faster each stage is lost online.

        Returns
        -------
        Ladder

        Examples
        --------
        >>> ladder = Ladder.online_and_offline(hazard_ratio=1)
        >>> ladder.rates["online"] == ladder.rates["offline"]
        True
        """
        faster = _several(hazard_ratio, 3, "hazard_ratio")
        sooner = _several(loss_ratio, 4, "loss_ratio")
        up = _several(deepening, 3, "deepening")
        out = _several(loss, 4, "loss")
        back = _several(fall_back, 2, "fall_back")

        def channel(up: Iterable[float], out: Iterable[float]) -> dict[Transition, float]:
            rates = dict(zip(pairwise(STAGES[:4]), up, strict=True))
            rates |= {(stage, "lost"): r for stage, r in zip(STAGES[:4], out, strict=True)}
            return rates | {("buyer", "acquaintance"): back[0], ("friend", "buyer"): back[1]}

        return cls(
            {
                "offline": channel(up, out),
                "online": channel(
                    [a * b for a, b in zip(up, faster, strict=True)],
                    [a * b for a, b in zip(out, sooner, strict=True)],
                ),
            }
        )

    @property
    def channels(self) -> tuple[str, ...]:
        """Names of the channels."""
        return tuple(self.rates)

    def rate_matrix(self, channel: str) -> NDArray[np.float64]:
        """Give the generator Q of one channel, per week, shape (stages, stages)."""
        matrix = np.zeros((len(self.stages), len(self.stages)))
        for (stage, following), rate in self.rates_of(channel).items():
            matrix[self.stages.index(stage), self.stages.index(following)] = rate
        matrix[np.diag_indices_from(matrix)] = -matrix.sum(axis=1)
        return matrix

    def transition_matrix(self, channel: str, weeks: float) -> NDArray[np.float64]:
        """Give the probabilities of moving from each stage to each within some weeks."""
        return probabilities(self.rate_matrix(channel), [weeks])[0]

    def occupancy(self, weeks: ArrayLike, start: str = "stranger") -> pd.DataFrame:
        """Give the share of pairs in each stage at given times.

        Parameters
        ----------
        weeks : array_like of float
            Weeks since first contact, from 0 up.
        start : str
            Stage in which all pairs begin.

        Returns
        -------
        pandas.DataFrame
            Columns `channel`, `weeks` and one per stage; each row adds to 1.
        """
        asked = np.atleast_1d(np.asarray(weeks, float))
        if not (asked >= 0).all():
            raise ValueError("weeks must be numbers from 0 up.")
        row = self.stages.index(pick(start, self.stages, "stage"))
        frames = []
        for channel in self.channels:
            shares = probabilities(self.rate_matrix(channel), asked)[:, row, :]
            frame = pd.DataFrame(shares, columns=list(self.stages))
            frame.insert(0, "weeks", asked)
            frame.insert(0, "channel", channel)
            frames.append(frame)
        return pd.concat(frames, ignore_index=True)

    def reach(self, stage: str, start: str = "stranger") -> dict[str, float]:
        """Give the probability of ever reaching a stage, by channel.

        A pair that is lost, or otherwise absorbed, before it arrives never does.

        Parameters
        ----------
        stage : str
            The stage to be reached.
        start : str
            Stage in which the pair begins.

        Returns
        -------
        dict of str to float
        """
        here, goal = self._at(start), self._at(stage)
        return {c: float(ever(self.rate_matrix(c), goal)[here]) for c in self.channels}

    def reach_by(self, stage: str, weeks: ArrayLike, start: str = "stranger") -> pd.DataFrame:
        """Give the probability of having reached a stage by given times.

        Parameters
        ----------
        stage : str
            The stage to be reached.
        weeks : array_like of float
            Weeks since first contact, from 0 up.
        start : str
            Stage in which the pair begins.

        Returns
        -------
        pandas.DataFrame
            Columns `weeks` and one per channel: the cumulative incidence.
        """
        kept = {
            channel: {step: rate for step, rate in rates.items() if step[0] != stage}
            for channel, rates in self.rates.items()
        }
        shares = Ladder(kept, self.stages).occupancy(weeks, start)
        pick(stage, self.stages, "stage")
        wide = shares.pivot(index="weeks", columns="channel", values=stage)
        return wide[list(self.channels)].rename_axis(columns=None).reset_index()

    def expected_weeks(
        self, stage: str, start: str = "stranger", *, given_reached: bool = False
    ) -> dict[str, float]:
        """Give the mean number of weeks until a stage is first reached, by channel.

        Parameters
        ----------
        stage : str
            The stage to be reached, such as "lost".
        start : str
            Stage in which the pair begins.
        given_reached : bool
            Whether to average over the pairs that do arrive. This conditions on the future:
            nobody knows at the first contact which pairs these will be.

        Returns
        -------
        dict of str to float
            Infinite where some pairs never arrive and `given_reached` is False.
        """
        here, goal = self._at(start), self._at(stage)
        return {
            c: mean_time(self.rate_matrix(c), here, goal, given_reached=given_reached)
            for c in self.channels
        }

    def sojourn(self) -> pd.DataFrame:
        """Give the mean and median number of weeks a stay in each stage lasts."""
        rows = []
        for channel in self.channels:
            leaving = -np.diag(self.rate_matrix(channel))
            rows += [
                (channel, stage, 1 / out, math.log(2) / out)
                for stage, out in zip(self.stages, leaving, strict=True)
                if out > 0
            ]
        return pd.DataFrame(rows, columns=["channel", "stage", "mean_weeks", "median_weeks"])

    @cited
    def simulate(
        self,
        pairs: int | Mapping[str, int] = 800,
        weeks: float | tuple[float, float] = 104.0,
        seed: Seed | None = None,
        *,
        law: Law | Mapping[Transition, Law] = exponential,
        start: str = "stranger",
    ) -> pd.DataFrame:
        """Draw spells of pairs that climb this ladder; see `deepening.simulate`."""
        return simulate(self, pairs, weeks, seed, law=law, start=start)

    def rates_of(self, channel: str) -> Mapping[Transition, float]:
        """Give the rates of one channel, per week, by (stage, next stage)."""
        return self.rates[pick(channel, self.channels, "channel")]

    def _at(self, stage: str) -> int:
        return self.stages.index(pick(stage, self.stages, "stage"))


def _several(value: float | Sequence[float], count: int, name: str) -> tuple[float, ...]:
    values = (value,) * count if isinstance(value, (int, float)) else tuple(value)
    if len(values) != count:
        raise ValueError(f"{name} has {len(values)} numbers, but {count} are needed.")
    for one in values:
        if not (isinstance(one, (int, float)) and math.isfinite(one) and one >= 0):
            raise ValueError(f"{name} holds {one!r}, but numbers from 0 up are needed.")
    return values
