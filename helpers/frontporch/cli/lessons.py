"""`porch lessons` and `porch lesson`: every copy of a lesson from its one source."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..classroom import copies
from ..names import UnknownName
from .writing import stop, written

lesson = typer.Typer(help="Make a copy of one lesson.", no_args_is_help=True)

Number = Annotated[str, typer.Argument(help="Number of the lesson, such as 1.")]
Lessons = Annotated[Path, typer.Option(help="Folder of the taught sequence.")]
Into = Annotated[Path, typer.Option(help="Folder to write to; made where it is missing.")]
HERE, BUILD = Path("lessons"), Path("build")


def list_lessons(lessons: Lessons = HERE) -> None:
    """List the lessons with their routes, and whether the student's copy is up to date."""
    found = copies.sources(lessons)
    if not found:
        stop(f"There is no lesson in {lessons / 'instructor'}: start in the project's folder.")
    for number, path in found.items():
        book = copies.read(path)
        routes = ", ".join(f"{route} min" for route in copies.minutes(book))
        typer.echo(f"{number}  {book.metadata['frontporch']['title']}  ({routes})  {_state(path)}")


@lesson.command()
def student(number: Number, lessons: Lessons = HERE) -> None:
    """Write the student's copy beside the other lessons, run with its stubs unfilled."""
    path = _found(lessons, number)
    written(lessons / path.name, copies.run(copies.student(copies.read(path))))


@lesson.command()
def instructor(number: Number, lessons: Lessons = HERE, into: Into = BUILD) -> None:
    """Write the instructor's copy: solutions, minutes, typical wrong answers."""
    path = _found(lessons, number)
    made = copies.instructor(copies.run(copies.read(path)))
    written(into / f"{path.stem}-instructor.ipynb", made)


@lesson.command()
def handout(number: Number, lessons: Lessons = HERE, into: Into = BUILD) -> None:
    """Write the student's copy as one printable page of HTML; it needs no network."""
    path = _found(lessons, number)
    page = copies.handout(copies.run(copies.student(copies.read(path))))
    written(into / f"{path.stem}.html", page)


@lesson.command()
def key(number: Number, lessons: Lessons = HERE, into: Into = BUILD) -> None:
    """Write the answers with their tolerances and the reasons for wrong ones."""
    path = _found(lessons, number)
    written(into / f"{path.stem}-key.md", copies.key(copies.read(path)))


def _found(lessons: Path, number: str) -> Path:
    try:
        return copies.source(lessons, number)
    except UnknownName as error:
        stop(str(error))
        raise


def _state(path: Path) -> str:
    beside = path.parents[1] / path.name
    if not beside.exists():
        return "no student's copy yet: porch lesson student"
    fresh = copies.student(copies.read(path)).cells
    there = copies.student(copies.read(beside)).cells
    told = [(cell.cell_type, cell.source, cell.metadata) for cell in fresh]
    same = told == [(cell.cell_type, cell.source, cell.metadata) for cell in there]
    return "up to date" if same else "the source has changed: porch lesson student"
