"""Pictures of lesson 10: first months, equal shops, halves, the year so far, other decisions."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from ... import look
from ...classroom.deciding.pictures import mark
from ...rounding import decimal
from ...stats.intervals import wilson
from .halves import HALVES, Halves
from .rivals import YOU, YOURS
from .telling import said

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ...game.play import Play
    from .equal_shops import EqualShops

_NARROW = 6.4
"""Inches across: narrow, so that the lettering can be read on a phone."""
_BAND = "#D0D0D0"
STAGES = ("stranger", "acquaintance", "buyer", "friend", "lost")


def plot_first_months(
    reach: str, mine: tuple[int, float], nothing: tuple[int, float], ax: Axes | None = None
) -> Axes:
    """Draw whom a way to reach strangers brings and what it earns, beside doing nothing.

    Parameters
    ----------
    reach : str
        What the way is called.
    mine, nothing : (int, float)
        People met and dollars earned in half a year.
    ax : matplotlib Axes, optional
        Whose place the two panels take; a new picture without it.

    Returns
    -------
    matplotlib Axes
        The page, whose panels are its children.
    """
    with look.style():
        page = look.axes(ax, (9, 4))
        page.set_axis_off()
        panels = page.inset_axes((0.0, 0.0, 0.42, 0.86)), page.inset_axes((0.58, 0.0, 0.42, 0.86))
    rows = zip(panels, ("people met", "dollars earned"), (0, 1), strict=True)
    for panel, title, part in rows:
        values = [nothing[part], mine[part]]
        with look.frame(panel, title=title, ylim=(0, 1.2 * max(1.0, *values))):
            for place, value in enumerate(values):
                panel.bar(place, value, width=0.6, **look.series(place, fill=True))
                panel.annotate(
                    decimal(value) if part == 0 else said(value),
                    (place, value),
                    xytext=(0, 4),
                    textcoords="offset points",
                    ha="center",
                )
            panel.set_xticks([0, 1], ["nothing", "your choice"])
            panel.set_xlim(-0.6, 1.6)
            panel.set_yticks([])
    look.set_alt_text(
        page,
        f"Half a year of one shop. To reach strangers, {reach}: it met {mine[0]:,} people and "
        f"earned {said(mine[1])} dollars. With nothing it met {nothing[0]:,} people and earned "
        f"{said(nothing[1])} dollars.",
    )
    return page


def plot_equal_shops(found: EqualShops, ax: Axes | None = None) -> Axes:
    """Draw how far shops that do the same are ahead of the poorest of them, week by week.

    A prediction of the gap at the end lies on the same axis.

    Parameters
    ----------
    found : EqualShops
        What `equal_shops` returns.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    cash = found.table.pivot(index="week", columns="shop", values="cash")
    ahead = cash.sub(cash.min(axis="columns"), axis="index")
    with look.frame(
        ax,
        xlabel="week",
        ylabel="ahead of the poorest\n(thousand dollars)",
        title=f"{said(found.gap)} dollars apart at the end",
    ) as ax:
        for place, name in enumerate(ahead):
            look.curve(ax, place, ahead.index, ahead[name] / 1000, label=f"shop {name}")
        look.label_lines(ax)
        ends = ", ".join(f"shop {name} {said(one)}" for name, one in ahead.iloc[-1].items())
        look.set_alt_text(
            ax,
            f"How far ahead of the poorest each of four shops is that do the same, over "
            f"{ahead.index[-1]} weeks. At the end: {ends} dollars.",
        )
    return ax


