"""`porch site`: the kit as one folder of pages, whose lessons run in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..groups import ROOT
from .writing import stop

Folder = Annotated[Path, typer.Argument(help="A new folder, or one that this command made.")]
Pyodide = Annotated[
    str | None,
    typer.Option(help="Pyodide 0.27.7: its folder, its archive, or the archive's address."),
]


def site(folder: Folder, pyodide: Pyodide = None) -> None:
    """Make a folder of pages that any web server shows, and that asks no other server.

    With --pyodide the lessons run in the browser. Without it they can be read.
    """
    from ..classroom.site import making
    from ..classroom.site.distribution import SiteError
    from ..rounding import decimal

    root = Path.cwd() if (Path.cwd() / "start.py").is_file() else ROOT
    if not (root / "lessons").is_dir():
        stop("A site is made in the project's folder: go there, and type it again.")
    try:
        made = making.make(root, folder, pyodide, say=typer.echo)
    except (SiteError, OSError) as error:
        stop(str(error))
    typer.echo(f"{folder}: {made.pages} pages, {decimal(made.size / 1e6)} MB.")
    if not made.runs:
        typer.echo("No lesson runs there: --pyodide adds Python for the browser.", err=True)
    typer.echo(f"Look at it:  python -m http.server --bind 127.0.0.1 --directory {folder}")
