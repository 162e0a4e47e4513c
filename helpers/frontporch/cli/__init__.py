"""The command `porch`: what an instructor makes of the lessons, and of a class."""

from __future__ import annotations

import sys

from ..groups import MissingPackage, require


def app() -> None:
    """Run the command; where it needs a package that is missing, say which line adds it."""
    try:
        require("The command porch", "jupyterlab", "nbclient", "nbconvert", "nbformat", "typer")
        from .commands import porch

        porch()
    except MissingPackage as error:
        sys.exit(str(error))
