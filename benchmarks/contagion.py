"""Contagion beside its peers: CPU time a cascade, engines rotated inside each repetition.

``python benchmarks/contagion.py`` prints the table for 1,000 people; with ``--large`` also for
100,000 people and 10⁶ ties and for 10⁶ people and 10⁷ ties, which takes some minutes. Peers are
networkx as users write it and, where it is installed, cynetdiff. Means must agree within three
combined standard errors, or the line says so. Loading a graph is left out, and so is the first
call of each engine.
"""

import argparse
import subprocess
import sys
import time

import numpy as np
from contagion_peers import installed

from frontporch import community
from frontporch.community.graph.ties import Community, row_starts

REPETITIONS = 3


def scale_free(people, ties, seed=7):
    """Arcs from everybody to a few popular people and many others: weights fall as rank^-1/2."""
    rng = np.random.default_rng(seed)
    weight = rng.permutation(1 / np.sqrt(np.arange(1, people + 1)))
    upto = np.cumsum(weight) / weight.sum()
    source = rng.integers(people, size=ties)
    target = np.searchsorted(upto, rng.random(ties)).clip(max=people - 1)
    keys = source.astype(np.uint64) << np.uint64(32) | target.astype(np.uint64)
    keys = np.unique(keys[source != target])
    return Community(row_starts(keys, people), keys.astype(np.uint32).view(np.int32), True)


class Ours:
    """The kit, with one of its engines."""

    def __init__(self, backend, threads=1):
        self.backend, self.threads = backend, threads
        self.name = f"ours, {backend}" + (f", {threads} threads" if threads > 1 else "")

    def can(self, task):
        return True

    def load(self, town, task, start):
        self.call = {"community": town, "rule": task.ours, "start": start}

    def run(self, runs, seed):
        found = community.simulate(
            **self.call, runs=runs, seed=seed, backend=self.backend, threads=self.threads
        )
        return found.sizes


class Task:
    """A rule, ours and as a peer's loop asks it.

    `answers` takes everybody's number of arcs that come in and gives a function that is called
    once a cascade, for an asker that keeps what the cascade has drawn.
    """

    def __init__(self, name, ours, answers, p=None):
        self.name, self.ours, self.answers, self.p = name, ours, answers, p


def tasks(p):
    def threshold(degree):
        def cascade():
            drawn = {}

            def asked(draw, seen, other):
                if other not in drawn:
                    drawn[other] = draw.random()
                return drawn[other] < seen / degree[other]

            return asked

        return cascade

    def always(asked):
        return lambda degree: lambda: asked

    def weighted(degree):
        return lambda: lambda draw, seen, other: draw.random() < 1 / degree[other]

    return [
        Task("independent cascade", community.independent_cascade(p),
             always(lambda draw, seen, other: draw.random() < p), p),
        Task("weighted cascade", community.weighted_cascade(), weighted),
        Task("linear threshold", community.linear_threshold(), threshold),
        Task("complex, 2 exposures", community.complex_contagion(2),
             always(lambda draw, seen, other: seen >= 2)),
    ]  # fmt: skip


def measured(engines, runs):
    """CPU seconds a cascade, one row a repetition, and all sizes of each engine."""
    times = {one.name: [] for one in engines}
    sizes = {one.name: [] for one in engines}
    for one in engines:
        one.run(min(runs[one.name], 2), 1)
    for repetition in range(REPETITIONS):
        order = engines[repetition % len(engines) :] + engines[: repetition % len(engines)]
        for one in order:
            begun = time.process_time()
            found = one.run(runs[one.name], 100 + repetition)
            times[one.name].append((time.process_time() - begun) / runs[one.name])
            sizes[one.name].append(found)
    return times, {name: np.concatenate(found) for name, found in sizes.items()}


def agree(first, second):
    error = np.hypot(*(one.std(ddof=1) / np.sqrt(len(one)) for one in (first, second)))
    return abs(first.mean() - second.mean()) <= 3 * error + 1e-9


def table(title, town, start, p, engines, runs):
    print(f"\n{title}: {town}, {REPETITIONS} repetitions")
    limit = machine(town.size)
    print(f"{'rule':22} {'engine':16} {'µs a run':>11} {'of limit':>8}  times ours (range)")
    for task in tasks(p):
        some = [one for one in engines if one.can(task) and one.name in runs]
        # Two exposures come to somebody whose neighbours are neighbours.
        begin = list(range(len(start))) if task.name.startswith("complex") else start
        for one in some:
            one.load(town, task, begin)
        times, sizes = measured(some, {one.name: runs[one.name] for one in some})
        ours = times[some[0].name]
        for one in some:
            own = times[one.name]
            ratio = np.array(own) / np.array(ours)
            remark = "" if agree(sizes[some[0].name], sizes[one.name]) else "  MEANS DIFFER"
            arcs = sizes[one.name].mean() * town.arcs / town.size
            print(
                f"{task.name:22} {one.name:16} {np.median(own) * 1e6:11.2f} "
                f"{limit * arcs / np.median(own):8.0%}  {np.median(ratio):8.1f} "
                f"({ratio.min():.1f} to {ratio.max():.1f}){remark}",
                flush=True,
            )


