"""Whom to ask first, beside peers: CPU seconds for fifty starters, and what they reach.

``python benchmarks/seeding.py`` prints the table for 10,000 people; with ``--large`` also for
100,000 and 10⁶. Peers in the same run: pynetim's IMM and lazy greedy over cynetdiff's cascades
where they are installed, and greedy in plain networkx, the last two on a small community. What is
reached is counted on the same runs for all. Loading a graph is left out, and so is the first call
of each engine.
"""

import argparse
import random
import time

import numpy as np

from frontporch import community
from frontporch.community.graph.ties import Community, sparse_rows
from frontporch.community.seeding.choice import influence_maximization
from frontporch.community.seeding.greedy import lazy_greedy
from frontporch.community.seeding.opim import opim_c
from frontporch.community.seeding.percolation import live_edges
from frontporch.streams import root_key

STARTERS, WANTED = 50, 0.7
NOBODY = np.array([], dtype=np.int64)


def preferential(people, ties, seed=7):
    """Everybody ties to so many drawn in proportion to their ties (Barabási & Albert 1999)."""
    rng = np.random.default_rng(seed)
    source = np.repeat(np.arange(ties, people), ties)
    ends = np.empty(2 * len(source), dtype=np.int64)
    ends[0::2] = source
    draw = rng.random(len(source))
    ends[1 : 2 * ties : 2] = np.arange(ties)
    for k in range(ties, len(source)):
        ends[2 * k + 1] = ends[int(draw[k] * 2 * (k - k % ties))]
    target = ends[1::2]
    low, high = np.minimum(source, target), np.maximum(source, target)
    pairs = np.unique(low[low < high] * people + high[low < high])
    starts, targets, _ = sparse_rows(pairs // people, pairs % people, people, False)
    return Community(starts, targets)


def timed(task):
    """CPU seconds and result."""
    begun = time.process_time()
    result = task()
    return time.process_time() - begun, result


def reached(town, people, rule):
    """Mean adopters on runs that no choice has seen."""
    return community.simulate(town, list(people), rule, 500, 99, backend="numba").mean


def by_cynetdiff(town, p, k, runs=100):
    """Lazy greedy over cascades of cynetdiff, which has compiled cascades."""
    from cynetdiff import utils

    model, _ = utils.networkx_to_ic_model(town.to_networkx(), activation_prob=p)

    class Cascades:
        def __init__(self):
            self.chosen, self.had = [], 0.0

        def mean(self, people):
            model.set_seeds(set(people))
            total = 0
            for _ in range(runs):
                model.reset_model()
                model.advance_until_completion()
                total += model.get_num_activated_nodes()
            return total

        def gain(self, person):
            return int(self.mean([*self.chosen, person]) - self.had)

        def gains(self):
            return np.array([self.gain(person) for person in range(town.size)])

        def take(self, person):
            self.chosen.append(person)
            self.had = self.mean(self.chosen)

    return lambda: lazy_greedy(Cascades(), k)[0]


def by_pynetim(town, p, k):
    """IMM of pynetim, each tie given both ways."""
    from pynetim import IMGraph, IMMAlgorithm

    edges = list(zip(town.sources.tolist(), town.targets.tolist(), strict=True))
    graph = IMGraph(edges, weights=p)
    return lambda: IMMAlgorithm(graph, model="IC", epsilon=0.5).run(k=k)


def by_networkx(town, p, k, worlds=100, seed=7):
    """Plain greedy on live-edge graphs in networkx, as a textbook writes it."""
    import networkx as nx

    draw, graph = random.Random(seed), town.to_networkx()
    parts = []
    for _ in range(worlds):
        live = nx.Graph()
        live.add_nodes_from(graph)
        live.add_edges_from(edge for edge in graph.edges if draw.random() < p)
        parts.append({v: part for part in nx.connected_components(live) for v in part})

    def choose():
        chosen = []
        for _ in range(k):
            covered = [set().union(*(world[v] for v in chosen)) for world in parts]

            def gain(v, covered=covered):
                return sum(len(world[v] - had) for world, had in zip(parts, covered, strict=True))

            chosen.append(max((v for v in graph if v not in chosen), key=gain))
        return chosen

    return choose


def line(people, rule, what, seconds, reach, note=""):
    """Print one line of the table."""
    print(f"{people:>9,} {rule:18} {what:34} {seconds:8.3f} {reach:12,.1f}  {note}", flush=True)


def fifty(people):
    """Fifty starters by ours, by most ties, and by the peers that are installed."""
    town = preferential(people, 5)
    for name, rule, p in (
        ("p = 0.01", community.independent_cascade(0.01), 0.01),
        ("p = 0.03", community.independent_cascade(0.03), 0.03),
        ("weighted cascade", community.weighted_cascade(), None),
    ):
        seconds, found = timed(
            lambda rule=rule: opim_c(
                town, rule, STARTERS, root_key(7), already=NOBODY, wanted=WANTED, backend="numba"
            )
        )
        proved = found.certificate
        line(people, name, "ours, reverse reachable", seconds, reached(town, found.chosen, rule),
             f"certificate {proved.ratio:.2f}, {proved.sets:,} sets")  # fmt: skip
        most = np.argsort(-town.degree, kind="stable")[:STARTERS]
        line(people, name, "most ties", 0.0, reached(town, most, rule))
        if p is not None and people <= 10_000:
            seconds, best = timed(
                lambda rule=rule: influence_maximization(
                    town,
                    STARTERS,
                    rule,
                    7,
                    method="lazy greedy",
                    precision=community.Precision(runs=1_000),
                    backend="numba",
                )
            )
            line(people, name, "ours, lazy greedy on 1,000 worlds", seconds,
                 reached(town, best.starters, rule))  # fmt: skip
            beside("pynetim, IMM", by_pynetim, town, p, STARTERS, rule, name)


def beside(what, peer, town, p, k, rule, name):
    """Print the line of a peer, where it is installed."""
    try:
        task = peer(town, p, k)
    except ImportError:
        line(town.size, name, what, float("nan"), float("nan"), "not installed")
        return
    seconds, chosen = timed(task)
    line(town.size, name, what, seconds, reached(town, chosen, rule))


def small():
    """Ours beside plain greedy in networkx: 200 people, five starters."""
    town, rule = preferential(200, 5), community.independent_cascade(0.1)

    def ours():
        precision = community.Precision(runs=100)
        return influence_maximization(town, 5, rule, 7, method="lazy greedy", precision=precision)

    ours()
    seconds, best = timed(ours)
    line(200, "p = 0.1", "ours, lazy greedy, with certificate", seconds,
         reached(town, best.starters, rule))  # fmt: skip
    seconds, chosen = timed(by_networkx(town, 0.1, 5))
    line(200, "p = 0.1", "networkx, plain greedy", seconds, reached(town, chosen, rule))
    beside("cynetdiff, lazy greedy", by_cynetdiff, town, 0.1, 5, rule, "p = 0.1")


def look_ups(people, runs=100):
    """What ten starters cost a world, once the worlds are drawn."""
    town = community.small_world(people, 10, 0.05, seed=7)
    rule, rng = community.independent_cascade(0.1), np.random.default_rng(1)
    live_edges(town, rule, 1, 7, backend="numba")
    seconds, worlds = timed(lambda: live_edges(town, rule, runs, 7, backend="numba"))
    some = [rng.choice(people, 10, replace=False) for _ in range(200)]
    looked = [timed(lambda ten=ten: worlds.reach(ten))[0] for ten in some]
    print(f"{people:>9,} people: {seconds / runs * 1e3:.1f} ms a world, then ten starters "
          f"{np.median(looked) / runs * 1e6:.2f} µs a world")  # fmt: skip


def main():
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true", help="also 100,000 and 10⁶ people")
    large = parser.parse_args().large
    print(f"{'people':>9} {'rule':18} {'how':34} {'CPU s':>8} {'reach':>12}")
    warm = preferential(1_000, 5)
    for rule in (community.independent_cascade(0.05), community.weighted_cascade()):
        opim_c(warm, rule, 5, root_key(1), already=NOBODY, backend="numba")
    small()
    for people in (10_000, 100_000, 1_000_000) if large else (10_000,):
        fifty(people)
    for people in (200, 1_000_000) if large else (200, 10_000):
        look_ups(people)


if __name__ == "__main__":
    main()
