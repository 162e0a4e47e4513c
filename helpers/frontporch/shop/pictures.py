"""Pictures of a year: on one page, on the street, by what people were met, and by claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .. import look
from ..counting import bincount
from ..rounding import number
from .people import ALL_STAGES, UNMET

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from .claims import Claims
    from .year import Year

PANELS = (
    (0.0, 0.66, 0.43, 0.34),
    (0.57, 0.66, 0.43, 0.34),
    (0.0, 0.08, 0.43, 0.34),
    (0.57, 0.08, 0.43, 0.34),
)
BELOW: dict[str, Any] = {
    "loc": "upper center",
    "bbox_to_anchor": (0.5, -0.16),
    "frameon": False,
    "fontsize": 11,
}
SHOWN = ALL_STAGES[1:]
UNMET_COLOR = "#C9CDD2"
WORDS = ("neighbor's word", "word online")
A_ROW = 100
"""People in a row of the map; rows run to and fro, so that neighbors stay side by side."""


def plot_year(year: Year, ax: Axes | None = None, *, shop: int = 0) -> Axes:
    """Draw a shop's year on one page: people by stage, fans, talk, and the cash of all shops.

    Parameters
    ----------
    year : Year
        What `simulate` returns.
    ax : matplotlib Axes, optional
        Whose place the four panels take; a new picture without it.
    shop : int
        The shop's place, from 0 up.

    Returns
    -------
    matplotlib Axes
        The page, whose panels are its children.
    """
    weeks = _of_shop(year, shop)
    with look.style():
        page = look.axes(ax, (11, 8))
        page.set_axis_off()
        stages, fans, talk, cash = (page.inset_axes(place) for place in PANELS)
    at = weeks["week"]
    with look.frame(stages, ylabel="people", title="Who knows the shop", ylim=(0, None)):
        for stage in SHOWN:
            stages.plot(at, weeks[stage], label=stage, **look.stage(stage))
        stages.legend(ncols=3, **BELOW)
    with look.frame(fans, ylabel="fans", title="Fans of the page", ylim=(0, None)):
        look.curve(fans, 0, at, weeks["fans"])
    told = _met_by_words(year, shop)
    with look.frame(talk, xlabel="week", ylabel="people met", title="Newly met", ylim=(0, None)):
        look.curve(talk, 0, at, weeks["met"], label="in all")
        look.curve(talk, 1, at, told, label="by words of others")
        talk.legend(ncols=2, **BELOW | {"bbox_to_anchor": (0.5, -0.28)})
    with look.frame(cash, xlabel="week", ylabel="thousand dollars", title="Cash of all shops"):
        _draw_cash(year, cash, shop)
    last = weeks.iloc[-1]
    look.set_alt_text(
        page,
        f"A year of shop {shop + 1} in four panels. In week {last['week']} it has "
        f"{last['buyer'] + last['friend']:,} buyers and friends and {last['fans']:,} fans. It met "
        f"{weeks['met'].sum():,} people, {told.sum():,} of them by words of others. Its cash is "
        f"{number(last['cash'] / 100)} dollars.",
    )
    return page


def plot_map(year: Year, ax: Axes | None = None, *, shop: int = 0) -> Axes:
    """Draw every person on the street by the stage with one shop; neighbors stand side by side.

    Parameters
    ----------
    year : Year
        What `simulate` returns.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.
    shop : int
        The shop's place, from 0 up.

    Returns
    -------
    matplotlib Axes
    """
    stage = year.market.state.stage[year.place(shop)]
    person = np.arange(len(stage))
    row = person // A_ROW
    column = np.where(row % 2 == 0, person % A_ROW, A_ROW - 1 - person % A_ROW)
    with look.frame(ax, size=(10, 6)) as ax:
        told = []
        for place, name in enumerate(ALL_STAGES):
            here = stage == place
            looks = {} if place == UNMET else look.stage(name)
            color = UNMET_COLOR if place == UNMET else looks["color"]
            marker = "." if place == UNMET else looks["marker"]
            count = int(here.sum())
            ax.plot(
                column[here],
                -row[here],
                linestyle="",
                marker=marker,
                color=color,
                markersize=3.5,
                label=f"{name} ({count:,})",
            )
            told.append(f"{count:,} {name}")
        ax.set_axis_off()
        ax.legend(loc="upper center", bbox_to_anchor=(0.5, 0.0), ncols=3, markerscale=2)
        look.set_alt_text(
            ax,
            f"Every person on the street by the stage with shop {shop + 1} in week "
            f"{year.market.week}: {', '.join(told)}.",
        )
    return ax


def plot_won(year: Year, ax: Axes | None = None, *, shop: int = 0) -> Axes:
    """Draw by what a shop met people: its exact causes, beside what the shop could have seen.

    Parameters
    ----------
    year : Year
        What `simulate` returns.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.
    shop : int
        The shop's place, from 0 up.

    Returns
    -------
    matplotlib Axes
    """
    exact, seen = year.won()[year.place(shop)], year.seen()[shop]
    names = [f"seen: {name}" for name in seen.index[::-1]] + list(exact.index[::-1])
    counts = [*seen[::-1], *exact[::-1]]
    far = 1.15 * max([1, *counts])
    with look.frame(ax, xlabel="people met", xlim=(0, far), size=(10, 6)) as ax:
        for k, (count, mine) in enumerate(zip(counts, names, strict=True)):
            series = 1 if mine.startswith("seen") else 0
            ax.barh(k, count, height=0.65, **look.series(series, fill=True))
            ax.annotate(
                f"{count:,}", (count, k), xytext=(6, 0), textcoords="offset points", va="center"
            )
        ax.axhline(len(seen) - 0.5, color="black", linewidth=0.8)
        look.rows(ax, names, label="cause, and what was seen", width=24)
        told = ", ".join(f"{name} {count:,}" for name, count in exact.items())
        could = ", ".join(f"{name} {count:,}" for name, count in seen.items())
        look.set_alt_text(
            ax, f"By what shop {shop + 1} met people: {told}. What it could have seen: {could}."
        )
    return ax


def plot_gains(found: Claims, ax: Axes | None = None) -> Axes:
    """Draw what following each claim brings, where it holds and where not, with intervals.

    Parameters
    ----------
    found : Claims
        With years that were played.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    table = found.summary()
    if "true" not in table.columns:
        raise ValueError("nothing was played: ask for claims(runs=20) first.")
    table = table.iloc[::-1].reset_index(drop=True)
    size = (10, 1.5 + 0.45 * len(table))
    with look.frame(ax, xlabel="dollars a year from following the claim", size=size) as ax:
        for series, name, shift in ((0, "true", 0.15), (1, "false", -0.15)):
            low = table[f"{name}_lower"].fillna(table[name])
            high = table[f"{name}_upper"].fillna(table[name])
            at = np.arange(len(table)) + shift
            word = "where it holds" if name == "true" else "where it does not"
            look.dots(ax, series, at, table[name], low, high, across=True, label=word)
        ax.axvline(0, color="black", linewidth=0.8)
        look.rows(
            ax,
            [f"{row.claim}  {row.act}" for row in table.itertuples()],
            label="claim and act",
            width=34,
        )
        ax.legend(loc="upper center", bbox_to_anchor=(0.4, -1.0 / size[1]), ncols=2)
        told = "; ".join(
            f"{row.claim}: {number(row.true, 2)} and {number(row.false, 2)}"
            for row in table.iloc[::-1].itertuples()
        )
        look.set_alt_text(
            ax, f"Dollars a year from following each claim, where it holds and where not. {told}."
        )
    return ax


def _of_shop(year: Year, shop: int) -> pd.DataFrame:
    return year.weeks[year.weeks["shop"] == year.place(shop)].reset_index(drop=True)


def _met_by_words(year: Year, shop: int) -> Any:
    moves = year.moves
    mine = moves[(moves["shop"] == shop) & moves["cause"].isin(WORDS)]
    return bincount(mine["week"], minlength=year.market.week + 1)[1:]


def _draw_cash(year: Year, ax: Axes, shop: int) -> None:
    for k in range(year.market.shops):
        mine = year.weeks[year.weeks["shop"] == k]
        bold = {"linewidth": 3.0} if k == shop else {"linewidth": 1.2}
        looks = look.series(k % 7) | bold
        ax.plot(mine["week"], mine["cash"] / 100_000, label=f"shop {k + 1}", **looks)
    ax.axhline(0, color="black", linewidth=0.8)
    ax.legend(ncols=4, columnspacing=1.0, **BELOW | {"bbox_to_anchor": (0.5, -0.28)})
