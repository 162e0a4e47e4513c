"""A student's own copy of the lessons, which no update overwrites.

Standard library only: `start.py` loads this file before anything is installed.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import secrets
from collections.abc import Iterator
from pathlib import Path

FOLDER = "my-lessons"


def copy_lessons(root: Path) -> list[str]:
    """Bring the lessons to `my-lessons`, never over a student's work.

    A lesson that the student did not change is brought up to date; of one that was changed
    the new version is put beside it, once. One that was deleted or renamed comes back fresh.
    Outputs are left out, so that nobody sees a result before predicting it.

    Parameters
    ----------
    root : pathlib.Path
        The project: its folders `lessons` and `notebooks` are copied.

    Returns
    -------
    list of str
        What the student should be told.

    Raises
    ------
    OSError
        If a file cannot be read or written.
    """
    told, brought, record = [], {}, root / FOLDER / ".copied.json"
    with contextlib.suppress(OSError, ValueError, TypeError):
        brought = dict(json.loads(record.read_text(encoding="utf-8")))
    for file, place in taught_files(root):
        name, target, content = place.as_posix(), root / FOLDER / place, cleared(file)
        kit = digest(place, content)
        mine = digest(place, target.read_bytes()) if target.exists() else None
        if mine in (None, brought.get(name)):  # missing, or as it was brought
            if mine != kit:
                write(target, content)
        elif kit not in (mine, brought.get(name)):  # changed by the student, and new in the kit
            beside = target.with_name(f"{target.stem} (new {kit[:8]}){target.suffix}")
            if not beside.exists():
                write(beside, content)
            told.append(f"You changed {name}; its new version is beside it: {beside.name}")
        brought[name] = kit
    write(record, json.dumps(brought, indent=1, sort_keys=True).encode("utf-8"))
    return told


def taught_files(root: Path) -> Iterator[tuple[Path, Path]]:
    """Yield each notebook and each file of an asset folder, with its place in my-lessons."""
    for folder, place in (("lessons", ""), ("notebooks", "researchers")):
        for file in sorted((root / folder).rglob("*")):
            path = file.relative_to(root / folder)
            hidden = any(part.startswith((".", "__")) for part in path.parts)
            wanted = path.suffix == ".ipynb" or len(path.parts) > 1
            if file.is_file() and wanted and not hidden and path.parts[0] != "instructor":
                yield file, Path(place, path)


def cleared(file: Path) -> bytes:
    """Read a file; a notebook without its outputs and without what it was last run with."""
    content = file.read_bytes()
    if file.suffix == ".ipynb":
        with contextlib.suppress(ValueError, KeyError, TypeError):
            notebook = json.loads(content.decode("utf-8"))
            for cell in notebook["cells"]:
                if cell["cell_type"] == "code":
                    cell["outputs"], cell["execution_count"] = [], None
            notebook["metadata"].pop("widgets", None)
            content = (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode("utf-8")
    return content


def digest(place: Path, content: bytes) -> str:
    """Hash a file; of a notebook only the cells, for to open one already changes the rest."""
    if place.suffix == ".ipynb":
        with contextlib.suppress(ValueError, KeyError, TypeError):
            content = json.dumps(json.loads(content.decode("utf-8"))["cells"]).encode("utf-8")
    return hashlib.sha256(content).hexdigest()


def write(file: Path, content: bytes) -> None:
    """Write a file so that it is never seen half written, and two starts at once harm nothing."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name[:80]}.{secrets.token_hex(6)}.part")
    try:
        part.write_bytes(content)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
