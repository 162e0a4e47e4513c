"""`porch stick`: before a class in a room without a network."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..groups import ROOT
from .writing import stop

Folder = Annotated[Path, typer.Argument(help="A new folder, or a stick to add to.")]
Systems = Annotated[
    list[str] | None,
    typer.Option("--for", help="linux, macos, windows; by default this computer's."),
]
Pythons = Annotated[list[str] | None, typer.Option(help="3.12,3.13; by default this one.")]
Groups = Annotated[
    list[str] | None, typer.Option("--with", help="Groups to add to what lessons need.")
]


def stick(
    folder: Folder, systems: Systems = None, python: Pythons = None, groups: Groups = None
) -> None:
    """Put the project and all its packages into a folder that needs no network.

    Ctrl-C stops, and the next call continues from there. --for, --python and --with take several
    words, separated by commas.
    """
    from ..classroom.stick import making
    from ..classroom.stick.fetching import StickError
    from ..rounding import decimal

    here = Path.cwd()
    elsewhere = not (here / "start.py").is_file() and (ROOT / "start.py").is_file()
    try:
        made = making.make(
            ROOT if elsewhere else here,
            folder,
            _words(systems),
            _words(python),
            _words(groups),
            say=typer.echo,
        )
    except KeyboardInterrupt:
        typer.echo("Stopped. What was fetched is kept. The same command continues from there.")
        raise typer.Exit(130) from None
    except (StickError, ValueError, OSError) as error:
        stop(str(error))
    for sentence in made.lacking:
        typer.echo(sentence, err=True)
    pythons, on = " and ".join(made.pythons), " and ".join(made.systems)
    typer.echo(f"{folder}: {decimal(made.size / 1e6)} MB for Python {pythons} on {on}.")
    more = f" --with {','.join(made.groups)}" if made.groups else ""
    typer.echo(f"Copy it to the other computer and run there:  python start.py{more}")
    raise typer.Exit(1 if made.lacking else 0)


def _words(given: list[str] | None) -> list[str]:
    return [word for one in given or () for word in one.replace(",", " ").split()]
