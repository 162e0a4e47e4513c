"""`porch class`: what an instructor does with what a class hands in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .chosen_course import folder_of
from .writing import stop

if TYPE_CHECKING:
    from ..classroom.grading.grades import Grade

classes = typer.Typer(help="Grade and gather what a class handed in.", no_args_is_help=True)

Folder = Annotated[Path, typer.Argument(help="Folder of the handed-in notebooks.")]
Into = Annotated[Path | None, typer.Option(help="Table to write; grades.csv in the folder.")]
Seconds = Annotated[float, typer.Option(help="Time for each notebook.")]
Gigabytes = Annotated[float, typer.Option(help="Memory for each notebook.")]
AtOnce = Annotated[int | None, typer.Option(min=1, help="How many notebooks run side by side.")]
Again = Annotated[bool, typer.Option("--again", help="Grade all, also what has been graded.")]
Trust = Annotated[bool, typer.Option("--trust", help="Grade although there is no whole wall.")]
_CHECKOUT = Path(__file__).resolve().parents[3]


@classes.callback()
def _several() -> None:
    """Grade and gather what a class handed in."""


@classes.command(short_help="Grade notebooks behind a wall: one table, with reasons.")
def grade(
    folder: Folder,
    into: Into = None,
    seconds: Seconds = 60.0,
    gigabytes: Gigabytes = 2.0,
    at_once: AtOnce = None,
    again: Again = False,
    trust: Trust = False,
) -> None:
    """Run every handed-in notebook behind a wall, and write one table of grades with reasons.

    Ctrl-C stops, and the next call goes on from there. First the wall is tried: where a
    notebook could reach another's file, the instructor's, the network or another process,
    nothing is graded unless --trust is given.
    """
    from ..classroom.grading import folder as grading
    from ..classroom.grading import grades
    from ..classroom.grading.isolation import Limits

    try:
        limits = Limits(seconds, gigabytes)
        walled = _walled(grading.handed_in(folder), trust)
        made = grading.grade(
            folder, into, limits=limits, walled=walled, again=again, at_once=at_once, said=_said
        )
    except KeyboardInterrupt:
        typer.echo("Stopped. What was graded is kept: the same command goes on from there.")
        raise typer.Exit(130) from None
    except (ValueError, OSError) as error:
        stop(str(error))
    table = grades.table(made)
    count = int(table["points"].notna().sum())
    typer.echo(f"{into or folder / grades.FILE} written: {count} of {len(made)} files graded")
    for _, row in table[table["flags"].notna()].iterrows():
        typer.echo(f"- {row['file']}: {row['flags']}")


def _walled(files: list[Path], trust: bool) -> bool:
    """Try the wall; stop where it does not hold, unless told to trust."""
    from ..classroom.grading import snooping, wall

    folders = {
        place / "instructor" for place in (Path.cwd() / folder_of(None), _CHECKOUT / "lessons")
    }
    secret = [one for folder in folders if folder.is_dir() for one in sorted(folder.iterdir())]
    lacking = wall.missing()
    reached = snooping.leaks([*files, *secret], walled=not lacking)
    if not reached and not lacking:
        typer.echo("The wall holds: no notebook can reach another, nor anything of yours.")
        return True
    why = f"There is no wall on this computer ({lacking})" if lacking else "The wall has gaps"
    sentence = f"{why}: a notebook could {', '.join(reached) or 'not be held back'}."
    if not trust:
        stop(f"{sentence} Nothing was graded; --trust grades all the same.")
    typer.echo(f"{sentence} Graded all the same, as told by --trust.", err=True)
    return not lacking


def _said(grade: Grade, done: int, whole: int) -> None:
    typer.echo(f"{done} of {whole}  {grade!r}")
