"""The words that follow `porch`, each with what it does."""

import typer

from . import class_predictions, classes, doctor, lessons, presenting, sticks

porch = typer.Typer(
    name="porch",
    help="Make, rehearse and present lessons, and grade what a class hands in.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
porch.command("lessons")(lessons.list_lessons)
porch.add_typer(lessons.lesson, name="lesson")
porch.command("present")(presenting.present)
porch.command("rehearse")(presenting.rehearse)
porch.command("doctor")(doctor.doctor)
porch.command("stick")(sticks.stick)
classes.classes.command("predictions")(class_predictions.predictions)
porch.add_typer(classes.classes, name="class")
