"""A page for each student: every answer with the reason, and what to do next."""

from __future__ import annotations

import html
from collections.abc import Sequence

from ...rounding import as_given
from .class_grades import Graded
from .gradebooks import Gradebook
from .marking import OPEN, RIGHT, AnswerKey, Mark, said
from .memos import decision
from .roster import Student
from .rubric import MOST_POINTS
from .safe_text import shown

_VERDICTS = {RIGHT: "✓ Right", OPEN: "… Not answered"}


def page(student: Student, book: Gradebook) -> str:
    """Give the feedback of a student.

    Parameters
    ----------
    student : Student
        Whose it is.
    book : Gradebook
        What counts for them.
    """
    parts = [_HEAD.format(_text(student.called or "Feedback"))]
    found = book.grades.of(student)
    for lesson in book.grades.lessons:
        parts.append(f"<h2>Lesson {lesson}</h2>")
        if lesson in found:
            parts += _lesson(found[lesson], book, book.grades.keys[lesson])
        else:
            refused = book.grades.refused(student)
            told = "No file that can be graded was handed in. See below."
            parts.append(f"<p>{told if refused else 'Nothing was handed in.'}</p>")
    others = [
        one
        for one in book.grades.files
        if student in (*one.students, *one.uploaded) and one not in found.values()
    ]
    if others:
        parts.append("<h2>Other files</h2>")
        parts += [f"<p>{_text(one.name)}: {_text(' '.join(one.remarks))}</p>" for one in others]
    return "\n".join([*parts, "</body></html>\n"])


_HEAD = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{0}</title>
<style>body{{font-family:system-ui,sans-serif;max-width:44em;margin:2em auto;padding:0 1em;
line-height:1.5;overflow-wrap:anywhere}}</style></head><body>
<h1>{0}</h1>"""


def _lesson(one: Graded, book: Gradebook, key: AnswerKey) -> list[str]:
    assert one.hand_in is not None
    most = len(one.marks)
    parts = [f"<p><b>{one.points} of {most}</b> exercises are right. File: {_text(one.name)}</p>"]
    if one.hand_in.team:
        parts.append(f"<p>Team: {_text(one.hand_in.team)}</p>")
    if one.late:
        parts.append("<p>It came late.</p>")
    for mark, exercise in zip(one.marks, key.exercises, strict=True):
        posed = key.posed(exercise, one.hand_in.team)
        parts += _exercise(mark, posed.question, posed.hint, exercise.unit)
    general = [each for each in one.remarks if not any(each in mark.remarks for mark in one.marks)]
    parts += [f"<p>{_text(each)}</p>" for each in general if each != "It is late."]
    return [*parts, *_memo(one, book)]


def _exercise(mark: Mark, question: str, hint: str, unit: str) -> Sequence[str]:
    verdict = _VERDICTS.get(mark.verdict, "✗ Not right")
    parts = [f"<h3>{_text(mark.exercise)}: {verdict}</h3><p>{_text(question)}</p>"]
    if mark.given is not None:
        ending = f" {unit}" if unit and isinstance(mark.given, int | float) else ""
        parts.append(f"<p>Your answer: {_text(said(mark.given) + ending)}</p>")
    if mark.reason:
        parts.append(f"<p>{_text(mark.reason[:1].upper() + mark.reason[1:])}</p>")
    if mark.verdict != RIGHT:
        parts.append(f"<p>Hint: {_text(hint)}</p>")
    return [*parts, *(f"<p>{_text(each)}</p>" for each in mark.remarks)]


def _memo(one: Graded, book: Gradebook) -> list[str]:
    parts, made = [], book.memos.get(one.file)
    if decision(one):
        parts.append(f"<h3>Decision</h3><p>{_text(decision(one))}</p>")
    if made is None:
        return parts
    given, most = book.memo(one), MOST_POINTS * len(made.rubric)
    total = f": {as_given(given.points)} of {most} points" if given is not None else ""
    said_ = "".join(f"<p>{_text(each)}</p>" for each in made.sentences)
    parts.append(f"<h3>Memo{total}</h3>{said_}")
    if given is not None:
        lines = (
            f"<li>{_text(each.name)}: {as_given(given.by_criterion[each.name])} "
            f"of {MOST_POINTS}</li>"
            for each in made.rubric
            if each.name in given.by_criterion
        )
        parts.append(f"<ul>{''.join(lines)}</ul>")
        if given.comment:
            parts.append(f"<p>Comment: {_text(given.comment)}</p>")
    return parts


def _text(text: str) -> str:
    return html.escape(shown(text, 4_000))
