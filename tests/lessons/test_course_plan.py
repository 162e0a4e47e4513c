"""The course plan names lessons, exercises and routes that are there; outcomes have exercises."""

import pathlib
import re

import pytest

from frontporch.classroom.checking.checks import registered
from frontporch.classroom.copying import copies, sources

ROOT = pathlib.Path(__file__).parents[2]
SOURCES = sources.sources(ROOT / "lessons")
PLAN = (ROOT / "docs" / "course_plan.md").read_text(encoding="utf-8")
KNOWN = {one.id for one in registered()}


@pytest.mark.parametrize(("weeks", "lessons"), [(3, 3), (6, 6), (14, len(SOURCES))])
def test_a_plan_has_a_row_for_each_week_and_its_lessons(weeks, lessons):
    part = PLAN.partition(f"## {weeks} weeks")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (\d+) \| (.+?) \|", part, re.MULTILINE)
    assert [int(week) for week, _ in rows] == list(range(1, weeks + 1))
    taught = {one for _, does in rows for one in re.findall(r"lesson (\d+), \d+ minutes", does)}
    assert len(taught) == lessons and taught <= set(SOURCES)
    for minutes in re.findall(r"lesson \d+, (\d+) minutes", part):
        assert minutes in ("20", "45", "75")


def test_exercises_that_the_plan_names_are_there():
    named = set(re.findall(r"\b\d+\.\d\b", PLAN))
    assert named and named <= KNOWN


def test_homework_is_not_what_the_route_of_45_minutes_has_done_in_class():
    rows = re.findall(r"^\| \d+ \| lesson (\d), 45 minutes \| (.+?) \|", PLAN, re.MULTILINE)
    assert len(rows) == 3
    for number, home in rows:
        cells = copies.read(SOURCES[number]).cells
        told = [cell.metadata["frontporch"] for cell in cells]
        done = {one.get("check") for one in told if 45 in one["routes"]}
        first, last = re.fullmatch(rf"exercises {number}\.(\d) and {number}\.(\d)", home).groups()
        left = {f"{number}.{k}" for k in range(int(first), int(last) + 1)}
        assert not left & done and f"{number}.{int(first) - 1}" in done


@pytest.mark.parametrize("number", SOURCES)
def test_every_outcome_has_an_exercise_and_every_exercise_an_outcome(number):
    path = ROOT / "lessons" / "instructor" / f"{int(number):02d}_guide.md"
    part = path.read_text(encoding="utf-8").partition("## What the class")[2].partition("\n## ")[0]
    outcomes = re.findall(r"^\d\. .+ \(\*(.+)\*\)$", part, re.MULTILINE)
    assert len(outcomes) == 3 and all(re.search(r"\d+\.\d", one) for one in outcomes)
    shown = {one for told in outcomes for one in re.findall(r"\d+\.\d", told)}
    assert shown == {one for one in KNOWN if one.split(".")[0] == number}
