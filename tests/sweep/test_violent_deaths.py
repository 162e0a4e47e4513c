"""Workers, schedulers and drivers are killed at random moments, and no row is lost or changed."""

import contextlib
import os
import pathlib
import random
import signal
import socket
import subprocess
import sys
import time

import psutil
import pytest

from frontporch import sweep

STUDY = pathlib.Path(__file__).with_name("dying_study.py")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="kill -9 is Unix's")]


def started(*words):
    return subprocess.Popen(
        [sys.executable, *map(str, words)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"CI": "true"},
    )


def kill(process):
    """End a process by force, and see it end."""
    with contextlib.suppress(psutil.Error, ProcessLookupError):
        os.kill(process.pid, signal.SIGKILL)
        process.wait(10)


def below(process):
    try:
        return psutil.Process(process.pid).children(recursive=True)
    except psutil.Error:
        return []


def computing(process):
    """The loky workers of a driver, without the process that counts their resources."""
    return [one for one in below(process) if "popen_loky" in " ".join(one.cmdline())]


def written(store):
    made = sweep.read(store)
    for name, table in (("table", made.table), ("failures", made.failures)):
        table.to_csv(store.with_suffix(f".{name}.csv"), index=False)
    return [store.with_suffix(f".{name}.csv").read_bytes() for name in ("table", "failures")]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    store = tmp_path_factory.mktemp("whole") / "whole.sqlite"
    driver = started(STUDY, "here", store)
    assert driver.wait(300) == 0
    return written(store)


def test_no_worker_lives_ten_seconds_after_its_driver(tmp_path):
    driver = started(STUDY, "cores", tmp_path / "s.sqlite")
    until = time.monotonic() + 60
    while len(computing(driver)) < 2 and time.monotonic() < until:
        time.sleep(0.1)
    theirs = below(driver)
    assert len(theirs) >= 2
    time.sleep(1)
    kill(driver)
    _, alive = psutil.wait_procs(theirs, timeout=10)
    assert alive == []


def test_deaths_on_all_cores_change_nothing(tmp_path, undisturbed):
    chance, deaths, stores = random.Random(7), 0, 0
    while deaths < 15:
        stores += 1
        store = tmp_path / f"{stores}.sqlite"
        driver = started(STUDY, "cores", store)
        while driver.poll() is None:
            time.sleep(chance.uniform(0.5, 3))
            theirs = computing(driver)
            if deaths < 15 and driver.poll() is None and theirs:
                deaths += 1
                if chance.random() < 0.6:
                    kill(chance.choice(theirs))
                else:
                    kill(driver)
                    driver = started(STUDY, "cores", store)
        assert driver.returncode == 0
        assert written(store) == undisturbed


PLAIN = ("--no-dashboard", "--host", "127.0.0.1")


class Scheduler:
    """A Dask scheduler with two workers, in processes of their own."""

    def __init__(self):
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            self.port = one.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{self.port}"
        self.start()

    def start(self):
        self.scheduler = started("-m", "dask", "scheduler", "--port", self.port, *PLAIN)
        self.start_workers()

    def start_workers(self):
        words = ("--nworkers", 2, "--nthreads", 1, "--death-timeout", 30)
        self.workers = started("-m", "dask", "worker", self.address, *words, *PLAIN)

    def computing(self):
        return [one for one in below(self.workers) if "spawn_main" in " ".join(one.cmdline())]

    def end(self):
        for one in (*below(self.workers), self.workers, self.scheduler):
            kill(one)


def test_deaths_on_dask_change_nothing(tmp_path, undisturbed):
    chance, deaths, stores = random.Random(7), 0, 0
    cluster = Scheduler()
    try:
        while deaths < 15:
            stores += 1
            store = tmp_path / f"{stores}.sqlite"
            driver = started(STUDY, "dask", store, cluster.address)
            while True:
                time.sleep(chance.uniform(1, 5))
                if driver.poll() is not None:
                    if driver.returncode == 0:
                        break
                    driver = started(STUDY, "dask", store, cluster.address)  # the same call again
                    continue
                if cluster.workers.poll() is not None:  # one was killed before it had begun
                    cluster.start_workers()
                if deaths >= 15 or not store.exists():
                    continue
                deaths += 1
                kind = ("worker", "scheduler", "driver")[deaths % 3]
                if kind == "worker" and (theirs := cluster.computing()):
                    kill(chance.choice(theirs))
                elif kind == "scheduler":
                    cluster.end()
                    cluster.start()
                else:
                    kill(driver)
                    driver = started(STUDY, "dask", store, cluster.address)
            assert written(store) == undisturbed
    finally:
        cluster.end()
