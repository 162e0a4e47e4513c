"""Open a room on this computer, and keep it open until Ctrl-C."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...groups import require
from ..presenting.serving import PresentingError, free_port
from ..presenting.starting import name_in_network
from . import forms
from .gathering import HAND_INS, Gathering, Kind, left_open, new_code
from .journal import FILE
from .room import opened
from .screens import Screens
from .shown import Shown

if TYPE_CHECKING:
    from .game_room import Rules

PORTS = (8000, 8080, 8888)
"""Tried first, because they are short to type."""


@dataclass(frozen=True)
class Opening:
    """A room that can be served.

    Parameters
    ----------
    shown : Screens
        The room, and what is shown of it.
    port : int
        Where it answers.
    share : bool
        Whether other machines of the network may join.
    key : str
        The instructor's.
    """

    shown: Screens
    port: int
    share: bool
    key: str

    @property
    def room(self) -> Gathering:
        """The room."""
        return self.shown.room

    @property
    def address(self) -> str:
        """Host and port, as they are typed on a phone."""
        return f"{name_in_network() if self.share else '127.0.0.1'}:{self.port}"

    @property
    def projector(self) -> str:
        """What the instructor opens."""
        return f"http://127.0.0.1:{self.port}/projector?key={self.key}"

    @property
    def hand_ins(self) -> Path:
        """Folder of what was collected."""
        return self.room.folder / HAND_INS


def prepared(
    source: Path,
    into: Path,
    lesson: str,
    *,
    port: int | None = None,
    share: bool = False,
    code: str | None = None,
    new: bool = False,
) -> Opening:
    """Prepare the room of a lesson; one that was not closed in order is gone on with.

    Parameters
    ----------
    source : pathlib.Path
        Source of the lesson; it is only read.
    into : pathlib.Path
        Gets a folder for each room.
    lesson : str
        Number of the lesson.
    port : int, optional
        Where it listens; the room's own, or a short one that is free, without it.
    share : bool
        Whether other machines of the network may join.
    code : str, optional
        Of a room that was closed, to go on with it.
    new : bool
        Whether a room that was not closed in order is left alone.

    Raises
    ------
    PresentingError
        If the port is taken, or the room cannot be opened; the message says what to do.
    """
    require("A room for a class", "tornado", "filelock")
    asked = forms.of_lesson(source)
    begins = f"{int(lesson):02}"
    code = _code(into, begins, code, new, f"of lesson {lesson}")
    room, listens = _opened(
        lambda free: opened(into, lesson, asked, free, code), into, port, share, known=bool(code)
    )
    return Opening(Shown(room), listens, share, secrets.token_urlsafe(16))


def prepared_game(
    folder: Path | None,
    into: Path,
    rules: Rules,
    *,
    port: int | None = None,
    share: bool = False,
    code: str | None = None,
    new: bool = False,
) -> Opening:
    """Prepare the room of a game; one that was not closed in order is gone on with.

    Parameters
    ----------
    folder : pathlib.Path, optional
        The game's: one that was begun, or a new one. Without it, a folder below `into`.
    into : pathlib.Path
        Gets a folder for each game that has none of its own.
    rules : Rules
        Of a new game, and of the clock.
    port, share, code, new
        As in `prepared`.

    Raises
    ------
    PresentingError
        If the port is taken, or the room cannot be opened; the message says what to do.
    """
    require("A room for a class", "tornado", "filelock")
    from . import game_room  # a lesson's room needs no town
    from .board import Board

    if folder is None:
        code = _code(into, game_room.BEGINS, code, new, "with a game") or new_code()
        folder = into / f"{game_room.BEGINS}-{code}"
    room, listens = _opened(
        lambda free: game_room.opened(folder, rules, free, code or ""),
        folder,
        port,
        share,
        known=(folder / FILE).exists(),
    )
    board = Board(room, rules.minutes, rules.auto)
    return Opening(board, listens, share, secrets.token_urlsafe(16))


def _opened(
    make: Callable[[int], Kind], into: Path, port: int | None, share: bool, *, known: bool
) -> tuple[Kind, int]:
    """Open a room and find where it answers: a room that is known has a port of its own."""
    ip = "0.0.0.0" if share else "127.0.0.1"
    try:
        room = make(0 if known else _short(port, ip))
    except ValueError as error:  # of the journal, or of the folder of a game
        raise PresentingError(f"{error} Or open another room with --new.") from None
    except OSError as error:
        raise PresentingError(
            f"No room can be kept in {into} ({error.strerror}). Choose another folder with --into."
        ) from None
    try:
        return room, free_port(port or room.port, ip)
    except PresentingError:
        room.close()
        raise


def _code(into: Path, begins: str, code: str | None, new: bool, what: str) -> str | None:
    """Give the code of the room to go on with; None where a new one is to be opened."""
    if code is None:
        return None if new else left_open(into, begins)
    known = sorted(one.name.partition("-")[2] for one in into.glob(f"{begins}-*") if one.is_dir())
    if code.upper() not in known:
        listed = ", ".join(known) or "none"
        raise PresentingError(f"There is no room {code} {what}. Known: {listed}.")
    return code.upper()


def _short(port: int | None, ip: str) -> int:
    """The port asked for, or one that is short to type, or any."""
    if port is None:
        for one in PORTS:
            with contextlib.suppress(PresentingError):
                return free_port(one, ip)
    return free_port(port, ip)


def serve(opening: Opening, *, browser: bool = True, say: Callable[[str], None] = print) -> None:
    """Keep a room open until Ctrl-C, or until the program is told to end.

    Parameters
    ----------
    opening : Opening
        Made by `prepared`.
    browser : bool
        Whether to open the projector's page.
    say : callable
        Told every sentence for the person at the keyboard.
    """
    asyncio.run(_serve(opening, browser, say))


async def _serve(opening: Opening, browser: bool, say: Callable[[str], None]) -> None:
    from .guarded import Listening, names_of
    from .server import application

    logging.getLogger("tornado").setLevel(logging.CRITICAL)  # what strangers send is no news
    known = [name_in_network(), socket.gethostname(), f"{socket.gethostname()}.local"]
    made = application(
        opening.shown,
        key=opening.key,
        names=names_of(opening.port, known if opening.share else ()),
        address=opening.address,
        share=opening.share,
    )
    listening = Listening(made)
    listening.listen(opening.port, "0.0.0.0" if opening.share else "127.0.0.1")
    shown, ended = opening.shown, asyncio.Event()
    following = asyncio.create_task(shown.follow())
    shown.go_on()
    shown.changed()
    _on_stop(ended.set)
    _told(opening, say)
    if browser:
        import webbrowser

        webbrowser.open(opening.projector)
    try:
        await ended.wait()
    finally:
        listening.stop()
        following.cancel()
        for task in [*shown.tasks]:
            task.cancel()
        shown.stop()
        opening.room.end()
        await listening.close_all_connections()
    say(f"The room is closed. Grade it with  porch class grade {opening.hand_ins}")


def _told(opening: Opening, say: Callable[[str], None]) -> None:
    room = opening.room
    if room.members:
        people = "1 phone" if len(room.members) == 1 else f"{len(room.members)} phones"
        say(f"Going on with room {room.code}, which was not closed: {people}, nothing is lost.")
    if opening.share:
        say(
            "Everybody in your network who knows the code can join, and what phones send is not "
            "encrypted. The projector's page opens on this computer only."
        )
    else:
        say("Only this computer can open the room. To let phones in, add --share.")
    say(f"Phones: http://{opening.address}  Code: {room.code}")
    say(f"Open {opening.projector}")
    say("Press Ctrl-C here to close the room.")


def _on_stop(stop: Callable[[], Any]) -> None:
    """Have something called when the program is told to end."""
    loop = asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is None:
            continue
        try:
            loop.add_signal_handler(number, stop)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))
