"""The words that follow `porch`, each with what it does."""

import typer

from . import (
    chosen_course,
    class_live,
    class_predictions,
    classes,
    doctor,
    game,
    lessons,
    presenting,
    site,
    sticks,
    sweeps,
)

porch = typer.Typer(
    name="porch",
    no_args_is_help=True,
    rich_markup_mode=None,  # plain words: at once, and without frames for a screen reader
    pretty_exceptions_enable=False,
)
porch.callback()(chosen_course.choose)
# What stands in the list of commands has to fit on one line of 80.
porch.command("lessons", short_help="List the lessons, and which copies are up to date.")(
    lessons.list_lessons
)
porch.add_typer(lessons.lesson, name="lesson")
porch.command("present", short_help="Open a lesson for the projector, with or without code.")(
    presenting.present
)
porch.command("rehearse", short_help="Run a lesson as if the class were here, and report.")(
    presenting.rehearse
)
porch.command("doctor", short_help="Check known numbers, and list what is installed.")(
    doctor.doctor
)
porch.command("stick", short_help="Pack all of it for a class without a network.")(sticks.stick)
porch.command("site", short_help="Make a folder of pages whose lessons run in a browser.")(
    site.site
)
classes.classes.command(
    "predictions", short_help="Gather predictions: a picture a question, and a table."
)(class_predictions.predictions)
classes.classes.add_typer(
    class_live.live,
    name="live",
    short_help="Let a class answer on its phones; the projector shows it.",
)
porch.add_typer(classes.classes, name="class")
porch.add_typer(sweeps.sweeps, name="sweep")
porch.add_typer(game.game, name="game")
