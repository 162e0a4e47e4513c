"""Pictures of joining in and pushing: adopters by budget, who brought them, what logs show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ... import look
from ...rounding import as_given, decimal, number, percent
from .budgets import ByBudget
from .contact import KINDS
from .replies import REPLY, by_reply

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_adopters_by_budget(
    found: ByBudget, ax: Axes | None = None, *, money: str = "dollars"
) -> Axes:
    """Draw incremental adopters by budget, joining in beside pushing.

    Parameters
    ----------
    found : ByBudget
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
        for k, (way, rows) in enumerate(found.summary().groupby("way", sort=False)):
            ax.plot(rows["budget"], rows["adopters"], label=way, **look.series(k))
            look.band(ax, k, rows["budget"], rows["lower"], rows["upper"])
            end = rows.iloc[-1]
            limits = f"{decimal(end['lower'])} to {decimal(end['upper'])}"
            told.append(
                f"{way}: {decimal(end['adopters'])} ({limits}) at {number(end['budget'], 6)} "
                f"{money} a week"
            )
        look.reference(ax, y=0)
        look.set_alt_text(ax, f"Incremental adopters by budget. {'; '.join(told)}.")
    return ax


def plot_who_brought(found: ByBudget, ax: Axes | None = None, *, budget: float) -> Axes:
    """Draw who brought the adopters at one budget: taste, user talk, the shop, paid posts.

    Parameters
    ----------
    found : ByBudget
        What `by_budget` returns.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.
    budget : float
        One of its budgets.

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    ValueError
        If it has no such budget.
    """
    table = found.summary()
    rows = table[table["budget"] == budget]
    if not len(rows):
        known = ", ".join(as_given(one) for one in sorted(set(table["budget"])))
        raise ValueError(f"budget is {budget!r}, but the table has {known}.")
    with look.frame(ax, xlabel="adopters (people; assumed model)") as ax:
        left, at = np.zeros(len(rows)), np.arange(len(rows))[::-1]
        for k, kind in enumerate(KINDS):
            ax.barh(at, rows[kind], 0.6, left, label=kind, **look.series(k, fill=True))
            left += rows[kind].to_numpy()
        look.rows(ax, rows["way"], at, label="way")
        ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.2)
        told = []
        for _, row in rows.iterrows():
            parts = ", ".join(f"{kind} {decimal(row[kind])}" for kind in KINDS)
            told.append(f"{row['way']}: {parts}")
        look.set_alt_text(ax, f"Who brought the adopters. {'; '.join(told)}.")
    return ax


def plot_by_reply(logs: Mapping[str, pd.DataFrame], ax: Axes | None = None) -> Axes:
    """Draw the share that adopted, with a reply and without, for several logs.

    Parameters
    ----------
    logs : mapping of str to pandas.DataFrame
        What `ContactWorld.simulate` returns, by name.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    found = {name: by_reply(log) for name, log in logs.items()}
    from matplotlib.ticker import PercentFormatter

    high_and_low = (-0.5, len(found) - 0.5)
    with look.frame(ax, xlabel="share who adopted", xlim=(0, None), ylim=high_and_low) as ax:
        rows_at = np.arange(len(found))[::-1]
        for k, name in enumerate(REPLY.values()):
            rows = pd.concat([one[one["reply"] == name] for one in found.values()])
            share, low, high = (rows[c].to_numpy() for c in ("adopted", "lower", "upper"))
            # Without an interval where everybody adopted, or nobody.
            low, high = (np.where(np.isfinite(one), one, share) for one in (low, high))
            look.dots(ax, k, rows_at + 0.12 - 0.24 * k, share, low, high, across=True, label=name)
        ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
        ax.locator_params(axis="x", nbins=5)
        look.rows(ax, found, rows_at, label="log")
        ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.2)
        told = "; ".join(f"{name}: {_in_words(one)}" for name, one in found.items())
        look.set_alt_text(ax, f"Share who adopted, by whether the shop replied. {told}.")
    return ax


def _in_words(read: pd.DataFrame) -> str:
    return ", ".join(
        f"{percent(row.adopted)} of {row.people:,} with {row.reply} ({percent(row.lower)} to "
        f"{percent(row.upper)})"
        for row in read.itertuples()
    )
