"""The report on a class: who is late or missing, which files do not count, what went wrong most."""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Iterable, Iterator

from .class_grades import ClassGrades
from .marking import OPEN, RIGHT
from .safe_text import shown

MOST = 15
"""Mistakes that are listed."""


def report(grades: ClassGrades, lost: Iterable[str] = ()) -> str:
    """Give the report as a page.

    Parameters
    ----------
    grades : ClassGrades
        What became of each file, and what counts for each student.
    lost : iterable of str
        Points that belong to no memo of now.
    """
    counted = sum(one.counts for one in grades.files)
    handed = sum(one.hand_in is not None for one in grades.files)
    rest = len(grades.files) - handed
    parts = [
        _HEAD.format(" and ".join(grades.lessons) or "(none)"),
        f"<p>{len(grades.files)} files: {handed} hand-ins, of which {counted} count for somebody. "
        f"{rest} files are not hand-ins or cannot be used.</p>",
        _section("Late", _late(grades)),
        _section("Missing", _missing(grades)),
        _section("Not in the roster", _strangers(grades)),
        _section("Exercises", _exercises(grades)),
        _section("What the class got wrong most", mistakes(grades)),
        _section("Files to look at", _files(grades)),
        _section("Points for memos that changed", lost),
        "</body></html>\n",
    ]
    return "\n".join(parts)


_HEAD = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Report</title>
<style>body{{font-family:system-ui,sans-serif;max-width:52em;margin:2em auto;padding:0 1em;
line-height:1.5;overflow-wrap:anywhere}}</style></head><body>
<h1>Report on lesson {0}</h1>"""


def _section(title: str, lines: Iterable[str]) -> str:
    found = "".join(f"<li>{html.escape(shown(one, 2_000))}</li>" for one in lines)
    return f"<h2>{title}</h2>\n" + (f"<ul>{found}</ul>" if found else "<p>None.</p>")


def _late(grades: ClassGrades) -> Iterator[str]:
    for student in grades.students:
        for lesson, one in grades.of(student).items():
            if one.late and one.hand_in is not None:
                when = f"made at {one.hand_in.at}" if one.hand_in.at else "marked by the course"
                yield f"{student.called}, lesson {lesson}: {when}"


def _missing(grades: ClassGrades) -> Iterator[str]:
    for student in grades.students:
        missing = [one for one in grades.lessons if one not in grades.of(student)]
        if student.listed and missing:
            number = f" ({student.id})" if student.id else ""
            yield f"{student.called}{number}: lesson {' and '.join(missing)}"


def _strangers(grades: ClassGrades) -> Iterator[str]:
    if any(one.listed for one in grades.students):
        for student in grades.students:
            if not student.listed:
                files = [one.file for one in grades.files if student in one.students]
                yield f"{student.called}: {', '.join(files)}"


def _exercises(grades: ClassGrades) -> Iterator[str]:
    marks = [mark for one in grades.files if one.counts for mark in one.marks]
    for exercise in grades.exercises:
        own = [one for one in marks if one.exercise == exercise]
        right = sum(one.verdict == RIGHT for one in own)
        unanswered = sum(one.verdict == OPEN for one in own)
        if own:
            yield f"{exercise}: {right} of {len(own)} are right, {unanswered} have no answer"


def mistakes(grades: ClassGrades) -> Iterator[str]:
    """Say which mistakes most hand-ins made, with the reason that one of them was given."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in grades.files:
        for mark in one.marks if one.counts else ():
            for slip, reason in dict(mark.slips).items():
                found[mark.exercise, slip].append(reason)
    for (exercise, _), reasons in sorted(found.items(), key=lambda one: -len(one[1]))[:MOST]:
        count = len(reasons)
        whose = "1 hand-in" if count == 1 else f"{count} hand-ins"
        yield f"{exercise}, {whose}: {reasons[0]}"


def _files(grades: ClassGrades) -> Iterator[str]:
    for one in grades.files:
        if one.remarks:
            yield f"{one.file}: {' '.join(one.remarks)}"
