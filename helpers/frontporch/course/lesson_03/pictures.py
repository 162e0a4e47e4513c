"""Pictures of lesson 3: how deep two people open up, and where each aims."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ... import look
from ...deepening.reciprocity import Disclosure, Events, plot_path
from ...deepening.reciprocity.rhythm import DAY
from ...look.house_style import INK
from ...rounding import as_given, decimal

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_phase(
    reciprocity_first: float = 0.5,
    reciprocity_second: float = 0.6,
    base_first: float = 0.2,
    base_second: float = 0.3,
    start_first: float = 0.0,
    start_second: float = 0.0,
    ax: Axes | None = None,
) -> Axes:
    """Draw the depths of customer and shop against each other: aims, path, and where they rest.

    Parameters
    ----------
    reciprocity_first, reciprocity_second : float
        How much the customer (first) and the shop answer a step of the other, from 0 up.
    base_first, base_second : float
        Depth that each would tell of their own accord, 0 to 1.
    start_first, start_second : float
        Where the path begins.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes

    Notes
    -----
    A model with assumed numbers; nobody's talk was measured.
    """
    pair = _pair(reciprocity_first, reciprocity_second, base_first, base_second)
    depth = np.linspace(0, 1, 201)
    # Each aims at most at 1, the norm of maximal intimacy.
    first_aims, second_aims = pair.aims(depth, depth)
    path = pair.path(30.0, (start_first, start_second))
    end = pair.settles_at((start_first, start_second))
    with look.frame(
        ax,
        xlabel="depth of the customer (0 small talk, 1 everything)",
        ylabel="depth of the shop",
        title=f"at rest: customer {decimal(end[0], 3)}, shop {decimal(end[1], 3)}",
        xlim=(-0.02, 1.05),
        ylim=(-0.02, 1.05),
        names=True,
    ) as ax:
        _arrows(ax, pair)
        look.curve(ax, 0, first_aims, depth, label="customer aims here")
        look.curve(ax, 1, depth, second_aims, label="shop aims here")
        ax.plot(path["first"], path["second"], color=INK, linewidth=2.5, label="_path")
        ax.plot(*end, "o", color=INK, markersize=13, markeredgecolor="white", label="_rest")
        look.set_alt_text(
            ax,
            f"Depth of the shop against depth of the customer. From {as_given(start_first)} and "
            f"{as_given(start_second)} the path ends at {decimal(end[0], 3)} and "
            f"{decimal(end[1], 3)}, where the lines towards which each moves cross. "
            f"{pair.in_words()}",
        )
    return ax


def plot_depths(
    reciprocity_first: float = 0.5,
    reciprocity_second: float = 0.6,
    base_first: float = 0.2,
    base_second: float = 0.3,
    exchanges: float = 20.0,
    start_first: float = 0.0,
    start_second: float = 0.0,
    ax: Axes | None = None,
) -> Axes:
    """Draw how deep each opens up, by exchange.

    Parameters
    ----------
    reciprocity_first, reciprocity_second, base_first, base_second, start_first, start_second
        As in `plot_phase`.
    exchanges : float
        How far to draw.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    pair = _pair(reciprocity_first, reciprocity_second, base_first, base_second)
    names = ("the customer", "the shop")
    return plot_path(pair, exchanges, (start_first, start_second), names=names, ax=ax)


def plot_messages(events: Events, days: float, ax: Axes | None = None) -> Axes:
    """Draw when each of a pair wrote: a mark a message.

    Parameters
    ----------
    events : Events
        Of one pair.
    days : float
        How many days are drawn.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    hours = [np.asarray(events.time)[np.asarray(events.who) == one] for one in (0, 1)]
    with look.frame(ax, xlabel="days", ylabel="who wrote", xlim=(0, days), ylim=(-0.6, 1.6)) as ax:
        for one, there in enumerate(hours):
            color = look.palette[one].color
            ax.vlines(there / DAY, one - 0.35, one + 0.35, color=color, label=f"_{one}")
        ax.set_yticks([0, 1], ["Ann", "Bob"])
        look.set_alt_text(
            ax,
            f"Ann wrote {len(hours[0])} messages in {as_given(days)} days, Bob {len(hours[1])}. "
            "Both wrote mostly in the evenings, and in bursts.",
        )
    return ax


def _pair(one: float, other: float, base_one: float, base_other: float) -> Disclosure:
    # Closeness is not drawn: without it the path is exact, and sooner there.
    return Disclosure((base_one, base_other), (one, other), growth=0.0)


def _arrows(ax: Axes, pair: Disclosure) -> None:
    """Draw which way both move from a grid of places."""
    one, other = np.meshgrid(np.linspace(0.05, 0.95, 7), np.linspace(0.05, 0.95, 7))
    aims = pair.aims(one, other)
    ax.quiver(one, other, aims[0] - one, aims[1] - other, color="#B0B0B0", angles="xy", width=0.003)
