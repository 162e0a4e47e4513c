"""Pictures of lesson 7: what was expected beside what came, pages, brands, curves beyond counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ... import look
from ...fans.growth import Growth
from ...fans.growth.pictures import draw_forecast, labelled, points
from ...rounding import decimal, percent
from ...tables import check
from .hindcast import Hindcast

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_hindcast(made: Hindcast, ax: Axes | None = None) -> Axes:
    """Draw what was known, what curve and baselines expected, and what came.

    Parameters
    ----------
    made : Hindcast
        What `hindcast` returns.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    ahead, since = made.forecast, made.since
    name = ahead.growth.curve.name
    warnings = [note[:1].upper() + note[1:] for note in made.notes[:2]]
    return draw_forecast(
        ahead,
        f"{made.series.name}: {made.known} counts, to {since.day} {since:%B %Y}",
        (f"Band: {percent(ahead.level)} interval of the {name} curve.", *warnings),
        later=made.later,
        ax=ax,
    )


def plot_beyond(
    growths: Growth | Mapping[str, Growth], years: float = 8.0, ax: Axes | None = None
) -> Axes:
    """Draw fitted curves on beyond the counts, each with its ceiling.

    Parameters
    ----------
    growths : Growth or mapping of str to Growth
        One fit, or several to the same counts by name, such as `compare(...).growths`.
    years : float
        How far beyond the last count, above 0.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    if not years > 0:
        raise ValueError(f"years is {years}, but a number above 0 is needed.")
    several = {growths.curve.name: growths} if isinstance(growths, Growth) else dict(growths)
    series = next(iter(several.values())).series
    times = np.linspace(series.times[0], series.times[-1] + years, 200)
    with look.frame(
        ax, title=f"{series.name}: curves beyond the last count", ylim=(0, None), names=True
    ) as ax:
        highest = max(float(one.totals(times).max()) for one in several.values()) + series.step
        scale, unit = labelled(ax, series, highest)
        unit = unit.removesuffix("s") or series.unit
        points(ax, series, scale)
        for k, (name, one) in enumerate(several.items()):
            totals = (one.totals(times) + series.step) / scale
            ceiling = decimal((one.ceiling + series.step) / scale)
            label = f"{name}, ceiling {ceiling} {unit}"
            look.curve(ax, k, series.dates(times), totals, label=label)
    return ax


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
    with look.frame(
        ax,
        xlabel="quarters since the first count",
        ylabel="fans",
        title="Fans of each page (made up)",
        ylim=(0, None),
        names=True,
    ) as ax:
        for k, (name, counts) in enumerate(pages.items()):
            fans = counts["fans"].to_numpy()[: None if quarters is None else quarters + 1]
            ax.plot(range(len(fans)), fans, label=name, **look.series(k))
        ax.yaxis.set_major_formatter("{x:,.0f}")
    return ax


def plot_brands(counts: pd.DataFrame, ax: Axes | None = None) -> Axes:
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
    with look.frame(
        ax,
        xlabel="date",
        ylabel="millions of fans (log scale)",
        title="Points, and no curve",
        names=True,
    ) as ax:
        for k, (brand, one) in enumerate(rows.groupby("brand", sort=False)):
            middle = one["date_from"] + (one["date_to"] - one["date_from"]) / 2
            bare = {"linestyle": "none", "marker": "o", "markersize": 9, "markevery": None}
            style = look.series(k) | bare
            plain = ~one["at_least"].to_numpy(bool)
            for which, more in ((plain, {}), (~plain, {"marker": "^"})):
                if which.any():
                    named = {"label": brand if which is plain or not plain.any() else f"_{brand}"}
                    ax.plot(middle[which], one["fans"][which] / 1e6, **(style | more | named))
            windows = (one["date_from"], one["date_to"])
            ax.hlines(one["fans"] / 1e6, *windows, color=style["color"], linewidth=1.5)
        ax.set_yscale("log")
        ax.yaxis.set_major_formatter("{x:,.9g}")
        ax.xaxis.set_major_formatter(ConciseDateFormatter(ax.xaxis.get_major_locator()))
    return ax
