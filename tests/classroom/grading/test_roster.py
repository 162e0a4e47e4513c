"""A roster in every form in which a spreadsheet saves it, and faults by row and column."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontporch.classroom.grading import roster
from frontporch.classroom.grading.roster import RosterError, Student

TEXT = "Id;NAME;Email;Section;Team\n1001;Ána Müller;ana@uni.edu;A;Blue Door\n0042;Ben Ito;;B;-\n"
ANA = Student("1001", "Ána Müller", "ana@uni.edu", "A", "Blue Door")
BEN = Student("0042", "Ben Ito", "", "B", "")


def read(path, content):
    file = path / "roster.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return roster.read(file)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_it_is_read_however_it_was_saved(tmp_path, encoding, separator, ending):
    text = TEXT.replace(";", separator).replace("\n", ending)
    assert read(tmp_path, text.encode(encoding)) == [ANA, BEN]


def test_excels_line_of_the_separator_and_empty_rows_are_no_students(tmp_path):
    assert read(tmp_path, f"sep=;\r\n{TEXT}\n;;;;\n") == [ANA, BEN]


def test_columns_of_moodle_and_canvas_are_known(tmp_path):
    moodle = "First name,Last name,ID number,Email address,Groups\nAna,Sato,7,a@x.org,G1\n"
    assert read(tmp_path, moodle) == [Student("7", "Ana Sato", "a@x.org", "G1")]
    canvas = (
        "Student,ID,SIS User ID,SIS Login ID,Section\n    Points Possible,,,,\n"
        '"Sato, Ana",7,s7,ana,S1\n'
    )
    assert read(tmp_path, canvas) == [Student("7", "Sato, Ana", "ana", "S1")]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "is empty. Write a first line such as id;name;email;section;team"),
        (b"PK\x03\x04", 'choose "Save as", then "CSV UTF-8"'),
        (b"\x00\x01id", "is not a text table"),
        ("name;team\nAna;Blue\n", "has no column id and no column email"),
        ("id;name\n", "it has no student"),
        ("id;name\n1;Ana\n2;Ben\n1;Cleo\n", "row 4, column id is 1, as in row 2"),
        ("id,email\n1,A@x.org\n2,a@x.org\n", "row 3, column email is a@x.org, as in row 2"),
        ("id,name\n,Ana\n", "row 2, columns id and email are empty"),
        ("id,name\n1.23E+08,Ana\n", "row 2, column id is 1.23E+08: the spreadsheet has shortened"),
        ("id,name\n7,Sato, Ana\n", "row 2 has 3 cells, but the first line has 2"),
        ("id,email\n7,ana at home\n", "row 2, column email is ana at home, which is not"),
    ],
)
def test_what_is_wrong_has_its_row_and_column(tmp_path, content, told):
    with pytest.raises(RosterError, match=re.escape(told)):
        read(tmp_path, content)


def test_a_roster_that_is_not_there_is_told(tmp_path):
    with pytest.raises(RosterError, match=r"No such file"):
        roster.read(tmp_path / "nowhere.csv")


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_whatever_lies_there_is_read_or_told(tmp_path_factory, content):
    try:
        found = read(tmp_path_factory.getbasetemp(), content)
    except RosterError as error:
        assert "roster" in str(error)
    else:
        assert found
