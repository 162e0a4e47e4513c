"""Pictures of the model from plain numbers: closed forms, drawn fast enough for a slider."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ... import look
from ...deepening.offers import Door, naive_hazard_ratio
from ...look.house_style import INK
from ...rounding import as_given, decimal, highest, number, percent
from ...stats import power

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_door(
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
        As in `Door`; one contact a week from the offer on.
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
    door = Door(offer_ratio=offer_ratio, hold_ratio=hold_ratio, pushed=pushed, ripening=ripening)
    shares = door.shares(np.linspace(0, weeks / 2, 53), weeks, step=0.5)
    at, friends = shares["offered"].to_numpy(), shares["friend"].to_numpy()
    best = highest(friends)
    with look.frame(
        ax,
        xlabel="week of the offer since first contact (dotted: best week)",
        ylabel=f"strangers, by week {as_given(weeks)}",
        percent="y",
        xlim=(0, weeks / 2),
        ylim=(0, 1),
        names=True,
    ) as ax:
        _ended(ax, at, shares)
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


def plot_contacts(
    contacts: float = 1.0,
    pushed: float = 0.05,
    offered: float = 0.0,
    weeks: float = 52.0,
    ax: Axes | None = None,
) -> Axes:
    """Draw how strangers end by how often the shop gets in touch, with an ideal in between.

    Parameters
    ----------
    contacts : float
        Contacts per week that are marked, from 0 to 4.
    pushed : float
        Rate per week of losing a stranger for each contact per week above the ideal of one.
    offered : float
        Week of the offer.
    weeks : float
        The horizon, in weeks since first contact.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes

    Notes
    -----
    That there is an ideal volume is after Godfrey, Seiders & Voss (2011); the curve is assumed.
    """
    if not 0 <= contacts <= 4:
        raise ValueError(f"contacts is {contacts!r}, but is a number per week from 0 to 4.")
    door = Door(pushed=pushed)
    shares = door.by_contacts(np.linspace(0, 4, 41), offered, weeks, step=weeks)
    here = door.by_contacts(contacts, offered, weeks, step=weeks).iloc[0]
    with look.frame(
        ax,
        xlabel="contacts per week from the offer on",
        ylabel=f"strangers, by week {as_given(weeks)}",
        percent="y",
        xlim=(0, 4),
        ylim=(0, 1),
        names=True,
    ) as ax:
        _ended(ax, shares["contacts"].to_numpy(), shares)
        ax.plot([contacts], [here["friend"]], "o", color=INK, markersize=13, zorder=5)
        side = "left" if contacts <= 2 else "right"
        ax.annotate(
            f"{percent(here['friend'])} friends",
            (contacts, here["friend"]),
            (14 if contacts <= 2 else -14, 0),
            textcoords="offset points",
            ha=side,
            va="center",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 2, "alpha": 0.9},
            zorder=6,
        )
        best = shares.iloc[highest(shares["friend"])]
        look.set_alt_text(
            ax,
            f"Share of strangers who are friends by week {as_given(weeks)}, by contacts per week: "
            f"{percent(shares['friend'].iloc[0])} with none, most, {percent(best['friend'])}, with "
            f"{decimal(best['contacts'], 1)} and {percent(shares['friend'].iloc[-1])} with 4. "
            f"Marked: {percent(here['friend'])} with {as_given(contacts)}.",
        )
    return ax


def plot_trap(offer_after: float = 10.0, lost_after: float = 10.0, ax: Axes | None = None) -> Axes:
    """Draw what the wrong reading finds where the offer does nothing, by when offers are made.

    Parameters
    ----------
    offer_after, lost_after : float
        Mean weeks until the offer and until the loss, above 0.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    wrong = naive_hazard_ratio(offer_after, lost_after)
    means = np.geomspace(1, max(40.0, offer_after), 25)
    with look.frame(
        ax,
        xlabel="mean weeks until the offer",
        ylabel="hazard ratio of loss,\nwith an offer by without",
        xlim=(0, means[-1]),
        ylim=(0, 1.15),
        names=True,
    ) as ax:
        ratios = [naive_hazard_ratio(one, lost_after) for one in means]
        ax.plot(means, ratios, label="ever offered (wrong)", **look.series(1))
        ax.plot(means, np.ones(len(means)), label="from the offer on (right)", **look.series(0))
        ax.plot([offer_after], [wrong], "o", color=INK, markersize=13, zorder=5)
        ax.annotate(
            decimal(wrong, 2),
            (offer_after, wrong),
            (0, 14),
            textcoords="offset points",
            ha="center",
        )
        look.set_alt_text(
            ax,
            "The offer does nothing: the true hazard ratio of loss is 1. Strangers stay "
            f"{as_given(lost_after)} weeks on average. Reading 'ever offered' finds "
            f"{decimal(wrong, 2)} with an offer after {as_given(offer_after)} weeks on average; "
            f"{decimal(ratios[0], 2)} after {as_given(means[0])} and {decimal(ratios[-1], 2)} "
            f"after {as_given(means[-1])}.",
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
        Share, or shares, that might reach it with the door open from the first visit.
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
        percent="y",
        xlim=(0, sizes[-1]),
        ylim=(0, 1.02),
        names=True,
    ) as ax:
        for k, share in enumerate(shares):
            curve = [power(usual, share, int(n), level=level) for n in sizes]
            ax.plot(sizes, curve, label=f"{number(usual)} or {number(share)}", **look.series(k))
        look.reference(ax, y=0.8, dotted=True, label="_80 %")
        if each is not None:
            found = power(usual, shares[0], round(each), level=level)
            ax.plot([each], [found], "o", color=INK, markersize=13, zorder=5)
            right = each < sizes[-1] / 2
            ax.annotate(
                percent(found),
                (each, found),
                (12 if right else -12, -6),
                textcoords="offset points",
                ha="left" if right else "right",
                va="top",
            )
            told = f" Marked: {percent(found)} with {as_given(each)}."
        lines = "; ".join(
            f"{number(usual)} or {number(share)}: "
            f"{percent(power(usual, share, int(sizes[0]), level=level))} with {sizes[0]}, "
            f"{percent(power(usual, share, int(sizes[-1]), level=level))} with {sizes[-1]}"
            for share in shares
        )
        look.set_alt_text(
            ax,
            f"Probability that a trial finds a difference, by strangers in each arm. Shares "
            f"{lines}.{told} Dotted: 80%.",
        )
    return ax


def _ended(ax: Axes, at: np.ndarray, shares) -> None:
    for name, looks in (
        ("friend", look.stage("friend")),
        ("competitor", look.series(0)),
        ("over-contact", look.series(4)),
    ):
        ax.plot(at, shares[name].to_numpy(), label=name, **looks)
