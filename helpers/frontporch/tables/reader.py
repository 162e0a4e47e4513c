"""Read a table from a CSV file: its rows, its columns, and everything that is wrong."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from .checking import conform, known
from .columns import Column, from_cells, settled
from .contract import Contract
from .faults import Findings
from .records import HEADER, Cells, records, unescaped


def read(
    path: str | Path,
    contract: Contract | str,
    *,
    separator: str = ",",
    encoding: str = "utf-8",
    observed_from_start: bool | None = None,
    largest_mb: float = 2_000,
) -> pd.DataFrame:
    """Read a table from a CSV file and check it against its contract.

    Nothing is guessed: a number has a decimal point and no unit, a day is 2024-03-12, a time
    is 2024-03-12T09:30:00 (or with a space), with an optional fraction and an optional offset
    (Z or +01:00) that is the same for all. An empty cell is a missing value. Nothing is
    dropped: one thing wrong, and all that is wrong is said.

    Parameters
    ----------
    path : str or pathlib.Path
        The file.
    contract : Contract or str
        The contract or its name, as "interactions".
    separator : str
        What stands between the cells: "," or ";" or a tab.
    encoding : str
        How letters are written as bytes; "utf-8-sig" for a file with a byte-order mark.
    observed_from_start : bool, optional
        Whether the log begins when the people could first meet; None where it is not known.
        It is kept in `attrs["observed_from_start"]`.
    largest_mb : float
        Refuse a file larger than so many megabytes.

    Returns
    -------
    pandas.DataFrame
        The contract's columns in their types (times that have an offset in UTC), other
        columns as text, in the order of the file. A text that `write` protected from
        spreadsheets is given back as it was.

    Raises
    ------
    TableError
        If anything is wrong with the file. Each fault has the line that a spreadsheet shows:
        the header is line 1, and one record is one line even if a cell has several.
    UnknownName
        If there is no contract of that name.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder, "ties.csv")
    ...     _ = file.write_text("source,target,strength\\nann,bob,3\\n", encoding="utf-8")
    ...     read(file, "ties").strength.tolist()
    [3.0]
    """
    if observed_from_start not in (True, False, None):
        raise ValueError(f"observed_from_start is {observed_from_start!r}: True, False or None.")
    contract = Contract.of(contract)
    cells, findings = records(path, contract, separator, encoding, largest_mb)
    columns, parsed = _parsed(cells, contract, findings)
    frame = _frame(columns, conform(parsed, contract, cells.lines, findings), contract)
    frame.attrs["observed_from_start"] = observed_from_start
    return frame


def parse(path: str | Path, contract: Contract) -> pd.DataFrame:
    """Read a table whose content is known to be right: types only, no limits, keys or rules.

    The catalogue reads the data sets of the kit with it: they are checked by the tests, and a
    reader of them need not wait for pandera.

    Raises
    ------
    TableError
        If the file is no table, or a cell has not the form of its type.
    """
    cells, findings = records(path, contract, ",", "utf-8", 2_000)
    columns, parsed = _parsed(cells, contract, findings)
    series, _ = settled(parsed, cells.lines, findings)
    findings.stop()
    return _frame(columns, series, contract)


def _parsed(
    cells: Cells, contract: Contract, findings: Findings
) -> tuple[dict[str, list[str]], dict[str, Column]]:
    columns = dict(zip(cells.header, cells.columns, strict=True))
    fields = known(cells.header, contract, findings, HEADER)
    kinds = {name: field.type for name, field in fields.items()}
    return columns, {
        name: from_cells(
            unescaped(columns[name]) if kind == "string" else columns[name], kind, contract.missing
        )
        for name, kind in kinds.items()
    }


def _frame(
    columns: dict[str, list[str]], series: dict[str, pd.Series], contract: Contract
) -> pd.DataFrame:
    spare = {
        name: from_cells(unescaped(cells), "string", contract.missing).series()
        for name, cells in columns.items()
        if name not in series
    }
    whole = series | spare
    return pd.DataFrame({name: whole[name] for name in columns})
