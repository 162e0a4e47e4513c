"""Two worlds of snapshots: one in which online deepens faster, one in which it is looked at more.

A pair that is looked at every week is caught in every move; one that is looked at once
a month has moved twice, or is gone, when somebody looks. A shop sees its online customers daily
and its offline ones now and then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from ...rounding import as_given, solved
from ...stats.intervals import difference
from ...streams import Seed
from ..ladder import Ladder
from ..simulation import Transition
from .estimate import fit_panel
from .looks import snapshots
from .thinning import crude_rates
from .transition import transition_matrix

STEP: Transition = ("stranger", "acquaintance")


@dataclass(frozen=True)
class LookedAt:
    """A world in which pairs are looked at now and then, by channel.

    Parameters
    ----------
    name : str
        What this world is called.
    ladder : Ladder
        Its rates.
    every : mapping of str to float
        Weeks from one look to the next, by channel.
    pairs : int
        How many strangers set out in each channel.
    claim_holds : bool
        Whether online deepens faster in this world.
    """

    name: str
    ladder: Ladder
    every: Mapping[str, float]
    pairs: int
    claim_holds: bool

    def simulate(self, seed: Seed, weeks: float = 104.0) -> pd.DataFrame:
        """Draw the snapshots of this world; synthetic by construction."""
        spells = self.ladder.simulate(dict.fromkeys(self.every, self.pairs), weeks, seed)
        return snapshots(spells, self.every)


def two_worlds_of_looks(
    pairs: int = 1_000, hazard_ratio: float = 1.5, every: float = 4.0
) -> tuple[LookedAt, LookedAt]:
    """Build a world in which online deepens faster, and its double in which it is watched.

    In both, moves seen by weeks give the same ratio of online to offline for the first step. In
    the second no step is faster online: online is merely looked at more often.

    Parameters
    ----------
    pairs : int
        Strangers who set out in each channel.
    hazard_ratio : float
        How many times faster the first step is online in the first world, from 1 up.
    every : float
        Weeks between two looks, offline in both worlds and online in the first.

    Returns
    -------
    tuple of LookedAt
        The world in which the claim holds, and the one in which it fails.

    Raises
    ------
    ValueError
        If no closer look alone makes as much of a difference.

    Examples
    --------
    >>> true, false = two_worlds_of_looks()
    >>> round(false.every["online"], 1), false.every["offline"]
    (1.2, 4.0)
    """
    from scipy import optimize

    true = Ladder.online_and_offline(hazard_ratio=(hazard_ratio, 1, 1))
    false = Ladder.online_and_offline(hazard_ratio=1)
    goal = seen_rate(true, "online", every)

    def short(weeks: float) -> float:
        return seen_rate(false, "online", weeks) - goal

    least = every / 1_000
    if hazard_ratio < 1 or short(least) < 0:
        raise ValueError(
            f"hazard_ratio is {hazard_ratio}: looks every {as_given(every)} weeks hide less than "
            "that. Take a smaller ratio, from 1 up, or rarer looks."
        )
    closer = solved(optimize.brentq(short, least, every, xtol=1e-12))
    alike = MappingProxyType({"offline": every, "online": every})
    watched = MappingProxyType({"offline": every, "online": closer})
    return (
        LookedAt("the claim holds", true, alike, pairs, True),
        LookedAt("the claim fails", false, watched, pairs, False),
    )


def seen_rate(ladder: Ladder, channel: str, every: float, step: Transition = STEP) -> float:
    """Give the rate of a step that regular looks seem to show: moves seen by weeks.

    Parameters
    ----------
    ladder : Ladder
        The rates that hold; losses are timed.
    channel : str
        Whose.
    every : float
        Weeks from one look to the next.
    step : tuple of two str
        Stage and next stage.

    Returns
    -------
    float
        Per week; it tends to the rate itself as looks become frequent.

    Notes
    -----
    P_se(Δ) by the mean weeks until the next look or the loss, ∫(1 − P_s,lost(u)) du from 0 to Δ,
    which is what a further state, fed by all that are not lost, holds at Δ.
    """
    from scipy import linalg

    here, there = (ladder.stages.index(name) for name in step)
    lost = ladder.stages.index("lost")
    generator = ladder.rate_matrix(channel)
    chance = transition_matrix(generator, every)[here, there]
    states = len(generator)
    fed = np.zeros((states + 1, states + 1))
    fed[:states, :states] = generator
    fed[:states, states] = np.arange(states) != lost
    return float(chance / linalg.expm(fed * every)[here, states])


def readings(table: pd.DataFrame, step: Transition = STEP, level: float = 0.95) -> pd.DataFrame:
    """Read snapshots of two channels the naive way and the right way.

    Parameters
    ----------
    table : pandas.DataFrame
        The `snapshots` contract with the channels online and offline.
    step : tuple of two str
        Stage and next stage.
    level : float
        Confidence level.

    Returns
    -------
    pandas.DataFrame
        Two rows, `reading`, `online_by_offline` (ratio of rates), `lower`, `upper`: moves seen
        by weeks at the stage, and maximum likelihood.
    """
    import numpy as np

    logs = {
        name: tuple(
            np.log(crude_rates(one, [step], level=level)[["rate", "lower", "upper"]].iloc[0])
        )
        for name, one in table.groupby("channel", observed=True)
    }
    naive = np.exp(difference(logs["online"], logs["offline"]))
    found = fit_panel(table, ["channel"], reference="offline", level=level).summary()
    row = found.query(
        "stage == @step[0] and next_stage == @step[1] and covariate == 'channel: online'"
    ).iloc[0]
    return pd.DataFrame(
        [
            ("moves seen by weeks", *naive),
            ("maximum likelihood", row["estimate"], row["lower"], row["upper"]),
        ],
        columns=["reading", "online_by_offline", "lower", "upper"],
    )
