"""A picture of what lies between two results."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ... import look
from ...rounding import number, percent
from ..comparison import Comparison

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_difference(found: Comparison, ax: Axes | None = None) -> Axes:
    """Draw each difference with its interval, beside no difference at all.

    Parameters
    ----------
    found : Comparison
        What `compare` returns.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    table = found.differences
    at = np.arange(len(table))
    with look.style():
        ax = look.axes(ax)
        middle, low, high = (table[c].to_numpy(float) for c in ("difference", "lower", "upper"))
        known = np.isfinite(low) & np.isfinite(high)
        reach = np.where(known, [middle - low, high - middle], 0.0)
        ax.errorbar(middle, at, xerr=reach, **(look.series(0) | {"linestyle": ""}))
        ax.axvline(0, color="#595959", linewidth=1.5)
        ax.set_yticks(at, table["what"])
        ax.set(xlabel="first less second", ylabel="what is compared", ylim=(len(table) - 0.5, -0.5))
        told = "; ".join(
            f"{row.what} {number(row.difference)} ({number(row.lower)} to {number(row.upper)})"
            for row in table.itertuples()
        )
        look.set_alt_text(ax, f"First less second, with {percent(found.level)} intervals: {told}.")
    return ax
