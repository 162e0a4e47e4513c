"""Pictures of lesson 8: who buys, what causes what, the experiment with the page, heavy buyers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ... import look
from ...counting import bincount
from ...fans.returns import lift, plot_lift
from ...look.house_style import INK
from ...rounding import percent
from ...streams import Seed
from .heavy_buyers import HeavyBuyers
from .repeats import Repeats
from .worlds import FanWorld

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LOWEST, HIGHEST = -0.5, 1.0
"""Ends of the axis of `plot_experiment`, so that pictures can be compared."""


def plot_purchases(customers: pd.DataFrame, *, most: int = 10, ax: Axes | None = None) -> Axes:
    """Draw how often fans and others buy.

    Parameters
    ----------
    customers : pandas.DataFrame
        One row a customer: `fan` (true or false) and `purchases`.
    most : int
        So many purchases, or more, are one bar.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    bought = customers["purchases"].clip(upper=most)
    names = [*map(str, range(most)), f"{most} or more"]
    with look.frame(
        ax, xlabel="purchases after the invitation", ylabel="share of the group", percent="y"
    ) as ax:
        told = []
        for k, (name, fan) in enumerate((("others", False), ("fans", True))):
            group = bought[customers["fan"].astype(bool) == fan]
            share = bincount(group, minlength=most + 1) / len(group)
            _bars(ax, k, share, f"{name} ({len(group):,})")
            bars = (f"{number} {percent(one)}" for number, one in zip(names, share, strict=True))
            told.append(f"{name}: {', '.join(bars)}")
        ax.set_xticks(range(most + 1), [*names[:-1], f"{most}+"])
        ax.legend(loc="upper right")
        look.set_alt_text(ax, f"Share of customers by number of purchases. {'; '.join(told)}.")
    return ax


def _bars(ax: Axes, k: int, shares: NDArray[np.float64], label: str) -> None:
    """Draw the shares of one of two groups, whose bars stand side by side."""
    at = np.arange(len(shares)) + (k - 0.5) * 0.4
    ax.bar(at, shares, width=0.4, label=label, **look.series(k, fill=True))


def plot_causes(ax: Axes | None = None) -> Axes:
    """Draw what may make a fan, and what may make a purchase.

    Parameters
    ----------
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    invited, fan, buys, taste = (
        "chance invites",
        "fan",
        "buys",
        "how much the customer likes the shop",
    )
    moves = {
        (invited, fan): "join more",
        (fan, buys): "more?",
        (taste, fan): "join more",
        (taste, buys): "buy more",
    }
    with look.frame(ax) as ax:
        look.draw_stages(ax, [invited, fan, buys], moves, below=taste)
        look.set_alt_text(
            ax,
            "Diagram of causes: chance invites, and the invited join more often. People who like "
            "the shop more become fans more often, and also buy more. Whether being a fan makes "
            "people buy more is the question. No arrow leads from liking to the invitation.",
        )
    return ax


def plot_experiment(
    effect: float = 0.0,
    selection: float = 0.65,
    invite: float = 0.7,
    customers: int = 10_000,
    seed: Seed = 7,
    ax: Axes | None = None,
) -> Axes:
    """Draw what fans seem to spend more, naively and by the invitation, in a world of one's own.

    Parameters
    ----------
    effect, selection, invite : float
        As in `FanWorld`, the rest of which is as it is there; `invite` above 0.
    customers : int
        How many are drawn.
    seed : int or numpy.random.Generator
        Where the draw comes from.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes

    Notes
    -----
    Synthetic. An interval that goes beyond the picture is cut at its edge.
    """
    if invite <= 0:
        raise ValueError(f"invite is {invite}: without an invitation there is no experiment.")
    world = FanWorld(effect=effect, selection=selection, invite=invite)
    found = lift(world.simulate(int(customers), seed), past=None)
    truth = float(world.expected()["experiment"])
    with look.style():
        ax = plot_lift({"customers": found}, ax, truth={"customers": truth})
        ax.set_ylim(LOWEST, HIGHEST)
        made = f"the invitation turned {percent(found.moved[0])} of the invited into fans"
        weak = "" if not found.notes else ": too few to say anything"
        ax.set_title(made + weak, fontsize=15)
        look.set_alt_text(ax, f"{look.alt_text(ax)} Also, {made}{weak}.")
    return ax


def plot_repeats(found: Repeats, ax: Axes | None = None) -> Axes:
    """Draw one interval a draw, against the truth that it should hold, and the naive lift.

    Parameters
    ----------
    found : Repeats
        What `repeat_experiment` returns.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    repeats = found.table
    truth = float(repeats["truth"].iloc[0])
    bare = {"linestyle": "", "markevery": None}
    with look.frame(
        ax,
        xlabel="draw of the experiment (line: the truth of the model)",
        ylabel="what fans spend more\n(share of what others spend)",
        percent="y",
    ) as ax:
        groups = ((repeats["holds"], "interval holds the truth"), (~repeats["holds"], "misses it"))
        for k, (rows, name) in enumerate(groups):
            one = repeats[rows]
            if len(one):
                values = one["draw"], one["lift"], one["lower"], one["upper"]
                look.dots(ax, k, *values, label=f"{name} ({len(one)})", markersize=6)
        ax.plot(
            repeats["draw"],
            repeats["naive"],
            label="naive",
            **look.series(2) | bare | {"markersize": 6},
        )
        look.reference(ax, y=truth, color=INK)
        ax.legend(
            loc="lower left",
            bbox_to_anchor=(0, 1),
            ncols=3,
            borderaxespad=0.2,
            columnspacing=1.0,
            handletextpad=0.3,
        )
        look.set_alt_text(
            ax,
            f"{len(repeats)} draws with an interval each: {found.held} intervals "
            f"hold the truth, {percent(truth, signed=True)}. The experiment's estimates go from "
            f"{percent(repeats['lift'].min(), signed=True)} to "
            f"{percent(repeats['lift'].max(), signed=True)}, the naive ones from "
            f"{percent(repeats['naive'].min(), signed=True)} to "
            f"{percent(repeats['naive'].max(), signed=True)}.",
        )
    return ax


def plot_heavy_buyers(base: HeavyBuyers, ax: Axes | None = None, *, most: int = 10) -> Axes:
    """Draw how often buyers and fans buy in a year.

    Parameters
    ----------
    base : HeavyBuyers
        Its assumptions.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.
    most : int
        So many purchases, or more, are one bar.

    Returns
    -------
    matplotlib Axes
    """
    table = base.counts(most)
    with look.frame(
        ax, xlabel="purchases in a year (assumed model)", ylabel="share of the group", percent="y"
    ) as ax:
        for k, name in enumerate(("buyers", "fans")):
            _bars(ax, k, table[name].to_numpy(), name)
        ax.set_xticks(range(len(table)), [*table["purchases"][:-1], f"{most}+"])
        ax.legend(loc="upper center")
        told = "; ".join(
            f"{row.purchases}: {percent(row.buyers)} of buyers, {percent(row.fans)} of fans"
            for row in table.itertuples()
        )
        look.set_alt_text(ax, f"Purchases in a year of those who buy (assumed model). {told}.")
    return ax
