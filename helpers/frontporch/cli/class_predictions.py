"""`porch class predictions`: what a class predicted, in one picture a question."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .writing import BUILD, Into, stop

Folder = Annotated[
    Path, typer.Argument(help="Folder with the students' my-answers.json files or hand-ins.")
]
WithResult = Annotated[bool, typer.Option("--with-result", help="Lay the true result over.")]


def predictions(folder: Folder, into: Into = BUILD, with_result: WithResult = False) -> None:
    """Gather the students' predictions into one picture a question and a table.

    Each file whose name ends in .json, also in folders inside, is one student; files that name
    the same person are put together. Nobody's name is in what is written. Without --with-
    result the pictures can be shown before the result is.
    """
    from ..classroom.predicting.class_predictions import gather

    try:
        found = gather(folder)
        made = found.write(into, with_result=with_result)
    except (ValueError, OSError) as error:
        stop(str(error))
    typer.echo(f"{found.students} students, {len(found.questions)} questions")
    for note in found.notes:
        typer.echo(f"- {note}")
    if with_result:
        for one in found.questions:
            if one.question not in found.outcomes:
                typer.echo(f"- {one.question} has no result yet: drawn without.")
    for path, told in made:
        typer.echo(f"{path} written: {told}")
