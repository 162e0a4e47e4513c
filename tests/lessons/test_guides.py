"""A guide for every lesson, whose minutes are those of its cells."""

import itertools
import pathlib
import re

import nbformat
import pytest

from frontporch.classroom.checking.checks import find
from frontporch.classroom.copying import sources
from frontporch.classroom.copying.reading_time import minutes_needed

LESSONS = pathlib.Path(__file__).parents[2] / "lessons"
SOURCES = sources.sources(LESSONS)
BEFORE = ("masthead", "case", "objectives", "setup")


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


@pytest.mark.parametrize("route", [20, 45, 75])
@pytest.mark.parametrize("number", SOURCES)
def test_a_class_that_reads_and_answers_holds_each_block_and_route(number, route):
    cells = nbformat.read(SOURCES[number], as_version=4).cells
    there = [cell for cell in cells if route in cell.metadata["frontporch"]["routes"]]
    assert minutes_needed(there) <= route
    blocks = {}
    for cell in there:
        blocks.setdefault(cell.metadata["frontporch"]["role"], []).append(cell)
    for role, block in blocks.items():
        said = sum(cell.metadata["frontporch"]["minutes"] for cell in block)
        assert said > minutes_needed(block) - 0.5, f"{role}: stated minutes are whole"


@pytest.mark.parametrize("number", SOURCES)
def test_the_list_minute_by_minute_begins_each_line_when_the_blocks_before_it_end(number):
    text = guide(number)
    blocks = re.findall(r"^\| (?!block)(\w+) \| (\d+) \| (\d+) \| (\d+) \|$", text, re.MULTILINE)
    lines = {}  # case, aims and set-up are one line
    for role, *minutes in blocks:
        line = lines.setdefault("case" if role in BEFORE else role, [0, 0, 0])
        lines["case" if role in BEFORE else role] = [
            a + int(b) for a, b in zip(line, minutes, strict=True)
        ]
    begins = [
        list(itertools.accumulate(one, initial=0)) for one in zip(*lines.values(), strict=True)
    ]
    assert [one[-1] for one in begins] == [20, 45, 75]
    expected = [
        [str(begins[route][k]) if line[route] else "–" for route in range(3)]
        for k, line in enumerate(lines.values())
    ]
    clock = text.partition("| 20 | 45 | 75 | do |")[2].partition("\n## ")[0]
    said = re.findall(r"^\| (\d+|–) \| (\d+|–) \| (\d+|–) \| \S", clock, re.MULTILINE)
    assert [list(one) for one in said] == expected


def test_the_wrong_answer_that_the_guide_of_lesson_1_quotes_is_diagnosed():
    assert "in exercise 1.4 the answer that divides by all pairs (38.7 %" in guide(1)
    values = [wrong for wrong, _ in find("1.4").posed().diagnoses]
    assert any(round(value, 1) == 38.7 for value in values)
