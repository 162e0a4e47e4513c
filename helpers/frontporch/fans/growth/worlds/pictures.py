"""Pictures of worlds whose fans grow alike at first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from .... import look

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_pages(
    pages: Mapping[str, pd.DataFrame], *, quarters: int | None = None, ax: Axes | None = None
) -> Axes:
    """Draw the fans of several pages, quarter by quarter.

    Parameters
    ----------
    pages : mapping of str to pandas.DataFrame
        Counts by page, such as a world's `simulate` gives.
    quarters : int, optional
        How many quarters to draw, from 1 up; all by default.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    if quarters is not None and quarters < 1:
        raise ValueError(f"quarters is {quarters}, but a whole number from 1 up is needed.")
    with look.style():
        ax = look.axes(ax)
        for k, (name, counts) in enumerate(pages.items()):
            fans = counts["fans"].to_numpy()[: None if quarters is None else quarters + 1]
            ax.plot(range(len(fans)), fans / 1_000, label=name, **look.series(k))
        ax.set(
            xlabel="quarters since the first count", ylabel="fans (thousands)",
            title="Fans of each page (synthetic)",
        )  # fmt: skip
        ax.set_ylim(bottom=0)
        look.label_lines(ax)
    return ax