def scaling(town, start, p, runs):
    """Clock time of two threads beside one."""
    clock = {}
    for threads in (1, 2):
        call = {"rule": community.independent_cascade(p), "start": start, "seed": 7}
        call |= {"runs": runs, "backend": "numba", "threads": threads}
        community.simulate(town, **call)
        found = []
        for _ in range(REPETITIONS):
            begun = time.perf_counter()
            community.simulate(town, **call)
            found.append(time.perf_counter() - begun)
        clock[threads] = min(found)
    print(f"two threads against one, on the clock: {clock[1] / clock[2]:.2f} times")


def machine(people):
    """Seconds that an arc must cost: a random look-up among so many, and a hashed coin."""
    from numba import njit

    @njit
    def looked_up(where, what):
        total = 0
        for k in range(where.size):
            total += what[where[k]]
        return total

    @njit
    def tossed(ties, key, limit):
        total = 0
        for k in range(ties.size):
            bits = ties[k] ^ key
            bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            total += ((bits ^ (bits >> np.uint64(31))) >> np.uint64(11)) < limit
        return total

    def nanoseconds(task, *arguments):
        task(*arguments)
        begun = time.process_time()
        for _ in range(20):
            task(*arguments)
        return (time.process_time() - begun) / 20 / len(arguments[0]) * 1e9

    rng = np.random.default_rng(7)
    where = rng.integers(people, size=10**6).astype(np.int32)
    looked = nanoseconds(looked_up, where, np.zeros(people, dtype=np.uint8))
    ties = rng.integers(2**63, size=1 << 14).astype(np.uint64)
    coin = nanoseconds(tossed, ties, np.uint64(7), np.uint64(2**50))
    print(f"{people:,} people: a look-up {looked:.2f} ns, a coin {coin:.2f} ns")
    return (looked + coin) / 1e9


COLD = {
    "ours": (
        "from frontporch import community as c\n"
        "town = c.small_world(1_000, 10, 0.05, seed=7)\n"
        "c.simulate(town, [0, 33], c.independent_cascade(0.1), 1_000, seed=7).mean\n"
    ),
    "cynetdiff with networkx": (
        "import networkx as nx\n"
        "from cynetdiff.utils import networkx_to_ic_model\n"
        "town = nx.watts_strogatz_graph(1_000, 10, 0.05, seed=7)\n"
        "model, _ = networkx_to_ic_model(town, activation_prob=0.1)\n"
        "model.set_seeds({0, 33})\n"
        "for _ in range(1_000):\n"
        "    model.reset_model(); model.advance_until_completion()\n"
        "    model.get_num_activated_nodes()\n"
    ),
}


def cold():
    """CPU seconds of a new process up to the first answer."""
    found = {name: [] for name in COLD}
    for _ in range(REPETITIONS):
        for name, code in COLD.items():
            code = f"import sys; sys.path += {sys.path[1:]!r}\n{code}"
            code += "import time; print(time.process_time())"
            done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
            if done.returncode == 0:
                found[name].append(float(done.stdout))
    for name, seconds in found.items():
        if seconds:
            print(f"a new process to the first answer, {name}: {np.median(seconds):.2f} CPU s")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true")
    large = parser.parse_args().large
    peers = installed()
    cold()
    town = community.small_world(1_000, 10, 0.05, seed=7)
    engines = [Ours("numba"), Ours("numpy"), *peers]
    start = list(range(0, 970, 97))
    runs = {"ours, numba": 70_000, "ours, numpy": 70_000, "cynetdiff": 70_000, "pynetim": 70_000}
    if not large:
        table("small world", town, start, 0.1, engines, runs | {"networkx": 700, "ndlib": 20})
        scaling(town, start, 0.1, 400_000)
    if large:
        runs = {"ours, numba": 2_000, "ours, numpy": 50, "cynetdiff": 400, "pynetim": 400}
        middle = scale_free(100_000, 10**6)
        table("scale-free", middle, start, 0.1, engines, runs | {"networkx": 50})
        scaling(middle, start, 0.1, 4_000)
        runs = {"ours, numba": 120, "ours, numpy": 10, "cynetdiff": 40, "pynetim": 40}
        wide = scale_free(10**6, 10**7)
        table("scale-free", wide, start, 0.115, engines, runs)
        scaling(wide, start, 0.115, 60)


if __name__ == "__main__":
    main()
