"""Some people want no closeness: whom an offer of it keeps, and whom it drives away."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ...rounding import as_given, decimal
from ...stats.intervals import difference
from ...streams import Seed, generator
from ..ladder import STAGES, Ladder
from ..spells import reach, read_spells
from .simulation import climb
from .worlds import HiddenWorld, Reading

UPS = (("stranger", "acquaintance"), ("acquaintance", "buyer"), ("buyer", "friend"))
LOSSES = tuple((stage, "lost") for stage in STAGES[:4])


def unwanted_closeness(
    pairs: int = 4_000,
    shares: tuple[float, float] = (0.2, 0.8),
    *,
    lift: float = 1.8,
    harm: float = 2.0,
    week: float = 52.0,
) -> tuple[HiddenWorld, HiddenWorld]:
    """Build a world in which offering closeness keeps customers, and one in which it loses them.

    In both the customers who take the offer up stay longer than those who do not, by as much.
    They differ in how many want no closeness: above `advice_flips` the offer does more harm
    than good.

    Parameters
    ----------
    pairs : int
        How many, half of them offered closeness by the toss of a coin.
    shares : tuple of 2 floats
        Share that wants no closeness in the first and in the second world.
    lift : float
        How many times faster those who want it climb once it is offered.
    harm : float
        How many times faster those who do not are lost once it is offered.
    week : float
        When it is counted who is still there.

    Returns
    -------
    tuple of HiddenWorld
        The world in which the claim holds, and the one in which it fails. The truth is the
        difference, offered less not offered, in the share still there.

    Raises
    ------
    ValueError
        If the advice does not flip between the two shares.

    Examples
    --------
    >>> [round(world.truth, 3) for world in unwanted_closeness()]
    [0.052, -0.075]
    """
    flips = advice_flips(lift, harm, week)
    if not 0 <= shares[0] < flips < shares[1] <= 1:
        raise ValueError(
            f"shares are {shares}, but the advice flips at {decimal(flips, 2)}: one below and one "
            "above it are needed."
        )
    claim = "Offering closeness keeps customers."

    def world(name: str, holds: bool, share: float) -> HiddenWorld:
        return HiddenWorld(
            name,
            claim,
            holds,
            gain_of_offer(share, lift, harm, week),
            offer_closeness,
            {"pairs": pairs, "unwilling": share, "lift": lift, "harm": harm},
            lambda spells: _kept_reading(spells, "took_up", ("yes", "no"), week),
            lambda spells: _kept_reading(spells, "channel", ("offered", "not offered"), week),
        )

    return (
        world("the claim holds", True, shares[0]),
        world("the claim fails", False, shares[1]),
    )


def offer_closeness(
    pairs: int, unwilling: float, lift: float, harm: float, seed: Seed, *, weeks: float = 104.0
) -> pd.DataFrame:
    """Draw the spells of customers of whom half are offered closeness, by lot.

    Parameters
    ----------
    pairs : int
        How many.
    unwilling : float
        Share that wants no closeness and never becomes a friend.
    lift, harm : float
        As in `unwanted_closeness`.
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where the draws come from.
    weeks : float
        How long each pair is observed.

    Returns
    -------
    pandas.DataFrame
        A spells table with the channels "offered" and "not offered", and `took_up`: "yes" and
        "no" among the offered, else "not offered".
    """
    rng = generator(seed)
    unwanted = rng.random(pairs) < unwilling
    offered = np.arange(pairs) % 2 == 1
    base = Ladder.online_and_offline().rates["offline"]
    multiplier = {
        step: np.where(offered & ~unwanted, lift, 1.0)
        * np.where(unwanted & (step[1] == "friend"), 0.0, 1.0)
        for step in UPS
    } | {step: np.where(offered & unwanted, harm, 1.0) for step in LOSSES}
    ladder = Ladder({"not offered": base, "offered": base})
    spells = climb(ladder, offered.astype(int), weeks, rng, multiplier)
    answer = np.select([~offered, unwanted], ["not offered", "no"], "yes")
    return spells.assign(took_up=answer[spells["pair"].to_numpy()])


def gain_of_offer(
    unwilling: float, lift: float = 1.8, harm: float = 2.0, week: float = 52.0
) -> float:
    """Give by how much offering closeness to everybody raises the share still there.

    Parameters
    ----------
    unwilling : float
        Share of customers who want no closeness, 0 to 1.
    lift, harm, week : float
        As in `unwanted_closeness`.

    Returns
    -------
    float
        Share; a straight line in `unwilling`.
    """
    wanted, unwanted = _kept(lift, harm, week)
    return float((1 - unwilling) * wanted + unwilling * unwanted)


def advice_flips(lift: float = 1.8, harm: float = 2.0, week: float = 52.0) -> float:
    """Give the share of unwilling customers at which the offer does as much harm as good.

    Parameters
    ----------
    lift, harm, week : float
        As in `unwanted_closeness`.

    Returns
    -------
    float
        0 to 1; missing where the offer never does harm or never does good.

    Examples
    --------
    >>> round(advice_flips(), 2)
    0.45
    """
    wanted, unwanted = _kept(lift, harm, week)
    if not unwanted < 0 < wanted:
        return float("nan")
    return float(wanted / (wanted - unwanted))


def _kept(lift: float, harm: float, week: float) -> tuple[float, float]:
    """What the offer adds to the share still there, of the willing and of the unwilling."""
    base = dict(Ladder.online_and_offline().rates["offline"])
    alone = {step: rate for step, rate in base.items() if step[1] != "friend"}
    ladder = Ladder(
        {
            "willing": base,
            "willing, offered": {s: r * (lift if s in UPS else 1) for s, r in base.items()},
            "unwilling": alone,
            "unwilling, offered": {s: r * (harm if s in LOSSES else 1) for s, r in alone.items()},
        }
    )
    there = 1 - ladder.occupancy(week).set_index("channel")["lost"]
    return (
        there["willing, offered"] - there["willing"],
        there["unwilling, offered"] - there["unwilling"],
    )


def _kept_reading(
    spells: pd.DataFrame, column: str, groups: tuple[str, str], week: float
) -> Reading:
    chosen = spells[spells[column].isin(groups)].assign(group=lambda t: t[column].astype(str))
    lost = {
        name: reach(one, "lost").share("lost", week)
        for name, one in read_spells(chosen, "group").items()
    }
    gone, low, high = difference(lost[groups[0]], lost[groups[1]])
    said = {"yes": "took it up", "no": "did not"}
    one, other = (said.get(name, name) for name in groups)
    return (f"still there in week {as_given(week)}: {one} less {other}", -gone, -high, -low)
