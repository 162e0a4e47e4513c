"""What every lesson and notebook must be: whole, in order, seeded and offline."""

import pathlib

import pytest

from frontporch.classroom.copying import copies, rules, sources

ROOT = pathlib.Path(__file__).parents[2]
LESSONS = ROOT / "lessons"
SOURCES = sources.sources(LESSONS)
NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))


def test_there_are_lessons_and_notebooks():
    assert SOURCES and NOTEBOOKS
    copied = {path.name for path in LESSONS.glob("[0-9]*.ipynb")}
    assert copied == {path.name for path in SOURCES.values()}


@pytest.mark.parametrize("number", SOURCES)
def test_a_lesson_breaks_no_rule(number):
    assert rules.broken_lesson(SOURCES[number]) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_breaks_no_rule(path):
    assert rules.broken_notebook(copies.read(path), path.name) == []
