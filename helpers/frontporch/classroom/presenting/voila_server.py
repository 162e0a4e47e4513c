"""Serves a lesson's page: a place for each viewer, and nothing but the page.

Voilà's own server, with what it leaves open closed: a kernel in a folder of its own for each
viewer, no more viewers than places, no file serving, no host but those named, and no traceback
on its way to a viewer. Importing this file needs Voilà; `presenting` runs it as a process.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import shutil
import tempfile
import time
from http import HTTPStatus
from pathlib import Path
from typing import Any

from ...groups import needs
from . import frames

with needs("A page without code"):
    import tornado.web
    from jupyter_server.base.handlers import JupyterHandler
    from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
    from traitlets import Integer, Unicode
    from voila.app import Voila
    from voila.tornado.handler import TornadoVoilaHandler
    from voila.tornado.kernel_websocket_handler import (
        VoilaKernelWebsocketHandler,
        read_header_from_binary_message,
    )

TEMPLATE = Path(__file__).with_name("voila_template")
_CLOSED = ("/voila/files/", "/voila/query/")  # what a lesson needs of neither

_KEPT = ("error", "stream", "execute_input", "execute_result", "execute_reply")
_PATIENCE = 50  # tenths of a second
_FILES = ("/voila/static/", "/voila/templates/", "/voila/labextensions/", "/voila/api/themes/")
ASKED, SILENT = 5_000, 12_000
"""Thousandths of a second between two questions whether a viewer is there; and until one is not."""
GONE, NEVER_CAME = 10.0, 60.0
"""Seconds without a line after which a viewer's place can be given away: to one who had a line, and
to one who has not had any yet."""


class Places(AsyncMappingKernelManager):
    """Kernels of the viewers and those that wait for one; together never more than the places."""

    places = Integer(12, config=True, help="How many kernels may run at once.")
    folders = Unicode("", config=True, help="Where each kernel gets a folder of its own.")

    def __init__(self, **keywords: Any) -> None:
        super().__init__(**keywords)
        self.coming = 0  # viewers let in whose kernel has not begun to answer
        self._turn = asyncio.Lock()  # first come, first served: the pool is taken from its front
        self._homes: dict[str, str] = {}
        self._lines: dict[str, int] = {}  # open ones, by kernel
        self._without: dict[str, float] = {}  # since when a viewer's kernel has had none

    @property
    def ready(self) -> int:
        """How many kernels have started and wait for a viewer."""
        return len(self._waiting())

    @property
    def free(self) -> int:
        """How many more viewers can be let in."""
        return self.at_once + len(self.deserted())

    @property
    def at_once(self) -> int:
        """How many can be let in without taking the place of one who is gone."""
        return self.ready + self.places - len(self) - self.coming

    def line(self, kernel: str, opened: bool) -> None:
        """Note that a viewer's line was opened or is closed."""
        self._lines[kernel] = max(0, self._lines.get(kernel, 0) + (1 if opened else -1))
        self._without.pop(kernel, None)

    def deserted(self) -> list[str]:
        """Kernels whose viewer is gone, the longest gone first.

        A phone that is locked drops its line and comes back: so a kernel is ended when somebody
        else wants the place, and not before.
        """
        waiting, now = self._waiting(), time.monotonic()
        for kernel in self.list_kernel_ids():
            if kernel not in waiting and not self._lines.get(kernel):
                self._without.setdefault(kernel, now)
        gone = {
            kernel: since
            for kernel, since in self._without.items()
            if now - since >= (GONE if kernel in self._lines else NEVER_CAME)
        }
        return sorted(gone, key=gone.__getitem__)

    async def make_room(self) -> None:
        """Give the place of somebody who is gone to the next viewer, where no other is free."""
        gone = self.deserted()
        if self.at_once <= 0 and gone:
            await self.shutdown_kernel(gone[0], now=True)

    def _waiting(self) -> set[str]:
        """Kernels that have started and have no viewer yet."""
        tasks = [one for pool in getattr(self, "_pools", {}).values() for one in pool]
        return {one.result()["kernel_id"] for one in tasks if one.done()}

    async def start_kernel(self, **keywords: Any) -> str:
        """Start a kernel as soon as there is a place, in a folder of its own."""
        async with self._turn:
            while len(self) >= self.places:
                await asyncio.sleep(0.2)
            home = tempfile.mkdtemp(prefix="viewer-", dir=self.folders or None)
            keywords["cwd"] = home  # so that no two viewers write one record
            keywords.pop("path", None)
            kernel = await super().start_kernel(**keywords)
            self._homes[kernel] = home
            return kernel

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forget a kernel, and what its viewer left behind."""
        shutil.rmtree(self._homes.pop(kernel_id, ""), ignore_errors=True)
        self._lines.pop(kernel_id, None)
        self._without.pop(kernel_id, None)
        return super().remove_kernel(kernel_id)


class Page(TornadoVoilaHandler):
    """The lesson itself, at the root and nowhere else."""

    @tornado.web.authenticated
    async def get(self, path: str | None = None) -> None:
        """Let a viewer in, or say that there is no place."""
        if path:
            raise tornado.web.HTTPError(404, "There is nothing here but the lesson.")
        places = self.kernel_manager
        for _ in range(_PATIENCE):  # whoever loads the page anew comes before their kernel has left
            await places.make_room()
            if places.at_once > 0:
                break
            await asyncio.sleep(0.1)
        else:
            raise tornado.web.HTTPError(
                503,
                f"All {places.places} places are taken. Load this page again when somebody has "
                "closed it, or look on with a neighbor.",
            )
        self.xsrf_token  # noqa: B018 - sets the cookie with which a closed page ends its kernel
        places.coming += 1
        waits = True
        try:
            async for part in self.get_generator():
                if waits:
                    places.coming, waits = places.coming - 1, False
                self.write(part)
                await self.flush()
        finally:
            places.coming -= waits


class Plain:
    """Says what is wrong in two words: Jupyter's page of an error asks for files that are not here.

    A page that cannot be drawn would end as status 500 and as a traceback in the log.
    """

    def write_error(self, status_code: int, **_: Any) -> None:
        """Give the status in words."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(HTTPStatus(status_code).phrase)


