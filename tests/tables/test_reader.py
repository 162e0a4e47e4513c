"""Every kind of bad file is refused with line, column, value and remedy."""

import bz2
import gzip
import io
import lzma
import pickle
import zipfile

import numpy as np
import pandas as pd
import pytest

from frontporch import tables
from frontporch.names import UnknownName
from frontporch.tables import Contract, TableError

MESSAGES = (
    "start,source,target,channel\n"
    "2024-03-12T09:30:00,ann,bob,message\n"
    "2024-03-12T09:31:00,bob,ann,message\n"
)
# In UTF-16 without a mark only digits and separators have a zero byte, not the names.
NAMES = MESSAGES.replace("ann", "Александр").replace("bob", "Катерина").replace("message", "письмо")
COUNTS_HEADER = "platform,brand,date_from,date_to,fans,at_least,confidence,source\n"
SPELLS_HEADER = "pair,channel,stage,entered,left,next_stage\n"


@pytest.fixture
def refused(tmp_path):
    """Write a file, read it, and return the error that it must meet."""

    def refused(content, contract="interactions", name="table.csv", **options):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        with pytest.raises(TableError) as caught:
            tables.read(file, contract, **options)
        error = caught.value
        assert str(error).startswith(name)
        assert error.total >= len(error.faults) > 0
        for fault in error.faults:
            assert fault.problem and fault.remedy.endswith((".", "…"))
        return error

    return refused


@pytest.fixture
def accepted(tmp_path):
    def accepted(content, contract="interactions", **options):
        file = tmp_path / "table.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return tables.read(file, contract, **options)

    return accepted


def only(error):
    assert error.total == 1, str(error)
    return error.faults[0]


def where(error):
    return [(fault.row, fault.column, fault.value) for fault in error.faults]


# What is right


def test_good_file(accepted):
    frame = accepted(MESSAGES)
    assert frame.start.dtype == "datetime64[us]"
    assert frame.source.tolist() == ["ann", "bob"]
    assert frame.source.dtype == pd.Series(["text"]).dtype
    assert frame.attrs["observed_from_start"] is None
    assert accepted(MESSAGES, observed_from_start=True).attrs["observed_from_start"] is True


def test_every_type(accepted):
    frame = accepted(
        COUNTS_HEADER + "Facebook,Oreo,2010-07-27,2010-07-27,7000000,true,high,a\n"
        "Facebook,Oreo,2010-07-27,2010-07-27,7100000,False,low,b\n",
        "counts",
    )
    assert frame.fans.dtype == "int64"
    assert frame.at_least.tolist() == [True, False]
    assert frame.at_least.dtype == bool
    assert frame.date_from.dtype == "datetime64[us]"


def test_two_sources_on_one_date_are_no_duplicate(accepted):
    row = "Facebook,Oreo,2010-07-27,2010-07-27,{},true,high,{}\n"
    assert len(accepted(COUNTS_HEADER + row.format(1, "a") + row.format(2, "b"), "counts")) == 2


def test_missing_cells_and_nullable_types(accepted):
    fields = [{"name": one, "type": one} for one in ("integer", "number", "boolean", "date")]
    contract = Contract.from_schema({"fields": [*fields, {"name": "string"}]})
    frame = accepted(
        "integer,number,boolean,date,string\n1,,,,x\n,1.5,true,2024-01-01,\n", contract
    )
    assert frame.integer.dtype == "Int64"
    assert frame.boolean.dtype == "boolean"
    assert frame.isna().to_numpy().tolist() == [
        [False, True, True, True, False],
        [True, False, False, False, True],
    ]


