"""What grading writes: gradebooks that a course imports, feedback, memos, a report."""

import csv
import io
import re

import class_of_hand_ins as hand_ins
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from frontporch import tables
from frontporch.classroom.grading import memos, outputs
from frontporch.classroom.grading.class_grades import grade
from frontporch.classroom.grading.memos import MemosError
from frontporch.classroom.grading.roster import Student
from frontporch.classroom.grading.safe_text import cell, file_name, looked_up, shown
from frontporch.cli.commands import porch

ANA = Student("1001", "Ana Sato", "ana@uni.edu", "=cmd|x", "Blue Door")
BEN = Student("+1002", "-Ben Ito", "ben@uni.edu", "B", "Blue Door")
CLEO = Student("1003", "=HYPERLINK(1)", "cleo@uni.edu", "B", "Red Door")
DAN = Student("1004", "Dan O'Neil")
MEMO = ("We know <b>40 %</b>.", "=1+1", "Try it.")


def rows(path):
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")  # the mark by which Excel knows UTF-8
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def words(path):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", path.read_text(encoding="utf-8")))


@pytest.fixture
def class_(small_course, folder):
    """Blue Door has handed in, and Red Door late; Dan has not."""
    blue = hand_ins.content("Blue Door", "1001", right=["1.1", "1.3"], memo=MEMO)
    red = hand_ins.content("Red Door", "1003", minutes=99)
    stranger = hand_ins.content("@X", "=Eve <i>", right=["1.1"], memo=("a", "b", "c"))
    for name, content in {"a.json": blue, "b.json": red, "c.json": stranger}.items():
        (folder / name).write_bytes(content)
    hand_ins.write_broken(folder)
    return folder


def graded(class_, **keywords):
    return grade(class_, (ANA, BEN, CLEO, DAN), due=hand_ins.BEGIN, **keywords)


def test_the_gradebook_has_a_row_a_student(class_, tmp_path):
    outputs.write(graded(class_), tmp_path / "out")
    found = rows(tmp_path / "out" / "gradebook.csv")
    assert [one["student id"] for one in found] == ["1001", "+1002", "1003", "1004", ""]
    assert list(found[0])[:9] == [
        *("student id", "name", "e-mail", "section", "team"),
        *("exercise 1.1", "exercise 1.2", "exercise 1.3", "points"),
    ]
    ana, ben, cleo, dan, stranger = found
    assert (ana["exercise 1.1"], ana["exercise 1.2"], ana["points"]) == ("1", "0", "2")
    assert (ana["maximum"], ana["per cent"], ben["points"]) == ("3", "66.7", "2")
    assert (cleo["points"], cleo["notes"]) == ("0", "late")
    assert (dan["points"], dan["per cent"], dan["notes"]) == ("", "", "not handed in")
    assert stranger["notes"].startswith("not in the roster") and stranger["points"] == "1"


def test_formulas_are_harmless_and_names_that_are_looked_up_stay(class_, tmp_path):
    outputs.write(graded(class_), tmp_path / "out")
    ana, ben, cleo, _, stranger = rows(tmp_path / "out" / "gradebook.csv")
    assert ana["section"] == "'=cmd|x" and ben["name"] == "-Ben Ito"
    assert cleo["name"] == "'=HYPERLINK(1)" and stranger["name"].startswith("'=Eve")
    for path in (tmp_path / "out").glob("*.csv"):
        if path.name != "answers.csv":
            cells = [one for row in rows(path) for one in row.values()]
            assert not [one for one in cells if re.match(r"[=@\t\r]", one)], path.name


def test_canvas_and_moodle_get_their_own_columns(class_, tmp_path):
    outputs.write(graded(class_), tmp_path / "out")
    possible, *canvas = rows(tmp_path / "out" / "gradebook_canvas.csv")
    assert list(possible) == [
        *("Student", "ID", "SIS User ID", "SIS Login ID", "Section"),
        "Front Porch lesson 1",
    ]
    assert (possible["Student"].strip(), possible["Front Porch lesson 1"]) == (
        "Points Possible",
        "3",
    )
    assert [one["SIS User ID"] for one in canvas] == ["1001", "+1002", "1003", "1004"]
    assert [one["Front Porch lesson 1"] for one in canvas] == ["2", "2", "0", ""]
    moodle = rows(tmp_path / "out" / "gradebook_moodle.csv")
    assert [one["Email address"] for one in moodle][:2] == ["ana@uni.edu", "ben@uni.edu"]
    assert moodle[0]["Feedback: Front Porch lesson 1"] == "2 of 3 points."
    assert moodle[3]["Front Porch lesson 1"] == ""


