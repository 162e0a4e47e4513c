"""Communities that are large: from Parquet to the structure, and cascades over mapped files.

``python benchmarks/storage.py`` reads 10⁷ ties from Parquet, each step in a process of its own,
and prints CPU seconds and the highest memory above what Python and the imports need; the peer is
scipy's sparse matrix, built from the same columns. ``--large`` runs cascades over 10⁸ ties that
stay in files: with one probability for all, and weighted by in-degree.
"""

import argparse
import json
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

import numpy as np

PEOPLE, TIES = 10**6, 10**7


def most_memory():
    """Give the highest memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def write(path):
    """Write ties between people drawn at random, in the order of nothing."""
    import pyarrow as pa
    from pyarrow import parquet

    rng = np.random.default_rng(7)
    ends = rng.integers(PEOPLE, size=(2, TIES + TIES // 100))
    low, high = ends.min(axis=0), ends.max(axis=0)
    pairs = np.unique(low[low < high] * PEOPLE + high[low < high])
    pairs = rng.permutation(pairs)[:TIES]
    columns = {"source": pairs // PEOPLE, "target": pairs % PEOPLE}
    parquet.write_table(pa.table({k: v.astype(np.int32) for k, v in columns.items()}), path)


def ours(path):
    """From Parquet to the structure."""
    from frontporch import community

    return community.from_parquet(path, directed=True).arcs


def both_ways(path):
    """The same for ties without direction, which are kept from both ends."""
    from frontporch import community

    return community.from_parquet(path).arcs


def by_scipy(path):
    """From Parquet to scipy's compressed sparse rows, which checks nothing."""
    from pyarrow import parquet
    from scipy import sparse

    table = parquet.read_table(path)
    source, target = (table.column(k).to_numpy() for k in ("source", "target"))
    ones = np.ones(len(source), dtype=np.int8)
    return sparse.csr_array((ones, (source, target)), shape=(PEOPLE, PEOPLE)).nnz


def write_mapped(folder, people=10**7, each=10):
    """Write 10⁸ arcs piece by piece: everybody to ten drawn at random."""
    folder = pathlib.Path(folder)
    rng = np.random.default_rng(7)
    shape = (people * each,)
    form = {"mode": "w+", "dtype": np.int32, "shape": shape}
    targets = np.lib.format.open_memmap(folder / "targets.npy", **form)
    for first in range(0, people, 10**6):
        drawn = np.sort(rng.integers(people - 1, size=(10**6, each), dtype=np.int32), axis=1)
        # Nobody to themselves, and nobody twice.
        drawn += drawn >= np.arange(first, first + 10**6, dtype=np.int32)[:, None]
        again = np.flatnonzero((np.diff(drawn, axis=1) == 0).any(axis=1))
        for row in again:
            own = np.setdiff1d(rng.integers(people, size=2 * each), [first + row])
            drawn[row] = np.sort(own[:each])
        targets[first * each : (first + 10**6) * each] = drawn.ravel()
    targets.flush()
    np.save(folder / "starts.npy", np.arange(0, people * each + 1, each, dtype=np.int64))
    about = {"directed": True, "layers": [], "people": None, "synthetic": True}
    (folder / "community.json").write_text(json.dumps(about), encoding="utf-8")


def mapped(folder, rule):
    """Cascades over files."""
    from frontporch import community

    town = community.load(folder)
    rules = {
        "alike": community.independent_cascade(0.12), "weighted": community.weighted_cascade()
    }  # fmt: skip
    start = list(range(0, 10**7, 10**6))
    found = community.simulate(town, start, rules[rule], 10, 7, backend="numba")
    return float(found.mean)


def alone(task, *arguments):
    """Run a task in a process of its own: CPU seconds, memory in MB, result."""
    command = [sys.executable, __file__, "--task", task, *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def one(task, arguments):
    """Do what a process of its own is for."""
    import scipy.sparse  # noqa: F401
    from pyarrow import parquet  # noqa: F401

    from frontporch import community  # noqa: F401

    base, begun = most_memory(), time.process_time()
    result = globals()[task](*arguments)
    print(json.dumps([time.process_time() - begun, most_memory() - base, most_memory(), result]))


def line(what, found):
    seconds, above, most, result = found
    print(f"{what:58} {seconds:8.2f} CPU s {above:8.0f} MB above, {most:6.0f} in all  {result:,}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--task", nargs="+")
    asked = parser.parse_args()
    if asked.task:
        one(asked.task[0], asked.task[1:])
        return
    with tempfile.TemporaryDirectory() as place:
        path = pathlib.Path(place) / "ties.parquet"
        # In a process of its own: a child begins with the highest memory of its parent.
        alone("write", path)
        for task in ("ours", "both_ways", "by_scipy"):
            found = min((alone(task, path) for _ in range(3)), key=lambda one: one[0])
            line(f"{TIES:,} ties from Parquet: {task}", found)
        if asked.large:
            alone("write_mapped", place)
            for rule in ("alike", "weighted"):
                line(f"10 cascades over 10⁸ ties in files: {rule}", alone("mapped", place, rule))


if __name__ == "__main__":
    main()
