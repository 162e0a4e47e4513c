"""`porch class live`: a class answers on its phones, and the projector shows what it thinks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .chosen_course import Lessons, Number, source_of
from .writing import BUILD, stop


def live(
    number: Number,
    share: Annotated[
        bool, typer.Option("--share", help="Phones of your network may join; not encrypted.")
    ] = False,
    port: Annotated[
        int | None, typer.Option(min=1024, max=65535, help="Port; a free one without it.")
    ] = None,
    room: Annotated[
        str | None, typer.Option("--room", help="Code of a closed room, to go on with it.")
    ] = None,
    new: Annotated[
        bool, typer.Option("--new", help="A new room, also where one was not closed.")
    ] = False,
    browser: Annotated[bool, typer.Option(help="Open the projector's page.")] = True,
    lessons: Lessons = None,
    into: Annotated[Path, typer.Option(help="Folder for what is collected.")] = BUILD,
) -> None:
    """Let a class answer a lesson's questions on its phones, and show the answers as they come.

    The projector shows a QR code and a short address with a code. Nobody needs an account: a
    phone gives a team's name, or one's own. A later answer takes the place of an earlier one,
    until you press Reveal. Without --share only this computer can open the room.

    If this program is killed, start it again: it goes on with the same room, and phones need
    not join again. What was collected lies in the folder that is named at the end, as hand-ins:
    porch class grade reads them.
    """
    from ..classroom.live import opening
    from ..classroom.presenting.serving import PresentingError

    source = source_of(lessons, number)
    try:
        made = opening.prepared(
            source, into / "live", number, port=port, share=share, code=room, new=new
        )
        opening.serve(made, browser=browser, say=typer.echo)
    except PresentingError as error:
        stop(str(error))
