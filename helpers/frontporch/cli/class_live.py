"""`porch class live`: a class answers or plays on its phones, and the projector shows it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from .chosen_course import Lessons, Number, source_of
from .writing import BUILD, stop

LESSON, GAME = "lesson", "game"


class _OrLesson(TyperGroup):
    """What is no command is the number of a lesson, or an option before it."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in {*self.commands, *self.get_help_option_names(ctx)}:
            args = [LESSON, *args]
        return super().parse_args(ctx, args)


live = typer.Typer(
    cls=_OrLesson,
    help="Let a class answer a lesson's questions on its phones, or play a game in teams.",
    no_args_is_help=True,
)

Folder = Annotated[
    Path | None, typer.Argument(help="Folder of the game, to begin it there or go on with it.")
]
Share = Annotated[
    bool, typer.Option("--share", help="Let phones of your network join; not encrypted.")
]
Port = Annotated[int | None, typer.Option(min=1024, max=65535, help="Port; by default a free one.")]
Code = Annotated[
    str | None, typer.Option("--room", help="Code of a closed room, to go on with it.")
]
New = Annotated[bool, typer.Option("--new", help="Open a new room, even if one was not closed.")]
Browser = Annotated[bool, typer.Option(help="Open the projector's page.")]
Into = Annotated[Path, typer.Option(help="Folder for what is collected.")]
Rounds = Annotated[int, typer.Option(min=1, max=12, help="How many rounds.")]
Weeks = Annotated[int, typer.Option(min=1, max=13, help="Weeks of a round.")]
Shops = Annotated[
    int, typer.Option(min=2, max=8, help="Shops at least; the computer runs empty ones.")
]
People = Annotated[
    int | None,
    typer.Option(
        min=100, max=50_000, help="People of the town; by default as many as the shops need."
    ),
]
Seed = Annotated[int | None, typer.Option(min=0, help="Seed of the town; by default a secret one.")]
Minutes = Annotated[
    float, typer.Option(min=0, max=600, help="Minutes of a round's clock; 0 for no clock.")
]
Auto = Annotated[bool, typer.Option("--auto", help="A round is resolved when its clock runs out.")]


@live.command(LESSON, short_help="Answer a lesson's questions: porch class live 5")
def lesson(
    number: Number,
    share: Share = False,
    port: Port = None,
    room: Code = None,
    new: New = False,
    browser: Browser = True,
    into: Into = BUILD,
    lessons: Lessons = None,
) -> None:
    """Let a class answer a lesson's questions on its phones.

    The projector shows a QR code and a short address with a code. Nobody needs an account: a
    phone gives a team's name, or one's own. A later answer takes the place of an earlier one
    until you press Reveal. Without --share only this computer can open the room.

    If this program is killed, start it again: it goes on with the same room, and phones need
    not join again. What was collected lies in the folder that is named at the end, as hand-ins:
    porch class grade reads them.
    """
    from ..classroom.live import opening

    if number == GAME:
        stop("The word game comes before its options, such as: porch class live game --share")
    source = source_of(lessons, number)
    with _errors():
        made = opening.prepared(
            source, into / "live", number, port=port, share=share, code=room, new=new
        )
        opening.serve(made, browser=browser, say=typer.echo)


@live.command(GAME, short_help="Play rival shops in teams: porch class live game")
def game(
    folder: Folder = None,
    share: Share = False,
    port: Port = None,
    room: Code = None,
    new: New = False,
    browser: Browser = True,
    into: Into = BUILD,
    rounds: Rounds = 10,
    weeks: Weeks = 4,
    shops: Shops = 4,
    people: People = None,
    seed: Seed = None,
    minutes: Minutes = 0.0,
    auto: Auto = False,
) -> None:
    """Let teams run rival shops on their phones.

    The projector shows a QR code and a short address with a code. Nobody needs an account: a
    phone gives a team's name. A later decision takes the place of an earlier one until you press
    Resolve. Without --share only this computer can open the room.

    If this program is killed, start it again: it goes on with the same round, and phones need
    not join again. What was collected lies in the folder that is named at the end, as hand-ins:
    porch class grade reads them.
    """
    from ..classroom.live import opening
    from ..classroom.live.game_room import Rules

    played = {
        "seed": secrets.randbelow(2**31) if seed is None else seed,
        "rounds": rounds,
        "weeks_a_round": weeks,
        "people": people,
    }
    rules = Rules(played, shops, minutes=minutes, auto=auto)
    with _errors():
        made = opening.prepared_game(
            folder, into / "live", rules, port=port, share=share, code=room, new=new
        )
        opening.serve(made, browser=browser, say=typer.echo)


@contextmanager
def _errors() -> Iterator[None]:
    from ..classroom.presenting.serving import PresentingError

    try:
        yield
    except PresentingError as error:
        stop(str(error))
