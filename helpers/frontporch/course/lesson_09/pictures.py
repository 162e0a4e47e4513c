"""Pictures of lesson 9: profits with intervals, a page by its share, tenure by profit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ... import look
from ...fans.returns import PageAccount, break_even, fixed, supposed
from ...fans.returns.pictures import PAPER
from ...fans.returns.shares import Shares
from ...fans.returns.tenure import profit_by_tenure
from ...look.house_style import INK
from ...names import pick
from ...rounding import decimal, percent, to_error, within
from ...streams import Seed
from .accounts import Profits
from .books import Bought

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WEEKS = 52
SPREAD = 0.15
"""Half of the range of a customer's worth in `plot_page`, as a share of it."""
PER = {"week": ("weekly", "profit per week"), "customer": ("profit", "profit in all")}


def plot_bought(found: Bought, ax: Axes | None = None) -> Axes:
    """Draw the share of customers in two groups, such as fans and all others, with intervals.

    Parameters
    ----------
    found : Bought
        What `bought_by` returns.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    table = found.summary()
    table["step"] = [name.removesuffix(": bought") for name in table["step"]]
    ax = Shares(table).plot(ax=ax)
    with look.style():
        ax.set(xlabel="share who bought (thin line: interval)", ylabel="group")
        ax.yaxis.label.set_visible(False)
        told = look.alt_text(ax).removeprefix("Share that took each step of the funnel")
        look.set_alt_text(ax, f"Share of each group who bought{told}")
    return ax


def plot_profits(
    found: Profits,
    ax: Axes | None = None,
    *,
    money: str = "dollars",
    thousands: bool = False,
    truth: float | None = None,
) -> Axes:
    """Draw the profit of several accounts with intervals and the chance of breaking even.

    Parameters
    ----------
    found : Profits
        What `profits` returns.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.
    money : str
        Currency, for the axis.
    thousands : bool
        Whether the axis counts in thousands, as a prediction may that is laid over it.
    truth : float, optional
        What is true, in the currency, where the books were simulated; drawn as a line.

    Returns
    -------
    matplotlib Axes
    """
    import textwrap

    table = found.table
    at, unit = np.arange(len(table)), 1000 if thousands else 1
    height = table[["profit", "lower", "upper"]] / unit
    with look.frame(
        ax,
        xlabel="number at the top: probability of breaking even",
        ylabel=f"profit of the page\n({'thousand ' if thousands else ''}{money})",
        xlim=(-0.6, len(table) - 0.4),
        names=True,
    ) as ax:
        style = look.series(0) | {"linestyle": "", "markevery": None}
        reach = [height["profit"] - height["lower"], height["upper"] - height["profit"]]
        ax.errorbar(at, height["profit"], yerr=np.abs(reach), capsize=6, label="_profit", **style)
        look.reference(ax, y=0, label="break-even")
        if truth is not None:
            look.reference(ax, y=truth / unit, color=INK, linestyle="--", label="the truth")
        told = []
        for k, row in enumerate(table.itertuples()):
            ax.annotate(
                percent(row.breaks_even),
                (k, row.upper / unit),
                xytext=(0, 7),
                textcoords="offset points",
                ha="center",
                va="bottom",
                zorder=5,
                bbox=PAPER,
            )
            half = (row.upper - row.lower) / 2
            profit, *ends = (to_error(one, half) for one in (row.profit, row.lower, row.upper))
            told.append(
                f"{row.account} {profit}, interval {' to '.join(ends)}, breaks even with "
                f"{percent(row.breaks_even)}"
            )
        ax.set_xticks(at, [textwrap.fill(str(name), 13) for name in table["account"]])
        ax.yaxis.set_major_formatter("{x:,.9g}")
        ax.margins(y=0.12)
        true = "" if truth is None else f" The truth: {decimal(truth)}."
        look.set_alt_text(ax, f"Profit of the page in {money}. {'; '.join(told)}.{true}")
    return ax


def plot_page(
    hours_a_week: float = 8.0,
    wage: float = 18.0,
    attribution: float = 0.25,
    unsure: float = 0.25,
    *,
    customers: float = 800.0,
    value: float = 49.0,
    seed: Seed = 7,
    ax: Axes | None = None,
) -> Axes:
    """Draw the profit of a page's year by the share of its fans' purchases put down to it.

    Parameters
    ----------
    hours_a_week : float
        Work for the page.
    wage : float
        Dollars per hour.
    attribution : float
        Share of the customers that is put down to the page, from 0 to 1: where the picture is
        marked.
    unsure : float
        How far the share may be off, as a share; an assumption, as the share itself.
    customers : float
        Fans who bought in the year.
    value : float
        Worth of a customer who is won; uncertain by 15 per cent to either side, as an assumption.
    seed : int or numpy.random.Generator
        Where the draws come from.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    for name, one in (("attribution", attribution), ("unsure", unsure)):
        if not 0 <= one <= 1:
            raise ValueError(f"{name} is {one}, but a share from 0 to 1 is needed.")
    share = supposed(attribution, max(attribution - unsure, 0.0), min(attribution + unsure, 1.0))
    worth = supposed(value, (1 - SPREAD) * value, (1 + SPREAD) * value)
    hours, cost = WEEKS * hours_a_week, WEEKS * hours_a_week * wage
    page = PageAccount(fixed(customers, "counted"), worth, share, fixed(hours), fixed(wage))
    found, flips = break_even(page, seed), page.flips_at("attribution")
    shares = np.linspace(0, 1, 51)
    ends = [customers * shares * one - cost for one in (worth.lower, worth.upper)]
    with look.frame(
        ax,
        xlabel="attribution share (an assumption)",
        ylabel="profit of the page\nin a year (dollars)",
        title=f"breaks even with a probability of {percent(found.probability)}",
        percent="x",
        xlim=(-0.02, 1.02),
        names=True,
    ) as ax:
        look.curve(ax, 0, shares, customers * shares * value - cost, label="profit")
        look.band(ax, 0, shares, *ends)
        look.reference(ax, y=0, label="break-even")
        at = found.profit, attribution, share.lower, share.upper
        mark = {"marker": "o", "markersize": 12, "color": INK, "linewidth": 3, "capsize": 6}
        look.dots(ax, 0, *at, across=True, label="_here", zorder=4, **mark)
        ax.yaxis.set_major_formatter("{x:,.0f}")
        where = " At no share does it break even."
        if within(flips, 0, 1):
            where = f" It breaks even at a share of {percent(flips)}."
        look.set_alt_text(
            ax,
            f"Profit of a page in a year by attribution share, from {decimal(-cost)} dollars "
            f"at 0% to {decimal(customers * value - cost)} at 100%.{where} Marked: "
            f"{percent(attribution)}, between {percent(share.lower)} and {percent(share.upper)}: "
            f"profit {decimal(found.profit)}, breaks even with {percent(found.probability)}.",
        )
    return ax


