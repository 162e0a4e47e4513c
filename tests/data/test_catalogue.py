"""Every data set loads by its name, typed as it says of itself."""

import json

import networkx
import pandas as pd
import pytest

from frontporch import data, tables
from frontporch.data import graphs, packages
from frontporch.names import UnknownName

EVERY = [(name, table) for name in data.names() for table in data.describe(name).rows]


@pytest.fixture
def own_folder(tmp_path, monkeypatch):
    """A folder with one data set of two tables."""
    fields = [
        {"name": "town", "type": "string", "description": "Which town.", "unit": ""},
        {"name": "day", "type": "date", "description": "When.", "unit": "day"},
        {"name": "people", "type": "integer", "description": "How many.", "unit": "people"},
        {"name": "full", "type": "boolean", "description": "Whether all were counted."},
        {"name": "share", "type": "number", "description": "What part.", "unit": "percent"},
    ]
    package = {
        "name": "towns",
        "title": "Towns",
        "description": "Towns & people.",
        "licenses": [{"name": "CC0-1.0", "title": "Public domain", "path": "https://example.org"}],
        "sources": [{"title": "A census"}, {"title": "A second one"}],
        "synthetic": True,
        "citation": "Nobody (2024).",
        "resources": [
            {"name": name, "path": f"{name}.csv", "rows": 2, "schema": {"fields": fields}}
            for name in ("first", "second")
        ],
    }
    home = tmp_path / "towns"
    home.mkdir()
    (home / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    rows = "town,day,people,full,share\nÅ,2024-03-12,7,true,1.5\nB,,,false,\n"
    for name in ("first", "second"):
        (home / f"{name}.csv").write_text(rows.replace("B", name), encoding="utf-8")
    monkeypatch.setattr(packages, "folder", lambda: tmp_path)
    return home


def test_types(own_folder):
    frame = data.load("towns")
    assert frame.dtypes.astype(str).tolist()[1:] == ["datetime64[us]", "Int64", "bool", "float64"]
    assert frame.town.dtype == pd.Series(["text"]).dtype
    assert frame.town.tolist() == ["Å", "first"]
    assert frame.isna().sum().tolist() == [0, 1, 1, 0, 1]


def test_tables_by_name(own_folder):
    assert data.load("towns", "second").town[1] == "second"
    with pytest.raises(UnknownName, match="'second'"):
        data.load("towns", "secnd")


def test_description_reads_well(own_folder):
    told = data.describe("towns")
    assert told.rows == {"first": 2, "second": 2}
    assert told.sources == ("A census", "A second one")
    assert told.licence == "Public domain, https://example.org"
    assert told.synthetic is True
    assert list(told.columns.columns) == ["table", "column", "type", "unit", "meaning"]
    assert len(told.columns) == 10
    text = str(told)
    for part in ("Towns (towns)", "simulated", "A census", "Nobody (2024)", "first (2 rows)"):
        assert part in text
    assert "first.people (integer, people): How many." in text
    assert "Towns &amp; people." in told._repr_html_()
    assert "<table" in told._repr_html_()
    with pytest.raises(AttributeError):
        told.rows = {}


def test_a_spoilt_table_is_refused(own_folder):
    (own_folder / "first.csv").write_text("town,day\nA,12/03/2024\n", encoding="utf-8")
    with pytest.raises(tables.TableError, match="12/03/2024"):
        data.load("towns")


def test_missing_folder_is_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(packages.resources, "files", lambda name: tmp_path / "a" / "b" / "c")
    with pytest.raises(FileNotFoundError, match="missing from this installation"):
        data.names()


def test_the_installed_package_comes_before_the_project(tmp_path, monkeypatch):
    inside, beside = tmp_path / "a" / "b" / "datasets", tmp_path / "datasets"
    monkeypatch.setattr(packages.resources, "files", lambda name: tmp_path / "a" / "b")
    beside.mkdir()
    assert packages.folder() == beside
    inside.mkdir(parents=True)
    assert packages.folder() == inside


def test_names_hold_packages_and_graphs():
    assert set(graphs.GRAPHS) < set(data.names())
    assert {"brand_fans", "deepening_life_tables", "exchange_ladder", "cdnow"} < set(data.names())
    assert data.names() == sorted(set(data.names()))


def test_unknown_name_names_the_nearest():
    for ask in (data.load, data.describe):
        with pytest.raises(UnknownName, match="'karate_club'"):
            ask("karate_klub")
    with pytest.raises(UnknownName, match="'people'"):
        data.load("karate_club", "peple")


@pytest.mark.parametrize(("name", "table"), EVERY)
def test_every_table_is_as_described(name, table):
    told, frame = data.describe(name), data.load(name, table)
    assert len(frame) == told.rows[table]
    columns = told.columns[told.columns.table == table]
    assert list(frame.columns) == columns.column.tolist()
    assert columns.meaning.str.len().min() > 3
    kinds = {"date": "M", "integer": "iu", "number": "f", "boolean": "b"}
    for column, kind in zip(columns.column, columns.type, strict=True):
        if kind in kinds:
            assert frame[column].dtype.kind in kinds[kind]
        else:
            assert frame[column].dtype == pd.Series(["text"]).dtype
    for part in (told.title, told.licence, told.citation):
        assert part and part in str(told)


@pytest.mark.parametrize(
    ("name", "table", "contract"),
    [
        ("brand_fans", None, "counts"),
        ("cdnow", None, "customers"),
        ("deepening_life_tables", None, "life_table"),
        *[(name, "ties", "ties") for name in graphs.GRAPHS],
    ],
)
def test_data_sets_fit_the_contracts_of_the_kit(name, table, contract):
    frame = data.load(name, table)
    pd.testing.assert_frame_equal(tables.check(frame, contract), frame)


@pytest.mark.parametrize("name", sorted(graphs.GRAPHS))
def test_graph_is_the_one_of_networkx(name):
    graph = getattr(networkx, graphs.GRAPHS[name].maker)()
    ties, people = data.load(name), data.load(name, "people")
    again = networkx.from_pandas_edgelist(ties)
    assert set(people.person) == {str(node) for node in graph.nodes}
    assert {frozenset(edge) for edge in again.edges} == {
        frozenset(map(str, edge)) for edge in graph.edges
    }
    weighted = all("weight" in seen for *_, seen in graph.edges.data())
    assert ("strength" in ties) == weighted
    if weighted:
        assert ties.strength.sum() == graph.size(weight="weight")
    for number in (len(people), len(ties)):
        if name != "davis_southern_women":
            assert str(number) in data.describe(name).description


def test_two_modes_are_said_and_seen():
    told = data.describe("davis_southern_women")
    assert "two modes" in told.description
    modes = data.load("davis_southern_women", "people").set_index("person")["mode"]
    assert modes.value_counts().to_dict() == {"woman": 18, "event": 14}
    ties = data.load("davis_southern_women")
    assert set(ties.source.map(modes)) == {"woman"}
    assert set(ties.target.map(modes)) == {"event"}


def test_karate_club_split_as_published():
    # Zachary 1977: the club of 34 split into two of 17; networkx, from its Table 3
    people = data.load("karate_club", "people").set_index("person")
    assert people.club.value_counts().to_dict() == {"Mr. Hi": 17, "Officer": 17}
    assert people.club["8"] == "Mr. Hi"
    assert people.club["9"] == "Officer"


@pytest.mark.parametrize(
    ("name", "author"),
    [
        ("karate_club", "Zachary, W. W. (1977)"),
        ("florentine_families", "Padgett, J. F. & Ansell, C. K. (1993)"),
        ("les_miserables", "Knuth, D. E. (1993)"),
        ("davis_southern_women", "Davis, A., Gardner, B. B. & Gardner, M. R. (1941)"),
    ],
)
def test_graphs_name_their_source(name, author):
    told = data.describe(name)
    assert told.citation.startswith(author)
    assert told.licence == "distributed with networkx (BSD-3-Clause)"
    assert told.synthetic is False


@pytest.mark.parametrize("call", [data.describe, data.load])
def test_what_a_descriptor_lacks_is_named_at_once(own_folder, call):
    file = own_folder / "datapackage.json"
    package = json.loads(file.read_text(encoding="utf-8"))
    del package["title"], package["resources"][1]["rows"]
    file.write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(ValueError, match=r"towns/.* lacks 'title', 'rows' of table 2"):
        call("towns")
    file.write_text('{"name": "towns",,}', encoding="utf-8")
    with pytest.raises(ValueError, match=r"towns/datapackage\.json is not JSON, line 1, column 18"):
        call("towns")
