"""`porch class predictions`: what a class predicted, in one picture a question."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .writing import BUILD, Into, stop

Folder = Annotated[
    Path,
    typer.Argument(
        help="Folder with the hand-ins, or my-answers.json files; zip files may lie in it."
    ),
]
WithResult = Annotated[bool, typer.Option("--with-result", help="Draw the true result as well.")]


def predictions(folder: Folder, into: Into = BUILD, with_result: WithResult = False) -> None:
    """Gather the students' predictions into one picture a question and a table.

    Each file whose name ends in .json, also in folders and zip files inside, is one student;
    files that name the same person count as one. The pictures and the table name nobody.
    They leave out the true result, so that you can show them first; --with-result adds it.
    """
    from ..classroom.predicting.class_predictions import gather

    try:
        found = gather(folder)
        made = found.write(into, with_result=with_result)
    except (ValueError, OSError) as error:
        stop(str(error))
    students = "1 student" if found.students == 1 else f"{found.students} students"
    questions = "1 question" if len(found.questions) == 1 else f"{len(found.questions)} questions"
    typer.echo(f"{students}, {questions}")
    for note in found.notes:
        typer.echo(f"- {note}")
    if with_result:
        for one in found.questions:
            if one.question not in found.outcomes:
                typer.echo(f"- {one.question} has no result yet: drawn without.")
    for path, told in made:
        typer.echo(f"{path} written: {told}")