def test_extra_columns_are_kept_as_text(accepted):
    frame = accepted("since_when,source,note,target\n007,a,,b\n12,b,NA,c\n", "ties")
    assert list(frame.columns) == ["since_when", "source", "note", "target"]
    assert frame.since_when.tolist() == ["007", "12"]
    assert frame.note.isna().tolist() == [True, False]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024-03-12T09:30:00", "2024-03-12T09:30:00"),
        ("2024-03-12 09:30:00", "2024-03-12T09:30:00"),
        ("2024-03-12T09:30:00.25", "2024-03-12T09:30:00.25"),
        ("1600-01-01T00:00:00", "1600-01-01T00:00:00"),
        ("9999-12-31T23:59:59.999999", "9999-12-31T23:59:59.999999"),
    ],
)
def test_forms_of_time(accepted, text, value):
    ever = ("0001-01-01", "9999-12-31T23:59:59.999999")
    frame = accepted(f"start,source,target,channel\n{text},ann,bob,m\n", between=ever)
    assert frame.start.to_numpy()[0] == np.datetime64(value, "us")


@pytest.mark.parametrize(
    ("text", "hour"), [("09:30:00Z", 9), ("09:30:00+02:00", 7), ("09:30:00.5-05:00", 14)]
)
def test_times_with_an_offset_come_back_in_utc(accepted, text, hour):
    frame = accepted(f"start,source,target,channel\n2024-03-12T{text},ann,bob,m\n")
    assert str(frame.start.dt.tz) == "UTC"
    assert frame.start.dt.hour.tolist() == [hour]


def test_z_and_zero_offset_are_the_same(accepted):
    rows = "2024-03-12T09:30:00Z,ann,bob,m\n2024-03-12T09:30:00+00:00,ann,bob,m\n"
    assert accepted("start,source,target,channel\n" + rows).start.nunique() == 1


def test_separator_tab_and_line_ends(accepted):
    text = MESSAGES.replace(",", ";").replace("\n", "\r\n")
    assert len(accepted(text, separator=";")) == 2
    assert len(accepted(MESSAGES.replace(",", "\t"), separator="\t")) == 2
    assert len(accepted(MESSAGES.replace("\n", "\r"))) == 2
    assert len(accepted(MESSAGES + "\n\n,,,\n")) == 2, "blank rows at the end are none"


def test_other_encodings_are_read_when_named(accepted):
    text = MESSAGES.replace("bob", "bøb")
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        assert accepted(text.encode(encoding), encoding=encoding).source[1] == "bøb"


# What is no table at all


def test_missing_file_names_the_nearest(tmp_path):
    (tmp_path / "messages.csv").write_text(MESSAGES, encoding="utf-8")
    with pytest.raises(TableError, match=r"mesages.csv.*\n.*no such file.*'messages\.csv'"):
        tables.read(tmp_path / "mesages.csv", "interactions")


def test_folder_and_address(tmp_path):
    with pytest.raises(TableError, match=r"folder, not a file.*Name the file"):
        tables.read(tmp_path, "ties")
    with pytest.raises(TableError, match="Check the path"):
        tables.read(tmp_path / "nowhere" / "a.csv", "ties")
    with pytest.raises(TableError, match="Download"):
        tables.read("https://example.org/a.csv", "ties")


def packed_zip(*inside):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for inner in inside:
            archive.writestr(inner, MESSAGES)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "problem", "remedy"),
    [
        (b"", "empty", "line 1"),
        (bz2.compress(MESSAGES.encode()), "bzip2", "Unpack"),
        (lzma.compress(MESSAGES.encode()), "xz", "Unpack"),
        (pickle.dumps([1]), "pickle", "as CSV"),
        (b"PAR1\x15\x04\x15", "damaged Parquet", "anew"),
        (gzip.compress(MESSAGES.encode(), mtime=0)[:-9], "damaged gz", "again"),
        (packed_zip("a.csv", "b.csv"), "2 files: a.csv, b.csv", 'sheet="a.csv"'),
        (packed_zip("a.csv")[:-5], "damaged zip", "again"),
        (b"\x28\xb5\x2f\xfd\x04", "zstandard", "Unpack"),
        (b"<!DOCTYPE html><html>", "web page", "data themselves"),
        (b"a,b\x00\x00\x00\x00\x01\n", "zero bytes", "CSV UTF-8"),
    ],
)
def test_no_table(refused, content, problem, remedy):
    fault = only(refused(content))
    assert problem in fault.problem
    assert remedy in fault.remedy
    assert (fault.row, fault.column, fault.value) == (None, None, None)


