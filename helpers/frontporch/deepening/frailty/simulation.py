"""Draw spells of people who differ in what nobody sees."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...counting import repeat
from ...names import pick
from ...streams import Seed, generator
from ..holding import Law, exponential
from ..simulation import (
    Climbed,
    Transition,
    horizon_range,
    laws_by_step,
    pairs_by_channel,
    spells_table,
)
from .mechanism import gamma_frailty


def simulate_people(
    ladder: Climbed,
    people: int | Mapping[str, int] = 800,
    weeks: float | tuple[float, float] = 104.0,
    seed: Seed | None = None,
    *,
    frailty: float = 1.0,
    pairs_each: int = 1,
    steps: tuple[Transition, ...] | None = None,
    law: Law | Mapping[Transition, Law] = exponential,
) -> pd.DataFrame:
    """Draw the spells of people, each of whom moves faster or slower at every step.

    Parameters
    ----------
    ladder : Ladder
        Rates per week by channel, of a person of liveliness 1.
    people : int or mapping of str to int
        How many in all, spread evenly over the channels, or how many in each.
    weeks : float or tuple of two floats
        How long each pair is observed.
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where the draws come from.
    frailty : float
        θ, variance of the liveliness that multiplies a person's hazards; 0 for none.
    pairs_each : int
        How many shops each person gets to know, one beside the other.
    steps : tuple of (str, str), optional
        Steps whose hazard it multiplies; all of them without it.
    law : callable or mapping from (stage, next stage) to callable
        Holding-time law, as in `deepening.simulate`.

    Returns
    -------
    pandas.DataFrame
        A spells table with `person` and `liveliness` as further columns; the last one is what
        no log would show.

    Examples
    --------
    >>> from frontporch.deepening import Ladder
    >>> spells = simulate_people(Ladder.online_and_offline(), 4, seed=7, pairs_each=2)
    >>> spells["pair"].nunique(), spells["person"].nunique()
    (8, 4)
    """
    rng = generator(seed)
    if pairs_each < 1:
        raise ValueError(f"pairs_each is {pairs_each}, but must be a whole number from 1 up.")
    counts = pairs_by_channel(ladder, people)
    person = repeat(np.arange(sum(counts.values())), pairs_each)
    channel = repeat(repeat(np.arange(len(counts)), list(counts.values())), pairs_each)
    lively = gamma_frailty(sum(counts.values()), frailty, rng)
    known = {step for rates in ladder.rates.values() for step in rates}
    for a, b in steps or ():
        pick(f"{a} to {b}", [f"{a} to {b}" for a, b in known], "step")
    acting = dict.fromkeys(steps or known, lively[person])
    spells = climb(ladder, channel, weeks, rng, acting, law=law)
    who = spells["pair"].to_numpy()
    return spells.assign(person=person[who], liveliness=lively[person[who]])


def climb(
    ladder: Climbed,
    channel: NDArray[np.int64],
    weeks: float | tuple[float, float],
    rng: np.random.Generator,
    multiplier: Mapping[Transition, NDArray[np.float64]],
    *,
    law: Law | Mapping[Transition, Law] = exponential,
    start: str = "stranger",
) -> pd.DataFrame:
    """Draw spells of pairs whose hazards are each multiplied by a number of their own.

    Parameters
    ----------
    ladder : Ladder
        Rates per week by channel.
    channel : numpy.ndarray of int, shape (pairs,)
        Number of each pair's channel.
    weeks : float or tuple of two floats
        How long each pair is observed.
    rng : numpy.random.Generator
        Where the draws come from.
    multiplier : mapping of (stage, next stage) to numpy.ndarray of float, shape (pairs,)
        What multiplies the hazard of each pair; 1 where not given, 0 for a step never made.
    law, start
        As in `simulate_people`.

    Returns
    -------
    pandas.DataFrame
        A spells table; pairs are numbered as in `channel`.
    """
    low, high = horizon_range(weeks)
    laws = laws_by_step(ladder, law)
    first = ladder.stages.index(pick(start, ladder.stages, "stage"))
    pairs = len(channel)
    until = np.full(pairs, low) if low == high else rng.uniform(low, high, pairs)
    base_rates = ladder.rates[ladder.channels[0]]
    leaving = {ladder.stages.index(a) for a, _ in laws}
    who, stage, clock = np.arange(pairs), np.full(pairs, first), np.zeros(pairs)
    spells = []
    while len(who):
        wait, following = np.full(len(who), np.inf), np.full(len(who), -1)
        for number, name in enumerate(ladder.channels):
            for step, rate in ladder.rates[name].items():
                here, there = (ladder.stages.index(one) for one in step)
                at = np.flatnonzero((channel[who] == number) & (stage == here))
                base = base_rates.get(step, rate)
                hazard = rng.standard_exponential(len(at)) * (base / rate)
                if step in multiplier:
                    times = multiplier[step][who[at]]
                    at, hazard = at[times > 0], hazard[times > 0] / times[times > 0]
                drawn = laws[step](hazard, base)
                sooner = drawn < wait[at]
                wait[at[sooner]] = drawn[sooner]
                following[at[sooner]] = there
        end = np.minimum(clock + wait, until[who])
        moved = clock + wait <= until[who]
        spells.append((who, stage, clock, end, np.where(moved, following, -1)))
        on = moved & np.isin(following, list(leaving))
        who, stage, clock = who[on], following[on], end[on]
    return spells_table(ladder, channel, spells)
