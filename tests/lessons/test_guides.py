"""A guide for every lesson, whose minutes are those of its cells."""

import pathlib
import re

import nbformat
import pytest

from frontporch.classroom.checking.checks import find
from frontporch.classroom.copying import sources

LESSONS = pathlib.Path(__file__).parents[2] / "lessons"
SOURCES = sources.sources(LESSONS)


def guide(number):
    path = LESSONS / "instructor" / f"{int(number):02d}_guide.md"
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("number", SOURCES)
def test_minutes_by_block_and_route_are_those_of_the_cells(number):
    cells = nbformat.read(SOURCES[number], as_version=4).cells
    told = [cell.metadata["frontporch"] for cell in cells]
    rows = re.findall(
        r"^\| (?!block)(\w+) \| (\d+) \| (\d+) \| (\d+) \|$", guide(number), re.MULTILINE
    )
    assert [row[0] for row in rows] == list(dict.fromkeys(one["role"] for one in told))
    for role, *minutes in rows:
        for route, said in zip((20, 45, 75), minutes, strict=True):
            spent = [
                one["minutes"] for one in told if one["role"] == role and route in one["routes"]
            ]
            assert sum(spent) == int(said), f"{role}, route {route}"


def test_the_wrong_answer_that_the_guide_of_lesson_1_quotes_is_diagnosed():
    assert "in exercise 1.4 the answer that divides by all pairs (38.7 %" in guide(1)
    values = [wrong for wrong, _ in find("1.4").posed().diagnoses]
    assert any(round(value, 1) == 38.7 for value in values)
