"""A lesson's room: what a class answered, and what was revealed.

The room knows forms and no lesson's questions, so whatever asks with `Form` can use it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..record.entry import Entry
from . import gathering
from .forms import Form, one_of
from .gathering import Gathering, Member, RefusedError, now
from .journal import Journal

FORMAT = "frontporch live 1"
MOST_ANSWERS = 50
"""Of one phone to one question."""


class Room(Gathering):
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
        super().__init__(folder, journal, begun)
        self.forms = list(forms)
        self.revealed: set[str] = set()

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
        return self._keep(member, made)[0]

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
        self._journal.add({"reveal": form.about, "at": now()})
        self.revealed.add(form.about)
        self.changes += 1
        if form.decision is None and form.kind != "memo":
            self.show([one for one in self.members if one.last(about)], about, {})

    def _replay(self, line: Mapping[str, Any]) -> None:
        super()._replay(line)
        if "reveal" in line:
            self.revealed.add(str(line["reveal"]))


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
    code = code or gathering.new_code()
    begun = {"format": FORMAT, "room": code, "lesson": lesson, "port": port}
    return gathering.opened(
        into / f"{int(lesson):02}-{code}",
        begun,
        lambda folder, journal, first: Room(folder, journal, first, forms),
    )
