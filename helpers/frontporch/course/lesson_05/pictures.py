"""Pictures of praise: who brought newcomers, what letters tell, and which way brings more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ... import look
from ...community.pictures import plot_carried
from ...rounding import as_given, decimal, percent
from .letters import believed, written_and_shown
from .shop import Praise
from .ways import ways

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

GREY, INK = "#767676", "#1A1A1A"
RUNS = 200


def plot_by_strangers(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw which share of newcomers strangers bring, by how many strangers a person hears.

    Parameters
    ----------
    table : pandas.DataFrame
        What `by_strangers` returns.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    with look.style():
        ax = look.axes(ax)
        looks = look.series(0)
        ax.plot(table["strangers"], table["share"], label="brought by strangers", **looks)
        ax.fill_between(
            table["strangers"], table["lower"], table["upper"], color=looks["color"], alpha=0.2,
            linewidth=0, label="_band",
        )  # fmt: skip
        ax.set(xlabel="strangers whom a person hears (synthetic town)", ylabel="share of newcomers")
        ax.set_xlim(left=0)
        ax.set_ylim(0, 1)
        look.percent_axis(ax)
        look.label_lines(ax)
    return ax


def plot_told(
    strangers: float = 20,
    stranger_worth: float = 0.2,
    readers: int = 0,
    *,
    runs: int = RUNS,
    seed: int = 7,
) -> Axes:
    """Draw who brought newcomers, in all and per 100 ties: friends, strangers and the page.

    A tie counts once for each who hears by it.

    Parameters
    ----------
    strangers, stranger_worth, readers
        As in `Praise`.
    runs, seed : int
        How many runs, and where they come from.

    Returns
    -------
    matplotlib Axes
        The last panel's.
    """
    praise = Praise(strangers, stranger_worth, int(readers))
    found = praise.spread(runs, seed=seed)
    # A page makes every tie two with one direction: counted so without a page too.
    heard = replace(praise, readers=max(praise.readers, 1)).town(seed)
    return plot_carried(found, heard)


def plot_letters(
    quality: float = 6.0,
    above: float = 8.0,
    written: int = 200,
    ax: Axes | None = None,
    *,
    seed: int = 3,
) -> Axes:
    """Draw all letters that were written, those that are shown, and what two readers believe.

    Parameters
    ----------
    quality : float
        Mean mark of the shop's customers, from about 0 to 10. Synthetic.
    above : float
        Mark from which a letter is shown.
    written : int
        How many letters there are.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.
    seed : int
        Where the letters come from.

    Returns
    -------
    matplotlib Axes
    """
    every, shown = written_and_shown(float(quality), above, int(written), seed)
    readers = {
        "takes the shown letters for all": believed(shown),
        "knows that they were picked": believed(shown, above),
    }
    with look.style():
        ax = look.axes(ax)
        # Bars end at the mark from which letters are shown, so that none is half shown.
        last = max(12.0, every.max() + 0.5)
        edges = above + 0.5 * np.arange(-30, 30)
        edges = edges[(edges > -1) & (edges < last + 1)]
        counts, _ = np.histogram(every, edges)
        inside = edges[:-1] >= above - 1e-9
        middle = edges[:-1] + 0.25
        for some, name, k in ((~inside, "kept in the drawer", 5), (inside, "shown", 0)):
            ax.bar(middle[some], counts[some], 0.46, label=name, **look.series(k, fill=True))
        top = max(counts.max(), 1)
        ax.axvline(quality, color=INK, linewidth=2, ymax=0.56)
        told = []
        for k, (name, one) in enumerate(readers.items()):
            low, high = one.interval()
            height = top * (1.25 + 0.3 * k)
            color = look.series(k + 1)["color"]
            ax.plot([low, high], [height] * 2, color=color, linewidth=4, marker="", label="_")
            ax.plot(one.mean, height, color=color, marker="o", markersize=12, label="_")
            ax.annotate(
                name, (one.mean, height), (0, 10), textcoords="offset points", ha="center",
                va="bottom", fontsize=14, color=look.readable(color),
            )  # fmt: skip
            told.append(
                f"a reader who {name} believes {decimal(one.mean, 1)} ({decimal(low, 1)} to "
                f"{decimal(high, 1)})"
            )
        ax.text(quality, top * 1.08, f"true mean {as_given(quality)}", ha="center", fontsize=14)
        ax.set(
            xlabel="mark of the customer (from about 0 to 10; synthetic)", ylabel="letters",
            xlim=(0, last), ylim=(0, top * 1.85),
        )  # fmt: skip
        ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.2)
        look.set_alt_text(
            ax,
            f"{len(every)} letters were written, with a true mean of {as_given(quality)}; "
            f"{len(shown)} from mark {as_given(above)} up are shown. Of the mean, "
            f"{'; '.join(told)}.",
        )
    return ax


def plot_ways(disappointed: float = 0.1, blame: float = 2.0, ax: Axes | None = None) -> Axes:
    """Draw how many newcomers each way brings, with the middle eight in ten runs.

    Parameters
    ----------
    disappointed, blame
        As in `ways`.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    table = ways(disappointed, blame)
    with look.style():
        ax = look.axes(ax)
        told = []
        for k, row in table.iterrows():
            color = look.series(k)["color"]
            ax.plot([row["lower"], row["upper"]], [k, k], color=color, linewidth=5, alpha=0.45,
                    marker="", label="_")  # fmt: skip
            ax.plot(row["newcomers"], k, color=color, marker=look.series(k)["marker"],
                    markersize=14, label="_")  # fmt: skip
            told.append(
                f"{row['way']}: {decimal(row['newcomers'], 1)} ({decimal(row['lower'])} to "
                f"{decimal(row['upper'])})"
            )
        ax.set_yticks(range(len(table)), table["way"])
        ax.invert_yaxis()
        ax.set_ylim(len(table) - 0.5, -0.5)
        ax.set_xlim(0, max(25, table["upper"].max() * 1.05))
        ax.set(xlabel="newcomers (people; assumed model)", ylabel="way")
        ax.yaxis.label.set_visible(False)
        ax.set_title(f"{percent(disappointed)} disappointed; mean, and the middle 8 of 10 runs")
        look.set_alt_text(
            ax,
            f"Newcomers by way where {percent(disappointed)} are disappointed. {'; '.join(told)}.",
        )
    return ax


def plot_ways_by_blame(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw the mean number of newcomers of each way by the share of disappointed customers.

    Parameters
    ----------
    table : pandas.DataFrame
        What `ways` returns for several shares.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    with look.style():
        ax = look.axes(ax)
        for k, (way, rows) in enumerate(table.groupby("way", sort=False)):
            ax.plot(rows["disappointed"], rows["newcomers"], label=way, **look.series(k))
        ax.set_xticks(sorted(set(table["disappointed"])))
        ax.set(xlabel="customers who are disappointed", ylabel="newcomers (people; assumed model)")
        ax.set_xlim(left=0)
        ax.set_ylim(bottom=0)
        look.percent_axis(ax, "x")
        ax.xaxis.get_major_formatter().decimals = 0
        look.label_lines(ax)
    return ax
