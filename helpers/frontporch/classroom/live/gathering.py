"""Who is in a room: phones with a name and a secret, and all that was recorded of them.

It is kept twice: in the journal, from which a room goes on after its program was killed, and as
one hand-in file a phone, which `porch class grade` reads.
"""

from __future__ import annotations

import contextlib
import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from ..checking import teams
from ..handing_in import hand_in_file
from ..handing_in.hand_in_file import HandIn
from ..record.entry import Entry, RecordError, entry
from ..record.kept import replaced
from .journal import FILE, Journal, JournalError

HAND_INS = "hand-ins"
LETTERS = "BCDFGHJKMNPQRSTVWXYZ23456789"
"""Of a room's code: no vowels, so that it is no word, and none that looks like another."""
LENGTH = 6
MOST_PEOPLE = 400
MOST_NAMES = 10
"""Of one phone."""


class NotInRoomError(PermissionError):
    """Somebody who has not joined, or whose place is in another room."""


class RefusedError(ValueError):
    """What cannot be recorded; the message says why, to the person at the phone."""


@dataclass
class Member:
    """A phone in the room.

    Parameters
    ----------
    place : int
        Which it is, from 1.
    digest : str
        Of the secret that it holds; the secret itself is kept nowhere here.
    entries : list of Entry
        All that was recorded of it, in order.
    """

    place: int
    digest: str
    entries: list[Entry] = field(default_factory=list)

    @property
    def team(self) -> str:
        """The name that it gave last."""
        named = [one for one in self.entries if one.kind == "team"]
        return str(named[-1].value) if named else ""

    @property
    def person(self) -> str:
        """Who sits there; empty where nobody said."""
        named = [one for one in self.entries if one.kind == "team"]
        return str(named[-1].details.get("person", "")) if named else ""

    def last(self, about: str) -> Entry | None:
        """Give the answer that counts: the last one, as none comes after the reveal."""
        kinds = ("prediction", "decision", "memo")
        found = [one for one in self.entries if one.about == about and one.kind in kinds]
        return found[-1] if found else None


class Gathering:
    """Who is in a room; what is asked there is known to the rooms that inherit from it.

    Parameters
    ----------
    folder : pathlib.Path
        Its own folder.
    journal : Journal
        Where everything is written first.
    begun : mapping of str to object
        The journal's first line.
    """

    def __init__(self, folder: Path, journal: Journal, begun: Mapping[str, Any]) -> None:
        self.folder = folder
        self.code, self.lesson = str(begun["room"]), str(begun["lesson"])
        self.port = int(begun["port"])
        self.members: list[Member] = []
        self.changes = 0
        """Rises with everything that happens."""
        self.behind: dict[int, Member] = {}
        """By place, phones whose hand-in is still to be written; the journal has it already."""
        self._journal = journal
        self._by_digest: dict[str, Member] = {}

    def join(self, name: Any, person: Any = "", *, secret: str | None = None) -> str:
        """Let a phone in under a name, or give a phone that is in another name.

        Parameters
        ----------
        name : str
            A team's name, or somebody's own.
        person : str
            Name and student number, where somebody wants to be graded.
        secret : str, optional
            What the phone holds, if it is in already.

        Returns
        -------
        str
            The secret of this phone.

        Raises
        ------
        RefusedError
            If it is no name, or the room is full.
        """
        said, problem = teams.read(name if not isinstance(name, str) else name[:2_000])
        if problem:
            raise RefusedError(problem)
        if not isinstance(person, str) or len(person) > 2 * teams.LONGEST:
            raise RefusedError(f"Your name has more than {2 * teams.LONGEST} characters.")
        who = " ".join(person.split())
        known = self._by_digest.get(digest(secret)) if secret else None
        if known is None:
            if len(self.members) >= MOST_PEOPLE:
                raise RefusedError(f"This room is full: {MOST_PEOPLE} phones have joined.")
            secret = new_secret()
            known = Member(len(self.members) + 1, digest(secret))
        elif (known.team, known.person) == (said, who):
            return str(secret)
        elif sum(one.kind == "team" for one in known.entries) >= MOST_NAMES:
            raise RefusedError(
                f"You have changed your name {MOST_NAMES} times: the last one stays."
            )
        details = {"person": who} if who else {}
        try:
            made = entry(Entry("team", "team", said, said, {}, details).plain(), "the name")
        except RecordError as error:
            raise RefusedError(str(error)) from None
        self._keep(known, made)
        return str(secret)

    def member(self, secret: str | None) -> Member:
        """Give the phone that holds a secret.

        Raises
        ------
        NotInRoomError
            If there is none.
        """
        found = self._by_digest.get(digest(secret)) if secret else None
        if found is None:
            raise NotInRoomError("You have not joined this room yet.")
        return found

    def show(
        self, shown: Sequence[Member], about: str, came: Mapping[int, Mapping[str, Any]]
    ) -> None:
        """Record that phones saw a result; once each."""
        left = [
            (one, Entry("reveal", about, team=one.team, details=came.get(one.place, {})))
            for one in shown
            if not any((had.kind, had.about) == ("reveal", about) for had in one.entries)
        ]
        numbered = [(one, self._numbered(one, made)) for one, made in left]
        self._journal.add(*({"member": one.place, "entry": made.plain()} for one, made in numbered))
        for one, made in numbered:
            one.entries.append(made)
            self.behind[one.place] = one

    def catch_up(self, most: int = MOST_PEOPLE) -> bool:
        """Write hand-ins that are behind, and tell whether some are left.

        Raises
        ------
        OSError
            If one cannot be written; it stays behind.
        """
        for place in [*self.behind][:most]:
            self._hand_in(self.behind[place])
            del self.behind[place]
        return bool(self.behind)

    def end(self) -> None:
        """Close the room in order: the next one gets another code."""
        with contextlib.suppress(OSError):  # a full disk: what was answered is in the journal
            self.catch_up()
            self._journal.add({"end": now()})
        self.close()

    def close(self) -> None:
        """Let go of the journal, without a word in it."""
        self._journal.close()

    def again(self, lines: Sequence[Mapping[str, Any]]) -> None:
        """Bring the room to where its journal ends, and write its hand-ins once more.

        Raises
        ------
        JournalError
            If a line says what cannot be.
        """
        for place, line in enumerate(lines, 2):
            try:
                self._replay(line)
            except (KeyError, ValueError, TypeError, IndexError) as error:
                raise JournalError(f"{FILE}, line {place} makes no sense: {error}") from None
        for one in self.members:
            self._hand_in(one)

    def _replay(self, line: Mapping[str, Any]) -> None:
        """Do what a line of the journal says."""
        self.changes += 1
        if "member" in line:
            place = int(line["member"])
            if not 1 <= place <= len(self.members) + 1:
                raise ValueError(f"there is no phone {place}")
            if place == len(self.members) + 1:
                self._seat(Member(place, str(line["secret"])))
            self.members[place - 1].entries.append(entry(line["entry"], "the entry"))

    def _keep(self, member: Member, *made: Entry, **more: Any) -> list[Entry]:
        """Write entries, all or none, and only then let them be seen.

        What else is told goes into the last one's line of the journal.
        """
        kept: list[Entry] = []
        for one in made:
            kept.append(self._numbered(member, one, kept))
        lines: list[dict[str, Any]] = [
            {"member": member.place, "entry": one.plain()} for one in kept
        ]
        if not member.entries:
            lines[0]["secret"] = member.digest
        lines[-1].update(more)
        self._journal.add(*lines)
        if not member.entries:
            self._seat(member)
        member.entries.extend(kept)
        self.changes += 1
        self.behind[member.place] = member
        with contextlib.suppress(OSError):  # what is in the journal is recorded
            self._hand_in(member)
            del self.behind[member.place]
        return kept

    def _numbered(self, member: Member, made: Entry, also: Sequence[Entry] = ()) -> Entry:
        before = [*member.entries, *also]
        key = (made.kind, made.about, made.team)
        tries = 1 + sum((one.kind, one.about, one.team) == key for one in before)
        return replace(made, tries=tries, order=len(before) + 1, at=now())

    def _seat(self, member: Member) -> None:
        self.members.append(member)
        self._by_digest[member.digest] = member

    def _hand_in(self, member: Member) -> None:
        """Write what a phone would hand in; what the journal holds is safe without it."""
        made: HandIn = hand_in_file.made(self.lesson, member.entries)
        path = self.folder / HAND_INS / f"{member.place:03} {made.name}"
        for old in path.parent.glob(f"{member.place:03} *.json"):
            if old != path:
                old.unlink()
        replaced(path, made.content())


