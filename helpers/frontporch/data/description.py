"""What a data set says about itself: columns, units, rows, source, licence, synthetic or not."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd


@dataclass(frozen=True)
class Description:
    """A data set in words.

    Parameters
    ----------
    name, title, description : str
        What it is called, and what it is.
    columns : pandas.DataFrame
        The data dictionary: `table`, `column`, `type`, `unit`, `meaning`.
    rows : mapping of str to int
        The rows of each table.
    sources : tuple of str
        Where it comes from.
    licence : str
        Under what terms it may be used.
    synthetic : bool
        Whether it was simulated; False for data that were counted or measured.
    citation : str
        How to cite it.
    """

    name: str
    title: str
    description: str
    columns: pd.DataFrame = field(repr=False, compare=False)
    rows: Mapping[str, int] = field(compare=False)
    sources: tuple[str, ...]
    licence: str
    synthetic: bool
    citation: str

    def _facts(self) -> list[tuple[str, str]]:
        tables = ", ".join(f"{table} ({count:,} rows)" for table, count in self.rows.items())
        return [
            ("Tables", tables),
            ("Synthetic", "yes: simulated, nobody was observed" if self.synthetic else "no"),
            ("Source", "; ".join(self.sources)),
            ("Licence", self.licence),
            ("Cite as", self.citation),
        ]

    def __str__(self) -> str:
        """Give the description as text to read."""
        facts = [f"{name}: {what}" for name, what in self._facts()]
        columns = [
            f"  {row.table}.{row.column} ({', '.join(filter(None, (row.type, row.unit)))}): "
            f"{row.meaning}"
            for row in self.columns.itertuples()
        ]
        return "\n".join(
            [f"{self.title} ({self.name})", self.description, "", *facts, "", "Columns", *columns]
        )

    def _repr_html_(self) -> str:
        """Give the description as a notebook shows it."""
        facts = "".join(
            f"<li>{html.escape(name)}: {html.escape(what)}</li>" for name, what in self._facts()
        )
        with pd.option_context("display.max_colwidth", None):
            columns = self.columns.to_html(index=False, border=0)
        return (
            f"<p><strong>{html.escape(self.title)}</strong> ({html.escape(self.name)})</p>"
            f"<p>{html.escape(self.description)}</p><ul>{facts}</ul>{columns}"
        )
