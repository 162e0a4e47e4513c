"""Pictures of lesson 1: the ladder and its rates, what if they were others, and repetitions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ... import look
from ...deepening import Ladder
from ...deepening.comparison import Comparison
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
        ax = look.draw_stages(look.axes(ax), ladder.stages[:-1], moves, below=last, rising=True)
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
    with look.frame(ax, xlabel="shop", ylabel=f"{measure}, online divided by offline") as ax:
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


def plot_two_worlds(compared: Mapping[str, Comparison], ax: Axes | None = None) -> Axes:
    """Draw the four numbers for "faster" of two worlds, row by row on the same axes.

    Parameters
    ----------
    compared : mapping of str to Comparison
        By the name of the world.
    ax : matplotlib Axes, optional
        Cannot be given: the picture has two.

    Returns
    -------
    matplotlib Axes
        The lower one.
    """
    if ax is not None:
        raise ValueError("ratios and differences need two axes: leave ax out.")
    first = next(iter(compared.values()))
    units = (f"{first.first} divided by {first.second}", f"{first.first} minus {first.second}, in")
    with look.style():
        from matplotlib import pyplot as plt

        _, axes = plt.subplots(2, 1, figsize=(10, 6.5), layout="constrained")
        for ax, none, unit, scale in zip(
            axes, (1, 0), (units[0], f"{units[1]} percentage points"), (1, 100), strict=True
        ):
            told = []
            for k, (name, comparison) in enumerate(compared.items()):
                rows = comparison.table.query("no_difference == @none")
                place = np.arange(len(rows))[::-1] + 0.15 - 0.3 * k
                value, low, high = (scale * rows[c] for c in ("contrast", "lower", "upper"))
                look.dots(ax, k, place, value, low, high, across=True, label=name)
                told += [
                    f"{name}, {measure}: {number(one, 2)} ({number(a, 2)} to {number(b, 2)})"
                    for measure, one, a, b in zip(rows["measure"], value, low, high, strict=True)
                ]
            look.reference(ax, x=none)
            look.rows(ax, list(rows["measure"]), np.arange(len(rows))[::-1], label="measure")
            ax.set(xlabel=unit, ylim=(-0.6, len(rows) - 0.4))
            look.set_alt_text(ax, f"{unit}, with intervals. {'; '.join(told)}.")
        axes[0].legend(loc="upper center", bbox_to_anchor=(0.5, 1.3), ncols=2)
    return axes[1]
