"""Two worlds that look alike: people answer each other, or all follow the same clock."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import pandas as pd

from ...deepening.logs.log import Log
from ...deepening.reciprocity import Events, Hawkes, answering_test
from ...deepening.reciprocity.rhythm import DAY
from ...streams import Seed
from ..doubles import Doubles

EVENINGS = (0.1, 0.0, 0.2, 0.4, 0.6, 0.9, 2.6, 3.2)
"""Levels of blocks of three hours, from midnight: most is written in the evening."""
NOMINAL = 0.05
"""From which p-value on a reading says that they do not answer each other."""


@dataclass(frozen=True)
class AnsweringWorld:
    """Pairs of people who write to each other by a law that is known.

    Parameters
    ----------
    hawkes : Hawkes
        The law.
    pairs : int
        How many pairs there are.
    days : float
        How long they are observed.
    """

    hawkes: Hawkes
    pairs: int
    days: float

    def events(self, seed: Seed) -> Events:
        """Draw who wrote when; synthetic by construction."""
        return self.hawkes.events(self.days * DAY, seed, pairs=self.pairs)

    def simulate(self, seed: Seed) -> pd.DataFrame:
        """Draw the interactions table of this world; synthetic by construction."""
        return self.events(seed).interactions(self.hawkes.names)


def readings(
    log: Log | Events, *, blocks: int = 8, names: tuple[str, str] = ("A", "B")
) -> pd.DataFrame:
    """Read a log the naive way and the right way.

    Parameters
    ----------
    log : Log or Events
        As a world's `simulate`, read by `logs.read`, or `events` gives it.
    blocks : int
        Blocks of the day of the right reading.
    names : tuple of 2 str
        What the two of a pair are called.

    Returns
    -------
    pandas.DataFrame
        Rows "naive" (the base rates know of no rhythm) and "right" (they have the blocks of
        the day): mean number of answers that a message calls for, by who answers; `p_value`
        of no answering at all, and what is `read` from it.
    """
    rows = {}
    for way, many in (("naive", 1), ("right", blocks)):
        found = answering_test(log, blocks=many, names=names)
        (_, g_ab), (g_ba, _) = found.estimate.hawkes.excitation
        answer = found.p_value < NOMINAL
        rows[way] = {
            f"{names[0]} answers {names[1]}": g_ab,
            f"{names[1]} answers {names[0]}": g_ba,
            "p_value": found.p_value,
            "read": "they answer" if answer else "no sign of answering",
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("way")


def worlds(
    pairs: int = 20,
    days: float = 14.0,
    answers: float = 0.15,
    *,
    own_bursts: float = 0.4,
    shuffle: Seed | None = None,
) -> Doubles[AnsweringWorld]:
    """Build a world in which people answer each other, and its double in which they do not.

    In both everybody writes as much a day, at the same hours, and in bursts. In the second
    each goes on only after messages of their own, and two messages meet because both people
    are free in the evening.

    Parameters
    ----------
    pairs : int
        How many.
    days : float
        How long they are observed.
    answers : float
        Mean number of answers that a message calls for directly, in the first world.
    own_bursts : float
        Mean number of further messages of one's own; the sum of the two is below 1.
    shuffle : int, numpy.random.SeedSequence or numpy.random.Generator, optional
        With a seed the worlds are called A and B and come in an order that the seed draws.

    Returns
    -------
    Doubles
        Of `AnsweringWorld`; `read` gives the naive reading of a log and the right one.

    Examples
    --------
    >>> [world.hawkes.mean_rates().round(3).tolist() for world in worlds().values()]
    [[0.222, 0.222], [0.222, 0.222]]
    """
    whole = own_bursts + answers
    if not (answers > 0 and own_bursts >= 0 and whole < 1 and pairs >= 1 and days > 0):
        raise ValueError(
            f"answers is {answers}, own_bursts {own_bursts}, pairs {pairs} and days {days}, but "
            "answers and days are above 0, pairs is 1 or more, and answers and own_bursts "
            "together are below 1."
        )
    base, names = (0.1, 0.1), ("ann", "bob")
    true = Hawkes(base, ((own_bursts, answers), (answers, own_bursts)), 1.0, EVENINGS, names)
    false = Hawkes(base, ((whole, 0.0), (0.0, whole)), 1.0, EVENINGS, names)
    return Doubles(
        AnsweringWorld(true, pairs, days),
        AnsweringWorld(false, pairs, days),
        reader=partial(readings, names=names),
        shuffle=shuffle,
    )
