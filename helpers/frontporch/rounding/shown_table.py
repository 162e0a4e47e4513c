"""A table as people see it: headings in words, yes and no, no row numbers."""

from __future__ import annotations

import math
import numbers
from collections.abc import Hashable

import numpy as np
import pandas as pd

from .numbers import as_given, decimal

ROWS = 20
"""Rows that a table shows of itself in a notebook."""


class ShownTable(pd.DataFrame):
    """A frame that a notebook shows for reading; what is in it stays as it is.

    Examples
    --------
    >>> print(ShownTable({"both_spoken": [True, False], "pairs": [13_838, 3]}))
    both spoken  pairs
            yes 13,838
             no      3
    """

    @property
    def _constructor(self) -> type[ShownTable]:
        """Columns or rows of it are shown in the same way."""
        return ShownTable

    def _repr_html_(self) -> str:
        return as_html(self)

    def __repr__(self) -> str:
        """Show the table as text."""
        shown = in_words(self.head(ROWS))
        return shown.to_string(index=not counts_rows(shown)) + rest_said(self, begin="\n")


def in_words(frame: pd.DataFrame) -> pd.DataFrame:
    """Write headings without underscores, True as yes, and whole numbers with separators.

    Years stay as they are. An index with a name is told apart by it.

    Examples
    --------
    >>> in_words(pd.DataFrame({"year": [2009], "n": [25_000]})).loc[0].tolist()
    ['2009', '25,000']
    """
    shown = pd.DataFrame(frame).astype(object)
    for place, name in enumerate(frame.columns):
        dated = "year" in str(name) or "seed" in str(name)
        shown.isetitem(place, [_cell(value, dated) for value in frame.iloc[:, place]])
    shown.columns = pd.Index([_heading(name, frame.columns.name) for name in frame.columns])
    if isinstance(frame.index, pd.MultiIndex):
        return shown.reset_index()
    if counts_rows(frame):
        return shown
    places = [_cell(one, False) for one in frame.index]
    return shown.set_axis(pd.Index(places, dtype=object)).rename_axis(columns=frame.index.name)


def as_html(frame: pd.DataFrame, rest: str = "") -> str:
    """Give the first rows of a table as HTML for reading.

    Parameters
    ----------
    frame : pandas.DataFrame
        The table; row numbers that only count are left out.
    rest : str
        Where all rows are, for the sentence below a long table.

    Examples
    --------
    >>> "<th>next stage</th>" in as_html(pd.DataFrame({"next_stage": ["friend"]}))
    True
    """
    shown = in_words(frame.head(ROWS))
    return shown.to_html(border=0, index=not counts_rows(shown)) + rest_said(
        frame, rest, "<p>", "</p>"
    )


def counts_rows(frame: pd.DataFrame) -> bool:
    """Whether the index of a table holds row numbers and nothing else."""
    index = frame.index
    return index.name is None and frame.columns.name is None and index.dtype.kind in "iu"


def rest_said(frame: pd.DataFrame, rest: str = "", begin: str = "", end: str = "") -> str:
    """Say how many rows a long table has besides those shown; nothing of a short one.

    Examples
    --------
    >>> rest_said(pd.DataFrame({"n": range(21)}), " in .summary()")
    'The first 20 of 21 rows; all are in .summary().'
    """
    if len(frame) <= ROWS:
        return ""
    all_are = f"; all are{rest}" if rest else ""
    return f"{begin}The first {ROWS} of {len(frame):,} rows{all_are}.{end}"


def _heading(name: Hashable, of_what: Hashable) -> str:
    told = " ".join(map(str, name)) if isinstance(name, tuple) else str(name)
    return (f"{of_what}: {told}" if of_what is not None else told).replace("_", " ")


def _cell(value: object, dated: bool) -> object:
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, numbers.Integral):
        return str(value) if dated else decimal(int(value))
    if isinstance(value, numbers.Real) and math.isfinite(value):
        return as_given(float(value), thousands=True)
    return "–" if value is None or value is pd.NA or value is pd.NaT or value != value else value
