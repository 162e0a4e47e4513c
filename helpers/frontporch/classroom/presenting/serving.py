"""Start a server for a presentation, say where it answers, and end it with everything it began."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...rounding import decimal

_FAILED = "Error at server while executing cell"  # Voilà's words


class PresentingError(Exception):
    """Why a lesson cannot be presented, and what to do, in a sentence."""


@dataclass(frozen=True)
class Server:
    """What has to be started, and where it answers.

    Parameters
    ----------
    command : tuple of str
        The words that start it; it ends where its standard input is closed.
    variables : dict of str to str
        What is set in its environment.
    address : str
        What is opened in a browser; it carries the token.
    answers : str
        An address that answers as soon as it runs.
    folder : pathlib.Path
        Its own folder, with what it says in ``server.log``.
    places : int
        How many viewers can look at once; 0 where nobody counts them.
    """

    command: tuple[str, ...]
    variables: dict[str, str]
    address: str
    answers: str
    folder: Path
    places: int = 0


def free_port(asked: int | None, ip: str) -> int:
    """The port asked for if it is free, or any free one."""
    with socket.socket() as tried:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows would share a port otherwise
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        elif os.name == "posix":  # a port counts as free soon after its program was killed
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((ip, asked or 0))
        except OSError as error:
            taken = error.errno == errno.EADDRINUSE
            why = "is taken by another program" if taken else f"cannot be used ({error.strerror})"
            raise PresentingError(
                f"Port {asked} {why}: leave out --port, and a free port is found."
            ) from None
        return int(tried.getsockname()[1])


def serve(
    server: Server,
    *,
    browser: bool = True,
    say: Callable[[str], None] = print,
    patience: float = 180.0,
) -> int:
    """Run a server until Ctrl-C: say where it answers, and open a browser on it.

    Parameters
    ----------
    server : Server
        Made by `lab` or `page`.
    browser : bool
        Whether to open a browser.
    say : callable
        Told every sentence for the person at the keyboard.
    patience : float
        Seconds within which it has to answer.

    Returns
    -------
    int
        Its exit code; 0 where it was stopped.

    Raises
    ------
    PresentingError
        If it ends or does not answer in time; the message names what it said last.
    """
    log = server.folder / "server.log"
    before = signal.signal(signal.SIGTERM, _stop)
    with log.open("w", encoding="utf-8") as heard:
        process = subprocess.Popen(
            server.command,
            env=os.environ | server.variables,
            cwd=server.folder / "lesson",
            stdin=subprocess.PIPE,
            stdout=heard,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait(server, process, say, patience)
        say(f"Open {server.address}")
        say("Press Ctrl-C here to stop it.")
        if browser:
            import webbrowser

            webbrowser.open(server.address)
        return process.wait()
    except KeyboardInterrupt:
        say("Stopped.")
        return 0
    finally:
        _end(process)
        process.stdin.close()
        signal.signal(signal.SIGTERM, before)


def _wait(server: Server, process: Any, say: Callable[[str], None], patience: float) -> None:
    """Wait until it answers; where viewers are counted, until the first place is ready."""
    begun, told = time.monotonic(), 0
    while True:
        answer = _ask(server.answers)
        if answer is not None:
            ready, places = answer.get("ready", 0), server.places
            if not places or ready == places:
                break
            if ready > told:
                say(f"{ready} of {places} places are ready.")
                told = ready
        if process.poll() is not None or time.monotonic() - begun > patience:
            lines = (server.folder / "server.log").read_text(encoding="utf-8", errors="replace")
            last = (lines.strip().splitlines() or ["nothing"])[-1]
            raise PresentingError(
                f"It did not start. Its last words: {last} (all of them: "
                f"{server.folder / 'server.log'}). Start it once more, or run  python start.py  "
                "first, which repairs what is installed."
            )
        time.sleep(0.3)
    if server.places:
        took = time.monotonic() - begun
        say(f"All {server.places} places are ready, after {decimal(took)} seconds.")
        log = server.folder / "server.log"
        if _FAILED in log.read_text(encoding="utf-8", errors="replace"):
            say(f"But a cell of the lesson fails, and what comes after it is missing: see {log}")


def _ask(address: str) -> dict[str, Any] | None:
    """What an address answers; None where nobody does."""
    # Straight to this machine, whatever proxy the network asks for.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with contextlib.suppress(OSError, ValueError), opener.open(address, timeout=5) as answer:
        return dict(json.load(answer))
    return None


def _end(process: Any) -> None:
    """End a process that may still run, in the end by force."""
    with contextlib.suppress(KeyboardInterrupt):
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _stop(*_: Any) -> None:
    raise KeyboardInterrupt
