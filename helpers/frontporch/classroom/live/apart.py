"""Work that takes a minute, in a process of its own: phones are answered meanwhile."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any


class ApartError(RuntimeError):
    """The work came to nothing, or was ended."""


class Apart:
    """Work in a process of its own, which ends with this one, however this one ends.

    Parameters
    ----------
    work : callable
        A function of a module; what it takes and gives can be pickled.
    *given : object
        What it is given.
    """

    def __init__(self, work: Callable[..., Any], *given: Any) -> None:
        # A fork would take the server's sockets along.
        context = multiprocessing.get_context("spawn")
        self._here, there = context.Pipe(duplex=False)
        self._process = context.Process(target=_do, args=(work, given, there), daemon=True)
        self._process.start()
        there.close()

    async def result(self) -> Any:
        """Wait for what the work gives.

        Raises
        ------
        ApartError
            If it fails or is ended; why is printed where the command runs.
        """
        try:
            return await asyncio.get_running_loop().run_in_executor(None, self._here.recv)
        except (EOFError, OSError):
            raise ApartError("the work came to nothing") from None
        finally:
            self._process.join(5)

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.join(5)


def _do(work: Callable[..., Any], given: tuple[Any, ...], there: Connection) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    there.send(work(*given))
    there.close()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
