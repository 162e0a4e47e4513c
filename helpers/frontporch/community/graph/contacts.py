"""A community from a log of contacts: strength is decayed contact, age counts from the first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ...citing import cited
from ...counting import bincount
from ...elementary import exp
from .arrays import from_arrays
from .ties import Community

if TYPE_CHECKING:
    import pandas as pd

DAY = 86_400.0  # seconds


@cited
def from_interactions(
    interactions: pd.DataFrame,
    decay_days: float = 90.0,
    *,
    at: Any = None,
    weakest: float = 0.0,
    directed: bool = False,
) -> Community:
    """Make a community from a log of contacts: strength is decayed contact.

    Each contact adds 1 to the strength of its tie, and strength w fades as w·exp(−t/τ).

    Parameters
    ----------
    interactions : pandas.DataFrame
        The `interactions` contract.
    decay_days : float
        τ, above 0. Strength halves in τ·ln 2 days; numpy.inf counts contacts.
    at : datetime-like, optional
        The moment at which strength and age are taken; that of the last contact if not given.
        Later contacts are left out.
    weakest : float
        Ties below this strength have dissolved; their people stay.
    directed : bool
        Whether a contact makes a tie from source to target only.

    Returns
    -------
    Community
        With `strength` in contacts and `age` in days since the first contact.

    Examples
    --------
    >>> import pandas as pd
    >>> log = pd.DataFrame({"start": ["2026-03-01T09:00:00", "2026-03-31T09:00:00"],
    ...                     "source": ["ann", "bob"], "target": ["bob", "ann"],
    ...                     "channel": "message"})
    >>> [round(float(one), 4) for one in from_interactions(log, decay_days=30).strength]
    [1.3679, 1.3679]
    """
    import pandas as pd

    from ...tables import check

    if not decay_days > 0:
        raise ValueError(f"decay_days is {decay_days}, but must be above 0: 30 to 180 are usual.")
    log = check(interactions, "interactions")
    moment = log["start"].max() if at is None else pd.Timestamp(at)
    log = log[log["start"] <= moment]
    if log.empty:
        raise ValueError(f"no contact lies before {moment}.")
    ends = pd.concat([log["source"], log["target"]]).astype(object).to_numpy()
    codes, names = pd.factorize(ends)
    first, second = codes[: len(log)], codes[len(log) :]
    if not directed:
        first, second = np.minimum(first, second), np.maximum(first, second)
    age = (moment - log["start"]).dt.total_seconds().to_numpy() / DAY
    pairs, tie = np.unique(first.astype(np.int64) * len(names) + second, return_inverse=True)
    strength = bincount(tie, weights=exp(-age / decay_days), minlength=len(pairs))
    oldest = np.zeros(len(pairs))
    np.maximum.at(oldest, tie, age)
    kept = strength >= weakest
    return from_arrays(
        (pairs // len(names))[kept],
        (pairs % len(names))[kept],
        list(names),
        directed=directed,
        strength=strength[kept],
        age=oldest[kept],
    )