def test_each_student_has_a_page_in_words(class_, tmp_path):
    outputs.write(graded(class_), tmp_path / "out")
    pages = {one.stem: words(one) for one in (tmp_path / "out" / "feedback").iterdir()}
    assert len(pages) == 5
    ana = pages["Ana Sato 1001"]
    assert "2 of 3 exercises are right" in ana and "1.1: ✓ Right How many are" in ana
    assert "1.2: ✗ Not right" in ana and "Hint: Look at the rows." in ana
    assert "We know &lt;b&gt;40 %&lt;/b&gt;." in ana
    assert "Nothing was handed in." in pages["Dan O_Neil 1004"]
    assert "It came late." in next(one for name, one in pages.items() if "1003" in name)


def test_every_file_has_a_row(class_, tmp_path):
    grades = graded(class_)
    outputs.write(grades, tmp_path / "out")
    found = rows(tmp_path / "out" / "files.csv")
    assert len(found) == len(grades.files) > 40
    assert [one["file"] for one in found if one["counts"] == "yes"] == [
        "a.json",
        "b.json",
        "c.json",
    ]
    assert all(one["remarks"] for one in found if one["counts"] == "no")


def test_the_report_says_who_is_late_or_missing_and_what_went_wrong_most(class_, tmp_path):
    outputs.write(graded(class_), tmp_path / "out")
    said = words(tmp_path / "out" / "report.html")
    late = r"Late =HYPERLINK\(1\): made 2026-1\d-\d\d \d\d:\d\d, \d+ minutes late"
    assert re.search(late, said)
    assert "Missing Dan O&#x27;Neil (1004)." in said
    assert re.search(r"1\.2 Which tree, as to \d+ rows\? 0 of 3 0 ", said)
    assert "1.2, 3 hand-ins:" in said and "<i>" not in said


def test_a_file_that_cannot_be_graded_is_told_to_whoever_uploaded_it(class_, tmp_path):
    (class_ / "Dan O'Neil_77_assignsubmission_file").mkdir()
    (class_ / "Dan O'Neil_77_assignsubmission_file" / "05.ipynb").write_text("{}")
    outputs.write(graded(class_), tmp_path / "out")
    said = words(tmp_path / "out" / "report.html")
    assert "Missing Dan O&#x27;Neil (1004). Uploaded: 05.ipynb. It is a notebook" in said
    page = words(tmp_path / "out" / "feedback" / "Dan O_Neil 1004.html")
    assert "No file that can be graded" in page and "05.ipynb: It is a notebook" in page
    dan = rows(tmp_path / "out" / "gradebook.csv")[3]
    assert dan["points"] == "" and dan["notes"].startswith("not handed in; 05.ipynb is not graded")


def test_answers_are_a_table_with_a_contract(class_, tmp_path):
    outputs.write(graded(class_), tmp_path / "out")
    found = tables.read(tmp_path / "out" / "answers.csv", "answers")
    assert len(found) == 9 and found["right"].sum() == 3
    assert set(found["team"]) == {"Blue Door", "Red Door", "@X"}


def test_memos_are_read_with_the_rubric_of_the_source(class_, tmp_path):
    outputs.write(graded(class_), tmp_path / "out")
    page = (tmp_path / "out" / "memos.html").read_text(encoding="utf-8")
    assert "<th>says a &lt;number&gt;</th><td>none</td><td>one</td>" in page
    assert "We know &lt;b&gt;40 %&lt;/b&gt;." in page and "<i>" not in page
    first, second = rows(tmp_path / "out" / "memos.csv")
    assert (first["students"], first["sentence 2"]) == ("Ana Sato, -Ben Ito", "'=1+1")
    assert second["team"] == "'@X"
    assert "lesson 1: says a <number> (0 to 2)" in first


def entered(path, *points, comment=""):
    """Enter points into the first row, as a German Excel saves it."""
    found = rows(path)
    columns = [one for one in found[0] if one.endswith("(0 to 2)")]
    found[0] |= dict(zip(columns, points, strict=True)) | {"comment": comment}
    text = io.StringIO()
    made = csv.DictWriter(text, list(found[0]), delimiter=";")
    made.writeheader()
    made.writerows(found)
    path.write_bytes(text.getvalue().encode("utf-8-sig"))


def test_points_of_memos_are_merged_and_kept(class_, tmp_path):
    out, table = tmp_path / "out", tmp_path / "out" / "memos.csv"
    outputs.write(graded(class_), out)
    entered(table, "1,5", "2", comment="=Good")
    outputs.write(graded(class_), out, table)
    ana, ben, cleo, *_ = rows(out / "gradebook.csv")
    assert (ana["memo of lesson 1"], ana["points"], ana["maximum"]) == ("3.5", "5.5", "7")
    assert (ben["points"], cleo["points"], cleo["memo of lesson 1"]) == ("5.5", "0", "")
    said = words(out / "feedback" / "Ana Sato 1001.html")
    assert "says a &lt;number&gt;: 1.5 of 2" in said and "=Good" in said
    again = rows(table)
    assert again[0]["lesson 1: says a <number> (0 to 2)"] == "1.5"
    outputs.write(graded(class_), out, table)
    assert rows(table) == again


