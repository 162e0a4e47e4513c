"""Pictures of logs: how many pairs go on from one exchange to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ... import look
from ...stats.intervals import logit

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_exchanges(
    ladder: pd.DataFrame, by: str = "community", last: int = 10, ax: Axes | None = None
) -> Axes:
    """Draw what share of the pairs at each exchange goes on to the next.

    Parameters
    ----------
    ladder : pandas.DataFrame
        What `exchange_ladder` returns, or the data set of that name: `exchange`,
        `dyads_reaching`, `dyads_reaching_next`.
    by : str
        Column whose values are lines of their own, where there is one.
    last : int
        Last exchange to draw.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes

    Notes
    -----
    Bands are 95 % intervals of independent pairs; pairs share people, so the truth is wider.
    """
    groups = list(ladder.groupby(by, sort=False)) if by in ladder else [("all pairs", ladder)]
    with look.frame(
        ax,
        xlabel="exchanges so far (changes of speaker)",
        ylabel="pairs that went on\nto the next",
        percent="y",
        ylim=(0, 1),
        names=True,
    ) as ax:
        for k, (name, rows) in enumerate(groups):
            shown = rows[rows["exchange"] <= last]
            n = shown["dyads_reaching"].to_numpy(float)
            share = shown["dyads_reaching_next"].to_numpy(float) / n
            lower, upper = logit(share, np.sqrt(share * (1 - share) / n))
            looks = look.series(k)
            ax.plot(shown["exchange"], share, label=str(name), **looks)
            look.band(ax, k, shown["exchange"], lower, upper)
    return ax
