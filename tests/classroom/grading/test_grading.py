"""A folder of handed-in notebooks becomes one table, whatever is in it."""

import csv
import hashlib
import json
import os
import pathlib
import shutil
import sys
import time

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from typer.testing import CliRunner

from frontporch.classroom.checking.checks import find, registered
from frontporch.classroom.grading import folder as grading
from frontporch.classroom.grading import grades, isolation, snooping, wall
from frontporch.classroom.grading.grades import Grade
from frontporch.classroom.grading.isolation import Outcome
from frontporch.cli.classes import classes
from frontporch.tables import write

needs_wall = pytest.mark.skipif(bool(wall.missing()), reason=wall.missing() or "-")
LESSONS = pathlib.Path(__file__).parents[3] / "lessons"
IDS = [one.id for one in registered() if one.id.startswith("1.")]


def right(exercise_id, team):
    """The right answer to a team's question, as a student would read it off."""
    return find(exercise_id).posed(team).answer


def write_book(path, *cells, lesson=1):
    made = new_notebook(cells=[new_code_cell(one) for one in cells])
    made.metadata["frontporch"] = {"lesson": lesson}
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(made, path)
    return path


def checks(team, **answers):
    """Cells that name a team and check answers."""
    asked = [f"classroom.check({name!r}, {answer!r})" for name, answer in answers.items()]
    return ["from frontporch import classroom", f"classroom.team({team!r})", *asked]


def rows(path):
    with path.open(encoding="utf-8", newline="") as text:
        return {row["file"]: row for row in csv.DictReader(text)}


@pytest.fixture
def class_of(tmp_path, monkeypatch):
    """A folder of files, each with the outcome that running it would have; and what ran."""
    ran = []

    def made(**outcomes):
        folder = tmp_path / "handed-in"
        folder.mkdir()
        for name in outcomes:
            (folder / f"{name}.ipynb").write_text(name, encoding="utf-8")

        def run(raw, limits=None, *, walled=True, stop=None):
            ran.append(raw.decode())
            outcome = outcomes[raw.decode().strip()]
            if isinstance(outcome, BaseException):
                raise outcome
            return outcome

        monkeypatch.setattr(isolation, "run", run)
        return folder

    made.ran = ran
    return made


def handed(team, problems=(), lesson="1", **wrong):
    """An outcome in which all is right but what is given otherwise."""
    answers = {name: right(name, team) for name in IDS} | {
        k.replace("_", "."): v for k, v in wrong.items()
    }
    return Outcome(
        True, team, lesson, {k: v for k, v in answers.items() if v is not None}, tuple(problems)
    )


def test_answers_are_judged_with_the_teams_own_numbers(class_of):
    folder = class_of(a=handed("Blue Door"), b=handed("Red Gate"))
    made = grading.grade(folder)
    assert [one.points for one in made] == [len(IDS)] * 2
    assert {*made[0].marks.values()} == {"right"} and list(made[0].marks) == IDS


def test_the_table_has_marks_points_and_reasons(class_of):
    failed = "Code cell 3 (1 / 0) fails: ZeroDivisionError: division by zero."
    folder = class_of(a=handed("Ann", [failed], _1_2=None), b=Outcome(False, problems=("Cut.",)))
    grading.grade(folder)
    folder_rows = rows(folder / "grades.csv")
    assert list(folder_rows["a.ipynb"]) == [
        "file",
        "team",
        "lesson",
        *IDS,
        "points",
        "reasons",
        "flags",
        "sha256",
    ]
    a, b = folder_rows["a.ipynb"], folder_rows["b.ipynb"]
    assert a["reasons"] == failed and a["team"] == "Ann" and a["lesson"] == "1"
    assert b["points"] == "" and b["reasons"] == "Cut." and b["1.1"] == "not graded"
    assert a["sha256"] == hashlib.sha256(b"a").hexdigest()


def test_wrong_and_missing_answers_are_told_apart_with_the_reason(class_of):
    wrong = Outcome(True, "Ann", "1", {"1.1": "text", "1.2": [1, 2], "1.3": 1e999, "9.9": 1})
    (made,) = grading.grade(class_of(a=wrong))
    assert made.points == 0
    assert [made.marks[one] for one in IDS[:4]] == ["wrong", "wrong", "wrong", "not answered"]
    assert "1.1: this is text; write the number without quotes" in made.reasons


def test_two_from_one_team_and_one_from_none_are_flagged(class_of):
    folder = class_of(a=handed("Ann"), b=handed(" ANN "), c=handed(None), d=handed("Bea"))
    grading.grade(folder)
    flags = {name: row["flags"] for name, row in rows(folder / "grades.csv").items()}
    assert flags == {
        "a.ipynb": "Same team as b.ipynb.",
        "b.ipynb": "Same team as a.ipynb.",
        "c.ipynb": "No team is named: judged with the numbers of the class.",
        "d.ipynb": "",
    }


