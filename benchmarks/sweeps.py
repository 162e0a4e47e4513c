"""Many runs: what an engine costs a run, beside plain joblib, raw Dask and mesa's batch runner.

``python benchmarks/sweeps.py`` measures a run that does nothing, in this process, on two cores and
on a Dask scheduler with two workers, which it starts. A store is written as in a real study.
``--community`` computes 10,000 contagion runs on a community of 10⁷ ties that each worker maps
into memory, and says how much memory a worker needs beyond it.
"""

import argparse
import contextlib
import importlib.util
import pathlib
import socket
import subprocess
import sys
import tempfile
import time

import numpy as np
import psutil

RUNS = 20_000
WORKERS = 2
BACKEND = "numba" if importlib.util.find_spec("numba") else "auto"


def nothing(place, seed):
    return place


def plain_nothing(place, seed):
    return nothing(place, np.random.default_rng([7, seed]))


def worked():
    """Give the CPU seconds of this process and of all that it has started and that live."""
    seconds = 0.0
    for one in (psutil.Process(), *psutil.Process().children(recursive=True)):
        with contextlib.suppress(psutil.Error):
            seconds += sum(one.cpu_times()[:2])
    return seconds


def waited(function, repeats=3):
    """Give the middle of several times: on the clock, and of all processors, in seconds."""
    clock, work = [], []
    for _ in range(repeats):
        begun, before = time.perf_counter(), worked()
        function()
        clock.append(time.perf_counter() - begun)
        work.append(worked() - before)
    return sorted(clock)[repeats // 2], sorted(work)[repeats // 2]


def told(what, seconds, runs=RUNS):
    clock, work = (one / runs * 1e6 for one in seconds)
    print(f"{what:<40} {clock:9.1f} µs a run on the clock, {work:9.1f} of CPU", flush=True)


@contextlib.contextmanager
def scheduler():
    """Start a Dask scheduler and two workers, and give its address."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    plain = ["--no-dashboard", "--host", "127.0.0.1"]
    dask = [sys.executable, "-m", "dask"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    begun = [subprocess.Popen([*dask, "scheduler", "--port", str(port), *plain], **quiet)]
    words = ["--nworkers", str(WORKERS), "--nthreads", "1"]
    begun.append(subprocess.Popen([*dask, "worker", address, *words, *plain], **quiet))
    try:
        from distributed import Client

        with Client(address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(WORKERS, timeout=60)
        yield address
    finally:
        for one in reversed(begun):
            one.terminate()
            one.wait(20)


def swept(engine, workers=None):
    from frontporch import sweep

    with tempfile.TemporaryDirectory() as folder:
        sweep.run(
            nothing,
            {"place": [0, 1]},
            RUNS // 2,
            seed=7,
            store=pathlib.Path(folder) / "s.sqlite",
            engine=engine,
            workers=workers,
        )


def by_joblib():
    import joblib

    parallel = joblib.Parallel(n_jobs=WORKERS)
    parallel(joblib.delayed(plain_nothing)(k % 2, k) for k in range(RUNS))


def by_dask(address, runs):
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.gather(client.map(plain_nothing, [0, 1] * (runs // 2), range(runs)))


def by_mesa(runs):
    import mesa
    from mesa.batchrunner import batch_run

    class Nothing(mesa.Model):
        def __init__(self, place=0, rng=None, **others):
            super().__init__(rng=rng, **others)
            self.datacollector = mesa.DataCollector({"place": lambda _: place})
            self.datacollector.collect(self)  # what it reads when there is no step
            self.running = False

        def step(self):
            self.datacollector.collect(self)

    batch_run(
        Nothing,
        {"place": [0, 1]},
        iterations=runs // 2,
        number_processes=1,
        max_steps=1,
        display_progress=False,
    )


def overhead():
    swept("cores", WORKERS)  # the processes are started, and numpy is imported in them
    told("sweep, here", waited(lambda: swept("here")))
    told("sweep, two cores", waited(lambda: swept("cores", WORKERS)))
    told("joblib, two cores, nothing kept", waited(by_joblib))
    with scheduler() as address:
        swept("dask", address)
        told("sweep, Dask with two workers", waited(lambda: swept("dask", address)))
        told(
            "raw Dask, a task a run, nothing kept",
            waited(lambda: by_dask(address, 2_000), 1),
            2_000,
        )
    with contextlib.suppress(ImportError):
        told("mesa's batch runner, one process", waited(lambda: by_mesa(2_000), 1), 2_000)


def reach(town, chance, seed):
    from frontporch import community

    rule = community.independent_cascade(chance)
    start = int(seed.integers(town.size))
    spread = community.simulate(town, start, rule, runs=1, seed=seed, backend=BACKEND)
    return {"start": start, "reach": int(spread.sizes[0])}


def own_memory(process):
    """Give the memory of a process that no file backs, in MB (not on Linux: all its own)."""
    rolled = pathlib.Path(f"/proc/{process.pid}/smaps_rollup")
    if not rolled.exists():
        return process.memory_full_info().uss / 1e6
    lines = dict(line.split(":") for line in rolled.read_text().splitlines()[1:])
    return int(lines["Anonymous"].split()[0]) * 1024 / 1e6


def watch_memory(stop, found):
    """Note the largest memory of each worker, without what it maps from files."""
    while not stop.is_set():
        for one in psutil.Process().children(recursive=True):
            with contextlib.suppress(psutil.Error, OSError):
                if "popen_loky" in " ".join(one.cmdline()):
                    found[one.pid] = max(found.get(one.pid, 0), own_memory(one))
        stop.wait(0.5)


def on_a_community(runs):
    import threading

    from frontporch import community, sweep

    rng = np.random.default_rng(7)
    people, ties = 10**6, 10**7
    with tempfile.TemporaryDirectory() as folder:
        ends = rng.integers(people, size=(2, ties + ties // 50))
        low, high = ends.min(axis=0), ends.max(axis=0)
        pairs = np.unique(low[low < high] * people + high[low < high])[:ties]
        town = community.from_arrays(pairs // people, pairs % people, people)
        place = str(community.save(town, pathlib.Path(folder) / "town"))
        size = sum(one.stat().st_size for one in pathlib.Path(place).iterdir()) / 1e6
        print(f"{town!r}, {size:.0f} MB in files", flush=True)
        del town, ends, low, high, pairs
        stop, found = threading.Event(), {}
        watcher = threading.Thread(target=watch_memory, args=(stop, found))
        watcher.start()
        begun = time.perf_counter()
        design = {"town": [place], "chance": [0.02, 0.045]}
        study = sweep.run(
            reach,
            design,
            runs // 2,
            seed=7,
            store=pathlib.Path(folder) / "reach.sqlite",
            engine="cores",
            workers=WORKERS,
            opened={"town": community.load},
        )
        seconds = time.perf_counter() - begun
        stop.set()
        watcher.join()
        print(study, study.summary().to_string(), sep="\n")
        print(f"{seconds:.0f} s, {seconds / runs * 1e3:.2f} ms a run")
        print("largest memory of a worker without mapped files:", end=" ")
        print(", ".join(f"{one:.0f} MB" for one in found.values()), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--community", action="store_true", help="10,000 runs on 10⁷ ties")
    parser.add_argument("--runs", type=int, default=10_000)
    given = parser.parse_args()
    if given.community:
        on_a_community(given.runs)
    else:
        overhead()
