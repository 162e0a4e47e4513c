"""The guard at the door: refuse what is not a table, before any of it is parsed."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

from ...rounding import decimal, number
from ..sheet import Desk

BYTES_LOOKED_AT = 4096

_UNPACK = "Unpack it, and read the file that is inside."
_SAVE = "Open it in the program that made it, and save it as CSV UTF-8."
_LOAD = "Load it in Python with the library that wrote it, and pass the frame to tables.check."
_KINDS: tuple[tuple[bytes, str, str], ...] = (
    (b"BZh[1-9](1AY&SY|\x17rE8P)", "is packed with bzip2", _UNPACK),
    (b"\xfd7zXZ\x00", "is packed with xz", _UNPACK),
    (b"\\(\xb5/\xfd", "is packed with zstandard", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "is packed with 7-Zip", _UNPACK),
    (b"ARROW1", "is a Feather file", _LOAD),
    (b"\x89HDF", "is an HDF5 file", _LOAD),
    (b"SQLite format 3\x00", "is an SQLite database", _LOAD),
    (b"%PDF", "is a PDF document", "Copy its table into a spreadsheet and save it as CSV UTF-8."),
    (b"<!DOCTYPE", "is a web page", "Download the data themselves, not the page about them."),
    (b"<html", "is a web page", "Download the data themselves, not the page about them."),
)
_PICKLES = tuple(bytes([0x80, protocol]) for protocol in range(2, 6))


def place_and_size(path: Path, largest_mb: float, desk: Desk) -> None:
    """Refuse a file that is not there, is empty, or is too large.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    largest_mb : float
        Largest size, in megabytes (10⁶ bytes).
    desk : Desk
        Where the fault is noted and raised.
    """
    problem = _place(path)
    if problem:
        desk.refuse(*problem)
    size = path.stat().st_size
    if size == 0:
        desk.refuse("is empty", "Write the names of the columns in line 1, and the rows below.")
    if size > largest_mb * 1e6:
        too_large(size, largest_mb, desk)


def too_large(size: float, largest_mb: float, desk: Desk) -> None:
    """Refuse a size, and say how to allow it."""
    allowed = int(size / 1e6) + 1
    desk.refuse(
        f"has {decimal(size / 1e6, 1)} MB, more than the {number(largest_mb, 6)} MB that are "
        "read at once",
        f"Split it, or allow more with largest_mb={allowed}.",
        largest_mb=allowed,
    )


def content(data: bytes, desk: Desk) -> None:
    """Refuse what is no text, by its first bytes.

    Raises
    ------
    TableError
        If it is packed in a way that is not read, binary, a page or a program.
    """
    start = data[:BYTES_LOOKED_AT]
    if re.search(rb"[^\r\n\t \x00]", data) is None:
        if re.search(rb"[^\r\n\t ]", data) is None:
            return  # said with its line
        desk.refuse("is not text: it has zero bytes", _SAVE)
    for magic, problem, remedy in _KINDS:
        if re.match(magic, start):
            desk.refuse(problem, remedy)
    if start.startswith(_PICKLES):
        desk.refuse(
            "is a Python pickle, which can run any program when it is opened",
            "Ask for the table as CSV; open a pickle only if you made it yourself.",
        )


def _place(path: Path) -> tuple[str, str] | None:
    if path.is_dir():
        return "is a folder, not a file", "Name the file in it."
    if path.is_file():
        return None
    if "://" in str(path) or str(path).startswith(("http:", "https:")):
        return "is an address, not a file", "Download the file first, and name the copy."
    if not path.parent.is_dir():
        return f"there is no folder {path.parent}", "Check the path."
    near = difflib.get_close_matches(path.name, [one.name for one in path.parent.iterdir()], n=1)
    meant = f"Did you mean {near[0]!r}?" if near else "Check the name and the folder."
    return f"there is no such file in {path.parent.resolve()}", meant
