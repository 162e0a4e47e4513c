"""Ties in and out: tables, graphs, matrices, logs; and every fault named."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from frontporch import community
from frontporch.tables import TableError


@settings(max_examples=30)
@given(st.integers(1, 20), st.floats(0, 1), st.booleans(), st.integers(0, 10**6))
def test_a_graph_comes_back_as_it_went_in(people, density, directed, seed):
    graph = nx.gnp_random_graph(people, density, seed=seed, directed=directed)
    rng = np.random.default_rng(seed)
    for edge in graph.edges:
        graph.edges[edge]["weight"] = float(np.float32(rng.random()))
    town = community.from_networkx(graph)
    assert town.ties == graph.number_of_edges()
    assert nx.utils.graphs_equal(town.to_networkx(), graph)
    assert town.in_degree.tolist() == [
        (graph.in_degree if directed else graph.degree)(k) for k in range(people)
    ]


def test_names_layers_and_groups_come_back():
    graph = nx.Graph()
    graph.add_edge("ann", ("bob", 2), layer="local")
    graph.add_edge("cas", "ann", layer="online")
    town = community.from_networkx(graph)
    assert town.kinds == ("local", "online")
    assert nx.utils.graphs_equal(town.to_networkx(), graph)
    assert town.number(("bob", 2)) == town.numbers(("bob", 2))[0] == 1
    with pytest.raises(KeyError, match="Did you mean 'ann'"):
        town.number("anne")


def test_a_table_comes_back_as_it_went_in():
    ties = pd.DataFrame(
        {
            "source": ["ann", "bob"],
            "target": ["bob", "cas"],
            "strength": [1.5, 0.0],
            "since": ["2026-01-01", "2026-01-11"],
        }
    )
    town = community.from_table(ties)
    table = town.to_table()
    assert table["source"].tolist() == ["ann", "bob"]
    assert table["strength"].tolist() == [1.5, 0.0]
    assert table["age"].tolist() == [10.0, 0.0]
    everybody = community.from_table(ties, people=["dan", "cas", "bob", "ann"])
    assert everybody.degree.tolist() == [0, 1, 2, 1]


@pytest.mark.parametrize(
    "rows, text",
    [
        ({"source": ["a", "b"], "target": ["b", "b"]}, r"row y, column 'target'.*themselves"),
        ({"source": ["a", "b"], "target": ["b", "a"]}, r"row y.*stands in row x already"),
        ({"source": ["a", "a"], "target": ["b", "b"]}, "row y"),
        ({"source": ["a", "a"], "target": ["b", "c"], "strength": [1, -2]}, "row y.*-2"),
        ({"source": ["a", None], "target": ["b", "c"]}, "row y"),
    ],
)
def test_a_bad_row_is_named(rows, text):
    with pytest.raises(TableError, match=text):
        community.from_table(pd.DataFrame(rows, index=["x", "y"]))


def test_unknown_people_are_named():
    ties = pd.DataFrame({"source": ["a", "b"], "target": ["b", "e"]}, index=["x", "y"])
    with pytest.raises(TableError, match=r"row y, column 'target', value 'e'.*nobody"):
        community.from_table(ties, people=["a", "b", "c"])


@pytest.mark.parametrize(
    "given, text",
    [
        ({"source": [0, 1], "target": [1, 1]}, "row 1, column 'target', value 1.*themselves"),
        ({"source": [0, 1, 2], "target": [1, 2, 1]}, r"row 2.*1, 2.*row 1 already"),
        ({"source": [0, 5], "target": [1, 1], "people": 3}, "row 1, column 'source', value 5"),
        ({"source": [0, -1], "target": [1, 1]}, "row 1, column 'source', value -1"),
        (
            {"source": [0], "target": [1], "strength": [-0.5]},
            "row 0, column 'strength', value -0.5",
        ),
        ({"source": [0], "target": [1], "age": [np.nan]}, "row 0, column 'age', value nan"),
    ],
)
def test_bad_arrays_are_named(given, text):
    with pytest.raises(TableError, match=text):
        community.from_arrays(**given)


def test_the_same_pair_may_be_tied_both_ways_where_ties_have_a_direction():
    assert community.from_arrays([0, 1], [1, 0], directed=True).ties == 2
    with pytest.raises(TableError, match="row 2"):
        community.from_arrays([0, 1, 0], [1, 0, 1], directed=True)
    # The last arc of one person and the first of the next may lead to the same.
    assert community.from_arrays([0, 1], [2, 2], directed=True).ties == 2


@pytest.mark.parametrize(
    "given, text",
    [
        ({"source": [0.5], "target": [1]}, "whole numbers"),
        ({"source": [0, 1], "target": [1]}, "2 entries and target 1"),
        ({"source": [], "target": []}, "people is 0"),
        ({"source": [0], "target": [1], "people": ["a", "a"]}, "twice"),
        ({"source": [0], "target": [1], "strength": [1, 2]}, "2 entries for 1"),
        ({"source": [0], "target": [1], "group": [1]}, "1 entries for 2 people"),
    ],
)
def test_arrays_that_do_not_fit_are_named(given, text):
    with pytest.raises(ValueError, match=text):
        community.from_arrays(**given)


def test_a_matrix_with_one_direction_or_both():
    both = sparse.csr_array(np.array([[0, 2, 0], [2, 0, 1], [0, 1, 0]]))
    town = community.from_matrix(both)
    assert (town.ties, town.directed, town.strength.tolist()) == (2, False, [2, 2, 1, 1])
    one = community.from_matrix([[0, 1], [0, 0]], people=["a", "b"])
    assert one.directed and one.strength is None and one.names(one.neighbours("a")) == ["b"]
    with pytest.raises(ValueError, match="square"):
        community.from_matrix([[0, 1]])
    with pytest.raises(TableError, match="themselves"):
        community.from_matrix([[1, 0], [0, 0]])


def test_a_multigraph_adds_up_and_half_weighted_graphs_are_refused():
    several = nx.MultiGraph([(0, 1), (1, 0), (1, 2)])
    assert community.from_networkx(several).to_table().strength.tolist() == [2, 1]
    graph = nx.Graph([(0, 1), (1, 2)])
    graph.edges[0, 1]["weight"] = 2.0
    with pytest.raises(ValueError, match="1 of 2 edges"):
        community.from_networkx(graph)
    with pytest.raises(TableError, match="themselves"):
        community.from_networkx(nx.Graph([(0, 0)]))


def contacts(days):
    moments = pd.Timestamp("2026-01-01") + pd.to_timedelta(days, unit="D").round("ms")
    return pd.DataFrame({"start": moments, "source": "ann", "target": "bob", "channel": "message"})


@settings(max_examples=10)
@given(st.floats(1, 400), st.floats(0.5, 300))
def test_strength_halves_in_tau_ln_2(tau, days):
    # w ← w·exp(−Δ/τ): half is left after τ ln 2.
    start = pd.Timestamp("2026-01-01")
    half = community.from_interactions(
        contacts([0]), tau, at=start + pd.Timedelta(days=tau * np.log(2))
    )
    assert half.strength[0] == pytest.approx(0.5, abs=1e-6)
    some = community.from_interactions(contacts([0, days]), tau)
    assert some.strength[0] == pytest.approx(1 + np.exp(-days / tau), abs=1e-6)
    assert some.age[0] == pytest.approx(days, abs=1e-4)


def test_ties_dissolve_and_contacts_have_a_direction():
    log = contacts([0, 100])
    log.loc[1, ["source", "target"]] = ["bob", "cas"]
    town = community.from_interactions(log, 30, weakest=0.5)
    assert (town.size, town.ties) == (3, 1)
    assert community.from_interactions(log, directed=True).degree.tolist() == [1, 1, 0]
    assert community.from_interactions(log, at="2026-01-02").ties == 1
    with pytest.raises(ValueError, match="decay_days"):
        community.from_interactions(log, 0)
    with pytest.raises(ValueError, match="no contact"):
        community.from_interactions(log, at="2020-01-02")


def test_a_community_cannot_be_changed_and_is_not_the_callers_array():
    source = np.array([0, 1])
    town = community.from_arrays(source, [1, 2], group=(mine := np.array([0, 0, 1])))
    with pytest.raises(ValueError, match="read-only"):
        town.targets[0] = 5
    mine[0] = 9
    assert town.group.flags.writeable is False


def test_some_ties_are_kept_and_people_stay():
    town = community.from_networkx(nx.karate_club_graph())
    strong = town.kept(town.strong)
    assert strong.size == 34
    assert 0 < strong.ties < town.ties
    assert (strong.strength >= np.quantile(town.strength, 0.3)).all()
    assert set(strong.to_networkx().edges) <= set(nx.karate_club_graph().edges)
