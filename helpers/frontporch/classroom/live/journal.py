"""What happened in a room, line by line, on the disk before anybody is told that it was kept."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...groups import needs

FILE = "journal.jsonl"
LARGEST = 200_000_000
"""Bytes; a class of 60 writes some 50,000."""


class JournalError(ValueError):
    """A journal that cannot be read or is in use; the message names the file and the line."""


class Journal:
    """A file to which lines are only ever added; one process at a time holds it.

    Parameters
    ----------
    path : pathlib.Path
        The file; made where it is missing.

    Raises
    ------
    JournalError
        If another process holds it.
    """

    def __init__(self, path: Path) -> None:
        with needs("A room for a class"):
            from filelock import FileLock, Timeout

        self.path = path
        self._lock = FileLock(path.with_name(f".{path.name}.lock"))
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise JournalError(
                f"{path} is in use by another program. Stop that one (Ctrl-C)."
            ) from None
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)

    def read(self) -> list[dict[str, Any]]:
        """Give every line. A last line that was cut off when the power went is taken away.

        Raises
        ------
        JournalError
            If another line is damaged; the file is left as it is.
        """
        if self.path.stat().st_size > LARGEST:
            raise JournalError(f"{self.path} is larger than {LARGEST:,} bytes.")
        content = self.path.read_bytes()
        whole = content[: content.rfind(b"\n") + 1]
        lines = [_line(one, k, self.path) for k, one in enumerate(whole.splitlines(), 1)]
        os.ftruncate(self._file, len(whole))
        return lines

    def add(self, *lines: Mapping[str, Any]) -> None:
        """Add lines, all or none; they are on the disk when this returns.

        Raises
        ------
        OSError
            If they cannot be written, as on a full disk. The file is then as it was.
        """
        said = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines).encode("utf-8")
        before = os.lseek(self._file, 0, os.SEEK_END)
        try:
            left = memoryview(said)
            while left:
                left = left[os.write(self._file, left) :]
            os.fsync(self._file)
        except OSError:
            os.ftruncate(self._file, before)
            raise

    def close(self) -> None:
        """Let others have it; once more is no more."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
            self._lock.release()


def _line(said: bytes, place: int, path: Path) -> dict[str, Any]:
    try:
        found = json.loads(said)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise JournalError(f"{path}, line {place} is damaged. It was left as it is.")
    return found
