"""Pictures of what was expected beside what came, and of where curves go beyond the counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .... import look
from ....rounding import decimal, percent
from ..curves import logistic
from ..estimate import Growth
from ..parameters import Share
from ..pictures import draw_forecast, labelled, points
from ..series import Series
from .hindcast import Hindcast, hindcast

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_hindcast(
    counts: pd.DataFrame | Series | Hindcast,
    known: int = 7,
    curve: Share | str = logistic,
    *,
    ax: Axes | None = None,
) -> Axes:
    """Draw what was known, what curve and baselines expected, and what came.

    Parameters
    ----------
    counts : pandas.DataFrame, Series or Hindcast
        See `hindcast`; where it was made already, `known` and `curve` are those of it.
    known : int
        How many counts were known.
    curve : callable or str
        A growth curve.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    made = counts if isinstance(counts, Hindcast) else hindcast(counts, known, curve)
    ahead, since = made.forecast, made.since
    name = ahead.growth.curve.name
    warnings = [note[:1].upper() + note[1:] for note in made.notes[:2]]
    return draw_forecast(
        ahead, f"{made.series.name}: {made.known} counts, to {since.day} {since:%B %Y}",
        (f"Band: {percent(ahead.level)} interval of the {name} curve.", *warnings),
        later=made.later, ax=ax,
    )  # fmt: skip


def plot_beyond(
    growths: Growth | Mapping[str, Growth], years: float = 8.0, *, ax: Axes | None = None
) -> Axes:
    """Draw fitted curves on beyond the counts, each with its ceiling.

    Parameters
    ----------
    growths : Growth or mapping of str to Growth
        One fit, or several to the same counts by name, such as `compare_curves(...).growths`.
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
    with look.style():
        ax = look.axes(ax)
        highest = max(float(one.totals(times).max()) for one in several.values()) + series.step
        scale, unit = labelled(ax, series, highest)
        unit = unit.removesuffix("s") or series.unit
        points(ax, series, scale)
        for k, (name, one) in enumerate(several.items()):
            style = look.series(k) | {"marker": ""}
            ax.plot(
                series.dates(times), (one.totals(times) + series.step) / scale,
                label=f"{name}, ceiling {decimal((one.ceiling + series.step) / scale)} {unit}",
                **style,
            )  # fmt: skip
        ax.set_ylim(bottom=0)
        ax.set_title(f"{series.name}: curves beyond the last count")
        look.label_lines(ax)
    return ax
