"""`porch class live`: a class answers or plays on its phones, and the projector shows it."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Annotated, Any

import typer

from .chosen_course import Lessons, source_of
from .writing import BUILD, stop

GAME = "game"
What = Annotated[str, typer.Argument(help="Number of the lesson, such as 1; or the word game.")]
Folder = Annotated[
    Path | None, typer.Argument(help="Folder of a game, to begin it there or go on with it.")
]
Share = Annotated[
    bool, typer.Option("--share", help="Phones of your network may join; not encrypted.")
]
Port = Annotated[int | None, typer.Option(min=1024, max=65535, help="Port; a free one without it.")]
Code = Annotated[
    str | None, typer.Option("--room", help="Code of a closed room, to go on with it.")
]
New = Annotated[bool, typer.Option("--new", help="A new room, also where one was not closed.")]
Browser = Annotated[bool, typer.Option(help="Open the projector's page.")]
Into = Annotated[Path, typer.Option(help="Folder for what is collected.")]
Rounds = Annotated[int, typer.Option(min=1, max=12, help="Game: how many rounds.")]
Weeks = Annotated[int, typer.Option(min=1, max=13, help="Game: weeks of a round.")]
Shops = Annotated[
    int, typer.Option(min=2, max=8, help="Game: shops at least; the computer runs empty ones.")
]
People = Annotated[
    int | None,
    typer.Option(min=100, max=50_000, help="Game: people of the town; as many as feed the shops."),
]
Seed = Annotated[
    int | None, typer.Option(min=0, help="Game: seed of the town; one that nobody knows without.")
]
Minutes = Annotated[
    float, typer.Option(min=0, max=600, help="Game: minutes of a round's clock; 0 for no clock.")
]
Auto = Annotated[
    bool, typer.Option("--auto", help="Game: a round is resolved when its clock runs out.")
]


def live(
    what: What,
    folder: Folder = None,
    share: Share = False,
    port: Port = None,
    room: Code = None,
    new: New = False,
    browser: Browser = True,
    lessons: Lessons = None,
    into: Into = BUILD,
    rounds: Rounds = 10,
    weeks: Weeks = 4,
    shops: Shops = 4,
    people: People = None,
    seed: Seed = None,
    minutes: Minutes = 0.0,
    auto: Auto = False,
) -> None:
    """Let a class answer a lesson's questions on its phones, or play a game in teams.

    The projector shows a QR code and a short address with a code. Nobody needs an account: a
    phone gives a team's name, or one's own. In a lesson, a later answer takes the place of an
    earlier one until you press Reveal. In a game, teams run rival shops: a later decision takes
    the place of an earlier one until you press Resolve. Without --share only this computer can
    open the room.

    If this program is killed, start it again: it goes on with the same room, and phones need
    not join again. What was collected lies in the folder that is named at the end, as hand-ins:
    porch class grade reads them.
    """
    from ..classroom.live import opening
    from ..classroom.live.game_room import Rules
    from ..classroom.presenting.serving import PresentingError

    words: dict[str, Any] = {"port": port, "share": share, "code": room, "new": new}
    try:
        if what == GAME:
            played = {
                "seed": secrets.randbelow(2**31) if seed is None else seed,
                "rounds": rounds,
                "weeks_a_round": weeks,
                "people": people,
            }
            rules = Rules(played, shops, minutes=minutes, auto=auto)
            made = opening.prepared_game(folder, into / "live", rules, **words)
        elif folder is not None:
            stop(f"A folder goes with a game: porch class live game {folder}")
        else:
            made = opening.prepared(source_of(lessons, what), into / "live", what, **words)
        opening.serve(made, browser=browser, say=typer.echo)
    except PresentingError as error:
        stop(str(error))
