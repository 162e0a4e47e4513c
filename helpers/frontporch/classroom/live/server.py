"""The addresses of a room: the phones', and the projector's, which only this computer may open."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import io
import json
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ...groups import needs
from .drawing import QUIET, Drawing
from .guarded import Guarded, Nothing
from .room import Member, NotInRoomError, RefusedError, Room

with needs("A room for a class"):
    import segno
    import tornado.iostream
    import tornado.web

PAGES = Path(__file__).with_name("pages")
_TYPES = {".css": "text/css", ".js": "text/javascript", ".html": "text/html"}
SCREENS = 6
"""Projector pages that may look on at once."""


class Shown:
    """What the projector shows now, and who looks on.

    Parameters
    ----------
    room : Room
        The room.
    """

    def __init__(self, room: Room) -> None:
        self.room, self.drawing = room, Drawing(room)
        self.about = room.forms[0].about
        self.screens: set[asyncio.Event] = set()
        self.working = False
        self.tasks: set[asyncio.Task[Any]] = set()
        self._changed = asyncio.Event()

    def changed(self) -> None:
        """Have the picture drawn anew and every projector told."""
        self._changed.set()
        for one in self.screens:
            one.set()

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
                for one in self.screens:
                    one.set()
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
                task = asyncio.get_running_loop().create_task(self.played(form.about))
                self.tasks.add(task)
                task.add_done_callback(self.tasks.discard)

    async def played(self, about: str) -> None:
        """Play the years of a decision; a full disk ends it, and the next reveal tries again."""
        self.working = True
        try:
            with contextlib.suppress(OSError):
                await self.drawing.play(about)
        finally:
            self.working = False
            self.changed()


class Asset(Guarded):
    """Style and scripts: the same for everybody."""

    def get(self, name: str) -> None:
        """Give one of them."""
        path = PAGES / name
        self.set_header("Content-Type", f"{_TYPES[path.suffix]}; charset=utf-8")
        self.finish(path.read_bytes())


class Icon(Guarded):
    """What every browser asks for."""

    def get(self) -> None:
        """Give none."""
        self.set_status(204)


class Door(Guarded):
    """Where somebody types the room's code."""

    def get(self) -> None:
        """Ask for the code, or go to the room that was typed."""
        code = self.get_query_argument("room", "")[:20].strip().upper()
        if code:
            self.redirect(f"/{code if code.isalnum() and code.isascii() else 'unknown'}")
        else:
            _page(self, "door.html")


class InRoom(Guarded):
    """An address below the room's code."""

    @property
    def room(self) -> Room:
        """The room."""
        return self.settings["shown"].room

    async def prepare(self) -> None:
        """Refuse whoever does not know the code."""
        await super().prepare()
        if not self.knows(self.path_args[0]):
            raise tornado.web.HTTPError(404, "There is no such room. Look at the code once more.")

    def knows(self, code: str) -> bool:
        """Tell whether it is the room's code; capitals do not count."""
        said = code.upper().encode("utf-8", "replace")
        return hmac.compare_digest(said, self.room.code.encode())

    @property
    def cookie(self) -> str:
        """Name of the cookie that holds a phone's secret: one a room."""
        return f"porch-{self.room.code}"

    def member(self) -> Member:
        """Give the phone that asks."""
        try:
            return self.room.member(self.get_cookie(self.cookie))
        except NotInRoomError as error:
            raise tornado.web.HTTPError(401, str(error)) from None


class Phone(InRoom):
    """The page of a phone."""

    def get(self, _code: str) -> None:
        """Give the page; its script asks for the rest."""
        _page(self, "phone.html")


class Join(InRoom):
    """Where a phone says who it is."""

    def post(self, _code: str) -> None:
        """Let it in; it holds its secret in a cookie that no script reads."""
        sent = self.sent()
        secret = self.get_cookie(self.cookie)
        with _told():
            made = self.room.join(sent.get("name"), sent.get("person", ""), secret=secret)
        if made != secret:
            self.set_cookie(self.cookie, made, path="/", httponly=True, samesite="Lax")
        self.settings["shown"].changed()
        self.tell(_of_phone(self.settings["shown"], self.room.member(made)))


class Now(InRoom):
    """What a phone shows."""

    def get(self, _code: str) -> None:
        """Give the questions, and this phone's own answers."""
        self.tell(_of_phone(self.settings["shown"], self.member()))


class Answer(InRoom):
    """Where a phone answers."""

    def post(self, _code: str) -> None:
        """Record it; it is on the disk before the phone is told."""
        member, sent = self.member(), self.sent()
        with _told():
            self.room.answer(member, sent)
        self.settings["shown"].changed()
        self.tell(_of_phone(self.settings["shown"], member))


class Instructor(Guarded):
    """An address for the instructor: on this computer, and with the key."""

    COOKIE = "porch-key"

    async def prepare(self) -> None:
        """Refuse everybody else."""
        await super().prepare()
        if not (self.request.remote_ip or "").startswith("127."):
            raise tornado.web.HTTPError(403, "The projector's page opens on its own computer only.")
        said = self.get_query_argument("key", None) or self.get_cookie(self.COOKIE) or ""
        if not hmac.compare_digest(said.encode("utf-8", "replace"), self.settings["key"].encode()):
            raise tornado.web.HTTPError(
                403, "Open the address that the command printed: it carries your key."
            )


