"""Pictures of returns: the funnel, the lift beside the experiment, what decides break-even."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ... import look
from ...look.house_style import INK
from ...rounding import decimal, number, percent
from ...streams import Seed
from .fan_lift import WEAK, Lift
from .page_account import PARTS as ACCOUNT
from .page_account import UNITS, PageAccount
from .shares import Shares

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LABELS = {
    "customers": "customers won",
    "value": "value of a customer",
    "attribution": "attribution share",
    "hours": "hours of work",
    "wage": "wage",
    "other": "other cost",
}
PAPER = {"facecolor": "white", "edgecolor": "none", "pad": 1}
"""Behind a number, so that no line runs through it."""


def plot_funnel(found: Shares, ax: Axes | None = None) -> Axes:
    """Draw the share of each step of the funnel with its interval.

    Parameters
    ----------
    found : Shares
        What `conversions` returns.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    rows = list(found.table.itertuples())[::-1]
    with look.frame(
        ax,
        xlabel="share that took the step",
        percent="x",
        xlim=(0, min(1.0, 1.35 * np.nanmax(found.table["upper"]))),
    ) as ax:
        told: list[str] = []
        for k, row in enumerate(rows):
            # One series needs no hatch to be told apart.
            plain = look.series(0, fill=True) | {"hatch": None}
            ax.barh(k, np.nan_to_num(row.share), height=0.5, **plain)
            bare = {"color": INK, "linewidth": 2, "marker": ""}
            look.dots(ax, 0, k, row.share, row.lower, row.upper, across=True, **bare)
            counted = f"{row.events:,} of {row.of:,}"
            ax.annotate(
                f"{counted}{' (few)' if row.note else ''}",
                (np.nan_to_num(row.upper), k),
                xytext=(8, 0),
                textcoords="offset points",
                va="center",
            )
            limits = f"interval {percent(row.lower, 1)} to {percent(row.upper, 1)}"
            few = ", too few to rely on" if row.note else ""
            told.insert(0, f"{row.step}: {percent(row.share, 1)}, {limits}, {counted}{few}")
        look.rows(ax, [row.step for row in rows], label="step of the funnel", width=22)
        look.set_alt_text(ax, f"Share that took each step of the funnel. {'; '.join(told)}.")
    return ax


def plot_lift(
    found: Mapping[str, Lift] | Lift,
    ax: Axes | None = None,
    *,
    truth: Mapping[str, float] | None = None,
) -> Axes:
    """Draw what fans spend more, by each estimator, with intervals; several worlds side by side.

    Parameters
    ----------
    found : Lift or mapping of str to Lift
        What `lift` returns; several by the name of their world, at most seven.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.
    truth : mapping of str to float, optional
        What is true in each world, where it was simulated; drawn as a ring at the experiment.

    Returns
    -------
    matplotlib Axes
    """
    worlds = found if isinstance(found, Mapping) else {"customers": found}
    names = list(next(iter(worlds.values())).estimates["estimator"])
    with look.frame(
        ax,
        xlabel="how it was found" + ("; ring: the truth of the model" if truth else ""),
        ylabel="what fans spend more\n(share of what others spend)",
        percent="y",
        xlim=(-0.5, len(names) - 0.5),
    ) as ax:
        told: list[str] = []
        for k, (world, one) in enumerate(worlds.items()):
            at = np.arange(len(names)) + (k - (len(worlds) - 1) / 2) * 0.2
            lift, low, high = (
                one.estimates[c].to_numpy() for c in ("lift", "lift_lower", "lift_upper")
            )
            look.dots(ax, k, at, lift, low, high, label=world)
            true = (truth or {}).get(world)
            if true is not None:
                ring: dict[str, Any] = {
                    "marker": "o",
                    "markersize": 13,
                    "fillstyle": "none",
                    "linestyle": "",
                }
                ax.plot(at[-1] + 0.09, true, color=INK, label="_truth", **ring)
            rays = _robust(ax, one, at[-1] - 0.09) if one.f < WEAK else ""
            told.append(
                f"{world}: "
                + ", ".join(
                    f"{name} {percent(value, signed=True)} ({percent(a, signed=True)} to "
                    f"{percent(b, signed=True)})"
                    for name, value, a, b in zip(names, lift, low, high, strict=True)
                )
                + rays
                + ("" if true is None else f", true {percent(true, signed=True)}")
            )
        look.reference(ax, y=0)
        ax.set_xticks(range(len(names)), [textwrap.fill(name, 14) for name in names])
        if len(worlds) > 1:
            ax.legend(loc="lower left", bbox_to_anchor=(0, 1), borderaxespad=0.2)
        look.set_alt_text(ax, f"What fans spend more than others. {'; '.join(told)}.")
    return ax


