"""Where runs are computed: in this process, on all its cores, or on the workers of a scheduler."""

from __future__ import annotations

import asyncio
import contextlib
import queue
import time
from abc import ABC, abstractmethod
from hashlib import blake2b
from typing import Any

from ..groups import needs
from .batches import Batch
from .plans import packed
from .processes import Process, end_resting, processes, rest
from .worker import Outcome, Task, cores, run_batch, run_packed

ENGINES = ("here", "cores", "dask")
AHEAD = 2
"""Batches that are out for each worker: one is computed, one waits."""
RECONNECT = 30.0
"""Seconds in which a scheduler may come back."""
Arrived = tuple[Batch, list[Outcome] | None]
"""A batch and what became of its runs: none where it was lost, None where its worker has ended."""


class EngineLost(ConnectionError):  # noqa: N818 - read by people: a fact, not an Error
    """The scheduler has gone, and has not come back."""


class Engine(ABC):
    """Computes batches."""

    workers: int = 1

    @abstractmethod
    def submit(self, batch: Batch) -> None:
        """Give a batch out."""

    @abstractmethod
    def arrived(self, seconds: float) -> list[Arrived]:
        """Give what has arrived, waiting for the first at most so long."""

    def room(self) -> int:
        """Give how many batches may be out at once."""
        return AHEAD * self.workers

    def close(self, *, kill: bool = False) -> None:
        """Let go of the workers; end what they do if the sweep has been stopped."""
        return

    def told(self) -> str:
        """Say what it waits for, where it waits."""
        return ""


class Here(Engine):
    """This process."""

    def __init__(self, task: Task) -> None:
        self._task, self._batch = task, Batch(())

    def submit(self, batch: Batch) -> None:
        """Keep the batch; it is computed when it is asked for."""
        self._batch = batch

    def arrived(self, seconds: float) -> list[Arrived]:
        """Compute the batch."""
        return [(self._batch, run_batch(self._task, self._batch.parts))]

    def room(self) -> int:
        """Give 1: one after the other."""
        return 1


class Cores(Engine):
    """Processes on this machine; none outlives this one."""

    def __init__(self, task: Task, workers: Any = None) -> None:
        whole = isinstance(workers, int) and not isinstance(workers, bool)
        if workers is not None and (not whole or workers < 1):
            raise ValueError(
                f'workers is {workers!r}, but engine="cores" needs a number from 1 up.'
            )
        self._task = _named(task)
        self.workers = workers or cores()
        self._processes = processes(self.workers)

    def submit(self, batch: Batch) -> None:
        """Send a batch to a process that has least to do."""
        min(self._processes, key=lambda one: len(one.out)).send(*self._task, batch)

    def arrived(self, seconds: float) -> list[Arrived]:
        """Give all batches that are back, and those of processes that have died."""
        from multiprocessing.connection import wait

        found: list[Arrived] = []
        ready = wait([one.pipe for one in self._processes], seconds)
        for place, process in enumerate(self._processes):
            if process.pipe not in ready:
                continue
            try:
                answer = process.pipe.recv()
            except (EOFError, OSError):
                # The first was being computed; those that waited are not its cause.
                found += [(one, [] if k else None) for k, one in enumerate(process.out)]
                process.end()
                self._processes[place] = Process()
                continue
            if isinstance(answer, Exception):
                raise answer
            found.append((process.out.popleft(), answer))
        return found

    def close(self, *, kill: bool = False) -> None:
        """End the processes if the sweep has been stopped; else they wait a while for the next."""
        rest(self._processes)
        if kill:
            end_resting()


def _named(task: Task) -> tuple[str, bytes]:
    """Give a task as bytes, with a name that no other has."""
    as_bytes = packed(task)
    return blake2b(as_bytes, digest_size=16).hexdigest(), as_bytes