def plot_tenure(
    cohorts: Mapping[str, pd.DataFrame] | pd.DataFrame,
    ax: Axes | None = None,
    *,
    per: str = "week",
    groups: int = 5,
) -> Axes:
    """Draw profit by tenure: those who left in groups, and those who stayed as the last point.

    Parameters
    ----------
    cohorts : pandas.DataFrame or mapping of str to pandas.DataFrame
        What `Cohort.simulate` returns; several by their name, at most seven.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.
    per : str
        "week": profit by weeks of tenure; "customer": profit in all.
    groups : int
        How many groups of those who left.

    Returns
    -------
    matplotlib Axes
    """
    column, what = PER[pick(per, PER, "unit of profit")]
    several = isinstance(cohorts, Mapping)
    with look.frame(
        ax,
        xlabel="tenure (weeks); ring: still there",
        ylabel=f"{what}\n(dollars, assumed model)",
        names=several,
    ) as ax:
        told = []
        for k, (name, cohort) in enumerate((cohorts if several else {"profit": cohorts}).items()):
            table = profit_by_tenure(cohort, groups=groups)
            left, style = table["group"] == "left", look.series(k) | {"markevery": None}
            reach = np.abs([table[column] - table[f"{column}_{end}"] for end in ("lower", "upper")])
            ax.plot(table["weeks"], table[column], label=name, **style)
            bare = {"linestyle": "", "color": style["color"], "label": "_interval"}
            ax.errorbar(table["weeks"], table[column], yerr=reach, capsize=5, **bare)
            last = table[~left].iloc[0]
            ring: dict[str, Any] = {
                "marker": "o",
                "markersize": 22,
                "fillstyle": "none",
                "linestyle": "",
            }
            ax.plot(last["weeks"], last[column], color=INK, label="_stayed", **ring)
            points = (
                f"{'left after' if row.group == 'left' else 'still there at'} {decimal(row.weeks)} "
                f"weeks {decimal(getattr(row, column), 2)}"
                for row in table.itertuples()
            )
            told.append(f"{name}: {', '.join(points)}")
        look.reference(ax, y=0)
        look.set_alt_text(ax, f"{what.capitalize()}, by tenure. {'; '.join(told)}.")
    return ax