def test_a_spreadsheet_runs_nothing_that_a_student_wrote(class_of):
    folder = class_of(a=handed("=HYPERLINK(1)", ["@SUM(1)"]), b=handed("+1"), c=handed("-1"))
    made = grading.grade(folder)
    for row in rows(folder / "grades.csv").values():
        assert row["team"].startswith("'") and not row["reasons"].startswith(("=", "@", "+", "-"))
    again = grades.read(folder / "grades.csv", {one.file for one in made})
    assert list(again.values()) == made


def test_what_is_done_is_not_done_again_unless_it_changed_or_is_asked_for(class_of):
    folder = class_of(a=handed("Ann"), b=handed("Bea"))
    first = grading.grade(folder)
    assert sorted(class_of.ran) == ["a", "b"]
    assert grading.grade(folder) == first and len(class_of.ran) == 2
    (folder / "b.ipynb").write_text("b ", encoding="utf-8")
    grading.grade(folder)
    assert class_of.ran[2:] == ["b "]
    grading.grade(folder, again=True)
    assert sorted(class_of.ran[3:]) == ["a", "b "]


def test_an_interruption_leaves_what_was_done_and_the_next_call_goes_on(class_of):
    folder = class_of(a=handed("Ann"), b=KeyboardInterrupt(), c=handed("Cem"))
    with pytest.raises(KeyboardInterrupt):
        grading.grade(folder, at_once=1)
    assert "a.ipynb" in rows(folder / "grades.csv")
    assert "b.ipynb" not in rows(folder / "grades.csv")
    before = list(class_of.ran)
    with pytest.raises(KeyboardInterrupt):
        grading.grade(folder, at_once=1)
    assert "a" not in class_of.ran[len(before) :]


def test_a_table_of_something_else_is_not_overwritten(class_of, tmp_path):
    folder, other = class_of(a=handed("Ann")), tmp_path / "other.csv"
    other.write_text("name,phone\nAnn,1\n", encoding="utf-8")
    with pytest.raises(ValueError, match="holds no grades"):
        grading.grade(folder, other)
    write(grades.table([Grade("x.ipynb", "0", "Xi", "1")]), other)
    with pytest.raises(ValueError, match="holds the grades of other files"):
        grading.grade(folder, other)


def test_every_file_has_a_row_and_nothing_handed_in_is_changed(class_of):
    folder = class_of(a=handed("Ann"))
    (folder / "team b").mkdir()
    (folder / "team b" / "essay.docx").write_bytes(b"PK")
    shutil.copy(folder / "a.ipynb", folder / "team b" / "a.ipynb")
    for left in (".DS_Store", "predictions.json", ".ipynb_checkpoints/a.ipynb", "__MACOSX/a.ipynb"):
        (folder / left).parent.mkdir(exist_ok=True)
        (folder / left).write_text("a", encoding="utf-8")
    if sys.platform != "win32":
        (folder / "link.ipynb").symlink_to(folder / "a.ipynb")
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    made = {one.file: one for one in grading.grade(folder)}
    assert "does not end in .ipynb" in made.pop("team b/essay.docx").reasons
    if sys.platform != "win32":
        assert made.pop("link.ipynb").reasons == "It is a link to another file: not read."
    assert list(made) == ["a.ipynb", "team b/a.ipynb"]
    after = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert {p: raw for p, raw in after.items() if p.name != "grades.csv"} == before


def test_an_empty_folder_and_a_missing_one_are_said(tmp_path):
    with pytest.raises(ValueError, match="There is nothing to grade"):
        grading.handed_in(tmp_path)
    with pytest.raises(ValueError, match="is no folder"):
        grading.handed_in(tmp_path / "none")


def test_the_command_stops_where_there_is_no_wall_unless_told_to_trust(class_of, monkeypatch):
    folder = class_of(a=handed("Ann"))
    monkeypatch.setattr(wall, "missing", lambda: "there is a wall for Linux only")
    monkeypatch.setattr(snooping, "leaks", lambda files, walled: ["start processes"])
    said = CliRunner().invoke(classes, ["grade", str(folder)])
    assert said.exit_code == 1 and not class_of.ran
    assert said.output.startswith(
        "There is no wall on this computer (there is a wall for Linux only): a notebook could "
        "start processes. Nothing was graded"
    )
    said = CliRunner().invoke(classes, ["grade", str(folder), "--trust"])
    assert said.exit_code == 0 and class_of.ran == ["a"]
    assert f"1 of 1  a.ipynb: {len(IDS)} of {len(IDS)}." in said.output


