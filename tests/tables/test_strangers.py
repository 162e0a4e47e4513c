"""A stranger's file is read right, or refused once, with a remedy that works as it is printed."""

import re

import numpy as np
import pandas as pd
import pytest
import strangers
from mending import last_line, mended, options_in

from frontporch import tables
from frontporch.tables import TableError

CORPUS = dict(strangers.corpus())


@pytest.mark.parametrize("name", CORPUS)
def test_corpus(name, saved):
    frame = mended(tables.read, saved(CORPUS[name], name), "interactions")
    ours = frame[list(strangers.TIDY)]
    pd.testing.assert_frame_equal(ours, strangers.TIDY, check_dtype=False)


def test_the_corpus_is_large():
    assert len(CORPUS) >= 60


# Columns by their usual names


@pytest.mark.parametrize(
    ("contract", "text", "columns"),
    [
        (
            "ties",
            "Source,Target,Weight\na,b,5\nb,c,31\n",
            {"Source": "source", "Target": "target", "Weight": "strength"},
        ),
        ("ties", "from,to,n\na,b,5\n", {"from": "source", "to": "target", "n": "strength"}),
        ("customers", "x,t_x,T\n2,3.5,9\n", {"x": "frequency", "t_x": "recency", "T": "age"}),
        (
            "customers",
            "frequency,recency,T,monetary_value\n2,3,9,5\n",
            {"T": "age", "monetary_value": "mean_spend"},
        ),
        (
            "orders",
            "CustomerID,InvoiceDate,InvoiceNo\n17850,2010-12-01 08:26,536365\n",
            {"CustomerID": "customer", "InvoiceDate": "time", "InvoiceNo": "receipt"},
        ),
        (
            "snapshots",
            "pair,channel,Time (weeks),stage\n1,x,2,stranger\n",
            {"Time (weeks)": "time"},
        ),
        (
            "orders",
            "cust,date,sales\n1,1997-01-01,29.33\n",
            {"cust": "customer", "date": "time", "sales": "value"},
        ),
    ],
)
def test_usual_names_are_proposed_in_one_line(saved, contract, text, columns):
    file = saved(text)
    with pytest.raises(TableError) as caught:
        tables.read(file, contract)
    assert last_line(caught.value) == {"columns": columns}
    frame = tables.read(file, contract, columns=columns)
    assert set(columns.values()) <= set(frame.columns)


def test_a_weight_that_is_not_used_is_said(saved):
    frame = tables.read(saved("source,target,Weight\na,b,5\nb,c,31\n"), "ties")
    found = tables.noticed(frame).iloc[0]
    assert "strength" in found.what and found.example == "Weight"
    options = options_in(re.search(r"columns=\{.*\}", found.done)[0])
    assert tables.read(saved("source,target,Weight\na,b,5\n"), "ties", **options).strength[0] == 5


def test_columns_that_no_contract_knows_become_numbers(saved):
    frame = tables.read(saved("source,target,age,code,note\na,b,20,007,x\nb,c,,12,1\n"), "ties")
    assert frame.age.dtype == "Int64" and frame.code.tolist() == ["007", "12"]
    assert frame.note.tolist() == ["x", "1"]


# Times


def test_days_that_no_row_decides_are_asked(saved):
    file = saved("customer,time\nann,01/02/2024\nbob,03/04/2024\n")
    with pytest.raises(TableError, match=r'times="dd/mm/yyyy" or times="mm/dd/yyyy"'):
        tables.read(file, "orders")
    for told, month in (("dd/mm/yyyy", [2, 4]), ("mm/dd/yyyy", [1, 3])):
        assert tables.read(file, "orders", times=told).time.dt.month.tolist() == month


@pytest.mark.parametrize(
    ("text", "told", "first"),
    [
        ("20240131", "yyyymmdd", "2024-01-31"),
        ("1706659200", "seconds", "2024-01-31"),
        ("1706659200000", "milliseconds", "2024-01-31"),
        ("28444320", "minutes", "2024-01-31"),
        ("45322", "excel", "2024-01-31"),
        ("45322.5", "excel", "2024-01-31 12:00"),
    ],
)
def test_numbers_that_are_times(saved, text, told, first):
    file = saved(f"customer,time\nann,{text}\n")
    with pytest.raises(TableError) as caught:
        tables.read(file, "orders")
    assert last_line(caught.value) == {"times": told}
    assert tables.read(file, "orders", times=told).time[0] == pd.Timestamp(first)


