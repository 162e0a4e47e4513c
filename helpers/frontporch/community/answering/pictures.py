"""Pictures of answering: who waits by people at the desk, and what answers bring and cost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ... import look
from .erlang import Desk
from .policy import Answering

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_staffing(
    posts_per_hour: float = 8.0,
    minutes_per_post: float = 15.0,
    within_hours: float = 1.0,
    patience_hours: float = 4.0,
    people: Sequence[int] = range(1, 9),
    ax: Axes | None = None,
) -> Axes:
    """Draw what share is answered in time, and what share gives up, by people at the desk.

    Parameters
    ----------
    posts_per_hour, minutes_per_post : float
        What comes in, and the work for each.
    within_hours : float
        What "in time" means.
    patience_hours : float
        Mean time after which a poster who still waits gives up.
    people : sequence of int
        How many may sit there.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    desks = [Desk(posts_per_hour, minutes_per_post, n, patience_hours) for n in people]
    with look.style():
        ax = look.axes(ax)
        lines = {
            f"answered within {within_hours:g} h": [d.answered_within(within_hours) for d in desks],
            "gave up": [desk.given_up for desk in desks],
            "people's time in use": [desk.busy for desk in desks],
        }
        for k, (name, shares) in enumerate(lines.items()):
            ax.plot(list(people), shares, label=name, **look.series(k))
        look.percent_axis(ax)
        ax.set(xlabel="people at the desk", ylabel="share", ylim=(-0.02, 1.04))
        ax.set_xticks(list(people))
        look.label_lines(ax)
    return ax


def plot_answering(policy: Answering, ax: Axes | None = None) -> Axes:
    """Draw good will, cost and what is left, by the share of complaints answered.

    Parameters
    ----------
    policy : Answering
        Its assumptions.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    table = policy.table(np.linspace(0, 1, 41))
    with look.style():
        ax = look.axes(ax)
        for k, (column, name) in enumerate(
            (("good_will", "good will"), ("cost", "hours, paid"), ("net", "what is left"))
        ):
            ax.plot(
                table["complaints"], table[column], label=name, **look.series(k) | {"marker": ""}
            )
        look.percent_axis(ax, "x")
        ax.set(xlabel="complaints answered (assumed model)", ylabel="money per week")
        look.label_lines(ax)
    return ax
