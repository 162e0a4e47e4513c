"""Pictures of many towns: what profit depends on, what each act brings, what to measure first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ... import look
from ...rounding import decimal, number, percent

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from .choices import Choices
    from .indices import Indices

SHOWN = 15
"""Rows of a picture, if nobody asks for another number."""
ROW, MARGIN = 0.42, 1.6
"""Inches of a row, and of what stands around the rows."""


def plot_indices(found: Indices, ax: Axes | None = None, *, rows: int = SHOWN) -> Axes:
    """Draw what the most important factors explain, in all and by themselves.

    Parameters
    ----------
    found : Indices
        What `fit` returns.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.
    rows : int
        How many factors are drawn.

    Returns
    -------
    matplotlib Axes
    """
    table = found.table.head(rows).iloc[::-1]
    size = (10, MARGIN + ROW * len(table))
    label = "share of the differences between towns"
    with look.frame(ax, xlabel=label, percent="x", size=size) as ax:
        at = np.arange(len(table))
        for series, name, shift, word in (
            (0, "total", 0.15, "with all that it changes together with others"),
            (1, "alone", -0.15, "by itself"),
        ):
            limits = table[f"{name}_lower"], table[f"{name}_upper"]
            look.dots(ax, series, at + shift, table[name], *limits, across=True, label=word)
        look.reference(ax, x=0)
        look.rows(ax, table["factor"], label="factor")
        ax.legend(loc="upper center", bbox_to_anchor=(0.4, -1.0 / size[1]), ncols=2)
        told = "; ".join(
            f"{row.factor}: {percent(row.total)} in all, {percent(row.alone)} by itself"
            for row in table.iloc[::-1].itertuples()
        )
        look.set_alt_text(ax, f"Share of the differences between towns. {told}.")
    return ax


def plot_choices(found: Choices, ax: Axes | None = None, *, rows: int | None = None) -> Axes:
    """Draw what each act brings in a year, and in how many towns it pays.

    Parameters
    ----------
    found : Choices
        What `compare` returns.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.
    rows : int, optional
        How many acts are drawn; all without it.

    Returns
    -------
    matplotlib Axes
    """
    table = found.summary()
    table = table[table["act"] != found.beside].head(rows or len(table)).iloc[::-1]
    told = "; ".join(
        f"{row.act}: {number(row.more, 2)}, pays in {percent(row.pays_in)} of towns"
        for row in table.iloc[::-1].itertuples()
    )
    names = [f"{row.act} ({percent(row.pays_in)})" for row in table.itertuples()]
    label = f"thousand dollars a year more than {found.beside}"
    ax = _dots(table, ("more", names, "act, and towns in which it pays"), label, 1_000, ax)
    look.set_alt_text(ax, f"Dollars a year more than {found.beside}. {told}.")
    return ax


def plot_knowing(
    found: Choices,
    ax: Axes | None = None,
    *,
    factors: Sequence[str] | None = None,
    rows: int = SHOWN,
) -> Axes:
    """Draw what it is worth to know each factor before the act is chosen.

    Parameters
    ----------
    found : Choices
        What `compare` returns.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.
    factors : sequence of str, optional
        Which are asked about; all without it.
    rows : int
        How many factors are drawn.

    Returns
    -------
    matplotlib Axes
    """
    table = found.knowing(factors).dropna(subset="worth").head(rows).iloc[::-1]
    label = "dollars a year that knowing it is worth"
    ax = _dots(table, ("worth", list(table["factor"]), "factor"), label, 1, ax)
    told = "; ".join(
        f"{row.factor}: {decimal(row.worth, -1)}, {decimal(row.worth_lower, -1)} to "
        f"{decimal(row.worth_upper, -1)}"
        for row in table.iloc[::-1].itertuples()
    )
    look.set_alt_text(ax, f"Dollars a year that it is worth to know a factor. {told}.")
    return ax


def _dots(
    table: pd.DataFrame,
    told: tuple[str, list[str], str],
    xlabel: str,
    unit: float,
    ax: Axes | None,
) -> Axes:
    """Draw one column of a table with its limits, a row each."""
    column, names, label = told
    size = (10, MARGIN + ROW * len(table))
    with look.frame(ax, xlabel=xlabel, size=size) as ax:
        values = [table[f"{column}{end}"] / unit for end in ("", "_lower", "_upper")]
        look.dots(ax, 0, np.arange(len(table)), *values, across=True)
        look.reference(ax, x=0)
        look.rows(ax, names, label=label)
    return ax
