"""The first half year with one decision: whom it brings, and what it leaves in the till."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from ... import shop
from .equal_shops import TOWN

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WEEKS = 24
RIVALS = ("usual",) * 3
REACH: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        "nothing": MappingProxyType({}),
        "join in, 5 hours a week": MappingProxyType({"join_hours": 5.0}),
        "join in, 10 hours a week": MappingProxyType({"join_hours": 10.0}),
        "pay 60 dollars a week": MappingProxyType({"boost": 60.0}),
        "pay 150 dollars a week": MappingProxyType({"boost": 150.0}),
    }
)
"""Ways to reach strangers, as acts of the shop."""


@lru_cache(maxsize=8)
def came(reach: str) -> tuple[int, float]:
    """Give how many people a shop met in half a year, and the dollars that it earned.

    Examples
    --------
    >>> met, earned = came("nothing")
    >>> met > 100
    True
    """
    mine = shop.Acts().but(**REACH[reach])
    world = shop.World.drawn(TOWN)
    row = shop.simulate(world, [mine, *RIVALS], WEEKS, seed=TOWN).summary().iloc[0]
    return int(row["met"]), float(row["cash"])


def first_months(reach: str = "join in, 10 hours a week", ax: Axes | None = None) -> Axes:
    """Draw what one way to reach strangers brings in half a year, beside doing nothing.

    Parameters
    ----------
    reach : str
        A name of `REACH`.
    ax : matplotlib Axes, optional
        Whose place the two panels take; a new picture without it.

    Returns
    -------
    matplotlib Axes
        The page, whose panels are its children.
    """
    from .pictures import plot_first_months

    return plot_first_months(reach, came(reach), came("nothing"), ax=ax)
