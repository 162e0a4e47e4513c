"""The memos of a class: a page to read them with the rubric, and a table to enter points."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ...rounding import as_given, decimal
from ..course_package import course
from ..deciding.recorded import counting
from ..handing_in.contents import ROUND, memo
from .class_grades import ClassGrades, Graded
from .roster import decoded, table
from .rubric import MOST_POINTS, Criterion
from .safe_text import cell, csv_bytes, shown

FILE = "memos.csv"
LARGEST = 20_000_000
_FIRST, _LAST = ("memo", "lesson", "team", "students"), ("comment",)
FEWEST = 3
"""Columns of sentences: a memo has three, and that of a game one a round."""


class MemosError(ValueError):
    """The table of points cannot be used; the message names row, column and remedy."""


@dataclass(frozen=True)
class Points:
    """What an instructor entered for a memo.

    Parameters
    ----------
    by_criterion : mapping of str to float
        Points by criterion; those that are not entered are missing.
    comment : str
        For the student.
    """

    by_criterion: Mapping[str, float] = field(default_factory=dict)
    comment: str = ""

    @property
    def points(self) -> float:
        """Their sum."""
        return sum(self.by_criterion.values())


@dataclass(frozen=True)
class Memo:
    """A memo that counts for somebody.

    Parameters
    ----------
    code : str
        By which its points are found again: of the team and the words, so that other words
        need other points.
    graded : Graded
        The hand-in that it is in.
    sentences : tuple of str
        What was written.
    rubric : tuple of Criterion
        What is looked for.
    """

    code: str
    graded: Graded
    sentences: tuple[str, ...]
    rubric: tuple[Criterion, ...]

    @property
    def whose(self) -> str:
        """Everybody for whom it counts."""
        return ", ".join(shown(one.called) for one in self.graded.students)

    @property
    def team(self) -> str:
        """The team as it named itself."""
        return shown(self.graded.hand_in.team) if self.graded.hand_in else ""


def memos(grades: ClassGrades, rubrics: Mapping[str, tuple[Criterion, ...]]) -> list[Memo]:
    """Give every memo that counts for somebody.

    Parameters
    ----------
    grades : ClassGrades
        What was handed in.
    rubrics : mapping of str to tuple of Criterion
        The rubric of each lesson.
    """
    found = []
    for one in grades.files:
        sentences = memo(one.hand_in) if one.counts and one.hand_in else ()
        if sentences:
            found.append(Memo(code(one, sentences), one, sentences, rubrics[one.lesson]))
    return found


def code(one: Graded, sentences: Sequence[str]) -> str:
    """Give the code of a memo: the same whenever the same team hands in the same words."""
    team = one.hand_in.team if one.hand_in else ""
    whose = "" if team else "|".join(sorted(each.called for each in one.students))
    said = "\0".join((one.lesson, team, whose, *sentences))
    return "m" + hashlib.sha256(said.encode("utf-8", "backslashreplace")).hexdigest()[:9]


def heading(lesson: str, criterion: Criterion) -> str:
    """Name the column of a criterion."""
    return f"lesson {lesson}: {criterion.name} (0 to {MOST_POINTS})"


def headings(made: Sequence[Memo]) -> list[str]:
    """Name the columns for points."""
    found = [heading(one.graded.lesson, each) for one in made for each in one.rubric]
    return list(dict.fromkeys(found))


def to_csv(made: Sequence[Memo], points: Mapping[str, Points]) -> bytes:
    """Give the table in which points are entered, with those that have been entered."""
    columns = headings(made)
    most = max([FEWEST, *(len(one.sentences) for one in made)])
    sentences = [f"sentence {place}" for place in range(1, most + 1)]
    rows = [[*_FIRST, *(cell(one) for one in columns), *_LAST, *sentences]]
    for one in made:
        given = points.get(one.code, Points())
        entered = {
            heading(one.graded.lesson, each): as_given(given.by_criterion[each.name])
            for each in one.rubric
            if each.name in given.by_criterion
        }
        said = [cell(each) for each in (*one.sentences, *[""] * most)[:most]]
        rows.append(
            [
                one.code,
                one.graded.lesson,
                cell(one.team),
                cell(one.whose),
                *(entered.get(each, "") for each in columns),
                cell(given.comment),
                *said,
            ]
        )
    return csv_bytes(rows)


def read(path: Path, made: Sequence[Memo]) -> tuple[dict[str, Points], list[str]]:
    """Read the points that an instructor entered.

    Parameters
    ----------
    path : pathlib.Path
        The table, as `to_csv` made it and a spreadsheet saved it.
    made : sequence of Memo
        The memos of now.

    Returns
    -------
    dict of str to Points, list of str
        By the memos' codes; and which rows belong to no memo of now.

    Raises
    ------
    MemosError
        If the table cannot be used, with row and column.
    """
    where = f"The table of points {path.name}"
    try:
        if path.stat().st_size > LARGEST:
            raise MemosError(f"{where} is larger than {LARGEST // 1_000_000} MB.")
        text = decoded(path.read_bytes())
    except OSError as error:
        raise MemosError(f"{where} cannot be read ({error.strerror}).") from None
    rows = table(text) if text and "\0" not in text else []
    if not rows or "memo" not in rows[0][1]:
        raise MemosError(f"{where} has no column memo: give the file {FILE} that was made here.")
    header = [one.strip().removeprefix("'") for one in rows[0][1]]
    known, found, lost, faults = {one.code: one for one in made}, {}, [], []
    for row, cells in rows[1:]:
        named = dict(zip(header, (one.strip() for one in cells), strict=False))
        name = named.get("memo", "")
        if name not in known:
            if any(named.get(one) for one in header if _is_points(one)):
                lost.append(
                    f"Row {row} of {path.name} ({shown(named.get('team', ''), 40)}) has points for "
                    "a memo that was changed or is not there any more."
                )
            continue
        entered, wrong = _entered(known[name], named, row)
        faults += wrong
        comment = named.get("comment", "")
        found[name] = Points(entered, comment[1:] if re.match(r"'[=+\-@]", comment) else comment)
    if faults:
        raise MemosError("\n- ".join([f"{where} cannot be used:", *faults[:20]]))
    return found, lost


def has_points(path: Path) -> bool:
    """Tell whether somebody has entered points or comments into a table."""
    try:
        rows = table(decoded(path.read_bytes()) or "")
    except OSError:
        return False
    header = rows[0][1] if rows else []
    asked = [k for k, one in enumerate(header) if _is_points(one) or one in _LAST]
    return any(cells[k].strip() for _, cells in rows[1:] for k in asked if k < len(cells))


def _is_points(column: str) -> bool:
    return column.endswith(f"(0 to {MOST_POINTS})")


def _entered(one: Memo, named: Mapping[str, str], row: int) -> tuple[dict[str, float], list[str]]:
    entered, faults = {}, []
    for each in one.rubric:
        column = heading(one.graded.lesson, each)
        typed = named.get(column, "")
        if not typed:
            continue
        if not re.fullmatch(r"\d([.,]\d{1,2})?", typed) or (
            float(typed.replace(",", ".")) > MOST_POINTS
        ):
            faults.append(
                f"row {row} ({one.team or one.whose}), column {column!r} is {shown(typed, 40)!r}. "
                f"Enter a number from 0 to {MOST_POINTS}, or nothing."
            )
            continue
        entered[each.name] = float(typed.replace(",", "."))
    return entered, faults


def page(made: Sequence[Memo], points: Mapping[str, Points]) -> str:
    """Give a page of all memos with their rubric, to read on the screen or on paper."""
    parts = [_HEAD]
    for lesson in dict.fromkeys(one.graded.lesson for one in made):
        of_lesson = [one for one in made if one.graded.lesson == lesson]
        count = "1 memo" if len(of_lesson) == 1 else f"{len(of_lesson)} memos"
        parts.append(f"<h1>Lesson {lesson}: {count}</h1><div class=lesson>")
        parts.append(f"<aside>{_rubric(of_lesson[0].rubric)}</aside><div>")
        parts += [_one(one, points.get(one.code)) for one in of_lesson]
        parts.append("</div></div>")
    if not made:
        parts.append("<h1>Memos</h1><p>No memo was handed in.</p>")
    return "\n".join([*parts, "</body></html>\n"])


_HEAD = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Memos</title>
<style>
body{font-family:system-ui,sans-serif;max-width:48em;margin:2em auto;padding:0 1em;line-height:1.5}
table{border-collapse:collapse;margin:1em 0}th,td{border:1px solid #767676;padding:.3em .6em;
text-align:left;vertical-align:top}section{border-top:2px solid #404040;margin-top:2em;
break-inside:avoid}blockquote{margin:.5em 0;padding-left:1em;border-left:4px solid #767676;
overflow-wrap:anywhere}small{font-weight:normal;color:#555}
@media screen and (min-width:75em){body{max-width:80em}
.lesson{display:grid;grid-template-columns:30em 1fr;gap:2em;align-items:start}
aside{position:sticky;top:0}aside table{font-size:.9em}.lesson section:first-child{margin-top:1em}}
</style></head><body>
<p>Enter the points in the file <b>memos.csv</b> beside this page: its rows are in the order of
these memos. Then run the same command again, with
<code style="white-space:nowrap">--memos</code> and the path of memos.csv at its end.</p>"""


