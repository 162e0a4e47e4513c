"""`porch class`: what an instructor does with what a class hands in."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .writing import BUILD, stop

if TYPE_CHECKING:
    from ..classroom.grading.class_grades import ClassGrades

classes = typer.Typer(help="Grade and gather what a class handed in.", no_args_is_help=True)

Folder = Annotated[Path, typer.Argument(help="Folder of the hand-ins; zip files may lie in it.")]
Roster = Annotated[
    Path | None, typer.Option(help="CSV with the columns id, name, email, section, team.")
]
Lesson = Annotated[str | None, typer.Option(help="Number of the lesson; by default any.")]
Into = Annotated[Path, typer.Option(help="Folder to write to; made where it is missing.")]
Due = Annotated[str | None, typer.Option(help="When it was due, such as 2026-12-01T18:00.")]
Tries = Annotated[int | None, typer.Option(min=1, help="How many tries of an exercise count.")]
Memos = Annotated[Path | None, typer.Option(help="memos.csv with the points that you entered.")]


@classes.callback()
def _several() -> None:
    """Grade and gather what a class handed in."""


@classes.command(short_help="Grade hand-ins: gradebooks, feedback, memos and a report.")
def grade(
    folder: Folder,
    roster: Roster = None,
    lesson: Lesson = None,
    into: Into = BUILD / "grades",
    due: Due = None,
    tries: Tries = None,
    memos: Memos = None,
) -> None:
    """Read the hand-in files of a folder and work every answer out anew. Nothing is run.

    The folder may be as Moodle, Canvas or a shared drive makes it. Each file gets a row in
    files.csv that says how it was graded. Each student gets a page of feedback.
    """
    from ..classroom.grading import class_grades, outputs
    from ..classroom.grading import roster as rosters

    try:
        _apart(folder, into, roster, memos)
        listed = rosters.read(roster) if roster else []
        made = class_grades.grade(folder, listed, lesson=lesson, due=_moment(due), tries=tries)
        written = outputs.write(made, into, memos)
    except (ValueError, KeyError, OSError) as error:
        stop(str(error))
    _tell(made)
    for path, what in written:
        typer.echo(f"{path}: {what}")


def _apart(folder: Path, into: Path, *given: Path | None) -> None:
    """Refuse to read from, or write to, where anybody may have put a file."""
    inside = folder.resolve()
    if into.resolve().is_relative_to(inside):
        stop(f"{into} lies in the folder of the hand-ins. Name another folder with --into.")
    for one in given:
        if one is not None and one.resolve().is_relative_to(inside):
            stop(
                f"{one} lies in the folder of the hand-ins, where a student may have put it. Move "
                "your own file out of it."
            )


def _moment(due: str | None) -> datetime | None:
    if due is None:
        return None
    try:
        return datetime.fromisoformat(due).astimezone()
    except (ValueError, OverflowError, OSError):
        stop(f"--due is {due!r}, but has to be a day and time such as 2026-12-01T18:00.")


def _tell(made: ClassGrades) -> None:
    from ..classroom.grading.safe_text import shown

    for one in made.files:
        if one.remarks:
            typer.echo(f"- {made.place(one)}: {shown(' '.join(one.remarks), 500)}")
    handed = sum(one.hand_in is not None for one in made.files)
    missing = sum(
        one.listed and any(lesson not in made.of(one) for lesson in made.lessons)
        for one in made.students
    )
    listed = (
        f"; {missing} of the roster missing" if any(one.listed for one in made.students) else ""
    )
    files = "1 file" if len(made.files) == 1 else f"{len(made.files)} files"
    typer.echo(f"{files}, {handed} of them hand-ins that were graded{listed}")
    if made.mixed:
        typer.echo(made.mixed)
