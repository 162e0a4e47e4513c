"""What happens where runs are computed: in this process, in one beside it, or on a cluster."""

from __future__ import annotations

import json
import os
import pickle
import sys
import threading
import time
import traceback
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from ..citing import versions
from ..streams import generator
from .fingerprints import fingerprint_of_file, is_own
from .values import rows_of

OPENED, OBJECT = "$opened", "$object"
"""How a parameter says that it is a path to open, or an object that the task holds."""
LONGEST = 2.0
"""Seconds after which a batch is handed in as far as it is; the rest is given out again."""
KEPT = 8
"""So many tasks and opened files a worker keeps."""
WORDS = 2_000
"""Letters of an error that are kept."""


@dataclass(frozen=True)
class Task:
    """A function with all that it needs besides the parameters of a run."""

    function: Callable[..., Any]
    seed: int
    seeded: bool
    taken: frozenset[str]
    objects: Mapping[str, Any]
    opened: Mapping[str, Callable[[str], Any]]
    contents: Mapping[str, str]
    versions: Mapping[str, str]


class Part(NamedTuple):
    """Runs of one point: its key, its parameters as a text, and which replicates."""

    key: str
    sent: str
    replicates: Sequence[int]


class Outcome(NamedTuple):
    """What became of one run: its rows as a text, or the stage at which it failed and why."""

    key: str
    replicate: int
    state: str
    rows: str
    stage: str
    message: str
    trace: str
    seconds: float


class OtherVersions(RuntimeError):  # noqa: N818 - read by people: a fact, not an Error
    """A worker has other versions than the driver, so that its bits might differ."""


class _Kept:
    """A few things by name, each made once, also where several threads ask for it."""

    def __init__(self) -> None:
        self._lock, self._known = threading.RLock(), OrderedDict[str, Any]()

    def get(self, name: str, make: Callable[[], Any]) -> Any:
        with self._lock:
            if name not in self._known:
                self._known[name] = make()
                while len(self._known) > KEPT:
                    self._known.popitem(last=False)
            self._known.move_to_end(name)
            return self._known[name]


_tasks, _opened = _Kept(), _Kept()


def run_packed(name: str, packed: bytes, batch: Sequence[Part]) -> list[Outcome]:
    """Compute a batch of runs of a task that came as bytes."""
    task: Task = _tasks.get(name, lambda: _loaded(packed))
    return run_batch(task, batch)


def _loaded(packed: bytes) -> Task:
    task: Task = pickle.loads(packed)
    here = versions()
    here["python"] = here["python"].rpartition(".")[0]
    for name, wanted in task.versions.items():
        if here[name] != wanted:
            raise OtherVersions(
                f"a worker has {name} {here[name]}, and this process {wanted}: start the workers "
                "in the environment that runs the sweep."
            )
    return task


def run_batch(task: Task, batch: Sequence[Part]) -> list[Outcome]:
    """Compute runs until the batch is done or its time is over; a run that raises is an outcome.

    Parameters
    ----------
    task : Task
        The function with what it needs.
    batch : sequence of Part
        Which runs, in order.

    Returns
    -------
    list of Outcome
        One each, in order; fewer than asked for where time was over.
    """
    done: list[Outcome] = []
    begun = time.perf_counter()
    before = begun
    for part in batch:
        words = np.frombuffer(bytes.fromhex(part.key), dtype=">u4").tolist()
        for replicate in part.replicates:
            if before - begun > LONGEST:
                return done
            told = _run(task, part, words, replicate)
            now = time.perf_counter()
            done.append(Outcome(part.key, replicate, *told, now - before))
            before = now
    return done


def _run(
    task: Task, part: Part, words: list[int], replicate: int
) -> tuple[str, str, str, str, str]:
    stage = "opening"
    try:
        given = _given(task, json.loads(part.sent))
        if task.seeded:
            sequence = np.random.SeedSequence(task.seed, spawn_key=(*words, replicate))
            given["seed"] = generator(sequence)
        stage = "run"
        found = task.function(**given)
        stage = "result"
        return "done", json.dumps(rows_of(found, task.taken)), "", "", ""
    except (Exception, SystemExit) as error:
        if stage == "run":
            stage = _place(error)
        return "failed", "", stage, _told(error), traceback.format_exc()[-4 * WORDS :]


def _given(task: Task, sent: dict[str, Any]) -> dict[str, Any]:
    """Open what a parameter names, and take objects from the task."""
    for name, value in sent.items():
        if isinstance(value, dict):
            if OBJECT in value:
                sent[name] = task.objects[value[OBJECT]]
            elif OPENED in value:
                sent[name] = _open(task, name, value[OPENED])
    return sent


def _open(task: Task, name: str, path: str) -> Any:
    """Open a file or folder once in this process, when it holds what the driver has seen."""
    wanted = task.contents[path]

    def opened() -> Any:
        if fingerprint_of_file(path) != wanted:
            raise ValueError(
                f"parameter {name!r}: {path} holds something else than where the sweep was begun. "
                "Put the same files where each worker looks for them."
            )
        return task.opened[name](path)

    return _opened.get(f"{wanted} {Path(path).absolute()} {task.opened[name]!r}", opened)


def _told(error: BaseException) -> str:
    try:
        text = str(error)
    except Exception:
        text = "its text cannot be had"
    return f"{type(error).__name__}: {text}"[:WORDS]


def _place(error: BaseException) -> str:
    """Name the function of one's own in which a run failed, and its line."""
    place, trace = "run", error.__traceback__
    while trace is not None:
        frame = trace.tb_frame
        module = frame.f_globals.get("__name__", "")
        if module != __name__ and is_own(module):
            first = frame.f_code.co_firstlineno
            place = f"{frame.f_code.co_name}, line {trace.tb_lineno - first + 1}"
        trace = trace.tb_next
    return place


def cores() -> int:
    """Count the processors that this process may use."""
    if sys.version_info >= (3, 13):
        return os.process_cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def processor() -> str:
    """Name the processor of this machine."""
    import platform

    about = Path("/proc/cpuinfo")
    if about.is_file():
        lines = about.read_text(encoding="utf-8", errors="replace").splitlines()
        for line in lines:
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