Kind = TypeVar("Kind", bound=Gathering)


def opened(
    folder: Path,
    begun: Mapping[str, Any],
    made: Callable[[Path, Journal, Mapping[str, Any]], Kind],
) -> Kind:
    """Open a room in a folder: a new one, or the one whose journal lies there.

    Parameters
    ----------
    folder : pathlib.Path
        The room's own; made where it is missing.
    begun : mapping of str to object
        First line of a new journal: `format`, `room`, `lesson` and `port`.
    made : callable
        Makes the room of its folder, its journal, and the journal's first line.

    Raises
    ------
    JournalError
        If the room is in use or its journal is damaged.
    """
    (folder / HAND_INS).mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)  # who answered what is nobody else's business on a shared computer
    journal = Journal(folder / FILE)
    try:
        found = journal.read()
        if not found:
            journal.add(begun)
        first, *lines = found or [dict(begun)]
        if first.get("format") != begun["format"] or set(begun) - set(first):
            raise JournalError(f"{folder / FILE} is no journal of such a room.")
        room = made(folder, journal, first)
        room.again(lines)
    except BaseException:
        journal.close()
        raise
    return room


def new_code() -> str:
    """Give the code of a new room."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def left_open(into: Path, begins: str) -> str | None:
    """Give the code of the newest room that was not closed in order; None without one.

    A room counts for a day.

    Parameters
    ----------
    into : pathlib.Path
        Has a folder for each room.
    begins : str
        How the folders' names begin, before a dash and the code.
    """
    found = []
    for path in into.glob(f"{begins}-*/{FILE}"):
        content = path.read_bytes()
        last = content.rstrip(b"\n").rpartition(b"\n")[2]
        age = datetime.now(UTC).timestamp() - path.stat().st_mtime
        if content.count(b"\n") and not last.startswith(b'{"end"') and age < 24 * 3600:
            found.append((path.stat().st_mtime, path.parent.name.partition("-")[2]))
    return max(found)[1] if found else None


def new_secret() -> str:
    """Give the secret of a phone."""
    return secrets.token_urlsafe(16)


def digest(secret: str) -> str:
    """Give what is kept of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def now() -> str:
    """Give the time, as a journal has it."""
    return datetime.now(UTC).isoformat(timespec="seconds")