def _robust(ax: Axes, one: Lift, at: float) -> str:
    """Draw the robust limits of a weak invitation, rays to the edge; say them in words."""
    told = []
    for low, high in one.robust_set:
        ends = np.array([low, high]) / one.usual
        # What has no end is drawn to the edge of what the limits of the others span.
        bottom, top = ax.get_ylim()
        ax.plot([at, at], np.clip(ends, bottom, top), color=INK, linewidth=5, alpha=0.35)
        ax.set_ylim(bottom, top)
        said = [percent(end, signed=True) for end in ends if np.isfinite(end)]
        if len(said) == 2:
            told.append(f"{said[0]} to {said[1]}")
        elif said:
            told.append(f"{'from' if np.isfinite(low) else 'up to'} {said[0]}")
        else:
            told.append("any effect")
    return f", robust limits (gray bar): {' or '.join(told)}"


def plot_tornado(
    page: PageAccount,
    ax: Axes | None = None,
    *,
    money: str = "dollars",
    weeks: float | None = None,
) -> Axes:
    """Draw how far each part of an account moves the profit, the widest on top.

    Parameters
    ----------
    page : PageAccount
        Its parts with their ranges.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.
    money : str
        Currency, for the axis.
    weeks : float, optional
        Weeks of the account; hours are then told for one of them.

    Returns
    -------
    matplotlib Axes
    """
    table = page.tornado().query("width > 0")[::-1]
    if not len(table):
        raise ValueError(
            "every part is fixed: there is no range to draw. Give supposed(...) or measured(...)."
        )
    with look.frame(ax, xlabel=f"profit ({money}); numbers: the part at its limits") as ax:
        told: list[str] = []
        for k, row in enumerate(table.itertuples()):
            low, high = (_told(row.part, at, weeks) for at in (row.lower, row.upper))
            _moved(ax, k, page.profit, (low, row.profit_lower), 0)
            _moved(ax, k, page.profit, (high, row.profit_upper), 1)
            limits = f"{number(low, 4)} to {number(high, 4)}"
            profits = f"{decimal(row.profit_lower)} to {decimal(row.profit_upper)}"
            told.insert(0, f"{_label(row.part, weeks)} from {limits}: profit {profits}")
        look.reference(ax, x=page.profit, color=INK)
        look.reference(ax, x=0, dotted=True)
        names = [f"{_label(row.part, weeks)}\n({row.source})" for row in table.itertuples()]
        look.rows(ax, names, label="part", width=22)
        ax.margins(x=0.14)
        ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.2)
        ax.xaxis.set_major_formatter("{x:,.0f}")
        head = f"Profit is {decimal(page.profit)} {money}. One part moved at a time: "
        look.set_alt_text(ax, f"{head}{'; '.join(told)}.")
    return ax


def _label(part: str, weeks: float | None) -> str:
    return f"{LABELS[part]}{' a week' if weeks and part == 'hours' else ''}"


def _told(part: str, value: float, weeks: float | None) -> float:
    """Give a value of a part as it is told: hours for one week, where the weeks are known."""
    return value / weeks if weeks and part == "hours" else value


def _moved(ax: Axes, k: int, profit: float, end: tuple[float, float], which: int) -> None:
    """Draw one bar of the tornado: a part at one of its limits, and the profit there."""
    limit, there = end
    ahead = there >= profit
    bar = look.series(which, fill=True)
    name = "_" if k else f"at its {('lower', 'upper')[which]} limit"
    ax.barh(k, there - profit, left=profit, height=0.6, label=name, **bar)
    ax.annotate(
        number(limit, 4),
        (there, k),
        xytext=(6 if ahead else -6, 0),
        textcoords="offset points",
        va="center",
        ha="left" if ahead else "right",
        zorder=5,
        bbox=PAPER,
    )


def plot_break_even(
    pages: Mapping[str, PageAccount] | PageAccount,
    part: str,
    values: Sequence[float],
    seed: Seed,
    ax: Axes | None = None,
    *,
    weeks: float | None = None,
) -> Axes:
    """Draw the probability of breaking even by one part, such as hours or attribution.

    Parameters
    ----------
    pages : PageAccount or mapping of str to PageAccount
        Accounts; several by their name.
    part : str
        The part that is varied.
    values : sequence of float
        Its values.
    seed : int or numpy.random.Generator
        Where the draws of the other parts come from.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.
    weeks : float, optional
        Weeks of the account; hours are then given and drawn for one of them.

    Returns
    -------
    matplotlib Axes
    """
    named = pages if isinstance(pages, Mapping) else {"this page": pages}
    unit, label = UNITS[ACCOUNT.index(part)], _label(part, weeks)
    times = weeks if weeks and part == "hours" else 1
    with look.frame(
        ax,
        xlabel=label if unit in ("share", "hours") else f"{label} ({unit})",
        ylabel="probability of breaking even",
        percent="xy" if unit == "share" else "y",
        ylim=(-0.02, 1.02),
        names=named is pages,
    ) as ax:
        for k, (name, page) in enumerate(named.items()):
            table = page.probability_by(part, [times * at for at in values], seed)
            look.curve(ax, k, list(values), table["probability"], label=name)
        look.reference(ax, y=0.5, dotted=True)
    return ax
