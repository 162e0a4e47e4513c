"""Columns kept as bytes and numbers hold the same cells as columns of Python texts."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontporch import tables
from frontporch.tables import TableError
from frontporch.tables.compact import WIDEST, Coded, Even, compact
from frontporch.tables.formats import delimited

CELLS = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00,\n"), max_size=40
)


def kept(cells):
    whole = [cell.encode("utf-8") for cell in cells]
    ends = np.cumsum([len(one) + 1 for one in whole]) - 1
    begins = np.concatenate([[0], ends[:-1] + 1])
    signs = np.frombuffer(b",".join(whole) + b",", dtype=np.uint8)
    return compact(signs, begins, ends)


@given(st.lists(CELLS, min_size=1, max_size=30))
def test_the_same_cells_come_back(cells):
    found = kept(cells)
    if found is None:
        assert max(len(cell.encode("utf-8")) for cell in cells) > WIDEST
        return
    assert list(found) == cells
    assert [found[k] for k in range(len(found))] == cells
    at = np.arange(len(cells))[::2]
    assert list(found.taken(at)) == cells[::2]


def test_moments_stand_as_bytes_and_names_as_places():
    assert isinstance(kept(["2024-03-01 09:00", "2024-03-02 10:00"]), Even)
    assert isinstance(kept(["ann", "Zoë", "ann"]), Coded)
    assert isinstance(kept([f"{k:05}" for k in range(500)]), Even)
    assert kept([str(k) for k in range(500)]) is None
    assert list(kept(["", ""])) == ["", ""]


PLACES = ["ann", "Zoë", " ann", "'=x", "", "NA", "7", "2024-03-01T09:00:00"]
MOMENTS = [
    "2024-03-01T09:00:00",
    "2024-03-01 09:00:30",
    "2024-02-30T09:00:00",
    "2024-03-01T09:00:00Z",
    "2024-03-01T09:00:00+02:00",
    "1900-01-01T00:00:00",
    "01/02/2024 10:00",
    "1709283600",
    "",
]
OPTIONS = [
    {},
    {"incomplete": "leave out"},
    {"missing": ["1900-01-01T00:00:00", "NA"], "incomplete": "leave out"},
    {"spelling": "any case", "zone": "Europe/Berlin"},
    {"times": "seconds"},
]
ROW = st.tuples(st.sampled_from(MOMENTS), *[st.sampled_from(PLACES)] * 2, st.sampled_from("m7"))


@given(
    st.one_of(
        st.lists(ROW, min_size=1, max_size=6),
        st.lists(ROW.map(lambda row: (MOMENTS[0], *row[1:])), min_size=1, max_size=6),
    ),
    st.sampled_from(OPTIONS),
)
def test_a_file_is_read_the_same_both_ways(tmp_path_factory, rows, options):
    file = tmp_path_factory.getbasetemp() / "both.csv"
    lines = [",".join([*row, row[1], row[3]]) for row in rows]
    head = "start,source,target,channel,note,size"
    file.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")

    def outcome():
        try:
            frame = tables.read(file, "interactions", **options)
        except TableError as error:
            return str(error), error.options
        return frame, tables.noticed(frame).values.tolist()

    quick, quick_notes = outcome()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "_quick", lambda *_: None)
        slow, slow_notes = outcome()
    assert quick_notes == slow_notes
    if isinstance(slow, pd.DataFrame):
        pd.testing.assert_frame_equal(quick, slow)
    else:
        assert quick == slow


WRITTEN = st.sampled_from(
    ["ann", '"ann"', '"a,b"', '""', "", '"a""b"', 'a"b', '"', ' "x"', '"x" ', '"a\nb"', "7", '"7"']
)


@given(st.lists(st.tuples(WRITTEN, WRITTEN, WRITTEN), min_size=1, max_size=5), st.booleans())
def test_quotes_are_read_the_same_both_ways(tmp_path_factory, rows, quoted):
    file = tmp_path_factory.getbasetemp() / "quotes.csv"
    head = '"source","target","note"' if quoted else "source,target,note"
    text = "\n".join([head, '"x","y","z"', *map(",".join, rows)]) + "\n"
    file.write_text(text, encoding="utf-8")

    def outcome():
        try:
            return tables.read(file, "ties").to_dict("list")
        except TableError as error:
            return str(error)

    quick = outcome()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "_quick", lambda *_: None)
        assert str(outcome()) == str(quick)


def test_quotes_around_every_cell_are_read_all_at_once():
    text = '"source","target"\n"ann","bob"\n"ann",""\n'
    sheet = delimited._quick(text, ",", tables.Reading())
    assert sheet.header == ["source", "target"]
    assert [list(column) for column in sheet.columns] == [["ann", "ann"], ["bob", ""]]
    assert delimited._quick('"source","target"\n"a,b","bob"\n', ",", tables.Reading()) is None


def test_a_table_of_all_pairs_may_differ_by_rounding(tmp_path):
    file = tmp_path / "pairs.csv"
    file.write_text(
        ",Ada,Ben,Cas\nAda,0,0.30000000000000004,0\nBen,0.3,0,1.0\nCas,0,1,0\n", encoding="utf-8"
    )
    found = tables.read(file, "ties")
    assert found.source.tolist() == ["Ada", "Ben"]
    assert found.strength.tolist() == pytest.approx([0.3, 1])
