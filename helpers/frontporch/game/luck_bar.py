"""How far luck alone spreads equal teams: the bar that stands beside cash."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from ..shop import World, simulate

if TYPE_CHECKING:
    from .rules import Game

SHOPS = 24
"""Equal shops on which the bar is measured."""
OTHER_TOWNS = 1_000
"""Seeds of towns that have nothing to do with the game's, so that the bar gives nothing away."""


def luck_bar(game: Game) -> tuple[float, ...]:
    """Give the standard deviation of cash among equal teams, after each number of rounds.

    Returns
    -------
    tuple of float
        Dollars, to the nearest ten, from 0 rounds to all. Measured on shops that all do as the
        usual one, in towns drawn by the same rules as the game's, but not in the game's.

    Examples
    --------
    >>> from frontporch.game import Game
    >>> luck_bar(Game(teams=("Ada", "Bo"), rounds=1, people=100))[0]
    0.0
    """
    return _measured(len(game.teams), game.rounds, game.weeks_a_round, game.people or 0)


@lru_cache(maxsize=16)
def _measured(teams: int, rounds: int, weeks: int, people: int) -> tuple[float, ...]:
    towns = -(-SHOPS // teams)
    squares = np.zeros(rounds)
    for seed in range(OTHER_TOWNS, OTHER_TOWNS + towns):
        town = World.drawn(seed, people=people)
        year = simulate(town, ("usual",) * teams, rounds * weeks, seed=seed)
        cash = np.array([row["cash"] for row in year.market.ledger.weeks]).reshape(-1, teams)
        after = cash[weeks - 1 :: weeks] / 100
        squares += ((after - after.mean(axis=1)[:, None]) ** 2).sum(axis=1)
    spread = np.sqrt(squares / (towns * (teams - 1)))
    return (0.0, *(round(float(one), -1) for one in spread))
