"""What every command does with what it made, and how it stops."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NoReturn

import typer

from ..groups import needs

Into = Annotated[Path, typer.Option(help="Folder to write to; made where it is missing.")]
Route = Annotated[int | None, typer.Option(help="Minutes: 20, 45 or 75; by default all.")]
BUILD = Path("build")


def written(path: Path, content: object) -> None:
    """Write a notebook or a text to a file, and say so."""
    with needs("A notebook"):
        import nbformat

    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, str):
        path.write_text(content, encoding="utf-8")
    else:
        nbformat.write(content, path)
    typer.echo(f"{path} written")


def stop(sentence: str) -> NoReturn:
    """Say why the command cannot go on, and end it."""
    typer.echo(sentence, err=True)
    raise typer.Exit(1)
