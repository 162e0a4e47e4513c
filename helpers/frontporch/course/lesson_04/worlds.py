"""Two worlds of front porches: online replaces neighbors, or comes on top; the same surface."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...rounding import solved
from ...streams import Seed
from ..doubles import Doubles, same_surface
from .porch_world import PorchWorld, read_porches

SOLVED = ("joins", "invite", "selection", "budget")
SURFACE = ("users_unwired", "users_wired", "local_users", "local_others")


def worlds(crowding_out: float = 1.0, *, shuffle: Seed | None = None) -> Doubles[PorchWorld]:
    """Build a world in which online replaces the neighbors, and its double in which it does not.

    In both as many are online, users know as many neighbors, and as many online, as in the
    other, and so do those who are not: a survey sees no difference, and reads from the users'
    many neighbors that contact online costs none. In the first world it does; only the more
    sociable go online. The coin that wired the streets tells them apart.

    Parameters
    ----------
    crowding_out : float
        Local ties that one online tie costs in the first world, above 0 up to 1.5.
    shuffle : int, numpy.random.SeedSequence or numpy.random.Generator, optional
        With a seed the worlds are called A and B and come in an order that the seed draws.

    Returns
    -------
    Doubles of PorchWorld

    Raises
    ------
    ValueError
        If no double without crowding out has this surface.

    Examples
    --------
    >>> for name, world in worlds().items():
    ...     found = world.expected()
    ...     print(f"{name}: {found['naive']:.2f}, {abs(found['experiment']):.2f}")
    online replaces: 0.31, 1.38
    online comes on top: 0.31, 0.00
    """
    if not 0 < crowding_out <= 1.5:
        raise ValueError(f"crowding_out is {crowding_out!r}, but must be above 0 up to 1.5.")
    first = PorchWorld(crowding_out=float(crowding_out))
    return Doubles(
        first,
        _double(first),
        names=("online replaces", "online comes on top"),
        reader=read_porches,
        shuffle=shuffle,
    )


@lru_cache(maxsize=16)
def _double(first: PorchWorld) -> PorchWorld:
    """Change assumptions until a world without crowding out has the same surface."""
    expected = first.expected()
    surface = {name: expected[name] for name in SURFACE}

    def made(at: NDArray[np.float64]) -> PorchWorld:
        values: dict[str, Any] = dict(zip(SOLVED, map(float, at), strict=True))
        return replace(first, crowding_out=0.0, claim_holds=False, **values)

    begin = np.array([getattr(first, name) for name in SOLVED])
    found = same_surface(
        lambda at: made(at).expected(), begin, surface, of=f"crowding_out={first.crowding_out}"
    )
    double = made(np.array([solved(one) for one in found]))
    # Users are less sociable there, so that they meet as many online only at a higher rate.
    fewer = expected["liveliness"] / double.expected()["liveliness"]
    return replace(double, online=solved(first.online * fewer))
