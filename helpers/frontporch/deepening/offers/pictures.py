"""Pictures of offers: what one gains by its week, the trap, the trial."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ... import look
from ...rounding import as_given, decimal, highest, percent
from .gain import GainEstimate
from .hazard import OfferEffect
from .immortal import ImmortalTime
from .trial import TrialResult

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_gain(
    gains: GainEstimate | pd.DataFrame | Mapping[str, GainEstimate | pd.DataFrame],
    ax: Axes | None = None,
    *,
    until: float = 26.0,
    weeks: float = 52.0,
) -> Axes:
    """Draw the expected gain by the week of the offer, with its band and the best week.

    Parameters
    ----------
    gains : GainEstimate, pandas.DataFrame or mapping of str to one of them
        What `fit_gain`, `GainEstimate.at`, `simulate_gain` or `OfferModel.gain` returns; several by
        their name.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.
    until : float
        Last week of the offer to draw, for a GainEstimate.
    weeks : float
        Horizon by which who has reached the goal counts, for a GainEstimate.

    Returns
    -------
    matplotlib Axes
    """
    several = gains if isinstance(gains, Mapping) else {"": gains}
    told = []
    with look.frame(
        ax,
        xlabel="week of the offer since first contact (dotted: best week)",
        ylabel="gained against no offer\n(friends in 100 strangers)",
        names=len(several) > 1,
    ) as ax:
        for k, (name, one) in enumerate(several.items()):
            if isinstance(one, GainEstimate):
                one = one.at(np.linspace(0, until, 53), weeks)
            looks = look.series(k)
            at, gain = one["offered"].to_numpy(float), 100 * one["gain"].to_numpy(float)
            ax.plot(at, gain, label=name or "_gain", **looks)
            best, band = highest(gain), ""
            if "lower" in one:
                low, high = (100 * one[c].to_numpy(float) for c in ("lower", "upper"))
                look.band(ax, k, at, low, high)
                band = f" (interval {decimal(low[best], 1)} to {decimal(high[best], 1)})"
            look.reference(ax, x=at[best], color=looks["color"], linewidth=1.5, dotted=True)
            told.append(
                f"{name + ': ' if name else ''}{decimal(gain[0], 1)} with the offer in week "
                f"{as_given(at[0])}, most, {decimal(gain[best], 1)}{band}, in week "
                f"{as_given(at[best])}, and {decimal(gain[-1], 1)} in week {as_given(at[-1])}"
            )
        look.reference(ax, y=0)
        look.set_alt_text(
            ax,
            "Friends gained in 100 strangers against no offer, by week of the offer. "
            f"{'; '.join(told)}.",
        )
    return ax


def plot_immortal_time(
    found: ImmortalTime | Mapping[str, OfferEffect], ax: Axes | None = None
) -> Axes:
    """Draw hazard ratios of the same spells, read wrongly and rightly, on a log axis.

    Parameters
    ----------
    found : ImmortalTime or mapping of str to OfferEffect
        What `immortal_time` returns, or several effects by the name of their reading.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    if isinstance(found, ImmortalTime):
        found = {"ever offered": found.ever_offered, "from the offer on": found.from_the_offer_on}
    rows = {
        name: (one.hazard_ratio, one.lower, one.upper, decimal(one.hazard_ratio, 2))
        for name, one in found.items()
    }
    first = next(iter(found.values()))
    told = "; ".join(
        f"{name}: {value} ({percent(first.level)} interval {decimal(low, 2)} to {decimal(high, 2)})"
        for name, (_, low, high, value) in rows.items()
    )
    xlabel = f"hazard ratio of moving to {first.outcome},\nwith an offer by without (log scale)"
    with look.frame(ax, xlabel=xlabel) as ax:
        _intervals(ax, rows, "reading", no_effect=1.0)
        ax.set_xscale("log")
        _ratio_ticks(ax, rows)
        look.set_alt_text(ax, f"Hazard ratio of moving to {first.outcome}; 1 is no effect. {told}.")
    return ax


def plot_trial(results: Mapping[str, TrialResult] | TrialResult, ax: Axes | None = None) -> Axes:
    """Draw the differences that trials found, each with its interval.

    Parameters
    ----------
    results : TrialResult or mapping of str to TrialResult
        What `trial` returns; several by their name.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    found = results if isinstance(results, Mapping) else {"trial": results}
    rows = {
        f"{name}:\n{one.says}": (
            100 * one.difference,
            100 * one.lower,
            100 * one.upper,
            decimal(100 * one.difference, 1, signed=True),
        )
        for name, one in found.items()
    }
    first = next(iter(found.values()))
    told = "; ".join(
        f"{name}: {decimal(100 * one.difference, 1, signed=True)} points, {percent(one.level)} "
        f"interval {decimal(100 * one.lower, 1, signed=True)} to "
        f"{decimal(100 * one.upper, 1, signed=True)}, {sum(one.pairs)} pairs: {one.says}"
        for name, one in found.items()
    )
    by = f"by week {as_given(first.weeks)}"
    usual, tried = first.arms
    xlabel = f"{first.goal} {by}: {tried}\nless {usual} (percentage points)"
    with look.frame(ax, xlabel=xlabel) as ax:
        _intervals(ax, rows, "trial", no_effect=0.0)
        look.set_alt_text(ax, f"Difference in the share that reached {first.goal} {by}. {told}.")
    return ax


def _intervals(
    ax: Axes, rows: Mapping[str, tuple[float, float, float, str]], what: str, no_effect: float
) -> None:
    """Draw one row each: estimate, limits, and what is written above."""
    places = range(len(rows))[::-1]
    for k, (at, (value, low, high, text)) in enumerate(zip(places, rows.values(), strict=True)):
        look.dots(ax, k % 7, at, value, low, high, across=True)
        ax.annotate(text, (value, at), (0, 14), textcoords="offset points", ha="center")
    look.reference(ax, x=no_effect, dotted=True)
    look.rows(ax, rows, places, label=what, width=36)
    ax.set_ylim(-0.6, len(rows) - 0.3)


def _ratio_ticks(ax: Axes, rows: Mapping[str, tuple[float, float, float, str]]) -> None:
    low, high = min(one[1] for one in rows.values()), max(one[2] for one in rows.values())
    known = np.array([0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100])
    shown = known[(known >= min(low, 0.5) / 2) & (known <= max(high, 1) * 2.5)]
    ax.set_xlim(shown[0], shown[-1])
    ax.set_xticks(shown, [as_given(one) for one in shown])
    ax.set_xticks([], minor=True)
