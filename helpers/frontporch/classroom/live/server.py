"""The addresses of a room: the phones', and the projector's, which only this computer may open."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

from ...groups import needs
from .gathering import Gathering, Member, NotInRoomError, RefusedError
from .guarded import Guarded, Nothing
from .screens import Screens

with needs("A room for a class"):
    import segno
    import tornado.iostream
    import tornado.web

PAGES = Path(__file__).with_name("pages")
_TYPES = {".css": "text/css", ".js": "text/javascript", ".html": "text/html"}
SCREENS = 6
"""Projector pages that may look on at once."""


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
    def shown(self) -> Screens:
        """What is shown of the room."""
        return self.settings["shown"]

    @property
    def room(self) -> Gathering:
        """The room."""
        return self.shown.room

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
        _page(self, f"{self.shown.PHONE}.html")


class AtDoor(InRoom):
    """What is told before somebody joins."""

    def get(self, _code: str) -> None:
        """Tell it."""
        self.tell(self.shown.at_door())


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
        self.shown.changed()
        self.tell(self.shown.of_phone(self.room.member(made)))


class Now(InRoom):
    """What a phone shows."""

    def get(self, _code: str) -> None:
        """Give what this phone may know, and nothing that is another's."""
        self.tell(self.shown.of_phone(self.member()))


class Answer(InRoom):
    """Where a phone answers."""

    def post(self, _code: str) -> None:
        """Record it; it is on the disk before the phone is told."""
        member, sent = self.member(), self.sent()
        with _told():
            self.shown.answer(member, sent)
        self.shown.changed()
        self.tell(self.shown.of_phone(member))


class Table(InRoom):
    """A table that a phone may keep."""

    def get(self, _code: str, name: str) -> None:
        """Give it as a file."""
        found = self.shown.table(self.member(), name)
        if found is None:
            raise tornado.web.HTTPError(404)
        called, content = found
        self.set_header("Content-Type", "text/csv; charset=utf-8")
        self.set_header("Content-Disposition", f'attachment; filename="{called}"')
        self.finish(content)


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
        _page(self, f"{self.settings['shown'].PROJECTOR}.html")


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
    """A picture on the projector."""

    def get(self, name: str) -> None:
        """Give it."""
        png = self.settings["shown"].picture(name)
        if png is None:
            raise tornado.web.HTTPError(404)
        self.set_header("Content-Type", "image/png")
        self.finish(png)


class Do(Instructor):
    """The instructor's buttons."""

    def post(self) -> None:
        """Do what one asks for."""
        sent, shown = self.sent(), self.settings["shown"]
        with _told():
            shown.do(sent)
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
    shown: Screens, *, key: str, names: frozenset[str], address: str, share: bool
) -> tornado.web.Application:
    """Make what answers for a room.

    Parameters
    ----------
    shown : Screens
        What is shown of the room.
    key : str
        The instructor's.
    names : frozenset of str
        Values of `Host` under which it may be asked.
    address : str
        Host and port that phones are told.
    share : bool
        Whether other machines can ask.
    """
    assets = sorted(one.name for one in PAGES.iterdir() if one.suffix in (".css", ".js"))
    routes = [
        ("/", Door),
        ("/favicon.ico", Icon),
        (rf"/({'|'.join(map(re.escape, assets))})", Asset),
        ("/projector", Projector),
        ("/projector/about", About),
        ("/projector/code", Code),
        ("/projector/do", Do),
        ("/projector/events", Events),
        (r"/projector/picture/([a-z0-9-]{1,40})", Picture),
        (r"/([A-Za-z0-9]{1,12})", Phone),
        (r"/([A-Za-z0-9]{1,12})/door", AtDoor),
        (r"/([A-Za-z0-9]{1,12})/join", Join),
        (r"/([A-Za-z0-9]{1,12})/now", Now),
        (r"/([A-Za-z0-9]{1,12})/answer", Answer),
        (r"/([A-Za-z0-9]{1,12})/table/([a-z0-9-]{1,40})\.csv", Table),
    ]
    return tornado.web.Application(
        routes,
        default_handler_class=Nothing,
        log_function=_quiet,
        shown=shown,
        key=key,
        names=names,
        address=address,
        share=share,
    )


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
