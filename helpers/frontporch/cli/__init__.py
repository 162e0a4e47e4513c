"""The command `porch`: what an instructor makes of the lessons, and of a class."""

import typer

from . import class_predictions, classes, lessons, presenting

app = typer.Typer(
    name="porch",
    help="Make, rehearse and present lessons, and grade what a class hands in.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command("lessons")(lessons.list_lessons)
app.add_typer(lessons.lesson, name="lesson")
app.command("present")(presenting.present)
app.command("rehearse")(presenting.rehearse)
classes.classes.command("predictions")(class_predictions.predictions)
app.add_typer(classes.classes, name="class")

__all__ = ["app"]
