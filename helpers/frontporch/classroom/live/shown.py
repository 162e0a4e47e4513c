"""What a lesson's room shows: questions on a phone, the class's picture on the projector."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Mapping
from typing import Any

from .drawing import QUIET, Drawing
from .gathering import Member, RefusedError
from .room import Room
from .screens import Screens


class Shown(Screens):
    """What the projector shows now, and who looks on.

    Parameters
    ----------
    room : Room
        The room.
    """

    PHONE, PROJECTOR = "phone", "projector"
    room: Room

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self.drawing = Drawing(room)
        self.about = room.forms[0].about

    async def follow(self) -> None:
        """Draw whenever something has happened, until the room is closed."""
        await self.drawing.warm()
        while True:
            await self._changed.wait()
            self._changed.clear()
            begun = time.monotonic()
            with contextlib.suppress(OSError):  # they are tried again with the next answer
                while self.room.catch_up(1):
                    await asyncio.sleep(0)
            before = self.drawing.drawn.get(self.about)
            if await self.drawing.brought_up(self.about) is not before:
                self.tell()
            # Phones come first: at least half of the time nothing is drawn.
            await asyncio.sleep(max(QUIET, time.monotonic() - begun))

    def now(self) -> dict[str, Any]:
        """Give what the projector's page shows."""
        room, drawn = self.room, self.drawing.drawn.get(self.about)
        places = [one.about for one in room.forms]
        form = room.forms[places.index(self.about)]
        return {
            "question": places.index(self.about) + 1,
            "questions": len(places),
            "text": form.text,
            "people": len(room.members),
            "answers": len(room.answered(self.about)),
            "revealed": self.about in room.revealed,
            "working": self.working,
            "picture": f"/projector/picture/{drawn.state[0]}-{int(drawn.state[1])}"
            if drawn
            else "",
            "told": drawn.text if drawn else "",
        }

    def do(self, sent: Mapping[str, Any]) -> None:
        """Turn to a question, or show its result."""
        if sent.get("do") == "reveal":
            self.reveal()
        else:
            self.show(sent.get("question"))

    def answer(self, member: Member, sent: Mapping[str, Any]) -> None:
        """Record an answer; it is on the disk before the phone is told."""
        self.room.answer(member, sent)

    def show(self, question: Any) -> None:
        """Turn to a question, by its place from 1."""
        if type(question) is not int or not 1 <= question <= len(self.room.forms):
            raise RefusedError("There is no such question.")
        self.about = self.room.forms[question - 1].about
        self.changed()

    def reveal(self) -> None:
        """Show the result of the question; the years of a decision are then played."""
        self.room.reveal(self.about)
        self.go_on()
        self.changed()

    def go_on(self) -> None:
        """Play the years of a decision that was revealed, also before the program was killed."""
        for form in self.room.forms:
            if form.decision is not None and form.about in self.room.revealed:
                self.beside(self.played(form.about))

    async def played(self, about: str) -> None:
        """Play the years of a decision; a full disk ends it, and the next reveal tries again."""
        self.working = True
        try:
            with contextlib.suppress(OSError):
                await self.drawing.play(about)
        finally:
            self.working = False
            self.changed()

    def of_phone(self, member: Member) -> dict[str, Any]:
        """Give what a phone may know: the questions and its own answers, nobody else's."""
        room = self.room
        questions = []
        for form in room.forms:
            counts = member.last(form.about)
            said: Mapping[str, Any] = counts.plain() if counts else {}
            revealed = form.about in room.revealed
            year = self.drawing.years.get(member.place) if form.decision and revealed else None
            questions.append(
                form.plain()
                | {
                    "mine": {"value": said["value"], **said["details"]} if said else None,
                    "revealed": revealed,
                    "year": year.sentences if year else [],
                    "waiting": bool(form.decision and revealed and said and year is None),
                }
            )
        return {
            "team": member.team,
            "person": member.person,
            "shown": [one.about for one in room.forms].index(self.about),
            "questions": questions,
        }

    def picture(self, name: str) -> bytes | None:
        """Give the newest picture of the question that is shown."""
        drawn = self.drawing.drawn.get(self.about)
        return drawn.png if drawn else None

    def stop(self) -> None:
        """Draw nothing more."""
        self.drawing.stop()
