"""The source notebooks of a course, and whether the students' copies are up to date.

What stands here reads notebooks as the JSON that they are: the library for notebooks takes more
than a second to import, and whoever lists lessons does not need it.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ...names import UnknownName, nearest
from ..course_package import course

FOLDER = "frontporch"
"""Where a cell's metadata about the lesson stand."""


def sources(lessons: Path) -> dict[str, Path]:
    """Give the source notebook of every lesson, by its number.

    Parameters
    ----------
    lessons : pathlib.Path
        The folder of the taught sequence.
    """
    found = sorted((lessons / "instructor").glob("[0-9][0-9]_*.ipynb"))
    return {str(int(path.name[:2])): path for path in found}


def source(lessons: Path, number: str | int) -> Path:
    """Give the source notebook of one lesson.

    Raises
    ------
    UnknownName
        If there is no such lesson; the message names those there are.
    """
    found = sources(lessons)
    if str(number) not in found:
        told = f"There is no lesson {number} in {lessons.name}/instructor. "
        if str(number).isdecimal() and int(number) > max(map(int, found), default=0):
            typed = f'{course().porch} lesson new {number} "Your title"'
            raise UnknownName(f"{told}A new one begins with  {typed}")
        raise UnknownName(told + nearest(str(number), found))
    return found[str(number)]


def header(path: Path) -> dict[str, Any]:
    """Give what a lesson says of itself: its `title`, and its routes with their `minutes`."""
    return dict(_read(path)["metadata"][FOLDER])


def up_to_date(path: Path, copied: Path) -> bool:
    """Say whether a student's copy has the cells that its source would give it now.

    Parameters
    ----------
    path, copied : pathlib.Path
        The source of a lesson, and the student's copy of it.
    """
    made, there = (_said(student_cells(_read(one)["cells"])) for one in (path, copied))
    return made == there


def student_cells(cells: Iterable[Any]) -> list[Any]:
    """Give the cells that a student sees: no solution, and no word to the instructor.

    Parameters
    ----------
    cells : iterable of cells
        Of the source, as they stand in JSON or as nbformat reads them; they are left as they are.
    """
    made = [copy.deepcopy(cell) for cell in cells if not for_instructor(cell)]
    for cell in made:
        cell["metadata"].get(FOLDER, {}).pop("notes", None)
    return made


def for_instructor(cell: Any) -> bool:
    """Say whether a cell is a word to the instructor alone."""
    return cell["metadata"].get(FOLDER, {}).get("audience") == "instructor"


def is_solution(cell: Any) -> bool:
    """Say whether a cell works an exercise out, for the instructor alone."""
    checks = cell["metadata"].get(FOLDER, {}).get("check")
    return bool(cell["cell_type"] == "code" and checks and for_instructor(cell))


def _read(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def _said(cells: list[Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """What cells say, without what a notebook's page adds when it is looked at."""
    looks = ("collapsed", "scrolled")
    return [
        (
            cell["cell_type"],
            "".join(cell["source"]),
            {name: value for name, value in cell["metadata"].items() if name not in looks},
        )
        for cell in cells
    ]
