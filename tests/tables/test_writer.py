"""What is written is read back the same, and a spreadsheet runs none of it."""

import csv

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontporch import tables
from frontporch.tables import Contract

KINDS = ("string", "integer", "number", "boolean", "date", "datetime")
EVER = ("0001-01-01", "9999-12-31T23:59:59.999999")
EVERY = Contract.from_schema({"fields": [{"name": kind, "type": kind} for kind in KINDS]}, "every")
BOTH = Contract.from_schema(
    {"fields": [*({"name": kind, "type": kind} for kind in KINDS), {"name": "note"}]}, "every"
)

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
runs = st.builds("".join, st.lists(st.sampled_from("'=+-@\t\r\n\",;a "), min_size=1, max_size=6))
times = st.datetimes()


def column(values):
    return st.lists(st.none() | values, min_size=5, max_size=5)


tables_of_every_type = st.fixed_dictionaries(
    {
        "string": column(texts | runs),
        "integer": column(st.integers(-(2**63), 2**63 - 1)),
        "number": column(st.floats(allow_nan=False, allow_infinity=False)),
        "boolean": column(st.booleans()),
        "date": column(times.map(lambda time: time.date().isoformat())),
        "datetime": column(times.map(lambda time: time.isoformat(timespec="microseconds"))),
        "note": column(texts | runs),
    }
)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return tmp_path_factory.mktemp("written") / "table.csv"


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(tables_of_every_type)
def test_round_trip(file, values):
    values["string"][2] = values["string"][2] or "x"  # a row of nothing is no row
    values = {name: pd.Series(cells, dtype=object) for name, cells in values.items()}
    frame = pd.DataFrame(values).dropna(how="all").reset_index(drop=True)
    note = tables.Contract.from_schema({"fields": [{"name": "note"}]})
    frame = tables.check(tables.check(frame, note), EVERY, between=EVER)
    for contract in (None, EVERY):
        tables.write(frame, file, contract)
        pd.testing.assert_frame_equal(tables.read(file, BOTH, between=EVER), frame)


@given(st.lists(runs, min_size=1, max_size=5))
def test_no_cell_of_text_can_be_run(file, values):
    tables.write(pd.DataFrame({"=name": values, "b": "b"}), file)
    with file.open(encoding="utf-8", newline="") as opened:
        header, *rows = csv.reader(opened)
    assert header == ["'=name", "b"]
    assert not any(cell[0] in "=+-@\t\r\n" for row in rows for cell in row)
    contract = Contract.from_schema({"fields": [{"name": "=name"}]})
    assert tables.read(file, contract)["=name"].tolist() == values


def test_an_apostrophe_that_runs_nothing_stays_as_it_is(file):
    frame = pd.DataFrame({"source": ["'tis", "'=1", "''=1", "'"], "target": list("abcd")})
    tables.write(frame, file)
    assert file.read_text(encoding="utf-8").split() == [
        "source,target",
        "'tis,a",
        "''=1,b",
        "'''=1,c",
        "',d",
    ]
    assert tables.read(file, "ties").source.tolist() == frame.source.tolist()


def test_numbers_below_zero_stay_numbers(file):
    tables.write(pd.DataFrame({"x": [-1, 2], "y": [-1.5, None]}), file)
    assert file.read_text(encoding="utf-8").split() == ["x,y", "-1,-1.5", "2,"]


def test_zoned_times_are_written_in_utc(file):
    start = pd.to_datetime(["2024-03-31T01:30:00", "2024-03-31T03:30:00.25"], format="ISO8601")
    frame = pd.DataFrame(
        {"start": start.tz_localize("Europe/Berlin"), "source": "a", "target": "b"}
    )
    tables.write(frame.assign(channel="phone"), file)
    assert "2024-03-31T00:30:00.000000Z,a" in file.read_text(encoding="utf-8")
    assert (tables.read(file, "interactions", between=EVER).start == frame.start).all()


def test_days_are_days_with_a_contract(file):
    ties = pd.DataFrame({"source": ["a"], "target": ["b"], "since": [pd.Timestamp("2024-03-12")]})
    tables.write(ties, file, "ties")
    assert "2024-03-12\n" in file.read_text(encoding="utf-8")
    tables.write(ties, file)
    assert "2024-03-12T00:00:00\n" in file.read_text(encoding="utf-8")


def test_categories_and_the_index(file):
    frame = pd.DataFrame(
        {"source": pd.Categorical(["a", "=b"]), "target": ["c", "d"]}, index=[7, 9]
    )
    tables.write(frame, file)
    assert tables.read(file, "ties").to_dict("list") == {
        "source": ["a", "=b"],
        "target": ["c", "d"],
    }


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (pd.DataFrame({"x": ["a", ""]}), "empty text"),
        (pd.DataFrame({"x": ["a\0"]}), "zero byte"),
        (pd.DataFrame({"x": [1.0, np.inf]}), "infinite"),
        (pd.DataFrame({"x": pd.to_datetime([1], unit="ns")}), "microsecond"),
        (pd.DataFrame([[1, 2]], columns=["x", "x"]), "of its own"),
        (pd.DataFrame([[1, 2]]), "name that is text"),
        (pd.DataFrame({" ": [1]}), "name that is text"),
    ],
)
def test_what_would_be_lost_is_refused(file, frame, words):
    file.write_text("before", encoding="utf-8")
    with pytest.raises(ValueError, match=words):
        tables.write(frame, file)
    assert file.read_text(encoding="utf-8") == "before"
