"""What grading writes: gradebooks, feedback, memos, tables and a report, in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...names import UnknownName
from ..course_package import course
from ..record.kept import replaced
from . import feedback, memos
from .class_grades import ClassGrades, Graded
from .gradebooks import Gradebook
from .marking import AnswerKey, said
from .memos import MemosError
from .report import report
from .rubric import rubric
from .safe_text import cell, csv_bytes, file_name, shown

if TYPE_CHECKING:
    import pandas as pd


def write(grades: ClassGrades, into: Path, entered: Path | None = None) -> list[tuple[Path, str]]:
    """Write everything.

    Parameters
    ----------
    grades : ClassGrades
        The grades of a class.
    into : pathlib.Path
        Folder; made where it is missing.
    entered : pathlib.Path, optional
        The table of memos with the points that were entered.

    Returns
    -------
    list of tuple of pathlib.Path and str
        Each file and what is in it.

    Raises
    ------
    MemosError
        If the points cannot be used, or points in the folder would be lost.
    OSError
        If something cannot be written.
    """
    rubrics = {lesson: rubric(_lessons(), lesson) for lesson in grades.lessons}
    made = memos.memos(grades, rubrics)
    points, lost = memos.read(entered, made) if entered else ({}, [])
    table, there = memos.to_csv(made, points), into / memos.FILE
    kept = _kept_points(there, entered, table, bool(lost))
    scored = rubrics if any(one.by_criterion for one in points.values()) else {}
    book = Gradebook(grades, scored, {one.graded.file: one for one in made}, points)
    files = [
        ("report.html", report(grades, lost).encode(), "begin here: late, missing, mistakes"),
        ("gradebook.csv", book.plain(), "points for each student and exercise"),
        ("gradebook_canvas.csv", book.canvas(), "the same for Canvas to import"),
        ("gradebook_moodle.csv", book.moodle(), "the same for Moodle to import"),
        ("files.csv", _files(grades), "every file of the folder and what became of it"),
        ("memos.html", memos.page(made, points).encode(), "the memos and their rubric"),
        (memos.FILE, table, "enter the memos' points here"),
    ]
    (into / "feedback").mkdir(parents=True, exist_ok=True)
    if kept is not None:
        there.replace(kept)
    for name, content, _ in files:
        replaced(into / name, content)
    told = [(into / name, what) for name, _, what in files]
    told += _answers(grades, into)
    _feedback(book, into / "feedback")
    return [*told, (into / "feedback", "a page for each student")]


def _lessons() -> Path | None:
    try:
        return course().lessons
    except UnknownName:  # installed without the lessons
        return None


def _kept_points(there: Path, entered: Path | None, table: bytes, lost: bool) -> Path | None:
    """Give the name under which points of an earlier time are kept, where they would be lost."""
    if not there.exists() or not memos.has_points(there):
        return None
    if entered is None:
        raise MemosError(
            f"{there} has points. To use them, add  --memos {there}  to the command; to begin "
            "anew, name another folder with --into."
        )
    if (there.resolve() == entered.resolve() and not lost) or there.read_bytes() == table:
        return None
    count = 1
    while (kept := there.with_name(f"memos before {count}.csv")).exists():
        count += 1
    return kept


def _files(grades: ClassGrades) -> bytes:
    rows: list[list[object]] = [
        ["file", "lesson", "team", "person", "students", "counts", "points", "late", "remarks"]
    ]
    for one in grades.files:
        hand_in = one.hand_in
        rows.append(
            [
                cell(one.file),
                one.lesson,
                cell(hand_in.team if hand_in else ""),
                cell(hand_in.person if hand_in else ""),
                cell("; ".join(each.id or each.called for each in one.students)),
                "yes" if one.counts else "no",
                "" if one.points is None else one.points,
                "late" if one.late else "",
                cell(" ".join(one.remarks)),
            ]
        )
    return csv_bytes(rows)


def _feedback(book: Gradebook, into: Path) -> None:
    taken: set[str] = set()
    for student in book.grades.students:
        name = file_name(f"{student.called} {student.id}".strip(), taken)
        content = feedback.page(student, book)
        replaced(into / f"{name}.html", content.encode("utf-8", "backslashreplace"))


def _answers(grades: ClassGrades, into: Path) -> list[tuple[Path, str]]:
    import pandas as pd

    from ... import tables

    rows = [
        row
        for one in grades.files
        if one.counts
        for row in _answers_of(one, grades.keys[one.lesson])
    ]
    if not rows:
        return []
    frame = pd.DataFrame(rows)
    frame["at"] = pd.to_datetime(frame["at"], utc=True)
    part = into / ".part.answers.csv"
    try:
        tables.write(_typed(frame), part, "answers")
        replaced(into / "answers.csv", part.read_bytes())
    finally:
        part.unlink(missing_ok=True)
    return [(into / "answers.csv", "every answer in a row of its own")]


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    frame["right"] = frame["right"].astype("boolean")
    return frame.astype({"order": "int64"})


def _answers_of(one: Graded, key: AnswerKey) -> Iterator[dict[str, Any]]:
    """Give a row for each answer of a hand-in, judged with the numbers of its own team."""
    known = {each.id for each in key.exercises}
    for order, each in enumerate(one.hand_in.entries if one.hand_in else (), 1):
        if one.hand_in is None or each.kind != "answer" or each.about not in known:
            continue
        yield {
            "hand_in": one.file,
            "lesson": one.lesson,
            "exercise": each.about,
            "order": order,
            "team": shown(each.team) or None,
            "answer": said(each.value) or None,
            "right": key.right(one.hand_in, each),
            "at": each.at or None,
        }