class Count(Plain, JupyterHandler):
    """How many places there are, and how many are ready: asked by the command that serves."""

    @tornado.web.authenticated
    def get(self) -> None:
        """Give both numbers as JSON."""
        places = self.kernel_manager
        drawn = sum(
            one.done() and one.result()["task"].done()
            for pool in getattr(places, "_pools", {}).values()
            for one in pool
        )
        self.finish({"places": places.places, "ready": drawn, "free": places.free})


class Socket(Plain, VoilaKernelWebsocketHandler):
    """A viewer's line to their kernel; errors and streams, which may name values, stay here."""

    ping_interval, ping_timeout = ASKED, SILENT

    async def open(self, kernel_id: str) -> None:
        """Open the line, and hold the viewer's place."""
        self.kernel_manager.line(kernel_id, opened=True)
        await super().open(kernel_id)

    def on_close(self) -> None:
        """Close the line; the place is kept for a while."""
        self.kernel_manager.line(self.kernel_id, opened=False)
        super().on_close()

    def on_message(self, ws_message: Any) -> None:
        """Hand a frame on, unless it is not what it claims to be: then the line is closed."""
        if frames.fits(ws_message, self.selected_subprotocol):
            # Whatever a message that makes no sense runs into, it is the sender's own affair.
            with contextlib.suppress(Exception):
                super().on_message(ws_message)
                return
        self.close(1007, "This is no message of the page.")

    def write_message(self, message: Any, binary: bool = False) -> Any:
        """Send a message, unless it is one of an error, of printed text or of code."""
        if isinstance(message, bytes):
            header = read_header_from_binary_message(message)
        else:
            told = json.loads(message) if isinstance(message, str) else message
            header = told.get("header")
        if (header or {}).get("msg_type") in _KEPT:
            return None
        return super().write_message(message, binary)


class NoSuchFile:
    """What a handler of files answers where a path makes no sense: that nothing is there."""

    async def get(self, *path: str, **more: Any) -> None:
        """Serve a file, or say that there is none; Voilà fails at a path that it cannot split."""
        try:
            await super().get(*path, **more)  # type: ignore[misc]
        except (ValueError, AssertionError, OSError):
            raise tornado.web.HTTPError(404, "There is no such file.") from None


class LessonPage(Voila):
    """Voilà for one lesson."""

    def setup_template_dirs(self) -> None:
        """Put our template before Voilà's, which asks a network for an icon font."""
        super().setup_template_dirs()
        self.template_paths = [str(TEMPLATE), *self.template_paths]

    def init_settings(self) -> Any:
        """Answer to the names of this machine alone unless it listens to a network."""
        settings = super().init_settings()
        settings["allow_remote_access"] = self.ip not in ("127.0.0.1", "localhost")
        settings["local_hostnames"] = ["localhost", "127.0.0.1"]
        return settings

    def init_handlers(self) -> list[Any]:
        """Replace the page and the line to the kernel by ours, and close what serves files."""
        ours = {"TornadoVoilaHandler": Page, "VoilaKernelWebsocketHandler": Socket}
        made = [("/places", Count)]
        for pattern, handler, *more in super().init_handlers():
            if pattern.startswith(_FILES):
                handler = type(handler.__name__, (NoSuchFile, handler), {})
            if not pattern.startswith(_CLOSED):
                made.append((pattern, ours.get(handler.__name__) or _plain(handler), *more))
        return made


def _plain(handler: type) -> type:
    """Have a handler say its errors in plain words."""
    return type(handler.__name__, (Plain, handler), {})


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        LessonPage.launch_instance()
