"""`porch game`: a year on Main Street by files, a round at a time, without any server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .writing import stop, written

if TYPE_CHECKING:
    from ..game.play import Play
    from ..game.store import Folder

game = typer.Typer(help="Play a year on Main Street by files.", no_args_is_help=True)
Place = Annotated[Path, typer.Argument(help="Folder of the game.")]


@game.command(short_help="Begin a game in a folder.")
def new(
    folder: Place,
    teams: Annotated[str, typer.Option(help="Names, with commas between them: Ada,Bo,Cy.")],
    rounds: Annotated[int, typer.Option(help="How many, from 1 to 12.")] = 10,
    seed: Annotated[int, typer.Option(help="Where the town and all luck come from.")] = 7,
    weeks: Annotated[int, typer.Option(help="Weeks of a round.")] = 4,
    policy: Annotated[
        list[str] | None,
        typer.Option(help="Who plays a team without people: --policy Cy=usual; more than once."),
    ] = None,
) -> None:
    """Write the rules, and a folder for each team with how to play and its first form.

    Nobody needs to know the seed; it is in game.json. Give a team its folder, and let it hand in
    round_01/NAME.json.
    """
    from ..game import Game, simulate
    from ..game.store import Folder

    try:
        pairs = [one.partition("=")[::2] for one in policy or []]
        played = {team.strip(): name.strip() for team, name in pairs}
        rules = Game(
            seed=seed,
            teams=[one for one in teams.split(",") if one.strip()],
            rounds=rounds,
            weeks_a_round=weeks,
            policies=played,
        )
        made = Folder.create(folder, rules)
    except (ValueError, TypeError, OSError) as error:
        stop(str(error))
    made.round_folder(1).mkdir()
    _hand_out(made, simulate(rules))
    typer.echo(f"Round 1: put each team's file into {made.round_folder(1)}, then")
    typer.echo(f"porch game round {folder}")


@game.command("round", short_help="Resolve the next round with what was handed in.")
def next_round(
    folder: Place,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Go on even if nobody has handed anything in.")
    ] = False,
) -> None:
    """Resolve the next round, and write each team a folder with its tables and what happened.

    A team whose file is missing or cannot be used goes on as before, and its folder says why. If
    this program is killed, start it again: it goes on where it was.
    """
    opened, played = _opened(folder)
    if played.rounds and not _handed_out(opened, played):
        typer.echo(f"Round {played.rounds} has been resolved, but not all folders were written.")
    elif played.over:
        stop(f"All {played.game.rounds} rounds have been played: porch game debrief {folder}")
    else:
        number = played.rounds + 1
        if not opened.given(number) and not anyway:
            stop(
                f"Nobody has handed anything in: {opened.round_folder(number)} is empty. To go on "
                f"all the same: porch game round {folder} --anyway"
            )
        played = _or_stop(opened.resolve)
    _hand_out(opened, played)
    for number, team, reason in played.rejected:
        if number == played.rounds:
            typer.echo(f"- {reason}" if reason.startswith(team) else f"- {team}: {reason}")
    _tell(played)


@game.command(short_help="Say who has handed in, and how the game stands.")
def status(folder: Place) -> None:
    """Say who has handed in for the coming round, whether it can be used, and the standings."""
    opened, played = _opened(folder)
    if played.over:
        typer.echo(f"All {played.game.rounds} rounds have been played.")
    else:
        number = played.rounds + 1
        typer.echo(f"Round {number} of {played.game.rounds}")
        _, rejected = played.accepted(opened.given(number))
        faults = {team: reason for _, team, reason in rejected}
        for team in [*played.game.players, *(set(faults) - set(played.game.players))]:
            typer.echo(f"- {team}: {faults.get(team, 'handed in')}")
    if played.rounds:
        _tell(played)


@game.command(short_help="A notebook and slides on what the game can teach.")
def debrief(folder: Place) -> None:
    """Write debrief.ipynb and debrief-slides.html into the game's folder.

    The game is played again in other ways on the same luck, some hundred times: with eight teams
    and ten rounds this takes a minute or two. The notebook needs nothing but the folder.
    """
    from ..classroom.copying import game_debrief
    from ..classroom.copying import slides as deck
    from ..classroom.copying.carried_scripts import require_scripts

    require_scripts()
    opened, played = _opened(folder)
    if not played.rounds:
        stop(f"No round has been played yet: porch game round {folder}")
    typer.echo("Playing the game again in other ways; this may take a minute or two.")
    book = _or_stop(lambda: game_debrief.run(game_debrief.notebook(played), opened.path))
    written(opened.path / "debrief.ipynb", book)
    written(opened.path / "debrief-slides.html", deck.slides(book))


def _opened(folder: Path) -> tuple[Folder, Play]:
    from ..game import load

    opened = _or_stop(lambda: load(folder))
    for one in _or_stop(opened.changed):
        typer.echo(f"Note: {one}")
    return opened, _or_stop(opened.play)


def _or_stop(what: Any) -> Any:
    try:
        return what()
    except (ValueError, OSError) as error:
        stop(str(error))


def _handed_out(opened: Folder, played: Play) -> bool:
    from ..game.handout import folder_name

    return all((opened.path / folder_name(played, one)).is_dir() for one in played.game.players)


def _hand_out(opened: Folder, played: Play) -> None:
    from ..game.handout import write_folder

    for team in played.game.players:
        typer.echo(f"{write_folder(opened.path, played, team)} written")
    if not played.over:
        opened.round_folder(played.rounds + 1).mkdir(exist_ok=True)


def _tell(played: Play) -> None:
    from ..rounding import decimal

    typer.echo(f"After round {played.rounds}:")
    for row in played.standings().itertuples():
        gain = decimal(row.this_round, signed=True)
        typer.echo(f"{row.rank}. {row.team}: {decimal(row.cash)} dollars ({gain} this round)")
    luck = decimal(played.standings()["luck"].iloc[0])
    typer.echo(f"Luck alone spreads equal teams by about {luck} dollars by now.")
