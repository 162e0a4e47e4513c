"""The file that is handed in: what it holds, how it is made, and how a stranger's is read."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from ... import __version__
from ..record.entry import Entry, RecordError, entry
from ..record.kept import FORMAT as RECORD

FORMAT = "frontporch hand-in 1"
LARGEST = 1_000_000
"""Bytes of a file; a busy lesson takes some 30,000."""
MOST = 5_000
"""Entries of a file."""
LONGEST_NAME = 300
"""Characters of a team's name, and of a person's."""


class HandInError(ValueError):
    """What was read is not a hand-in; the message says why, and what to hand in."""


@dataclass(frozen=True)
class HandIn:
    """What a team or a student hands in of one lesson.

    Parameters
    ----------
    lesson : str
        Number of the lesson, such as "5".
    team : str
        The team's name as it was typed last; empty where none was.
    person : str
        Who hands in: name and student number, as they were typed.
    entries : tuple of Entry
        All that was recorded of this lesson, and every name of a team.
    version : str
        Of the kit that made the file.
    at : str
        When it was made (UTC).
    intact : bool
        Whether the file still has the digest that it was made with.
    """

    lesson: str
    team: str = ""
    person: str = ""
    entries: tuple[Entry, ...] = ()
    version: str = __version__
    at: str = field(default="", compare=False)
    intact: bool = True

    @property
    def name(self) -> str:
        """What the file is called: a name that every system can keep.

        Examples
        --------
        >>> HandIn("5", "Blue Door").name, HandIn("5", "a/b: c?").name, HandIn("5").name
        ('hand-in 5 Blue Door.json', 'hand-in 5 a_b_ c.json', 'hand-in 5.json')
        """
        whose = re.sub(r"[^\w .,()&'+-]+", "_", self.team or self.person)[:60].strip(" ._")
        return f"hand-in {self.lesson} {whose}".strip() + ".json"

    def about(self, kind: str) -> dict[str, list[Entry]]:
        """Give the entries of a kind by what they are about, each in the order of the file."""
        found: dict[str, list[Entry]] = {}
        for one in self.entries:
            if one.kind == kind:
                found.setdefault(one.about, []).append(one)
        return found

    def of_this_team(self, one: Entry) -> bool:
        """Tell whether an entry was recorded under the name that the file is handed in by."""
        return key(one.team) == key(self.team)

    def content(self) -> bytes:
        """Give the bytes of the file, with their digest."""
        rest = {
            "format": FORMAT,
            "lesson": self.lesson,
            "team": self.team,
            "person": self.person,
            "version": self.version,
            "at": self.at,
            "entries": [one.plain() for one in self.entries],
        }
        whole = {**rest, "digest": digest(rest)}
        return (json.dumps(whole, indent=1, ensure_ascii=False) + "\n").encode("utf-8")


def key(team: str | None) -> str:
    """Give a team's name as it is compared: capitals and spaces at its ends do not count."""
    return (team or "").strip().casefold()


def made(lesson: str, recorded: Iterable[Entry]) -> HandIn:
    """Make a hand-in from a record.

    Parameters
    ----------
    lesson : str
        Number of the lesson.
    recorded : iterable of Entry
        The whole record, in its order.
    """
    recorded = list(recorded)
    teams = [one for one in recorded if one.kind == "team"]
    people = [str(one.details["person"]) for one in teams if one.details.get("person")]
    return HandIn(
        lesson=lesson,
        team=str(teams[-1].value or "")[:LONGEST_NAME] if teams else "",
        person=people[-1][:LONGEST_NAME] if people else "",
        entries=tuple(one for one in recorded if one.lesson == lesson or one.kind == "team"),
        at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def notebook(lesson: str) -> str:
    """Say what to hand in instead of a notebook."""
    return (
        "is a notebook, and notebooks are not graded. Hand in the file of the lesson: open the "
        f"notebook, run the cell classroom.hand_in({lesson}), click its button, and upload the "
        f"file hand-in {lesson} ….json that it makes."
    )


def _not_one(lesson: str) -> str:
    return (
        f"is not a hand-in. A hand-in is the file that the cell classroom.hand_in({lesson}) makes."
    )


def digest(rest: Mapping[str, Any]) -> str:
    """Give the fingerprint of all that a file says besides its digest.

    It tells a file that was damaged or edited by hand. It is no seal: whoever has the kit can
    work it out anew.
    """
    said = json.dumps(rest, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode("ascii")).hexdigest()


def read(content: bytes, lesson: str = "5") -> HandIn:
    """Read what somebody handed in; nothing of it is run.

    Parameters
    ----------
    content : bytes
        The file's.
    lesson : str
        The lesson that was to be handed in, for the message.

    Raises
    ------
    HandInError
        If it is not a hand-in; the message says why.
    """
    if len(content) > LARGEST:
        raise HandInError(f"is larger than {LARGEST // 1_000_000} MB: a hand-in is a small file.")
    if not content.strip():
        raise HandInError("is empty: the upload may have broken off. Ask for the file again.")
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):  # no text, no JSON, or lists in lists in lists ...
        if content.lstrip()[:1] != b"{":
            raise HandInError(_not_one(lesson)) from None
        raise HandInError("is damaged: it breaks off or was changed. Ask for it again.") from None
    if isinstance(found, dict) and "cells" in found:
        raise HandInError(notebook(lesson))
    if isinstance(found, dict) and found.get("format") == RECORD:
        raise HandInError(
            "is the whole record of a student. Hand in the file of the lesson: run the cell "
            f"classroom.hand_in({lesson}), click its button, and upload the file that it makes."
        )
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise HandInError(_not_one(lesson))
    if not isinstance(found.get("lesson"), str) or not re.fullmatch(
        r"[1-9][0-9]{0,2}", found["lesson"]
    ):
        raise HandInError(f"names no lesson: lesson is {found.get('lesson')!r:.60}.")
    entries = found.get("entries")
    if not isinstance(entries, list) or len(entries) > MOST:
        raise HandInError(f"is damaged: entries has to be a list of at most {MOST:,}.")
    try:
        listed = tuple(entry(one, f"entry {place}") for place, one in enumerate(entries, 1))
    except RecordError as error:
        raise HandInError(f"is damaged: {error}") from None
    rest = {name: one for name, one in found.items() if name != "digest"}
    return HandIn(
        lesson=found["lesson"],
        team=_text(found, "team"),
        person=_text(found, "person"),
        entries=tuple(one for one in listed if one.lesson in ("", found["lesson"])),
        version=_text(found, "version"),
        at=_moment(found),
        intact=found.get("digest") == digest(rest),
    )


def _text(found: Mapping[str, Any], name: str) -> str:
    said = found.get(name, "")
    if not isinstance(said, str) or len(said) > LONGEST_NAME:
        raise HandInError(f"is damaged: {name} has to be a text of at most {LONGEST_NAME} letters.")
    try:
        said.encode("utf-8")
    except UnicodeEncodeError:
        raise HandInError(f"is damaged: {name} holds half a character.") from None
    return said


def _moment(found: Mapping[str, Any]) -> str:
    said = _text(found, "at")
    try:
        moment = datetime.fromisoformat(said) if said else None
        if moment is None:
            return ""
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC).isoformat("T", "seconds")
    except (ValueError, OverflowError):
        raise HandInError(
            f"is damaged: at is {said!r:.60}, but has to be a day and time."
        ) from None
