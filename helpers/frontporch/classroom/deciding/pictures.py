"""Pictures of a decision's year, and of the account of all of them; each is one to keep."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from ... import look
from .money import said

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .account import Account
    from .played import Year

_WIDTH = 6.4
"""Inches across: narrow, so that the lettering can be read on a phone."""
_BAND = "#D0D0D0"
_GROUND = {"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 0.5}
"""Behind words, so that the line at 0 does not cross them."""


def plot_year(year: Year, ax: Axes | None = None) -> Axes:
    """Draw what every option brought on the same luck, beside what was expected.

    Parameters
    ----------
    year : Year
        A decision whose year was played.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib.axes.Axes
    """
    names = list(year.came)
    places = list(range(len(names)))[::-1]
    with look.frame(
        ax,
        size=(_WIDTH, 2.4 + 0.95 * len(names)),
        title=year.title,
        xlabel="dollars in the year, after costs\n(gray bar: 9 years in 10, by luck alone)",
        ylim=(-0.6, len(names) - 0.3),
    ) as ax:
        look.reference(ax, x=0, linewidth=1.5)
        for place, name in zip(places, names, strict=True):
            low, high = year.ranges[name]
            ax.barh(place, high - low, left=low, height=0.3, color=_BAND, zorder=1, label="_luck")
            mark(ax, place, year.came[name], chosen=name == year.option)
        if year.expected is not None:
            at = names[::-1].index(year.option)
            _expected(ax, at, year.expected)
        _wide_enough(ax, year)
        _rows(ax, [(name, name == year.option) for name in names], places, "choice")
        look.set_alt_text(ax, _told(year))
    return ax


def plot_account(account: Account, ax: Axes | None = None) -> Axes:
    """Draw what every decision so far brought, beside what was expected of it.

    Parameters
    ----------
    account : Account
        What `account` gives; with one played year or more.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        If no year was played yet.
    """
    lines = account.lines
    if not lines:
        raise ValueError("No year was played yet: there is nothing to draw.")
    places = list(range(len(lines)))[::-1]
    with look.frame(
        ax,
        size=(_WIDTH, 2.3 + 0.85 * len(lines)),
        title=account.title,
        xlabel="dollars in the year, after costs\n(◇ expected, ● brought)",
        ylim=(-0.6, len(lines) - 0.3),
    ) as ax:
        look.reference(ax, x=0, linewidth=1.5)
        for place, line in zip(places, lines, strict=True):
            mark(ax, place, line.brought, chosen=True)
            if line.expected is not None:
                ax.plot(
                    [line.expected, line.brought],
                    [place, place],
                    color=look.palette[0].color,
                    linewidth=1.5,
                    linestyle=":",
                    zorder=2,
                    label="_from what was expected",
                )
                _expected(ax, place, line.expected, words=False)
        values = [line.brought for line in lines] + [line.expected or 0.0 for line in lines] + [0.0]
        _limits(ax, min(values), max(values))
        names = [(f"{line.lesson} {line.shop}", False) for line in lines]
        _rows(ax, names, places, "lesson and shop")
        told = [
            f"{line.lesson}, {line.shop}: {line.option}, "
            + ("" if line.expected is None else f"expected {said(line.expected)}, ")
            + f"brought {said(line.brought)} dollars"
            for line in lines
        ]
        look.set_alt_text(ax, f"{_one_line(account.title)}. {'; '.join(told)}.")
    return ax


def mark(ax: Axes, place: float, value: float, *, chosen: bool) -> None:
    """Mark what came: filled, round and bold for what was chosen, an open square for the rest."""
    blue = look.palette[0].color
    looks: dict[str, Any] = (
        {"marker": "o", "markersize": 13, "markerfacecolor": blue, "markeredgecolor": "white"}
        if chosen
        else {
            "marker": "s",
            "markersize": 9,
            "markerfacecolor": "white",
            "markeredgecolor": "#505050",
            "markeredgewidth": 2,
        }
    )
    ax.plot([value], [place], linestyle="", zorder=4, label="_came", **looks)
    ax.annotate(
        said(value),
        (value, place),
        xytext=(0, 14),
        textcoords="offset points",
        ha="center",
        va="bottom",
        fontsize=15 if chosen else 13,
        fontweight="bold" if chosen else "normal",
        color=look.readable(blue) if chosen else "#505050",
        bbox=_GROUND,
        zorder=5,
    )


def _expected(ax: Axes, place: float, value: float, *, words: bool = True) -> None:
    """Mark what was expected: an open diamond, named below it."""
    color = look.palette[1].color
    ax.plot(
        [value],
        [place],
        marker="D",
        markersize=11,
        markerfacecolor="white",
        markeredgecolor=color,
        markeredgewidth=2.5,
        linestyle="",
        zorder=3,
        label="_expected",
    )
    if words:
        ax.annotate(
            f"expected {said(value)}",
            (value, place),
            xytext=(0, -14),
            textcoords="offset points",
            ha="center",
            va="top",
            fontsize=13,
            color=look.readable(color),
            bbox=_GROUND,
            zorder=5,
        )


def _wide_enough(ax: Axes, year: Year) -> None:
    values = [0.0, *year.came.values(), *(end for both in year.ranges.values() for end in both)]
    if year.expected is not None:
        values.append(year.expected)
    _limits(ax, min(values), max(values))


def _limits(ax: Axes, low: float, high: float) -> None:
    """Leave room for words at both ends, and few ticks, so that none touch."""
    room = max(high - low, 100.0)
    ax.set_xlim(low - 0.25 * room, high + 0.25 * room)
    ax.locator_params(axis="x", nbins=5)
    ax.xaxis.set_major_formatter(lambda value, _place: said(value))


def _rows(ax: Axes, names: list[tuple[str, bool]], places: list[int], label: str) -> None:
    folded = [
        textwrap.fill(name, 15) + ("\n(your choice)" if chosen else "") for name, chosen in names
    ]
    look.rows(ax, folded, places, label=label)
    for (_, chosen), tick in zip(names, ax.get_yticklabels(), strict=True):
        tick.set_fontweight("bold" if chosen else "normal")
    ax.grid(axis="y", visible=False)


def _told(year: Year) -> str:
    told = [f"{_one_line(year.title)}.", f"Your choice: {year.option}."]
    for name, came in year.came.items():
        low, high = year.ranges[name]
        told.append(
            f"{name}: {said(came)} dollars on the same luck, 9 years in 10 from {said(low)} to "
            f"{said(high)}."
        )
    return " ".join(told)


def _one_line(text: str) -> str:
    return " ".join(text.split())
