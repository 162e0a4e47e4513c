"""The one call of a sweep: what is missing is computed, and written as it comes."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ..citing import cited, versions
from ..names import pick
from .batches import Batches
from .designs import Design
from .engines import ENGINES, Engine, EngineLost, engine_called
from .plans import Plan, plan
from .progress import Line, Status
from .refusals import refuse_other
from .store import Store, this_process
from .study import Study
from .worker import processor

LOOK = 1.0
"""Seconds that the driver waits for a batch before it says that it lives."""
SIGN = 5.0
"""Seconds between two such signs in the store."""


@cited
def run(
    function: Callable[..., Any],
    design: Design,
    replications: int = 1,
    *,
    seed: int,
    store: str | Path | None = None,
    engine: str = "here",
    workers: Any = None,
    opened: Mapping[str, Callable[[str], Any]] | None = None,
) -> Study:
    """Run a function at every point of a design, many times, and keep what it gives.

    The same call goes on where an earlier one was interrupted, and computes only what is missing.

    Parameters
    ----------
    function : callable
        Takes the parameters by name and `seed`, a numpy Generator of the run's own. Gives a
        number, a dictionary of numbers and texts, or a list of such dictionaries.
    design : mapping, pandas.DataFrame or list of mappings
        `{"people": [100, 200], "chance": [0.1, 0.2]}` for every combination, what `sample`
        gives, or a table with a row a point. Values are numbers, texts, functions, or frozen
        parameters.
    replications : int
        Runs of each point, from 1 up.
    seed : int
        The root of all streams, from 0 up.
    store : str or pathlib.Path, optional
        The file that keeps the runs; without it they are kept in memory.
    engine : {"here", "cores", "dask"}
        This process, several on this machine, or the workers of a Dask scheduler.
    workers : int, str or distributed.Client, optional
        For "cores" how many; as many as processors if not given. For "dask" the address of the
        scheduler, such as "tcp://127.0.0.1:8786", or a client.
    opened : mapping of str to callable, optional
        Parameters that are paths, with what opens them: `{"town": community.load}`. Each worker
        opens a path once. Runs depend on what the file or folder holds and not on where it is.

    Returns
    -------
    Study
        `.table` is a row a run, `.failures` the runs that raised, `.status` how far it is.

    Raises
    ------
    TypeError, ValueError
        If function and design do not fit, or the function cannot be sent to other processes.
    StoreError
        If the store is that of another function, seed, design or version; the text says what
        differs.
    EngineLost
        If the scheduler has gone; what has come is kept.

    Notes
    -----
    The random numbers of a run follow from the function's name and code (or its attribute
    `version`), the seed, the run's parameters and its number. They depend neither on the engine
    nor on order, workers, batches, or other points of the design.

    Examples
    --------
    >>> def walk(steps, seed):
    ...     return {"end": int(seed.choice([-1, 1], steps).sum())}
    >>> study = run(walk, {"steps": [10, 1_000]}, replications=50, seed=7)
    >>> study
    Study of walk: 100 of 100 runs
    >>> study.table.columns.tolist()
    ['steps', 'replicate', 'end']
    """
    return run_called(
        {},
        function=function,
        design=design,
        replications=replications,
        seed=seed,
        store=store,
        engine=engine,
        workers=workers,
        opened=opened,
    )


def run_called(
    call: Mapping[str, Any],
    *,
    function: Callable[..., Any],
    design: Design,
    seed: int,
    replications: int = 1,
    store: str | Path | None = None,
    engine: str = "here",
    workers: Any = None,
    opened: Mapping[str, Callable[[str], Any]] | None = None,
) -> Study:
    """Run a sweep as `run` does, and keep how it was called, for those who go on with it."""
    pick(engine, ENGINES, "engine")
    made = plan(function, design, replications, seed, opened)
    kept = Store(store, write=True)
    refuse_other(kept, made)
    kept.take(this_process())
    begin(kept, made, engine)
    if call:
        with kept.writing():
            kept.put("call", dict(call))
    waiting = Batches(made, kept.replicates())
    try:
        if waiting.waiting:
            _drive(waiting, kept, made, engine_called(engine, made.task, workers))
    finally:
        with kept.writing():
            kept.put("driver", this_process() | {"seen": time.time(), "ended": True})
        if kept.path is not None:
            kept.close()
    return Study(kept if kept.path is None else kept.path)


def begin(kept: Store, made: Plan, engine: str) -> None:
    """Write into the store what it is of; rows of a smaller design stay."""
    known = kept.manifest()
    with kept.writing():
        for name, value in made.about.items():
            kept.put(name, value)
        if "versions" not in known:
            kept.put("versions", versions())
            kept.put("processor", processor())
            kept.put("begun", time.strftime("%Y-%m-%dT%H:%M:%S%z"))
        kept.put("engine", engine)
        shown = [(one.key, json.dumps(one.shown)) for one in made.points]
        kept.put_design([one.key for one in made.points], shown)


def _drive(waiting: Batches, kept: Store, made: Plan, engine: Engine) -> None:
    """Give batches out and write what comes, until nothing is left."""
    line, pace = Line(), _Pace(kept, made)
    out, finished = 0, False
    try:
        while waiting.waiting or out:
            while out < engine.room() and (batch := waiting.next(engine.workers or 1, out)):
                engine.submit(batch)
                out += 1
            came = engine.arrived(LOOK)
            out -= len(came)
            outcomes = []
            for batch, found in came:
                if found is None:
                    outcomes += waiting.lost(batch)
                else:
                    waiting.arrived(batch, found)
                    outcomes += found
            pace.write(outcomes)
            line.show(f"{pace.status}{_and(engine.told())}")
        finished = True
    except EngineLost as lost:
        raise EngineLost(
            f"{lost} {pace.kept()} Start a scheduler; the same call goes on."
        ) from None
    except KeyboardInterrupt:
        line.stop(f"Interrupted. {pace.kept()} The same call goes on.")
        raise
    finally:
        engine.close(kill=not finished)
    line.show(str(pace.status), last=True)


def _and(text: str) -> str:
    return f", {text}" if text else ""


class _Pace:
    """Writes what has come, and knows how far the sweep is and how fast."""

    def __init__(self, kept: Store, made: Plan) -> None:
        self._kept, self._process = kept, this_process()
        self._total = made.about["points"] * made.replications
        counts = kept.counts()
        self._done, self._failed = counts.get("done", 0), counts.get("failed", 0)
        self._began = self._signed = time.monotonic()
        self._first = self._done + self._failed

    @property
    def status(self) -> Status:
        """How far it is."""
        passed = time.monotonic() - self._began
        rate = (self._done + self._failed - self._first) / passed if passed > 0 else 0.0
        return Status(self._done, self._failed, self._total, rate, True)

    def write(self, outcomes: list[Any]) -> None:
        """Write all that has come in one transaction, and a sign of life now and then."""
        now = time.monotonic()
        if not outcomes and now - self._signed < SIGN:
            return
        failed = sum(one.state == "failed" for one in outcomes)
        self._done += len(outcomes) - failed
        self._failed += failed
        with self._kept.writing():
            self._kept.add(outcomes)
            if now - self._signed > SIGN or self._signed == self._began:
                sign = {"seen": time.time(), "rate": self.status.rate}
                self._kept.put("driver", self._process | sign)
                self._signed = now

    def kept(self) -> str:
        """Say what is safe."""
        where = self._kept.path or "memory, and lost with it"
        return f"{self._done + self._failed:,} of {self._total:,} runs are kept in {where}."
