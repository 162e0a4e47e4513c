"""Pictures of returns: funnel, lift beside the experiment, heavy buyers, messages, break-even."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ... import look
from ...rounding import decimal, number, percent
from ...streams import Seed
from .break_even import PARTS as ACCOUNT
from .break_even import UNITS, PageAccount
from .fan_lift import FanLift
from .heavy_buyers import HeavyBuyers
from .targeting import WHOM, Messages

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LABELS = {
    "customers": "customers won", "value": "value of a customer",
    "attribution": "attribution share", "hours": "hours of work", "wage": "wage",
    "other": "other cost",
}  # fmt: skip
GREY = "#595959"


def plot_funnel(conversions: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw the share of each step of the funnel with its interval.

    Parameters
    ----------
    conversions : pandas.DataFrame
        What `conversions` returns.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    rows = list(conversions.itertuples())[::-1]
    with look.style():
        ax = look.axes(ax)
        told = []
        for k, row in enumerate(rows):
            ax.barh(k, np.nan_to_num(row.share), height=0.6, **look.series(0, fill=True))
            ax.errorbar(
                row.share, k, xerr=[[row.share - row.lower], [row.upper - row.share]],
                color="#1A1A1A", linewidth=2,
            )  # fmt: skip
            ax.annotate(
                f"{row.events:,} of {row.of:,}{' (few)' if row.note else ''}",
                (np.nan_to_num(row.upper), k), xytext=(8, 0), textcoords="offset points",
                va="center",
            )  # fmt: skip
            told.insert(
                0, f"{row.step}: {percent(row.share, 1)}, interval {percent(row.lower, 1)} to "
                f"{percent(row.upper, 1)}, {row.events:,} of "
                f"{row.of:,}{', too few to rely on' if row.note else ''}",
            )  # fmt: skip
        ax.set_yticks(range(len(rows)), [_folded(row.step) for row in rows])
        look.percent_axis(ax, "x")
        ax.set_xlim(0, min(1.0, 1.35 * np.nanmax(conversions["upper"])))
        ax.set(xlabel="share that took the step", ylabel="step of the funnel")
        ax.yaxis.label.set_visible(False)
        look.set_alt_text(ax, f"Share that took each step of the funnel. {'; '.join(told)}.")
    return ax


def plot_fan_lift(
    found: Mapping[str, FanLift] | FanLift, ax: Axes | None = None, *,
    truth: Mapping[str, float] | None = None,
) -> Axes:  # fmt: skip
    """Draw what fans spend more, by each estimator, with intervals; several worlds side by side.

    Parameters
    ----------
    found : FanLift or mapping of str to FanLift
        What `fan_lift` returns; several by the name of their world, at most seven.
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
    with look.style():
        ax = look.axes(ax)
        told = []
        for k, (world, one) in enumerate(worlds.items()):
            at = np.arange(len(names)) + (k - (len(worlds) - 1) / 2) * 0.2
            lift, low, high = (
                one.estimates[c].to_numpy() for c in ("lift", "lift_lower", "lift_upper")
            )
            ax.errorbar(
                at, lift, yerr=[lift - low, high - lift], label=world,
                **(look.series(k) | {"linestyle": "", "markevery": None}),
            )  # fmt: skip
            true = (truth or {}).get(world)
            if true is not None:
                ax.plot(at[-1] + 0.09, true, marker="o", markersize=13, fillstyle="none",
                        color="#1A1A1A", linestyle="", label="_truth")  # fmt: skip
            told.append(
                f"{world}: "
                + ", ".join(
                    f"{name} {percent(value, signed=True)} ({percent(a, signed=True)} to "
                    f"{percent(b, signed=True)})"
                    for name, value, a, b in zip(names, lift, low, high, strict=True)
                )
                + ("" if true is None else f", true {percent(true, signed=True)}")
            )
        ax.axhline(0, color=GREY, linewidth=2)
        ax.set_xticks(range(len(names)), [_folded(name, 14) for name in names])
        look.percent_axis(ax)
        ax.set(
            xlabel="how it was found" + ("; ring: the truth of the model" if truth else ""),
            ylabel="what fans spend more\n(share of what others spend)",
            xlim=(-0.5, len(names) - 0.5),
        )
        if len(worlds) > 1:
            ax.legend(loc="lower left", bbox_to_anchor=(0, 1), borderaxespad=0.2)
        look.set_alt_text(ax, f"What fans spend more than others. {'; '.join(told)}.")
    return ax