def test_a_wrong_unit_is_refused_with_the_one_that_makes_sense(saved):
    file = saved("customer,time\nann,1706659200000\n")
    with pytest.raises(TableError) as caught:
        tables.read(file, "orders", times="seconds")
    assert last_line(caught.value) == {"times": "milliseconds"}
    assert tables.read(file, "orders", times="milliseconds").time[0].year == 2024


def test_old_times_are_read_when_they_are_allowed(saved):
    frame = mended(tables.read, saved("customer,time\nann,1780-05-01\n"), "orders")
    assert frame.time[0] == pd.Timestamp("1780-05-01")


def test_times_of_a_zone(saved):
    file = saved("customer,time\nann,2024-07-01 00:30\nbob,2024-01-01 00:30\n")
    found = tables.read(file, "orders", zone="Europe/Berlin").time
    assert found.dt.strftime("%d %H:%M").tolist() == ["30 22:30", "31 23:30"]
    lost = saved("customer,time\nann,2024-03-31 02:30\nbob,2024-10-27 02:30\n")
    with pytest.raises(TableError, match="skipped or showed twice") as caught:
        tables.read(lost, "orders", zone="Europe/Berlin")
    assert caught.value.total == 2


def test_some_times_with_an_offset(saved):
    text = "customer,time\nann,2024-03-01T09:00:00Z\nbob,2024-03-01T09:00:00\n"
    assert mended(tables.read, saved(text), "orders").time.nunique() == 1


def test_a_pattern_of_ones_own(saved):
    file = saved("customer,time\nann,1 March 2024\n")
    assert tables.read(file, "orders", times="%d %B %Y").time[0] == pd.Timestamp("2024-03-01")


@pytest.mark.parametrize(
    ("first", "second", "hour"),
    [
        ("2024-03-01 9:00 AM", "2024-03-12 1:05 PM", 9),
        ("1 Mar 2024 09:00", "12 Mar 2024 10:00", 9),
        ("Mar 01, 2024 09:00", "Mar 12, 2024 10:00", 9),
        ("Fri, 01 Mar 2024 09:00:00 +0100", "Sat, 02 Mar 2024 09:00:00 +0000", 8),
        ("2024/03/01 09:00:30", "2024/03/12 10:00:00", 9),
        ("01-Mar-24 09:00", "12-Mar-24 10:00", 9),
    ],
)
def test_times_in_words_are_one_fault_whose_last_line_reads_them(saved, first, second, hour):
    rows = [f'"{one}",ann,bob,mail' for one in (first, second)]
    file = saved("\n".join(["start,source,target,channel", *rows, ""]))
    with pytest.raises(TableError, match="these look like times such as") as error:
        tables.read(file, "interactions")
    assert len(error.value.faults) == 1
    found = mended(tables.read, file, "interactions")
    assert (found.start[0].day, found.start[0].hour) == (1, hour)


def test_times_that_are_of_no_one_form_stay_faults_of_their_cells(saved):
    file = saved("customer,time\nann,1 Mar 2024\nbob,some day\n")
    with pytest.raises(TableError, match="line 3, column 'time', value 'some day'"):
        tables.read(file, "orders")


# Lines around the rows


def test_a_separator_that_the_first_line_tells(saved):
    file = saved("sep=;\nsource;target;strength\na;b;2.5\nb;c;x\n")
    with pytest.raises(TableError, match="line 4, column 'strength', value 'x'"):
        tables.read(file, "ties")
    found = tables.read(saved("sep=;\nsource;target;strength\na;b;2,5\n"), "ties", decimal=",")
    assert found.strength.tolist() == [2.5]
    assert "tells the separator" in tables.noticed(found)["what"][0]


def test_remarks_above_the_names_are_left_out_and_said(saved):
    text = "# Directed graph\n# Nodes: 3 Edges: 2\nsource\ttarget\n0\t1\n1\t1\n"
    with pytest.raises(TableError, match="line 5, column 'target', value '1'"):
        tables.read(saved(text), "ties")
    found = tables.read(saved(text.replace("1\t1", "1\t2")), "ties")
    assert found.target.tolist() == ["1", "2"]
    assert "remarks" in tables.noticed(found)["what"].tolist()[0]
    # Without names, too: they can be given.
    bare = saved("% a network\n0 1\n1 2\n")
    assert len(tables.read(bare, "ties", names=["source", "target"], separator=" ")) == 2


