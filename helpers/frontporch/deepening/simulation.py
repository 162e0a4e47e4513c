"""Draw spells from a ladder: competing, clock-reset transitions of many pairs at once."""

from __future__ import annotations

import numbers
from collections.abc import Mapping
from typing import Protocol, TypeAlias

import numpy as np
import pandas as pd

from ..citing import cited
from ..counting import repeat
from ..names import pick
from ..streams import Seed, generator
from .holding import Law, exponential, tried

Transition: TypeAlias = tuple[str, str]
"""A stage and the next one."""


class Climbed(Protocol):
    """What is simulated: stages, channels, and rates per week by channel and transition."""

    stages: tuple[str, ...]

    @property
    def channels(self) -> tuple[str, ...]:
        """Names of the channels."""

    @property
    def rates(self) -> Mapping[str, Mapping[Transition, float]]:
        """Rates per week, above 0."""


@cited
def simulate(
    ladder: Climbed,
    pairs: int | Mapping[str, int] = 800,
    weeks: float | tuple[float, float] = 104.0,
    seed: Seed | None = None,
    *,
    law: Law | Mapping[Transition, Law] = exponential,
    start: str = "stranger",
) -> pd.DataFrame:
    """Draw the spells of pairs that climb a ladder.

    Each transition out of a stage draws its own time since the stage was entered; the
    earliest happens, and the clock starts anew. Under any law the hazard of a transition in
    a later channel is that of the first channel times the ratio of their rates.

    Parameters
    ----------
    ladder : Ladder
        Rates per week by channel.
    pairs : int or mapping of str to int
        How many pairs in all, spread evenly over the channels, or how many in each.
    weeks : float or tuple of two floats
        How long each pair is observed; two numbers draw it evenly between them, as when
        people arrive over time and everyone is looked at on one day.
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where the draws come from.
    law : callable or mapping from (stage, next stage) to callable
        Holding-time law of all transitions or of some (the others stay exponential), such as
        `functools.partial(weibull, shape=2)`, or a function of your own of (hazard, rate).
    start : str
        Stage in which all pairs begin.

    Returns
    -------
    pandas.DataFrame
        A spells table, one row a stay: `pair`, `channel`, `stage`, `entered`, `left` (weeks
        since first contact), `next_stage` (missing: the stay went on when last looked at).
        The stay in an absorbing stage, which nothing leaves, has no row.

    Raises
    ------
    TypeError
        If there is no seed, or a law is no function.
    ValueError
        If a number is out of range, or a law gives no times.

    Examples
    --------
    >>> from frontporch.deepening import Ladder
    >>> simulate(Ladder.online_and_offline(), pairs=4, weeks=26, seed=7).stage.tolist()[:2]
    ['stranger', 'acquaintance']
    """
    rng = generator(seed)
    counts = pairs_by_channel(ladder, pairs)
    horizons = horizon_range(weeks)
    laws = laws_by_step(ladder, law)
    first = ladder.stages.index(pick(start, ladder.stages, "stage"))

    channel = repeat(np.arange(len(counts)), list(counts.values()))
    people = len(channel)
    low, high = horizons
    until = np.full(people, low) if low == high else rng.uniform(low, high, people)

    who, stage, clock = np.arange(people), np.full(people, first), np.zeros(people)
    absorbing = {k for k, s in enumerate(ladder.stages) if not any(s == a for a, _ in laws)}
    first_channel = ladder.rates[ladder.channels[0]]
    spells = []
    while len(who):
        wait, following = np.full(len(who), np.inf), np.full(len(who), -1)
        for number, name in enumerate(ladder.channels):
            for (here, there), rate in ladder.rates[name].items():
                at = np.flatnonzero((channel[who] == number) & (stage == ladder.stages.index(here)))
                base = first_channel.get((here, there), rate)
                drawn = laws[here, there](rng.standard_exponential(len(at)) * (base / rate), base)
                sooner = drawn < wait[at]
                wait[at[sooner]] = drawn[sooner]
                following[at[sooner]] = ladder.stages.index(there)
        end = np.minimum(clock + wait, until[who])
        moved = clock + wait <= until[who]
        spells.append((who, stage, clock, end, np.where(moved, following, -1)))
        on = moved & ~np.isin(following, list(absorbing))
        who, stage, clock = who[on], following[on], end[on]
    return spells_table(ladder, channel, spells)


def spells_table(ladder: Climbed, channel: np.ndarray, spells: list[tuple]) -> pd.DataFrame:
    """Put drawn stays together as a spells table, in the order of pairs and time."""
    who, stage, entered, left, following = (
        np.concatenate(part) for part in zip(*spells, strict=True)
    )
    order = np.lexsort((entered, who))
    stages = pd.CategoricalDtype(list(ladder.stages), ordered=True)
    return pd.DataFrame(
        {
            "pair": who[order],
            "channel": pd.Categorical.from_codes(channel[who[order]], list(ladder.channels)),
            "stage": pd.Categorical.from_codes(stage[order], dtype=stages),
            "entered": entered[order],
            "left": left[order],
            "next_stage": pd.Categorical.from_codes(following[order], dtype=stages),
        }
    )


def pairs_by_channel(ladder: Climbed, pairs: int | Mapping[str, int]) -> dict[str, int]:
    """Give the number of pairs of each channel; a whole number is shared out evenly."""
    if isinstance(pairs, Mapping):
        for name in pairs:
            pick(name, ladder.channels, "channel")
        counts = {name: pairs.get(name, 0) for name in ladder.channels}
    else:
        each, rest = divmod(pairs, len(ladder.channels))
        counts = {name: each + (k < rest) for k, name in enumerate(ladder.channels)}
    for name, count in counts.items():
        if not isinstance(count, numbers.Integral) or count < 0:
            raise ValueError(f"pairs {name} is {count!r}, but must be a whole number from 0 up.")
    if sum(counts.values()) < 1:
        raise ValueError("pairs is 0: at least one pair is needed.")
    return counts


def horizon_range(weeks: float | tuple[float, float]) -> tuple[float, float]:
    """Give the shortest and the longest observation, in weeks."""
    low, high = weeks if isinstance(weeks, (tuple, list)) else (weeks, weeks)
    if not (0 < low <= high < np.inf):
        raise ValueError(f"weeks is {weeks!r}, but must be above 0: 104, or (52, 104) for a range.")
    return float(low), float(high)


def laws_by_step(ladder: Climbed, law: Law | Mapping[Transition, Law]) -> dict[Transition, Law]:
    """Give the holding-time law of each step, each tried on a small case."""
    steps = {step for rates in ladder.rates.values() for step in rates}
    if not isinstance(law, Mapping):
        chosen = tried(law)
        return dict.fromkeys(steps, chosen)
    known = {f"{a} to {b}": (a, b) for a, b in steps}
    for step in law:
        if not isinstance(step, tuple) or len(step) != 2:
            raise TypeError(
                f"law is given for {step!r}, but a law belongs to a transition: "
                f"{{('stranger', 'acquaintance'): my_law}}."
            )
        pick("{} to {}".format(*step), known, "transition")
    return {step: tried(law.get(step, exponential)) for step in steps}
