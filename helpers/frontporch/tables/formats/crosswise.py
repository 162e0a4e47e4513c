"""A table of all pairs, with one name a row and a column, as one row a tie."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ..cells import as_numbers
from ..contract import Contract
from ..reading import Reading
from ..sheet import Desk, Sheet

ROUNDING = 1e-9
"""Share of the largest entry by which a table of all pairs may differ from its mirror."""


def turned(sheet: Sheet, contract: Contract, reading: Reading, desk: Desk) -> Sheet:
    """Turn a table of all pairs into one row a tie; give all others as they are.

    Parameters
    ----------
    sheet : Sheet
        The cells; names stand in the first column, and again above the others.
    contract : Contract
        Only one with `source` and `target` has tables of all pairs.
    reading : Reading
        Its `decimal` says what stands before decimals.
    desk : Desk
        Where it is noted.

    Examples
    --------
    >>> from ..faults import Findings
    >>> sheet = Sheet(["", "a", "b"], [["a", "b"], ["0", "2"], ["2", "0"]], np.arange(2))
    >>> turned(sheet, Contract.load("ties"), Reading(), Desk(Findings("pairs.csv"))).columns
    [['a'], ['b'], ['2']]
    """
    ends = {"source", "target"} <= {field.name for field in contract.fields}
    if not ends or len(sheet.header) < 3 or len(sheet.lines) != len(sheet.header) - 1:
        return sheet
    names = [str(name).strip() for name in sheet.header[1:]]
    first = [cell.strip() for cell in _cells(sheet.columns[0])]
    if first != names or len(desk.findings):
        return sheet
    desk.notes.say(
        "a table of all pairs", len(names), "read as one row a tie; empty cells and 0 are no tie"
    )
    table = np.array([_cells(one) for one in sheet.columns[1:]], dtype=object).T
    filled = ~np.isin(table, ["", "0", "0.0", "0,0"])
    if _same_across(table, reading.decimal):
        filled &= np.triu(np.ones(table.shape, dtype=bool))
    row, column = np.nonzero(filled)
    cells = [[names[k] for k in row], [names[k] for k in column], table[row, column].tolist()]
    return Sheet(["source", "target", "strength"], cells, sheet.lines[row])


def _cells(given: Any) -> list[str]:
    """Give the cells of a column as text."""
    if not isinstance(given, pd.Series):
        return [*given]
    return ["" if missing else str(one) for one, missing in zip(given, given.isna(), strict=True)]


def _same_across(table: np.ndarray, decimal: str) -> bool:
    """Say whether a table of all pairs equals its mirror, but for rounding."""
    if (table == table.T).all():
        return True
    numbers = as_numbers([cell or "0" for cell in table.ravel().tolist()], decimal)
    if numbers is None:
        return False
    values = numbers.reshape(table.shape).astype(float)
    return bool((abs(values - values.T) <= ROUNDING * abs(values).max()).all())
