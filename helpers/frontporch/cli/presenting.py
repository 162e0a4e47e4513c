"""`porch present` and `porch rehearse`: before a class, and the day before it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..names import UnknownName
from .chosen_course import Lessons, Number, source_of
from .writing import BUILD, stop, written

Into = Annotated[Path, typer.Option(help="Folder for what is made; made where it is missing.")]


def present(
    number: Number,
    page: Annotated[bool, typer.Option("--page", help="A page without code (Voilà).")] = False,
    viewers: Annotated[
        int, typer.Option(min=1, max=60, help="With --page: how many may look at once.")
    ] = 12,
    share: Annotated[
        bool, typer.Option("--share", help="With --page: other machines may open it too.")
    ] = False,
    dark: Annotated[bool, typer.Option("--dark", help="White on black, for a dark room.")] = False,
    browser: Annotated[bool, typer.Option(help="Open a browser on it.")] = True,
    port: Annotated[
        int | None, typer.Option(min=1024, max=65535, help="Port; by default a free one.")
    ] = None,
    route: Annotated[
        int | None, typer.Option(help="With --page: 20, 45 or 75 minutes; by default all.")
    ] = None,
    lessons: Lessons = None,
    into: Into = BUILD,
) -> None:
    """Open a lesson for the projector: in JupyterLab with large type, or as a page without code.

    JupyterLab shows the instructor's copy; solutions and notes are folded until you click.

    The page runs the lesson once for each place before anybody comes: about five seconds a place
    on a laptop with two processors, and a quarter of a gigabyte of memory. From then on it opens
    in a second or two. When all places are taken, the next viewer sees a message.
    """
    from ..classroom.presenting import serving, starting

    path = source_of(lessons, number)
    place = into / "present"
    try:
        if page:
            server = starting.page(
                path, place, port=port, viewers=viewers, share=share, route=route
            )
        else:
            server = starting.lab(path, place, port=port, dark=dark)
        typer.echo("One moment ...")
        code = serving.serve(server, browser=browser, say=typer.echo)
    except (serving.PresentingError, UnknownName) as error:
        stop(str(error))
    raise typer.Exit(code)


def rehearse(number: Number, lessons: Lessons = None, into: Into = BUILD) -> None:
    """Run a lesson as if the class were here: time, network, size of text; and keep its pictures.

    The report is printed and kept, and every picture is saved as a still to fall back on. The
    command ends with 1 where something is not fine.
    """
    from ..classroom.rehearsing import rehearsal, rehearsal_report, stills

    path = source_of(lessons, number)
    typer.echo("One moment ...")
    held = rehearsal.rehearse(path, pages=into, lock=path.parents[2] / "requirements.lock")
    text = rehearsal_report.report(held)
    typer.echo(text)
    written(into / f"rehearsal-{path.stem[:2]}.md", text)
    page = stills.write(held.stills, into / "stills" / path.stem[:2], held.title)
    typer.echo(f"{page} written")
    raise typer.Exit(1 if held.findings else 0)
