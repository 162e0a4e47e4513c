"""Read a table from a file of any common kind: its rows, its columns, and all that is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Unpack

import numpy as np
import pandas as pd

from ..citing import cited_file
from .checking import further, sheet_of, typed
from .contract import Contract
from .faults import Findings, Rows
from .formats import opened
from .formats.crosswise import turned
from .noticed import KEPT
from .reading import Options, Reading
from .sheet import Desk, Sheet

EVER = ("0001-01-01", "9999-12-31")


@cited_file
def read(
    path: str | Path,
    contract: Contract | str,
    *,
    observed_from_start: bool | None = None,
    **reading: Unpack[Options],
) -> pd.DataFrame:
    """Read a table from a file and check it against its contract.

    CSV, TSV and text with any common separator, also packed (gz, or a zip archive with one
    file), XLSX and XLS, Parquet and JSON lines; for ties also GraphML, GML, Pajek, node-link
    JSON and a table of all pairs. Nothing is guessed in silence: what the file shows beyond
    doubt is read and stands in `noticed`, and all else is asked in one error, whose last line
    gives the options that read the file.

    Parameters
    ----------
    path : str or pathlib.Path
        The file.
    contract : Contract or str
        The contract or its name, as "interactions".
    observed_from_start : bool, optional
        Whether the log begins when the people could first meet; None where it is not known.
        It is kept in `attrs["observed_from_start"]`.
    **reading
        How the file is read: `columns`, `names`, `fill`, `sheet`, `separator`, `encoding`,
        `decimal`, `times`, `since`, `zone`, `between`, `spelling`, `missing`, `incomplete` and
        `largest_mb`. `tables.Reading` says what each means.

    Returns
    -------
    pandas.DataFrame
        The contract's columns in their types (times that have an offset in UTC), other
        columns as numbers where every cell is one and as text elsewhere, in the order of the
        file. A text that `write` protected from spreadsheets is given back as it was.

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
    ...     _ = file.write_text("source;target;strength\\nann;bob;3,5\\n", encoding="utf-8")
    ...     read(file, "ties", decimal=",").strength.tolist()
    [3.5]
    """
    if observed_from_start not in (True, False, None):
        raise ValueError(f"observed_from_start is {observed_from_start!r}: True, False or None.")
    contract, options = Contract.of(contract), Reading.of(reading)
    frame = _read(path, contract, options, verified=True)
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
    frame = _read(path, contract, Reading(separator=",", between=EVER), verified=False)
    frame.attrs.clear()
    return frame


def _read(
    path: str | Path, contract: Contract, reading: Reading, *, verified: bool
) -> pd.DataFrame:
    sheet, desk = on_desk(Path(path), contract, "table", reading)
    series, kept = typed(sheet, contract, reading, desk, verified=verified)
    return framed(sheet, series, kept, contract, reading, desk)


def on_desk(given: Any, contract: Contract, source: str, reading: Reading) -> tuple[Sheet, Desk]:
    """Lay a frame, or the file of a path, on a sheet.

    Parameters
    ----------
    given : pandas.DataFrame, str or pathlib.Path
        The table.
    contract : Contract
        What it should be.
    source : str
        What a frame is called in an error; a file has its name.
    reading : Reading
        How it is read.

    Raises
    ------
    TableError
        If a file as a whole cannot be read.
    TypeError
        If it is neither.
    """
    if isinstance(given, pd.DataFrame):
        sheet, desk = sheet_of(given, source)
        return turned(sheet, contract, reading, desk), desk
    if not isinstance(given, str | Path):
        raise TypeError(
            f"{source} are a pandas DataFrame or the path of a file, but this is a "
            f"{type(given).__name__}."
        )
    path = Path(given)
    desk = Desk(Findings(path.name or str(path), place="line"))
    return opened(path, contract, reading, desk), desk


def brought(
    given: Any, contract: Contract, source: str, reading: Reading
) -> tuple[pd.DataFrame, Rows]:
    """Check a frame, or the file of a path, and say what its rows are called.

    Parameters
    ----------
    given, contract, source, reading
        As of `on_desk`.

    Returns
    -------
    frame : pandas.DataFrame
        The typed table; its rows are counted from 0.
    rows : Rows
        What they are called.

    Raises
    ------
    TableError
        If anything is wrong with it.

    Examples
    --------
    >>> frame = pd.DataFrame({"source": ["ann"], "target": ["bob"]}, index=["first"])
    >>> brought(frame, Contract.load("ties"), "ties", Reading())[1].labels
    ['first']
    """
    sheet, desk = on_desk(given, contract, source, reading)
    series, kept = typed(sheet, contract, reading, desk)
    label = desk.findings.label
    labels = [label(row) for row in sheet.lines[kept].tolist()]
    frame = framed(sheet, series, kept, contract, reading, desk)
    return frame, Rows(desk.findings.source, labels, desk.findings.place)


def framed(
    sheet: Sheet,
    series: dict[str, pd.Series],
    kept: np.ndarray,
    contract: Contract,
    reading: Reading,
    desk: Desk,
) -> pd.DataFrame:
    """Put the contract's columns and all others into a frame, in the order of the file."""
    header = [reading.columns.get(name, name) for name in sheet.header]
    missing = (*contract.missing, *reading.missing)
    whole = series | further(sheet, header, set(series), kept, reading, missing, desk.notes)
    frame = pd.DataFrame({name: whole[name] for name in dict.fromkeys([*header, *series])})
    frame.attrs[KEPT] = tuple(desk.notes)
    return frame
