"""`porch lessons` and `porch lesson`: every copy of a lesson from its one source."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated, Any

import typer

from ..classroom.copying import sources
from ..classroom.course_package import Course
from ..names import UnknownName
from .chosen_course import Lessons, Number, folder_of, source_of
from .writing import BUILD, Into, Route, stop, written

lesson = typer.Typer(help="Make a copy of one lesson.", no_args_is_help=True)


def list_lessons(
    lessons: Lessons = None,
    run: Annotated[bool, typer.Option("--run", help="Run each lesson and time it.")] = False,
) -> None:
    """List the lessons with their routes, run time, and whether the copies are up to date."""
    folder = folder_of(lessons)
    found = sources.sources(folder)
    if not found:
        stop(
            f"There is no lesson in {folder / 'instructor'}. Start in the project's folder, or, "
            "with a course of your own, name its folder of lessons as LESSONS in its __init__.py; "
            "its first source is instructor/01_your_title.ipynb in there."
        )
    for number, path in found.items():
        told = f"{_timed(path)}  {_state(path)}" if run else _state(path)
        header = sources.header(path)
        routes = ", ".join(f"{route} min" for route in header["minutes"])
        typer.echo(f"{number}  {header['title']}  ({routes})  {told}")


@lesson.command(short_help="The student's copy, beside the other lessons.")
def student(number: Number, lessons: Lessons = None) -> None:
    """Write the student's copy beside the other lessons, run with its questions unanswered."""
    from ..classroom.copying import copies

    path = source_of(lessons, number)
    written(_beside(path), _run(copies.student(copies.read(path)), path))


@lesson.command(short_help="Solutions, minutes, typical wrong answers.")
def instructor(number: Number, lessons: Lessons = None, into: Into = BUILD) -> None:
    """Write the instructor's copy: solutions, minutes, typical wrong answers."""
    from ..classroom.copying import copies

    path = source_of(lessons, number)
    made = copies.instructor(_run(copies.read(path), path))
    written(into / f"{path.stem}-instructor.ipynb", made)


@lesson.command(short_help="Two to four pages to write on, without results.")
def handout(
    number: Number, lessons: Lessons = None, into: Into = BUILD, route: Route = None
) -> None:
    """Write what the class gets on paper: case, boxes for predictions, questions with lines."""
    from ..classroom.copying import copies
    from ..classroom.copying import handout as paper

    path = source_of(lessons, number)
    try:
        page = paper.handout(copies.read(path), route=route)
    except UnknownName as error:
        stop(str(error))
    written(into / f"{path.stem}-handout.html", page)


@lesson.command(short_help="The whole text with its results, as one page of HTML.")
def reading(number: Number, lessons: Lessons = None, into: Into = BUILD) -> None:
    """Write the student's copy with its results as one page of HTML; it needs no network."""
    from ..classroom.copying import copies

    path = source_of(lessons, number)
    page = copies.reading(_run(copies.student(copies.read(path)), path))
    written(into / f"{path.stem}-reading.html", page)


@lesson.command(short_help="One page of slides, with the speaker's notes.")
def slides(
    number: Number,
    lessons: Lessons = None,
    into: Into = BUILD,
    route: Route = None,
    brand: Annotated[
        Path | None, typer.Option(help="A TOML file with logo, colors and font of your school.")
    ] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="Write a PDF too; needs Chromium.")] = False,
) -> None:
    """Write the slides: one page that needs no network; key S opens the speaker's notes."""
    from ..classroom.copying import brand as looks
    from ..classroom.copying import copies, slides_pdf
    from ..classroom.copying import slides as deck
    from ..classroom.copying.carried_scripts import require_scripts

    path = source_of(lessons, number)
    require_scripts()
    try:
        own = looks.read(brand) if brand else looks.OURS
        page = deck.slides(_run(copies.read(path), path), route=route, brand=own)
    except (UnknownName, looks.BrandError) as error:
        stop(str(error))
    file = into / f"{path.stem}-slides.html"
    written(file, page)
    if pdf:
        try:
            made = slides_pdf.pdf(file)
        except slides_pdf.NoBrowserError as error:
            stop(str(error))
        typer.echo(f"{made} written")


