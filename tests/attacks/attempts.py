"""What is tried on the servers, and the page that says what was seen.

``python tests/attacks/attempts.py`` makes every attempt and writes docs/attacks.md.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import pathlib
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

ROOT = pathlib.Path(__file__).parents[2]
PAGE = ROOT / "docs" / "attacks.md"
WAIT = 20.0
HEAD = """# Attempts on the servers

Each row is a test: `tests/attacks` makes the attempt whenever the tests run, and fails where
something else is seen. Made by `python tests/attacks/attempts.py`. [SECURITY.md](../SECURITY.md)
says what is not protected.
"""
# What an error page must never tell: a traceback, or where things lie on this computer.
TRACES = (b"Traceback", b"site-packages", b'File "', os.fsencode(ROOT), os.fsencode(sys.prefix))


@dataclass(frozen=True)
class Attempt:
    """Something that is tried.

    Parameters
    ----------
    what : str
        In words.
    expected : str
        What has to be seen; several that are as good stand with "or" between them.
    tried : callable
        Takes the server, and gives what is seen.
    """

    what: str
    expected: str
    tried: Callable[[Server], str]


@dataclass
class Server:
    """A server that is attacked.

    Parameters
    ----------
    port : int
        Where it answers, on this machine.
    told : dict of str to Any
        What an attacker may or may not know.
    """

    port: int
    told: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        """What is told of it."""
        try:
            return self.__dict__["told"][name]
        except KeyError:
            raise AttributeError(name) from None

    def ask(
        self,
        path: str,
        method: str = "GET",
        body: bytes = b"",
        *,
        host: str | None = None,
        **headers: str,
    ) -> Answer:
        """Ask it as a browser would; a low line in a header's name is a dash."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT)
        try:
            line.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            line.putheader("Host", host or f"127.0.0.1:{self.port}")
            for name, value in headers.items():
                line.putheader(name.replace("_", "-"), value)
            if body or method == "POST":
                line.putheader("Content-Length", str(len(body)))
            line.endheaders(body or None)
            got = line.getresponse()
            told = {n.lower(): ", ".join(got.headers.get_all(n, [])) for n in got.headers}
            answer = Answer(got.status, told, got.read())
        except (OSError, http.client.HTTPException):
            return Answer(0, {}, b"")
        finally:
            line.close()
        shown = [one for one in TRACES if answer.status >= 400 and one in answer.body]
        assert not shown, f"{path} tells how the server is made: {shown}"
        return answer

    def raw(self, sent: bytes, wait: float = WAIT) -> bytes:
        """Send bytes as they are, and read until it closes or says no more."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as line:
            line.sendall(sent)
            got = b""
            with contextlib.suppress(OSError):
                while more := line.recv(65_536):
                    got += more
                    if b"\r\n\r\n" in got:
                        break
            return got

    def first(self, sent: bytes) -> str:
        """The status of an answer to raw bytes, or that the line was closed."""
        return str(Answer.of(self.raw(sent)))

    def quick(self, path: str) -> str:
        """Whether it answers somebody else within a second."""
        begun = time.monotonic()
        status = self.ask(path).status
        return "others answered" if status == 200 and time.monotonic() - begun < 3 else str(status)


@dataclass(frozen=True)
class Answer:
    """What a server answers; status 0 where it closes the line without a word."""

    status: int
    headers: dict[str, str]
    body: bytes

    def __str__(self) -> str:
        """The status, as the table has it."""
        return str(self.status) if self.status else "closed"

    @classmethod
    def of(cls, got: bytes) -> Answer:
        """Read the first line of an answer."""
        parts = got.split(b" ", 2)
        return cls(int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 0, {}, got)


def made(server: Server, attempts: list[Attempt]) -> tuple[list[tuple[str, str, str]], list[str]]:
    """Make every attempt: the rows of the table, and those that were not as expected."""
    rows, wrong = [], []
    for one in attempts:
        try:
            seen = one.tried(server)
        except Exception as error:
            seen = f"{type(error).__name__}: {error}"[:100]
        rows.append((one.what, one.expected, seen))
        if seen not in one.expected.split(" or "):
            wrong.append(f"{one.what}: expected {one.expected}, seen {seen}")
    return rows, wrong


def section(title: str, rows: list[tuple[str, str, str]]) -> str:
    """A server's part of the page."""
    lines = [f"\n## {title}\n", f"{len(rows)} attempts.\n"]
    lines += ["| attempt | expected | seen |", "|---|---|---|"]
    for row in rows:
        lines.append("| " + " | ".join(one.replace("|", "\\|") for one in row) + " |")
    return "\n".join(lines) + "\n"


def listed(page: str, title: str) -> list[tuple[str, str]]:
    """What the page lists of a server: each attempt and what is expected."""
    rows = page.partition(f"## {title}\n")[2].partition("\n## ")[0].splitlines()
    cells = [row.strip("| ").split(" | ") for row in rows if row.startswith("| ")][1:]
    return [(what, expected) for what, expected, _ in cells]


def main() -> None:
    """Write the page."""
    import tempfile

    sys.path += [str(ROOT / "tests" / one) for one in ("serving", "classroom/live")]
    import on_game
    import on_lab
    import on_page
    import on_room

    parts, wrong = [HEAD], []
    for one in (on_room, on_game, on_page, on_lab):
        with tempfile.TemporaryDirectory() as folder, one.served(pathlib.Path(folder)) as server:
            rows, failed = made(server, one.ATTEMPTS)
        parts.append(section(one.TITLE, rows))
        wrong += failed
    PAGE.write_text("".join(parts), encoding="utf-8", newline="\n")
    print("\n".join(wrong) or "all as expected")


if __name__ == "__main__":
    main()
