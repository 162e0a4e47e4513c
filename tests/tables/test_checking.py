"""A frame meets the same faults as a file, by the labels of its rows."""

import datetime
import pickle

import numpy as np
import pandas as pd
import pytest

from frontporch import deepening, tables
from frontporch.tables import Contract, TableError


def refused(frame, contract):
    with pytest.raises(TableError) as caught:
        tables.check(frame, contract)
    return caught.value


def where(error):
    return [(fault.row, fault.column, fault.value) for fault in error.faults]


def ties(**columns):
    return pd.DataFrame({"source": ["ann", "bob"], "target": ["bob", "eve"], **columns})


def one(kind, values, **constraints):
    """Check one column of a type."""
    field = {"name": "x", "type": kind, "constraints": constraints}
    return tables.check(pd.DataFrame({"x": values}), Contract.from_schema({"fields": [field]}))


def test_good_frame_comes_back_typed_and_is_not_changed():
    frame = ties(strength=[1, 2], note=[1.5, None]).set_axis(["x", "y"])
    frame.attrs["observed_from_start"] = True
    before = frame.copy()
    checked = tables.check(frame, "ties")
    pd.testing.assert_frame_equal(frame, before)
    assert checked.strength.dtype == float
    assert checked.note.equals(frame.note)
    assert list(checked.index) == ["x", "y"]
    assert list(checked.columns) == list(frame.columns)
    assert checked.attrs["observed_from_start"] is True
    assert tables.check(ties(), "ties").attrs["observed_from_start"] is None


def test_simulated_spells_pass_and_keep_their_stages_in_order():
    spells = deepening.Ladder.online_and_offline().simulate(pairs=40, weeks=104, seed=7)
    checked = tables.check(spells, "spells")
    assert checked.stage.cat.ordered
    assert checked.stage.tolist() == spells.stage.tolist()
    assert checked.pair.tolist() == [str(pair) for pair in spells.pair]


def test_faults_have_the_labels_of_the_index():
    frame = ties(strength=[-1, np.inf]).set_axis(["x", "y"])
    frame.loc["x", "target"] = "ann"
    error = refused(frame, "ties")
    assert where(error) == [
        ("x", "strength", -1.0),
        ("x", "target", "ann"),
        ("y", "strength", np.inf),
    ]
    assert "row x, column 'strength'" in str(error)


def test_repeated_labels_do_no_harm():
    frame = ties().set_axis([5, 5])
    assert list(tables.check(frame, "ties").index) == [5, 5]
    frame.iloc[1] = frame.iloc[0]
    assert "row 5 already" in refused(frame, "ties").faults[0].problem


def test_whole_table():
    assert "no rows" in str(refused(ties().iloc[:0], "ties"))
    error = refused(pd.DataFrame({"sorce": ["a"], "target": ["b"]}), "ties")
    assert where(error) == [(None, "source", None)]
    assert "Rename 'sorce'" in error.faults[0].remedy
    twice = pd.DataFrame([["a", "b", "c"]], columns=["source", "target", "target"])
    assert where(refused(twice, "ties")) == [(None, "target", None)]
    with pytest.raises(TypeError, match="DataFrame, but this is a list"):
        tables.check([], "ties")


@pytest.mark.parametrize(
    ("kind", "values", "dtype"),
    [
        ("integer", [1, 2], "int64"),
        ("integer", [1.0, 2.0], "int64"),
        ("integer", [1.0, None], "Int64"),
        ("integer", ["7", "8"], "int64"),
        ("integer", pd.array([1, None], dtype="Int64"), "Int64"),
        ("integer", np.array([1, 2], dtype="uint64"), "int64"),
        ("integer", pd.Series([1, 2.0, None], dtype=object), "Int64"),
        ("number", [1, 2], "float64"),
        ("number", ["1.5", None], "float64"),
        ("number", pd.array([1.5, None], dtype="Float64"), "float64"),
        ("boolean", [True, False], "bool"),
        ("boolean", pd.Series([True, None], dtype=object), "boolean"),
        ("boolean", [0, 1], "bool"),
        ("date", [datetime.date(2024, 1, 1), None], "datetime64[us]"),
        ("date", ["2024-01-01"], "datetime64[us]"),
        ("date", pd.to_datetime(["2024-01-01"]), "datetime64[us]"),
        ("datetime", [datetime.datetime(2024, 1, 1, 9), None], "datetime64[us]"),
        ("datetime", np.array(["2024-01-01T09"], "datetime64[ns]"), "datetime64[us]"),
        ("datetime", pd.to_datetime(["2024-01-01T09:00+02:00"]), "datetime64[us, UTC]"),
        ("string", ["a", None], None),
        ("string", [1, 2], None),
        ("string", pd.array(["a", None], dtype="string"), None),
        ("string", pd.Series(["a", 3, None], dtype=object), None),
        ("string", pd.Categorical(["a", None]), "category"),
        ("string", pd.Categorical([1, 2]), None),
    ],
)
def test_dtypes(kind, values, dtype):
    checked = one(kind, values).x
    assert checked.dtype == (pd.Series(["text"]).dtype if dtype is None else dtype)
    assert checked.isna().tolist() == pd.Series(values).isna().tolist()


