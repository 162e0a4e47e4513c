"""The decision of lesson 3: whether a tea shop writes first to its customers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...classroom import Decision, Slider
from ..luck import about, count, draws
from .worlds import AnsweringWorld, worlds

FIRST, TRIAL, WAIT = "write first", "let a coin decide first", "answer only"
WEEKS = 52


@dataclass(frozen=True)
class Letters:
    """What it costs to write to a customer every week, and what comes back. Synthetic.

    Parameters
    ----------
    letter : float
        Dollars for a personal line to one customer in one week: about six minutes.
    talks_anyway : float
        Share of customers who write and order all year without having been written to.
    ordered : float
        Dollars that such a customer leaves in the year, after the price of the tea.
    year_varies : float
        How much more or less people spend on tea from year to year, as a share.
    keeping_the_list : float
        Dollars in a trial, for the list of what the coin said and who wrote back.

    Notes
    -----
    How many messages a message calls forth, directly and in the talk that follows, comes from
    the law of the lesson's worlds; it is added to the share who would write anyway. The dollars
    are assumptions for teaching; nobody has measured them.
    """

    letter: float = 1.5
    talks_anyway: float = 0.3
    ordered: float = 320.0
    year_varies: float = 0.2
    keeping_the_list: float = 200.0


def called_forth(world: AnsweringWorld) -> float:
    """Give how many messages of the other a message calls forth in the end.

    Examples
    --------
    >>> [round(called_forth(world), 2) for world in worlds().values()]
    [0.44, 0.0]
    """
    excitation = np.asarray(world.hawkes.excitation)
    return float(np.linalg.inv(np.eye(2) - excitation)[0, 1])


def year(
    world: AnsweringWorld,
    option: str,
    customers: float,
    seeds: Sequence[int],
    says: Letters | None = None,
) -> NDArray[np.float64]:
    """Give the dollars that writing first brings in the year, less its cost.

    Parameters
    ----------
    world : AnsweringWorld
        Whether people answer, or only keep the same hours.
    option : str
        Write first all year, try it with a coin for a quarter, or only answer.
    customers : float
        To how many customers Nia writes every week.
    seeds : sequence of int
        The luck of each year.
    says : Letters, optional
        What is assumed.

    Notes
    -----
    Customers who order, and those who would have without a letter, are drawn apart: who likes tea
    this year is luck in either case. In a trial half of the customers get letters for a quarter;
    Nia goes on with all of them if the letters paid.

    Examples
    --------
    >>> year(worlds()["the claim fails"], "answer only", 60, [1, 2]).tolist()
    [0.0, 0.0]
    """
    says = says or Letters()
    luck = draws(seeds, 5)  # before anything else: all options of a seed share it
    # The first quarter and the rest of the year have a row each.
    wrote, anyway, spent = luck[0:2], luck[2:4], luck[4]
    if option == WAIT:
        return np.zeros(len(seeds))
    parts = np.array([[0.25], [0.75]])
    people = customers * np.array([[0.5 if option == TRIAL else 1.0], [1.0]])
    chance = min(1.0, says.talks_anyway + called_forth(world))
    more = count(wrote, people, chance) - count(anyway, people, says.talks_anyway)
    cost = WEEKS * says.letter * people
    brought = parts * (more * about(spent, says.ordered, says.year_varies) - cost)
    if option == FIRST:
        return brought.sum(axis=0)
    goes_on = more[0] * says.ordered > cost[0]
    return brought[0] - says.keeping_the_list + np.where(goes_on, brought[1], 0.0)


def _named() -> dict[str, AnsweringWorld]:
    found = worlds()
    return dict(
        zip(
            ("people answer each other", "people only keep the same hours"),
            found.values(),
            strict=True,
        )
    )


DECISION = Decision(
    id="3.decision",
    shop="Nia's tea shop",
    question="Shall Nia write first in the coming year, and to how many customers every week?",
    options={
        FIRST: "Every week she tells each of these customers something of her own.",
        TRIAL: "For a quarter a coin decides which half of them gets her letters; she goes on if "
        "the letters paid. Keeping the list costs 200 dollars.",
        WAIT: "She answers what comes, and writes to nobody first.",
    },
    amount=Slider("customers", "customers", 20, 120, 10, 60, unit="every week"),
    worlds=_named,
    year=year,
    knowable="In both worlds messages meet in the evening. Only a reading that knows the hours of "
    "the day, or a coin that decides who is written to, shows whether people answer.",
    memo=(
        "What we know: of strangers who wrote first … got an answer; of those who had come to … "
        "exchanges …",
        "What we do not know: the counts cannot say whether … or …, because …",
        "My advice: write first to …, answer … of what you are told, and look after … weeks at …",
    ),
)
