"""The report on a class: who is late or missing, which files do not count, what went wrong most."""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from statistics import median

from ...rounding import as_given, decimal
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
    parts = [
        _HEAD.format(" and ".join(grades.lessons) or "(none)"),
        f"<p>{html.escape(_summary(grades))}</p>",
        f"<p>{html.escape(grades.mixed)}</p>" if grades.mixed else "",
        '<p>See also: <a href="memos.html">memos</a>, <a href="feedback/">feedback</a>.</p>',
        _section("Late", _late(grades)),
        _section("Missing", _missing(grades)),
        _section("Not in the roster", _strangers(grades)),
        _exercises(grades),
        _section("What the class got wrong most", mistakes(grades), _QUOTED),
        _section("Files to look at", _files(grades)),
    ]
    without = list(lost)
    if without:
        parts.append(_section("Points for memos that changed", without))
    return "\n".join([*parts, "</body></html>\n"])


_QUOTED = "Each line quotes what one team was told. Other teams have other numbers."
_HEAD = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Report</title>
<style>body{{font-family:system-ui,sans-serif;max-width:52em;margin:2em auto;padding:0 1em;
line-height:1.5;overflow-wrap:anywhere}}table{{border-collapse:collapse}}th,td{{padding:.3em .6em;
border-bottom:1px solid #767676;text-align:left;vertical-align:top}}
th,td.n{{overflow-wrap:normal}}td.n{{white-space:nowrap}}</style></head><body>
<h1>Report on lesson {0}</h1>"""


def _summary(grades: ClassGrades) -> str:
    """Say in words what became of the files, and how many exercises students got right."""
    counted = sum(one.counts for one in grades.files)
    refused = sum(one.hand_in is None for one in grades.files)
    others = len(grades.files) - counted - refused
    counts = (
        (counted, "count", "counts"),
        (others, "were replaced by other files", "was replaced by another file"),
        (refused, "cannot be graded", "cannot be graded"),
    )
    told = ", ".join(
        f"{count} {one if count == 1 else many}" for count, many, one in counts if count
    )
    right = [
        sum(one.points or 0 for one in grades.of(student).values())
        for student in grades.students
        if grades.of(student)
    ]
    files = "1 file" if len(grades.files) == 1 else f"{len(grades.files)} files"
    if not right:
        return f"{files}: {told}."
    return (
        f"{files}: {told}. Of {len(grades.exercises)} exercises, students got "
        f"{as_given(median(right))} right in the median, {min(right)} at least and {max(right)} "
        "at most."
    )


def _section(title: str, lines: Iterable[str], above: str = "") -> str:
    found = "".join(f"<li>{html.escape(shown(one, 2_000))}</li>" for one in lines)
    return f"<h2>{title}</h2>\n" + (
        (f"<p>{above}</p>" if above else "") + f"<ul>{found}</ul>" if found else "<p>None.</p>"
    )


def _late(grades: ClassGrades) -> Iterator[str]:
    for student in grades.students:
        for lesson, one in grades.of(student).items():
            if one.late and one.hand_in is not None:
                yield f"{student.called}{_of(grades, lesson)}: {_when(one.hand_in.at, grades.due)}"


def _when(at: str, due: datetime | None) -> str:
    """Say when a file was made, by the clock of this computer, and how long after it was due."""
    if not at:
        return "marked by the course"
    made = datetime.fromisoformat(at).astimezone()
    told = f"made {made:%Y-%m-%d %H:%M}"
    if due is None or made <= due:
        return f"{told}, marked as late by the course"
    minutes = (made - due).total_seconds() / 60
    for size, name in ((1_440, "days"), (60, "hours"), (1, "minutes")):
        if minutes >= 2 * size:
            return f"{told}, {decimal(minutes / size)} {name} late"
    return f"{told}, a minute or two late"


def _of(grades: ClassGrades, lesson: str) -> str:
    return f", lesson {lesson}" if len(grades.lessons) > 1 else ""


def _missing(grades: ClassGrades) -> Iterator[str]:
    for student in grades.students:
        missing = [one for one in grades.lessons if one not in grades.of(student)]
        if student.listed and missing:
            number = f" ({student.id})" if student.id else ""
            which = _of(grades, " and ".join(missing))
            refused = (
                f". Uploaded: {one.name}. {' '.join(one.remarks)}".rstrip(".")
                for one in grades.refused(student)
            )
            yield f"{student.called}{number}{which}{''.join(refused)}."


def _strangers(grades: ClassGrades) -> Iterator[str]:
    if any(one.listed for one in grades.students):
        for student in grades.students:
            if not student.listed:
                files = [one for one in grades.files if student in one.students]
                told = "; ".join(f"{grades.place(one)}. {' '.join(one.remarks)}" for one in files)
                yield f"{student.called}: {told}"


def _exercises(grades: ClassGrades) -> str:
    """Give a table: each question with the numbers of the class, and how many got it right."""
    marks = [mark for one in grades.files if one.counts for mark in one.marks]
    rows = []
    for exercise in (one for lesson in grades.lessons for one in grades.keys[lesson].exercises):
        own = [one.verdict for one in marks if one.exercise == exercise.id]
        if own:
            right = f"{own.count(RIGHT)} of {len(own)}"
            question = html.escape(shown(exercise.posed().question, 2_000))
            rows.append(
                f"<tr><td class=n>{exercise.id}</td><td>{question}</td>"
                f"<td class=n>{right}</td><td>{own.count(OPEN)}</td></tr>"
            )
    if not rows:
        return "<h2>Exercises</h2>\n<p>None.</p>"
    return (
        "<h2>Exercises</h2>\n<p>Each team has its own numbers; these are one example.</p>"
        "<table><tr><th></th><th>question</th><th>right</th><th>not answered</th></tr>"
        f"{''.join(rows)}</table>"
    )


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
        remarks = [each for each in one.remarks if each != "It is late."]  # they are listed above
        if remarks:
            yield f"{grades.place(one)}: {' '.join(remarks)}"
