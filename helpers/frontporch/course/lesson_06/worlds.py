"""Two worlds of contact: joining in works, or pushing works; the same surface."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ...rounding import solved
from ...streams import Seed
from ..doubles import Doubles, same_surface
from .contact_world import ContactWorld
from .replies import by_reply


def worlds(budget: float = 100.0, *, shuffle: Seed | None = None) -> Doubles[ContactWorld]:
    """Build a world in which joining in works, and its double in which only pushing does.

    Under a budget that goes half into replies and half into boosted posts, about as many people
    adopt in both, and those whom the shop has replied to adopt as much more often. In the first
    the replies do it; in the second the keen post more, are replied to more, and would have
    adopted anyway, while boosted posts bring the others. Replies to people whom a coin draws,
    or either half alone, tell the worlds apart.

    Parameters
    ----------
    budget : float
        Money per week at which the worlds look alike, above 0.
    shuffle : int or numpy.random.Generator, optional
        With a seed the worlds are called A and B and come in an order that the seed draws.

    Raises
    ------
    ValueError
        If no double with this surface exists at this budget.

    Examples
    --------
    >>> for name, world in worlds().items():
    ...     print(name, world.expected(100, 0.5)[["adopted", "adopted_replied"]].round(3).tolist())
    joining in works [0.148, 0.286]
    pushing works [0.148, 0.286]
    """
    first = ContactWorld()
    second = replace(first, member=0.0, own=0.0003)
    wanted = first.expected(budget, 0.5)

    def made(at: NDArray[np.float64]) -> ContactWorld:
        return replace(second, boost=float(np.exp(at[0])), own_keen=float(np.exp(at[1])))

    found = same_surface(
        lambda at: made(np.clip(at, -14, 1)).expected(budget, 0.5),
        np.log([first.boost, 0.02]),
        {name: wanted[name] for name in ("adopted", "adopted_replied")},
        of=f"budget={budget}",
    )
    boost, own_keen = map(solved, np.exp(found))
    pushing = replace(second, boost=boost, own_keen=own_keen)
    return Doubles(
        first,
        pushing,
        names=("joining in works", "pushing works"),
        reader=by_reply,
        shuffle=shuffle,
    )
