"""Partition by Leiden, natively and by networkx: as good as published, no worse than Louvain."""

import re
import sys

import networkx as nx
import numpy as np
import pytest

from frontporch import community
from frontporch.community.measures import partition
from frontporch.community.measures.structure import modularity
from frontporch.groups import MissingPackage, line_for


@pytest.fixture(scope="module")
def club():
    return community.from_networkx(nx.karate_club_graph())


@pytest.fixture
def native():
    """Divide natively."""
    pytest.importorskip("graspologic_native")


@pytest.fixture
def missing(monkeypatch):
    """Divide where graspologic-native is not installed."""
    monkeypatch.setitem(sys.modules, partition.NATIVE, None)


def check_karate(club, printed):
    found = community.detect_communities(club, seed=7)
    assert found.modularity == printed("karate_club", "highest modularity")
    assert len(found) == printed("karate_club", "circles")
    assert modularity(club, found.circle) == pytest.approx(found.modularity, abs=1e-12)
    assert (np.diff(np.bincount(found.circle)) <= 0).all()
    weighted = community.detect_communities(club, seed=7, by_strength=True)
    sets = [set(np.flatnonzero(weighted.circle == k).tolist()) for k in range(len(weighted))]
    graph = nx.karate_club_graph()
    expected = nx.community.modularity(graph, sets, weight="weight")
    assert weighted.modularity == pytest.approx(expected, abs=1e-9)
    assert weighted.modularity > 0.42
    return found


def test_karate_club_falls_into_four_circles(club, native, printed):
    found = check_karate(club, printed)
    assert (found.method, found.notes) == ("leiden", ())


def test_karate_club_without_the_native_package(club, missing, printed):
    found = check_karate(club, printed)
    assert found.method == "louvain"
    assert f"not installed ({line_for(partition.NATIVE)})" in found.notes[0]
    assert "best of 20 tries" in found.notes[0]


@pytest.mark.parametrize("seed", range(10))
def test_native_circles_are_no_worse_than_louvain(seed, native):
    town = community.block_model([30] * 10, 6, 3, sociability=0.5, seed=seed)
    graph = partition.without_names(town)
    found = community.detect_communities(town, seed)
    peer = nx.community.louvain_communities(graph, seed=seed)
    assert found.method == "leiden"
    assert found.modularity >= nx.community.modularity(graph, peer) - 1e-12
    assert modularity(town, found.circle) == pytest.approx(found.modularity, abs=1e-12)


def test_native_circles_are_those_that_were_planted(native):
    town = community.block_model([40, 30, 20], 15, 0.5, seed=7)
    found = community.detect_communities(town, 7)
    assert len(found) == 3
    for number, group in enumerate(range(3)):
        assert (found.circle[town.group == group] == number).mean() > 0.95


def test_the_same_seed_gives_the_same_circles(native):
    town = community.block_model([50] * 6, 4, 4, seed=7)
    first, again, other = (community.detect_communities(town, seed) for seed in (1, 1, 2))
    assert np.array_equal(first.circle, again.circle)
    assert not np.array_equal(first.circle, other.circle)


def test_people_without_ties_or_strength_stand_alone(native):
    ties = community.from_arrays([0, 2, 3], [1, 3, 4], people=6, strength=[1.0, 2.0, 0.0])
    found = community.detect_communities(ties, 7)
    assert found.circle.tolist() == [1, 1, 0, 0, 0, 2]
    weighted = community.detect_communities(ties, 7, by_strength=True)
    assert weighted.circle.tolist()[:4] == [0, 0, 1, 1]
    assert weighted.modularity == pytest.approx(1 - 1 / 9 - 4 / 9, abs=1e-12)


def test_tries_become_fewer_as_ties_become_many(missing, monkeypatch):
    assert [partition._tries(community.ring(n, 20), "leiden") for n in (1_000, 10_000)] == [20, 10]
    assert partition._tries(community.ring(10_000, 20), "louvain") == 4
    monkeypatch.setattr(partition, "AFFORDED", {"leiden": 0, "louvain": 0})
    found = community.detect_communities(community.ring(60, 4), 7)
    assert found.notes[0].endswith("by Louvain, best of 1 try.")


def test_what_would_not_end_is_refused(missing, monkeypatch):
    monkeypatch.setattr(partition, "MOST", 100)
    with pytest.raises(
        MissingPackage,
        match=rf"60 people and 120 ties needs .*{re.escape(line_for(partition.NATIVE))}",
    ):
        community.detect_communities(community.ring(60, 4), 7)


def test_nobody_tied_to_anybody_is_named():
    with pytest.raises(ValueError, match="no circles to find"):
        community.detect_communities(community.from_arrays([], [], people=3), 7)
    feeble = community.from_arrays([0], [1], strength=[0.0])
    with pytest.raises(ValueError, match="no circles to find"):
        community.detect_communities(feeble, 7, by_strength=True)
    with pytest.raises(ValueError, match="without direction"):
        community.detect_communities(community.from_arrays([0], [1], directed=True), 7)