@pytest.mark.parametrize("header", ["#,source,target", "# source,target", "#source,target"])
def test_names_that_begin_with_a_sign_are_names(saved, header):
    rows = "1,a,b\n" if header.startswith("#,") else "a,b\n"
    try:
        found = tables.read(saved(f"{header}\n{rows}"), "ties")
    except TableError as error:
        assert "Rename" in str(error) or "columns=" in str(error)
    else:
        assert found.source.tolist() == ["a"]


def test_names_that_stand_again_where_files_were_joined_are_no_row(saved):
    file = saved("source,target\na,b\nsource,target\nb,c\nc,c\n")
    with pytest.raises(TableError, match="line 5, column 'target', value 'c'"):
        tables.read(file, "ties")
    found = tables.read(saved("source,target\na,b\nsource,target\nb,c\nsource,target\n"), "ties")
    assert found.source.tolist() == ["a", "b"]
    note = tables.noticed(found).iloc[0]
    assert (note["count"], note["example"]) == (2, "line 3")


# Names


@pytest.mark.parametrize(
    ("one", "other", "spelling"),
    [
        ("Zo\u00eb", "Zoe\u0308", "tidy"),
        ("Cas", "Cas ", "tidy"),
        ("Ann Lee", "Ann  Lee", "tidy"),
        ("Ann", "ANN", "any case"),
        ("Zo\u00eb", "ZOE\u0308", "any case"),
    ],
)
def test_names_that_look_like_one(saved, one, other, spelling):
    file = saved(f"source,target\n{one},Bob\n{other},Dan\n")
    frame = tables.read(file, "ties")
    assert frame.source.nunique() == 2
    done = tables.noticed(frame).done
    options = options_in(re.search(r'spelling="[^"]+"', done[0])[0])
    assert options == {"spelling": spelling}
    assert tables.read(file, "ties", **options).source.nunique() == 1


@pytest.mark.parametrize("word", ["NaN", "NA", "-", "null", "n/a"])
def test_words_for_nothing_are_said(saved, word):
    file = saved(f"source,target\nann,bob\nbob,{word}\n")
    found = tables.noticed(tables.read(file, "ties"))
    assert found.example.tolist() == [word]
    options = options_in(re.search(r"missing=.*leave out\"", found.done[0])[0])
    left = tables.read(file, "ties", **options)
    assert len(left) == 1 and tables.noticed(left).done[0] == "left out"


def test_names_that_became_decimal_numbers(saved):
    file = saved("customer,time\n17850.0,2024-03-01\n13047.0,2024-03-02\n")
    found = tables.noticed(tables.read(file, "orders"))
    assert "end in .0" in " ".join(found.what)
    tidy = tables.read(file, "orders", spelling="tidy")
    assert tidy.customer.tolist() == ["17850", "13047"]
    floats = pd.DataFrame({"customer": [17850.0, np.nan], "time": pd.Timestamp("2024-03-01")})
    assert tables.check(floats, "orders", incomplete="leave out").customer.tolist() == ["17850"]


# Formats


def test_decimal_commas(saved):
    text = "source;target;strength\na;b;3,5\nb;c;1.200,25\nc;d;2\n"
    frame = mended(tables.read, saved(text), "ties", decimal=",")
    assert frame.strength.tolist() == [3.5, 1200.25, 2]
    one = mended(tables.read, saved("source;target;strength\na;b;3,5\n"), "ties")
    assert one.strength.tolist() == [3.5]


def test_a_table_of_all_pairs(saved):
    frame = tables.read(saved(",Ada,Ben,Cas\nAda,0,2,0\nBen,2,0,1\nCas,0,1,0\n"), "ties")
    assert frame.to_numpy().tolist() == [["Ada", "Ben", 2.0], ["Ben", "Cas", 1.0]]


@pytest.mark.parametrize("kind", ["graphml", "gml", "net", "json"])
def test_networks(tmp_path, kind):
    import networkx

    graph = networkx.Graph()
    graph.add_edge("ann", "bob", weight=5.0)
    graph.add_edge("bob", "cas", weight=31.0)
    file = tmp_path / f"graph.{kind}"
    if kind == "json":
        import json

        file.write_text(json.dumps(networkx.node_link_data(graph, edges="links")), encoding="utf-8")
    else:
        write = {"graphml": networkx.write_graphml, "gml": networkx.write_gml}
        write.get(kind, networkx.write_pajek)(graph, file)
    frame = tables.read(file, "ties", columns={"weight": "strength"})
    assert frame[["source", "target", "strength"]].to_numpy().tolist() == [
        ["ann", "bob", 5.0],
        ["bob", "cas", 31.0],
    ]


