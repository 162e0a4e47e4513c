"""What lies in a folder of hand-ins: every file, once, read with caps and never through a link."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..handing_in.hand_in_file import LARGEST
from .safe_text import shown
from .zipped import LARGEST_ZIP, ZIPPED, members

DEEPEST = 12
"""Folders in folders."""
MOST = 20_000
"""Files; a class of 500 hands in some thousand."""
_MADE_BY_SYSTEMS = {"thumbs.db", "desktop.ini", "__macosx"}


@dataclass(frozen=True)
class Found:
    """A file that was handed in, or why it is not read.

    Parameters
    ----------
    path : str
        Where it lies below the folder, with slashes; what is in a zip file stands behind its name.
    content : bytes
        Of a file that was read.
    problem : str
        Why it was not read, in words that go behind its name.
    """

    path: str
    content: bytes = b""
    problem: str = ""

    @property
    def name(self) -> str:
        """The path as it may be shown."""
        return shown(self.path, 300)


def collect(folder: Path) -> Iterator[Found]:
    """Find every file of a folder, of the folders in it and of zip files, in order of their names.

    Hidden files and what operating systems add are left out. Links are not followed. Pipes,
    devices and sockets are not opened.

    Parameters
    ----------
    folder : pathlib.Path
        The hand-ins; they are only read.

    Yields
    ------
    Found
        One for each file, and for each folder that cannot be looked into.

    Raises
    ------
    ValueError
        If there is no such folder.
    """
    if not folder.is_dir():
        raise ValueError(f"There is no folder {folder}: give the one with the hand-ins.")
    for count, found in enumerate(_in(folder, "", 0)):
        if count >= MOST:
            yield Found(
                "…", problem=f"The folder has more than {MOST:,} files: give a smaller one."
            )
            return
        yield found


def _in(folder: Path, above: str, depth: int) -> Iterator[Found]:
    try:
        with os.scandir(folder) as entries:
            listed = sorted(entries, key=lambda one: one.name)
    except OSError as error:
        yield Found(above.rstrip("/"), problem=f"is a folder that cannot be read ({_why(error)}).")
        return
    for one in listed:
        path = above + one.name
        if one.name.startswith((".", "~$")) or one.name.lower() in _MADE_BY_SYSTEMS:
            continue
        if one.is_symlink() or getattr(one, "is_junction", bool)():  # a link of Windows
            yield Found(path, problem="is a link, which is not followed. Put the file itself here.")
        elif not one.is_dir(follow_symlinks=False):
            yield from _file(Path(folder, one.name), path)
        elif depth >= DEEPEST:
            yield Found(path, problem=f"lies more than {DEEPEST} folders deep.")
        else:
            yield from _in(Path(folder, one.name), f"{path}/", depth + 1)


def _file(file: Path, path: str) -> Iterator[Found]:
    # Without waiting, and not through a link that took the file's place just now.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
    try:
        if not stat.S_ISREG(file.stat(follow_symlinks=False).st_mode):
            yield Found(path, problem="is not a file but a pipe, a socket or a device.")
            return
        with os.fdopen(os.open(file, flags | getattr(os, "O_BINARY", 0)), "rb") as opened:
            status = os.fstat(opened.fileno())
            if not stat.S_ISREG(status.st_mode):
                yield Found(path, problem="is not a file but a pipe, a socket or a device.")
            elif opened.read(4) in ZIPPED:
                if status.st_size > LARGEST_ZIP:
                    size = f"{LARGEST_ZIP // 1_000_000} MB"
                    yield Found(path, problem=f"is a zip file larger than {size}. Unpack it.")
                else:
                    for inside, content, problem in members(opened):
                        yield Found(f"{path}/{inside}" if inside else path, content, problem)
            else:
                opened.seek(0)
                yield Found(path, opened.read(LARGEST + 1))
    except OSError as error:
        yield Found(path, problem=f"cannot be read ({_why(error)}).")


def _why(error: OSError) -> str:
    return error.strerror or type(error).__name__
