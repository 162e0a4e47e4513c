"""What is written in other formats is read back the same: workbooks, tabs, GraphML."""

import sys

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontporch import community, deepening, stats, tables
from frontporch.community.graph.reading import as_community
from frontporch.names import UnknownName
from frontporch.tables import Contract

FIELDS = ("string", "integer", "number", "boolean", "datetime")
KINDS = Contract.from_schema({"fields": [{"name": one, "type": one} for one in FIELDS]}, "kinds")
EVER = ("1900-03-01", "9999-12-31T23:59:59")
signs = st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_characters="\x7f")
texts = st.text(signs | st.sampled_from("é中😀=+-@'"), min_size=1).filter(str.strip)
moments = st.datetimes(pd.Timestamp("1900-03-01"), pd.Timestamp("2200-01-01"))
few = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def column(values):
    return st.lists(st.none() | values, min_size=4, max_size=4)


rows = st.fixed_dictionaries(
    {
        "string": column(texts),
        "integer": column(st.integers(-(2**53), 2**53)),
        "number": column(st.floats(-1e307, 1e307)),
        "boolean": column(st.booleans()),
        "datetime": column(moments.map(lambda one: one.replace(microsecond=0).isoformat())),
    }
)


@pytest.fixture
def workbook(tmp_path):
    pytest.importorskip("openpyxl")
    pytest.importorskip("python_calamine")
    return tmp_path / "table.xlsx"


def checked(values, text):
    """Rows as they were drawn, with a text that not every format can keep."""
    values["string"][1] = values["string"][1] or text
    made = {name: pd.Series(cells, dtype=object) for name, cells in values.items()}
    frame = pd.DataFrame(made).dropna(how="all").reset_index(drop=True)
    return tables.check(frame, KINDS, between=EVER)


@few
@given(rows)
def test_a_workbook_gives_back_the_same_as_csv(workbook, values):
    frame = checked(values, "=1+1")
    tables.write(frame, workbook)
    # Spreadsheets keep 15 digits of a number.
    back = tables.read(workbook, KINDS, between=EVER)
    pd.testing.assert_frame_equal(back, frame, rtol=1e-15, atol=0)


@few
@given(rows)
def test_tabs_give_back_the_same(tmp_path, values):
    frame = checked(values, "a\tb")
    tables.write(frame, tmp_path / "table.tsv")
    back = tables.read(tmp_path / "table.tsv", KINDS, between=EVER, separator="\t")
    pd.testing.assert_frame_equal(back, frame)


def test_no_cell_of_a_workbook_is_a_formula(workbook):
    import openpyxl

    tables.write(pd.DataFrame({"=name": ["=1+1", "+1", "@a", "-1", "a"], "n": range(5)}), workbook)
    sheet = openpyxl.load_workbook(workbook).active
    kinds = {cell.data_type for row in sheet.iter_rows(max_col=1) for cell in row}
    assert kinds == {"s"} and sheet["A2"].value == "=1+1" and sheet["B3"].value == 1


def test_what_a_sheet_cannot_hold_is_refused(workbook):
    for wrong, said in (
        (["a" * 32_768], "32,768 letters"),
        (["a\x01b"], "a control sign"),
        (["a\rb"], "a control sign"),
        ([2**53 + 1], "15 digits"),
        ([1.5e307], "above 1e307"),
    ):
        with pytest.raises(ValueError, match=said):
            tables.write(pd.DataFrame({"a": wrong}), workbook)
    with pytest.raises(ValueError, match="holds 1,048,575 rows"):
        tables.write(pd.DataFrame({"a": np.zeros(1_048_576)}), workbook)


def test_fine_and_early_times_are_text_in_a_workbook(workbook):
    fine = pd.DataFrame({"when": pd.to_datetime(["2024-03-12T09:30:00.25", None])})
    tables.write(fine, workbook)
    schema = {"fields": [{"name": "when", "type": "datetime"}]}
    contract = Contract.from_schema(schema, "fine")
    assert tables.read(workbook, contract)["when"].tolist() == fine["when"].tolist()[:1]


def test_an_unknown_format_is_answered_with_the_nearest(tmp_path):
    with pytest.raises(UnknownName, match="xlsx"):
        tables.write(pd.DataFrame({"a": [1]}), tmp_path / "a.xls")
    with pytest.raises(TypeError, match="this is a list"):
        tables.write([1], tmp_path / "a.csv")


def test_a_result_is_written_with_its_labels(tmp_path):
    spells = deepening.Ladder.online_and_offline().simulate(pairs=60, seed=7)
    found = deepening.fit(spells, by="channel")
    tables.write(found, tmp_path / "rates.csv")
    back = pd.read_csv(tmp_path / "rates.csv")
    assert back["rate"].tolist() == pytest.approx(found.summary()["rate"].tolist())
    assert back["note"].isna().sum() == (found.summary()["note"] == "").sum()
    curve = stats.kaplan_meier([1, 2, 3], [True, True, False])
    tables.write(curve, tmp_path / "curve.csv")
    assert len(pd.read_csv(tmp_path / "curve.csv")) == len(curve.summary())


names = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"))