def test_the_command_stops_where_the_wall_has_a_gap(class_of, monkeypatch):
    folder = class_of(a=handed("Ann"))
    monkeypatch.setattr(wall, "missing", lambda: "")
    monkeypatch.setattr(snooping, "leaks", lambda files, walled: ["reach a program by tcp"])
    said = CliRunner().invoke(classes, ["grade", str(folder)])
    assert said.exit_code == 1 and "The wall has gaps: a notebook could reach" in said.output


@needs_wall
def test_a_small_class_is_graded_through_the_command(tmp_path):
    """Right, cut off, and one who changes what judges: it is judged elsewhere."""
    folder = tmp_path / "handed-in"
    good = checks("Blue Door", **{"1.2": right("1.2", "Blue Door")})
    write_book(folder / "good.ipynb", *good)
    cheat = (
        "from frontporch.classroom.checking import checks\nclassroom.check = checks.judge = print"
    )
    write_book(folder / "b" / "cheat.ipynb", *checks("Red", **{"1.2": "nothing"}), cheat)
    whole = write_book(folder / "cut.ipynb", *good).read_bytes()
    (folder / "cut.ipynb").write_bytes(whole[: len(whole) // 2])
    said = CliRunner().invoke(classes, ["grade", str(folder), "--seconds", "30"])
    assert said.exit_code == 0, said.output
    found = rows(folder / "grades.csv")
    assert found["good.ipynb"]["1.2"] == "right" and found["good.ipynb"]["points"] == "1"
    assert found["b/cheat.ipynb"]["1.2"] == "wrong" and found["b/cheat.ipynb"]["points"] == "0"
    assert "cut off in the middle" in found["cut.ipynb"]["reasons"]


def filled(team, answers, extra=""):
    """The student copy of lesson 1 with a team's answers filled in."""
    made = nbformat.read(next(LESSONS.glob("01_*.ipynb")), as_version=4)
    for cell in made.cells:
        name = cell.metadata.get("frontporch", {}).get("check")
        if cell.source == "classroom.team(...)":
            cell.source = f"classroom.team({team!r})"
        elif name in answers:
            cell.source = cell.source.replace("answer = ...", f"answer = {answers[name]!r}")
    if extra:
        made.cells.insert(len(made.cells) // 2, new_code_cell(extra))
    return made


@pytest.mark.slow
@needs_wall
def test_twelve_hand_ins_of_lesson_1_give_eight_right_grades_and_four_reasons(tmp_path):
    folder = tmp_path / "handed-in"
    folder.mkdir()
    expected = {}
    for k in range(8):
        team = f"Team {k}"
        answers = {name: right(name, team) for name in IDS[:6]}
        wrong = IDS[:k] if k < 6 else []
        answers |= dict.fromkeys(wrong, "none of these")
        expected[f"team_{k}.ipynb"] = len(answers) - len(wrong)
        nbformat.write(filled(team, answers), folder / f"team_{k}.ipynb")
    neighbour = folder / "team_0.ipynb"
    secret = LESSONS / "instructor"
    snoop = f"""import os
got = []
for path in [{str(neighbour)!r}, {str(folder)!r}, "..", "/", "/proc", {str(secret)!r},
             "/proc/{os.getpid()}/environ", "/proc/1/environ", os.path.expanduser("~/.ssh")]:
    for way in (os.listdir, lambda one: open(one, "rb").read(1)):
        try:
            way(path)
            got.append(path)
        except OSError:
            pass
got += [name for name in os.environ if "SECRET" in name]
classroom.check("1.1", got or "nothing was got")"""
    nbformat.write(filled("Loop", {}, "while True: pass"), folder / "x_loops.ipynb")
    hog = "hog = []\nwhile True: hog.append(bytearray(10**8))"
    nbformat.write(filled("Hog", {}, hog), folder / "x_eats.ipynb")
    nbformat.write(filled("Snoop", {}, snoop), folder / "x_snoops.ipynb")
    whole = neighbour.read_bytes()
    (folder / "x_cut.ipynb").write_bytes(whole[: len(whole) // 2])
    began = time.monotonic()
    said = CliRunner(env={"COURSE_SECRET": "1"}).invoke(
        classes, ["grade", str(folder), "--seconds", "30"]
    )
    print(f"twelve hand-ins: {time.monotonic() - began:.0f} s")
    assert said.exit_code == 0, said.output
    found = rows(folder / "grades.csv")
    assert len(found) == 12
    assert {name: int(found[name]["points"]) for name in expected} == expected
    assert all(not found[name]["reasons"] for name in ("team_0.ipynb", "team_6.ipynb"))
    assert "still running after 30 seconds" in found["x_loops.ipynb"]["reasons"]
    assert "used up the 2 GB of memory" in found["x_eats.ipynb"]["reasons"]
    assert "cut off in the middle" in found["x_cut.ipynb"]["reasons"]
    assert "nothing was got" in found["x_snoops.ipynb"]["reasons"]
    assert json.loads(neighbour.read_text(encoding="utf-8"))
