"""Draw strangers and what becomes of them when the shop opens its door."""

from __future__ import annotations

import numbers

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from ...names import pick
from ...stats.intervals import difference, logit
from ...streams import Seed, generator, spawn
from .contact import Policy, Timing, at_week, never, offers_of
from .incidence import grid_of
from .model import OUTCOMES, Door, cells

CHUNK = 4_000_000
"""Cells that are held in memory at a time."""


def simulate(
    door: Door,
    pairs: int,
    weeks: float,
    seed: Seed | None,
    *,
    timing: Timing,
    policy: Policy,
    step: float = 0.25,
) -> pd.DataFrame:
    """Draw one spell a stranger: how long, how it ended, and when the door was opened.

    Parameters
    ----------
    door : Door
        The hazards.
    pairs : int
        How many strangers, from 1 up.
    weeks : float
        How long each is observed.
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where the draws come from.
    timing : callable
        Draws the week of each offer.
    policy : callable
        Contacts per week.
    step : float
        Weeks within which hazards are taken as constant; exact where they are constant.

    Returns
    -------
    pandas.DataFrame
        The `spells` contract with a further column: `pair`, `channel` (online), `stage`
        (stranger), `entered` (0), `left` (weeks since first contact), `next_stage` (friend,
        competitor or over-contact; missing: still a stranger), `offered_at` (week of the
        offer; missing where none was made before the stay ended).

    Raises
    ------
    TypeError
        If there is no seed, or a function is none.
    ValueError
        If a number is out of range.

    Examples
    --------
    >>> from frontporch.deepening.offers import at_random, steady
    >>> simulate(Door(), 3, 52, 7, timing=at_random(10), policy=steady())["stage"].tolist()
    ['stranger', 'stranger', 'stranger']
    """
    if not isinstance(pairs, numbers.Integral) or pairs < 1:
        raise ValueError(f"pairs is {pairs!r}, but is a whole number from 1 up.")
    rng, pairs = generator(seed), int(pairs)
    offered = offers_of(timing, rng, pairs)
    draw = rng.standard_exponential(pairs)
    which = rng.random(pairs)
    left = np.empty(pairs)
    outcome = np.full(pairs, -1)
    size = max(CHUNK // (len(grid_of(weeks, step)) + 1), 1)
    for start in range(0, pairs, size):
        part = slice(start, start + size)
        edges, hazards = cells(door, offered[part], weeks, policy, step)
        total = hazards.sum(axis=0)
        summed = np.cumsum(total * np.diff(edges), axis=1)
        goes = summed[:, -1] >= draw[part]
        cell = np.argmax(summed >= draw[part, None], axis=1)
        row = np.arange(len(cell))
        over = summed[row, cell] - draw[part]
        rate = np.where(goes, total[row, cell], 1.0)
        left[part] = np.where(goes, edges[row, cell + 1] - over / rate, weeks)
        up_to = np.cumsum(hazards[:, row, cell], axis=0) / rate
        cause = (which[part] >= up_to[:-1]).sum(axis=0)
        outcome[part] = np.where(goes, cause, -1)
    stages = ["stranger", *OUTCOMES]
    names = pd.CategoricalDtype(stages)
    return pd.DataFrame(
        {
            "pair": np.arange(pairs),
            "channel": "online",
            "stage": pd.Categorical.from_codes(np.zeros(pairs, int), dtype=names),
            "entered": 0.0,
            "left": left,
            "next_stage": pd.Categorical.from_codes(
                np.where(outcome < 0, -1, outcome + 1), dtype=names
            ),
            "offered_at": np.where(offered < left, offered, np.nan),
        }
    )


def simulate_gain(
    door: Door,
    offered: ArrayLike,
    pairs: int = 4_000,
    weeks: float = 52.0,
    seed: Seed | None = None,
    *,
    policy: Policy | None = None,
    goal: str = "friend",
    level: float = 0.95,
    step: float = 0.25,
) -> pd.DataFrame:
    """Draw strangers for each week of the offer and for none, and compare the shares.

    Parameters
    ----------
    door : Door
        The hazards.
    offered : array_like of float
        Weeks of the offer.
    pairs : int
        Strangers for each.
    weeks : float
        The horizon.
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where the draws come from.
    policy : callable, optional
        Contact policy.
    goal : str
        The outcome that is gained.
    level : float
        Confidence level.
    step : float
        As in `simulate`.

    Returns
    -------
    pandas.DataFrame
        One row an offer: `offered`, `share`, `gain`, `standard_error`, `lower`, `upper`.

    Examples
    --------
    >>> simulate_gain(Door(), [0, 26], pairs=500, seed=7)["gain"].round(1).tolist()
    [0.4, 0.1]
    """
    pick(goal, OUTCOMES, "outcome")
    asked = np.atleast_1d(np.asarray(offered, float))
    found = []
    timings = [never, *(at_week(week) for week in asked)]
    for rng, timing in zip(spawn(seed, len(timings)), timings, strict=True):
        spells = door.simulate(pairs, weeks, rng, timing=timing, policy=policy, step=step)
        share = float((spells["next_stage"] == goal).mean())
        error = float(np.sqrt(share * (1 - share) / pairs))
        lower, upper = logit([share], [error], level)
        found.append((share, float(lower[0]), float(upper[0]), error))
    (*without, base), rows = found[0], []
    for week, (*with_it, error) in zip(asked, found[1:], strict=True):
        value, lower, upper = difference(tuple(with_it), tuple(without))
        rows.append((week, with_it[0], value, float(np.hypot(error, base)), lower, upper))
    columns = ["offered", "share", "gain", "standard_error", "lower", "upper"]
    return pd.DataFrame(rows, columns=columns)
