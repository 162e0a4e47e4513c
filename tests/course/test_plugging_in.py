"""Somebody else's course plugs in: its lessons are checked, predicted, copied and listed."""

import os
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from typer.testing import CliRunner

from frontporch import classroom
from frontporch.classroom.course_package import OURS, VARIABLE, Course, CourseError, course
from frontporch.classroom.predicting.predictions import Prediction
from frontporch.cli import commands
from frontporch.names import UnknownName

NAME = "course_of_a_test"
FACE = '''"""A course of one lesson."""

from pathlib import Path

LESSONS = Path(__file__).parent / "notebooks"
'''
EXERCISES = '''"""Exercises of lesson 1: apples."""

from frontporch.classroom import Diagnosis, Exercise

EXERCISES = [
    Exercise(
        id="1.1",
        question="how many are {apples} apples and 2?",
        answer=lambda apples: apples + 2.0,
        hint="count on your fingers",
        solution="2 more than {apples}",
        diagnoses=(Diagnosis(lambda apples: apples * 2.0, "you multiplied."),),
        options={"apples": (3, 5)},
    ),
]
'''
OUTCOMES = '''"""What came out in lesson 1."""

from frontporch.classroom import Outcome

OUTCOMES = {"1.apples": Outcome("1.apples", lambda _dates: 40.0, "the tree", "apples", "%")}
'''


def write_notebook(path):
    told = {"role": "exercise", "level": "core", "minutes": 5, "routes": [20]}
    cells = [
        new_markdown_cell("# Apples", id="title", metadata={"frontporch": told}),
        new_code_cell(
            'from frontporch import classroom\n\nclassroom.exercise("1.1")',
            id="asked",
            metadata={"frontporch": told | {"check": "1.1"}},
        ),
        new_code_cell(
            'answer = 3 + 2\nclassroom.answer("1.1", answer)',
            id="solved",
            metadata={"frontporch": told | {"check": "1.1", "audience": "instructor"}},
        ),
    ]
    book = new_notebook(cells=cells)
    book.metadata["frontporch"] = {"lesson": 1, "title": "Apples", "minutes": {"20": 10}}
    book.metadata["kernelspec"] = {"name": "python3", "display_name": "", "language": "python"}
    path.parent.mkdir(parents=True)
    nbformat.write(book, path)


def state():
    """What decides which course is found."""
    return os.environ.get(VARIABLE), os.environ.get("PYTHONPATH"), list(sys.path)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder of a course that Python does not find yet; nothing of it is left behind."""
    package = tmp_path / NAME
    (package / "lesson_01").mkdir(parents=True)
    (package / "__init__.py").write_text(FACE, encoding="utf-8")
    (package / "lesson_01" / "__init__.py").write_text('"""Apples."""\n', encoding="utf-8")
    (package / "lesson_01" / "exercises.py").write_text(EXERCISES, encoding="utf-8")
    (package / "lesson_01" / "outcomes.py").write_text(OUTCOMES, encoding="utf-8")
    write_notebook(package / "notebooks" / "instructor" / "01_apples.ipynb")
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("FRONTPORCH_RECORD", str(tmp_path / "my-answers.json"))
    before = state()
    yield tmp_path
    for name in [name for name in sys.modules if name.split(".")[0] == NAME]:
        del sys.modules[name]
    assert state() == before


@pytest.fixture
def plugged(folder):
    """The course of the folder, in the place of ours."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, OURS)  # so that it comes back
        patch.syspath_prepend(folder)
        yield classroom.use_course(NAME)


def test_its_exercises_are_asked_and_checked(plugged):
    assert plugged.numbers() == [1]
    assert repr(classroom.question("1.1")).endswith("how many are 3 apples and 2?")
    assert classroom.answer("1.1", 5).right is True
    assert classroom.answer("1.1", 6).reason.startswith("you multiplied.")
    with pytest.raises(UnknownName, match=r"no exercise '1\.2'. Did you mean '1\.1'"):
        classroom.answer("1.2", 5)


def test_its_outcomes_are_what_predictions_are_scored_against(plugged):
    guess = Prediction("1.apples", 35.0, (), "%", sure=80.0, low=30.0, high=45.0)
    (score,) = classroom.calibration([guess]).scores
    assert (score.truth, score.distance, score.held) == (40.0, 5.0, 1.0)
    ours = Prediction("1.curve", (20.0,), (24.0,), "%")
    assert classroom.calibration([ours]).notes == ("1.curve has no result yet: not scored.",)


