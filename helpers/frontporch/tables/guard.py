"""The guard at the door: refuse what is not a table of text, before any of it is parsed."""

from __future__ import annotations

import codecs
import difflib
import re
from pathlib import Path

from ..rounding import decimal, number
from .faults import Findings

BYTES_LOOKED_AT = 4096
UTF8_MARK = codecs.BOM_UTF8

_UNPACK = "Unpack it, and read the CSV file that is inside."
_SAVE = "Open it in the program that made it, and save it as CSV UTF-8."
_LOAD = "Load it in Python with the library that wrote it, and pass the frame to tables.check."
_KINDS: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", "is a zip archive, not a CSV file", _UNPACK),
    (b"PK\x05\x06", "is an empty zip archive, not a CSV file", _UNPACK),
    (b"\x1f\x8b", "is packed with gzip", _UNPACK),
    (b"BZh[1-9](1AY&SY|\x17rE8P)", "is packed with bzip2", _UNPACK),
    (b"\xfd7zXZ\x00", "is packed with xz", _UNPACK),
    (b"\\(\xb5/\xfd", "is packed with zstandard", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "is packed with 7-Zip", _UNPACK),
    (b"PAR1", "is a Parquet file", _LOAD),
    (b"ARROW1", "is a Feather file", _LOAD),
    (b"\x89HDF", "is an HDF5 file", _LOAD),
    (b"SQLite format 3\x00", "is an SQLite database", _LOAD),
    (b"\xd0\xcf\x11\xe0", "is an old Excel workbook", _SAVE),
    (b"%PDF", "is a PDF document", "Copy its table into a spreadsheet and save it as CSV UTF-8."),
    (b"<!DOCTYPE", "is a web page", "Download the data themselves, not the page about them."),
    (b"<html", "is a web page", "Download the data themselves, not the page about them."),
)
_PICKLES = tuple(bytes([0x80, protocol]) for protocol in range(2, 6))
_MARKS_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def guard(path: Path, encoding: str, largest_mb: float, findings: Findings) -> None:
    """Refuse a file that is not a CSV file of this encoding, by its size and first bytes.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    encoding : str
        The encoding in which it will be read.
    largest_mb : float
        Largest size, in megabytes (10⁶ bytes).
    findings : Findings
        Where the fault is noted and raised.

    Raises
    ------
    TableError
        If the file is missing, too large, empty, packed, binary or in another encoding.
    """
    problem = _place(path) or _size(path, largest_mb) or _content(path, encoding)
    if problem:
        findings.one(None, None, None, *problem)
        findings.stop()


def _place(path: Path) -> tuple[str, str] | None:
    if path.is_dir():
        return "is a folder, not a file", "Name the CSV file in it."
    if path.is_file():
        return None
    if "://" in str(path) or str(path).startswith(("http:", "https:")):
        return "is an address, not a file", "Download the file first, and name the copy."
    if not path.parent.is_dir():
        return f"there is no folder {path.parent}", "Check the path."
    near = difflib.get_close_matches(path.name, [one.name for one in path.parent.iterdir()], n=1)
    meant = f"Did you mean {near[0]!r}?" if near else "Check the name and the folder."
    return f"there is no such file in {path.parent.resolve()}", meant


def _size(path: Path, largest_mb: float) -> tuple[str, str] | None:
    size = path.stat().st_size
    if size == 0:
        return "is empty", "Write the names of the columns in line 1, and the rows below."
    if size > largest_mb * 1e6:
        return (
            f"has {decimal(size / 1e6, 1)} MB, more than the {number(largest_mb, 6)} MB that are "
            "read at once",
            "Split it, or allow more with largest_mb=….",
        )
    return None


def _content(path: Path, encoding: str) -> tuple[str, str] | None:
    with path.open("rb") as file:
        start = file.read(BYTES_LOOKED_AT)
    if start.startswith(b"PK\x03\x04") and (b"[Content_Types].xml" in start or b"xl/" in start):
        return "is an Excel workbook, not a CSV file", _SAVE
    for magic, problem, remedy in _KINDS:
        if re.match(magic, start):
            return problem, remedy
    if start.startswith(_PICKLES):
        return (
            "is a Python pickle, which can run any program when it is opened",
            "Ask for the table as CSV; open a pickle only if you made it yourself.",
        )
    return _encoding(start, codecs.lookup(encoding).name)


def _encoding(start: bytes, encoding: str) -> tuple[str, str] | None:
    wide = encoding.startswith(("utf-16", "utf-32"))
    if not wide and (start.startswith(_MARKS_16) or _every_second_is_null(start)):
        return (
            "is in UTF-16, not in UTF-8",
            'Save it as "CSV UTF-8", or read it with encoding="utf-16".',
        )
    if not wide and b"\x00" in start:
        return "is not text: it has zero bytes", _SAVE
    if start.startswith(UTF8_MARK) and encoding == "utf-8":
        return (
            "begins with a byte-order mark, which would become part of the first column's name",
            'Save it as UTF-8 without a mark, or read it with encoding="utf-8-sig".',
        )
    return None


def _every_second_is_null(start: bytes) -> bool:
    odd, even = start[1::2], start[0::2]
    return len(start) >= 4 and any(
        half.count(0) > 0.4 * len(half) and other.count(0) == 0
        for half, other in ((odd, even), (even, odd))
    )
