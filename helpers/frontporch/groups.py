"""Packages that not everybody installs: the group of each, and the line that adds it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The project's folder, where this package lies in one."""

STARTS = {"lab": "", "build": "", "test": " test"}
"""Groups that a start of the project brings by itself, and with which word."""


class MissingPackage(ModuleNotFoundError):  # noqa: N818 - read by students: a fact, not an Error
    """A package that is not installed; its text says which line adds it."""


@cache
def groups() -> dict[str, dict[str, str]]:
    """List what each group installs on this machine, as the package's own metadata say.

    Returns
    -------
    dict of str to dict of str to str
        For each group the names of its packages, and for each name the package with its range of
        versions, as pip takes it.

    Examples
    --------
    >>> sorted(groups()["fast"])
    ['numba']
    """
    from importlib.metadata import PackageNotFoundError, metadata

    from packaging.requirements import Requirement  # comes with matplotlib

    try:
        told = metadata("frontporch")
    except PackageNotFoundError:  # the folder was put on Python's path, and nothing installed
        return {}
    lines = [Requirement(line) for line in told.get_all("Requires-Dist") or []]
    return {
        group: {
            _normal(one.name): str(one).partition(";")[0].strip()
            for one in lines
            if one.marker and one.marker.evaluate({"extra": group})
        }
        for group in told.get_all("Provides-Extra") or []
    }


def group_of(package: str) -> str | None:
    """Name the group that installs a package; None if no group does.

    Parameters
    ----------
    package : str
        Its name, or that of its module.

    Examples
    --------
    >>> group_of("numba"), group_of("numpy")
    ('fast', None)
    """
    return next((group for group, names in groups().items() if _normal(package) in names), None)


def is_there(module: str) -> bool:
    """Say whether a module can be imported, without importing it.

    Examples
    --------
    >>> is_there("numpy"), is_there("nympy")
    (True, False)
    """
    return find_spec(module) is not None


def line_for(*packages: str) -> str:
    """Give the line that adds packages to the environment that is running.

    In the project's own environment it is a start with their groups. Anywhere else it asks pip for
    the versions with which this release works.

    Parameters
    ----------
    *packages : str
        Their names, or those of their modules.

    Examples
    --------
    >>> line_for("numba") in ("python start.py --with fast", 'pip install "numba>=0.61"')
    True
    """
    if _is_projects_own():
        wanted = {group: f" --with {group}" for one in packages if (group := group_of(one))}
        return "python start.py" + "".join(sorted((wanted | STARTS)[group] for group in wanted))
    known = {name: line for names in groups().values() for name, line in names.items()}
    lines = [known.get(_normal(one), _normal(one)) for one in packages]
    return " ".join(["pip install", *(f'"{line}"' for line in lines)])


def way_to_add(*packages: str) -> str:
    """Say which line adds packages, and where it has to be typed.

    Parameters
    ----------
    *packages : str
        Their names, or those of their modules.

    Examples
    --------
    >>> way_to_add("numba").startswith("run  ")
    True
    """
    if not _is_projects_own():
        return f"run  {line_for(*packages)}  in this environment"
    others = [_normal(one) for one in packages if group_of(one) is None]
    first = f"write {' and '.join(others)} into my-packages.txt, then " if others else ""
    return f"{first}run  {line_for(*packages)}  in the project's folder"


def missing(what: str, *packages: str, instead: str = "") -> MissingPackage:
    """Make the error that says what needs packages which are not installed.

    Parameters
    ----------
    what : str
        What needs them, as the beginning of a sentence: "A Parquet file".
    *packages : str
        Their names, or those of their modules.
    instead : str
        What to do without them, as the end of a sentence: "give CSV".

    Examples
    --------
    >>> print(missing("A Parquet file", "nympy", instead="give CSV"))  # doctest: +ELLIPSIS
    A Parquet file needs nympy, which is not installed: ..., or give CSV.
    """
    names = [_normal(one) for one in packages]
    are = "are" if len(names) > 1 else "is"
    ways = way_to_add(*packages) + (f", or {instead}" if instead else "")
    sentence = f"{what} needs {' and '.join(names)}, which {are} not installed: {ways}."
    return MissingPackage(sentence, name=names[0])


def require(what: str, *modules: str, instead: str = "") -> None:
    """Stop before work begins if a module that it needs is not installed.

    Parameters
    ----------
    what, instead : str
        As in `missing`.
    *modules : str
        The modules; all that are not there are named.

    Raises
    ------
    MissingPackage
        If one is not installed.

    Examples
    --------
    >>> require("A table", "pandas")
    """
    lacking = [one for one in modules if not is_there(one)]
    if lacking:
        raise missing(what, *lacking, instead=instead)


@contextmanager
def needs(what: str, instead: str = "") -> Iterator[None]:
    """Import packages of a group inside this context, which says what to do where one is missing.

    Parameters
    ----------
    what, instead : str
        As in `missing`.

    Raises
    ------
    MissingPackage
        If an import inside does not find a package of a group.

    Examples
    --------
    >>> with needs("A table"):
    ...     import pandas
    """
    try:
        yield
    except MissingPackage:
        raise
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if group_of(package) is None:
            raise
        raise missing(what, package, instead=instead) from None


def _is_projects_own() -> bool:
    """Whether the environment that runs is the one that start.py has made."""
    return (ROOT / "start.py").is_file() and Path(sys.prefix).resolve() == ROOT / ".venv"


def _normal(name: str) -> str:
    """Spell a package as the metadata do, or a module like its package."""
    return re.sub(r"[-_.]+", "-", name).lower()
