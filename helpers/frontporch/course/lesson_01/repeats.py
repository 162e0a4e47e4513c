"""The same study again with other seeds: how much of a result is luck."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd

from ...deepening.hazards import hazard_ratio
from ...deepening.spells import read_spells
from ...stats.intervals import FEWEST_EVENTS


def repeat(
    simulate: Callable[[int], pd.DataFrame],
    seeds: Iterable[int],
    *,
    step: tuple[str, str] = ("stranger", "acquaintance"),
    by: str = "channel",
    groups: tuple[str, str] = ("online", "offline"),
    level: float = 0.95,
) -> pd.DataFrame:
    """Draw spells once a seed and estimate the hazard ratio of one step each time.

    Parameters
    ----------
    simulate : callable
        A function from a seed to a spells table, such as `world.simulate`.
    seeds : iterable of int
        One a repetition.
    step : tuple of two str
        The transition.
    by : str
        Column that makes the groups.
    groups : tuple of two str
        Names of the groups; the ratio is first by second.
    level : float
        Confidence level.

    Returns
    -------
    pandas.DataFrame
        One row a repetition: `seed`, `contrast` (the hazard ratio), `lower`, `upper`, `note`.

    Raises
    ------
    ValueError
        If a group never makes the step in a repetition; the message names the seed.

    Examples
    --------
    >>> from frontporch.deepening import Ladder
    >>> ladder = Ladder.online_and_offline()
    >>> repeat(lambda seed: ladder.simulate(pairs=200, seed=seed), range(3))["seed"].tolist()
    [0, 1, 2]
    """
    rows = []
    for seed in seeds:
        found = read_spells(simulate(seed), by)
        try:
            first, second = (found[name] for name in groups)
            ratio, lower, upper, events = hazard_ratio(first, second, *step, level)
        except (KeyError, ValueError) as error:
            raise ValueError(f"seed {seed}: {error} Simulate more pairs, or longer.") from error
        few = f"fewer than {FEWEST_EVENTS} events in a group: do not rely on the interval"
        rows.append((seed, ratio, lower, upper, few if events < FEWEST_EVENTS else ""))
    return pd.DataFrame(rows, columns=["seed", "contrast", "lower", "upper", "note"])
