"""The simulated main street: the committed table is the generator's, and real graphs go in too."""

import networkx
import numpy as np
import pandas as pd
import pytest

from frontporch import community, data, tables
from frontporch.community.graph.main_street import write_main_street
from frontporch.community.measures.structure import modularity
from frontporch.data import graphs, packages


@pytest.fixture(scope="module")
def street():
    return community.main_street()


def test_the_committed_tables_are_made_by_the_generator(street, tmp_path):
    write_main_street(tmp_path)
    home = packages.folder() / "main_street_ties"
    for name in ("ties", "people"):
        # A checkout may have changed the line endings.
        committed = (home / f"{name}.csv").read_bytes().replace(b"\r\n", b"\n")
        assert (tmp_path / f"{name}.csv").read_bytes() == committed
        pd.testing.assert_frame_equal(data.load("main_street_ties", name), getattr(street, name))


def test_it_says_that_it_is_synthetic(street):
    assert data.describe("main_street_ties").synthetic is True
    assert street.community().synthetic


def test_ties_keep_their_contract_and_make_a_community(street):
    pd.testing.assert_frame_equal(tables.check(street.ties, "ties"), street.ties)
    everybody = data.load("main_street_ties", "people")
    loaded = data.load("main_street_ties")
    plain = community.from_table(loaded, people=everybody["person"].tolist())
    town = community.on_main_street(loaded, everybody)
    assert plain.size == town.size == 200 and plain.ties == town.ties == len(loaded)
    assert town.layers == ("local", "online")
    np.testing.assert_array_equal(town.strength, street.community().strength)
    assert (town.age >= 0).all()
    by_place = everybody["neighbourhood"].map(
        {n: k for k, n in enumerate(everybody["neighbourhood"].drop_duplicates())}
    )
    np.testing.assert_array_equal(town.group, by_place)


def test_it_has_the_structure_that_it_promises(street):
    town = street.community()
    same = town.group[town.sources] == town.group[town.targets]
    local = town.layer == 0
    assert same[local].mean() > 0.85 and same[~local].mean() < 0.35
    assert modularity(town) > 0.5
    row = community.describe(town).iloc[0]
    assert row["largest_part"] > 0.95 and row["transitivity"] > 0.15
    assert np.median(town.strength[local]) > np.median(town.strength[~local])
    assert np.median(town.age[local]) > np.median(town.age[~local])
    shop = street.people["role"].eq("shop").to_numpy()
    # Shops know residents, not each other, and are not online.
    assert not (shop[town.sources] & shop[town.targets]).any()
    assert not (shop[town.sources] & ~local).any()


def test_a_door_away_is_nearer_than_ten():
    pairs = []
    for seed in range(5):
        drawn = community.main_street(seed)
        door = drawn.people.set_index("person")
        ends = [door.loc[drawn.ties[end]].reset_index() for end in ("source", "target")]
        home = (
            (ends[0]["neighbourhood"] == ends[1]["neighbourhood"])
            & (ends[0]["role"] == ends[1]["role"])
            & (drawn.ties["layer"] == "local")
        )
        pairs.append((ends[0]["door"] - ends[1]["door"]).abs()[home])
    apart = pd.concat(pairs)
    assert (apart <= 4).sum() > 3 * (apart > 8).sum()


def test_a_seed_repeats_and_another_differs(street):
    pd.testing.assert_frame_equal(community.main_street(1955).ties, street.ties)
    assert len(community.main_street(7).ties) != len(street.ties)
    pd.testing.assert_frame_equal(community.main_street(7).people, street.people)


@pytest.mark.parametrize("name", sorted(graphs.GRAPHS))
def test_real_graphs_go_into_a_community_by_both_doors(name):
    graph = getattr(networkx, graphs.GRAPHS[name].maker)()
    by_graph = community.from_networkx(graph)
    by_table = community.from_table(data.load(name), data.load(name, "people")["person"].tolist())
    assert (by_graph.size, by_graph.ties) == (by_table.size, by_table.ties)
    np.testing.assert_array_equal(by_graph.targets, by_table.targets)
    if by_graph.strength is None:
        assert by_table.strength is None
    else:
        np.testing.assert_array_equal(by_graph.strength, by_table.strength)
    back = by_graph.to_networkx()
    assert set(map(frozenset, back.edges)) == set(map(frozenset, graph.edges))
    assert list(back) == list(graph)
    start = next(iter(graph))
    reach = community.simulate(graph, [start], community.independent_cascade(0.1), runs=50, seed=7)
    assert reach.people == len(graph)
