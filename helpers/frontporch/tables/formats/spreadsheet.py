"""Workbooks: XLSX, XLS and ODS, through calamine."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from ...groups import needs
from ..contract import Contract
from ..faults import as_options
from ..reading import Reading
from ..sheet import Desk, Sheet
from ..usual import proposed

TITLES = 30
"""Rows among which the names of the columns are looked for."""


def is_one(data: bytes) -> bool:
    """Whether these are the bytes of a workbook; other archives are unpacked before."""
    return data.startswith((b"PK", b"\xd0\xcf\x11\xe0"))


def read(data: bytes, contract: Contract, reading: Reading, desk: Desk) -> Sheet:
    """Read a sheet of a workbook; rows have the numbers that the program shows.

    Raises
    ------
    MissingPackage
        If python-calamine is not installed.
    TableError
        If the workbook is damaged, or it is open which sheet is meant.
    """
    with needs("A workbook", instead="save it as CSV UTF-8"):
        import python_calamine
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = {name: _rows(book, name) for name in _wanted(book.sheet_names, reading, desk)}
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        from ..faults import TableError

        if isinstance(error, TableError):
            raise
        desk.refuse(
            "is a damaged or locked workbook", "Save it anew without a password, or as CSV UTF-8."
        )
    filled = {name: one for name, one in sheets.items() if one[1]}
    if not filled:
        desk.refuse(
            "has no filled sheet", "Write the names of the columns in row 1, and the rows below."
        )
    first, rows = filled[_meant(filled, contract, desk)]
    desk.findings.place = "row"
    return _sheet(first, rows, contract, reading, desk)


def _wanted(names: Sequence[str], reading: Reading, desk: Desk) -> Sequence[str]:
    if reading.sheet is None:
        return names
    if reading.sheet not in names:
        desk.refuse(
            f"has no sheet {reading.sheet!r}",
            f"Say one of them: {', '.join(as_options({'sheet': one}) for one in names)}.",
            sheet=names[0],
        )
    return [reading.sheet]


def _rows(book: Any, name: str) -> tuple[int, list[list[Any]]]:
    """Give the number of the first filled row of a sheet, and the rows from there to the last."""
    sheet = book.get_sheet_by_name(name)
    if sheet.start is None:
        return 1, []
    rows = sheet.to_python(skip_empty_area=True)
    last = next((k for k in range(len(rows), 0, -1) if any(one != "" for one in rows[k - 1])), 0)
    return sheet.start[0] + 1, rows[:last]


def _meant(filled: dict[str, Any], contract: Contract, desk: Desk) -> str:
    if len(filled) == 1:
        return next(iter(filled))
    score = {
        name: _known(rows[_header(rows, contract)], contract) for name, (_, rows) in filled.items()
    }
    best = max(score.values())
    like = [name for name, one in score.items() if one == best]
    if len(like) == 1 and best:
        desk.notes.say(
            f"{len(filled)} filled sheets",
            len(filled),
            f"{as_options({'sheet': like[0]})} was read: only it has the columns",
        )
        return like[0]
    options = {"sheet": like[0]}
    desk.refuse(
        f"has {len(filled)} filled sheets: {', '.join(filled)}",
        f"Say which one is meant, as {as_options(options)}.",
        **options,
    )
    raise AssertionError


def _known(row: Sequence[Any], contract: Contract) -> int:
    names = [str(one) for one in row if one != ""]
    own = {field.name for field in contract.fields}
    return len(proposed(names, contract)) + sum(name in own for name in names)


def _header(rows: list[list[Any]], contract: Contract) -> int:
    """Find the row of names: the one with most known names, or the first wide one."""
    score = [
        _known([one for one in row if isinstance(one, str)], contract) for row in rows[:TITLES]
    ]
    if score and max(score) >= min(2, sum(not field.optional for field in contract.fields)):
        return int(np.argmax(score))
    width = max(sum(one != "" for one in row) for row in rows[:TITLES])
    corner = _corner(rows, width)
    if corner is not None:
        return corner
    return next(k for k, row in enumerate(rows) if sum(one != "" for one in row) == width)


def _corner(rows: list[list[Any]], width: int) -> int | None:
    """Find the names above a table of all pairs, whose corner is empty."""
    for k, row in enumerate(rows[:TITLES]):
        names = [str(one).strip() for one in row if one != ""]
        below = [str(one[0]).strip() for one in rows[k + 1 :] if any(cell != "" for cell in one)]
        if row[0] == "" and len(names) == width - 1 and names == below:
            return k
    return None


def _sheet(
    first: int, rows: list[list[Any]], contract: Contract, reading: Reading, desk: Desk
) -> Sheet:
    at = -1 if reading.names is not None else _header(rows, contract)
    if at > 0:
        title = " ".join(str(one) for row in rows[:at] for one in row if one != "")
        desk.notes.say("rows above the names of the columns", at, "passed over", title[:80])
    used = _used(rows[max(at, 0) :])
    body, lines = [], []
    for k, row in enumerate(rows[at + 1 :], first + at + 1):
        if any(one != "" for one in row):
            body.append(row)
            lines.append(k)
    empty = len(rows) - at - 1 - len(body)
    if empty:
        desk.notes.say("empty rows", empty, "left out")
    pairs = at >= 0 and at == _corner(rows, len(used))
    header = (
        _names(rows[at], used, desk, first + at, pairs) if at >= 0 else list(reading.names or ())
    )
    if at < 0 and len(header) != len(used):
        desk.refuse(
            f"has {len(used)} columns, but names= has {len(header)}", "Give one name a column."
        )
    if not body:
        desk.findings.one(None, None, None, "has a header and no rows", "Write the rows below it.")
    columns = [_column([row[k] for row in body]) for k in used]
    return Sheet(
        header, columns, np.array(lines, dtype=int), False, "row", first + at if at >= 0 else None
    )


def _used(rows: list[list[Any]]) -> list[int]:
    """Places of columns in which anything stands."""
    width = len(rows[0])
    return [k for k in range(width) if any(row[k] != "" for row in rows)]


def _names(
    row: list[Any], used: list[int], desk: Desk, line: int, corner: bool = False
) -> list[str]:
    names = []
    for k in used:
        name = str(_value(row[k])).strip() if row[k] != "" else ""
        if not name and not corner:
            desk.findings.one(
                line, None, None, f"column {k + 1} has no name", "Name it, or empty it."
            )
            name = f"column_{k + 1}"
        names.append(name)
    return names


def _column(cells: list[Any]) -> pd.Series:
    """Give the cells of a column; whole numbers are whole, days are moments at midnight."""
    kinds = {type(one) for one in cells}
    if kinds <= {float, int}:
        values = np.array(cells, dtype=float)
        return pd.Series(values.astype(np.int64) if _whole(values) else values)
    return pd.Series([_value(one) for one in cells], dtype=object)


def _whole(values: np.ndarray) -> bool:
    return bool((np.abs(values) < 2**53).all() and (values == np.floor(values)).all())


def _value(one: Any) -> Any:
    if one == "":
        return None
    if isinstance(one, float) and one.is_integer() and abs(one) < 2**53:
        return int(one)
    if isinstance(one, datetime.date) and not isinstance(one, datetime.datetime):
        return datetime.datetime.combine(one, datetime.time())
    return one
