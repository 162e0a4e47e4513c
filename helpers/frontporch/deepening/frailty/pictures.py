"""Pictures of hidden differences: what a naive reading loses, and where advice flips."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ... import look
from ...look.house_style import INK
from ...rounding import as_given, decimal, percent
from .closeness import advice_flips, gain_of_offer
from .mechanism import attenuated, marginal_hazard
from .worlds import HiddenWorld

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_attenuation(
    found: pd.DataFrame,
    hazard_ratio: float = 2.0,
    ax: Axes | None = None,
    *,
    rate: float = 0.1,
    weeks: float = 30.0,
) -> Axes:
    """Draw the hazard ratio that Cox's model finds, by how much people differ unseen.

    Parameters
    ----------
    found : pandas.DataFrame
        What `attenuation` returns.
    hazard_ratio, rate, weeks : float
        As given to `attenuation`.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    with look.frame(
        ax,
        xlabel="variance of hidden differences (0: all alike)",
        ylabel="hazard ratio, online by offline",
        ylim=(0.95, 1.1 * hazard_ratio),
        names=True,
    ) as ax:
        theta = np.linspace(0, max(float(found["variance"].max()), 0.1), 41)
        limit = [attenuated(hazard_ratio, one, rate=rate, weeks=weeks) for one in theta]
        ax.plot(
            theta,
            np.full(len(theta), hazard_ratio),
            label="the same person",
            color=INK,
            linewidth=2,
        )
        look.curve(ax, 0, theta, limit, label="what Cox tends to")
        look.dots(
            ax,
            1,
            found["variance"],
            found["hazard_ratio"],
            found["lower"],
            found["upper"],
            label="found",
        )
        look.reference(ax, y=1, dotted=True)
        told = "; ".join(
            f"variance {as_given(r.variance)}: {decimal(r.hazard_ratio, 2)} ({decimal(r.lower, 2)} "
            f"to {decimal(r.upper, 2)})"
            for r in found.itertuples()
        )
        look.set_alt_text(
            ax,
            f"Online makes one and the same person {as_given(hazard_ratio)} times as fast. Hazard "
            "ratio found by Cox's model in simulations, by variance of hidden differences. "
            f"{told}. The limit falls from {decimal(limit[0], 2)} to {decimal(limit[-1], 2)}.",
        )
    return ax


def plot_marginal_hazard(
    variances: Iterable[float] = (0.0, 0.5, 1.0, 2.0),
    *,
    rate: float = 0.1,
    weeks: float = 52.0,
    ax: Axes | None = None,
) -> Axes:
    """Draw the hazard of all who are left, where everybody's own is constant.

    Parameters
    ----------
    variances : iterable of float
        θ, at most seven.
    rate : float
        Hazard per week of a person of liveliness 1.
    weeks : float
        How far to draw.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    time = np.linspace(0, weeks, 105)
    with look.frame(
        ax,
        xlabel="weeks since first contact",
        ylabel="moves a week,\nof those still there",
        percent="y",
        ylim=(0, None),
        names=True,
    ) as ax:
        for k, variance in enumerate(variances):
            ax.plot(
                time,
                marginal_hazard(time, rate, variance),
                label=f"variance {as_given(variance)}",
                **look.series(k),
            )
    return ax


def plot_readings(
    worlds: Iterable[HiddenWorld], seed: int = 7, *, no_difference: float = 1.0
) -> Axes:
    """Draw what the naive and the right reading say in each of two worlds, beside the truth.

    Parameters
    ----------
    worlds : iterable of HiddenWorld
        Such as `chosen_channel()`.
    seed : int
        Where the draws come from.
    no_difference : float
        What the reading is where the channels are alike: 1 for ratios, 0 for differences.

    Returns
    -------
    matplotlib Axes
        The last world's.
    """
    worlds = list(worlds)
    with look.style():
        from matplotlib import pyplot as plt

        _, axes = plt.subplots(
            1, len(worlds), figsize=(11, 3.8), sharex=True, sharey=True, squeeze=False
        )
        for world, ax in zip(worlds, axes[0], strict=True):
            table = world.readings(world.simulate(seed))
            place = [1, 0]
            for k, (_, row) in enumerate(table.iterrows()):
                look.dots(
                    ax, 1 - k, place[k], row["value"], row["lower"], row["upper"], across=True
                )
            look.reference(ax, x=no_difference, dotted=True)
            ax.plot([world.truth], [0], "|", color=INK, markersize=34, markeredgewidth=3)
            named = [f"{way}:\n{reads}" for way, reads in table["reads"].items()]
            look.rows(ax, named, place, label="reading", width=24)
            words = "value (bar: truth, dotted: none)"
            ax.set(xlabel=words, ylim=(-0.6, 1.6), title=world.name)
            told = "; ".join(
                f"{way} reading, {r.reads}: {decimal(r.value, 2)} ({decimal(r.lower, 2)} to "
                f"{decimal(r.upper, 2)})"
                for way, r in zip(table.index, table.itertuples(), strict=True)
            )
            look.set_alt_text(
                ax, f"{world.name}: {world.claim} {told}. Truth {decimal(world.truth, 2)}."
            )
    return axes[0][-1]


def plot_flip(
    lift: float = 1.8, harm: float = 2.0, *, week: float = 52.0, ax: Axes | None = None
) -> Axes:
    """Draw what offering closeness adds, by how many want none: where the advice flips.

    Parameters
    ----------
    lift, harm, week : float
        As in `unwanted_closeness`.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    share = np.linspace(0, 1, 51)
    gain = 100 * np.array([gain_of_offer(one, lift, harm, week) for one in share])
    flips = advice_flips(lift, harm, week)
    with look.frame(
        ax,
        xlabel="customers who want no closeness",
        ylabel=f"still there in week {as_given(week)},\noffered less not (percentage points)",
        percent="x",
        xlim=(0, 1),
    ) as ax:
        ax.plot(share, gain, **look.series(0))
        look.reference(ax, y=0)
        if np.isfinite(flips):
            look.reference(ax, x=flips, dotted=True)
            ax.annotate(
                f"the advice flips\nat {percent(flips)}",
                (flips, 0),
                (10, 30),
                textcoords="offset points",
            )
        end = (
            f"It crosses 0 at {percent(flips)} of unwilling customers."
            if np.isfinite(flips)
            else "It never crosses 0."
        )
        look.set_alt_text(
            ax,
            f"Offering closeness changes the share still there in week {as_given(week)} by "
            f"{decimal(gain[0], 1, signed=True)} percentage points where everybody wants it and by "
            f"{decimal(gain[-1], 1, signed=True)} where nobody does, in a straight line. {end}",
        )
    return ax
