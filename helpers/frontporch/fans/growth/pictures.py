"""Pictures of growth: counts with their sources, curve and forecast, how far a ceiling goes."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ... import look
from ...look.house_style import GREY, INK
from ...rounding import percent
from .comparison import CurveComparison
from .counts import read_counts
from .fitted_growth import Growth
from .forecasting import Forecast, forecast
from .series import Series
from .uncertainty import CeilingProfile

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SCALES = ((1e9, "billions"), (1e6, "millions"), (1e3, "thousands"))
_MOST_SOURCES = 6


def plot_counts(
    counts: pd.DataFrame | Series | Growth, *, sources: bool = True, ax: Axes | None = None
) -> Axes:
    """Draw counts by date, low grades and lower bounds marked, with their sources in a note.

    Parameters
    ----------
    counts : pandas.DataFrame, Series or Growth
        A table that `read_counts` reads, a series, or a fit, whose counts are drawn.
    sources : bool
        Whether the note stands below.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    series = counts.series if isinstance(counts, Growth) else read_counts(counts)
    with look.frame(ax, title=series.name, ylim=(0, None)) as ax:
        scale, _ = labelled(ax, series, float(series.totals.max()) + series.step)
        points(ax, series, scale, named=True)
        if sources and (words := _sources(series)):
            _below(ax, words)
        # Points of one kind lie apart: a name at the right end would belong to one of them.
        ax.legend(loc="upper left")
    return ax


def plot_growth(
    growth: Growth, *, periods: int = 8, step: float | None = None, ax: Axes | None = None
) -> Axes:
    """Draw counts, the curve, its forecast with a band, and the baselines.

    Parameters
    ----------
    growth : Growth
        A fitted curve.
    periods : int
        How many steps to look ahead.
    step : float, optional
        Years of a step; see `forecast`.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes

    Notes
    -----
    The title says which interval the band is; the first of the fit's warnings stands below.
    """
    return draw_forecast(forecast(growth, periods, step=step), ax=ax)


