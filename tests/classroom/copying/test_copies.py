"""Every copy of a lesson from its one source, and what each leaves out."""

import json
import pathlib
import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from typer.testing import CliRunner

from frontporch.classroom.checking.checks import registered
from frontporch.classroom.copying import copies, sources
from frontporch.cli import commands

LESSONS = pathlib.Path(__file__).parents[3] / "lessons"
SOURCES = sources.sources(LESSONS)


def lesson(**more):
    """A small source: a question, its solution, a note for the instructor."""
    told = {"role": "run", "level": "core", "minutes": 2, "routes": [20], **more}
    answer = new_code_cell('answer = 6.65\nprint("solved", answer)')
    answer.metadata["frontporch"] = told | {"audience": "instructor", "check": "1.1"}
    note = new_markdown_cell("Say nothing yet.")
    note.metadata["frontporch"] = told | {"audience": "instructor", "minutes": 0}
    text = new_markdown_cell("What is the share?")
    text.metadata["frontporch"] = told
    made = new_notebook(cells=[text, answer, note])
    made.metadata["frontporch"] = {"title": "A <small> lesson", "minutes": {"20": 2}}
    return made


@pytest.fixture
def project(tmp_path):
    """A folder of lessons with one source."""
    folder = tmp_path / "lessons"
    (folder / "instructor").mkdir(parents=True)
    nbformat.write(lesson(), folder / "instructor" / "07_small.ipynb")
    return folder


@pytest.mark.parametrize("number", SOURCES)
def test_the_committed_student_copy_is_made_from_its_source(number):
    path = SOURCES[number]
    made = copies.student(copies.read(path)).cells
    there = copies.read(LESSONS / path.name).cells
    assert [(c.cell_type, c.source, c.metadata) for c in made] == [
        (c.cell_type, c.source, c.metadata) for c in there
    ]


@pytest.mark.parametrize("number", SOURCES)
def test_no_solution_and_no_note_is_in_the_student_copy(number):
    source = copies.read(SOURCES[number])
    whole = (LESSONS / SOURCES[number].name).read_text(encoding="utf-8")
    solved = [cell for cell in source.cells if sources.is_solution(cell)]
    assert solved and not any(json.dumps(cell.source)[1:-1] in whole for cell in solved)
    notes = [c.source for c in source.cells if c.metadata["frontporch"].get("audience")]
    notes += [c.metadata["frontporch"].get("notes", "") for c in source.cells]
    told = [note for note in notes if note]
    assert told and not any(json.dumps(note)[1:-1] in whole for note in told)
    for way in (way for exercise in registered() for way in exercise.ways()):
        assert way.solution not in whole and json.dumps(way.solution)[1:-1] not in whole
    answers = re.findall(r"Answer:\*\* `([^`]{4,})`", copies.key(source))
    numbers = [one for one in answers if one[0].isdigit()]
    assert numbers and not any(number in whole for number in numbers)


@pytest.mark.parametrize("number", SOURCES)
def test_every_solution_is_right(number):
    # The source's stored results are compared when the notebooks are run.
    for cell in copies.read(SOURCES[number]).cells:
        if sources.is_solution(cell):
            (shown,) = [o for o in cell.outputs if o.output_type == "execute_result"]
            assert shown.data["text/plain"].startswith("✓ Right: ")


def test_solutions_and_results_are_gone():
    book = lesson()
    book.cells.append(new_code_cell("print(1)"))
    book.cells[-1].outputs = [nbformat.v4.new_output("stream", text="1")]
    made = copies.student(book)
    assert [cell.source for cell in made.cells] == ["What is the share?", "print(1)"]
    assert made.cells[1].outputs == []
    assert book.cells[1].source.startswith("answer = 6.65"), "the source is left as it is"


def test_the_instructor_sees_minutes_solutions_and_typical_wrong_answers():
    made = copies.instructor(lesson())
    text = "\n".join(cell.source for cell in made.cells)
    assert "*2 min, core*" in text and "answer = 6.65" in text and "Say nothing yet." in text
    exercise = next(one for one in registered() if one.id == "1.1")
    for _, reason in exercise.posed().diagnoses:
        assert reason in text


def test_the_key_has_every_answer_with_its_tolerance():
    text = copies.key(lesson())
    assert "## 1.1" in text and "## 1.2" not in text
    assert re.search(r"\*\*Answer:\*\* `6\.648` percentage points, within 0\.11", text)
    assert "| hours | answer, percentage points |" in text and "| 2 | `1.066` |" in text


def test_the_reading_is_one_page_that_asks_nothing_of_a_network():
    page = copies.reading(copies.student(lesson()))
    assert "<title>A &lt;small&gt; lesson</title>" in page
    assert not re.search(r"""(src|href)\s*=\s*["']?https?:""", page)
    assert "<script" not in page


def test_the_reading_of_a_real_lesson_carries_its_pictures_with_their_text():
    page = copies.reading(copies.read(LESSONS / SOURCES["1"].name))
    assert page.count('<img alt="') == 7
    assert "VBox(" not in page and "&#182;" not in page and "¶" not in page
    assert not re.search(r"""(src|href)\s*=\s*["']?https?:""", page)


def test_commands_write_what_they_say(project, tmp_path):
    run = CliRunner()
    given = ["7", "--lessons", str(project)]
    assert (
        "no student's copy yet"
        in run.invoke(commands.porch, ["lessons", "--lessons", str(project)]).output
    )
    assert run.invoke(commands.porch, ["lesson", "student", *given]).exit_code == 0
    assert "answer =" not in (project / "07_small.ipynb").read_text(encoding="utf-8")
    assert "up to date" in run.invoke(commands.porch, ["lessons", "--lessons", str(project)]).output
    for word, ending in (
        ("instructor", "-instructor.ipynb"),
        ("handout", "-handout.html"),
        ("reading", "-reading.html"),
        ("key", "-key.md"),
        ("slides", "-slides.html"),
    ):
        made = run.invoke(commands.porch, ["lesson", word, *given, "--into", str(tmp_path / "out")])
        assert made.exit_code == 0, made.output
        assert (tmp_path / "out" / f"07_small{ending}").exists()
    made = run.invoke(commands.porch, ["lesson", "all", *given, "--into", str(tmp_path / "all")])
    assert made.exit_code == 0, made.output
    assert {one.name for one in (tmp_path / "all").iterdir()} == {
        "07_small-instructor.ipynb",
        "07_small-handout.html",
        "07_small-reading.html",
        "07_small-key.md",
        "07_small-slides.html",
    }
    timed = run.invoke(commands.porch, ["lessons", "--run", "--lessons", str(project)]).output
    assert re.search(r"runs in \d+ s", timed)
    source = project / "instructor" / "07_small.ipynb"
    book = copies.read(source)
    book.cells[0].source = "What is the share now?"
    nbformat.write(book, source)
    said = run.invoke(commands.porch, ["lessons", "--lessons", str(project)]).output
    assert "the source has changed" in said


def test_what_is_not_there_is_said_in_a_sentence(project, tmp_path):
    run = CliRunner()
    missing = run.invoke(commands.porch, ["lesson", "key", "8", "--lessons", str(project)])
    assert missing.exit_code == 1 and "There is no lesson 8" in missing.output
    nowhere = run.invoke(commands.porch, ["lessons", "--lessons", str(tmp_path / "none")])
    assert nowhere.exit_code == 1 and "Start in the project's folder" in nowhere.output
    assert "Make, rehearse and present lessons" in run.invoke(commands.porch, ["--help"]).output
