"""As many contacts, spent at a few trade shows or week by week."""

from __future__ import annotations

from types import MappingProxyType

from ...community import describe, independent_cascade, simulate
from ...community.graph.meetings import trade_shows
from ...streams import Seed
from ..findings import Findings

WEEKS_BETWEEN = MappingProxyType(
    {"every week": 1, "four trade shows a year": 13, "two trade shows a year": 26}
)
"""How contacts are spent, with the weeks from one meeting to the next."""


def shows_or_weekly(
    people: int = 200, contacts: float = 0.5, chance: float = 0.1, *, runs: int = 200, seed: Seed
) -> Findings:
    """Compare trade shows with weekly contact: whom people meet, and how far news goes.

    Parameters
    ----------
    people : int
        How many people, from 20 up; they meet in ten rooms.
    contacts : float
        Contacts of a person per week on average, however they are spent.
    chance : float
        Chance that a tie passes the news on, from 0 to 1.
    runs : int
        Runs for each way of meeting.
    seed : int
        Where meetings and news come from.

    Returns
    -------
    Findings
        One row a way of meeting. Synthetic.

    Examples
    --------
    >>> found = shows_or_weekly(runs=20, seed=7).summary()
    >>> bool(found["people met in the year"].is_monotonic_increasing)
    False
    >>> list(found["contact"])
    ['every week', 'four trade shows a year', 'two trade shows a year']
    """
    import pandas as pd

    rows = []
    for name, every in WEEKS_BETWEEN.items():
        town = trade_shows(people, contacts=contacts, every=every, seed=seed)
        measured = describe(town).iloc[0]
        heard = simulate(town, 0, independent_cascade(chance), runs, seed).mean
        rows.append((name, measured["mean_ties"], 100 * measured["transitivity"], heard))
    columns = [
        "contact",
        "people met in the year",
        "of 100 pairs of them, in touch",
        f"people who hear the news (of {people})",
    ]
    return Findings(pd.DataFrame(rows, columns=columns).round(1))