def test_json_lines(saved):
    text = '{"source": "ann", "target": "bob"}\n{"source": "bob", "target": 7, "x": 1}\n'
    frame = tables.read(saved(text, "ties.jsonl"), "ties")
    assert frame.target.tolist() == ["bob", "7"] and frame.x.tolist()[1] == 1
    with pytest.raises(TableError, match=r"line 2.*not JSON"):
        tables.read(saved('{"source": "a", "target": "b"}\n{oops\n', "bad.jsonl"), "ties")


def test_parquet(tmp_path):
    pytest.importorskip("pyarrow")
    file = tmp_path / "orders.parquet"
    frame = pd.DataFrame({"cust": [1, 2], "when": pd.to_datetime(["2024-03-01", "2024-03-02"])})
    frame.to_parquet(file)
    assert mended(tables.read, file, "orders").customer.tolist() == ["1", "2"]


@pytest.fixture
def workbook(tmp_path):
    pytest.importorskip("python_calamine")
    openpyxl = pytest.importorskip("openpyxl")

    def workbook(**sheets):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        file = tmp_path / "book.xlsx"
        book.save(file)
        return file

    return workbook


def test_a_workbook_of_orders_with_titles(workbook):
    day = pd.Timestamp("2010-12-01 08:26").to_pydatetime()
    rows = [
        ["Orders of our shop"],
        [None],
        ["InvoiceNo", "InvoiceDate", "CustomerID", "Amount"],
        [536365, day, 17850, 15.3],
        [],
        [536366, day, 13047, -4],
        [536367, day, None, 4],
    ]
    file = workbook(Notes=[["ask Ann"]], Orders=rows)
    with pytest.raises(TableError) as caught:
        tables.read(file, "orders")
    frame = tables.read(file, "orders", **last_line(caught.value))
    assert frame.customer.tolist() == ["17850", "13047"]
    assert frame.value.tolist() == [15.3, -4.0]
    assert frame.time[0] == pd.Timestamp("2010-12-01 08:26")
    said = tables.noticed(frame).what.tolist()
    assert {"2 filled sheets", "rows above the names of the columns", "empty rows"} <= set(said)


def test_a_workbook_with_two_sheets_that_fit(workbook):
    rows = [["customer", "time"], ["ann", pd.Timestamp("2024-03-01").to_pydatetime()]]
    file = workbook(March=rows, April=rows)
    with pytest.raises(TableError) as caught:
        tables.read(file, "orders")
    assert last_line(caught.value) == {"sheet": "March"}
    assert len(tables.read(file, "orders", sheet="April")) == 1


# At the edges


def test_blank_rows_at_the_end_cost_nothing(saved):
    frame = tables.read(saved("source,target\n" + "a,b\n" + ",\n" * 300_000), "ties")
    assert len(frame) == 1
    quoted = tables.read(saved('source,target\n"a",b\n' + ",\n" * 300_000), "ties")
    assert len(quoted) == 1


def test_many_columns_and_long_cells(saved):
    wide = ",".join(["source", "target", *(f"c{k}" for k in range(5_000))])
    assert tables.read(saved(f"{wide}\na,b{',1' * 5_000}\n"), "ties").shape == (1, 5_002)
    long = "x" * 200_000
    for cell in (long, f'"{long}"'):
        assert tables.read(saved(f"source,target\n{cell},b\n"), "ties").source[0] == long


def test_a_year_beyond_what_can_be_shown(saved):
    file = saved("start,source,target,channel\n9999-12-31T23:59:59-14:00,a,b,x\n")
    with pytest.raises(TableError, match="no time of this table"):
        tables.read(file, "interactions")


def test_an_unknown_option_is_answered_with_the_nearest(saved):
    with pytest.raises(TypeError, match="Did you mean 'separator'"):
        tables.read(saved("source,target\na,b\n"), "ties", seperator=";")
    for options in ({"times": "second"}, {"zone": "Berlin/Europe"}, {"decimal": ";"}):
        with pytest.raises(ValueError):
            tables.read(saved("source,target\na,b\n"), "ties", **options)
