"""What is in a zip file: each member read with caps, none unpacked to the disk."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from ..handing_in.hand_in_file import LARGEST

LARGEST_ZIP = 200_000_000
"""Bytes of a zip file; the hand-ins of a class take some 10 MB."""
LARGEST_DIRECTORY = 2_000_000
"""Bytes of its table of contents: some 20,000 members."""
MOST = 5_000
"""Members."""
WHOLE = 200_000_000
"""Bytes of all members together."""
ZIPPED = (b"PK\x03\x04", b"PK\x05\x06")
"""How a zip file begins, and one with nothing in it."""
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x07"
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    KeyError,
    IndexError,
    OverflowError,
)

Member = tuple[str, bytes, str]


def members(opened: BinaryIO) -> Iterator[Member]:
    """Read the members of a zip file.

    Parameters
    ----------
    opened : binary file
        The zip file.

    Yields
    ------
    tuple of str, bytes and str
        The member's name, its content, and why it was not read. The name is empty where the
        file as a whole is meant.
    """
    try:
        if not _small_directory(opened):
            yield "", b"", "is a zip file that is damaged or far too large. Ask for it again."
            return
        with zipfile.ZipFile(opened) as archive:
            yield from _members(archive)
    except _DAMAGED:
        yield "", b"", "is a damaged zip file: the upload may have broken off. Ask for it again."


def _members(archive: zipfile.ZipFile) -> Iterator[Member]:
    left, listed = WHOLE, sorted(archive.infolist(), key=lambda one: one.filename)
    listed = [one for one in listed if not one.is_dir() and not _of_a_system(one.filename)]
    if any(one.filename == "[Content_Types].xml" for one in listed):
        yield "", b"", "is a document of an office program, not a hand-in."
        return
    if not listed:
        yield "", b"", "is a zip file with nothing in it."
    for one in listed[:MOST]:
        problem = _refused(one)
        if not problem and left <= 0:
            problem = f"is beyond the first {WHOLE // 1_000_000} MB of its zip file. Unpack it."
        content = b""
        if not problem:
            content, problem = _content(archive, one)
            left -= len(content)
        yield one.filename, content, problem
    if len(listed) > MOST:
        yield "", b"", f"is a zip file of more than {MOST:,} files; the rest was not read."


def _content(archive: zipfile.ZipFile, one: zipfile.ZipInfo) -> tuple[bytes, str]:
    try:
        with archive.open(one) as member:
            content = member.read(LARGEST + 1)
    except _DAMAGED:
        return b"", "cannot be read from its zip file: it is damaged or locked by a password."
    if content[:4] in ZIPPED:
        return b"", "is a zip file inside a zip file. Unpack the outer one first."
    return content, ""


def _refused(one: zipfile.ZipInfo) -> str:
    parts = PurePosixPath(one.filename.replace("\\", "/")).parts
    if ".." in parts or one.filename.startswith(("/", "\\")) or ":" in one.filename[:3]:
        return "has a name that leads out of its zip file: it was not read."
    mode = one.external_attr >> 16
    if stat.S_ISLNK(mode) or (stat.S_IFMT(mode) and not stat.S_ISREG(mode)):
        return "is not a file but a link or a device inside a zip file."
    if one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "is packed in a way that is not read. Unpack the zip file."
    if one.file_size > LARGEST and not one.filename.lower().endswith(".ipynb"):
        return f"is larger than {LARGEST // 1_000_000} MB: a hand-in is a small file."
    return ""


def _of_a_system(name: str) -> bool:
    parts = name.replace("\\", "/").lower().split("/")
    return any(one.startswith((".", "~$")) and one not in (".", "..") for one in parts) or bool(
        {"__macosx", "thumbs.db", "desktop.ini"} & set(parts)
    )


def _small_directory(opened: BinaryIO) -> bool:
    """Look at how large the table of contents claims to be, before it is read as a whole."""
    size = opened.seek(0, 2)
    opened.seek(max(0, size - 66_000))
    tail = opened.read()
    place = tail.rfind(_END)
    if tail[-22:-18] == _END and tail[-2:] == b"\0\0":  # without a comment, as zipfile looks first
        place = len(tail) - 22
    if place < 0 or len(tail) < place + 22 or tail[max(0, place - 20) :][:4] == _END_64:
        return False
    return int.from_bytes(tail[place + 12 : place + 16], "little") <= LARGEST_DIRECTORY
