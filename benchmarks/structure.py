"""Speed of the structure of large communities, beside networkx in the same run.

``python benchmarks/structure.py`` describes the same neighbourhoods and small worlds twice, from
sparse rows and by networkx, and prints CPU seconds of each, their ratio and, for circles, the
modularity that each reached; networkx gets one try of Louvain, ours what
`detect_communities` always does.
``--largest`` adds 100,000 people with 1,000,000 ties, which takes networkx some minutes. Both
include what it takes to bring the community into their own form. Nothing here is a test.
"""

import argparse
import resource
import time
from functools import partial
from unittest import mock

import networkx
import numpy as np

from frontporch import community
from frontporch.community.measures import partition, structure

SMALL = [(1_000, 5_000), (4_000, 20_000), (10_000, 50_000), (20_000, 200_000)]
LARGEST = [(100_000, 1_000_000)]


def cpu(task, repeats=1):
    """Median CPU seconds of a task, and what it gave."""
    times = []
    for _ in range(repeats):
        start = time.process_time()
        given = task()
        times.append(time.process_time() - start)
    return float(np.median(times)), given


def towns(people, ties):
    """Two communities of about this size."""
    each = 2 * ties / people
    sizes = np.full(max(people // 500, 2), people // max(people // 500, 2)).tolist()
    yield (
        "block_model",
        community.block_model(sizes, 0.7 * each, 0.3 * each, sociability=0.5, seed=7),
    )
    yield "small world", community.small_world(people, int(each), 0.05, seed=7)


def circles(town):
    """Give circles, one try."""
    with mock.patch.object(partition, "TRIES", 1):
        return community.detect_communities(town, 7)


def described(town):
    """Describe a community by networkx."""
    graph = town.to_networkx()
    networkx.core_number(graph), networkx.triangles(graph), networkx.transitivity(graph)
    networkx.average_clustering(graph), list(networkx.bridges(graph))
    return list(networkx.local_bridges(graph, with_span=False))


def by_person(town):
    """Describe people by networkx."""
    graph = town.to_networkx()
    return networkx.core_number(graph), networkx.clustering(graph), networkx.constraint(graph)


def louvain(town):
    """Give the modularity of networkx's own division, one try."""
    graph = town.to_networkx()
    found = networkx.community.louvain_communities(graph, seed=7)
    return networkx.community.modularity(graph, found)


TASKS = (
    (community.describe, described),
    (community.people, by_person),
    (circles, louvain),
)


def main(sizes):
    """Print the table."""
    print(f"{'':62} {'ours':>8} {'networkx':>9} {'ratio':>6} {'peak MB':>8}  modularity")
    for people, ties in sizes:
        for name, town in towns(people, ties):
            for task, peer in TASKS:
                # Paths between all pairs cost the same in both.
                with mock.patch.object(structure, "COMFORTABLE", 0):
                    mine, found = cpu(partial(task, town), 3)
                    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
                    theirs, other = cpu(partial(peer, town))
                label = f"{name}, {town.size:,} people, {town.ties:,} ties: {task.__name__}"
                reached = ""
                if task is circles:
                    reached = f"{found.modularity:.4f} ({found.method}), {other:.4f}"
                print(
                    f"{label:62} {mine:8.3f} {theirs:9.3f} {theirs / mine:6.1f} {peak:8.0f}  "
                    f"{reached}",
                    flush=True,
                )
            with_all = cpu(partial(community.detect_communities, town, 7))[0]
            print(f"{'    the same, as many tries as are made':62} {with_all:8.3f}", flush=True)


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--largest", action="store_true", help="100,000 people, too")
    main(SMALL + LARGEST * asked.parse_args().largest)
