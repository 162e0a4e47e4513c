"""What a file holds before a contract is laid on it: names, cells, and where each row stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn

import numpy as np
import pandas as pd

from .compact import Coded, Even
from .faults import Findings
from .noticed import Notes


@dataclass(frozen=True)
class Sheet:
    """The cells of a table, column by column.

    Parameters
    ----------
    header : list of str
        Names of the columns.
    columns : list
        For text, a list of str for each column, or what `compact` gives; for typed files, a
        Series.
    lines : numpy.ndarray of int, shape (rows,)
        Where each row stands in the file.
    text : bool
        Whether cells are text.
    place : str
        What a row is called: "line" in a file of text, "row" elsewhere.
    header_line : int or None
        Where the names stand.
    """

    header: list[str]
    columns: list[Any]
    lines: np.ndarray
    text: bool = True
    place: str = "line"
    header_line: int | None = 1

    def named(self, names: dict[str, str]) -> Sheet:
        """Give the columns other names."""
        return replace(self, header=[names.get(name, name) for name in self.header])

    def cells(self, k: int, most: int = 50) -> list[str]:
        """Give the first cells of a column that hold something, as text."""
        given = self.columns[k]
        some = given.dropna() if isinstance(given, pd.Series) else given
        found: list[str] = []
        for one in some:
            if str(one).strip():
                found.append(str(one))
            if len(found) == most:
                break
        return found


@dataclass
class Desk:
    """What a reader of a format has at hand: where faults and notes go.

    Parameters
    ----------
    findings : Findings
        Faults.
    notes : Notes
        What was noticed.
    """

    findings: Findings
    notes: Notes = field(default_factory=Notes)

    def refuse(self, problem: str, remedy: str, value: Any = None, **options: Any) -> NoReturn:
        """Refuse the whole file."""
        self.findings.one(None, None, value, problem, remedy)
        self.findings.propose(**options)
        self.findings.stop()
        raise AssertionError("a fault was noted, and has stopped the reading")


_ESCAPED = re.compile(r"'+[=+\-@\t\r\n]", re.DOTALL)


def unescaped(cells: Any) -> Any:
    """Take off the apostrophe that `write` puts before a text a spreadsheet would run."""
    if isinstance(cells, Coded):
        return cells.rewritten(unescaped)
    if isinstance(cells, Even):
        return cells if (cells.signs[:, 0] != ord("'")).all() else unescaped([*cells])
    if "'" not in "".join(cells):
        return cells
    return [cell[1:] if _ESCAPED.match(cell) else cell for cell in cells]
