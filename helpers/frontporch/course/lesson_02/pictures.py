"""Pictures of lesson 2: strangers and their ends, and what if numbers were others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ... import look
from ...deepening.offers import OfferModel, split_at_offer
from ...deepening.offers.pictures import plot_gain, plot_trial
from ...look.house_style import INK
from ...rounding import as_given, decimal, highest, number, percent
from ...stats import power

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Several shops beside each other are drawn by what draws one.
__all__ = ["plot_gain", "plot_outcomes", "plot_power", "plot_stays", "plot_trial"]

ENDS = {"friend": "o", "over-contact": "s", "still there": ">"}
"""Marks at the end of a stay; a cross for any other way of leaving."""


def plot_outcomes(
    offer_ratio: float = 3.0,
    hold_ratio: float = 0.4,
    pushed: float = 0.05,
    ripening: float = 0.0,
    weeks: float = 52.0,
    ax: Axes | None = None,
) -> Axes:
    """Draw how strangers end by the week of the offer, and the best week for friends.

    Parameters
    ----------
    offer_ratio, hold_ratio, pushed, ripening : float
        As in `OfferModel`; one contact a week from the offer on.
    weeks : float
        The horizon, in weeks since first contact.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes

    Notes
    -----
    Computed from the hazards; all are assumed, no log was fitted.
    """
    model = OfferModel(
        offer_ratio=offer_ratio, hold_ratio=hold_ratio, pushed=pushed, ripening=ripening
    )
    shares = model.shares(np.linspace(0, weeks / 2, 53), weeks, step=0.5)
    at, friends = shares["offered"].to_numpy(), shares["friend"].to_numpy()
    best = highest(friends)
    with look.frame(
        ax,
        xlabel="week of the offer since first contact (dotted: best week)",
        ylabel=f"strangers, by week {as_given(weeks)}",
        xlim=(0, weeks / 2),
        ylim=(0, 1),
        percent="y",
        names=True,
    ) as ax:
        for name, looks in (
            ("friend", look.stage("friend")),
            ("competitor", look.series(0)),
            ("over-contact", look.series(4)),
        ):
            ax.plot(at, shares[name].to_numpy(), label=name, **looks)
        look.reference(ax, x=at[best], dotted=True)
        look.set_alt_text(
            ax,
            f"Share of strangers who are friends by week {as_given(weeks)}: {percent(friends[0])} "
            f"with the offer at first contact, most, {percent(friends[best])}, with the offer in "
            f"week {as_given(at[best])}, and {percent(friends[-1])} in week {as_given(at[-1])}. "
            f"Lost by too much contact: {percent(shares['over-contact'].iloc[0])} with the offer "
            "at first contact.",
        )
    return ax


def plot_power(
    usual: float = 0.20,
    tried: float | Sequence[float] = 0.26,
    each: float | None = None,
    ax: Axes | None = None,
    *,
    largest: int = 2_000,
    level: float = 0.95,
) -> Axes:
    """Draw the power of a trial by its size, one line a difference worth finding.

    Parameters
    ----------
    usual : float
        Share that reaches the goal as usual.
    tried : float or sequence of float
        Share, or shares, that might reach it with an offer at the first visit.
    each : float, optional
        Strangers in each arm that are marked on the first line.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.
    largest : int
        Most strangers in an arm.
    level : float
        Confidence level of the trial's interval.

    Returns
    -------
    matplotlib Axes
    """
    shares = [float(one) for one in np.atleast_1d(np.asarray(tried, float))]
    sizes = np.unique(np.geomspace(10, max(largest, each or 0), 80).astype(int))
    told = ""
    with look.frame(
        ax,
        xlabel="strangers in each arm",
        ylabel="probability that the trial\nfinds a difference",
        xlim=(0, sizes[-1]),
        ylim=(0, 1.02),
        percent="y",
        names=True,
    ) as ax:
        for k, share in enumerate(shares):
            curve = [power(usual, share, int(n), level=level) for n in sizes]
            ax.plot(sizes, curve, label=f"{number(usual)} or {number(share)}", **look.series(k))
        look.reference(ax, y=0.8, dotted=True, label="_80 %")
        if each is not None:
            found = power(usual, shares[0], round(each), level=level)
            _mark(ax, each, found, right=each < sizes[-1] / 2)
            told = f" Marked: {percent(found)} with {as_given(each)}."
        lines = "; ".join(
            f"{number(usual)} or {number(share)}: "
            f"{percent(power(usual, share, int(sizes[0]), level=level))} with {sizes[0]}, "
            f"{percent(power(usual, share, int(sizes[-1]), level=level))} with {sizes[-1]}"
            for share in shares
        )
        look.set_alt_text(
            ax,
            "Probability that a trial finds a difference, by strangers in each arm. Shares "
            f"{lines}.{told} Dotted: 80%.",
        )
    return ax


def _mark(ax: Axes, at: float, share: float, *, right: bool) -> None:
    """Mark a place on a line, with its share written beside it."""
    ax.plot([at], [share], "o", color=INK, markersize=13, zorder=5)
    ax.annotate(
        percent(share),
        (at, share),
        (12 if right else -12, -6),
        textcoords="offset points",
        ha="left" if right else "right",
        va="top",
    )


def plot_stays(spells: pd.DataFrame, strangers: int = 12, ax: Axes | None = None) -> Axes:
    """Draw some strangers as lines: weeks without an offer, weeks with one, and the end.

    The weeks without an offer of those who get one later are the immortal ones: whoever had
    left in them would never have been "offered".

    Parameters
    ----------
    spells : pandas.DataFrame
        The `spells` contract with `offered_at`, one stay a pair.
    strangers : int
        How many, from the top of the table; drawn by how long they stayed.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    if not strangers >= 1:
        raise ValueError(f"strangers is {strangers!r}, but must be a whole number from 1 up.")
    shown = spells.head(int(strangers)).sort_values("left", ascending=False, ignore_index=True)
    place = pd.Series(np.arange(len(shown)), index=shown["pair"])
    pieces = split_at_offer(shown)
    immortal = np.where(shown["offered_at"] < shown["left"], shown["offered_at"], 0.0).sum()
    with look.frame(
        ax, xlabel="weeks since first contact", ylabel="strangers", xlim=(0, None)
    ) as ax:
        for k, name in enumerate(("without an offer", "with an offer")):
            own = pieces[pieces["offered"] == k]
            looks = {key: look.series(1 - k)[key] for key in ("color", "linestyle")}
            ax.hlines(
                place.loc[own["pair"]].to_numpy(),
                own["entered"],
                own["left"],
                label=name,
                linewidth=(2.5, 6)[k],
                **looks,
            )
        ends = shown["next_stage"].astype(object).where(shown["next_stage"].notna(), "still there")
        told = []
        for name, own in shown.groupby(ends.to_numpy()):
            ax.plot(
                own["left"],
                place.loc[own["pair"]].to_numpy(),
                label=name,
                linestyle="",
                markersize=11,
                color=INK,
                marker=ENDS.get(name, "X"),
            )
            told.append(f"{len(own)} {name}")
        ax.set(yticks=[])
        ax.legend(loc="upper center", bbox_to_anchor=(0.5, 1.24), ncols=3)
        look.set_alt_text(
            ax,
            f"{len(shown)} strangers by how long they stayed, from "
            f"{decimal(shown['left'].min(), 1)} to {decimal(shown['left'].max(), 1)} weeks; at the "
            f"end {', '.join(told)}. {shown['offered_at'].notna().sum()} got an offer, after "
            f"{decimal(immortal)} weeks in all, in which only those who stayed could be.",
        )
    return ax
