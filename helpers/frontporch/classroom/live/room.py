"""A room of a class: who is in it, what they answered, and what was revealed.

The room knows forms and no lesson's questions, so whatever asks with `Form` can use it. What is
collected is kept twice: in the journal, from which a room goes on after its program was killed,
and as one hand-in file a phone, which `porch class grade` reads.
"""

from __future__ import annotations

import contextlib
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..checking import teams
from ..handing_in import hand_in_file
from ..handing_in.hand_in_file import HandIn
from ..record.entry import Entry, RecordError, entry
from ..record.kept import replaced
from .forms import Form, one_of
from .journal import FILE, Journal, JournalError

FORMAT = "frontporch live 1"
HAND_INS = "hand-ins"
LETTERS = "BCDFGHJKMNPQRSTVWXYZ23456789"
"""Of a room's code: no vowels, so that it is no word, and none that looks like another."""
LENGTH = 6
MOST_PEOPLE = 400
MOST_ANSWERS = 50
"""Of one phone to one question."""
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
        kinds = ("prediction", "decision")
        found = [one for one in self.entries if one.about == about and one.kind in kinds]
        return found[-1] if found else None


class Room:
    """A room; made by `opened`.

    Parameters
    ----------
    folder : pathlib.Path
        Its own folder.
    journal : Journal
        Where everything is written first.
    begun : mapping of str to object
        The journal's first line.
    forms : sequence of Form
        What is asked.
    """

    def __init__(
        self, folder: Path, journal: Journal, begun: Mapping[str, Any], forms: Sequence[Form]
    ) -> None:
        self.folder, self.forms = folder, list(forms)
        self.code, self.lesson = str(begun["room"]), str(begun["lesson"])
        self.port = int(begun["port"])
        self.members: list[Member] = []
        self.revealed: set[str] = set()
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
        known = self._by_digest.get(_digest(secret)) if secret else None
        if known is None:
            if len(self.members) >= MOST_PEOPLE:
                raise RefusedError(f"This room is full: {MOST_PEOPLE} phones have joined.")
            secret = secrets.token_urlsafe(16)
            known = Member(len(self.members) + 1, _digest(secret))
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
        found = self._by_digest.get(_digest(secret)) if secret else None
        if found is None:
            raise NotInRoomError("You have not joined this room yet.")
        return found

    def answer(self, member: Member, sent: Mapping[str, Any]) -> Entry:
        """Record what a phone sends; a second answer takes the place of the first.

        Parameters
        ----------
        member : Member
            Who sends it.
        sent : mapping of str to object
            `about`, and what `Form.entry` reads.

        Raises
        ------
        RefusedError
            If it does not fit, or the result was shown.
        OSError
            If it cannot be written; nothing has changed then.
        """
        try:
            form = one_of(self.forms, sent.get("about"))
            if form.about in self.revealed:
                raise RefusedError("The result was shown: your last answer before it counts.")
            made = form.entry(sent, member.team)
        except (KeyError, ValueError) as error:
            raise RefusedError(str(error.args[0] if error.args else error)) from None
        same = sum((one.kind, one.about) == (made.kind, made.about) for one in member.entries)
        if same >= MOST_ANSWERS:
            raise RefusedError(f"You have answered this {MOST_ANSWERS} times: the last one stays.")
        return self._keep(member, made)

    def answered(self, about: str) -> list[Entry]:
        """Give the answer that counts of everybody who answered a question."""
        return [found for one in self.members if (found := one.last(about))]

    def reveal(self, about: str) -> None:
        """Show the result of a question: from now on no answer to it is taken.

        What the year of a decision brought is worked out a phone at a time: `show` records it.
        """
        form = one_of(self.forms, about)
        if form.about in self.revealed:
            return
        self._journal.add({"reveal": form.about, "at": _now()})
        self.revealed.add(form.about)
        self.changes += 1
        if form.decision is None:
            self.show([one for one in self.members if one.last(about)], about, {})

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
            self._journal.add({"end": _now()})
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
        self.changes += 1
        if "reveal" in line:
            self.revealed.add(str(line["reveal"]))
        elif "member" in line:
            place = int(line["member"])
            if not 1 <= place <= len(self.members) + 1:
                raise ValueError(f"there is no phone {place}")
            if place == len(self.members) + 1:
                self._seat(Member(place, str(line["secret"])))
            self.members[place - 1].entries.append(entry(line["entry"], "the entry"))

    def _keep(self, member: Member, made: Entry) -> Entry:
        """Write an entry, and only then let it be seen."""
        made = self._numbered(member, made)
        line: dict[str, Any] = {"member": member.place, "entry": made.plain()}
        if not member.entries:
            line["secret"] = member.digest
        self._journal.add(line)
        if not member.entries:
            self._seat(member)
        member.entries.append(made)
        self.changes += 1
        self.behind[member.place] = member
        with contextlib.suppress(OSError):  # what is in the journal is recorded
            self._hand_in(member)
            del self.behind[member.place]
        return made

    def _numbered(self, member: Member, made: Entry) -> Entry:
        key = (made.kind, made.about, made.team)
        tries = 1 + sum((one.kind, one.about, one.team) == key for one in member.entries)
        return replace(made, tries=tries, order=len(member.entries) + 1, at=_now())

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


def opened(
    into: Path, lesson: str, forms: Sequence[Form], port: int, code: str | None = None
) -> Room:
    """Open a new room, or one that was there.

    Parameters
    ----------
    into : pathlib.Path
        Gets a folder for each room.
    lesson : str
        Number of the lesson.
    forms : sequence of Form
        What is asked.
    port : int
        Where a new room answers.
    code : str, optional
        Of a room that was there, to go on with it.

    Raises
    ------
    JournalError
        If the room is in use or its journal is damaged.
    """
    new = code is None
    code = code or "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    folder = into / f"{int(lesson):02}-{code}"
    (folder / HAND_INS).mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)  # who answered what is nobody else's business on a shared computer
    journal = Journal(folder / FILE)
    try:
        begun: dict[str, Any] = {"format": FORMAT, "room": code, "lesson": lesson, "port": port}
        if new:
            journal.add(begun)
        begun, *lines = journal.read() or [begun]
        if begun.get("format") != FORMAT or {"room", "lesson", "port"} - set(begun):
            raise JournalError(f"{folder / FILE} is no journal of a room.")
        room = Room(folder, journal, begun, forms)
        room.again(lines)
    except BaseException:
        journal.close()
        raise
    return room


def left_open(into: Path, lesson: str) -> str | None:
    """Give the code of the newest room of a lesson that was not closed in order; None without one.

    A room counts for a day.
    """
    found = []
    for path in into.glob(f"{int(lesson):02}-*/{FILE}"):
        content = path.read_bytes()
        last = content.rstrip(b"\n").rpartition(b"\n")[2]
        age = datetime.now(UTC).timestamp() - path.stat().st_mtime
        if content.count(b"\n") and not last.startswith(b'{"end"') and age < 24 * 3600:
            found.append((path.stat().st_mtime, path.parent.name.partition("-")[2]))
    return max(found)[1] if found else None


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
