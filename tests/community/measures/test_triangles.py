"""Closed ties: each triangle once, on whatever pieces the paths are looked at."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontporch import community
from frontporch.community.measures import triangles


@settings(max_examples=60)
@given(st.integers(1, 30), st.floats(0, 1), st.integers(0, 10**6), st.sampled_from([1, 7, 1 << 20]))
def test_common_contacts_tie_by_tie(people, density, seed, paths):
    graph = nx.gnp_random_graph(people, density, seed=seed)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(triangles, "PATHS", paths)
        found = triangles.closed_ties(community.from_networkx(graph))
    ends = list(zip(found.source.tolist(), found.target.tolist(), strict=True))
    assert {frozenset(pair) for pair in ends} == {frozenset(pair) for pair in graph.edges}
    assert len(ends) == graph.number_of_edges()
    for (a, b), common, indirect in zip(ends, found.common, found.indirect, strict=True):
        shared = set(graph[a]) & set(graph[b])
        assert common == len(shared)
        assert indirect == pytest.approx(sum(1 / graph.degree[q] for q in shared), abs=1e-12)
    assert found.triangles == sum(nx.triangles(graph).values()) // 3


def test_everybody_tied_to_everybody():
    found = triangles.closed_ties(community.from_networkx(nx.complete_graph(20)))
    assert found.triangles == 20 * 19 * 18 // 6
    assert found.local_bridges == 0
    assert found.transitivity == 1 and (found.clustering == 1).all()
    # (p + (n − 2) p²)² for each of n − 1 contacts, p = 1/(n − 1): Burt (1992).
    p = 1 / 19
    assert found.constraint == pytest.approx(19 * (p + 18 * p**2) ** 2, abs=1e-12)


def test_a_hub_costs_no_more_than_its_ties():
    # Pairs of the hub's contacts are five thousand million: none of them is looked at.
    hub = community.from_arrays(np.zeros(100_000, dtype=int), np.arange(1, 100_001))
    found = triangles.closed_ties(hub)
    assert (found.triangles, found.local_bridges, found.transitivity) == (0, 100_000, 0)
    assert found.constraint[0] == pytest.approx(1e-5, abs=1e-12)
    assert (found.constraint[1:] == 1).all()


def test_people_without_ties_have_no_constraint():
    found = triangles.closed_ties(community.from_arrays([0], [1], people=3))
    assert np.isnan(found.constraint[2]) and found.clustering[2] == 0
