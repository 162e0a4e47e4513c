"""The records of a CSV file: as many cells in each as in the header, and the line of each."""

from __future__ import annotations

import codecs
import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np

from .contract import Contract
from .faults import Findings, Words
from .guard import guard

SEPARATORS = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a bar"}
HEADER = 1  # the line in which the names of the columns stand

_ESCAPED = re.compile(r"'+[=+\-@\t\r\n]", re.DOTALL)
_UNDECODED = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True)
class Cells:
    """The text of a table, column by column, and the line of each row."""

    header: list[str]
    columns: list[list[str]]
    lines: np.ndarray


def records(
    path: str | Path, contract: Contract, separator: str, encoding: str, largest_mb: float
) -> tuple[Cells, Findings]:
    """Read the text of a CSV file.

    Parameters
    ----------
    path : str or pathlib.Path
        The file.
    contract : Contract
        By its columns a wrong separator is known.
    separator, encoding : str
        How the file is written.
    largest_mb : float
        Largest size, in megabytes.

    Returns
    -------
    cells : Cells
        The rows that have the form of the header.
    findings : Findings
        The faults of the others.

    Raises
    ------
    TableError
        If the file as a whole cannot be read.
    """
    if not isinstance(separator, str) or len(separator) != 1 or separator in '"\r\n':
        raise ValueError(f"separator is {separator!r}: one character, as ',' or ';' or a tab.")
    path = Path(path)
    findings = Findings(path.name or str(path), place="line")
    try:
        guard(path, encoding, largest_mb, findings)
        cells = _cells(path, contract, separator, encoding, findings)
    except LookupError:
        raise ValueError(
            f"There is no encoding {encoding!r}; 'utf-8' is usual, 'cp1252' comes from old Excel."
        ) from None
    return cells, findings


def _cells(
    path: Path, contract: Contract, separator: str, encoding: str, findings: Findings
) -> Cells:
    try:
        return _all(path, contract, separator, encoding, findings, "strict")
    except UnicodeDecodeError:
        pass
    try:  # once more, so that every bad byte is found in its row and column
        return _all(path, contract, separator, encoding, findings, "surrogateescape")
    except UnicodeDecodeError:
        findings.one(None, None, None, *_undecodable(encoding))
        findings.stop()
        raise


def _all(
    path: Path, contract: Contract, separator: str, encoding: str, findings: Findings, errors: str
) -> Cells:
    odd: list[tuple[int, list[str] | csv.Error]] = []
    with path.open(encoding=encoding, errors=errors, newline="") as file:
        records = csv.reader(file, delimiter=separator, strict=True)
        try:
            header = next(records, [])
        except csv.Error as error:
            findings.one(HEADER, *_amiss(error, [], encoding))
            findings.stop()
        width = len(header)
        flat = list(chain.from_iterable(_even(records, width, odd, errors == "strict")))
    rows = len(flat) // width if width else 0
    odd = _without_last_blanks(odd, HEADER + rows + len(odd))
    header = unescaped(header)
    _note_header(header, contract, separator, findings)
    findings.many(
        np.array([line for line, _ in odd], dtype=int),
        lambda k: _amiss(odd[k][1], header, encoding),
    )
    if not rows and not odd:
        findings.one(None, None, None, "has a header and no rows", "Write the rows below it.")
    lines = np.arange(HEADER + 1, HEADER + 1 + rows + len(odd))
    lines = np.delete(lines, [line - HEADER - 1 for line, _ in odd if line > HEADER])
    return Cells(header, [flat[k::width] for k in range(width)], lines)


def _even(
    records: Iterator[list[str]],
    width: int,
    odd: list[tuple[int, list[str] | csv.Error]],
    decoded: bool,
) -> Iterator[list[str]]:
    """Pass on the records that have as many cells as the header; put the others aside."""
    line, empty = HEADER, [""] * width
    try:
        for line, record in enumerate(records, HEADER + 1):
            if len(record) == width and record != empty and (decoded or not _bad_bytes(record)):
                yield record
            else:
                odd.append((line, record))
    except csv.Error as error:
        odd.append((line + 1, error))


def _without_last_blanks(odd: list, last: int) -> list:
    while odd and odd[-1][0] == last and _blank(odd[-1][1]):
        odd, last = odd[:-1], last - 1
    return odd


def _blank(record: list[str] | csv.Error) -> bool:
    return isinstance(record, list) and not "".join(record).strip()


def _bad_bytes(record: list[str]) -> bool:
    return any(map(_UNDECODED.search, record))


def _note_header(header: list[str], contract: Contract, separator: str, findings: Findings) -> None:
    if not any(header):
        findings.one(
            HEADER, None, None, "the first line is empty", "Write the columns' names in line 1."
        )
        findings.stop()
    given = SEPARATORS.get(separator, separator)
    names = {field.name for field in contract.fields}
    for other, called in SEPARATORS.items():
        cells = next(csv.reader([separator.join(header)], delimiter=other), [])
        if len(names & set(cells)) > len(names & set(header)):
            findings.one(
                HEADER,
                None,
                separator.join(header),
                f"its cells are separated by {called}, not by {given}",
                f"Read it with separator={json.dumps(other)}.",
            )
            findings.stop()
    for number, name in enumerate(header, 1):
        if not name.strip():
            findings.one(
                HEADER,
                None,
                None,
                f"column {number} has no name",
                "Name it, or take it out; a frame's index is left out with index=False.",
            )
        elif _UNDECODED.search(name):
            findings.one(HEADER, _shown(name), _shown(name), *_undecodable("utf-8"))


def _amiss(record: list[str] | csv.Error, header: list[str], encoding: str) -> Words:
    width = len(header)
    if isinstance(record, csv.Error):
        if "expected after" in str(record):
            problem = "a quote stands inside a quoted cell"
            remedy = 'Write it twice ("") inside a quoted cell.'
        else:
            problem = "a quote opens in this row and never closes"
            remedy = "Close it, or take it out."
        return None, None, f"{problem}; what comes after it was not read", remedy
    if _blank(record):
        return None, None, "the row is empty", "Take it out, or fill it in."
    count = f"the row has {_counted(len(record))}, the header {width}"
    if len(record) < width:
        return header[len(record)], None, count, "Fill it up; an empty cell has its separator too."
    if len(record) > width:
        return (
            None,
            _shown(record[width]),
            count,
            "Put a cell that contains the separator in double quotes; decimals take a point.",
        )
    at = next(k for k, cell in enumerate(record) if _UNDECODED.search(cell))
    return header[at], _shown(record[at]), *_undecodable(encoding)


def _counted(cells: int) -> str:
    return "1 cell" if cells == 1 else f"{cells} cells"


def _undecodable(encoding: str) -> tuple[str, str]:
    return (
        f"has bytes that are not {codecs.lookup(encoding).name.upper()}",
        'Save the file as "CSV UTF-8", or name its encoding, as encoding="cp1252".',
    )


def _shown(text: str) -> str:
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def unescaped(cells: list[str]) -> list[str]:
    """Take off the apostrophe that `write` puts before a text a spreadsheet would run."""
    if "'" not in "".join(cells):
        return cells
    return [cell[1:] if _ESCAPED.match(cell) else cell for cell in cells]
