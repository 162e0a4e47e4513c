"""Two cohorts: who stays longer is worth more, or the best customers leave first."""

from __future__ import annotations

from dataclasses import replace

from ...fans.returns import Cohort, tenure_against_profit
from ...streams import Seed
from ..doubles import Doubles


def cohorts(tie: float = 0.5, *, shuffle: Seed | None = None) -> Doubles[Cohort]:
    """Build a world in which long-standing customers are worth more, and one with the reverse.

    In both the same share stays, and those who stayed bring the same per week: the customers
    whom the shop still sees are alike. Only those who left tell the worlds apart.

    Parameters
    ----------
    tie : float
        Strength of the link in both, above 0 and below 1.
    shuffle : int, numpy.random.SeedSequence or numpy.random.Generator, optional
        With a seed the worlds are called A and B and come in an order that the seed draws.

    Returns
    -------
    Doubles of Cohort
        They are read by `frontporch.fans.returns.tenure_against_profit`.

    Examples
    --------
    >>> [round(float(world.expected()["weekly_stayed"]), 6) for world in cohorts().values()]
    [1.3, 1.3]
    >>> for name, world in cohorts().items():
    ...     found = cohorts().read(world.simulate(4_000, seed=7))
    ...     print(name, round(found.figure("stayed less everybody, per week")[0], 2))
    who stays longer is worth more 0.58
    the best customers leave first -1.15
    """
    if not 0 < tie < 1:
        raise ValueError(f"tie is {tie}, but a correlation above 0 and below 1 is needed.")

    def scaled(world: Cohort) -> Cohort:
        # What is left of a week, 1.3, is that of about one purchase in six weeks.
        made = (world.expected()["weekly_stayed"] + world.care) / world.margin
        return replace(world, purchases=world.purchases * (1.3 + world.care) / world.margin / made)

    return Doubles(
        scaled(Cohort(tie=tie)),
        scaled(Cohort(tie=-tie)),
        names=("who stays longer is worth more", "the best customers leave first"),
        reader=tenure_against_profit,
        shuffle=shuffle,
    )
