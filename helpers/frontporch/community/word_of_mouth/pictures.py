"""Pictures of word of mouth: responses week by week, and influence by several methods."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from ... import look
from ...look.house_style import INK
from ...rounding import decimal, highest, percent
from .carry_over import CarryOver
from .influence import METHODS, Influence

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_carry_over(found: CarryOver, ax: Axes | None = None) -> Axes:
    """Draw the response of new customers to each source, week by week, with its band.

    Parameters
    ----------
    found : CarryOver
        What `carry_over` returns.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    with look.frame(
        ax,
        xlabel="weeks after",
        ylabel="new customers\n(% more after 1 % more in one week)",
        names=True,
    ) as ax:
        told = []
        for k, row in enumerate(found.total.itertuples()):
            one = found.of(row.source)
            ax.plot(one["week"], one["response"], label=row.source, **look.series(k))
            look.band(ax, k, one["week"], one["lower"], one["upper"])
            peak = one.iloc[highest(one["response"])]
            told.append(
                f"{row.source}: highest {decimal(peak['response'], 2)} in week "
                f"{decimal(peak['week'])}, all weeks together {decimal(row.total, 2)} "
                f"({decimal(row.lower, 2)} to {decimal(row.upper, 2)})"
            )
        look.reference(ax, y=0, linewidth=1.5)
        ax.xaxis.get_major_locator().set_params(integer=True)
        look.set_alt_text(
            ax,
            "Per cent more new customers in the weeks after one per cent more of each source, "
            f"with {percent(found.level)} bands. {'; '.join(told)}.",
        )
    return ax


def plot_influence(
    found: Influence,
    ax: Axes | None = None,
    *,
    beside: Mapping[str, Influence] | None = None,
    truth: Mapping[str, float] | None = None,
) -> Axes:
    """Draw what one more early friend adds, by every method; several worlds side by side.

    Parameters
    ----------
    found : Influence
        What `influence` returns.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.
    beside : mapping of str to Influence, optional
        At most three by the name of their world, this one among them: all are drawn, in this
        order.
    truth : mapping of str to float, optional
        What is true in each world, where it was simulated; drawn as a ring at the last method.

    Returns
    -------
    matplotlib Axes
    """
    import textwrap

    worlds = beside or {"people": found}
    with look.frame(
        ax,
        xlabel="how it was found" + ("; ring: the truth of the model" if truth else ""),
        ylabel="what one more early friend adds\n(share who adopt)",
        percent="y",
        xlim=(-0.5, len(METHODS) - 0.5),
    ) as ax:
        told = []
        for k, (world, one) in enumerate(worlds.items()):
            at = np.arange(len(METHODS)) + (k - (len(worlds) - 1) / 2) * 0.22
            effect, low, high = (one.estimates[c].to_numpy() for c in ("effect", "lower", "upper"))
            known = np.isfinite(low) & np.isfinite(high)
            low_end, high_end = np.where(known, [low, high], effect)
            look.dots(ax, k, at, effect, low_end, high_end, label=world)
            true = (truth or {}).get(world)
            if true is not None:
                ring = {"marker": "o", "markersize": 13, "fillstyle": "none", "linestyle": ""}
                ax.plot(at[-1] + 0.09, true, color=INK, label="_truth", **ring)
            told.append(
                f"{world}: "
                + ", ".join(
                    f"{name} {percent(value, 1, signed=True)} ({percent(a, 1, signed=True)} to "
                    f"{percent(b, 1, signed=True)})"
                    for name, value, a, b in zip(METHODS, effect, low, high, strict=True)
                )
                + ("" if true is None else f", true {percent(true, 1, signed=True)}")
            )
        look.reference(ax, y=0)
        ax.set_xticks(range(len(METHODS)), [textwrap.fill(name, 12) for name in METHODS])
        if len(worlds) > 1:
            ax.legend(loc="lower left", bbox_to_anchor=(0, 1), borderaxespad=0.2)
        look.set_alt_text(ax, f"What one more early friend adds. {'; '.join(told)}.")
    return ax
