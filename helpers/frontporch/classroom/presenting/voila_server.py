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
from pathlib import Path
from typing import Any

from ...groups import needs

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


class Places(AsyncMappingKernelManager):
    """Kernels of the viewers and those that wait for one; together never more than the places."""

    places = Integer(12, config=True, help="How many kernels may run at once.")
    folders = Unicode("", config=True, help="Where each kernel gets a folder of its own.")

    def __init__(self, **keywords: Any) -> None:
        super().__init__(**keywords)
        self.coming = 0  # viewers let in whose kernel has not begun to answer
        self._turn = asyncio.Lock()  # first come, first served: the pool is taken from its front
        self._homes: dict[str, str] = {}

    @property
    def ready(self) -> int:
        """How many kernels have started and wait for a viewer."""
        return sum(one.done() for pool in getattr(self, "_pools", {}).values() for one in pool)

    @property
    def free(self) -> int:
        """How many more viewers can be let in."""
        return self.ready + self.places - len(self) - self.coming

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
            if places.free > 0:
                break
            await asyncio.sleep(0.1)
        else:
            raise tornado.web.HTTPError(
                503,
                f"All {places.places} places are taken. Load this page again when somebody has "
                "closed it, or look on with a neighbour.",
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


class Count(JupyterHandler):
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


class Socket(VoilaKernelWebsocketHandler):
    """A viewer's line to their kernel; errors and streams, which may name values, stay here."""

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
            if not pattern.startswith(_CLOSED):
                made.append((pattern, ours.get(handler.__name__, handler), *more))
        return made


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        LessonPage.launch_instance()
