"""Ties as people have them: weights, names, matrices, graphs of other libraries, damaged files."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from frontporch import community
from frontporch.community.graph import storage
from frontporch.tables import TableError

GEPHI = pd.DataFrame({"Source": list("aba"), "Target": list("bcc"), "Weight": [5, 31, 2]})


def test_an_edge_list_from_gephi_needs_one_error():
    with pytest.raises(TableError) as caught:
        community.from_table(GEPHI)
    made = community.from_table(GEPHI, **caught.value.options)
    assert made.to_table().strength.tolist() == [5, 2, 31]


def test_a_weight_that_is_not_used_is_said():
    made = community.from_table(GEPHI.rename(columns={"Source": "source", "Target": "target"}))
    assert made.strength is None
    assert "strength" in made.noticed[0].what and "Weight" in made.noticed[0].done


def test_two_rows_of_one_tie():
    ties = pd.DataFrame({"source": list("abb"), "target": list("bac"), "strength": [1, 2, 3]})
    with pytest.raises(TableError, match="directed=True"):
        community.from_table(ties)
    assert community.from_table(ties, directed=True).ties == 3
    assert community.from_table(ties, repeats="add up").to_table().strength.tolist() == [3, 3]


def test_names_in_two_spellings():
    ties = pd.DataFrame(
        {"source": ["Zo\u00eb", "Zoe\u0308", "Cas"], "target": ["Bob", "Ann", "Ann"]}
    )
    assert community.from_table(ties).size == 5
    assert "spaces or accents" in community.from_table(ties).noticed[0].what
    assert community.from_table(ties, spelling="tidy").size == 4


def test_a_matrix_with_names():
    names = ["Ada", "Ben", "Cas"]
    frame = pd.DataFrame([[0, 2, 0], [2, 0, 1], [0, 1, 0]], names, names)
    for given in (frame, frame[names[::-1]], frame.reset_index(drop=True)):
        made = community.from_matrix(given)
        assert made.people == tuple(names)
        assert made.names(made.neighbours("Ben")) == ["Ada", "Cas"]
    with pytest.raises(ValueError, match="Dan"):
        community.from_matrix(frame.rename(columns={"Ada": "Dan"}))
    unnamed = frame.reset_index(names="who")
    with pytest.raises(ValueError, match=r"frame\.set_index\('who'\)"):
        community.from_matrix(unnamed)
    assert community.from_matrix(unnamed.set_index("who")).people == tuple(names)


def test_a_matrix_that_is_symmetric_but_for_rounding():
    made = community.from_matrix(np.array([[0, 0.1 + 0.2], [0.3, 0]]))
    assert not made.directed and made.ties == 1
    assert community.from_matrix(np.array([[0, 0.31], [0.3, 0]])).directed


def test_many_layers():
    layer = [f"layer {k}" for k in range(300)]
    made = community.from_arrays(np.arange(300), np.arange(1, 301), layer=layer)
    assert made.to_table().layer.tolist() == layer


@pytest.mark.parametrize("name", ["targets", "starts", "layer"])
def test_a_damaged_file_is_an_error_that_names_it(tmp_path, name):
    made = community.from_arrays(np.arange(20), np.arange(1, 21), layer=["a"] * 20)
    storage.save(made, tmp_path)
    assert storage.load(tmp_path).ties == 20
    file = tmp_path / f"{name}.npy"
    values = np.load(file)
    values[7] = 100 if name == "layer" else 1_900_000_000
    np.save(file, values)
    with pytest.raises(ValueError, match=rf"{name}\.npy is damaged"):
        storage.load(tmp_path)
    file.write_bytes(file.read_bytes()[:-9])
    with pytest.raises(ValueError, match=rf"{name}\.npy is damaged"):
        storage.load(tmp_path)
    (tmp_path / "community.json").write_text("{", encoding="utf-8")
    with pytest.raises(ValueError, match=r"community\.json is damaged"):
        storage.load(tmp_path)


def test_one_huge_number_is_refused_before_memory_is_taken(tmp_path):
    pytest.importorskip("pyarrow")
    file = tmp_path / "ties.parquet"
    pd.DataFrame({"source": [0, 1], "target": [1, 2_000_000_000]}).to_parquet(file)
    with pytest.raises(TableError, match="would make 2,000,000,001 people"):
        storage.from_parquet(file)


def test_graphs_and_matrices_pass_for_a_community():
    from scipy import sparse

    from frontporch.community.graph.reading import as_community

    graph = nx.karate_club_graph()
    for given in (
        graph,
        nx.to_scipy_sparse_array(graph),
        community.from_networkx(graph).to_table(),
    ):
        assert as_community(given).ties == 78
    assert as_community(sparse.eye_array(3, k=1)).directed
