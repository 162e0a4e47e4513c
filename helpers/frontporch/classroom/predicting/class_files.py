"""The files that a class hands over: records, hand-ins, and predictions of an older version."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..grading.zipped import LARGEST_ZIP, members
from ..handing_in import hand_in_file
from ..record import kept
from ..record.entry import Entry, RecordError, entry
from ..record.old_predictions import listed
from .predictions import of_team

DAMAGED = "cannot be read as predictions: not counted; ask for it again"


@dataclass(frozen=True)
class ClassFile:
    """One file, and whose it is.

    Parameters
    ----------
    name : str
        Its path in the folder.
    entries : tuple of Entry
        All that it holds.
    team, person : str
        Who recorded it, as they were typed last; empty where that was not said.
    digest : str
        Of its bytes.
    """

    name: str
    entries: tuple[Entry, ...]
    team: str
    person: str
    digest: str

    @property
    def predicted(self) -> set[str]:
        """The questions that were predicted."""
        return {one.about for one in self.entries if one.kind == "prediction"}

    @property
    def whose(self) -> tuple[str, ...]:
        """What files of one person have in common.

        Never what was predicted: in a class many predict the same within a minute. Members of a
        team work on files of their own, so a team alone makes one only of files that are equal.
        """
        if self.person.strip():
            return "person", " ".join(self.person.split()).casefold()
        if self.team.strip():
            return "team", self.team.strip().casefold(), self.digest
        return "file", self.name


def students(folder: Path) -> tuple[list[list[Entry]], list[str]]:
    """Read every file in a folder and the folders in it.

    Returns
    -------
    list of list of Entry
        What each student recorded, in that order; several files of one person are put together.
    list of str
        What is not counted, and why.
    """
    found, notes, hidden = [], [], 0
    for path in sorted([*folder.rglob("*.json"), *folder.rglob("*.[zZ][iI][pP]")]):
        inside = path.relative_to(folder)
        if any(part.startswith((".", "__")) for part in inside.parts):
            hidden += 1
            continue
        try:
            for name, content, problem in _contents(path, inside.as_posix()):
                try:
                    if problem:
                        raise RecordError(problem)
                    found.append(_read(content, name))
                except RecordError as error:
                    notes.append(f"{name} {str(error).rstrip('.')}.")
        except OSError as error:
            notes.append(f"{inside.as_posix()} cannot be opened ({error.strerror}): not counted.")
    if hidden:
        notes.append(f"{hidden} hidden files (copies that programs keep) were not read.")
    people: dict[tuple[str, ...], list[ClassFile]] = {}
    for one in found:
        people.setdefault(one.whose, []).append(one)
    for files in people.values():
        asked = [question for one in files for question in one.predicted]
        if len(asked) > len(set(asked)):  # otherwise they are of several lessons
            listed = ", ".join(one.name for one in files)
            notes.append(f"{listed}: {len(files)} files of one student, counted once.")
    return [_together(files) for files in people.values()], notes


def _together(files: Sequence[ClassFile]) -> list[Entry]:
    """Put files of one person together: what stands in several of them was recorded once."""
    entries: list[Entry] = []
    for one in files:
        for new in of_team(one.entries, one.team):
            # Equal entries have the same time, too: a copy of a file brings nothing new.
            if not any(new == known and new.at == known.at for known in entries):
                entries.append(new)
    return sorted(entries, key=lambda one: (one.at, one.order)) if len(files) > 1 else entries


def _contents(path: Path, name: str) -> Iterator[tuple[str, bytes, str]]:
    """Give each file by its name, with what it holds and why it is not read.

    A zip file, as a course hands out the hand-ins of a class, gives the .json files in it.
    """
    if path.is_symlink() or not path.is_file():
        yield name, b"", "is no file but a link or a folder: not counted"
    elif name.lower().endswith(".zip"):
        with path.open("rb") as opened:
            large = path.stat().st_size > LARGEST_ZIP
            for inside, content, problem in () if large else members(opened):
                if not inside or inside.lower().endswith(".json"):
                    yield f"{name}/{inside}".rstrip("/"), content, problem
        if large:
            yield name, b"", f"is larger than {LARGEST_ZIP // 1_000_000} MB. Unpack it"
    elif path.stat().st_size > kept.LARGEST:
        yield name, b"", "is larger than any file of predictions: not counted"
    else:
        yield name, path.read_bytes(), ""


def _read(content: bytes, name: str) -> ClassFile:
    """Read one file.

    Raises
    ------
    RecordError
        If it holds no prediction that can be read; the message says why.
    """
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):  # no JSON, or lists in lists in lists ...
        raise RecordError(DAMAGED) from None
    team = person = None
    if isinstance(found, list):
        entries = listed(found)
        if found and not entries:
            raise RecordError(DAMAGED)
    elif isinstance(found, dict) and found.get("format") == hand_in_file.FORMAT:
        try:
            made = hand_in_file.read(content)
        except hand_in_file.HandInError as error:
            raise RecordError(f"{str(error).rstrip('.')}: not counted") from None
        entries, team, person = list(made.entries), made.team, made.person
    elif isinstance(found, dict) and found.get("format") == kept.FORMAT:
        entries = _entries(found.get("entries"))
    else:
        raise RecordError(DAMAGED)
    if not any(one.kind == "prediction" for one in entries):
        raise RecordError("holds no prediction: not counted")
    named = [one for one in entries if one.kind == "team"]
    team = _last(str(one.value or "") for one in named) if team is None else team
    if person is None:
        person = _last(str(one.details.get("person") or "") for one in named)
    return ClassFile(name, tuple(entries), team, person, hashlib.sha256(content).hexdigest())


def _entries(found: object) -> list[Entry]:
    if not isinstance(found, list):
        raise RecordError(DAMAGED)
    try:
        return [entry(one, f"entry {place}") for place, one in enumerate(found, 1)]
    except RecordError as error:
        raise RecordError(f"{DAMAGED} ({str(error).rstrip('.')})") from None


def _last(names: Iterable[str]) -> str:
    """Give the name that was typed last; a box that was left empty takes none away."""
    return ([""] + [one for one in names if one.strip()])[-1]


def most_asked(questions: Iterable[str], most: int) -> list[str]:
    """Give the questions that most students answered, in the order of their names.

    Examples
    --------
    >>> most_asked(["2.b", "1.a", "2.b", "3.c", "3.c"], 2)
    ['2.b', '3.c']
    """
    return sorted(name for name, _ in Counter(questions).most_common(most))
