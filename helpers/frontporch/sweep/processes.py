"""Processes on this machine, each with a pipe of its own: none that dies can stop another."""

from __future__ import annotations

import atexit
import contextlib
import os
import queue
import signal
import threading
from collections import deque
from functools import cache
from typing import Any

from ..groups import needs
from .batches import Batch
from .worker import run_packed

IDLE = 60
"""Seconds after which a process that has nothing to do ends."""
PATIENCE = 5.0
"""Seconds that a process has to end."""
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), "1"
)


class Process:
    """A process that computes one batch after another.

    Parameters
    ----------
    out : deque of Batch
        What it was given and has not handed in, in order.
    """

    def __init__(self) -> None:
        with needs("A sweep on several processors", instead='say engine="here"'):
            from joblib.externals.loky.backend import get_context

        # Of loky's kind, which starts without reading the user's script again.
        kind = get_context("loky")
        self.pipe, theirs = kind.Pipe()
        self._process = kind.Process(target=compute, args=(theirs,), env=ONE_THREAD)
        self._process.start()
        theirs.close()  # now it is theirs alone, and ends with them
        self._told = ""
        self.out: deque[Batch] = deque()

    def send(self, name: str, packed: bytes, batch: Batch) -> None:
        """Send a batch; the task goes along the first time."""
        self.out.append(batch)
        with contextlib.suppress(OSError):  # it has died, as the pipe will say
            self.pipe.send((name, b"" if name == self._told else packed, batch.parts))
        self._told = name

    @property
    def lives(self) -> bool:
        """Whether it has not ended."""
        return bool(self._process.is_alive())

    def end(self) -> None:
        """End it, whatever it does."""
        self.pipe.close()
        self._process.terminate()
        self._process.join(PATIENCE)


def compute(pipe: Any) -> None:
    """Compute what comes through a pipe until nothing comes any more; what the processes run."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is the driver's affair
    given: queue.SimpleQueue[Any] = queue.SimpleQueue()
    # Read at once, so that the driver never waits for a run, and its end is this one's.
    threading.Thread(target=_listen, args=(pipe, given), daemon=True).start()
    answer: Any
    with contextlib.suppress(queue.Empty, OSError):
        while True:
            call = given.get(timeout=IDLE)
            try:
                answer = run_packed(*call)
            except Exception as error:
                answer = error
            pipe.send(answer)


def _listen(pipe: Any, given: queue.SimpleQueue[Any]) -> None:
    try:
        while True:
            given.put(pipe.recv())
    finally:
        os._exit(1)


_resting: list[Process] = []
"""Processes that wait for the next sweep."""


def processes(count: int) -> list[Process]:
    """Give so many processes: those of the last sweep, where they live."""
    _end_at_exit()
    found: list[Process] = []
    while _resting and len(found) < count:
        if (one := _resting.pop()).lives:
            found.append(one)
    return found + [Process() for _ in range(count - len(found))]


def rest(several: list[Process]) -> None:
    """Keep processes for the next sweep."""
    end_resting()
    _resting.extend(several)


def end_resting() -> None:
    """End all processes that wait."""
    while _resting:
        _resting.pop().end()


@cache
def _end_at_exit() -> None:
    # After those of Python's own module, so that it is called before it waits for them.
    import multiprocessing.util  # noqa: F401

    atexit.register(end_resting)
