"""The same pairs looked at ever more rarely: what each reading makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from ...counting import bincount
from ...stats.intervals import log_rate
from ..rates import rates
from ..simulation import Transition
from ..spells import read_spells
from .estimate import fit_panel
from .looks import snapshots
from .observations import read_snapshots


def crude_rates(
    table: pd.DataFrame,
    steps: Iterable[Transition],
    *,
    exact: Sequence[str] = ("lost",),
    level: float = 0.95,
) -> pd.DataFrame:
    """Give the naive reading of snapshots: moves seen, by weeks at the stage they began in.

    Parameters
    ----------
    table : pandas.DataFrame
        The `snapshots` contract.
    steps : iterable of (str, str)
        Moves to be counted.
    exact : sequence of str
        Stages whose moment of entry is known.
    level : float
        Confidence level.

    Returns
    -------
    pandas.DataFrame
        `stage`, `next_stage`, `events`, `weeks_at_risk`, `rate`, `lower`, `upper`.

    Notes
    -----
    Biased: a pair that moved twice between two looks is seen to move once, or to skip a stage,
    and its weeks count for the stage it left.

    Examples
    --------
    >>> looks = pd.DataFrame({"pair": [1, 1, 2, 2], "time": [0.0, 8, 0, 8],
    ...     "stage": ["stranger", "acquaintance", "stranger", "buyer"]})
    >>> crude_rates(looks, [("stranger", "acquaintance")])["rate"].tolist()
    [0.0625]
    """
    steps = list(steps)
    seen = read_snapshots(table, exact=exact)
    weeks = bincount(seen.start, seen.gap * seen.count, len(seen.stages))
    here = [seen.stages.index(a) for a, _ in steps]
    events = seen.table()[here, [seen.stages.index(b) for _, b in steps]].astype(int)
    rate = events / np.where(weeks[here] > 0, weeks[here], np.nan)
    lower, upper = log_rate(rate, events, level)
    frame = pd.DataFrame(steps, columns=["stage", "next_stage"])
    return frame.assign(
        events=events, weeks_at_risk=weeks[here], rate=rate, lower=lower, upper=upper
    )


def by_interval(
    spells: pd.DataFrame, every: Iterable[float] = (1, 2, 4, 8, 16), *, level: float = 0.95
) -> pd.DataFrame:
    """Estimate the rates of one spells table from snapshots taken ever more rarely.

    Parameters
    ----------
    spells : pandas.DataFrame
        The `spells` contract, on the stages of the kit's ladder; moves to lost are taken to
        be timed.
    every : iterable of float
        Weeks from one look to the next.
    level : float
        Confidence level.

    Returns
    -------
    pandas.DataFrame
        `every` (0: every move timed), `reading` ("timed moves", "moves seen by weeks" or
        "maximum likelihood"), `stage`, `next_stage`, `rate` (per week), `lower`, `upper`,
        `note`.

    Examples
    --------
    >>> from frontporch.deepening import Ladder
    >>> spells = Ladder.online_and_offline().simulate(pairs=200, weeks=52, seed=7)
    >>> by_interval(spells, every=[4])["reading"].unique().tolist()
    ['timed moves', 'moves seen by weeks', 'maximum likelihood']
    """
    columns = ["stage", "next_stage", "rate", "lower", "upper"]
    timed = rates(read_spells(spells)["all"], level)
    parts = [timed[[*columns, "note"]].assign(every=0.0, reading="timed moves")]
    for weeks in every:
        table = snapshots(spells, weeks)
        found = fit_panel(table, level=level)
        crude = crude_rates(table, found.steps, level=level)[columns].assign(note="biased")
        parts += [
            crude.assign(every=float(weeks), reading="moves seen by weeks"),
            found.rates()[[*columns, "note"]].assign(
                every=float(weeks), reading="maximum likelihood"
            ),
        ]
    return pd.concat(parts, ignore_index=True)[["every", "reading", *columns, "note"]]