def test_points_are_never_lost(class_, tmp_path):
    out, table = tmp_path / "out", tmp_path / "out" / "memos.csv"
    outputs.write(graded(class_), out)
    entered(table, "1", "2")
    with pytest.raises(MemosError, match=re.escape(f"--memos {table}")):
        outputs.write(graded(class_), out)
    (class_ / "a.json").write_bytes(hand_ins.content("Blue Door", "1001", memo=("other", "", "")))
    outputs.write(graded(class_), out, table)
    assert "has points for a memo that was changed" in words(out / "report.html")
    assert rows_of(out / "memos before 1.csv")[0]["team"] == "Blue Door"


def rows_of(path):
    text = io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, delimiter=";"))


@pytest.mark.parametrize("typed", ["3", "two", "-1", "=2", "2.555"])
def test_points_that_cannot_be_are_told_with_their_row(class_, tmp_path, typed):
    outputs.write(graded(class_), tmp_path / "out")
    table = tmp_path / "out" / "memos.csv"
    entered(table, typed, "")
    with pytest.raises(
        MemosError, match=r"row 2 \(Blue Door\), column .*Enter a number from 0 to 2"
    ):
        outputs.write(graded(class_), tmp_path / "again", table)


def test_a_table_that_is_not_one_of_points_is_told(class_, tmp_path):
    made = memos.memos(graded(class_), {"1": ()})
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    with pytest.raises(MemosError, match="has no column memo"):
        memos.read(tmp_path / "x.csv", made)
    with pytest.raises(MemosError, match="cannot be read"):
        memos.read(tmp_path / "nowhere.csv", made)


def run(*words_):
    return CliRunner().invoke(porch, ["class", "grade", *map(str, words_)])


@pytest.fixture
def roster(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text("id;name;team\n1001;Ana Sato;Blue Door\n1004;Dan O'Neil;\n", encoding="utf-8")
    return path


def test_the_command_grades_and_changes_nothing_else(class_, tmp_path, roster):
    before = hand_ins.tree(tmp_path)
    said = run(class_, "--roster", roster, "--into", tmp_path / "out", "--due", "2026-12-01T18:00")
    assert said.exit_code == 0, said.output
    assert "- notebook.ipynb: It is a notebook, and notebooks are not graded." in said.output
    assert "run the cell classroom.hand_in(5)" in said.output
    assert "3 of them hand-ins that were graded; 1 of the roster missing" in said.output
    assert "\x1b" not in said.output
    after = hand_ins.tree(tmp_path)
    changed = {path for path in before | after if before.get(path) != after.get(path)}
    assert all(path.is_relative_to(tmp_path / "out") for path in changed)


def test_the_command_names_the_lesson_in_what_it_says_of_notebooks(class_, tmp_path):
    said = run(class_, "--lesson", "1", "--into", tmp_path / "out")
    assert "run the cell classroom.hand_in(1)" in said.output


def test_nothing_in_the_folder_of_hand_ins_is_believed_or_written_to(class_, tmp_path, roster):
    inside = class_ / "roster.csv"
    inside.write_bytes(roster.read_bytes())
    linked = tmp_path / "linked"
    linked.symlink_to(class_, target_is_directory=True)
    before = hand_ins.tree(tmp_path)
    for words_ in (
        ["--roster", inside],
        ["--memos", class_ / "memos.csv"],
        ["--into", class_],
        ["--into", class_ / "out"],
        ["--into", linked / "out"],
    ):
        said = run(class_, *words_)
        assert said.exit_code == 1 and "the folder of the hand-ins" in said.output
    assert hand_ins.tree(tmp_path) == before


@pytest.mark.parametrize(
    ("words_", "told"),
    [
        (["--due", "soon"], "has to be a day and time such as 2026-12-01T18:00"),
        (["--lesson", "9"], "There is no lesson '9'"),
        (["--roster", "nowhere.csv"], "The roster nowhere.csv cannot be read"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(class_, tmp_path, words_, told):
    said = run(class_, *words_, "--into", tmp_path / "out")
    assert said.exit_code == 1 and told in said.output
    assert not (tmp_path / "out").exists()


@given(st.text())
def test_texts_of_strangers_are_harmless_everywhere(text):
    assert not re.match(r"[=+\-@\t\r\n]", cell(text))
    assert not re.match(r"[=@\t\r\n]", looked_up(text))
    assert all(one.isprintable() for one in shown(text))
    name = file_name(text, set())
    assert re.fullmatch(r"[^/\\:*?\"<>|\x00-\x1f]{1,70}", name) and name.strip(" .") == name