def test_the_command_lists_and_copies_it_and_leaves_nothing_behind(folder, monkeypatch):
    monkeypatch.chdir(folder)
    before = state()

    def porch(*words):
        told = CliRunner().invoke(commands.porch, ["--course", NAME, *words])
        assert told.exit_code == 0, told.output
        return told.output

    assert (
        porch("lessons") == "1  Apples  (20 min)  no student's copy yet: porch lesson student 1\n"
    )
    porch("lesson", "student", "1")
    book = nbformat.read(folder / NAME / "notebooks" / "01_apples.ipynb", as_version=4)
    assert [one.id for one in book.cells] == ["title", "asked"]
    assert "how many are 3 apples and 2?" in str(book.cells[1].outputs)
    assert "up to date" in porch("lessons")
    porch("lesson", "instructor", "1")
    (made,) = (folder / "build").glob("*.ipynb")
    book = nbformat.read(made, as_version=4)
    assert "✓ Right: 5." in str(book.cells[2].outputs)
    assert any("you multiplied." in one.source for one in book.cells[2:])
    porch("lesson", "key", "1")
    key = (folder / "build" / "01_apples-key.md").read_text(encoding="utf-8")
    assert "**Answer:** `5`" in key and "| 5 | `7` |" in key
    said = CliRunner().invoke(commands.porch, ["--course", NAME, "lesson", "check", "1"])
    assert said.exit_code == 1
    assert "01_guide.md is missing: write it." in said.output
    assert "ends a lesson of 1 exercises: write three or more." in said.output
    assert state() == before


def test_ours_comes_back(plugged):
    assert course() == Course(NAME)
    assert classroom.use_course() == course() == Course(OURS)
    assert classroom.question("1.1").hours == 24


def test_without_a_place_of_its_own_lessons_lie_where_ours_do(plugged, folder):
    assert plugged.lessons == folder / NAME / "notebooks"
    assert str(Course(OURS).lessons) == "lessons"


@pytest.mark.parametrize("name", ["curse_of_a_test", "not.there", "json.decoder", "no name", ""])
def test_what_is_no_course_is_said_and_changes_nothing(folder, name):
    with pytest.raises(UnknownName, match="Python finds no package of this name"):
        classroom.use_course(name)
    assert course() == Course(OURS)
    told = CliRunner().invoke(commands.porch, ["--course", name, "lessons"])
    assert told.exit_code == 1 and "Python finds no package of this name" in told.output


def test_a_variable_that_names_no_course_is_said(folder, monkeypatch):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, "curse_of_a_test")
        with pytest.raises(UnknownName, match="Python finds no package of this name"):
            classroom.answer("1.1", 5)
        assert CliRunner().invoke(commands.porch, ["lessons"]).exit_code == 1


def test_a_lesson_may_have_neither_and_another_file_may_be_beside_it(plugged, folder):
    (folder / NAME / "lesson_02").mkdir()
    (folder / NAME / "lesson_02" / "__init__.py").touch()
    (folder / NAME / "lesson_3.py").touch()
    assert plugged.numbers() == [1, 2]
    assert plugged.exercises(2) == [] and plugged.outcomes(2) == {}
    assert plugged.exercises(7) == [] and plugged.exercises("x") == []
    assert [one.id for one in plugged.exercises()] == ["1.1"]


@pytest.mark.parametrize(
    ("part", "text", "said"),
    [
        ("exercises", "", r"lesson_01\.exercises has no EXERCISES"),
        ("outcomes", "", r"lesson_01\.outcomes has no OUTCOMES"),
        ("exercises", EXERCISES.replace('"1.1"', '"2.1"'), r"holds '2\.1': .* begin with '1\.'"),
        ("outcomes", OUTCOMES.replace("1.apples", "apples"), r"holds 'apples'"),
    ],
)
def test_a_part_that_does_not_fit_is_named(plugged, folder, part, text, said):
    (folder / NAME / "lesson_01" / f"{part}.py").write_text(text, encoding="utf-8")
    with pytest.raises(CourseError, match=said):
        getattr(plugged, part)()


def test_an_error_inside_a_part_is_not_hidden(plugged, folder):
    broken = "import package_that_is_not_there\n"
    (folder / NAME / "lesson_01" / "exercises.py").write_text(broken, encoding="utf-8")
    with pytest.raises(ModuleNotFoundError, match="package_that_is_not_there"):
        classroom.answer("1.1", 5)
