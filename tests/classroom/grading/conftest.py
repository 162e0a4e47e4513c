"""A small course to grade, and folders to grade in."""

import sys

import pytest

from frontporch.classroom.course_package import VARIABLE

NAME = "course_of_the_grading_tests"
EXERCISES = '''"""Exercises of a lesson: apples."""

from frontporch.classroom import Diagnosis, Exercise

NUMBER = {number}
SIDES = {{"first": ("A", "B"), "second": ("A", "B")}}
EXERCISES = [
    Exercise(
        id=f"{{NUMBER}}.1",
        question="How many are {{apples}} apples and 2?",
        answer=lambda apples: apples + 2.0,
        hint="Count on your fingers.",
        solution="2 more than {{apples}}.",
        diagnoses=(
            Diagnosis(lambda apples: apples * 2.0, "this is twice as many."),
            Diagnosis(lambda apples: apples - 2.0, "this takes 2 away."),
        ),
        options={{"apples": tuple(range(5, 45))}},
        absolute_tolerance=0.1,
        unit="apples",
    ),
    Exercise(
        id=f"{{NUMBER}}.2",
        question="Which tree, as to {{rows}} rows?",
        answer=lambda rows: "A" if rows % 2 else "B",
        hint="Look at the rows.",
        solution="See the rows.",
        diagnoses=(Diagnosis("neither", "one of them does."), Diagnosis("both", "one does not.")),
        options={{"rows": tuple(range(1, 31))}},
    ),
    Exercise(
        id=f"{{NUMBER}}.3",
        question="Which tree in each garden {{garden}}?",
        answer=lambda garden: ("A" if garden % 2 else "B", "A" if garden % 3 else "B"),
        hint="Look at the gardens.",
        solution="See the gardens.",
        diagnoses=(),
        options={{"garden": tuple(range(1, 31))}},
        choices=SIDES,
    ),
]
'''
RUBRIC = """{"cells": [{"cell_type": "markdown", "metadata": {"frontporch": {"rubric": true}},
"source": ["| criterion | 0 | 1 | 2 |\\n", "|---|---|---|---|\\n",
"| says a <number> | none | one | with its range |\\n", "| says what would change | no | | yes |"]
}]}"""


@pytest.fixture
def small_course(tmp_path, monkeypatch):
    """A course of two lessons with three exercises each: a number, a name, two names."""
    package = tmp_path / "courses" / NAME
    for number in (1, 2):
        (package / f"lesson_0{number}").mkdir(parents=True)
        (package / f"lesson_0{number}" / "__init__.py").write_text('"""Apples."""\n')
        file = package / f"lesson_0{number}" / "exercises.py"
        file.write_text(EXERCISES.format(number=number), encoding="utf-8")
    (package / "__init__.py").write_text(
        "from pathlib import Path\n\nLESSONS = Path(__file__).parent / 'lessons'\n"
    )
    (package / "lessons" / "instructor").mkdir(parents=True)
    (package / "lessons" / "instructor" / "01_apples.ipynb").write_text(RUBRIC, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path / "courses")
    monkeypatch.setenv(VARIABLE, NAME)
    yield package
    for name in [one for one in sys.modules if one.split(".")[0] == NAME]:
        del sys.modules[name]


@pytest.fixture
def folder(tmp_path):
    """An empty folder of hand-ins."""
    made = tmp_path / "handed in"
    made.mkdir()
    return made