class Dask(Engine):
    """Workers of a Dask scheduler."""

    def __init__(self, task: Task, workers: Any = None) -> None:
        with needs("A sweep on Dask", instead='say engine="cores"'):
            from distributed import Client
        self._task = _named(task)
        self._done: queue.Queue[tuple[int, Any]] = queue.Queue()
        self._out: dict[int, tuple[Batch, Any]] = {}
        self._count = 0
        self._mine = not isinstance(workers, Client)
        if self._mine and not isinstance(workers, str):
            raise ValueError(
                f'workers is {workers!r}, but engine="dask" needs the address of a scheduler: '
                "start one with  dask scheduler  and say workers='tcp://127.0.0.1:8786', the "
                "address that it prints."
            )
        try:
            self._client = Client(workers, set_as_default=False) if self._mine else workers
        except (OSError, TimeoutError) as error:
            raise EngineLost(
                f"no Dask scheduler answers at {workers}: {error}. Start one with  dask scheduler  "
                "and take the address that it prints."
            ) from None
        self.workers, self._looked, self._gone = 0, 0.0, 0.0
        self._cancelled = False

    def room(self) -> int:
        """Give how many batches may be out; workers may come and go."""
        if self._client.status != "running":
            return 0
        now = time.monotonic()
        if now - self._looked > 2.0:
            self._looked = now
            with contextlib.suppress(OSError, TimeoutError):
                self.workers = sum(self._client.nthreads().values())
        return AHEAD * self.workers

    def told(self) -> str:
        """Say that there is no worker, or no scheduler for the moment."""
        if self._client.status != "running":
            return "waiting for the scheduler"
        return "" if self.workers else "waiting for workers"

    def submit(self, batch: Batch) -> None:
        """Send a batch."""
        number = self._count
        self._count += 1
        future = self._client.submit(run_packed, *self._task, batch.parts, pure=False, priority=0)
        self._out[number] = (batch, future)
        future.add_done_callback(lambda one: self._done.put((number, one)))

    def arrived(self, seconds: float) -> list[Arrived]:
        """Give all batches that are back; those that a lost scheduler had are lost with it."""
        found = self._back(seconds)
        if self._client.status == "running":
            if self._gone or self._cancelled:  # another scheduler, which knows nothing of these
                found += [(batch, []) for batch, _ in self._out.values()]
                self._out.clear()
            self._gone, self._cancelled = 0.0, False
            return found
        self._gone = self._gone or time.monotonic()
        late = self._client.status == "closed" or time.monotonic() - self._gone > RECONNECT
        if late and not found:
            raise EngineLost("the Dask scheduler has gone.")
        return found

    def _back(self, seconds: float) -> list[Arrived]:
        found: list[Arrived] = []
        wait = seconds
        with contextlib.suppress(queue.Empty):
            while True:
                number, future = self._done.get(timeout=wait) if wait else self._done.get_nowait()
                wait = 0.0
                if number in self._out:
                    batch, _ = self._out.pop(number)
                    found.append((batch, self._result(future)))
        return found

    def _result(self, future: Any) -> list[Outcome] | None:
        from concurrent.futures import CancelledError

        with needs("A sweep on Dask"):
            from distributed import KilledWorker

        status = future.status
        if status == "finished":
            try:
                return list(future.result(timeout=RECONNECT))
            except (OSError, TimeoutError, asyncio.CancelledError, CancelledError):
                return []
        if status != "error":  # cancelled or lost: with its scheduler, and not by its own fault
            self._cancelled = True
            return []
        error = future.exception(timeout=RECONNECT)
        if isinstance(error, KilledWorker):
            return None
        if isinstance(error, ModuleNotFoundError):
            raise ModuleNotFoundError(
                f"a Dask worker has no {error.name}: install the same packages where the workers "
                "run, and start them anew.",
                name=error.name,
            ) from None
        raise error

    def close(self, *, kill: bool = False) -> None:
        """Take back what is out, and leave the scheduler to others."""
        if kill and self._client.status == "running":
            with contextlib.suppress(OSError, TimeoutError):
                self._client.cancel([future for _, future in self._out.values()])
        if self._mine:
            with contextlib.suppress(OSError, TimeoutError):
                self._client.close(timeout=2)


def engine_called(name: str, task: Task, workers: Any) -> Engine:
    """Start an engine by its name.

    Raises
    ------
    ValueError
        If `workers` does not fit the engine.
    """
    if name == "here":
        if workers not in (None, 1):
            raise ValueError('workers is for engine="cores" and engine="dask".')
        return Here(task)
    return Cores(task, workers) if name == "cores" else Dask(task, workers)
