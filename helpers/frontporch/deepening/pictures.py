"""Pictures of deepening: who met again, who climbed the ladder, and how sure we are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .. import look
from ..names import pick
from ..rounding import number, percent
from ..stats import SurvivalCurve
from .comparison import Comparison
from .estimate import Estimate, GroupEstimate
from .ladder import Ladder

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..stats.proportionality import ProportionalHazards


def plot_reached(
    curves: Mapping[str, SurvivalCurve], ax: Axes | None = None, *, what: str = "met again"
) -> Axes:
    """Draw the share of pairs that has arrived, by hours since the first encounter.

    Parameters
    ----------
    curves : mapping of str to SurvivalCurve
        At most seven, in hours, each with an arrival. Bands stand where at least ten pairs
        have arrived.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.
    what : str
        What the pairs have done, for the axis.

    Returns
    -------
    matplotlib Axes
    """
    with look.frame(
        ax,
        xlabel="time since the first encounter (log scale)",
        ylabel=f"pairs that have {what}",
        percent="y",
        ylim=(0, None),
        names=True,
    ) as ax:
        for k, (name, curve) in enumerate(curves.items()):
            # The flat stretch before the first arrival says nothing: one point of it is enough.
            begin = max(int(np.flatnonzero(curve.events > 0)[0]) - 1, 0)
            shown = curve.at(curve.times[begin:])
            looks = look.series(k)
            ax.plot(shown["time"], shown["reached"], label=name, **looks)
            sure = shown[shown["note"] == ""]
            look.band(ax, k, sure["time"], sure["lower"], sure["upper"])
        first = min(float(curve.times[curve.events > 0].min()) for curve in curves.values())
        look.hours_axis(ax)
        ax.set_xlim(left=0.8 * first)
    return ax


def plot_occupancy(
    estimate: Estimate | GroupEstimate, ax: Axes | None = None, *, weeks: float | None = None
) -> Axes:
    """Draw the share of pairs in each stage by week, as seen in the spells.

    Parameters
    ----------
    estimate : Estimate or GroupEstimate
        What `fit` returns, or one of its groups. With several groups there is one panel
        for each, and the last panel's axes is returned.
    ax : matplotlib Axes, optional
        Where to draw a single group.
    weeks : float, optional
        How far to draw; as long as observed without it.

    Returns
    -------
    matplotlib Axes
    """
    groups = [estimate] if isinstance(estimate, GroupEstimate) else list(estimate.groups.values())
    with look.style():
        if len(groups) > 1:
            if ax is not None:
                raise ValueError('one axes cannot hold several groups: pass estimate["online"].')
            from matplotlib import pyplot as plt

            _, panels = plt.subplots(1, len(groups), figsize=(11, 5), sharey=True)
        else:
            panels = [look.axes(ax)]
        for panel, group in zip(panels, groups, strict=True):
            curve = group.occupancy
            seen = float(group.spells.left.max())
            until = min(weeks or seen, curve.last)
            at = np.linspace(0, until, 105)
            shares = curve.at(at).pivot(index=curve.unit, columns="stage", values="share")
            for stage in curve.stages:
                panel.plot(at, shares[stage], label=stage, **look.stage(stage))
            panel.set_title(group.name)
            panel.set_xlabel(f"{curve.unit} since first contact")
            panel.set_ylabel("share of pairs in the stage")
            panel.set_ylim(0, 1)
            look.percent_axis(panel)
            look.label_lines(panel)
    return panels[-1]


def plot_reach(
    ladder: Ladder, goal: str = "friend", *, weeks: float = 52.0, ax: Axes | None = None
) -> Axes:
    """Draw the probability of having reached a stage by each week, by channel.

    Parameters
    ----------
    ladder : Ladder
        Its rates.
    goal : str
        The stage.
    weeks : float
        How far to draw.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    with look.frame(
        ax,
        xlabel="weeks since first contact",
        ylabel=f"strangers who reached {goal}",
        percent="y",
        names=True,
    ) as ax:
        shares = ladder.reach_by(goal, np.linspace(0, weeks, 60))
        for channel in ladder.channels:
            ax.plot(shares["weeks"], shares[channel], label=channel, **look.channel(channel))
        ax.set(ylim=(0, max(0.45, 1.1 * float(shares[list(ladder.channels)].to_numpy().max()))))
    return ax


def plot_comparison(comparison: Comparison, ax: Axes | None = None) -> Axes:
    """Draw the four numbers for "faster" with their intervals: ratios above, differences below.

    Parameters
    ----------
    comparison : Comparison
        What `compare` returns.
    ax : matplotlib Axes, optional
        Cannot be given: the picture has two.

    Returns
    -------
    matplotlib Axes
        The lower one.
    """
    if ax is not None:
        raise ValueError("ratios and differences need two axes: leave ax out.")
    table = comparison.table
    ratio = table["no_difference"] == 1
    with look.style():
        from matplotlib import pyplot as plt

        _, axes = plt.subplots(2, 1, figsize=(10, 5.5))
        for ax, rows, unit, scale in (
            (axes[0], table[ratio], f"{comparison.first} by {comparison.second} (ratio)", 1),
            (
                axes[1],
                table[~ratio],
                f"{comparison.first} less {comparison.second} (percentage points)",
                100,
            ),
        ):
            place = np.arange(len(rows))[::-1]
            value, low, high = (
                scale * rows[c].to_numpy(float) for c in ("contrast", "lower", "upper")
            )
            label = f"estimate with {percent(comparison.level)} interval"
            look.dots(ax, 0, place, value, low, high, across=True, label=label)
            look.reference(ax, x=scale * float(rows["no_difference"].iloc[0]))
            named = [f"{m}:\n{s}" for m, s in zip(rows["measure"], rows["says"], strict=True)]
            look.rows(ax, named, place, label="measure")
            ax.set(xlabel=unit, ylim=(-0.6, len(rows) - 0.4))
            told = [
                f"{name} {number(v)}, {percent(comparison.level)} interval {number(a)} to "
                f"{number(b)}: {says}"
                for name, v, a, b, says in zip(
                    rows["measure"], value, low, high, rows["says"], strict=True
                )
            ]
            look.set_alt_text(ax, f"{unit}. {'; '.join(told)}.")
    return axes[1]


def plot_proportional(
    found: ProportionalHazards, covariate: str | None = None, ax: Axes | None = None
) -> Axes:
    """Draw what each moment says of a hazard ratio, and their running mean.

    Parameters
    ----------
    found : ProportionalHazards
        What `stats.cox(...).proportional()` gives.
    covariate : str, optional
        Which; the first without it.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    names = list(found.ratios)
    name = names[0] if covariate is None else pick(covariate, names, "covariate")
    order = np.argsort(found.time, kind="stable")
    time, log = found.time[order], found.ratios[name].to_numpy()[order]
    wide = max(len(time) // 5, min(len(time), 5))
    smooth = pd.Series(log).rolling(wide, center=True, min_periods=max(wide // 2, 1)).mean()
    p_value = float(found.table.set_index("covariate").loc[name, "p_value"])
    with look.frame(
        ax,
        xlabel="time of the move",
        ylabel=f"log hazard ratio of {name}",
        names=True,
    ) as ax:
        ax.plot(time, log, ".", color=look.palette[-1].color, label="_one move")
        look.curve(ax, 0, time, smooth, label="running mean")
        look.reference(ax, y=float(log.mean()), label="_the same throughout")
        look.set_alt_text(
            ax,
            f"Log hazard ratio of {name} by time, a dot a move, and their running mean. A ratio "
            f"that stays the same gives a level line; p-value against it {number(p_value, 2)}.",
        )
    return ax