def plot_heavy_buyers(base: HeavyBuyers, *, most: int = 10, ax: Axes | None = None) -> Axes:
    """Draw how often buyers and fans buy in a year.

    Parameters
    ----------
    base : HeavyBuyers
        Its assumptions.
    most : int
        So many purchases, or more, are one bar.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    table = base.counts(most)
    with look.style():
        ax = look.axes(ax)
        at = np.arange(len(table))
        for k, name in enumerate(("buyers", "fans")):
            ax.bar(at + (k - 0.5) * 0.4, table[name], width=0.4, label=name,
                   **look.series(k, fill=True))  # fmt: skip
        ax.set_xticks(at, [*table["purchases"][:-1], f"{most}+"])
        look.percent_axis(ax)
        ax.set(xlabel="purchases in a year (assumed model)", ylabel="share of the group")
        ax.legend(loc="upper center")
        told = "; ".join(
            f"{row.purchases}: {percent(row.buyers)} of buyers, {percent(row.fans)} of fans"
            for row in table.itertuples()
        )
        look.set_alt_text(ax, f"Purchases in a year of those who buy (assumed model). {told}.")
    return ax


def plot_targeting(messages: Messages, ax: Axes | None = None) -> Axes:
    """Draw what targeting gains against the same message for all, by how many are targeted.

    Parameters
    ----------
    messages : Messages
        Its assumptions.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    shares = np.linspace(0, 1, 101)
    with look.style():
        ax = look.axes(ax)
        for k, whom in enumerate(WHOM):
            gained = messages.net(shares, whom)["against_generic"]
            ax.plot(shares, gained, label=whom, **look.series(k) | {"marker": ""})
        ax.axhline(0, color=GREY, linewidth=2)
        look.percent_axis(ax, "x")
        ax.set(
            xlabel="people who get a targeted message (assumed model)",
            ylabel="net return against\na generic message for all (dollars)",
        )
        look.label_lines(ax)
    return ax


def plot_tornado(page: PageAccount, ax: Axes | None = None, *, money: str = "dollars") -> Axes:
    """Draw how far each part of an account moves the profit, the widest on top.

    Parameters
    ----------
    page : PageAccount
        Its parts with their ranges.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.
    money : str
        Currency, for the axis.

    Returns
    -------
    matplotlib Axes
    """
    table = page.tornado().query("width > 0")[::-1]
    if not len(table):
        raise ValueError("every part is fixed: there is no range to draw. Give supposed(...) or "
                         "measured(...).")  # fmt: skip
    with look.style():
        ax = look.axes(ax)
        told = []
        for k, row in enumerate(table.itertuples()):
            for which, (limit, there) in enumerate((
                (row.lower, row.profit_lower), (row.upper, row.profit_upper)
            )):  # fmt: skip
                ax.barh(k, there - page.profit, left=page.profit, height=0.6,
                        **look.series(which, fill=True))  # fmt: skip
                ahead = there >= page.profit
                ax.annotate(number(limit, 4), (there, k), xytext=(6 if ahead else -6, 0),
                            textcoords="offset points", va="center",
                            ha="left" if ahead else "right", zorder=5,
                            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1}
                            )  # fmt: skip
            limits = f"{number(row.lower, 4)} to {number(row.upper, 4)}"
            profits = f"{decimal(row.profit_lower)} to {decimal(row.profit_upper)}"
            told.insert(0, f"{LABELS[row.part]} from {limits}: profit {profits}")
        ax.axvline(page.profit, color="#1A1A1A", linewidth=2)
        ax.axvline(0, color=GREY, linewidth=2, linestyle=":")
        ax.set_yticks(range(len(table)), [
            f"{_folded(LABELS[row.part])}\n({_folded(row.source)})"
            for row in table.itertuples()
        ])  # fmt: skip
        ax.margins(x=0.14)
        ax.set(xlabel=f"profit ({money}); numbers: the part at its limits", ylabel="part")
        ax.yaxis.label.set_visible(False)
        ax.xaxis.set_major_formatter("{x:,.0f}")
        head = f"Profit is {decimal(page.profit)} {money}. One part moved at a time: "
        look.set_alt_text(ax, f"{head}{'; '.join(told)}.")
    return ax


def plot_break_even(
    pages: Mapping[str, PageAccount] | PageAccount, part: str, values: Sequence[float],
    seed: Seed, ax: Axes | None = None,
) -> Axes:  # fmt: skip
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

    Returns
    -------
    matplotlib Axes
    """
    several = isinstance(pages, Mapping)
    with look.style():
        ax = look.axes(ax)
        for k, (name, page) in enumerate((pages if several else {"this page": pages}).items()):
            table = page.probability_by(part, values, seed)
            ax.plot(
                table[part], table["probability"], label=name, **look.series(k) | {"marker": ""}
            )
        ax.axhline(0.5, color=GREY, linewidth=2, linestyle=":")
        look.percent_axis(ax)
        unit = UNITS[ACCOUNT.index(part)]
        if unit == "share":
            look.percent_axis(ax, "x")
        ax.set(
            xlabel=LABELS[part] if unit in ("share", "hours") else f"{LABELS[part]} ({unit})",
            ylabel="probability of breaking even", ylim=(-0.02, 1.02),
        )  # fmt: skip
        if several:
            look.label_lines(ax)
    return ax


def _folded(text: str, width: int = 22) -> str:
    import textwrap

    return textwrap.fill(text, width)
