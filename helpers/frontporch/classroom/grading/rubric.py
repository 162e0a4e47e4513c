"""The rubric of a memo: what is looked for, as the instructor's source of the lesson has it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from ..copying.sources import FOLDER, sources

MOST_POINTS = 2


@dataclass(frozen=True)
class Criterion:
    """One line of a rubric.

    Parameters
    ----------
    name : str
        What is looked for.
    levels : tuple of str
        What earns 0, 1 and 2 points.
    """

    name: str
    levels: tuple[str, str, str]


WITHOUT = (Criterion("memo", ("nothing usable", "in part", "clear and to the point")),)
"""For a lesson whose source has none."""


def rubric(lessons: Path | None, lesson: str) -> tuple[Criterion, ...]:
    """Read the rubric of a lesson.

    Parameters
    ----------
    lessons : pathlib.Path, optional
        The folder of the taught sequence.
    lesson : str
        Number of the lesson.

    Returns
    -------
    tuple of Criterion
        `WITHOUT` where the source has none, or there is no source.
    """
    source = sources(lessons).get(lesson) if lessons is not None else None
    if source is None:
        return WITHOUT
    try:
        cells = json.loads(source.read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError, KeyError):
        return WITHOUT
    for cell in cells:
        if cell["metadata"].get(FOLDER, {}).get("rubric"):
            return criteria("".join(cell["source"])) or WITHOUT
    return WITHOUT


def criteria(text: str) -> tuple[Criterion, ...]:
    """Read a rubric from a table in Markdown.

    Examples
    --------
    >>> criteria("| criterion | 0 | 1 | 2 |\\n|---|---|---|---|\\n| a number | none | one | both |")
    (Criterion(name='a number', levels=('none', 'one', 'both')),)
    """
    rows = [
        [one.strip() for one in line.strip().strip("|").split("|")]
        for line in text.splitlines()
        if line.strip().startswith("|")
    ]
    begin = next((k for k, row in enumerate(rows) if row[1:] == ["0", "1", "2"]), None)
    if begin is None:
        return ()
    found = (row for row in rows[begin + 1 :] if not set("".join(row)) <= set("-: "))
    return tuple(Criterion(row[0], (row[1], row[2], row[3])) for row in found if len(row) == 4)
