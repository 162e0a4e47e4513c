"""What every lesson and notebook must be: whole, in order, seeded and offline."""

import pathlib

import pytest

from frontporch.classroom.copying import copies, rules, sources

ROOT = pathlib.Path(__file__).parents[2]
LESSONS = ROOT / "lessons"
SOURCES = sources.sources(LESSONS)
NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))
GLOSSARY = (LESSONS / "glossary.md").read_text(encoding="utf-8")


def test_there_are_lessons_and_notebooks():
    assert SOURCES and NOTEBOOKS
    copied = {path.name for path in LESSONS.glob("[0-9]*.ipynb")}
    assert copied == {path.name for path in SOURCES.values()}


@pytest.mark.parametrize("number", SOURCES)
@pytest.mark.parametrize("copy", ["source", "student copy"])
def test_a_lesson_breaks_no_rule(number, copy):
    path = SOURCES[number]
    source = copies.read(path)
    guide = path.with_name(f"{int(number):02d}_guide.md").read_text(encoding="utf-8")
    if copy == "source":
        found = rules.broken(source, path.name, glossary=GLOSSARY, guide=guide)
    else:
        book = copies.read(LESSONS / path.name)
        found = rules.broken(book, path.name, glossary=GLOSSARY, guide=guide, source=source)
    assert found == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_breaks_no_rule(path):
    assert rules.broken_notebook(copies.read(path), path.name) == []