def test_too_large(refused):
    fault = only(refused(MESSAGES, largest_mb=0.00005))
    assert "0.0 MB" in fault.problem
    assert "largest_mb" in fault.remedy


def test_header_only(refused):
    fault = only(refused("start,source,target,channel\n"))
    assert "no rows" in fault.problem
    assert "Write the rows" in fault.remedy


def test_first_line_empty(refused):
    assert only(refused("\n" + MESSAGES)).row == 1
    assert only(refused("\n\n")).row == 1


@pytest.mark.parametrize("other", [";", "\t", "|", " "])
def test_separators_are_found_and_a_wrong_one_is_said(accepted, refused, other):
    text = MESSAGES.replace(",", other)
    pd.testing.assert_frame_equal(accepted(text), accepted(MESSAGES))
    assert "separated by" in tables.noticed(accepted(text)).what[0]
    error = refused(text, separator=",")
    assert only(error).value == text.splitlines()[0]
    pd.testing.assert_frame_equal(accepted(text, **error.options), accepted(MESSAGES))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings_that_the_bytes_show(accepted, encoding):
    plain = MESSAGES.replace("ann,", "Zoë,").replace(",ann", ",Zoë")
    frame = accepted(plain.encode(encoding))
    pd.testing.assert_frame_equal(frame, accepted(plain))
    said = " ".join(tables.noticed(frame).what)
    assert ("not UTF-8" in said) == (encoding == "cp1252")
    assert ("UTF-16" in said) == (encoding[-2:] in ("le", "be"))


@pytest.mark.parametrize(
    "pack",
    [gzip.compress, lambda data: packed_zip("only.csv"), lambda data: data],
    ids=["gz", "zip", "plain"],
)
def test_packed_files_are_read(accepted, pack):
    pd.testing.assert_frame_equal(accepted(pack(MESSAGES.encode())), accepted(MESSAGES))


def test_a_bomb_is_refused_while_it_unpacks(refused):
    bomb = gzip.compress(b"source,target\n" + b"a,b\n" * 2_000_000)
    error = refused(bomb, "ties", largest_mb=1)
    assert "MB" in only(error).problem and error.options["largest_mb"] > 1


# Columns


def test_missing_column_names_the_nearest(refused):
    fault = only(refused(MESSAGES.replace("channel", "chanel")))
    assert (fault.row, fault.column) == (1, "channel")
    assert fault.remedy == "Rename 'chanel' to 'channel'."


def test_missing_column_and_the_other_faults_are_found_together(refused):
    error = refused(MESSAGES.replace("channel", "x").replace("12T09:31:00", "12"))
    assert where(error) == [(1, "channel", None), (3, "start", "2024-03-12")]
    assert "By what means" in error.faults[0].remedy


def test_duplicate_column(refused):
    fault = only(refused("source,target,source\na,b,c\n", "ties"))
    assert (fault.row, fault.column) == (1, "source")
    assert "Rename" in fault.remedy
    assert only(refused("source,target,x,x\na,b,c,d\n", "ties")).column == "x"


def test_column_without_a_name(refused):
    fault = only(refused(",source,target\n0,a,b\n", "ties"))
    assert fault.row == 1
    assert "column 1" in fault.problem
    assert "index=False" in fault.remedy


# Rows


def test_ragged_rows(refused):
    error = refused("source,target,note\na,b\nc,d,e\nf,g,h,i\nj,k,l,\n", "ties")
    assert where(error) == [(2, "note", None), (4, None, "i"), (5, None, "")]
    assert "2 cells" in error.faults[0].problem
    assert "4 cells" in error.faults[1].problem
    assert "double quotes" in error.faults[1].remedy
    assert "separator" in error.faults[0].remedy


def test_every_row_one_cell_too_long_is_not_taken_for_an_index(refused):
    error = refused("source,target\na,b,c\nd,e,f\n", "ties")
    assert where(error) == [(2, None, "c"), (3, None, "f")]


