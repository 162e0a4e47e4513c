"""Pictures of praise: who brought newcomers, what letters tell, and which way brings more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ... import look
from ...community.pictures.adopters import plot_carried
from ...look.house_style import FAINT, GREY, INK
from ...rounding import as_given, decimal, percent
from .letters import believed, written_and_shown
from .shop import ByStrangers, Praise
from .ways import Ways

if TYPE_CHECKING:
    from matplotlib.axes import Axes

RUNS = 200


def plot_by_strangers(found: ByStrangers, ax: Axes | None = None) -> Axes:
    """Draw which share of newcomers strangers bring, by how many strangers a person hears.

    Parameters
    ----------
    found : ByStrangers
        What `by_strangers` returns.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    table = found.summary()
    with look.frame(
        ax,
        xlabel="strangers whom a person hears (synthetic town)",
        ylabel="share of newcomers",
        percent="y",
        names=True,
        xlim=(0, None),
        ylim=(0, 1),
    ) as ax:
        ax.plot(table["strangers"], table["share"], label="brought by strangers", **look.series(0))
        look.band(ax, 0, table["strangers"], table["lower"], table["upper"])
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
    found = praise.simulate(runs, seed=seed)
    # A page makes every tie two with one direction: counted so without a page too.
    heard = replace(praise, readers=max(praise.readers, 1)).town(seed)
    return plot_carried(found, community=heard)


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
        "thinks these are all the letters": believed(shown),
        "knows that they were picked": believed(shown, above),
    }
    # Bars end at the mark from which letters are shown, so that none is half shown.
    last = max(12.0, every.max() + 0.5)
    edges = above + 0.5 * np.arange(-30, 30)
    edges = edges[(edges > -1) & (edges < last + 1)]
    counts, _ = np.histogram(every, edges)
    inside = edges[:-1] >= above - 1e-9
    top = max(counts.max(), 1)
    with look.frame(
        ax,
        xlabel="mark of the customer (from about 0 to 10; synthetic)",
        ylabel="letters",
        xlim=(0, last),
        ylim=(0, top * 1.85),
    ) as ax:
        kept = {"facecolor": FAINT, "edgecolor": GREY}
        seen = look.series(0, fill=True) | {"hatch": None}
        for some, name, looks in ((~inside, "kept in the drawer", kept), (inside, "shown", seen)):
            middle = edges[:-1][some] + 0.25
            ax.bar(middle, counts[some], 0.46, label=name, **looks)
        look.reference(ax, x=quality, color=INK, ymax=0.56)
        ax.text(quality, top * 1.08, f"true mean {as_given(quality)}", ha="center", fontsize=14)
        told = []
        for k, (name, one) in enumerate(readers.items()):
            low, high = one.interval()
            height = top * (1.25 + 0.3 * k)
            look.dots(ax, k + 1, height, one.mean, low, high, across=True, label="_", markersize=12)
            ax.annotate(
                name,
                (one.mean, height),
                (0, 10),
                textcoords="offset points",
                ha="center",
                va="bottom",
                fontsize=14,
                color=look.readable(look.series(k + 1)["color"]),
            )
            limits = f"{decimal(low, 1)} to {decimal(high, 1)}"
            told.append(f"a reader who {name} believes {decimal(one.mean, 1)} ({limits})")
        ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.2)
        look.set_alt_text(
            ax,
            f"{len(every)} letters were written, with a true mean of {as_given(quality)}; "
            f"{len(shown)} from mark {as_given(above)} up are shown. Of the mean, "
            f"{'; '.join(told)}.",
        )
    return ax


def plot_ways(found: Ways, ax: Axes | None = None) -> Axes:
    """Draw how many newcomers each way brings, with the middle eight in ten runs.

    Parameters
    ----------
    found : Ways
        What `ways` returns for one share of disappointed customers.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    ValueError
        If there are several shares.
    """
    table = found.summary()
    if table["disappointed"].nunique() > 1:
        raise ValueError(
            'there are several shares of disappointed: ask for the picture "by share".'
        )
    disappointed = percent(table["disappointed"].iloc[0])
    with look.frame(
        ax,
        xlabel="newcomers (people; assumed model)",
        title=f"{disappointed} disappointed; mean, and the middle 8 of 10 runs",
        xlim=(0, max(25, table["upper"].max() * 1.05)),
        ylim=(len(table) - 0.5, -0.5),
    ) as ax:
        told = []
        for k, row in enumerate(table.itertuples()):
            look.dots(ax, k, k, row.newcomers, row.lower, row.upper, across=True, markersize=12)
            limits = f"{decimal(row.lower)} to {decimal(row.upper)}"
            told.append(f"{row.way}: {decimal(row.newcomers, 1)} ({limits})")
        look.rows(ax, table["way"], label="way")
        look.set_alt_text(
            ax, f"Newcomers by way where {disappointed} are disappointed. {'; '.join(told)}."
        )
    return ax


def plot_ways_by_share(found: Ways, ax: Axes | None = None) -> Axes:
    """Draw the mean number of newcomers of each way by the share of disappointed customers.

    Parameters
    ----------
    found : Ways
        What `ways` returns for several shares.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    table = found.summary()
    from matplotlib.ticker import PercentFormatter

    with look.frame(
        ax,
        xlabel="customers who are disappointed",
        ylabel="newcomers (people; assumed model)",
        names=True,
        xlim=(0, None),
        ylim=(0, None),
    ) as ax:
        for k, (way, rows) in enumerate(table.groupby("way", sort=False)):
            ax.plot(rows["disappointed"], rows["newcomers"], label=way, **look.series(k))
        ax.set_xticks(sorted(set(table["disappointed"])))
        ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    return ax
