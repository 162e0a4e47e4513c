"""Where a record is kept: one file of the student's, to which entries are only ever added."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from glob import escape
from pathlib import Path
from typing import Any

from ...groups import needs
from .entry import Entry, RecordError, Value, entry
from .old_predictions import taken_over

FILE = "my-answers.json"
FORMAT = "frontporch answers 1"
LARGEST = 4_000_000
"""Bytes; a course of ten lessons takes some 100,000."""
VARIABLE = "FRONTPORCH_RECORD"
"""Names the file; without it `my-answers.json` in the working folder."""
PATIENCE = 20
"""Seconds to wait for another notebook that is writing."""


def kept_in() -> Path:
    """Give the file of the record."""
    return Path(os.environ.get(VARIABLE, "").strip() or FILE)


def entries(file: Path | None = None) -> list[Entry]:
    """Give every entry, in the order in which they were recorded.

    Predictions of an older version, in `predictions.json` beside the file, come first.

    Raises
    ------
    RecordError
        If the file is damaged; it is left as it is.
    """
    path = file or kept_in()
    if not path.exists():
        return taken_over(path.with_name("predictions.json"))
    return read(path)


def read(path: Path) -> list[Entry]:
    """Read the entries of a file.

    Raises
    ------
    RecordError
        If it is no record; the message names the file, and the entry.
    """
    advice = "It was left as it is: rename it, and go on with a new one."
    try:
        if path.stat().st_size > LARGEST:
            raise RecordError(f"is larger than {LARGEST:,} bytes.")
        found = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(found, dict) or found.get("format") != FORMAT:
            raise RecordError(f"does not say that it is {FORMAT!r}.")
        listed = found.get("entries")
        if not isinstance(listed, list):
            raise RecordError("has no list of entries.")
        return [entry(one, f"entry {place}") for place, one in enumerate(listed, 1)]
    except RecordError as error:
        raise RecordError(f"{path.name} cannot be read as a record: {error} {advice}") from None
    except (ValueError, RecursionError):  # no JSON, or lists in lists in lists ...
        raise RecordError(f"{path.name} cannot be read as a record. {advice}") from None


def add(
    kind: str,
    about: str,
    value: Value = None,
    *,
    team: str = "",
    asked: Mapping[str, Any] | None = None,
    details: Mapping[str, Any] | None = None,
    file: Path | None = None,
) -> Entry:
    """Add an entry; nothing that was recorded before is ever changed.

    Parameters
    ----------
    kind, about, value, team, asked, details
        As in `Entry`.
    file : pathlib.Path, optional
        Where it is kept; the student's record without it.

    Returns
    -------
    Entry
        With its number of tries, its place and its time.

    Raises
    ------
    RecordError
        If the file is damaged, or another notebook keeps it for longer than `PATIENCE`.
    OSError
        If the file cannot be written.
    """
    path = file or kept_in()
    new = Entry(kind, about, value, team, asked or {}, details or {})
    new = entry(json.loads(json.dumps(new.plain())), "the new entry")
    with _alone(path):
        for left in path.parent.glob(f".{escape(path.name)}.*.part"):
            left.unlink(missing_ok=True)  # of a notebook that was ended while it wrote
        before = entries(path)
        same = sum((one.kind, one.about, one.team) == (kind, about, team) for one in before)
        new = replace(
            new,
            tries=same + 1,
            order=len(before) + 1,
            at=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        listed = [one.plain() for one in [*before, new]]
        text = json.dumps({"format": FORMAT, "entries": listed}, indent=1, ensure_ascii=False)
        replaced(path, (text + "\n").encode("utf-8"))
    return new


def replaced(path: Path, content: bytes) -> None:
    """Put content in the place of a file, so that nobody ever sees half of it.

    The part has a name that nobody else uses, and is on the disk before it takes the place.
    """
    if sys.platform == "emscripten":
        # A browser's storage lets no file take another's place, and hangs where one is cut short.
        path.unlink(missing_ok=True)
        path.write_bytes(content)
        return
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as part:
            part.write(content)
            part.flush()
            os.fsync(part.fileno())
        # As other new files: mkstemp lets nobody else read it.
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~mask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Wait until no other notebook writes; a lock ends with the process that holds it."""
    if sys.platform == "emscripten":  # a browser has no locks, and its pages write in turn
        yield
        return
    with needs("A record of answers"):
        from filelock import FileLock, Timeout

    try:
        with FileLock(path.with_name(f".{path.name}.lock"), timeout=PATIENCE):
            yield
    except Timeout:
        raise RecordError(
            f"{path.name} is being written by another notebook for more than {PATIENCE} seconds. "
            "Close the other one, and try again."
        ) from None