class Projector(Instructor):
    """The page on the projector."""

    def get(self) -> None:
        """Give the page; the key leaves the address bar, where a class could read it."""
        if self.get_query_argument("key", None):
            self.set_cookie(
                self.COOKIE,
                self.settings["key"],
                path="/projector",
                httponly=True,
                samesite="Strict",
            )
            self.redirect("/projector")
            return
        _page(self, "projector.html")


class About(Instructor):
    """What stands beside the picture."""

    def get(self) -> None:
        """Give the addresses and the code."""
        address, code = self.settings["address"], self.settings["shown"].room.code
        self.tell({"address": address, "code": code, "share": self.settings["share"]})


class Code(Instructor):
    """The QR code of the room."""

    def get(self) -> None:
        """Draw it."""
        code = self.settings["shown"].room.code
        self.set_header("Content-Type", "image/svg+xml")
        drawn = io.BytesIO()
        made = segno.make(f"http://{self.settings['address']}/{code}", micro=False)
        made.save(drawn, kind="svg", omitsize=True)
        self.finish(drawn.getvalue())


class Picture(Instructor):
    """The class's picture."""

    def get(self, _state: str) -> None:
        """Give the newest one of the question that is shown."""
        shown = self.settings["shown"]
        drawn = shown.drawing.drawn.get(shown.about)
        if drawn is None:
            raise tornado.web.HTTPError(404)
        self.set_header("Content-Type", "image/png")
        self.finish(drawn.png)


class Do(Instructor):
    """The instructor's buttons."""

    def post(self) -> None:
        """Turn to a question, or show its result."""
        sent, shown = self.sent(), self.settings["shown"]
        with _told():
            if sent.get("do") == "reveal":
                shown.reveal()
            else:
                shown.show(sent.get("question"))
        self.tell(shown.now())


class Events(Instructor):
    """What the projector's page listens to."""

    changed: asyncio.Event | None = None

    def on_connection_close(self) -> None:
        """Give the place free at once: a page that is loaded anew comes before the old one goes."""
        if self.changed is not None:
            self.settings["shown"].screens.discard(self.changed)
            self.changed.set()

    async def get(self) -> None:
        """Send what is shown, and again whenever it changes (server-sent events)."""
        shown = self.settings["shown"]
        if len(shown.screens) >= SCREENS:
            raise tornado.web.HTTPError(503, "Too many projector pages are open. Close one.")
        self.set_header("Content-Type", "text/event-stream")
        self.changed = changed = asyncio.Event()
        shown.screens.add(changed)
        try:
            with contextlib.suppress(tornado.iostream.StreamClosedError):
                while changed in shown.screens:
                    self.write(f"data: {json.dumps(shown.now())}\n\n")
                    await self.flush()
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(changed.wait(), 10)
                    changed.clear()
        finally:
            shown.screens.discard(changed)


def application(
    room: Room, *, key: str, names: frozenset[str], address: str, share: bool
) -> tornado.web.Application:
    """Make what answers for a room.

    Parameters
    ----------
    room : Room
        The room.
    key : str
        The instructor's.
    names : frozenset of str
        Values of `Host` under which it may be asked.
    address : str
        Host and port that phones are told.
    share : bool
        Whether other machines can ask.
    """
    routes = [
        ("/", Door),
        ("/favicon.ico", Icon),
        (r"/(live\.css|phone\.js|projector\.js)", Asset),
        ("/projector", Projector),
        ("/projector/about", About),
        ("/projector/code", Code),
        ("/projector/do", Do),
        ("/projector/events", Events),
        (r"/projector/picture/([0-9]+-[01])", Picture),
        (r"/([A-Za-z0-9]{1,12})", Phone),
        (r"/([A-Za-z0-9]{1,12})/join", Join),
        (r"/([A-Za-z0-9]{1,12})/now", Now),
        (r"/([A-Za-z0-9]{1,12})/answer", Answer),
    ]
    return tornado.web.Application(
        routes,
        default_handler_class=Nothing,
        log_function=_quiet,
        shown=Shown(room),
        key=key,
        names=names,
        address=address,
        share=share,
    )


def _of_phone(shown: Shown, member: Member) -> dict[str, Any]:
    """Give what a phone may know: the questions and its own answers, nobody else's."""
    room = shown.room
    questions = []
    for form in room.forms:
        counts = member.last(form.about)
        said: Mapping[str, Any] = counts.plain() if counts else {}
        revealed = form.about in room.revealed
        year = shown.drawing.years.get(member.place) if form.decision and revealed else None
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
        "shown": [one.about for one in room.forms].index(shown.about),
        "questions": questions,
    }


def _page(handler: Guarded, name: str) -> None:
    handler.set_header("Content-Type", "text/html; charset=utf-8")
    handler.finish((PAGES / name).read_bytes())


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """Have the page told why something was not recorded."""
    try:
        yield
    except RefusedError as error:
        raise tornado.web.HTTPError(422, str(error)) from None
    except OSError as error:
        raise tornado.web.HTTPError(
            507, f"Not recorded: the instructor's computer cannot write it ({error.strerror})."
        ) from None


def _quiet(handler: tornado.web.RequestHandler) -> None:
    """Log nothing: who asked for what is nobody's business."""
