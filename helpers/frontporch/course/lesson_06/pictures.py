"""Pictures of joining in and pushing: adopters by budget, who brought them, what logs show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ... import look
from ...rounding import as_given, decimal, number, percent
from .contact import KINDS
from .replies import REPLY, by_reply

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_by_budget(table: pd.DataFrame, ax: Axes | None = None, *, money: str = "dollars") -> Axes:
    """Draw incremental adopters by budget, joining in beside pushing.

    Parameters
    ----------
    table : pandas.DataFrame
        What `by_budget` returns.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.
    money : str
        Currency, for the axis.

    Returns
    -------
    matplotlib Axes
    """
    with look.frame(
        ax,
        xlabel=f"budget ({money} per week; assumed model)",
        ylabel="incremental adopters (people)",
        names=True,
    ) as ax:
        told = []
        for k, (way, rows) in enumerate(table.groupby("way", sort=False)):
            line = look.series(k)
            ax.plot(rows["budget"], rows["adopters"], label=way, **line)
            look.band(ax, k, rows["budget"], rows["lower"], rows["upper"])
            end = rows.iloc[-1]
            told.append(
                f"{way}: {decimal(end['adopters'])} ({decimal(end['lower'])} to "
                f"{decimal(end['upper'])}) at {number(end['budget'], 6)} {money} a week"
            )
        look.reference(ax, y=0, linewidth=1.5)
        look.set_alt_text(ax, f"Incremental adopters by budget. {'; '.join(told)}.")
    return ax


def plot_who_brought(table: pd.DataFrame, budget: float, ax: Axes | None = None) -> Axes:
    """Draw who brought the adopters at one budget: taste, user talk, the shop, paid posts.

    Parameters
    ----------
    table : pandas.DataFrame
        What `by_budget` returns.
    budget : float
        One of its budgets.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    ValueError
        If the table has no such budget.
    """
    rows = table[table["budget"] == budget]
    if not len(rows):
        known = ", ".join(as_given(one) for one in sorted(set(table["budget"])))
        raise ValueError(f"budget is {budget!r}, but the table has {known}.")
    with look.frame(ax, xlabel="adopters (people; assumed model)", ylabel="way") as ax:
        left, told = np.zeros(len(rows)), []
        for k, kind in enumerate(KINDS):
            ax.barh(
                rows["way"],
                rows[kind],
                left=left,
                height=0.6,
                label=kind,
                **look.series(k, fill=True),
            )
            left += rows[kind].to_numpy()
        for _, row in rows.iterrows():
            parts = ", ".join(f"{kind} {decimal(row[kind])}" for kind in KINDS)
            told.append(f"{row['way']}: {parts}")
        ax.invert_yaxis()
        ax.yaxis.label.set_visible(False)
        ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.2)
        look.set_alt_text(ax, f"Who brought the adopters. {'; '.join(told)}.")
    return ax


def plot_by_reply(logs: Mapping[str, pd.DataFrame], ax: Axes | None = None) -> Axes:
    """Draw the share that adopted, with a reply and without, for several logs.

    Parameters
    ----------
    logs : mapping of str to pandas.DataFrame
        What `ContactWorld.log` returns, by name.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    found = {name: by_reply(log) for name, log in logs.items()}
    with look.frame(
        ax, xlabel="share who adopted", percent="x", ylim=(-0.5, len(found) - 0.5)
    ) as ax:
        for k, name in enumerate(REPLY.values()):
            rows = pd.concat([one[one["reply"] == name] for one in found.values()])
            middle, low, high = (rows[c].to_numpy() for c in ("adopted", "lower", "upper"))
            at = np.arange(len(rows))[::-1] + 0.12 - 0.24 * k
            known = np.isfinite(low) & np.isfinite(high)
            low, high = np.where(known, [low, high], middle)
            look.dots(ax, k, at, middle, low, high, across=True, label=name)
        ax.xaxis.get_major_formatter().decimals = 0
        look.rows(ax, found, np.arange(len(found))[::-1], label="log")
        ax.set_xlim(left=0)
        ax.xaxis.get_major_locator().set_params(nbins=5)
        ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.2)
        told = "; ".join(
            f"{name}: "
            + ", ".join(
                f"{percent(row.adopted)} of {row.people:,} with {row.reply} ({percent(row.lower)} "
                f"to {percent(row.upper)})"
                for row in one.itertuples()
            )
            for name, one in found.items()
        )
        look.set_alt_text(ax, f"Share who adopted, by whether the shop replied. {told}.")
    return ax
