"""What a shop reads from its log: who adopts, with a reply and without one."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ...stats.intervals import logit

REPLY = {False: "no reply", True: "a reply"}


def by_reply(log: pd.DataFrame, level: float = 0.95) -> pd.DataFrame:
    """Compare those to whom the shop has replied with the others.

    Parameters
    ----------
    log : pandas.DataFrame
        One row a person: `replied` and `adopted`, true or false; what `ContactWorld.simulate`
        gives.
    level : float
        Confidence level.

    Returns
    -------
    pandas.DataFrame
        One row each for "no reply" and "a reply": `reply`, `people`, `adopted` (share of them),
        `lower`, `upper`. An effect of the reply only where a coin decided who got one.

    Raises
    ------
    ValueError
        If a column is missing, or everybody, or nobody, got a reply.

    Examples
    --------
    >>> from frontporch.course.lesson_06 import ContactWorld
    >>> by_reply(ContactWorld().simulate(100, 0.5, seed=7))["adopted"].round(2).tolist()
    [0.11, 0.29]
    """
    for name in ("replied", "adopted"):
        if name not in log.columns:
            raise ValueError(f"the log has no column {name!r}.")
    replied, adopted = log["replied"].to_numpy(bool), log["adopted"].to_numpy(bool)
    rows = []
    for got, name in REPLY.items():
        people = int((replied == got).sum())
        if not people:
            raise ValueError(f"nobody in the log has {name}: there is nothing to compare.")
        share = float(adopted[replied == got].mean())
        error = np.sqrt(share * (1 - share) / people)
        low, high = logit(share, error, level)
        rows.append((name, people, share, float(low), float(high)))
    return pd.DataFrame(rows, columns=["reply", "people", "adopted", "lower", "upper"])
