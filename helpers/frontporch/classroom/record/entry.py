"""One entry of a student's record: what was answered, predicted, decided, written or shown."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, TypeAlias

Value: TypeAlias = float | str | tuple[float | str, ...] | None

KINDS = ("team", "answer", "prediction", "decision", "memo", "hint", "solution", "reveal")
"""What can be recorded: who somebody is, what they said, and what they had shown to them."""

LONGEST = 4_000
"""Characters of a text; a memo of three sentences has some 500."""
MOST = 100
"""Numbers or names of one value, and details of one entry."""


class RecordError(ValueError):
    """What was read is no record; the message says where, and what it should be."""


@dataclass(frozen=True)
class Entry:
    """Something that was recorded, with the team it was recorded under.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    about : str
        What it is about: an exercise ("5.1"), a prediction ("5.strangers"), "5.decision",
        "5.memo"; "team" for a team's name.
    value : float, str, tuple or None
        A number, a text, or several; None where something was only shown.
    team : str
        The team at that moment, as it was typed; empty where none was named.
    asked : mapping of str to object
        The question's own numbers and names.
    details : mapping of str to object
        What belongs to its kind: of an answer `typed` and `right`, of a prediction its range.
    tries : int
        The how-many-th entry of its kind about this, under this team, from 1.
    order : int
        Its place in the record, from 1.
    at : str
        When it was recorded (UTC); two entries are equal whatever their time.
    """

    kind: str
    about: str
    value: Value = None
    team: str = ""
    asked: Mapping[str, Any] = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)
    tries: int = 1
    order: int = 1
    at: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        """Keep what is told of it from being changed."""
        object.__setattr__(self, "asked", MappingProxyType(dict(self.asked)))
        object.__setattr__(self, "details", MappingProxyType(dict(self.details)))

    @property
    def lesson(self) -> str:
        """The lesson that it belongs to, such as "5"; empty for a team's name."""
        return self.about.split(".")[0] if "." in self.about else ""

    def plain(self) -> dict[str, Any]:
        """Give it as JSON can hold it."""
        return {
            "kind": self.kind,
            "about": self.about,
            "value": _plain(self.value),
            "team": self.team,
            "asked": {name: _plain(one) for name, one in self.asked.items()},
            "details": {name: _plain(one) for name, one in self.details.items()},
            "tries": self.tries,
            "order": self.order,
            "at": self.at,
        }


def entry(found: Any, place: str) -> Entry:
    """Read an entry that somebody else may have written.

    Parameters
    ----------
    found : object
        As JSON gives it.
    place : str
        Where it stands, for the message: "entry 3".

    Raises
    ------
    RecordError
        If it is no entry; the message names the place, the part and what it should be.

    Examples
    --------
    >>> entry({"kind": "answer", "about": "5.1", "value": 40.8}, "entry 1").value
    40.8
    >>> entry({"kind": "mark", "about": "5.1"}, "entry 1")
    Traceback (most recent call last):
    frontporch.classroom.record.entry.RecordError: entry 1: kind is 'mark', but has to be one of \
team, answer, prediction, decision, memo, hint, solution, reveal.
    """
    if not isinstance(found, dict):
        raise RecordError(f"{place} is no entry: it has to be an object with kind and about.")
    kind, about = found.get("kind"), found.get("about")
    if kind not in KINDS:
        raise RecordError(
            f"{place}: kind is {kind!r:.60}, but has to be one of {', '.join(KINDS)}."
        )
    if not isinstance(about, str) or not re.fullmatch(r"team|\d{1,3}\.\w[\w -]{0,39}", about):
        raise RecordError(f"{place}: about is {about!r:.60}, but has to be such as '5.1'.")
    team, at = found.get("team", ""), found.get("at", "")
    for name, one in (("team", team), ("at", at)):
        if not isinstance(one, str) or len(one) > LONGEST or not _writable(one):
            raise RecordError(f"{place}: {name} is {one!r:.60}, but has to be a text.")
    counts = {}
    for name in ("tries", "order"):
        counts[name] = found.get(name, 1)
        if type(counts[name]) is not int or not 1 <= counts[name] < 1_000_000:
            raise RecordError(f"{place}: {name} is {counts[name]!r:.60}, but counts from 1.")
    return Entry(
        kind=kind,
        about=about,
        value=_value(found.get("value"), f"{place}: value"),
        team=team,
        asked=_named(found.get("asked", {}), f"{place}: asked"),
        details=_named(found.get("details", {}), f"{place}: details"),
        at=_moment(at, place),
        **counts,
    )


def _moment(at: str, place: str) -> str:
    try:
        return at and datetime.fromisoformat(at).isoformat(timespec="seconds")
    except ValueError:
        raise RecordError(f"{place}: at is {at!r:.60}, but has to be a day and time.") from None


def _named(found: Any, place: str) -> dict[str, Any]:
    if not isinstance(found, dict) or len(found) > MOST:
        raise RecordError(f"{place} has to be an object of at most {MOST} names.")
    for name in found:
        if not _writable(name) or len(name) > MOST:
            raise RecordError(f"{place}: {name!r:.60} is no name.")
    return {name: _value(one, f"{place}: {name}") for name, one in found.items()}


def _value(found: Any, place: str) -> Any:
    if isinstance(found, list):
        if len(found) > MOST:
            raise RecordError(f"{place} has {len(found)} parts, but at most {MOST}.")
        return tuple(_single(one, place) for one in found)
    return _single(found, place)


def _single(found: Any, place: str) -> Any:
    if found is None or isinstance(found, bool):
        return found
    if isinstance(found, str):
        if len(found) > LONGEST or not _writable(found):
            raise RecordError(f"{place} is a text of {len(found)} characters, at most {LONGEST}.")
        return found
    if isinstance(found, int | float) and abs(found) < 1e300 and math.isfinite(found):
        return found
    raise RecordError(f"{place} is {found!r:.60}, but has to be a number or a text.")


def _writable(text: str) -> bool:
    """Whether a text can be written to a file: half a character cannot."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _plain(value: Any) -> Any:
    """Give a value as JSON can hold it: numpy's numbers as Python's, tuples as lists."""
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if hasattr(value, "item"):
        value = value.item()
    return value