@pytest.mark.parametrize("blank", ["", ",", "  "])
def test_blank_row_in_the_middle(refused, blank):
    fault = only(refused(f"source,target\na,b\n{blank}\nc,d\n\n", "ties"))
    assert fault.row == 3
    assert "empty" in fault.problem
    assert "Take it out" in fault.remedy


def test_lines_are_those_of_a_spreadsheet(refused):
    rows = 'a,b,"one\ntwo\n\nthree"\n\nc,d,x\ne,e,"p\nq"\n'
    error = refused("source,target,note\n" + rows, "ties")
    assert [fault.row for fault in error.faults] == [3, 5]
    assert where(error)[1] == (5, "target", "e")


def test_quote_that_never_closes(refused):
    error = refused('source,target\na,b\nc,"d\ne,f\n', "ties")
    fault = only(error)
    assert fault.row == 3
    assert "never closes" in fault.problem
    assert "Close it" in fault.remedy


def test_quote_that_never_closes_in_a_long_file(refused):
    fault = only(refused('source,target\na,b\nc,"d\n' + "e,f\n" * 50_000, "ties"))
    assert fault.row == 3
    assert "never closes" in fault.problem


def test_quote_in_the_header_and_inside_a_cell(refused):
    assert only(refused('source,"target\na,b\n', "ties")).row == 1
    fault = only(refused('source,target\na,"b"b"\n', "ties"))
    assert fault.row == 2
    assert '("")' in fault.remedy


def test_bytes_of_another_encoding(refused):
    text = "source,target,note\na,b,x\nc,é,y\ne,f,ü\n"
    error = refused(text.encode("latin-1"), "ties", encoding="utf-8")
    assert where(error) == [(3, "target", r"\xe9"), (4, "note", r"\xfc")]
    assert 'encoding="cp1252"' in error.faults[0].remedy
    mixed = text.encode("latin-1") + "g,h,Zoë\n".encode()
    assert where(refused(mixed, "ties")) == where(error), "UTF-8 with bad bytes is no cp1252"
    named = text.replace("note", "nöte").encode("latin-1")
    assert refused(named, "ties", encoding="utf-8").faults[0].row == 1


def test_truncated_utf_16(refused):
    fault = only(refused(MESSAGES.encode("utf-16")[:-1], encoding="utf-16"))
    assert "UTF-16" in fault.problem


# Cells


@pytest.mark.parametrize(
    ("cell", "remedy"),
    [
        ("12.5", "whole number"),
        ("12.0", "whole number"),
        ("12345678901234567890123", "text"),
        ("9223372036854775808", "text"),
        ("7M", "7000000"),
        ("over 7 million", "7000000"),
        ("seven", "digits"),
        ('"7,000,000"', "7000000"),
        ("7.000.000", "7000000"),
        ("1_000", "digits"),
        ("nan", "missing="),
        ("inf", "Check"),
        ("NA", "missing="),
        (" 7", "space"),
        ("٧", "digits"),
    ],
)
def test_wrong_integer(refused, cell, remedy):
    row = f"Facebook,Oreo,2010-07-27,2010-07-27,{cell},true,high,a\n"
    fault = only(refused(COUNTS_HEADER + row, "counts"))
    assert (fault.row, fault.column, fault.value) == (2, "fans", cell.strip('"'))
    assert remedy in fault.remedy


@pytest.mark.parametrize(
    ("cell", "remedy"),
    [
        ("nan", "missing="),
        ("inf", "Check"),
        ("-Infinity", "Check"),
        ("1e999", "Check"),
        ("two", "decimal point"),
        ("3 weeks", "12.5"),
        ("0x10", "letter"),
    ],
)
def test_wrong_number(refused, cell, remedy):
    fault = only(refused(SPELLS_HEADER + f"p,online,stranger,0,{cell},\n", "spells"))
    assert (fault.row, fault.column, fault.value) == (2, "left", cell.strip('"'))
    assert remedy in fault.remedy


