"""Gradebooks: a row a student, plain, and as Canvas and Moodle take them in."""

from __future__ import annotations

from collections.abc import Mapping

from ...rounding import as_given
from .class_grades import ClassGrades, Graded
from .marking import OPEN, UNGRADED
from .memos import Memo, Points
from .roster import Student
from .rubric import MOST_POINTS, Criterion
from .safe_text import cell, csv_bytes, looked_up


class Gradebook:
    """The points of a class.

    Parameters
    ----------
    grades : ClassGrades
        What counts for each student.
    rubrics : mapping of str to tuple of Criterion
        The rubric of each lesson; empty where memos have no points.
    memos : mapping of (str, str) to Memo
        The memo in a file, by file and lesson.
    points : mapping of str to Points
        What was entered for memos, by their code.
    """

    def __init__(
        self,
        grades: ClassGrades,
        rubrics: Mapping[str, tuple[Criterion, ...]],
        memos: Mapping[str, Memo],
        points: Mapping[str, Points],
    ) -> None:
        self.grades, self.rubrics, self.memos, self._points = grades, rubrics, memos, points

    @property
    def maximum(self) -> int:
        """The most that a student can reach in the lessons that are graded."""
        lines = sum(len(self.rubrics.get(one, ())) for one in self.grades.lessons)
        return len(self.grades.exercises) + MOST_POINTS * lines

    def memo(self, one: Graded) -> Points | None:
        """Give the points of the memo in a hand-in; None where none were entered."""
        made = self.memos.get(one.file)
        given = self._points.get(made.code) if made else None
        return given if given and given.by_criterion else None

    def points(self, student: Student) -> float | None:
        """Give the points of a student; None where nothing was handed in."""
        found = self.grades.of(student).values()
        if not found:
            return None
        memos = (self.memo(one) for one in found)
        return sum(one.points or 0 for one in found) + sum(one.points for one in memos if one)

    def notes(self, student: Student) -> str:
        """Say what is late, missing or to be looked at."""
        found = self.grades.of(student)
        listed = any(one.listed for one in self.grades.students)
        notes = [] if student.listed or not listed else ["not in the roster"]
        several = len(self.grades.lessons) > 1
        for lesson in self.grades.lessons:
            which = f"lesson {lesson} " if several else ""
            if lesson not in found:
                notes.append(f"{which}not handed in")
                notes += [
                    f"{one.name} is not graded. {' '.join(one.remarks)}"
                    for one in self.grades.refused(student)
                ]
            elif found[lesson].late:
                notes.append(f"{which}late")
        remarks = [each for one in found.values() for each in one.remarks]
        said = ("It is late.",) if student.listed else ("It is late.", "is not in the roster")
        notes += [each for each in remarks if not any(one in each for one in said)]
        return "; ".join(notes)

    def plain(self) -> bytes:
        """Give the gradebook with a column for each exercise."""
        exercises, lessons = self.grades.exercises, list(self.grades.lessons)
        scored = [one for one in lessons if self.rubrics.get(one)]
        rows: list[list[object]] = [
            [
                "student id",
                "name",
                "e-mail",
                "section",
                "team",
                *(f"exercise {one}" for one in exercises),
                *(f"memo of lesson {one}" for one in scored),
                "points",
                "maximum",
                "per cent",
                "notes",
            ]
        ]
        for student in self.grades.students:
            found, total = self.grades.of(student), self.points(student)
            marks = {mark.exercise: mark for one in found.values() for mark in one.marks}
            memos = {lesson: self.memo(one) for lesson, one in found.items()}
            teams = {one.hand_in.team for one in found.values() if one.hand_in}
            shares = "" if total is None or not self.maximum else 100 * total / self.maximum
            rows.append(
                [
                    looked_up(student.id),
                    looked_up(student.name),
                    looked_up(student.email),
                    cell(student.section),
                    cell(student.team or ", ".join(sorted(teams))),
                    *(_mark(marks.get(one)) for one in exercises),
                    *(_number(memo.points if (memo := memos.get(one)) else None) for one in scored),
                    _number(total),
                    self.maximum,
                    shares if shares == "" else _number(round(float(shares), 1)),
                    cell(self.notes(student)),
                ]
            )
        return csv_bytes(rows)

    def canvas(self) -> bytes:
        """Give the file that Canvas takes in: students without a hand-in keep what they have."""
        column = self._column()
        rows: list[list[object]] = [
            ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", column],
            ["    Points Possible", "", "", "", "", self.maximum],
        ]
        for one in self._listed():
            who = [looked_up(each) for each in (one.name, "", one.id, one.email)]
            rows.append([*who, cell(one.section), _number(self.points(one))])
        return csv_bytes(rows)

    def moodle(self) -> bytes:
        """Give the file that Moodle takes in, with a line of feedback."""
        column = self._column()
        rows: list[list[object]] = [
            ["ID number", "Full name", "Email address", "Group", column, f"Feedback: {column}"]
        ]
        for one in self._listed():
            total = self.points(one)
            said = "" if total is None else f"{_number(total)} of {self.maximum} points."
            said += " Late." if any(each.late for each in self.grades.of(one).values()) else ""
            who = [looked_up(each) for each in (one.id, one.name, one.email)]
            rows.append([*who, cell(one.section), _number(total), said])
        return csv_bytes(rows)

    def _listed(self) -> list[Student]:
        return [one for one in self.grades.students if one.listed]

    def _column(self) -> str:
        lessons = self.grades.lessons
        word = "lesson" if len(lessons) == 1 else "lessons"
        return f"Front Porch {word} {' and '.join(lessons)}"


def _mark(mark: object) -> object:
    verdict = getattr(mark, "verdict", OPEN)
    if mark is None:
        return ""
    return "not graded" if verdict == UNGRADED else getattr(mark, "points", 0)


def _number(value: float | None) -> str:
    return "" if value is None else as_given(value)
