"""Pictures of contagion: how many had adopted by each step, and over which ties it came."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from ... import look
from ...rounding import decimal, number, percent
from ..graph.ties import Community
from ..spread.contagion import Spread
from ..spread.trajectories import Trajectories

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LEVEL = 0.9


def plot_adopters(
    found: Trajectories | Spread,
    ax: Axes | None = None,
    *,
    beside: Mapping[str, Trajectories | Spread] | None = None,
    level: float = LEVEL,
) -> Axes:
    """Draw how many have adopted by each step, with what lies between runs.

    Parameters
    ----------
    found : Trajectories or Spread
        Of `trajectories`, a band holds the middle share of the runs at each step; of `simulate`,
        which keeps only the mean by step, a bar holds it at the end.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.
    beside : mapping of str to Trajectories or Spread, optional
        At most seven by their names, this one among them: all are drawn, in this order.
    level : float
        Share of runs in the band.

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    ValueError
        If a spread was followed to its end only, and not step by step.
    """
    named = beside or {"mean of runs": found}
    for one in named.values():
        if isinstance(one, Spread):
            one.check_timed()
    with look.frame(
        ax,
        xlabel="step",
        ylabel="people who have adopted",
        title=f"mean, and the middle {percent(level)} of runs",
        ylim=(0, None),
        names=True,
    ) as ax:
        longest = max(len(_mean(one)) for one in named.values())
        for k, (name, one) in enumerate(named.items()):
            looks = look.series(k)
            mean = _mean(one)
            # A run that has ended stays where it is.
            mean = np.append(mean, np.full(longest - len(mean), mean[-1]))
            steps = np.arange(longest)
            ax.plot(steps, mean, label=name, **looks)
            if isinstance(one, Trajectories):
                band = [np.append(b, np.full(longest - len(b), b[-1])) for b in one.middle(level)]
                look.band(ax, k, steps, *band)
            elif one.runs != "exact":
                low, high = one.quantile((1 - level) / 2), one.quantile((1 + level) / 2)
                ax.vlines(
                    longest - 1,
                    low,
                    high,
                    color=looks["color"],
                    linewidth=5,
                    alpha=0.45,
                    clip_on=False,
                )
        ax.set_xlim(0, max(longest - 1, 1))
        ax.xaxis.get_major_locator().set_params(integer=True)
    return ax


def plot_carried(
    found: Spread,
    ax: Axes | None = None,
    *,
    community: Community | None = None,
    beside: Mapping[str, Spread] | None = None,
) -> Axes:
    """Draw who carried it: adopters that each kind of tie brought, and how many a tie brought.

    Parameters
    ----------
    found : Spread
        With kinds of tie.
    ax : matplotlib Axes, optional
        Where to draw, if there is one panel; a new picture without it.
    community : Community, optional
        The ties, to divide by: with it a second panel has adopters per 100 ties of the kind.
        One kind can win in all and lose per tie.
    beside : mapping of str to Spread, optional
        At most seven by their names, this one among them: all are drawn, in this order.

    Returns
    -------
    matplotlib Axes
        The last panel's.

    Raises
    ------
    ValueError
        If ties have no kinds, or every course was enumerated.
    """
    if ax is not None and community is not None:
        raise ValueError("with a community there are two panels: leave ax out.")
    named = dict(beside or {"": found})
    for one in named.values():
        if not one.carried:
            raise ValueError(
                "this spread does not say who carried it: ties need layers or a strength, and "
                "runs is a number, not 'exact'."
            )
    kinds = list(dict.fromkeys(kind for one in named.values() for kind in one.carried))
    panels = [("adopters brought (people)", np.ones(len(kinds)))]
    if community is not None:
        count = np.array([_ties_of(community, kind) for kind in kinds])
        panels.append(("adopters per 100 ties (people)", count / 100))
    with look.style():
        from matplotlib import pyplot as plt

        if ax is None:
            figure, (axes,) = plt.subplots(1, len(panels), squeeze=False)
        else:
            figure, axes = ax.figure, [ax]
        told = []
        for panel, (what, divisor) in zip(axes, panels, strict=True):
            each = {kind: n for kind, n in zip(kinds, divisor, strict=True) if n > 0}
            told += _bars(panel, what, each, named)
        if len(named) > 1:
            figure.legend(
                *axes[0].get_legend_handles_labels(),
                loc="outside upper center",
                ncols=len(named),
            )
        look.set_alt_text(figure, "Who carried it, by kind of tie. " + " ".join(told))
    return axes[-1]


def _bars(
    ax: Axes, what: str, divisor: Mapping[str, float], named: Mapping[str, Spread]
) -> list[str]:
    """Draw what each kind of tie brought, spread beside spread; tell each in a sentence."""
    wide = min(0.8 / len(named), 0.5)
    told = []
    for place, (name, one) in enumerate(named.items()):
        value = np.array([one.carried.get(kind, 0.0) / by for kind, by in divisor.items()])
        each = ", ".join(f"{kind} {number(v)}" for kind, v in zip(divisor, value, strict=True))
        told.append(f"{what}{', ' if name else ''}{name}: {each}.")
        at = np.arange(len(divisor)) + (place - (len(named) - 1) / 2) * wide
        looks = look.series(place, fill=True)
        if len(named) == 1:  # nothing to be told apart
            looks["hatch"] = None
        bars = ax.bar(at, value, 0.92 * wide, label=name or "_nolegend_", **looks)
        written = [number(v, 2) if v < 10 else decimal(v) for v in value]
        ax.bar_label(bars, written, padding=2, fontsize=14)
    ax.set_xticks(range(len(divisor)), list(divisor))
    ax.set(xlabel="kind of tie", ylabel=what)
    ax.margins(y=0.12)
    ax.set_xlim(-0.6, len(divisor) - 0.4)
    ax.grid(axis="x", visible=False)
    return told


def _mean(one: Trajectories | Spread) -> np.ndarray:
    return one.mean if isinstance(one, Trajectories) else one.adopters


def _ties_of(community: Community, kind: str) -> int:
    """Count the ties of a kind: a layer, weak or strong, or all; 0 where it is no tie."""
    each = 1 if community.directed else 2
    if kind in community.kinds:
        return int((community.kind == community.kinds.index(kind)).sum()) // each
    if kind in ("weak", "strong"):
        return int((community.strong == (kind == "strong")).sum()) // each
    return community.ties if kind == "ties" else 0
