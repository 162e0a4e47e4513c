"""A year of several shops, from what each of them does."""

from __future__ import annotations

from collections.abc import Sequence

from ..citing import cited
from ..streams import Seed
from .acts import Acts
from .market import Market
from .parameters import whole
from .policies import Policy, as_policy
from .world import World
from .year import Year


@cited
def simulate(
    world: World,
    shops: Sequence[str | Acts | Policy] = ("usual",) * 4,
    weeks: int = 52,
    *,
    seed: Seed,
) -> Year:
    """Play some weeks of several shops among the same people.

    Parameters
    ----------
    world : World
        The town's rules.
    shops : sequence of Acts, str or callable
        What each shop does: acts that stay the same, the name of a policy, or a function of the
        market and the shop's place that gives the acts of the coming week.
    weeks : int
        From 1 up.
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where the luck comes from: the same seed gives the same cash to the cent, whatever the
        machine, and a changed act changes only what it causes.

    Returns
    -------
    Year

    Examples
    --------
    >>> year = simulate(World(people=500), ["usual", "idle"], weeks=4, seed=7)
    >>> year.weeks[["week", "shop"]].iloc[-1].tolist()
    [4, 1]
    """
    weeks = whole(weeks, "weeks", 1)
    if isinstance(shops, (str, Acts)):
        raise TypeError(f"shops is {shops!r}, but must be a list with one entry a shop.")
    policies = [as_policy(one) for one in shops]
    market = Market(world, len(policies), seed)
    for _ in range(weeks):
        market.play([one(market, shop) for shop, one in enumerate(policies)])
    return Year(market)