def plot_halves(found: Halves, ax: Axes | None = None) -> Axes:
    """Draw the share of newcomers lost early, by town and half, on one axis, with intervals.

    Parameters
    ----------
    found : Halves
        What `offer_test` returns.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    names, told, row = [], [], 0
    many = len(found.table)
    with look.frame(
        ax,
        xlabel="newcomers lost within four weeks (line: 95 % interval)",
        percent="x",
        size=(8, 1.6 + 0.7 * many),
        ylim=(-0.6, many - 0.4),
    ) as ax:
        for one in found.table.iloc[::-1].itertuples(index=False):
            share, low, high = wilson(one.lost, one.newcomers)
            series = HALVES.index(one.half)
            look.dots(ax, series, [row], [share], [low], [high], across=True)
            ax.annotate(
                f"{one.lost} of {one.newcomers}",
                (float(high), row),
                xytext=(8, 0),
                textcoords="offset points",
                va="center",
            )
            names.append(f"{one.town}: {one.half}" if one.town else one.half)
            counted = f"{one.lost} of {one.newcomers} ({decimal(100 * share, 1)} %)"
            told.append(f"{names[-1]} {counted}")
            row += 1
        look.rows(ax, names, label="half", width=18)
        low, high = ax.get_xlim()
        ax.set_xlim(low, high + 0.3 * (high - low))
        ax.margins(x=0.15)
        look.set_alt_text(ax, f"Newcomers lost within four weeks: {'; '.join(told[::-1])}.")
    return ax


def plot_year_so_far(play: Play, ax: Axes | None = None) -> Axes:
    """Draw a player's year so far: cash of all four shops with the luck bar, people by stage.

    Parameters
    ----------
    play : Play
        A game after a round or more.
    ax : matplotlib Axes, optional
        Whose place the two panels take; a new picture without it.

    Returns
    -------
    matplotlib Axes
        The page, whose panels are its children.
    """
    mine = play.team(YOU)
    with look.style():
        page = look.axes(ax, (_NARROW, 8.2))
        page.set_axis_off()
        cash, people = (
            page.inset_axes((0.1, 0.51, 0.88, 0.47)),
            page.inset_axes((0.22, 0.02, 0.74, 0.28)),
        )
    names = "first", "second", "third", "last"
    title = f"Week {4 * play.rounds}: {said(mine.cash)} dollars, {names[mine.rank - 1]} of four"
    with look.frame(cash, xlabel="week (bar: luck alone)", ylabel="thousand dollars", title=title):
        _draw_cash(play, cash)
    with look.frame(people, title="People who know you, or did"):
        _draw_stages({one: mine.stages[one] for one in STAGES}, people)
    ranked = ", ".join(
        f"{row.team} {said(row.cash)}" for row in play.standings().itertuples(index=False)
    )
    stages = ", ".join(f"{mine.stages[one]:,} {one}" for one in STAGES)
    look.set_alt_text(page, f"{title}. Cash in dollars: {ranked}. People: {stages}.")
    return page


def plot_other_decisions(came: Mapping[str, float], luck: float, ax: Axes | None = None) -> Axes:
    """Draw what your decisions brought, beside what others would have brought on the same luck.

    Parameters
    ----------
    came : mapping of str to float
        What each plan brought, in dollars; your own is called `YOURS`.
    luck : float
        How far luck moves a shop, in dollars.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    names = list(came)
    mine = came[YOURS]
    places = list(range(len(names)))[::-1]
    with look.frame(
        ax,
        size=(_NARROW, 1.8 + 0.75 * len(names)),
        title=f"Your year ends with {said(mine)} dollars",
        xlabel="dollars at the end, on the same luck\n(gray: how far luck moves a shop)",
        ylim=(-0.6, len(names) - 0.3),
    ) as ax:
        ax.axvspan(mine - luck, mine + luck, color=_BAND, zorder=0, label="_luck")
        for place, name in zip(places, names, strict=True):
            mark(ax, place, came[name], chosen=name == YOURS)
        look.rows(ax, [textwrap.fill(name, 16) for name in names], places, label="whose decisions")
        low, high = min(*came.values(), mine - luck), max(*came.values(), mine + luck)
        ax.set_xlim(low - 0.2 * (high - low), high + 0.2 * (high - low))
        ax.locator_params(axis="x", nbins=4)
        ax.xaxis.set_major_formatter(lambda value, _place: said(value))
        ax.grid(axis="y", visible=False)
        told = "; ".join(f"{name} {said(came[name])}" for name in names)
        look.set_alt_text(
            ax,
            f"Dollars at the end of the year, on the same luck, by decisions: {told}. Luck alone "
            f"moves a shop by {said(luck)}.",
        )
    return ax


def _draw_cash(play: Play, ax: Axes) -> None:
    weeks = play.weeks
    capital, bar = play.game.capital, play.team(YOU).luck / 1000
    for seat, name in enumerate(play.game.teams):
        one = weeks[weeks["shop"] == seat]
        height = np.concatenate([[capital], capital + one["cash"].to_numpy() / 100]) / 1000
        looks = look.series(seat) | {"linewidth": 3.5 if name == YOU else 1.5, "marker": ""}
        ax.plot(np.arange(len(height)), height, label=name, **looks)
        if name == YOU:
            ax.errorbar(
                [len(height) - 1], [height[-1]], yerr=[bar], color=looks["color"], capsize=6
            )
    ax.set_xlim(0, 4 * play.game.rounds)
    ax.set_xticks(range(0, 4 * play.game.rounds + 1, 8))
    ax.legend(
        ncols=4, loc="upper center", bbox_to_anchor=(0.45, -0.2), frameon=False, columnspacing=1
    )


def _draw_stages(stages: Mapping[str, int], ax: Axes) -> None:
    for place, name in enumerate(STAGES[::-1]):
        many = stages[name]
        ax.barh(place, many, height=0.7, color=look.stage(name)["color"])
        ax.annotate(
            f"{many:,}", (many, place), xytext=(5, 0), textcoords="offset points", va="center"
        )
    look.rows(ax, STAGES[::-1])
    ax.set_xticks([])
    ax.set_xlim(0, 1.2 * max(1, *stages.values()))
    ax.grid(visible=False)
