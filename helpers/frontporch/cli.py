"""The command `porch`: what an instructor makes of the lessons."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .classroom import copies
from .names import UnknownName

app = typer.Typer(
    name="porch",
    help="Make every copy of a lesson from its one source.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
lesson = typer.Typer(help="Make a copy of one lesson.", no_args_is_help=True)
app.add_typer(lesson, name="lesson")

Number = Annotated[str, typer.Argument(help="Number of the lesson, such as 1.")]
Lessons = Annotated[Path, typer.Option(help="Folder of the taught sequence.")]
Into = Annotated[Path, typer.Option(help="Folder to write to; made where it is missing.")]
HERE, BUILD = Path("lessons"), Path("build")


@app.command("lessons")
def list_lessons(lessons: Lessons = HERE) -> None:
    """List the lessons with their routes, and whether the student's copy is up to date."""
    found = copies.sources(lessons)
    if not found:
        _stop(f"There is no lesson in {lessons / 'instructor'}: start in the project's folder.")
    for number, path in found.items():
        book = copies.read(path)
        routes = ", ".join(f"{route} min" for route in copies.minutes(book))
        typer.echo(f"{number}  {book.metadata['frontporch']['title']}  ({routes})  {_state(path)}")


@lesson.command()
def student(number: Number, lessons: Lessons = HERE) -> None:
    """Write the student's copy beside the other lessons, run with its stubs unfilled."""
    path = _found(lessons, number)
    _written(lessons / path.name, copies.run(copies.student(copies.read(path))))


@lesson.command()
def instructor(number: Number, lessons: Lessons = HERE, into: Into = BUILD) -> None:
    """Write the instructor's copy: solutions, minutes, typical wrong answers."""
    path = _found(lessons, number)
    made = copies.instructor(copies.run(copies.read(path)))
    _written(into / f"{path.stem}-instructor.ipynb", made)


@lesson.command()
def handout(number: Number, lessons: Lessons = HERE, into: Into = BUILD) -> None:
    """Write the student's copy as one printable page of HTML; it needs no network."""
    path = _found(lessons, number)
    page = copies.handout(copies.run(copies.student(copies.read(path))))
    _written(into / f"{path.stem}.html", page)


@lesson.command()
def key(number: Number, lessons: Lessons = HERE, into: Into = BUILD) -> None:
    """Write the answers with their tolerances and the reasons for wrong ones."""
    path = _found(lessons, number)
    _written(into / f"{path.stem}-key.md", copies.key(copies.read(path)))


def _found(lessons: Path, number: str) -> Path:
    try:
        return copies.source(lessons, number)
    except UnknownName as error:
        _stop(str(error))
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


def _written(path: Path, content: object) -> None:
    import nbformat

    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, str):
        path.write_text(content, encoding="utf-8")
    else:
        nbformat.write(content, path)
    typer.echo(f"{path} written")


def _stop(sentence: str) -> None:
    typer.echo(sentence, err=True)
    raise typer.Exit(1)


if __name__ == "__main__":
    app()
