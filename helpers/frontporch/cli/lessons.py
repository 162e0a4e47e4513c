"""`porch lessons` and `porch lesson`: every copy of a lesson from its one source."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated, Any

import typer

from ..classroom.copying import copies
from ..classroom.copying import slides as deck
from ..classroom.copying.carried_scripts import require_scripts
from ..names import UnknownName
from ..rounding import decimal
from .writing import stop, written

lesson = typer.Typer(help="Make a copy of one lesson.", no_args_is_help=True)

Number = Annotated[str, typer.Argument(help="Number of the lesson, such as 1.")]
Lessons = Annotated[Path, typer.Option(help="Folder of the taught sequence.")]
Into = Annotated[Path, typer.Option(help="Folder to write to; made where it is missing.")]
HERE, BUILD = Path("lessons"), Path("build")


def list_lessons(
    lessons: Lessons = HERE,
    run: Annotated[bool, typer.Option("--run", help="Run each lesson and time it.")] = False,
) -> None:
    """List the lessons with their routes, run time, and whether the copies are up to date."""
    found = copies.sources(lessons)
    if not found:
        stop(f"There is no lesson in {lessons / 'instructor'}: start in the project's folder.")
    for number, path in found.items():
        book = copies.read(path)
        routes = ", ".join(f"{route} min" for route in copies.minutes(book))
        title, told = book.metadata["frontporch"]["title"], _state(path)
        if run:
            told = f"runs in {decimal(_seconds(copies.student(book)))} s  {told}"
        typer.echo(f"{number}  {title}  ({routes})  {told}")


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
def slides(number: Number, lessons: Lessons = HERE, into: Into = BUILD) -> None:
    """Write the slides: one page that needs no network; key S opens the speaker's notes."""
    path = _found(lessons, number)
    require_scripts()
    written(into / f"{path.stem}-slides.html", deck.slides(copies.run(copies.read(path))))


@lesson.command("all")
def every(number: Number, lessons: Lessons = HERE, into: Into = BUILD) -> None:
    """Write every copy: student's, instructor's, slides, handout and key."""
    path = _found(lessons, number)
    require_scripts()
    source = copies.read(path)
    told, asked = copies.run(source), copies.run(copies.student(source))
    written(lessons / path.name, asked)
    written(into / f"{path.stem}-instructor.ipynb", copies.instructor(told))
    written(into / f"{path.stem}-slides.html", deck.slides(told))
    written(into / f"{path.stem}.html", copies.handout(asked))
    written(into / f"{path.stem}-key.md", copies.key(source))


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


def _seconds(book: Any) -> float:
    before = time.perf_counter()
    copies.run(book)
    return time.perf_counter() - before


def _state(path: Path) -> str:
    beside = path.parents[1] / path.name
    if not beside.exists():
        return "no student's copy yet: porch lesson student"
    fresh = copies.student(copies.read(path)).cells
    there = copies.student(copies.read(beside)).cells
    told = [(cell.cell_type, cell.source, cell.metadata) for cell in fresh]
    same = told == [(cell.cell_type, cell.source, cell.metadata) for cell in there]
    return "up to date" if same else "the source has changed: porch lesson student"
