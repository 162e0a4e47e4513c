"""Structure: measures beside those of networkx, and by hand."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontporch import community, data
from frontporch.community.measures.structure import assortativity, modularity
from frontporch.community.measures.weak_ties import overlap


@pytest.fixture(scope="module")
def club():
    return community.from_networkx(nx.karate_club_graph())


def test_the_karate_club_hangs_together(club):
    assert community.describe(club).iloc[0]["largest_part"] == 1


def test_the_medici_sit_between():
    table = community.people(community.from_table(data.load("florentine_families")))
    assert table["betweenness"].idxmax() == "Medici"


@settings(max_examples=60)
@given(st.integers(1, 40), st.floats(0, 1), st.integers(0, 10**6))
def test_the_numbers_are_those_of_networkx(people, density, seed):
    graph = nx.gnp_random_graph(people, density**2, seed=seed)
    town = community.from_networkx(graph)
    row, table = community.describe(town).iloc[0], community.people(town)
    core, closed, gaps = nx.core_number(graph), nx.clustering(graph), nx.constraint(graph)
    highest = max(core.values())
    counted = {
        "triangles": sum(nx.triangles(graph).values()) / 3,
        "transitivity": nx.transitivity(graph),
        "clustering": nx.average_clustering(graph),
        "core": highest,
        "core_people": sum(one == highest for one in core.values()),
        "bridges": sum(1 for _ in nx.bridges(graph)),
        "local_bridges": sum(1 for _ in nx.local_bridges(graph, with_span=False)),
    }
    assert row[list(counted)].tolist() == pytest.approx(list(counted.values()), abs=1e-9)
    assert table["core"].tolist() == list(core.values())
    assert table["clustering"].tolist() == pytest.approx(list(closed.values()), abs=1e-9)
    assert table["constraint"].tolist() == pytest.approx(list(gaps.values()), abs=1e-9, nan_ok=True)


def test_a_large_community_is_described():
    # A ring of K = 20 ties each: clustering 3(K − 2)/4(K − 1) by Watts & Strogatz (1998), core
    # K, and 45 of each person's 190 pairs of contacts are closed on one side.
    town = community.small_world(20_000, 20, 0.0, seed=7)
    row = community.describe(town).iloc[0]
    assert row["clustering"] == pytest.approx(3 * 18 / (4 * 19), abs=1e-12)
    assert row["transitivity"] == pytest.approx(3 * 18 / (4 * 19), abs=1e-12)
    assert row[["triangles", "core", "core_people"]].tolist() == [20_000 * 45, 20, 20_000]
    assert row[["bridges", "local_bridges", "largest_part"]].tolist() == [0, 0, 1]
    assert row[["mean_path", "diameter", "degree_assortativity"]].isna().all()
    table = community.people(town)
    assert table["betweenness"].isna().all()
    assert np.ptp(table["constraint"]) < 1e-12 and np.ptp(table["clustering"]) < 1e-12


def test_steps_are_those_of_the_largest_part():
    path_and_pair = community.from_arrays([0, 2, 3, 4], [1, 3, 4, 5], people=7)
    row = community.describe(path_and_pair).iloc[0]
    assert row[["largest_part", "diameter"]].tolist() == [4 / 7, 3]
    assert row["mean_path"] == pytest.approx(10 / 6, abs=1e-12)


def test_the_split_of_the_club(club):
    sides = [one for _, one in nx.karate_club_graph().nodes.data("club")]
    parts = [{k for k, side in enumerate(sides) if side == one} for one in set(sides)]
    expected = nx.community.modularity(nx.karate_club_graph(), parts, weight=None)
    assert modularity(club, sides) == pytest.approx(expected, abs=1e-12)
    expected = nx.attribute_assortativity_coefficient(nx.karate_club_graph(), "club")
    assert assortativity(club, sides) == pytest.approx(expected, abs=1e-12)
    expected = nx.degree_assortativity_coefficient(nx.karate_club_graph())
    assert assortativity(club) == pytest.approx(expected, abs=1e-12)


@settings(max_examples=25)
@given(st.integers(2, 25), st.floats(0, 1), st.integers(0, 10**6))
def test_overlap_is_counted_contact_by_contact(people, density, seed):
    # Onnela et al. (2007), PNAS 104:7332-7336, equation 1, by sets.
    graph = nx.gnp_random_graph(people, density, seed=seed)
    town = community.from_networkx(graph)
    found = overlap(town)
    bridges = community.local_bridges(town)
    for arc, (a, b) in enumerate(zip(town.sources.tolist(), town.targets.tolist(), strict=True)):
        mine, theirs = set(graph[a]) - {b}, set(graph[b]) - {a}
        expected = len(mine & theirs) / len(mine | theirs) if mine | theirs else 0
        assert found[arc] == pytest.approx(expected, abs=1e-12)
        assert bridges[arc] == (not mine & theirs)


def test_the_two_definitions_of_weak_differ(club):
    by_strength = community.weak_ties(club)
    by_overlap = community.weak_ties(club, "overlap")
    assert 0 < by_strength.mean() <= 0.3 and 0 < by_overlap.mean() <= 0.3
    assert (by_strength != by_overlap).any()
    assert (by_strength == ~club.strong).all()


def test_what_cannot_be_described_is_named(club):
    one_way = community.from_arrays([0], [1], directed=True)
    for call in (community.describe, community.people, overlap):
        with pytest.raises(ValueError, match="without direction"):
            call(one_way)
    with pytest.raises(KeyError, match="Did you mean 'overlap'"):
        community.weak_ties(club, "overlapp")
    with pytest.raises(ValueError, match="no strength"):
        community.weak_ties(community.ring(6, 2))
    with pytest.raises(ValueError, match="no neighbourhood"):
        modularity(club)
    with pytest.raises(ValueError, match="2 entries for 34"):
        assortativity(club, [0, 1])
    assert np.isnan(assortativity(community.ring(6, 2)))


def test_ties_between_people_with_nobody_in_common_are_weak_however_many():
    ring = community.ring(20, 2)
    assert community.weak_ties(ring, "overlap").all()
    assert not community.weak_ties(community.ring(20, 4), "overlap").all()
