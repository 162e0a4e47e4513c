"""Whom people ask first by hand: the best connected, the inner core, the most loyal, anybody."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...counting import bincount
from ...streams import Seed, generator
from ..graph.ties import Community
from ..measures.cores import core_numbers


def heuristic_choices(
    community: Community, k: int, seed: Seed, barred: NDArray[np.int64]
) -> dict[str, NDArray[np.int64]]:
    """Give the people whom each way of choosing by hand takes.

    Parameters
    ----------
    community : Community
        People and ties.
    k : int
        How many people.
    seed : int or numpy.random.Generator
        Where the random choice comes from.
    barred : numpy.ndarray of int64
        Numbers of those who cannot be asked.

    Returns
    -------
    dict of str to numpy.ndarray
        "most ties"; "inner core" (largest core number, then most ties; where ties have no
        direction); "most loyal" (largest sum of strength; where ties have strength); "at
        random". Of several who are alike, the lowest numbers.

    Examples
    --------
    >>> from frontporch import community
    >>> star = community.from_arrays([0, 0, 0], [1, 2, 3])
    >>> heuristic_choices(star, 1, 7, np.array([], dtype=int))["most ties"].tolist()
    [0]
    """
    degree = community.degree
    open_ = np.setdiff1d(np.arange(community.size), barred)

    def first(*keys: NDArray) -> NDArray[np.int64]:
        # Of lexsort's keys the last one counts first.
        order = np.lexsort((open_, *(-key[open_] for key in reversed(keys))))
        return open_[order[:k]]

    ways = {"most ties": first(degree)}
    if not community.directed:
        ways["inner core"] = first(core_numbers(community), degree)
    if community.strength is not None:
        loyal = bincount(community.sources, community.strength, minlength=community.size)
        ways["most loyal"] = first(loyal)
    ways["at random"] = np.sort(generator(seed).choice(open_, k, replace=False))
    return ways