def _rubric(rubric: Sequence[Criterion]) -> str:
    rows = "".join(
        f"<tr><th>{html.escape(one.name)}</th>"
        + "".join(f"<td>{html.escape(level)}</td>" for level in one.levels)
        + "</tr>"
        for one in rubric
    )
    return f"<table><tr><th>criterion</th><th>0</th><th>1</th><th>2</th></tr>{rows}</table>"


def _one(one: Memo, points: Points | None) -> str:
    said = "".join(f"<p>{html.escape(shown(each, 4_000))}</p>" for each in one.sentences if each)
    decided = html.escape(decision(one.graded))
    played = "".join(f"<li>{html.escape(each)}</li>" for each in rounds(one.graded))
    given = (
        f"<p>Points so far: {as_given(points.points)}</p>" if points and points.by_criterion else ""
    )
    return (
        f"<section><h2>{html.escape(one.team or 'no team')} "
        f"<small>({html.escape(one.code)})</small></h2>"
        f"<p>{html.escape(one.whose)}</p>{f'<p>{decided}</p>' if decided else ''}"
        f"{f'<ul>{played}</ul>' if played else ''}"
        f"<blockquote>{said}</blockquote>{given}</section>"
    )


def decision(one: Graded) -> str:
    """Say what was decided, in a sentence; nothing where nothing was."""
    if one.hand_in is None:
        return ""
    made, _ = counting(one.hand_in.entries, f"{one.lesson}.decision", one.hand_in.team)
    if made is None:
        return ""
    parts = [shown(str(made.value))]
    asked = course().decision(one.lesson)
    amount, expected = (made.details.get(name) for name in ("amount", "expected"))
    if asked is not None and asked.amount is not None and isinstance(amount, int | float):
        parts.append(f"{asked.amount.label}: {decimal(amount)} {asked.amount.unit}".strip())
    if isinstance(expected, int | float):
        parts.append(f"expected to bring {decimal(expected)} dollars")
    return f"Decided: {'; '.join(parts)}."


def rounds(one: Graded) -> list[str]:
    """Say what was decided in each round of a game, what cash was expected and what came."""
    if one.hand_in is None:
        return []
    abouts = {each.about for each in one.hand_in.entries if ROUND.fullmatch(each.about)}
    said = []
    for about in sorted(abouts, key=lambda each: int(each.rpartition("_")[2])):
        made, shown_ = counting(one.hand_in.entries, about, one.hand_in.team)
        if made is None:
            continue
        parts = [f"Round {about.rpartition('_')[2]}: {shown(str(made.value), 500)}"]
        guesses = one.hand_in.about("prediction").get(about, [])
        expected = guesses[-1].value if guesses else None
        if isinstance(expected, int | float):
            parts.append(f"expected {decimal(expected)} dollars")
        cash = shown_.details.get("cash") if shown_ else None
        if isinstance(cash, int | float):
            parts.append(f"had {decimal(cash)} dollars")
        said.append(f"{'; '.join(parts)}.")
    return said
