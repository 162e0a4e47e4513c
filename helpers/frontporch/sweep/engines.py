"""Where runs are computed: in this process, on all its cores, or on the workers of a scheduler."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import os
import queue
import time
from abc import ABC, abstractmethod
from hashlib import blake2b
from typing import Any

from ..groups import needs
from .batches import Batch
from .plans import packed
from .worker import OtherVersions, Outcome, Task, cores, run_batch, run_packed, watch

ENGINES = ("here", "cores", "dask")
AHEAD = 2
"""Batches that are out for each worker: one is computed, one waits."""
IDLE = 60
"""Seconds after which workers that have nothing to do end."""
RECONNECT = 30.0
"""Seconds in which a scheduler may come back."""
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), "1"
)
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


class _Elsewhere(Engine):
    """Other processes, which are given a task as bytes and say when a batch is done."""

    def __init__(self, task: Task) -> None:
        self._packed = packed(task)
        self._name = blake2b(self._packed, digest_size=16).hexdigest()
        self._done: queue.Queue[tuple[int, Any]] = queue.Queue()
        self._out: dict[int, tuple[Batch, Any]] = {}
        self._count = 0

    def submit(self, batch: Batch) -> None:
        """Send a batch."""
        number = self._count
        self._count += 1
        future = self._sent(batch)
        self._out[number] = (batch, future)
        future.add_done_callback(lambda one: self._done.put((number, one)))

    @abstractmethod
    def _sent(self, batch: Batch) -> Any: ...

    @abstractmethod
    def _result(self, future: Any) -> list[Outcome] | None: ...

    def arrived(self, seconds: float) -> list[Arrived]:
        """Give all batches that are back."""
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


_pools: dict[int, Any] = {}
"""Processes that wait for the next sweep, by their number."""


@atexit.register
def _end_pools() -> None:
    while _pools:
        _pools.popitem()[1].shutdown(wait=True, kill_workers=True)


class Cores(_Elsewhere):
    """Processes on this machine, by loky; none outlives this one by more than some seconds."""

    def __init__(self, task: Task, workers: Any = None) -> None:
        super().__init__(task)
        whole = isinstance(workers, int) and not isinstance(workers, bool)
        if workers is not None and (not whole or workers < 1):
            raise ValueError(
                f'workers is {workers!r}, but engine="cores" needs a number from 1 up.'
            )
        self.workers = workers or cores()
        self._pool = _pools.pop(self.workers, None) or self._started()

    def _started(self) -> Any:
        # A pool of our own: the one that joblib keeps for Parallel is made otherwise.
        with needs("A sweep on several processors", instead='say engine="here"'):
            from joblib.externals.loky import ProcessPoolExecutor

        return ProcessPoolExecutor(
            self.workers,
            timeout=IDLE,
            initializer=watch,
            initargs=(os.getpid(),),
            env=ONE_THREAD,
        )

    def _sent(self, batch: Batch) -> Any:
        arguments = (run_packed, self._name, self._packed, batch.parts)
        try:
            return self._pool.submit(*arguments)
        except RuntimeError:  # a worker was killed: all are started anew
            self._pool = self._started()
            return self._pool.submit(*arguments)

    def arrived(self, seconds: float) -> list[Arrived]:
        """Give all batches that are back; those of a pool that has broken are lost with it."""
        found = super().arrived(seconds)
        if not found and self._out and self._pool._flags.broken is not None:
            # Given out while the pool was breaking, so that nobody answers for them.
            found = [(batch, None) for batch, _ in self._out.values()]
            self._out.clear()
        return found

    def _result(self, future: Any) -> list[Outcome] | None:
        from concurrent.futures import BrokenExecutor, CancelledError

        try:
            return list(future.result())
        except OtherVersions:
            raise
        except (BrokenExecutor, CancelledError, RuntimeError):
            return None

    def close(self, *, kill: bool = False) -> None:
        """End the workers if the sweep has been stopped; else they wait a while for the next."""
        if kill:
            self._pool.shutdown(wait=True, kill_workers=True)
        else:
            _pools[self.workers] = self._pool


class Dask(_Elsewhere):
    """Workers of a Dask scheduler."""

    def __init__(self, task: Task, workers: Any = None) -> None:
        with needs("A sweep on Dask", instead='say engine="cores"'):
            from distributed import Client
        super().__init__(task)
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

    def _sent(self, batch: Batch) -> Any:
        return self._client.submit(
            run_packed, self._name, self._packed, batch.parts, pure=False, priority=0
        )

    def arrived(self, seconds: float) -> list[Arrived]:
        """Give all batches that are back; those that a lost scheduler had are lost with it."""
        found = super().arrived(seconds)
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
