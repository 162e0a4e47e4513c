"""Trials that a shop runs on its own people: acts that differ between halves, by lot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..counting import bincount
from ..names import pick
from .acts import Acts
from .luck import Ints, Luck, Purpose

DIFFER = (
    "offer_week",
    "messages",
    "join_hours",
    "boost",
    "loyalty",
    "letters",
    "data",
    "targeted",
    "newsletter",
    "answer",
    "help",
    "fan_drive",
)
"""Acts that can differ between people; the others are the whole shop's."""


@dataclass(frozen=True)
class Trial:
    """One act that half of a shop's people get otherwise, while it lasts.

    Parameters
    ----------
    shop : int
        The shop's place, from 0 up.
    act : str
        Which act, one of `DIFFER`.
    value : float, int, str or bool
        What it is for the tested half.
    since : int
        The trial's first week: lots are drawn then, and stay.

    Raises
    ------
    UnknownName
        If the act cannot differ between people; the nearest that can is named.

    Examples
    --------
    >>> Trial(0, "web", "none", since=1)
    Traceback (most recent call last):
    frontporch.names.UnknownName: There is no act that can differ between people 'web'. ...
    """

    shop: int
    act: str
    value: Any
    since: int

    def __post_init__(self) -> None:
        """Check that people can be treated differently."""
        pick(self.act, DIFFER, "act that can differ between people")

    def half(self, luck: Luck) -> NDArray[np.bool_]:
        """Say for each person whether the lot put them into the tested half."""
        pairs = self.shop * luck.people + np.arange(luck.people)
        return luck.some(self.since, Purpose.HALF, pairs, DIFFER.index(self.act)) < 0.5


@dataclass(frozen=True, eq=False)
class Arms:
    """Who gets which acts. Without trials, everybody gets those of the shop.

    Parameters
    ----------
    acts : tuple of Acts
        First those of each shop, then those of further arms of trials.
    shop : numpy.ndarray of int
        The shop of each of them.
    of : numpy.ndarray of int
        Which of them each person gets of each shop: (shops, people), or (shops, 1) where all get
        the same.
    """

    acts: tuple[Acts, ...]
    shop: Ints
    of: Ints

    @classmethod
    def drawn(cls, acts: Sequence[Acts], trials: Sequence[Trial], luck: Luck) -> Arms:
        """Give the arms of a week.

        Parameters
        ----------
        acts : sequence of Acts
            One a shop.
        trials : sequence of Trial
            None, one or several of each shop; several are crossed.
        luck : Luck
            The year's coins.
        """
        arms, shop = list(acts), list(range(len(acts)))
        of = np.arange(len(acts))[:, None]
        if trials:
            of = np.tile(of, (1, luck.people))
        for trial in trials:
            half = trial.half(luck)
            for arm in [k for k, one in enumerate(shop) if one == trial.shop]:
                of[trial.shop, half & (of[trial.shop] == arm)] = len(arms)
                arms.append(arms[arm].but(**{trial.act: trial.value}))
                shop.append(trial.shop)
        return cls(tuple(arms), np.array(shop), of)

    def at(self, flat: Ints, people: int) -> Ints:
        """Give the arm of some pairs, named by shop × people + person."""
        shop, person = np.divmod(flat, people)
        return self.of[shop, 0] if self.of.shape[1] == 1 else self.of[shop, person]

    def some(self, who: Ints) -> Ints:
        """Give the arms of some people, by shop: (shops, those people), or (shops, 1)."""
        return self.of if self.of.shape[1] == 1 else self.of[:, who]

    def counted(self, chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Count the pairs that are chosen, by arm."""
        if self.of.shape[1] == 1:
            return np.count_nonzero(chosen, axis=1).astype(np.int64)
        return bincount(self.of[chosen], minlength=len(self.acts)).astype(np.int64)

    def total(self, values: NDArray[Any]) -> NDArray[Any]:
        """Add up what each arm has, by shop."""
        found = values[: len(self.of)].copy()
        np.add.at(found, self.shop[len(found) :], values[len(found) :])
        return found

    def shared(self, values: NDArray[Any]) -> NDArray[Any]:
        """Give what each shop does on the whole: the mean over its people."""
        found = values[: len(self.of)].copy()
        for shop in set(self.shop[len(found) :].tolist()):
            # A shop without a trial keeps its value to the last bit.
            found[shop] = values[self.of[shop]].sum() / self.of.shape[1]
        return found
