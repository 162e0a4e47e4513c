"""Text with separators: as many cells in each record as in the header, and the line of each."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterator
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd

from ..compact import compact
from ..contract import Contract
from ..faults import Findings, Words, as_options
from ..reading import MARKS, Reading
from ..sheet import Desk, Sheet, unescaped
from ..usual import names_for, plain, without_names
from .around import without
from .crosswise import turned
from .encodings import undecodable
from .separators import separator_of

HEADER = 1  # the line in which the names of the columns stand

QUOTE = ord('"')

_UNDECODED = re.compile("[\udc80-\udcff]")

Odd = list[tuple[int, "list[str] | csv.Error"]]


def read(text: str, contract: Contract, reading: Reading, desk: Desk) -> Sheet:
    """Read text with separators.

    Parameters
    ----------
    text : str
        The text; bytes that are no letters are lone surrogates.
    contract : Contract
        By its columns a separator is known, and a first line that is a row.
    reading : Reading
        How it is written.
    desk : Desk
        Where faults and notes go.

    Raises
    ------
    TableError
        If the text as a whole is no table.
    """
    text, named = without(text, contract, reading, desk)
    separator = reading.separator or named or separator_of(text, contract)
    if reading.separator is None and separator != ",":
        called = MARKS.get(separator, separator)
        desk.notes.say(
            f"cells separated by {called}", 1, f"read so; {as_options({'separator': separator})}"
        )
    encoding = reading.encoding or "utf-8"
    sheet = _quick(text, separator, reading) or _slow(text, separator, reading, desk, encoding)
    sheet = turned(sheet, contract, reading, desk)
    _note_header(sheet, contract, separator, reading, desk)
    if not len(sheet.lines) and not len(desk.findings):
        desk.findings.one(None, None, None, "has a header and no rows", "Write the rows below it.")
    if reading.names is None and len(sheet.lines) and without_names(sheet.header, contract):
        return _named(sheet, contract, desk)
    return sheet


def _named(sheet: Sheet, contract: Contract, desk: Desk) -> Sheet:
    """Propose names for columns that have none, and go on as if they were given."""
    names = names_for(sheet, contract)
    options = {"names": names}
    desk.findings.one(
        HEADER,
        None,
        ", ".join(sheet.header),
        "the first line is a row, not the names of the columns",
        f"Name the columns, as {as_options(options)}.",
    )
    desk.findings.propose(**options)
    return Sheet(names, sheet.columns, sheet.lines)


def _quick(text: str, separator: str, reading: Reading) -> Sheet | None:
    """Read plain text all at once; None where a quote or an odd row asks for a closer look."""
    data, mark = _bytes(text), separator.encode("utf-8")
    if data is None or len(mark) != 1:
        return None
    signs = np.frombuffer(data, dtype=np.uint8)
    begins, ends, marks = _even_lines(signs, mark)
    if not len(begins):
        return None
    lefts = np.column_stack([begins, marks + 1])
    rights = np.column_stack([marks, ends])
    if '"' in text and not _unquoted(signs, lefts, rights):
        return None
    first = [
        data[left:right].decode("utf-8") for left, right in zip(lefts[0], rights[0], strict=True)
    ]
    named = list(reading.names) if reading.names is not None else None
    if named is not None and len(named) != len(first):
        return None
    above = 0 if named is not None else HEADER
    rows = len(begins) - above
    if not rows:
        return None
    lefts, rights = lefts[above:], rights[above:]
    cells: list[Any] = [compact(signs, lefts[:, k], rights[:, k]) for k in range(len(first))]
    loose = [k for k, one in enumerate(cells) if one is None]
    if loose:
        frame = _texts(data[begins[above] : ends[-1]], separator, len(first), loose)
        if len(frame) != rows:
            return None
        for k in loose:
            cells[k] = frame[k].to_numpy(dtype=object).tolist()
    return Sheet(named or unescaped(first), cells, np.arange(above + 1, above + 1 + rows))


def _unquoted(signs: np.ndarray, lefts: np.ndarray, rights: np.ndarray) -> bool:
    """Take quotes off cells, in place; False where any quote does not just stand around a cell."""
    wide = rights - lefts >= 2
    quoted = wide & (signs[np.minimum(lefts, len(signs) - 1)] == QUOTE)
    quoted &= signs[np.maximum(rights - 1, 0)] == QUOTE
    if int((signs == QUOTE).sum()) != 2 * int(quoted.sum()):
        return False
    lefts += quoted
    rights -= quoted
    return not (lefts == rights).all(axis=1).any()  # a row of empty quotes is looked at closely


def _bytes(text: str) -> bytes | None:
    """Give a text as bytes with plain ends of lines; None where it has others, or lone bytes."""
    if not text or text[0] in "\r\n":
        return None
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:
        return None
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n")
    return None if b"\r" in data else data


def _texts(data: bytes, separator: str, width: int, wanted: list[int]) -> pd.DataFrame:
    return pd.read_csv(
        io.BytesIO(data),
        sep=separator,
        header=None,
        names=list(range(width)),
        usecols=wanted,
        index_col=False,
        dtype=object,
        na_filter=False,
        quoting=csv.QUOTE_MINIMAL,
        skip_blank_lines=False,
        encoding="utf-8",
        engine="c",
    )


_NO_LINES = np.zeros(0, dtype=int), np.zeros(0, dtype=int), np.zeros((0, 0), dtype=int)


def _even_lines(signs: np.ndarray, mark: bytes) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Say where each line begins and ends, up to the last that is filled, and its separators.

    There are no lines where one has more or fewer separators than the first, or is blank.
    """
    ends = np.flatnonzero(signs == 10)
    if not len(ends) or ends[-1] != len(signs) - 1:
        ends = np.append(ends, len(signs))
    begins = np.concatenate([[0], ends[:-1] + 1])
    marks = np.flatnonzero(signs == mark[0])
    each = _each(marks, begins, ends)
    blank = (ends - begins) == each
    filled = np.flatnonzero(~blank)
    if not len(filled) or len(filled) != filled[-1] + 1:
        return _NO_LINES
    lines = int(filled[-1]) + 1
    begins, ends, each = begins[:lines], ends[:lines], each[:lines]
    # A line of spaces alone is blank too, and looked at more closely.
    if (each != each[0]).any() or not signs[begins[-1] : ends[-1]].tobytes().strip():
        return _NO_LINES
    return begins, ends, marks[: lines * each[0]].reshape(lines, each[0])


