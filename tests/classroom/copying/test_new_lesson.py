"""A new lesson works at once, for ours and for a course of one's own, and overwrites nothing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from typer.testing import CliRunner

import frontporch
from frontporch.classroom.copying import new_lesson
from frontporch.classroom.course_package import VARIABLE, plugged_in
from frontporch.cli import commands

ROOT = Path(__file__).parents[3]
NAME = "course_begun_in_a_test"
TITLE = "Do “regulars” tip more?"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with the empty package of a course; nothing of it is left behind."""
    (tmp_path / NAME).mkdir()
    (tmp_path / NAME / "__init__.py").write_text('"""A course."""\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delenv(VARIABLE, raising=False)
    yield tmp_path
    for name in [name for name in sys.modules if name.split(".")[0] == NAME]:
        del sys.modules[name]


def porch(*words):
    return CliRunner().invoke(commands.porch, ["--course", NAME, "lesson", *words])


def files(folder):
    return {
        one: one.read_bytes() for one in folder.rglob("*") if one.is_file() and one.suffix != ".pyc"
    }


def test_a_course_of_ones_own_gets_a_lesson_that_breaks_no_rule(folder):
    begun = porch("new", "1", TITLE)
    assert begun.exit_code == 0, begun.output
    assert f"porch --course {NAME} lesson check 1" in begun.output
    checked = porch("check", "1")
    assert checked.output == "Lesson 1 breaks no rule.\n"
    assert (folder / "lessons" / "instructor" / "01_do_regulars_tip_more.ipynb").is_file()
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(folder), *sys.path])},
    )
    assert told.returncode == 0, told.stdout

    before = files(folder)
    again = porch("new", "1", "Another title")
    assert again.exit_code == 1 and "Take another number." in again.output
    assert files(folder) == before
    with plugged_in(NAME):
        new_lesson.write(new_lesson.planned("2", TITLE))
    after = files(folder)
    assert {one: after[one] for one in before} == before, "the glossary has the words already"

    # What a notebook lacks that was emptied, and the command that is named, works.
    path = folder / "lessons" / "instructor" / "01_do_regulars_tip_more.ipynb"
    book = nbformat.read(path, 4)
    for cell in book.cells:
        if cell.cell_type == "code":
            cell.update(outputs=[], execution_count=None)
    nbformat.write(book, path)
    checked = porch("check", "1")
    assert checked.output == (
        "- 01_do_regulars_tip_more.ipynb, the notebook has no results, because it was not run: "
        f"type  porch --course {NAME} lesson all 1.\n"
    )
    assert porch("all", "1").exit_code == 0
    assert porch("check", "1").exit_code == 0


def test_ours_gets_one_in_the_project_as_the_house_writes_it(tmp_path):
    package = Path(frontporch.__file__).parent
    ours = tmp_path / "helpers" / "frontporch"
    shutil.copytree(package, ours, ignore=shutil.ignore_patterns("__pycache__", "lesson_[0-9]*"))
    shutil.copytree(ROOT / "datasets", tmp_path / "datasets")
    (tmp_path / "lessons").mkdir()
    shutil.copy(ROOT / "lessons" / "glossary.md", tmp_path / "lessons")
    (tmp_path / "pyproject.toml").symlink_to(ROOT / "pyproject.toml")
    asked = os.environ | {"PYTHONPATH": str(tmp_path / "helpers")}
    asked.pop(VARIABLE, None)

    def said(*words):
        told = subprocess.run(
            [sys.executable, "-m", *words],
            cwd=tmp_path,
            env=asked,
            capture_output=True,
            text=True,
        )
        assert told.returncode == 0, told.stdout + told.stderr
        return told.stdout

    said("frontporch.cli", "lesson", "new", "11", TITLE)
    assert said("frontporch.cli", "lesson", "check", "11") == "Lesson 11 breaks no rule.\n"
    said("pytest", "-q", "-c", os.devnull, "--rootdir", ".", "tests/course/lesson_11")
    said("ruff", "check", "helpers/frontporch/course/lesson_11", "tests", "lessons")
    said("ruff", "format", "--check", "helpers/frontporch/course/lesson_11", "tests", "lessons")
    glossary = (tmp_path / "lessons" / "glossary.md").read_text(encoding="utf-8")
    assert glossary.startswith((ROOT / "lessons" / "glossary.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("number", "title", "said"),
    [
        ("0", TITLE, "give one from 1 to 99"),
        ("eleven", TITLE, "give one from 1 to 99"),
        ("100", TITLE, "give one from 1 to 99"),
        ("1", "?!", "has to have letters"),
        ("1", "long " * 20, "80 letters at most"),
    ],
)
def test_what_cannot_be_begun_is_said_and_nothing_is_written(folder, number, title, said):
    before = files(folder)
    told = porch("new", number, title)
    assert told.exit_code == 1 and said in told.output
    assert files(folder) == before


def test_ours_is_not_written_anywhere_else(folder):
    told = CliRunner().invoke(commands.porch, ["lesson", "new", "98", TITLE])
    assert told.exit_code == 1
    assert "Start in the project's folder" in told.output
    assert f'porch --course my_course lesson new 98 "{TITLE}"' in told.output