@pytest.mark.parametrize(
    ("cell", "remedy"),
    [
        ("12/03/2024", "year-month-day"),
        ("12.03.2024 09:30", "year-month-day"),
        ("2024-03-12", "T00:00:00"),
        ("2024-02-30T10:00:00", "year-month-day"),
        ("2024-13-01T10:00:00", "year-month-day"),
        ("2024-03-12T24:00:00", "year-month-day"),
        ("2024-03-12T9:30:00", "year-month-day"),
        ("20240312T093000", "year-month-day"),
        ("2024-03-12T09:30:00.1234567", "six decimals"),
        ("1710235800", "year-month-day"),
        ("Mar 12 2024", "year-month-day"),
    ],
)
def test_wrong_time(refused, cell, remedy):
    fault = only(refused(MESSAGES.replace("2024-03-12T09:31:00", cell)))
    assert (fault.row, fault.column, fault.value) == (3, "start", cell)
    assert remedy in fault.remedy


@pytest.mark.parametrize("cell", ["2010-7-27", "2010-07-27T12:00:00", "2011-02-29"])
def test_wrong_day(refused, cell):
    row = f"Facebook,Oreo,{cell},2012-01-01,7,true,high,a\n"
    fault = only(refused(COUNTS_HEADER + row, "counts"))
    assert (fault.row, fault.column, fault.value) == (2, "date_from", cell)
    assert "2010-07-27" in fault.remedy or "2024-03-12" in fault.remedy


def test_wrong_boolean_and_unknown_word(refused):
    row = "Facebook,Oreo,2010-07-27,2010-07-27,7,yes,hihg,a\n"
    error = refused(COUNTS_HEADER + row, "counts")
    assert where(error) == [(2, "at_least", "yes"), (2, "confidence", "hihg")]
    assert "true or false" in error.faults[0].remedy
    assert "high, medium, low" in error.faults[1].remedy


def test_missing_value(refused):
    fault = only(refused(MESSAGES.replace("bob,ann", ",ann")))
    assert (fault.row, fault.column, fault.value) == (3, "source", None)
    assert "missing" in fault.problem
    assert "Fill it in" in fault.remedy


def test_negative_count(refused):
    row = "Facebook,Oreo,2010-07-27,2010-07-27,-7,true,high,a\n"
    fault = only(refused(COUNTS_HEADER + row, "counts"))
    assert (fault.row, fault.column, fault.value) == (2, "fans", -7)
    assert "below 0" in fault.problem


def test_mixed_times_with_and_without_offset(refused):
    fault = only(refused(MESSAGES + "2024-03-12T09:32:00Z,ann,bob,message\n"))
    assert (fault.row, fault.column, fault.value) == (4, "start", "2024-03-12T09:32:00Z")
    assert "have none" in fault.problem
    assert "UTC" in fault.remedy


def test_several_offsets_are_one_clock(accepted):
    rows = MESSAGES.replace(":00,", ":00+01:00,") + "2024-04-12T09:32:00+02:00,ann,bob,message\n"
    assert accepted(rows).start.dt.hour.tolist() == [8, 8, 7]


def test_offsets_that_differ_between_columns(refused):
    head = "start,end,source,target,channel\n"
    rows = "2024-03-12T09:30:00,,a,b,m\n2024-03-12T09:30:00,2024-03-12T09:40:00Z,a,b,m\n"
    assert where(refused(head + rows)) == [(3, "end", "2024-03-12T09:40:00Z")]


# Between columns and rows


def test_pair_with_itself(refused):
    fault = only(refused(MESSAGES + "2024-03-12T09:32:00,eve,eve,message\n"))
    assert (fault.row, fault.column, fault.value) == (4, "target", "eve")
    assert "themselves" in fault.problem


def test_duplicate_key_names_the_earlier_line(refused):
    row = "Facebook,Oreo,2010-07-27,2010-07-27,{},true,high,a\n"
    other = row.format(3).replace("Oreo", "Nike")
    fault = only(refused(COUNTS_HEADER + row.format(1) + other + row.format(2), "counts"))
    assert (fault.row, fault.column) == (4, "platform, brand, date_from, date_to, source")
    assert fault.value.startswith("Facebook, Oreo, 2010-07-27")
    assert "line 2" in fault.problem
    assert "Take one" in fault.remedy


