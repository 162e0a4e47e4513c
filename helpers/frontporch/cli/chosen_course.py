"""`porch --course`: the course whose lessons the commands make, and where its lessons lie."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from ..classroom.copying import sources
from ..classroom.course_package import Course, course, plugged_in
from ..names import UnknownName
from .writing import stop

Name = Annotated[
    str | None,
    typer.Option("--course", help="Package of a course of your own, installed or in this folder."),
]
Number = Annotated[str, typer.Argument(help="Number of the lesson, such as 1.")]
Lessons = Annotated[
    Path | None,
    typer.Option(help="Folder of the lessons; by default the course's own."),
]


def choose(context: typer.Context, name: Name = None) -> None:
    """Make, rehearse and present lessons, and grade what a class hands in."""
    if name is not None:
        try:
            context.with_resource(_chosen(name))
        except UnknownName as error:
            stop(str(error))


def folder_of(lessons: Path | None) -> Path:
    """Give the folder of the taught sequence: as told, else where the course has it."""
    if lessons is not None:
        return lessons
    try:
        return course().lessons
    except UnknownName as error:
        stop(str(error))


def source_of(lessons: Path | None, number: str) -> Path:
    """Give the source of a lesson, or stop with the sentence that says why there is none."""
    try:
        return sources.source(folder_of(lessons), number)
    except UnknownName as error:
        stop(str(error))


@contextmanager
def _chosen(name: str) -> Iterator[Course]:
    """Plug in a course while a command runs, also in the kernels that it starts."""
    path, inherited = list(sys.path), os.environ.get("PYTHONPATH")
    here = str(Path.cwd())
    if (Path.cwd() / name.split(".")[0]).is_dir():
        sys.path.insert(0, here)
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (here, inherited)))
    try:
        with plugged_in(name) as chosen:
            yield chosen
    finally:
        sys.path[:] = path
        if inherited is None:
            os.environ.pop("PYTHONPATH", None)
        else:
            os.environ["PYTHONPATH"] = inherited
