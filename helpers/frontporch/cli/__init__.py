"""The command `porch`: what an instructor makes of the lessons."""

import typer

from . import lessons

app = typer.Typer(
    name="porch",
    help="Make every copy of a lesson from its one source.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command("lessons")(lessons.list_lessons)
app.add_typer(lessons.lesson, name="lesson")

__all__ = ["app"]
