"""The people of Main Street: who they are, whom they know, how close they begin to a shop."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .. import data
from ..community import Community, small_world
from ..deepening.ladder import STAGES
from .luck import Floats, Luck, Purpose
from .world import World

ALL_STAGES = ("unmet", *STAGES)
UNMET, STRANGER, ACQUAINTANCE, BUYER, FRIEND, LOST = range(6)
START = (0.45, 0.13, 0.20, 0.16, 0.06)
"""Shares of people in each stage with a shop when the year begins, up to friend; none is lost."""
AGES = ("18 to 29", "30 to 49", "50 to 64", "65 and older")
AGE_SHARES = (0.25, 0.35, 0.22, 0.18)
"""An assumption; how many of each group are online is published (`online_by_age`)."""
OLDER = 2
"""From which age group on people are older."""
KINDS = 6
KIND_SHARES = (0.28, 0.22, 0.18, 0.14, 0.10, 0.08)
"""Shares of people by the kind of goods that they like best."""
STREET_TIES, ONLINE_TIES = 6, 4
LAYERS = ("street", "online")


@dataclass(frozen=True, eq=False)
class Town:
    """People and their ties; nothing in it changes during the year.

    Parameters
    ----------
    age : numpy.ndarray of int
        Age group of each person, a position in `AGES`.
    online_from : numpy.ndarray of float
        Week from which a person is online: 0, or never (infinite), or in between.
    close : numpy.ndarray of bool
        Whether a person wants a closer relationship.
    patience : numpy.ndarray of float
        Rate per week at which the person gives up waiting.
    kind : numpy.ndarray of int
        The kind of goods that the person likes best.
    ties : tuple of Community
        On the street, and online.
    """

    age: NDArray[np.int8]
    online_from: Floats
    close: NDArray[np.bool_]
    patience: Floats
    kind: NDArray[np.int8]
    ties: tuple[Community, Community]

    @property
    def size(self) -> int:
        """How many people there are."""
        return len(self.age)

    def online(self, week: int) -> NDArray[np.bool_]:
        """Say who is online in a week."""
        return self.online_from <= week

    def table(self) -> pd.DataFrame:
        """List the people."""
        return pd.DataFrame(
            {
                "person": np.arange(self.size),
                "age": pd.Categorical.from_codes(self.age, AGES, ordered=True),
                "online": self.online(0),
                "online_from": np.where(np.isfinite(self.online_from), self.online_from, np.nan),
                "wants_closeness": self.close,
                "patience": self.patience,
                "kind": self.kind,
            }
        )

    def tie_table(self) -> pd.DataFrame:
        """List the ties, each once, with the layer in which it lies."""
        frames = []
        for name, layer in zip(LAYERS, self.ties, strict=True):
            once = layer.sources < layer.targets
            frames.append(
                pd.DataFrame(
                    {"source": layer.sources[once], "target": layer.targets[once], "layer": name}
                )
            )
        return pd.concat(frames, ignore_index=True)


def settle(world: World, luck: Luck) -> Town:
    """Let people move in.

    Parameters
    ----------
    world : World
        The town's rules.
    luck : Luck
        The year's coins.

    Returns
    -------
    Town

    Examples
    --------
    >>> town = settle(World(people=200), Luck(7, 1, 200))
    >>> town.size, sorted(town.table()["age"].unique())
    (200, ['18 to 29', '30 to 49', '50 to 64', '65 and older'])
    """
    age = cut(luck.persons(0, Purpose.AGE), AGE_SHARES)
    now = luck.persons(0, Purpose.ONLINE) < np.array(online_by_age())[age]
    later = luck.persons(0, Purpose.LATER)
    joins = (age >= OLDER) & (later < 0.5) & world.true("0.4")
    online_from = np.where(now, 0.0, np.where(joins, np.floor(104 * later) + 1, np.inf))
    patience = world.patience * (0.5 + luck.persons(0, Purpose.PATIENCE))
    patience = patience * (2.0 if world.true("4.5") else 1.0)
    return Town(
        age=age,
        online_from=online_from,
        close=luck.persons(0, Purpose.CLOSENESS) < world.closeness,
        patience=patience,
        kind=cut(luck.persons(0, Purpose.KIND), KIND_SHARES),
        ties=_ties(world.people, int(luck.root) % 2**32),
    )


@lru_cache(maxsize=1)
def online_by_age() -> tuple[float, ...]:
    """Give the share of each age group that is online when the year begins.

    Notes
    -----
    Source: Pew Research Center, May 2010, users of social networking sites among internet users,
    as the data set `age_and_channel` has them.

    Examples
    --------
    >>> dict(zip(AGES, online_by_age()))
    {'18 to 29': 0.86, '30 to 49': 0.61, '50 to 64': 0.47, '65 and older': 0.26}
    """
    rows = data.load("age_and_channel").query("channel == 'social networking sites'")
    shares = rows.set_index("age")["share"]
    return tuple(int(shares[age]) / 100 for age in AGES)


def first_stages(luck: Luck) -> NDArray[np.int8]:
    """Give the stage of each shop and person when the year begins."""
    return cut(luck.pairs(0, Purpose.START), START)


def cut(coin: Floats, shares: tuple[float, ...]) -> NDArray[np.int8]:
    """Give the place of each coin among shares that add up to 1.

    Examples
    --------
    >>> cut(np.array([0.1, 0.35, 0.99]), (0.3, 0.4, 0.3)).tolist()
    [0, 1, 2]
    """
    found = np.zeros(coin.shape, np.int8)
    upto = 0.0
    for one in shares[:-1]:
        upto += one
        found += coin >= upto
    return found


@lru_cache(maxsize=4)
def _ties(people: int, seed: int) -> tuple[Community, Community]:
    street = small_world(people, STREET_TIES, 0.1, seed=seed)
    return street, small_world(people, ONLINE_TIES, 1.0, seed=seed + 1)
