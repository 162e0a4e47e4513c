"""`porch doctor`: whether numbers come out as they should, and which groups are installed."""

from __future__ import annotations

from itertools import groupby

import typer

from ..groups import groups, way_to_add
from .known_numbers import NUMBERS, Known

INSTALLERS = "build"
"""The group that start.py works with; nobody who uses the kit needs it."""

REMEDY = (
    "Rename the folder .venv and run  python start.py  again. If they still differ, send this "
    "text to whoever gave you Front Porch."
)


def doctor() -> None:
    """Compare known numbers with what this computer makes of them, and list what is installed.

    The command ends with 1 where a number differs.
    """
    typer.echo(f"{'':<32}{'known':>14}{'here':>14}  difference")
    agrees = []
    for subject, numbers in groupby(NUMBERS, lambda one: one.subject):
        typer.echo(subject)
        agrees += [_compared(one) for one in numbers]
    wrong = agrees.count(False)
    if wrong:
        typer.echo(f"\n{wrong} of {len(agrees)} numbers differ. {REMEDY}\n")
    else:
        typer.echo(f"\nAll {len(agrees)} numbers agree.\n")
    for group, packages in groups().items():
        if group == INSTALLERS:
            continue
        lacking = [name for name in packages if not _installed(name)]
        told = f"without {', '.join(lacking)}: {way_to_add(*lacking)}" if lacking else "installed"
        typer.echo(f"{group:<12}{told}")
    raise typer.Exit(1 if wrong else 0)


def _compared(one: Known) -> bool:
    """Print a known number beside the one of this computer; say whether they agree."""
    from ..rounding import number

    known = f"  {one.what:<30}{number(one.stored, 8):>14}"
    try:
        found = one.computed()
    except Exception as error:  # whatever is broken is what a doctor has to name
        typer.echo(f"{known}  fails: {type(error).__name__}: {error}")
        return False
    agrees = one.agrees(found)
    difference = number(found - one.stored, 1, scale=abs(one.stored))
    told = "" if agrees else f": too much, as it is known from {one.source}"
    typer.echo(f"{known}{number(found, 8):>14}  {difference}{told}")
    return agrees


def _installed(package: str) -> bool:
    from importlib.metadata import PackageNotFoundError, version

    try:
        version(package)
    except PackageNotFoundError:
        return False
    return True