def draw_forecast(
    ahead: Forecast,
    title: str | None = None,
    notes: Sequence[str] | None = None,
    *,
    later: pd.DataFrame | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw a forecast that was made; see `plot_growth`.

    Parameters
    ----------
    ahead : Forecast
        With its fitted curve.
    title : str, optional
        What stands above; which curve and interval it is, without it.
    notes : sequence of str, optional
        What stands below; the first of the fit's warnings, without it.
    later : pandas.DataFrame, optional
        Counts that came afterwards, drawn as open diamonds: columns `date` and `counted`.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.
    """
    growth = ahead.growth
    series, name = growth.series, growth.curve.name
    title = title or f"{series.name}: {name}, {percent(ahead.level)} interval"
    notes = growth.notes[:1] if notes is None else notes
    came = [] if later is None else list(later["counted"])
    with look.frame(ax, title=title, names=True) as ax:
        highest = max([*(float(one["total"].max()) for one in ahead.methods.values()), *came])
        band = ahead.methods[name][["lower", "upper"]].to_numpy()
        scale, _ = labelled(ax, series, highest)
        points(ax, series, scale)
        times = np.linspace(series.times[0], series.times[-1], 200)
        known = growth.totals(times) + series.step
        look.curve(ax, 0, series.dates(times), known / scale, label=f"_{name} so far")
        dates = series.dates(series.times[-1:]).append(ahead.dates)
        last = series.totals[-1] + series.step
        edges = [np.concatenate([[last], limit]) / scale for limit in band.T]
        if np.isfinite(band).all():
            look.band(ax, 0, dates, *edges)
        for k, (label, frame) in enumerate(ahead.methods.items()):
            ways = np.concatenate([[last], frame["total"]]) / scale
            look.curve(ax, k, dates, ways, label=label)
        if later is not None:
            ax.plot(
                pd.DatetimeIndex(later["date"]),
                later["counted"] / scale,
                linestyle="none",
                marker="D",
                markersize=9,
                color=INK,
                markerfacecolor="white",
                zorder=4,
                label="what came",
            )
        top = max(highest, min(float(np.nanmax(band, initial=0)), 2.5 * highest)) / scale
        ax.set_ylim(0, 1.05 * top)
        if notes:
            _below(ax, " ".join(notes))
    return ax


def plot_ceiling_profile(found: Growth | CurveComparison, *, ax: Axes | None = None) -> Axes:
    """Draw how much worse the fit becomes as the ceiling is moved.

    Parameters
    ----------
    found : Growth or CurveComparison
        One fit, or several.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    ValueError
        If an estimator offers no profile, or the fits are to different pages or products.

    Notes
    -----
    The line of the interval and the last count are drawn once where all fits share them, and
    once a fit, in its colour, where they do not, as of one page at two dates.
    """
    several = {found.curve.name: found} if isinstance(found, Growth) else found.growths
    series = next(iter(several.values())).series
    named = sorted({one.series.name for one in several.values()})
    if len(named) > 1:
        raise ValueError(f"fits to {' and to '.join(named)}: draw each with axes of its own.")
    with look.frame(
        ax, ylabel="how much worse the fit is\n(standard errors)", title=series.name, names=True
    ) as ax:
        profiles = {name: one.ceiling_profile for name, one in several.items()}
        far = 1.6 * max(one.limit for one in profiles.values())
        near = [one.ceilings[np.abs(one.distance) <= far] for one in profiles.values()]
        scale, unit = _scale(max(float(one.max()) for one in near), series.unit)
        for k, (name, one) in enumerate(profiles.items()):
            shown = np.abs(one.distance) <= far
            look.curve(ax, k, one.ceilings[shown] / scale, np.abs(one.distance[shown]), label=name)
        ax.set_xscale("log")
        _limits(
            ax,
            {
                name: (one.ceiling_profile, (one.series.totals[-1] + one.series.step) / scale)
                for name, one in several.items()
            },
        )
        _plain_ticks(ax)
        ax.set(xlabel=f"ceiling ({unit}{series.unit}, log scale)")
        ax.set_ylim(0, far)
    return ax


def _limits(ax: Axes, profiles: Mapping[str, tuple[CeilingProfile, float]]) -> None:
    """Mark the line below which a ceiling is still possible, and the last count.

    Where these differ from fit to fit, each has its own in its own colour.
    """
    marks = {name: (one.level, round(one.limit, 6), last) for name, (one, last) in profiles.items()}
    several = len(set(marks.values())) > 1
    for k, (level, limit, last) in enumerate(marks.values() if several else [*marks.values()][:1]):
        color = look.series(k)["color"] if several else GREY
        ax.axhline(limit, color=color, linewidth=1.5, linestyle=":", label=f"_limit {k}")
        ax.axvline(last, color=color, linewidth=1.5, linestyle="--", label=f"_last count {k}")
        below = "below its own line" if several else "below this line"
        # Last counts lie close together: each name is a line below the one before.
        words = [("last count", (last, 0.93 - 0.1 * k), ax.get_xaxis_transform())]
        if not k:
            words.append(
                (f"{percent(level)} interval: {below}", (0.5, limit), ax.get_yaxis_transform())
            )
        for said, place, across in words:
            ax.annotate(
                said,
                place,
                xycoords=across,
                ha="center",
                va="center",
                fontsize=12,
                color=color if several and said == "last count" else INK,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 2},
            )


def points(ax: Axes, series: Series, scale: float, *, named: bool = False) -> None:
    """Draw a kind of point for each grade, triangles for lower bounds, lines for wide windows."""
    totals, dates = (series.totals + series.step) / scale, series.dates(series.times)
    low = np.zeros(len(totals), bool)
    if "confidence" in series.table and len(series.table) == len(totals):
        low = (series.table["confidence"] == "low").to_numpy()
    half = pd.to_timedelta(series.window / 2 * 365.25, unit="D")
    for name, which, marker, filled in (
        ("counted", ~low & ~series.at_least, "o", True),
        ("at least", ~low & series.at_least, "^", True),
        ("graded low", low & ~series.at_least, "o", False),
        ("at least, graded low", low & series.at_least, "^", False),
    ):
        if not which.any():
            continue
        ax.plot(
            dates[which],
            totals[which],
            linestyle="none",
            marker=marker,
            markersize=8,
            color=INK,
            markerfacecolor=INK if filled else "white",
            label=name if named else f"_{name}",
        )
        wide = which & (series.window > 0.02)
        ax.hlines(
            totals[wide], (dates - half)[wide], (dates + half)[wide], color=INK, linewidth=1.2
        )


def labelled(ax: Axes, series: Series, highest: float) -> tuple[float, str]:
    """Name the axes; give what totals are divided by, and its name."""
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    scale, unit = _scale(highest, series.unit)
    ax.set(xlabel="date", ylabel=f"total ({unit}{series.unit})")
    ax.xaxis.set_major_locator(AutoDateLocator(minticks=3, maxticks=8))
    # Short names: the full day is too wide for a slide.
    ax.xaxis.set_major_formatter(ConciseDateFormatter(ax.xaxis.get_major_locator()))
    ax.yaxis.set_major_formatter("{x:,.6g}")
    return scale, unit.removesuffix(" of ")


def _scale(highest: float, unit: str) -> tuple[float, str]:
    """Divide large totals, unless their unit is thousands or percent already."""
    if unit.startswith(("thousand", "percent")):
        return 1.0, ""
    return next(((by, f"{name} of ") for by, name in _SCALES if highest >= 2 * by), (1.0, ""))


def _plain_ticks(ax: Axes) -> None:
    from matplotlib.ticker import LogLocator, NullFormatter, StrMethodFormatter

    ax.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    ax.xaxis.set_major_formatter(StrMethodFormatter("{x:,.4g}"))
    ax.xaxis.set_minor_formatter(NullFormatter())


def _sources(series: Series) -> str:
    """Name the sources, those of most counts first."""
    if "source" not in series.table:
        return ""
    counted = series.table["source"].value_counts()
    shown = [str(one) for one in counted.index[:_MOST_SOURCES]]
    more = len(counted) - len(shown)
    return "Sources: " + "; ".join(shown) + (f"; and {more} more." if more > 0 else ".")


def _below(ax: Axes, words: str) -> None:
    """Write a note under the axes."""
    ax.annotate(
        textwrap.fill(words, 92),
        (0, 0),
        xycoords="axes fraction",
        xytext=(0, -62),
        textcoords="offset points",
        ha="left",
        va="top",
        fontsize=11.5,
        annotation_clip=False,
    )
