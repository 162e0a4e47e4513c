"""Pictures of give and take: how deep two people open up, who writes when, who opens first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ... import look
from ...deepening.reciprocity import Disclosure, Hawkes
from ...look.house_style import INK
from ...rounding import as_given, decimal, percent

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
    """Draw the two disclosures against each other: where each aims, where they rest, the path.

    Parameters
    ----------
    reciprocity_first, reciprocity_second : float
        How much each answers a step of the other, from 0 up.
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
        xlabel="depth of the first (0 small talk, 1 all)",
        ylabel="depth of the second",
        title=f"at rest: {decimal(end[0], 2)} and {decimal(end[1], 2)}",
        xlim=(-0.02, 1.05),
        ylim=(-0.02, 1.05),
        names=True,
    ) as ax:
        _arrows(ax, pair)
        look.curve(ax, 0, first_aims, depth, label="first aims here")
        look.curve(ax, 1, depth, second_aims, label="second aims here")
        ax.plot(path["first"], path["second"], color=INK, linewidth=2.5, label="_path")
        ax.plot(*end, "o", color=INK, markersize=13, markeredgecolor="white", label="_rest")
        look.set_alt_text(
            ax,
            f"Depth of the second against depth of the first. From {as_given(start_first)} and "
            f"{as_given(start_second)} the path ends at {decimal(end[0], 2)} and "
            f"{decimal(end[1], 2)}, where the lines towards which each moves cross. "
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
    return plot_path(pair, exchanges, (start_first, start_second), ax=ax)


def plot_path(
    pair: Disclosure,
    exchanges: float = 20.0,
    start: tuple[float, float] = (0.0, 0.0),
    *,
    names: tuple[str, str] = ("first", "second"),
    ax: Axes | None = None,
) -> Axes:
    """Draw the path of any two, a customer and a brand included, by exchange.

    Parameters
    ----------
    pair : Disclosure
        The two.
    exchanges : float
        How far to draw.
    start : tuple of 2 floats
        Depths at the beginning.
    names : tuple of 2 str
        What the two are called; with warmth above 0 closeness is drawn as well.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    path = pair.path(exchanges, start)
    with look.frame(
        ax,
        xlabel="exchanges",
        ylabel="depth (0 small talk, 1 all)",
        xlim=(0, exchanges),
        ylim=(-0.02, 1.05),
        names=True,
    ) as ax:
        ax.plot(path["exchange"], path["first"], label=names[0], **look.series(0))
        ax.plot(path["exchange"], path["second"], label=names[1], **look.series(1))
        if pair.warmth > 0:
            ax.plot(path["exchange"], path["closeness"], label="closeness", **look.series(2))
    return ax


def plot_messages(
    answers: float = 0.5,
    own_bursts: float = 0.1,
    latency_hours: float = 1.0,
    messages_a_day: float = 3.0,
    days: float = 3.0,
    seed: int = 7,
    ax: Axes | None = None,
) -> Axes:
    """Draw what two people write, and how likely each is to write next.

    Parameters
    ----------
    answers, own_bursts : float
        Mean number of answers of the other, and of further messages of one's own, that a
        message calls for; below 1 together.
    latency_hours : float
        Mean wait until a message that is called for.
    messages_a_day : float
        Messages a day that each writes of their own accord.
    days : float
        How long they are observed.
    seed : int
        Where the draws come from.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    base = messages_a_day / 24
    matrix = ((own_bursts, answers), (answers, own_bursts))
    pair = Hawkes((base, base), matrix, 1 / latency_hours)
    events = pair.events(24 * days, int(seed))
    at = np.unique(np.concatenate([np.linspace(0, 24 * days, 401), events.time + 1e-9]))
    rate = pair.intensity(at, events)
    with look.frame(
        ax,
        xlabel="days (below: who wrote when)",
        ylabel="messages an hour\nabout to be written",
        xlim=(0, days),
        names=True,
    ) as ax:
        top = 1.1 * float(rate.max())
        for k, name in enumerate(pair.names):
            looks = look.series(k)
            ax.plot(at / 24, rate[:, k], label=name, **looks | {"marker": "", "linewidth": 2})
            # A row for each below the rates, the first on top.
            row = -top * (0.08 + 0.12 * k)
            times = events.time[events.who == k] / 24
            ax.vlines(times, row - 0.05 * top, row + 0.05 * top, color=looks["color"], linewidth=2)
            ax.annotate(
                name,
                (0, row),
                (-8, 0),
                textcoords="offset points",
                ha="right",
                va="center",
                color=look.readable(looks["color"]),
                annotation_clip=False,
            )
        ax.set(ylim=(-0.27 * top, top))
        ax.set_yticks([tick for tick in ax.get_yticks() if 0 <= tick <= top])
        counts = events.counts()[0]
        own = pair.causes()["own accord"].iloc[0]
        look.set_alt_text(
            ax,
            f"In {as_given(days)} days A writes {counts[0]} messages and B {counts[1]}. Without "
            f"messages each is about to write {decimal(base, 2)} an hour; after one the other's "
            f"rate rises by {decimal(answers / latency_hours, 2)} and fades within about "
            f"{as_given(latency_hours)} hours. Highest: A {decimal(rate[:, 0].max(), 2)}, B "
            f"{decimal(rate[:, 1].max(), 2)}. In the long run {percent(own)} are written of one's "
            "own accord.",
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
