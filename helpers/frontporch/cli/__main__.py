"""`python -m frontporch.cli` does the same as the command `porch`."""

from . import app

app()