def test_time_going_backwards(refused):
    fault = only(refused(SPELLS_HEADER + "p,online,stranger,5,3,friend\n", "spells"))
    assert (fault.row, fault.column, fault.value) == (2, "left", 3.0)
    assert "before entered, which is 5.0" in fault.problem
    head = "start,end,source,target,channel\n"
    row = "2024-03-12T09:30:00,2024-03-12T09:29:00,a,b,m\n"
    fault = only(refused(head + row))
    assert (fault.row, fault.column) == (2, "end")
    assert fault.value == pd.Timestamp("2024-03-12T09:29:00")


def test_overlapping_spells(refused):
    rows = (
        "p,online,friend,4,9,\n"
        "q,online,stranger,0,3,friend\n"
        "p,online,stranger,0,5,friend\n"
        "q,online,friend,3,9,\n"
    )
    fault = only(refused(SPELLS_HEADER + rows, "spells"))
    assert (fault.row, fault.column, fault.value) == (2, "entered", 4.0)
    assert "5.0" in fault.problem and "'p'" in fault.problem
    assert "one stage at a time" in fault.remedy


def test_overlap_with_a_long_stay_further_up(refused):
    rows = "p,o,a,0,9,\np,o,b,1,2,\np,o,c,3,4,\n"
    assert where(refused(SPELLS_HEADER + rows, "spells")) == [
        (3, "entered", 1.0),
        (4, "entered", 3.0),
    ]


def test_stays_that_meet_do_not_overlap(accepted):
    rows = "p,o,a,0,0.1,\np,o,b,0.1,0.30000000000000004,\np,o,c,0.3,1,\np,o,d,1,1,\n"
    assert len(accepted(SPELLS_HEADER + rows, "spells")) == 4


def test_recency_and_age(refused):
    fault = only(refused("frequency,recency,age\n2,30,20\n", "customers"))
    assert (fault.row, fault.column, fault.value) == (2, "age", 20.0)


def test_life_table(refused):
    error = refused("hours_up_to,reached,censored\n0,1,2\n1,-1,2.5\n", "life_table")
    assert where(error) == [(2, "hours_up_to", 0.0), (3, "censored", "2.5"), (3, "reached", -1)]


# All at once


def test_all_faults_are_found_in_one_pass_and_the_first_twenty_listed(refused):
    rows = "".join(f"p{k},online,stranger,0,{k if k % 2 else 'x'},\n" for k in range(60))
    rows = rows.replace("p7,online,stranger,0,7,", "p7,online") + "p1,online,stranger,0,-1,\n"
    error = refused(SPELLS_HEADER + rows, "spells")
    # 30 times text for a number, one short row, and in the last: below 0, backwards, repeated
    assert error.total == 34
    assert len(error.faults) == 34
    assert [fault.row for fault in error.faults] == sorted(fault.row for fault in error.faults)
    text = str(error)
    assert "34 faults" in text
    assert text.count("line ") >= 20
    assert text.count("\n") == 21
    assert "line 2, column 'left', value 'x': is not a number" in text
    assert "14 more" in text


def test_many_faults_are_counted_and_the_first_thousand_kept(refused):
    error = refused("source,target\n" + "a,a\n" * 3_000, "ties")
    assert error.total == 3_000 + 2_999
    assert len(error.faults) == 1_000
    assert error.faults[0].row == 2


def test_a_long_value_is_cut_in_the_text_only(refused):
    error = refused(SPELLS_HEADER + f"p,o,a,0,{'x' * 500},\n", "spells")
    assert len(only(error).value) == 500
    assert len(str(error)) < 300


# What the caller says


def test_wrong_arguments(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text(MESSAGES, encoding="utf-8")
    with pytest.raises(UnknownName, match="'interactions'"):
        tables.read(file, "interaction")
    with pytest.raises(ValueError, match="separator"):
        tables.read(file, "interactions", separator="::")
    for encoding in ("utf-9", "zip"):
        with pytest.raises(ValueError, match="no encoding"):
            tables.read(file, "interactions", encoding=encoding)
    with pytest.raises(ValueError, match="observed_from_start"):
        tables.read(file, "interactions", observed_from_start="yes")
