"""Pictures of snapshots: what looking more rarely costs, and whether the rates fit the looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ... import look
from ...look.house_style import INK
from ...rounding import as_given, decimal, number
from .estimate import PanelEstimate, fitted_looks

if TYPE_CHECKING:
    from matplotlib.axes import Axes

READINGS = ("maximum likelihood", "moves seen by weeks")


def plot_intervals(
    found: pd.DataFrame,
    stage: str = "acquaintance",
    next_stage: str = "buyer",
    ax: Axes | None = None,
) -> Axes:
    """Draw one rate as it is read from ever rarer looks, with intervals.

    Parameters
    ----------
    found : pandas.DataFrame
        What `by_interval` returns.
    stage, next_stage : str
        The step.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    rows = found[(found["stage"] == stage) & (found["next_stage"] == next_stage)]
    if not len(rows):
        raise ValueError(f"there is no rate from {stage!r} to {next_stage!r} in this table.")
    timed = rows[rows["reading"] == "timed moves"].iloc[0]
    weeks = sorted(rows.loc[rows["every"] > 0, "every"].unique())
    place = {w: k for k, w in enumerate(weeks)}
    with look.frame(
        ax,
        xlabel="weeks from one look to the next",
        ylabel=f"{stage} to {next_stage}\n(rate per week)",
        ylim=(0, None),
    ) as ax:
        look.reference(ax, y=timed["rate"], color=INK, label="every move timed")
        for k, reading in enumerate(READINGS):
            one = rows[rows["reading"] == reading]
            at = one["every"].map(place).to_numpy(float) + 0.12 * k
            look.dots(ax, k, at, one["rate"], one["lower"], one["upper"], label=reading)
        ax.set_xticks(range(len(weeks)), [as_given(w) for w in weeks])
        ax.legend(loc="upper center", bbox_to_anchor=(0.5, 1.18), ncols=3)
        told = "; ".join(
            f"every {as_given(r.every)} weeks, {r.reading}: {number(r.rate)} ({number(r.lower, 2)} "
            f"to {number(r.upper, 2)})"
            for r in rows[rows["every"] > 0].itertuples()
        )
        look.set_alt_text(
            ax,
            f"Rate of {stage} to {next_stage} per week by weeks between two looks. Every move "
            f"timed: {number(timed['rate'])}. {told}.",
        )
    return ax


def plot_looks(estimate: PanelEstimate, ax: Axes | None = None) -> Axes:
    """Draw how often each stage followed each at the next look, beside what the rates say.

    Parameters
    ----------
    estimate : PanelEstimate
        What `fit_panel` returns.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    rows = fitted_looks(estimate)
    place = np.arange(len(rows))[::-1]
    seen = estimate.likelihood.seen
    gaps = sorted({as_given(gap): gap for gap in seen.usual_gaps()}.items(), key=lambda g: g[1])
    # A gap for each group: the two ends say enough where there are many.
    apart = " to ".join(dict.fromkeys((gaps[0][0], gaps[-1][0])))
    with look.frame(
        ax,
        xlabel=f"moves between looks {apart} {seen.unit} apart (number)",
        ylabel="stage at a look and at the next",
        size=(9, 1.8 + 0.38 * len(rows)),
        ylim=(-0.6, len(rows) - 0.4),
    ) as ax:
        for k, (column, name) in enumerate(
            (("expected", "expected from the rates"), ("seen", "seen"))
        ):
            ax.barh(
                place + 0.2 - 0.4 * k,
                rows[column],
                height=0.38,
                label=name,
                **look.series(k, fill=True),
            )
        ax.set_yticks(
            place, [f"{a} → {b}" for a, b in zip(rows["stage"], rows["next_stage"], strict=True)]
        )
        ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2)
        told = ", ".join(
            f"{r.stage} to {r.next_stage} {decimal(r.seen)} ({decimal(r.expected)})"
            for r in rows.itertuples()
        )
        look.set_alt_text(
            ax, f"Moves between looks {apart} {seen.unit} apart, seen (expected): {told}."
        )
    return ax
