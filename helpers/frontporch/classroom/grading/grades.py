"""The table of grades: a row for each handed-in file, with marks, points and reasons."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from ...tables import write
from ...tables.records import unescaped
from ..checking.checks import registered
from .notebook_run import short

FILE = "grades.csv"
_FIRST, _LAST = ("file", "team", "lesson"), ("points", "reasons", "flags", "sha256")
RIGHT, WRONG, OPEN, UNGRADED = "right", "wrong", "not answered", "not graded"


@dataclass(frozen=True)
class Grade:
    """What one handed-in file earned.

    Parameters
    ----------
    file : str
        Its path below the folder.
    sha256 : str
        Fingerprint of its content; a file with the same one is not run again.
    team : str or None
        As the notebook named it.
    lesson : str
        Number of the lesson; empty where it is not known.
    marks : dict of str to str
        Right, wrong or not answered, by exercise; empty where it could not be graded.
    reasons : str
        Why an answer is wrong, and what went wrong otherwise.
    """

    file: str
    sha256: str
    team: str | None = None
    lesson: str = ""
    marks: dict[str, str] = field(default_factory=dict)
    reasons: str = ""

    @property
    def points(self) -> int | None:
        """How many answers are right; None where the file could not be graded."""
        return sum(mark == RIGHT for mark in self.marks.values()) if self.marks else None

    def __repr__(self) -> str:
        """Say it on one line."""
        if self.points is None:
            return f"{self.file}: {UNGRADED}. {self.reasons}"
        return f"{self.file}: {self.points} of {len(self.marks)}. {self.reasons}".rstrip()


def read(path: Path, files: set[str]) -> dict[str, Grade]:
    """Read a table of grades again, by file.

    Raises
    ------
    ValueError
        If it is no table of grades, or one of none of these files.
    """
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as text:
        rows = csv.DictReader(text)
        columns = rows.fieldnames or []
        if not {*_FIRST, *_LAST} <= set(columns):
            raise ValueError(f"{path} holds no grades: name another file to write to.")
        found = [
            {name: unescaped([value or ""])[0] for name, value in row.items() if name}
            for row in rows
        ]
    exercises = [name for name in columns if name not in (*_FIRST, *_LAST)]
    grades = {}
    for row in found:
        marks = {name: row[name] for name in exercises if row[name] in (RIGHT, WRONG, OPEN)}
        grades[row["file"]] = Grade(
            row["file"], row["sha256"], row["team"] or None, row["lesson"], marks, row["reasons"]
        )
    if grades and not files & set(grades):
        raise ValueError(f"{path} holds the grades of other files: name another to write to.")
    return {name: one for name, one in grades.items() if name in files}


def table(grades: Sequence[Grade]) -> pd.DataFrame:
    """Put grades into one table, a row for each handed-in file.

    Returns
    -------
    pandas.DataFrame
        file, team, lesson, a column for each exercise, points, reasons, flags (no team was
        named, or several hand-ins come from one), sha256.

    Examples
    --------
    >>> table([Grade("a.ipynb", "", "Ann", "1", {"1.1": "right"})])[["team", "1.1", "points"]]
      team    1.1  points
    0  Ann  right       1
    """
    lessons = {one.lesson for one in grades if one.marks}
    exercises = [one.id for one in registered() if one.id.split(".")[0] in lessons]
    same = defaultdict(list)
    for one in grades:
        if one.team:
            same[one.team.strip().casefold(), one.lesson].append(one.file)
    rows = []
    for one in grades:
        others = same.get(((one.team or "").strip().casefold(), one.lesson), [one.file])
        flag = ""
        if one.marks and not one.team:
            flag = "No team is named: judged with the numbers of the class."
        elif len(others) > 1:
            flag = "Same team as " + ", ".join(name for name in others if name != one.file) + "."
        nothing = None if one.marks else UNGRADED
        marks = {name: one.marks.get(name, nothing) for name in exercises}
        row = {"file": one.file, "team": short(one.team) if one.team else None}
        row |= {"lesson": one.lesson, **marks, "points": one.points, "reasons": one.reasons}
        rows.append(row | {"flags": flag, "sha256": one.sha256})
    made = pd.DataFrame(rows, columns=[*_FIRST, *exercises, *_LAST], dtype=object)
    made = made.map(lambda cell: None if isinstance(cell, str) and not cell else cell)
    made["points"] = made["points"].astype("Int64")
    return made


def save(done: dict[str, Grade], into: Path) -> None:
    """Write the grades of all files by now, so that the table is whole at every moment."""
    part = into.with_name(into.name + ".part")
    write(table([done[name] for name in sorted(done)]), part)
    part.replace(into)
