"""Bridges, beside networkx and by taking each tie away."""

import networkx as nx
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from frontporch import community
from frontporch.community.measures.bridges import bridges


def pairs(town, which):
    ends = zip(town.sources[which].tolist(), town.targets[which].tolist(), strict=True)
    return {frozenset(one) for one in ends}


@settings(max_examples=100)
@given(st.integers(1, 40), st.floats(0, 4), st.integers(0, 10**6))
def test_bridges_are_those_of_networkx(people, mean_ties, seed):
    graph = nx.gnp_random_graph(people, min(mean_ties / people, 1), seed=seed)
    town = community.from_networkx(graph)
    found = bridges(town)
    assert pairs(town, found) == {frozenset(one) for one in nx.bridges(graph)}
    assert found.sum() == 2 * len(pairs(town, found))


@settings(max_examples=25)
@given(st.integers(2, 15), st.integers(0, 10**6))
def test_without_a_bridge_there_is_one_part_more(people, seed):
    graph = nx.gnp_random_graph(people, 1.5 / people, seed=seed)
    town = community.from_networkx(graph)
    parts, found = nx.number_connected_components(graph), pairs(town, bridges(town))
    for tie in list(graph.edges):
        fewer = graph.copy()
        fewer.remove_edge(*tie)
        falls = nx.number_connected_components(fewer) == parts + 1
        assert falls == (frozenset(tie) in found)


def test_every_tie_of_a_tree_and_none_of_a_ring():
    line = community.from_arrays(np.arange(49_999), np.arange(1, 50_000))
    assert bridges(line).all()
    assert not bridges(community.ring(50_000, 2)).any()
    assert bridges(community.from_arrays([], [], people=3)).tolist() == []
