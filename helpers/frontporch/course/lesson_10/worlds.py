"""Two towns: in one an early offer holds newcomers, in the other it drives some away."""

from __future__ import annotations

from ...shop import World
from ...streams import Seed
from ..doubles import Doubles
from .halves import TOWN, Halves

CLAIM = "2.4"


def worlds(town: int = TOWN, *, shuffle: Seed | None = None) -> Doubles[World]:
    """Build a town in which claim 2.4 holds, and its double in which it does not.

    All else is equal in both: people, rates, luck and rivals. A shop that waits four weeks with
    its offer sees the same newcomers in either. A test on halves tells them apart.

    Parameters
    ----------
    town : int
        Seed of everything else.
    shuffle : int, numpy.random.SeedSequence or numpy.random.Generator, optional
        With a seed the towns are called A and B and come in an order that the seed draws.

    Returns
    -------
    Doubles of shop.World

    Examples
    --------
    >>> [world.true("2.4") for world in worlds().values()]
    [True, False]
    """
    drawn = World.drawn(town)
    others = set(drawn.holds) - {CLAIM}
    return Doubles(
        drawn.but(holds=others | {CLAIM}),
        drawn.but(holds=others),
        names=("an early offer holds newcomers", "an early offer drives some away"),
        reader=Halves.in_words,
        shuffle=shuffle,
    )