@st.composite
def communities(draw):
    people = draw(st.lists(names.filter(str.strip), min_size=2, max_size=6, unique=True))
    pairs = [(a, b) for a in range(len(people)) for b in range(a)]
    ties = draw(st.lists(st.sampled_from(pairs), min_size=1, unique=True))
    size = len(ties)
    numbers = st.lists(st.floats(0, 1e6, width=32), min_size=size, max_size=size)
    return community.from_arrays(
        [a for a, _ in ties],
        [b for _, b in ties],
        people,
        directed=draw(st.booleans()),
        strength=draw(st.none() | numbers),
        age=draw(st.none() | numbers),
        layer=draw(
            st.none() | st.lists(st.sampled_from(["local", "online"]), min_size=size, max_size=size)
        ),
        group=draw(
            st.none() | st.lists(st.integers(0, 3), min_size=len(people), max_size=len(people))
        ),
    )


def same(one, other):
    assert one.people == other.people and one.directed == other.directed
    pd.testing.assert_frame_equal(one.to_table(), other.to_table())
    assert (one.group is None) == (other.group is None)
    assert one.group is None or one.group.tolist() == other.group.tolist()


@few
@given(communities())
def test_graphml_gives_back_the_same_community(tmp_path, town):
    tables.write(town, tmp_path / "town.graphml")
    same(community.from_networkx(nx.read_graphml(tmp_path / "town.graphml")), town)


@few
@given(communities())
def test_networkx_gives_back_the_same_community(town):
    same(community.from_networkx(town.to_networkx()), town)


def test_ties_go_out_as_graphml_and_come_back(tmp_path):
    ties = pd.DataFrame({"source": ["ann", "bob"], "target": ["bob", "cas"], "strength": [2.5, 1]})
    ties["since"] = pd.to_datetime(["2024-01-05", None])
    tables.write(ties, tmp_path / "ties.graphml")
    back = tables.read(tmp_path / "ties.graphml", "ties")
    assert back["strength"].tolist() == [2.5, 1.0]
    assert back["since"].tolist()[0] == pd.Timestamp("2024-01-05") and pd.isna(back["since"][1])
    with pytest.raises(ValueError, match="repeats"):
        tables.write(pd.concat([ties, ties]), tmp_path / "ties.graphml")
    with pytest.raises(ValueError, match="'source' and 'target'"):
        tables.write(pd.DataFrame({"a": [1]}), tmp_path / "ties.graphml")
    with pytest.raises(ValueError, match="a control sign"):
        tables.write(ties.assign(source=["a\x01", "b"]), tmp_path / "ties.graphml")
    with pytest.raises(ValueError, match="called the same"):
        tables.write(nx.Graph([(1, 2), ("1", 2)]), tmp_path / "ties.graphml")


def test_attributes_that_are_something_else_are_said():
    graph = nx.Graph([("ann", "bob"), ("bob", "cas")])
    nx.set_node_attributes(graph, {"ann": "blue"}, "group")
    nx.set_edge_attributes(graph, {("ann", "bob"): "old"}, "age")
    town = community.from_networkx(graph)
    assert town.group is None and town.age is None
    assert [note.what for note in town.noticed] == ["nodes with a 'group'", "edges with an 'age'"]


class Drawn(dict):
    """Attributes of vertices or edges, as igraph keeps them."""

    def attributes(self):
        return list(self)


class Graph:
    """As much of igraph's Graph as we use, as its reference describes it."""

    def __init__(self, n, edges, directed):
        self.n, self.edges, self.directed = n, edges, directed
        self.vs, self.es = Drawn(), Drawn()

    def get_edgelist(self):
        return self.edges

    def to_networkx(self, vertex_attr_hashable="_nx_name"):
        graph = nx.DiGraph() if self.directed else nx.Graph()
        names = self.vs.get(vertex_attr_hashable, range(self.n))
        graph.add_nodes_from(names)
        for k, (a, b) in enumerate(self.edges):
            more = {name: values[k] for name, values in self.es.items()}
            graph.add_edge(list(names)[a], list(names)[b], **more)
        for name in set(self.vs) - {vertex_attr_hashable}:
            nx.set_node_attributes(graph, dict(zip(names, self.vs[name], strict=True)), name)
        return graph


@few
@given(communities())
def test_igraph_gives_back_the_same_community(town):
    """With the real igraph where it is installed, else with a stand-in of ours."""
    with pytest.MonkeyPatch.context() as patch:
        try:
            import igraph  # noqa: F401
        except ModuleNotFoundError:
            stand_in = type(sys)("igraph")
            stand_in.Graph = Graph
            stand_in.__spec__ = sys.__spec__
            patch.setitem(sys.modules, "igraph", stand_in)
        graph = town.to_igraph()
        assert graph.es.attributes() == [
            {"strength": "weight"}.get(one, one) for one in town.to_table().columns[2:]
        ]
        same(as_community(graph), town)


def test_without_igraph_the_line_that_adds_it_is_said(monkeypatch):
    monkeypatch.setitem(sys.modules, "igraph", None)
    monkeypatch.setattr("frontporch.groups.is_there", lambda name: False)
    with pytest.raises(ModuleNotFoundError, match=r"igraph.* or take to_networkx\(\)"):
        community.from_arrays([0], [1]).to_igraph()
