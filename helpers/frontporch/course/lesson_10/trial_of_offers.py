"""A test of the first offer on halves of a shop's people."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...shop import Acts, Market, World
from ...shop.trials import Trial
from ...shop.year import Year
from .halves import AT_ONCE, EARLY, LATER, RIVALS, SEED, WEEKS, Halves
from .worlds import worlds


def offer_test(
    towns: World | Mapping[str, World] | None = None, weeks: int = WEEKS, *, seed: int = SEED
) -> Halves:
    """Test the first offer on halves of the people: at once, or after four weeks.

    Parameters
    ----------
    towns : World or mapping of str to World, optional
        The town, or several by name; the lesson's, in which claim 2.4 holds, without it.
    weeks : int
        How long the test lasts, from 5 to 24.
    seed : int
        Where the luck of the town and the coin come from.

    Returns
    -------
    Halves
        Its table has one row a town and half: `town`, `half`, `newcomers` (met at least four weeks
        before the end) and `lost` (of these, within four weeks).

    Notes
    -----
    The shop itself offers after four weeks; a coin (`shop.trials.Trial`) picks who gets the offer
    at once. Halves share the desk and the talk of the town, as in a real shop.

    Examples
    --------
    >>> offer_test(weeks=8).summary().columns.tolist()
    ['town', 'half', 'newcomers', 'lost']
    """
    if not EARLY < weeks <= WEEKS:
        raise ValueError(f"weeks is {weeks!r}, but must be from {EARLY + 1} to {WEEKS}.")
    if towns is None:
        towns = next(iter(worlds().values()))
    rows = []
    for town, world in towns.items() if isinstance(towns, Mapping) else [("", towns)]:
        met, gone, tested = newcomers(world, seed)
        early_enough = met["time"].to_numpy() <= weeks - EARLY
        for half, mine in ((AT_ONCE, tested), (LATER, ~tested)):
            counted = mine & early_enough
            rows.append((town, half, int(counted.sum()), int((counted & gone).sum())))
    return Halves(pd.DataFrame(rows, columns=["town", "half", "newcomers", "lost"]))


@lru_cache(maxsize=32)
def newcomers(world: World, seed: int) -> tuple[pd.DataFrame, NDArray[np.bool_], NDArray[np.bool_]]:
    """List whom a shop met and when; say who was lost within four weeks, and who was tested."""
    market = Market(world, 1 + RIVALS, seed)
    trial = Trial(0, "offer_week", 0, since=1)
    for _ in range(WEEKS):
        market.play([Acts(offer_week=EARLY)] * market.shops, [trial])
    moves = Year(market).moves
    moves = moves[moves["shop"] == 0]
    met = moves.loc[moves["from"] == "unmet", ["person", "time"]].reset_index(drop=True)
    lost = moves[moves["to"] == "lost"].groupby("person")["time"].first()
    stayed = met["person"].map(lost) - met["time"]
    gone = ((stayed > 0) & (stayed <= EARLY)).to_numpy()
    return met, gone, trial.half(market.luck)[met["person"].to_numpy()]