@pytest.mark.parametrize(
    ("kind", "values", "bad"),
    [
        ("integer", [1, 12.5], 12.5),
        ("integer", [1.0, np.inf], np.inf),
        ("integer", [1.0, 1e300], 1e300),
        ("integer", [1, 10**22], 10**22),
        ("integer", [True, False], True),
        ("integer", np.array([1, 2**63], dtype="uint64"), 2**63),
        ("number", ["1", "x"], "x"),
        ("number", [1j, 2j], 1j),
        ("boolean", [1, 2], 2),
        ("date", pd.to_datetime(["2024-01-01T09:00:00"]), pd.Timestamp("2024-01-01T09:00:00")),
        ("datetime", ["2024-01-01", "2024-01-01T09:00"], "2024-01-01"),
        ("datetime", pd.to_datetime([1], unit="ns"), pd.Timestamp(1)),
        ("string", ["a", 1.5], 1.5),
        ("string", [True], True),
    ],
)
def test_wrong_types(kind, values, bad):
    with pytest.raises(TableError) as caught:
        one(kind, values)
    fault = caught.value.faults[0]
    assert (fault.column, fault.value) == ("x", bad)
    assert fault.remedy


@pytest.mark.parametrize(
    ("kind", "constraints", "good", "bad"),
    [
        ("number", {"minimum": 0}, 0, -0.1),
        ("number", {"maximum": 1}, 1, 1.1),
        ("string", {"enum": ["high", "low"]}, "low", "Low"),
        ("string", {"minLength": 2}, "ab", "a"),
        ("string", {"maxLength": 2}, "ab", "abc"),
        ("string", {"pattern": "[a-z]+[0-9]"}, "ab1", "ab12"),
        ("date", {"minimum": "2004-02-04"}, "2004-02-04", "2004-02-03"),
        ("integer", {"enum": [1, 2]}, 2, 3),
    ],
)
def test_limits(kind, constraints, good, bad):
    one(kind, [good, None], **constraints)
    with pytest.raises(TableError) as caught:
        one(kind, [good, None, bad], **constraints)
    assert caught.value.total == 1
    assert caught.value.faults[0].row == 2


def test_required_and_unique():
    with pytest.raises(TableError) as caught:
        one("string", ["a", "", None, "a", None], required=True, unique=True)
    assert where(caught.value) == [(1, "x", None), (2, "x", None), (3, "x", "a"), (4, "x", None)]


def test_a_bad_cell_is_one_fault_and_no_missing_one():
    error = refused(
        pd.DataFrame({"hours_up_to": ["x"], "reached": [1], "censored": [0]}), "life_table"
    )
    assert where(error) == [(0, "hours_up_to", "x")]


def test_zoned_and_naive_columns_do_not_mix():
    start = pd.to_datetime(["2024-01-01T09:00:00Z"] * 2)
    end = pd.to_datetime(["2024-01-01T10:00:00", None])
    frame = pd.DataFrame(
        {"start": start, "end": end, "source": "a", "target": "b", "channel": "phone"}
    )
    assert [(fault.row, fault.column) for fault in refused(frame, "interactions").faults] == [
        (0, "end")
    ]


def test_no_overlap_of_times():
    rule = {"rule": "no_overlap", "group": "who", "fields": ["a", "b"]}
    times = [{"name": name, "type": "datetime"} for name in "ab"]
    contract = Contract.from_schema({"fields": [{"name": "who"}, *times], "rules": [rule]})
    for zone in ("", "Z"):
        frame = pd.DataFrame(
            {
                "who": ["x", "x", "y", None],
                "a": [f"2024-01-01T0{hour}:00:00{zone}" for hour in (1, 2, 1, 1)],
                "b": [f"2024-01-01T0{hour}:00:00{zone}" for hour in (3, 4, 2, 9)],
            }
        )
        assert [fault.row for fault in refused(frame, contract).faults] == [1]
        frame.loc[1, "a"] = frame.loc[0, "b"]
        tables.check(frame, contract)


def test_own_contract_may_be_checked_by_the_object():
    contract = Contract.from_schema({"fields": [{"name": "brand"}]}, "brands")
    assert len(tables.check(pd.DataFrame({"brand": ["Oreo"]}), contract)) == 1


def test_error_travels_between_processes():
    error = refused(ties(strength=[-1, 2]), "ties")
    again = pickle.loads(pickle.dumps(error))
    assert str(again) == str(error)
    assert again.faults == error.faults
    assert again.total == 1
