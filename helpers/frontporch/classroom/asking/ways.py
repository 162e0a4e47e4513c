"""What other ways of choosing reach, with one person, with two, up to the whole budget."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ...streams import generator

if TYPE_CHECKING:
    from ...community.seeding.percolation import LiveEdges

COMPUTED = "computed (influence_maximization)"
AT_RANDOM = "at random (100 draws)"
DRAWS = 100


def other_ways(worlds: LiveEdges, budget: int, seed: int) -> dict[str, NDArray[np.float64]]:
    """Give how many each way reaches on average, by how many it asks.

    Parameters
    ----------
    worlds : LiveEdges
        In which everybody is counted; the computed choice was made on other ones.
    budget : int
        How many people may be asked.
    seed : int
        Where the computed choice and those at random come from.

    Returns
    -------
    dict of str to numpy.ndarray of float, shape (budget + 1,)
        People reached on average, asking nobody, one, up to `budget`.

    Examples
    --------
    >>> from frontporch import community
    >>> star = community.from_arrays([0, 0, 0], [1, 2, 3])
    >>> worlds = community.live_edges(star, community.independent_cascade(1.0), 10, seed=7)
    >>> other_ways(worlds, 1, seed=7)["most ties"].tolist()
    [0.0, 4.0]
    """
    from ...community.seeding.choice import Precision, influence_maximization
    from ...community.seeding.heuristics import heuristic_choices

    town = worlds.community
    # Two runs, as the worlds count every way anyhow.
    found = influence_maximization(town, budget, worlds.rule, seed, precision=Precision(runs=2))
    nobody = np.array([], dtype=np.int64)
    by_hand = heuristic_choices(town, budget, seed, nobody)
    orders = {COMPUTED: town.numbers(found.starters), **by_hand}
    orders.pop("at random")
    ways = {way: grown(worlds, order) for way, order in orders.items()}
    rng = generator(seed)
    draws = [grown(worlds, rng.permutation(town.size)[:budget]) for _ in range(DRAWS)]
    return ways | {AT_RANDOM: np.mean(draws, axis=0)}


def grown(worlds: LiveEdges, order: NDArray[np.int64]) -> NDArray[np.float64]:
    """Give how many are reached on average as these people are asked one after the other."""
    open_ = worlds.opened()
    gains = [0]
    for person in order:
        gains.append(open_.gain(int(person)))
        open_.take(int(person))
    return np.cumsum(gains) / len(worlds)
