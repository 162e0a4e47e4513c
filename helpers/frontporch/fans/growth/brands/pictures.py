"""Pictures of several brands at once, also of those with too few counts for a curve."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from .... import look
from ....tables import check

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_brands(counts: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the counts of several brands as points, with no curve, on a log scale.

    Parameters
    ----------
    counts : pandas.DataFrame
        The `counts` contract of one platform; too few counts for a curve are welcome.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes

    Notes
    -----
    A count of which only a window is known stands in its middle, with the window as a line.
    Triangles are lower bounds.
    """
    from matplotlib.dates import ConciseDateFormatter

    rows = check(counts, "counts", "counts").sort_values("date_from", kind="stable")
    with look.style():
        ax = look.axes(ax)
        for k, (brand, one) in enumerate(rows.groupby("brand", sort=False)):
            middle = one["date_from"] + (one["date_to"] - one["date_from"]) / 2
            style = look.series(k) | {
                "linestyle": "none", "marker": "o", "markersize": 9, "markevery": None,
            }  # fmt: skip
            plain = ~one["at_least"].to_numpy(bool)
            for which, more in ((plain, {}), (~plain, {"marker": "^"})):
                if which.any():
                    named = {"label": brand if which is plain or not plain.any() else f"_{brand}"}
                    ax.plot(middle[which], one["fans"][which], **(style | more | named))
            ax.hlines(one["fans"], one["date_from"], one["date_to"], color=style["color"],
                      linewidth=1.5)  # fmt: skip
        ax.set_yscale("log")
        ax.yaxis.set_major_formatter("{x:,.0f}")
        ax.xaxis.set_major_formatter(ConciseDateFormatter(ax.xaxis.get_major_locator()))
        ax.set(xlabel="date", ylabel="fans (log scale)", title="Points, and no curve")
        look.label_lines(ax)
    return ax
