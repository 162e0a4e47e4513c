"""What every answer of a small server on an open network keeps to; nothing here knows a lesson."""

from __future__ import annotations

import html
import json
from collections.abc import Collection
from http import HTTPStatus
from typing import Any

from ...groups import needs

with needs("A room for a class"):
    import tornado.httpserver
    import tornado.web

LARGEST_BODY = 8_000
LARGEST_HEADER = 8_000
PATIENCE = 15.0
"""Seconds for a whole request; whoever sends one letter at a time is cut off then."""
MOST_CONNECTIONS = 500
"""At once. The one that has been there longest makes room for the next."""
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Server": "porch",
}
_ERROR = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" '
    'content="width=device-width"><title>{0}</title><link rel="stylesheet" href="/live.css">'
    '</head><body><main><h1>{0}</h1><p>{1}</p><p><a href="/">Type the room\'s code</a></p></main>'
    "</body></html>"
)


class Guarded(tornado.web.RequestHandler):
    """A handler that answers to known names alone, and says what is wrong in a sentence."""

    def set_default_headers(self) -> None:
        """Let a page run, load and frame nothing but its own."""
        for name, value in _HEADERS.items():
            self.set_header(name, value)

    async def prepare(self) -> None:
        """Refuse names that are not this computer's, and letters that another site sends."""
        if self.request.host.lower() not in self.settings["names"]:
            raise tornado.web.HTTPError(403, "This address is not one of this room.")
        if self.request.method == "POST":
            self._from_here()

    def _from_here(self) -> None:
        """Refuse what a page of another site makes a browser send."""
        origin, site = (self.request.headers.get(one) for one in ("Origin", "Sec-Fetch-Site"))
        here = f"http://{self.request.host.lower()}"
        if (origin or here).lower() != here or (site or "same-origin") != "same-origin":
            raise tornado.web.HTTPError(403, "This was sent by another site.")
        if self.request.headers.get("Content-Type", "").partition(";")[0] != "application/json":
            raise tornado.web.HTTPError(415, "Only JSON is read here.")

    def sent(self) -> dict[str, Any]:
        """Give the JSON that was sent; an object, or nothing is read."""
        try:
            found = json.loads(self.request.body.decode("utf-8"), parse_constant=_no_number)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise tornado.web.HTTPError(400, "This is not what the page of the room sends.")
        return found

    def tell(self, answer: dict[str, Any], status: int = 200) -> None:
        """Answer with JSON."""
        self.set_status(status)
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(json.dumps(answer, ensure_ascii=False))

    def write_error(self, status_code: int, **found: Any) -> None:
        """Say what is wrong, and nothing of how the server is made."""
        error = (found.get("exc_info") or (None, None))[1]
        # Only what is raised as an answer has it, and for the log each per cent sign is doubled.
        said = (getattr(error, "log_message", None) or "").replace("%%", "%")
        name = HTTPStatus(status_code).phrase
        words = said or {
            404: "There is nothing at this address.",
            405: "This address does not take that.",
        }.get(status_code, "Something went wrong here. Try again.")
        if self.request.method == "POST":
            self.tell({"problem": words}, status_code)
            return
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(_ERROR.format(html.escape(name), html.escape(words)))

    def compute_etag(self) -> None:
        """Give none: nothing here is kept by a browser."""


class Nothing(Guarded):
    """What has no address."""

    async def prepare(self) -> None:
        """Say so, whatever the method."""
        await super().prepare()
        raise tornado.web.HTTPError(404)


class Listening(tornado.httpserver.HTTPServer):
    """A server whose connections are few, short and small."""

    def initialize(self, answering: tornado.web.Application) -> None:  # type: ignore[override]
        """Set the limits."""
        super().initialize(
            answering,
            idle_connection_timeout=PATIENCE,
            body_timeout=PATIENCE,
            max_body_size=LARGEST_BODY,
            max_header_size=LARGEST_HEADER,
            max_buffer_size=4 * LARGEST_BODY,
        )
        self.open: dict[Any, None] = {}  # in the order in which they came

    def handle_stream(self, stream: Any, address: Any) -> None:
        """Take a connection; where there are too many, the oldest goes."""
        if not address[0].startswith("127."):  # the projector stays
            if len(self.open) >= MOST_CONNECTIONS:
                oldest = next(iter(self.open))
                self.open.pop(oldest)
                oldest.close()
            self.open[stream] = None
        stream.set_close_callback(lambda: self.open.pop(stream, None))
        super().handle_stream(stream, address)


def names_of(port: int, known: Collection[str]) -> frozenset[str]:
    """Give the values of `Host` under which a server may be asked."""
    local = {"127.0.0.1", "localhost"}
    return frozenset(f"{one.lower()}:{port}" for one in (local | set(known)))


def _no_number(said: str) -> float:
    raise ValueError(f"{said} is no number.")
