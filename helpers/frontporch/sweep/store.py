"""One file that holds a sweep: its manifest, its points and what became of each run.

SQLite keeps it whole: a transaction is there altogether or not at all, after a killed process
and after a power cut. It has a rollback journal and waits for the disk (`synchronous=EXTRA`), not
a write-ahead log: a log is faster for very many small transactions, but needs shared memory, which
the network drives of clusters lack, and leaves results in a second file that is easily forgotten
when the first is copied. Transactions here are few: as many batches as have arrived make one.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import time
import weakref
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from .worker import Outcome

MARK = 0x46505357
"""What SQLite's header says of the file: that it holds a sweep."""
PATIENCE = 30.0
"""Seconds to wait for another process that is reading or writing."""
TABLES = """
create table manifest(name text primary key, value text not null) without rowid;
create table points(key text primary key, shown text not null) without rowid;
create table design(place integer primary key, key text not null);
create table runs(
    key text not null, replicate integer not null, state text not null, result text not null,
    stage text not null, message text not null, trace text not null, seconds real not null,
    primary key(key, replicate)
) without rowid;
"""


class StoreError(ValueError):
    """A file that is no store, or is that of another sweep; its text says what differs."""


class Store:
    """A sweep in its file.

    Parameters
    ----------
    path : str or pathlib.Path, optional
        The file; in memory if not given.
    write : bool
        Whether this process adds to it. Only one does.

    Raises
    ------
    StoreError
        If the file holds something else, or is damaged.
    FileNotFoundError
        If it is only read, and not there.
    """

    def __init__(self, path: str | Path | None = None, *, write: bool = False) -> None:
        self.path = None if path is None else Path(path)
        if self.path is not None and not write and not self.path.is_file():
            raise FileNotFoundError(
                f"there is no store {self.path}: a sweep with store= makes one."
            )
        if self.path is not None and write:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        with self._readable():
            self._open(write)

    def _open(self, write: bool) -> None:
        name = ":memory:"
        if self.path is not None:
            mode = "rwc" if write else ("rw" if os.access(self.path, os.W_OK) else "ro")
            name = f"{self.path.absolute().as_uri()}?mode={mode}"
        self._file = sqlite3.connect(
            name, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False
        )
        # Closed with the store, however that ends.
        weakref.finalize(self, self._file.close)
        mark = self._one("pragma application_id")
        tables = self._one("select count(*) from sqlite_master")
        empty = not tables and self.path is not None
        if (tables and mark != MARK) or (empty and not write):
            raise StoreError(f"{self.path} is no store of a sweep: name another file.")
        if not write:
            return
        self._file.execute("pragma journal_mode=delete")
        self._file.execute("pragma synchronous=extra")
        if not tables:
            with self.writing():
                self._file.execute(f"pragma application_id={MARK}")
                for statement in TABLES.split(";")[:-1]:
                    self._file.execute(statement)

    @contextlib.contextmanager
    def _readable(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            if "locked" in str(error) or "disk" in str(error) or "unable" in str(error):
                raise OSError(f"{self.path} cannot be used now: {error}.") from None
            raise StoreError(
                f"{self.path} is no store of a sweep, or is damaged ({error}): name another file."
            ) from None

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Make what is written inside one transaction."""
        self._file.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._file.execute("rollback")
            raise
        self._file.execute("commit")

    def _one(self, question: str, values: Sequence[Any] = ()) -> Any:
        row = self._file.execute(question, values).fetchone()
        return None if row is None else row[0]

    def get(self, name: str) -> Any:
        """Give an entry of the manifest; None where there is none."""
        with self._readable():
            text = self._one("select value from manifest where name = ?", (name,))
        return None if text is None else json.loads(text)

    def manifest(self) -> dict[str, Any]:
        """Give the manifest: function, seed, design, versions, processor."""
        with self._readable():
            rows = self._file.execute("select name, value from manifest order by name").fetchall()
        return {name: json.loads(value) for name, value in rows}

    def put(self, name: str, value: Any) -> None:
        """Write an entry of the manifest."""
        self._file.execute(
            "insert or replace into manifest values(?, ?)", (name, json.dumps(value))
        )

    def put_design(self, keys: Sequence[str], shown: Iterable[tuple[str, str]]) -> None:
        """Write which points there are and in which order; those of before stay."""
        self._file.executemany("insert or ignore into points values(?, ?)", shown)
        self._file.execute("delete from design")
        self._file.executemany("insert into design values(?, ?)", enumerate(keys))

    def points(self) -> dict[str, dict[str, Any]]:
        """Give the parameters of each point by its key, in the order of the design."""
        question = (
            "select p.key, p.shown from points p join design d on d.key = p.key "
            "group by p.key order by min(d.place)"
        )
        with self._readable():
            return {key: json.loads(shown) for key, shown in self._file.execute(question)}

    def design(self) -> list[str]:
        """Give the keys of the design, row by row; a sample may name a point twice."""
        return [key for (key,) in self._file.execute("select key from design order by place")]

    def add(self, outcomes: Iterable[Outcome]) -> None:
        """Write what became of runs; what is there already stays."""
        rows = [
            (
                one.key,
                one.replicate,
                one.state,
                one.rows,
                one.stage,
                one.message,
                one.trace,
                one.seconds,
            )
            for one in outcomes
        ]
        self._file.executemany("insert or ignore into runs values(?,?,?,?,?,?,?,?)", rows)

    def replicates(self) -> dict[str, set[int]]:
        """Give for each point which replicates are there, failed ones included."""
        found: dict[str, set[int]] = {}
        with self._readable():
            for key, replicate in self._file.execute("select key, replicate from runs"):
                found.setdefault(key, set()).add(replicate)
        return found

    def counts(self) -> dict[str, int]:
        """Count runs by their state: done and failed."""
        with self._readable():
            return dict(self._file.execute("select state, count(*) from runs group by state"))

    def runs(self, state: str) -> Iterator[tuple[Any, ...]]:
        """Yield runs of a state by key: key, replicate, result, stage, message, trace."""
        question = (
            "select key, replicate, result, stage, message, trace from runs where state = ? "
            "order by key, replicate"
        )
        with self._readable():
            yield from self._file.execute(question, (state,))

    def forget_failed(self) -> int:
        """Take failed runs out, so that the next call computes them again; give how many."""
        with self._readable(), self.writing():
            return self._file.execute("delete from runs where state = 'failed'").rowcount

    def take(self, driver: dict[str, Any]) -> None:
        """Become the one process that writes.

        Raises
        ------
        StoreError
            If another one lives.
        """
        other = self.get("driver")
        if other and driver["pid"] != other["pid"] and _lives(other, driver["host"]):
            raise StoreError(
                f"{self.path} is being written by process {other['pid']} on {other['host']}: wait "
                "for it or stop it. sweep.read(…).status watches it meanwhile."
            )
        with self.writing():
            self.put("driver", driver | {"seen": time.time()})


QUIET = 60.0
"""Seconds without a sign after which a driver on another machine is taken for dead."""


def _lives(other: dict[str, Any], host: str) -> bool:
    if other.get("ended"):
        return False
    if other["host"] != host:
        return bool(time.time() - other["seen"] < QUIET)
    return is_running(other["pid"], other["started"])


def is_running(process: int, started: float | None) -> bool:
    """Say whether a process lives, and is not another one that has taken its number."""
    try:
        import psutil
    except ImportError:  # it comes with the lab and with dask
        return _has_number(process)
    try:
        found = psutil.Process(process)
        alive = found.status() != psutil.STATUS_ZOMBIE
        return alive and (started is None or abs(found.create_time() - started) < 1.0)
    except psutil.Error:
        return False


def _has_number(process: int) -> bool:
    """Say whether a process of this number lives, as far as the system's own means tell."""
    if os.name == "nt":
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def this_process() -> dict[str, Any]:
    """Say which process this is, for others that look at the store."""
    import socket

    started = None
    with contextlib.suppress(ImportError):
        import psutil

        started = psutil.Process().create_time()
    return {"pid": os.getpid(), "started": started, "host": socket.gethostname()}
