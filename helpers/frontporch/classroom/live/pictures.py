"""Pictures for the projector: what a class decided, and what the years then brought."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.ticker import MaxNLocator

from ... import look
from ...rounding import number
from ..deciding.money import said

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..deciding.decision import Decision
    from ..deciding.played import Year


def plot_decided(decision: Decision, chosen: Sequence[str], ax: Axes | None = None) -> Axes:
    """Draw how many chose each option.

    Parameters
    ----------
    decision : Decision
        What is decided.
    chosen : sequence of str
        One option a team.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new picture without it.
    """
    counts = Counter(chosen)
    title = textwrap.fill(f"What {_teams(len(chosen))} decided for {decision.shop}", 52)
    with look.frame(ax, title=title, xlabel="teams", ylabel="choice") as ax:
        places = np.arange(len(decision.options))[::-1]
        for place, name in zip(places, decision.options, strict=True):
            ax.barh(place, counts[name], height=0.6, color=look.palette[0].color)
            ax.annotate(
                str(counts[name]),
                (counts[name], place),
                xytext=(6, 0),
                textcoords="offset points",
                va="center",
            )
        ax.set_yticks(places, [textwrap.fill(name, 18) for name in decision.options])
        ax.set_xlim(0, max(counts.values()) * 1.15)
        ax.grid(axis="y", visible=False)
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        ax.yaxis.label.set_visible(False)
        told = "; ".join(f"{name} {counts[name]}" for name in decision.options)
        look.set_alt_text(ax, f"{' '.join(title.split())}. Bars: {told}.")
    return ax


def plot_written(
    memos: Sequence[Sequence[object]], begins: Sequence[str], ax: Axes | None = None
) -> Axes:
    """Draw how many teams have written each sentence of the memo; what they wrote stays theirs.

    Parameters
    ----------
    memos : sequence of sequence of str
        The sentences of each team.
    begins : sequence of str
        How each sentence begins.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.
    """
    counts = [sum(bool(one[k]) for one in memos) for k in range(len(begins))]
    title = f"{_teams(len(memos))} wrote a memo"
    with look.frame(ax, title=title, xlabel="teams", xlim=(0, max(counts, default=0) + 0.5)) as ax:
        plain = look.series(0, fill=True) | {"hatch": None}
        ax.barh(range(len(begins))[::-1], counts, height=0.6, **plain)
        names = [one.partition(":")[0] for one in begins]
        look.rows(ax, names, range(len(names))[::-1], label="sentence", width=18)
        ax.locator_params(axis="x", integer=True)
        told = "; ".join(f"{name} {count}" for name, count in zip(names, counts, strict=True))
        look.set_alt_text(ax, f"{title}. Sentences written: {told}.")
    return ax


def plot_years(decision: Decision, years: Sequence[Year], ax: Axes | None = None) -> Axes:
    """Draw what the year brought each team, by its choice and by the world it was in.

    Parameters
    ----------
    decision : Decision
        What was decided.
    years : sequence of Year
        One a team.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new picture without it.
    """
    title = textwrap.fill(f"What the year brought {_teams(len(years))}, by choice and world", 52)
    options, worlds = list(decision.options), list(decision.two_worlds)
    told = []
    span = float(np.ptp([0.0, *(one.brought for one in years)])) or 1.0
    with look.frame(
        ax,
        title=title,
        xlabel="dollars in the year, after costs (a dot a team)",
        ylabel="choice",
        ylim=(-0.6, len(options) - 0.4),
    ) as ax:
        look.reference(ax, x=0, linewidth=1.5)
        for k, world in enumerate(worlds):
            for place, name in enumerate(reversed(options)):
                came = [one.brought for one in years if (one.option, one.world) == (name, world)]
                row = place + 0.12 * (1 if k == 0 else -1) + _stacked(came, span) * (-1) ** k
                ax.scatter(came, row, s=90, alpha=0.8, **_dots(k))
                if came:
                    told.append(f"{name}, {world}: {number(len(came))}, {_spread(came)}")
            ax.scatter([], [], s=90, label=textwrap.fill(world, 34), **_dots(k))
        ax.locator_params(axis="x", nbins=5)
        ax.xaxis.set_major_formatter(lambda value, _place: said(value))
        ax.set_yticks(range(len(options)), [textwrap.fill(one, 18) for one in reversed(options)])
        ax.yaxis.label.set_visible(False)
        ax.grid(axis="y", visible=False)
        ax.legend(loc="upper center", bbox_to_anchor=(0.4, -0.2), ncols=2, frameon=False)
        look.set_alt_text(ax, f"{' '.join(title.split())}. {'; '.join(told)}.")
    return ax


def _stacked(came: Sequence[float], span: float) -> np.ndarray:
    """How far each dot is moved, so that none hides another: as much as there is room for."""
    bins = np.round(np.asarray(came) / span * 40).astype(int)
    above = np.array([np.sum(bins[:k] == one) for k, one in enumerate(bins)], dtype=float)
    return above * min(0.08, 0.26 / max(above.max(initial=0.0), 1.0))


def _dots(k: int) -> dict[str, Any]:
    looks = look.series(k)
    return {"color": looks["color"], "marker": "o^"[k], "edgecolors": "white"}


def _spread(came: Sequence[float]) -> str:
    low, high = said(min(came)), said(max(came))
    return f"{low} dollars" if low == high else f"{low} to {high} dollars"


def _teams(count: int) -> str:
    return "1 team" if count == 1 else f"{count} teams"
