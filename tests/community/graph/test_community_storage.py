"""Very many ties: from Parquet, to folders and back, memory-mapped."""

import networkx as nx
import numpy as np
import pytest

from frontporch import community
from frontporch.tables import TableError

pyarrow = pytest.importorskip("pyarrow")


def parquet(path, **columns):
    from pyarrow import parquet as files

    files.write_table(pyarrow.table(columns), path, row_group_size=50)
    return path


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("kind", [np.int32, np.int64, np.uint32])
def test_parquet_gives_the_same_as_arrays(tmp_path, directed, kind):
    graph = nx.gnm_random_graph(60, 333, seed=7, directed=directed)
    source, target = np.array(graph.edges, dtype=kind).T
    path = parquet(tmp_path / "ties.parquet", source=source, target=target)
    found = community.from_parquet(path, directed=directed, people=60)
    expected = community.from_arrays(source, target, 60, directed=directed)
    assert (found.starts == expected.starts).all() and (found.targets == expected.targets).all()
    assert (found.targets.dtype, found.starts.dtype) == (np.int32, np.int64)


@pytest.mark.parametrize(
    "source, target, text",
    [
        ([0, 1, 2], [1, 2, 2], "row 2, value 2: is tied to itself"),
        ([0, 1, 1], [1, 2, 0], "0, 1': stands more than once"),
        ([0, 1, -4], [1, 2, 0], "row 2, value -4: is not the number"),
        ([0, 1, 2], [1, 2, 99], "value 99: is nobody"),
        ([0, 1, None], [1, 2, 1], "row 2: column 'source' is empty"),
        ([], [], "has no rows"),
    ],
)
def test_bad_ties_in_parquet_are_named(tmp_path, source, target, text):
    kind = pyarrow.int64()
    path = parquet(
        tmp_path / "ties.parquet",
        source=pyarrow.array(source, kind),
        target=pyarrow.array(target, kind),
    )
    with pytest.raises(TableError, match=text):
        community.from_parquet(path, people=50)


def test_columns_that_are_not_whole_numbers_are_named(tmp_path):
    path = parquet(tmp_path / "ties.parquet", source=["a"], target=[1])
    with pytest.raises(ValueError, match="'source' of whole numbers"):
        community.from_parquet(path)


@pytest.mark.parametrize("mapped", [True, False])
def test_a_community_comes_back_from_its_folder(tmp_path, mapped):
    town = community.from_networkx(nx.les_miserables_graph())
    back = community.load(community.save(town, tmp_path / "valjean"), mapped=mapped)
    assert nx.utils.graphs_equal(back.to_networkx(), town.to_networkx())
    rule = community.linear_threshold(by_strength=True)
    call = {"start": "Valjean", "rule": rule, "runs": 30, "seed": 7}
    assert (community.simulate(back, **call).sizes == community.simulate(town, **call).sizes).all()


def test_a_mapped_community_runs_in_the_kernels(tmp_path):
    pytest.importorskip("numba")
    town = community.load(community.save(community.ring(200, 6), tmp_path))
    call = {"start": 0, "rule": community.independent_cascade(0.3), "runs": 30, "seed": 7}
    kernel = community.simulate(town, **call, backend="numba")
    assert (kernel.sizes == community.simulate(town, **call, backend="numpy").sizes).all()


def test_an_empty_folder_and_strange_names_are_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match="no community"):
        community.load(tmp_path)
    graph = nx.grid_2d_graph(2, 2)
    with pytest.raises(ValueError, match="rename"):
        community.save(community.from_networkx(graph), tmp_path)
