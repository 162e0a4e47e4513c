"""Pictures of answering: how long posts wait, by load and people; what answers bring and cost."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ... import look
from ...rounding import as_given, percent
from .day import reply_latency
from .erlang import Queue
from .policy import Answering

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_waits(
    posts: pd.DataFrame | Mapping[str, pd.DataFrame], ax: Axes | None = None, *, hours: float = 24
) -> Axes:
    """Draw what share of posts has been answered, by hours since the post, with its band.

    Parameters
    ----------
    posts : pandas.DataFrame or mapping of str to pandas.DataFrame
        What `simulate_posts` returns, or a log with the same columns; several by their name.
        Unanswered posts count as censored, as in `reply_latency`.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.
    hours : float
        How long the waits are shown.

    Returns
    -------
    matplotlib Axes
    """
    logs = posts if isinstance(posts, Mapping) else {"all posts": posts}
    with look.frame(
        ax,
        xlabel="hours since the post",
        ylabel="posts answered by then",
        percent="y",
        xlim=(0, hours),
        ylim=(-0.02, 1.04),
        names=True,
    ) as ax:
        told = []
        for k, (name, one) in enumerate(logs.items()):
            curve = reply_latency(one)
            shown = curve.at(np.linspace(0, min(hours, curve.last), 193))
            look.curve(ax, k, shown["time"], shown["reached"], label=name)
            sure = shown[shown["note"] == ""]
            look.band(ax, k, sure["time"], sure["lower"], sure["upper"])
            marks = curve.at([1, 12, 24])
            told.append(
                f"{name}, {len(one)} posts: "
                + ", ".join(
                    f"{percent(share)} answered within {as_given(hour)} h"
                    for hour, share in zip(marks["time"], marks["reached"], strict=True)
                    if np.isfinite(share)
                )
            )
        ax.set_xticks(np.arange(0, hours + 1, 6 if hours > 12 else 1))
        look.set_alt_text(
            ax, f"Share of posts answered, by hours since the post. {'; '.join(told)}."
        )
    return ax


def plot_load(
    minutes_per_post: float = 10.0,
    within_hours: float = 0.5,
    people: int = 1,
    patience_hours: float = math.inf,
    ax: Axes | None = None,
) -> Axes:
    """Draw what share is answered in time, and how busy the people are, by posts per hour.

    Parameters
    ----------
    minutes_per_post : float
        Work for one answer.
    within_hours : float
        What "in time" means.
    people : int
        How many answer.
    patience_hours : float
        Mean time after which a poster who still waits gives up.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
        Up to as many posts per hour as the people can answer at the very most.
    """
    most = people * 60 / minutes_per_post
    rates = np.linspace(0, most, 61)[1:-1]
    desks = [Queue(rate, minutes_per_post, people, patience_hours) for rate in rates]
    in_time = f"answered within {as_given(60 * within_hours)} minutes"
    with look.frame(
        ax,
        xlabel=f"posts per hour (at most {as_given(most)} can be answered)",
        ylabel="share",
        percent="y",
        xlim=(0, most),
        ylim=(-0.02, 1.04),
        names=True,
    ) as ax:
        lines = {
            in_time: [desk.answered_within(within_hours) for desk in desks],
            "working time in use": [desk.busy for desk in desks],
        }
        for k, (name, shares) in enumerate(lines.items()):
            look.curve(ax, k, rates, shares, label=name)
        told = ", ".join(
            f"{percent(share)} at {as_given(rate)} posts per hour"
            for rate in most * np.array([0.25, 0.5, 0.75, 0.9])
            for share in [
                Queue(rate, minutes_per_post, people, patience_hours).answered_within(within_hours)
            ]
        )
        look.set_alt_text(
            ax,
            f"Share of posts {in_time}, {as_given(minutes_per_post)} minutes an answer, "
            f"people: {people}. {told}. The working time in use rises in a straight line.",
        )
    return ax


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
    desks = [Queue(posts_per_hour, minutes_per_post, n, patience_hours) for n in people]
    with look.frame(
        ax, xlabel="people at the desk", ylabel="share", percent="y", ylim=(-0.02, 1.04), names=True
    ) as ax:
        lines = {
            f"answered within {as_given(within_hours)} h": [
                d.answered_within(within_hours) for d in desks
            ],
            "gave up": [desk.given_up for desk in desks],
            "people's time in use": [desk.busy for desk in desks],
        }
        for k, (name, shares) in enumerate(lines.items()):
            ax.plot(list(people), shares, label=name, **look.series(k))
        ax.set_xticks(list(people))
    return ax


def plot_answering(policy: Answering, ax: Axes | None = None, *, money: str = "dollars") -> Axes:
    """Draw good will, cost and what is left, by the share of complaints answered.

    Parameters
    ----------
    policy : Answering
        Its assumptions.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.
    money : str
        Currency, for the axis.

    Returns
    -------
    matplotlib Axes
    """
    table = policy.table(np.linspace(0, 1, 41))
    with look.frame(
        ax,
        xlabel="complaints answered (assumed model)",
        ylabel=f"{money} a week",
        percent="x",
        names=True,
    ) as ax:
        for k, (column, name) in enumerate(
            (("good_will", "good will"), ("cost", "hours, paid"), ("net", "what is left"))
        ):
            look.curve(ax, k, table["complaints"], table[column], label=name)
    return ax