@lesson.command("all", short_help="Every copy, and the key.")
def every(number: Number, lessons: Lessons = None, into: Into = BUILD) -> None:
    """Write every copy: student's, instructor's, slides, handout, reading and key.

    If the source has never been run, it is run first.
    """
    from ..classroom.copying import copies, lesson_code
    from ..classroom.copying import handout as paper
    from ..classroom.copying import slides as deck
    from ..classroom.copying.carried_scripts import require_scripts

    path = source_of(lessons, number)
    require_scripts()
    book = copies.read(path)
    told, asked = _run(book, path), _run(copies.student(book), path)
    if lesson_code.never_run(book):  # its results are compared from now on
        written(path, told)
    written(_beside(path), asked)
    written(into / f"{path.stem}-instructor.ipynb", copies.instructor(told))
    written(into / f"{path.stem}-slides.html", deck.slides(told))
    written(into / f"{path.stem}-handout.html", paper.handout(told))
    written(into / f"{path.stem}-reading.html", copies.reading(asked))
    written(into / f"{path.stem}-key.md", copies.key(book))


@lesson.command(short_help="Answers with tolerances and reasons.")
def key(number: Number, lessons: Lessons = None, into: Into = BUILD) -> None:
    """Write the answers with their tolerances and the reasons for wrong ones."""
    from ..classroom.copying import copies

    path = source_of(lessons, number)
    written(into / f"{path.stem}-key.md", copies.key(copies.read(path)))


@lesson.command(short_help="A lesson to begin with: it runs, and breaks no rule.")
def new(
    number: Number,
    title: Annotated[str, typer.Argument(help='Its title in quotes: "Do regulars tip more?".')],
) -> None:
    """Write a small lesson that works, to be changed into yours: notebook, guide, model, tests.

    It overwrites nothing.
    """
    from ..classroom.copying import new_lesson

    try:
        plan = new_lesson.planned(number, title)
        made = new_lesson.write(plan)
    except (UnknownName, new_lesson.CannotBeginError) as error:
        stop(str(error))
    written(plan.source, _run(made, plan.source))
    student(number)
    for path in plan.texts:
        here = path.is_relative_to(Path.cwd())
        typer.echo(f"{path.relative_to(Path.cwd()) if here else path} written")
    remedy = f"{Course(plan.package).porch} lesson check {number}"
    typer.echo(f"It works as it is; now change it. What it then lacks:  {remedy}")


@lesson.command(short_help="What a lesson lacks, cell by cell.")
def check(number: Number, lessons: Lessons = None) -> None:
    """Say which rules of a lesson its source, its copy or its guide break, and the remedy.

    The command exits with 1 if a rule is broken.
    """
    from ..classroom.copying import rules

    found = rules.broken_lesson(source_of(lessons, number))
    for one in found:
        typer.echo(f"- {one}")
    if found:
        raise typer.Exit(1)
    typer.echo(f"Lesson {number} breaks no rule.")


def _run(book: Any, path: Path) -> Any:
    """Run a lesson's notebook, or stop with the sentence on the cell that fails."""
    from ..classroom.copying import copies
    from ..classroom.copying.cell_failed import CellFailedError

    try:
        return copies.run(book, path.name)
    except CellFailedError as error:
        stop(str(error))


def _timed(path: Path) -> str:
    """Run a student's copy, and say how long it took."""
    from ..classroom.copying import copies
    from ..rounding import decimal

    book = copies.student(copies.read(path))
    before = time.perf_counter()
    _run(book, path)
    return f"runs in {decimal(time.perf_counter() - before)} s"


def _state(path: Path) -> str:
    beside = _beside(path)
    remedy = f"porch lesson student {int(path.name[:2])}"
    if not beside.exists():
        return f"no student's copy yet: {remedy}"
    same = sources.up_to_date(path, beside)
    return "up to date" if same else f"the source has changed: {remedy}"


def _beside(path: Path) -> Path:
    """Where the student's copy of a source stands."""
    return path.parents[1] / path.name
