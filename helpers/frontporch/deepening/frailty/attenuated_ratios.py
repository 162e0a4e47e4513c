"""How much of a true hazard ratio is seen by a model that does not know people differ."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from ...stats.intervals import FEWEST_EVENTS
from ...streams import Seed, spawn
from ..hazards import hazard_ratio as cox_ratio
from ..spells import read_spells
from .mechanism import attenuated
from .worlds import STEP, meet_shops


def attenuation(
    variances: Iterable[float] = (0.0, 0.5, 1.0, 2.0),
    hazard_ratio: float = 2.0,
    *,
    people: int = 40_000,
    rate: float = 0.1,
    weeks: float = 30.0,
    seed: Seed,
    level: float = 0.95,
) -> pd.DataFrame:
    """Simulate people who differ, and fit Cox's model without saying so.

    Parameters
    ----------
    variances : iterable of float
        θ of the hidden differences.
    hazard_ratio : float
        Online by offline, for one and the same person.
    people : int
        How many, half in each channel; one shop each.
    rate : float
        Hazard per week, offline, of a person of liveliness 1.
    weeks : float
        How long people are observed.
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where the draws come from.
    level : float
        Confidence level.

    Returns
    -------
    pandas.DataFrame
        `variance`, `hazard_ratio` (as found), `lower`, `upper`, `limit` (what it tends to with
        ever more people), `note`.

    Examples
    --------
    >>> attenuation([0, 2], people=4_000, seed=7)["hazard_ratio"].round(1).tolist()
    [2.0, 1.4]
    """
    chosen = list(variances)
    rows = []
    for variance, rng in zip(chosen, spawn(seed, len(chosen)), strict=True):
        spells = meet_shops(people, hazard_ratio, variance, rng, shops=1, rate=rate, weeks=weeks)
        groups = read_spells(spells, "channel")
        ratio, lower, upper, fewest = cox_ratio(groups["online"], groups["offline"], *STEP, level)
        few = f"fewer than {FEWEST_EVENTS} events in a group: do not rely on the interval"
        limit = attenuated(hazard_ratio, variance, rate=rate, weeks=weeks)
        rows.append(
            (float(variance), ratio, lower, upper, limit, few if fewest < FEWEST_EVENTS else "")
        )
    columns = ["variance", "hazard_ratio", "lower", "upper", "limit", "note"]
    return pd.DataFrame(rows, columns=columns).astype({"variance": np.float64})
