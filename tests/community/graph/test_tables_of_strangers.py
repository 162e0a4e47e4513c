"""Ties as people have them: from a path, both ways round, many layers, and large strengths."""

from importlib.util import find_spec

import numpy as np
import pandas as pd
import pytest
from mending import mended

from frontporch import community
from frontporch.tables import TableError


def test_an_edge_list_of_gephi_needs_one_error(saved):
    town = mended(community.from_table, saved("Source,Target,Weight\na,b,5\nb,c,31\na,c,2\n"))
    assert town.people == ("a", "b", "c")
    assert town.to_table().strength.tolist() == [5, 2, 31]


def test_a_file_of_all_pairs_has_its_names(saved):
    town = community.from_table(saved(",Ada,Ben,Cas\nAda,0,2,0\nBen,2,0,1\nCas,0,1,0\n"))
    assert town.people == ("Ada", "Ben", "Cas")
    with pytest.raises(TypeError, match=r"from_table\('m.csv'\)"):
        community.from_matrix("m.csv")


def test_all_pairs_from_a_frame_and_a_workbook(saved, tmp_path):
    text = "who,Ada,Ben,Cas\nAda,0,2.5,0\nBen,2.5,0,1\nCas,0,1,0\n"
    frame = pd.read_csv(saved(text))
    found = [community.from_table(frame)]
    if find_spec("openpyxl") and find_spec("python_calamine"):
        for name, one in {"pairs": frame, "corner": frame.rename(columns={"who": ""})}.items():
            one.to_excel(tmp_path / f"{name}.xlsx", index=False)
            found.append(community.from_table(tmp_path / f"{name}.xlsx"))
    for town in found:
        assert town.people == ("Ada", "Ben", "Cas")
        assert town.to_table().strength.tolist() == [2.5, 1]


def test_both_directions_offer_direction_and_adding_up(saved):
    file = saved("source,target,strength\na,b,1\nb,a,2\nb,c,3\n")
    with pytest.raises(
        TableError, match=r'line 3.*in line 2.*directed=True; repeats="add up"'
    ) as e:
        community.from_table(file)
    assert e.value.options == {"directed": True}
    assert community.from_table(file, directed=True).ties == 3
    assert community.from_table(file, repeats="add up").to_table().strength.tolist() == [3, 3]


@pytest.mark.parametrize("directed", [False, True])
def test_the_same_row_twice_offers_adding_up(directed):
    ties = pd.DataFrame({"source": ["a", "a", "b"], "target": ["b", "b", "c"]}, index=[7, 8, 9])
    with pytest.raises(TableError, match=r"row 8.*row 7") as caught:
        community.from_table(ties, directed=directed)
    assert caught.value.options == {"repeats": "add up"}
    assert mended(community.from_table, ties, directed=directed).to_table().strength.tolist() == [
        2,
        1,
    ]


def test_somebody_who_is_not_listed_is_named_with_the_line(saved):
    with pytest.raises(TableError, match="line 3, column 'target', value 'c'"):
        community.from_table(saved("source,target\na,b\nb,c\n"), people=["a", "b"])


def test_strengths_have_64_bits():
    exact = 2.0**24 + 1
    town = community.from_arrays([0, 1], [1, 2], strength=[exact, 0.1])
    assert town.strength.dtype == np.float64
    assert town.to_table().strength.tolist() == [exact, 0.1]
    assert community.from_table(town.to_table()).to_table().strength.tolist() == [exact, 0.1]


def test_more_layers_than_a_byte_counts(tmp_path):
    layer = [f"street {k}" for k in range(300)]
    town = community.from_arrays(range(300), range(1, 301), layer=layer)
    again = community.load(community.save(town, tmp_path / "town"))
    for one in (town, again):
        assert one.of_layer("street 299").to_table().source.tolist() == [299]
        assert one.to_table().layer.tolist() == layer
    spread = community.simulate(
        town, [0], community.independent_cascade(1.0), runs=2, seed=7, backend="numpy"
    )
    assert spread.carried["street 299"] == 1


def test_a_matrix_that_is_symmetric_but_for_rounding():
    upper = np.triu(np.random.default_rng(7).random((6, 6)), 1)
    ones = upper + upper.T
    ones[4, 1] *= 1 + 1e-12
    assert not community.from_matrix(ones).directed
    ones[4, 1] *= 1.01
    assert community.from_matrix(ones).directed


def test_multigraphs_add_up():
    networkx = pytest.importorskip("networkx")
    graph = networkx.MultiGraph()
    graph.add_edge("a", "b", weight=2)
    graph.add_edge("b", "a", weight=3)
    graph.add_edge("b", "c", weight=1)
    assert community.from_networkx(graph).to_table().strength.tolist() == [5, 1]
