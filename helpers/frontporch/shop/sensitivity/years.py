"""Years of one shop in many towns, by what it does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from ..acts import Acts
from ..claims import RIVALS, worded
from ..parameters import whole
from ..policies import FIXED, Policy
from ..simulation import simulate as play
from ..switches import SWITCHES
from .factors import town

USUAL = "the usual shop"
BESIDE: tuple[dict[str, Any], ...] = (
    {"boost": 60.0},
    {"event": "new"},
    {"data": "take", "targeted": True},
    {"counter_hours": 4.0},
    {"web": "none"},
    {"newsletter": True},
    {"easy": True},
    {"trade_shows": 2},
)
"""What is done instead, and the offline acts that no claim recommends."""
POLICIES = ("frugal", "participant")


def advice() -> dict[str, Acts]:
    """Give what the claims tell a shop to do, and some acts beside them.

    Examples
    --------
    >>> advice()["offer_week=0"].offer_week
    0
    """
    found: dict[Acts, str] = {Acts(): USUAL}
    for changes in (*(one.act for one in SWITCHES.values()), *BESIDE):
        acts = Acts().but(**changes)
        found[acts] = found.get(acts, worded(changes))
    for name in POLICIES:
        found[FIXED[name]] = f"policy {name}"
    return {name: acts for acts, name in found.items()}


def simulate(
    worlds: pd.DataFrame,
    acts: Mapping[str, str | Acts | Policy] | None = None,
    rivals: Sequence[str | Acts | Policy] = RIVALS,
    weeks: int = 52,
    *,
    seed: int = 0,
    **fixed: Any,
) -> pd.DataFrame:
    """Play a year of one shop in each of many towns, on each town's own luck.

    Parameters
    ----------
    worlds : pandas.DataFrame
        One row a town, as `worlds` gives them.
    acts : mapping of str to Acts, str or callable, optional
        By name, what the shop does; without it all that the claims recommend, what is done
        instead, and the fixed policies.
    rivals : sequence of Acts, str or callable
        What the other shops do.
    weeks : int
        How long a year is.
    seed : int
        Added to the seed of each town, for other luck; 0 keeps each town's own.
    **fixed
        What is the same in every town, such as ``people=500``.

    Returns
    -------
    pandas.DataFrame
        The shop's profit in cents: a row for each town, a column for what the shop does.

    Notes
    -----
    A year takes about a third of a second. For thousands of them on several processors, in a file
    that survives an interrupt, see `sweep.run` and `datasets/advice_years/make.py`.

    Examples
    --------
    >>> from frontporch.shop import sensitivity
    >>> towns = sensitivity.worlds(2).iloc[:2]
    >>> simulate(towns, {"idle": Acts.idle()}, ["usual"], weeks=1, people=50).shape
    (2, 1)
    """
    given = advice() if acts is None else dict(acts)
    rows = list(worlds.to_dict("index").values())
    shift = whole(seed, "seed", 0)
    found = [_profits(row, given, rivals, weeks, shift, fixed) for row in rows]
    return pd.DataFrame(found, index=worlds.index, columns=list(given))


def _profits(
    row: Mapping[str, float],
    acts: Mapping[str, str | Acts | Policy],
    rivals: Sequence[str | Acts | Policy],
    weeks: int,
    shift: int,
    fixed: Mapping[str, Any],
) -> list[int]:
    world, seed = town(row, **fixed)
    return [play(world, [one, *rivals], weeks, seed=seed + shift).cash[0] for one in acts.values()]
