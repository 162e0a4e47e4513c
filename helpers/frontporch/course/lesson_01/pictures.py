"""Pictures of lesson 1: the ladder and its rates, what if they were others, and repetitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ... import look
from ...deepening import Ladder
from ...deepening.pictures import plot_reach
from ...look.house_style import INK
from ...rounding import as_given, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_stages(ladder: Ladder, channel: str, ax: Axes | None = None) -> Axes:
    """Draw the ladder as a diagram: its stages, and the rates of one channel on its arrows.

    Parameters
    ----------
    ladder : Ladder
        Its rates.
    channel : str
        Whose rates are written on the arrows, per week.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    last = ladder.stages[-1]
    moves = {step: number(rate, 2) for step, rate in ladder.rates_of(channel).items()}
    with look.style():
        ax = look.draw_stages(look.axes(ax), ladder.stages[:-1], moves, below=last)
        ax.set_title(f"{channel}: rates per week")
    return ax


def plot_ladder(
    hazard_ratio: float = 1.8, loss_ratio: float = 1.0, weeks: float = 52.0, ax: Axes | None = None
) -> Axes:
    """Draw how many strangers the model makes friends, online beside offline.

    Parameters
    ----------
    hazard_ratio : float
        How many times faster each step up is online.
    loss_ratio : float
        How many times faster each stage is lost online.
    weeks : float
        How far to draw, in weeks since first contact.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes

    Notes
    -----
    Closed form with assumed rates (`Ladder.online_and_offline`); no log was fitted.
    """
    ladder = Ladder.online_and_offline(hazard_ratio=hazard_ratio, loss_ratio=loss_ratio)
    return plot_reach(ladder, weeks=weeks, ax=ax)


def plot_repeats(
    repeats: pd.DataFrame, truth: float, ax: Axes | None = None, *, measure: str = "hazard ratio"
) -> Axes:
    """Draw one interval a repetition, against the true value that they should cover.

    Parameters
    ----------
    repeats : pandas.DataFrame
        One row a repetition: `seed`, `contrast`, `lower`, `upper`.
    truth : float
        The value that made the data.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.
    measure : str
        What is measured, for the axis.

    Returns
    -------
    matplotlib Axes
    """
    missed = (repeats["lower"] > truth) | (repeats["upper"] < truth)
    with look.frame(
        ax, xlabel="seed of the repetition", ylabel=f"{measure}, online by offline"
    ) as ax:
        for k, (rows, name) in enumerate(((~missed, "covers the truth"), (missed, "misses it"))):
            if rows.any():
                one = repeats[rows]
                look.dots(
                    ax,
                    k,
                    one["seed"],
                    one["contrast"],
                    one["lower"],
                    one["upper"],
                    label=f"{name} ({int(rows.sum())})",
                )
        look.reference(ax, y=truth, color=INK, label=f"truth {as_given(truth)}")
        look.reference(ax, y=1, dotted=True, label="no difference")
        ax.locator_params("x", integer=True)
        ax.legend(loc="upper center", bbox_to_anchor=(0.5, 1.2), ncols=2)
    return ax
