"""What the projector's pages of a room look on at, whatever is asked in it."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Coroutine, Mapping
from typing import Any

from .gathering import Gathering, Member


class Screens(ABC):
    """What is shown of a room now, and who looks on; a lesson and a game inherit from it.

    Parameters
    ----------
    room : Gathering
        The room.
    """

    PHONE = PROJECTOR = ""
    """Their pages, without the end of the name: each has a page and a script."""

    def __init__(self, room: Gathering) -> None:
        self.room = room
        self.screens: set[asyncio.Event] = set()
        self.working = False
        self.tasks: set[asyncio.Task[Any]] = set()
        self._changed = asyncio.Event()

    def changed(self) -> None:
        """Have every projector told, and what takes long begun."""
        self._changed.set()
        self.tell()

    def tell(self) -> None:
        """Have every projector told."""
        for one in self.screens:
            one.set()

    def beside(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something while phones are answered."""
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    @abstractmethod
    def go_on(self) -> None:
        """Begin what was begun before the program was killed."""

    @abstractmethod
    def stop(self) -> None:
        """Begin nothing more."""

    @abstractmethod
    async def follow(self) -> None:
        """Do what has to be done whenever something has happened, until the room is closed."""

    @abstractmethod
    def now(self) -> dict[str, Any]:
        """Give what the projector's page shows."""

    @abstractmethod
    def do(self, sent: Mapping[str, Any]) -> None:
        """Do what a button of the projector's page asks for.

        Raises
        ------
        RefusedError
            If it cannot be done now.
        """

    @abstractmethod
    def answer(self, member: Member, sent: Mapping[str, Any]) -> None:
        """Record what a phone sends.

        Raises
        ------
        RefusedError
            If it does not fit.
        """

    @abstractmethod
    def of_phone(self, member: Member) -> dict[str, Any]:
        """Give what a phone may know: nothing that is another's."""

    def at_door(self) -> dict[str, Any]:
        """Give what somebody may know who knows the code and has not joined."""
        return {}

    @abstractmethod
    def picture(self, name: str) -> bytes | None:
        """Give a picture of the projector's page; None where there is none."""

    def table(self, member: Member, name: str) -> tuple[str, bytes] | None:
        """Give a table that a phone may keep, with the name of its file; None without one."""
        return None