def _each(marks: np.ndarray, begins: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Count the separators of each line."""
    each, rest = divmod(len(marks), len(ends))
    if each and not rest:
        grid = marks.reshape(len(ends), each)
        if (grid[:, 0] >= begins).all() and (grid[:, -1] < ends).all():
            return np.full(len(ends), each)
    return np.diff(np.searchsorted(marks, ends), prepend=0)


def _slow(text: str, separator: str, reading: Reading, desk: Desk, encoding: str) -> Sheet:
    odd: Odd = []
    findings = desk.findings
    limit = csv.field_size_limit(sys.maxsize)
    try:
        records = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        try:
            header = next(records, []) if reading.names is None else list(reading.names)
        except csv.Error as error:
            findings.one(HEADER, *_amiss(error, [], encoding))
            findings.stop()
        width = len(header)
        before = HEADER if reading.names is None else 0
        flat = list(chain.from_iterable(_even(records, width, odd, before)))
    finally:
        csv.field_size_limit(limit)
    rows = len(flat) // width if width else 0
    odd = _without_last_blanks(odd, before + rows + len(odd))
    header = unescaped(header)
    if any(header):
        findings.many(
            np.array([line for line, _ in odd], dtype=int),
            lambda k: _amiss(odd[k][1], header, encoding),
        )
    lines = np.arange(before + 1, before + 1 + rows + len(odd))
    lines = np.delete(lines, [line - before - 1 for line, _ in odd if line > before])
    return Sheet(header, [flat[k::width] for k in range(width)], lines)


def _even(records: Iterator[list[str]], width: int, odd: Odd, before: int) -> Iterator[list[str]]:
    """Pass on the records that have as many cells as the header; put the others aside."""
    line, empty = before, [""] * width
    try:
        for line, record in enumerate(records, before + 1):
            if len(record) == width and record != empty and not _bad_bytes(record):
                yield record
            else:
                odd.append((line, record))
    except csv.Error as error:
        odd.append((line + 1, error))


def _without_last_blanks(odd: Odd, last: int) -> Odd:
    kept = len(odd)
    while kept and odd[kept - 1][0] == last and _blank(odd[kept - 1][1]):
        kept, last = kept - 1, last - 1
    return odd[:kept]


def _blank(record: list[str] | csv.Error) -> bool:
    return isinstance(record, list) and not "".join(record).strip()


def _bad_bytes(record: list[str]) -> bool:
    return any(not cell.isascii() and _UNDECODED.search(cell) for cell in record)


def _note_header(
    sheet: Sheet, contract: Contract, separator: str, reading: Reading, desk: Desk
) -> None:
    header, findings = sheet.header, desk.findings
    if not any(header):
        findings.one(
            HEADER, None, None, "the first line is empty", "Write the columns' names in line 1."
        )
        findings.stop()
    given = MARKS.get(separator, separator)
    names = {plain(field.name) for field in contract.fields}
    for other, called in MARKS.items():
        if other == separator or reading.names is not None or not separator.join(header).strip():
            continue
        cells = next(csv.reader([separator.join(header)], delimiter=other), [])
        if len(names & set(map(plain, cells))) > len(names & set(map(plain, header))):
            option = as_options({"separator": other})
            if other == "\t":
                option = 'separator="\\t"'
            findings.one(
                HEADER,
                None,
                separator.join(header),
                f"its cells are separated by {called}, not by {given}",
                f"Read it with {option}.",
            )
            findings.propose(separator=other)
            findings.stop()
    _name_columns(header, findings)


def _name_columns(header: list[str], findings: Findings) -> None:
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
            findings.one(HEADER, _shown(name), _shown(name), *undecodable("utf-8"))


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
    return header[at], _shown(record[at]), *undecodable(encoding)


def _counted(cells: int) -> str:
    return "1 cell" if cells == 1 else f"{cells} cells"


def _shown(text: str) -> str:
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
