"""Two worlds that look alike: in one the claim holds, in the other it does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from ...deepening import Ladder, compare, fit
from ...deepening.comparison import Comparison
from ...rounding import solved
from ...streams import Seed
from ..doubles import Doubles


@dataclass(frozen=True)
class World:
    """A ladder with the number of strangers who set out on it.

    Parameters
    ----------
    ladder : Ladder
        Its rates.
    pairs : tuple of (str, int)
        How many strangers set out by channel.
    """

    ladder: Ladder
    pairs: tuple[tuple[str, int], ...]

    def simulate(self, seed: Seed, weeks: float = 104.0) -> pd.DataFrame:
        """Draw the spells of this world; synthetic by construction."""
        return self.ladder.simulate(dict(self.pairs), weeks, seed)


def worlds(
    strangers: int = 1_000,
    hazard_ratio: tuple[float, float, float] = (1.8, 1.5, 1.2),
    *,
    shuffle: Seed | None = None,
) -> Doubles[World]:
    """Build a world in which online deepens faster, and its double in which it does not.

    In both, friends made online came as early on average, and there are as many of them.
    In the second no step up is faster online: strangers are merely lost sooner there, so
    that only the quick ones are left to become friends, and more strangers set out.

    Parameters
    ----------
    strangers : int
        Strangers who set out in each channel of the first world.
    hazard_ratio : tuple of 3 floats
        How many times faster each step up is online in the first world, from 1 up.
    shuffle : int, numpy.random.SeedSequence or numpy.random.Generator, optional
        With a seed the worlds are called A and B and come in an order that the seed draws,
        so that a class has to tell them apart.

    Returns
    -------
    Doubles
        Of `World`; `read` gives the four numbers for "faster", online by offline.

    Notes
    -----
    The second world's loss rates are raised until the mean weeks to friend, among those who
    became friends, equal the first world's. Averaging over those who arrived conditions on
    the future; the hazard of each step does not, and tells the worlds apart.

    Examples
    --------
    >>> [round(world.ladder.expected_weeks("friend", given_reached=True)["online"], 6)
    ...  for world in worlds().values()]
    [21.929825, 21.929825]
    """
    from scipy import optimize

    if strangers < 1:
        raise ValueError(f"strangers is {strangers}, but must be a whole number from 1 up.")
    true = Ladder.online_and_offline(hazard_ratio=hazard_ratio)
    goal = true.expected_weeks("friend", given_reached=True)["online"]

    def delay(loss_ratio: float) -> float:
        ladder = Ladder.online_and_offline(hazard_ratio=1, loss_ratio=loss_ratio)
        return ladder.expected_weeks("friend", given_reached=True)["online"] - goal

    highest = 50.0
    if delay(1.0) < 0 or delay(highest) > 0:
        raise ValueError(
            f"hazard_ratio is {hazard_ratio}: a double without acceleration exists only for "
            "ratios from 1 up to about ten."
        )
    loss_ratio = solved(optimize.brentq(delay, 1.0, highest, xtol=1e-12))
    false = Ladder.online_and_offline(hazard_ratio=1, loss_ratio=loss_ratio)
    more = true.reach("friend")["online"] / false.reach("friend")["online"]
    pairs = (("offline", strangers), ("online", strangers))
    doubled = (("offline", strangers), ("online", round(strangers * more)))
    return Doubles(World(true, pairs), World(false, doubled), reader=_four, shuffle=shuffle)


def _four(spells: pd.DataFrame) -> Comparison:
    """Compare online with offline by numbers that do not look at the future."""
    estimate = fit(spells, by="channel")
    return compare(estimate["online"], estimate["offline"])


def arrivals(
    spells: pd.DataFrame | Mapping[str, pd.DataFrame],
    stage: str = "friend",
    by: str = "channel",
) -> pd.DataFrame:
    """Show the surface: how many arrived at a stage, and how long they took on average.

    Only those who arrived are averaged, as in any list of a shop's friends: this conditions
    on the future.

    Parameters
    ----------
    spells : pandas.DataFrame or mapping of str to pandas.DataFrame
        The `spells` contract; several by the name of their world.
    stage : str
        The stage.
    by : str
        Column that makes the groups.

    Returns
    -------
    pandas.DataFrame
        Indexed by group (and world): `arrived` (pairs) and `mean_weeks` (weeks since first
        contact).
    """
    if isinstance(spells, Mapping):
        tables = {name: arrivals(one, stage, by) for name, one in spells.items()}
        return pd.concat(tables, names=["world"])
    arrived = spells[spells["next_stage"] == stage]
    first = arrived.groupby([by, "pair"], observed=True)["left"].min()
    table = first.groupby(level=0, observed=True).agg(arrived="count", mean_weeks="mean")
    return table.round({"mean_weeks": 1})
