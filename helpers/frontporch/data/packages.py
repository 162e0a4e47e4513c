"""Data sets in folders: one folder each, with a Frictionless Data Package beside the tables."""

from __future__ import annotations

import json
import os
from importlib import resources
from pathlib import Path
from typing import Any

import pandas as pd

from ..names import pick
from ..tables import Contract, read
from ..tables.reader import parse
from .description import Description

DESCRIPTOR = "datapackage.json"
NEEDED = ("title", "description", "licenses", "sources", "synthetic", "citation", "resources")
OF_A_TABLE = ("name", "path", "rows", "schema")
VARIABLE = "FRONTPORCH_DATA"
"""Names folders of data sets of one's own, with the sign between them that PATH has."""

_added: list[Path] = []


def add(folder: str | os.PathLike[str]) -> list[str]:
    """Add a folder of data sets of your own, for as long as Python runs.

    A data set is a folder in it, with a `datapackage.json` that says what the tables are, as in
    the kit's own folder. The variable FRONTPORCH_DATA names such folders once and for all.

    Parameters
    ----------
    folder : path
        The folder in which the data sets lie.

    Returns
    -------
    list of str
        Names of the data sets in it; `load` and `describe` know them now.

    Raises
    ------
    FileNotFoundError
        If there is no such folder, or no data set in it.
    ValueError
        If a data set has the name of another one.

    Examples
    --------
    >>> add("nowhere")
    Traceback (most recent call last):
    ...
    FileNotFoundError: There is no folder nowhere: check the path.
    """
    place = Path(folder)
    if not place.is_dir():
        raise FileNotFoundError(f"There is no folder {place}: check the path.")
    found = sorted(file.parent.name for file in place.glob(f"*/{DESCRIPTOR}"))
    if not found:
        raise FileNotFoundError(
            f"The folder {place} has no data set: each is a folder in it, with a {DESCRIPTOR}."
        )
    place = place.resolve()
    if place not in _added:
        _added.append(place)
        try:
            _places()
        except ValueError:
            _added.remove(place)
            raise
    return found


def _places() -> dict[str, Path]:
    """Give the folder of each data set by its name, the kit's own first."""
    own = [Path(one) for one in os.environ.get(VARIABLE, "").split(os.pathsep) if one]
    for one in own:
        if not one.is_dir():
            raise FileNotFoundError(f"{VARIABLE} names {one}, but there is no such folder.")
    found: dict[str, Path] = {}
    for place in dict.fromkeys([folder(), *(one.resolve() for one in own), *_added]):
        for file in sorted(place.glob(f"*/{DESCRIPTOR}")):
            name = file.parent.name
            if name in found:
                raise ValueError(
                    f"Two data sets are called {name!r}: {found[name]} and {file.parent}. Rename "
                    "the folder of your own."
                )
            found[name] = file.parent
    return found


def folder() -> Path:
    """Return the folder of the data sets: in the installed package, or in the project.

    Raises
    ------
    FileNotFoundError
        If neither has one.
    """
    package = Path(str(resources.files("frontporch")))
    for place in (package / "datasets", package.parents[1] / "datasets"):
        if place.is_dir():
            return place
    raise FileNotFoundError(
        "The data sets are missing from this installation of Front Porch: install it anew, or "
        "work in a full copy of the project, which has them in the folder datasets."
    )


def names() -> list[str]:
    """List the data sets that the kit carries, and those of folders of one's own."""
    return sorted(_places())


def load(name: str, table: str | None = None) -> pd.DataFrame:
    """Return a table of a data set, typed by its schema; the first where none is named."""
    tables = {one["name"]: one for one in _package(name)["resources"]}
    chosen = next(iter(tables)) if table is None else pick(table, tables, f"table in {name}")
    contract = Contract.from_schema(tables[chosen]["schema"], chosen)
    place = _places()[name]
    file = place / tables[chosen]["path"]
    # Ours are checked by the tests; those of others when they are loaded.
    return parse(file, contract) if place.parent == folder() else read(file, contract)


def describe(name: str) -> Description:
    """Return what the descriptor of a data set says."""
    package = _package(name)
    columns = [
        Contract.from_schema(one["schema"], one["name"]).columns().assign(table=one["name"])
        for one in package["resources"]
    ]
    return Description(
        name=name,
        title=package["title"],
        description=package["description"],
        columns=pd.concat(columns, ignore_index=True).rename(columns={"name": "column"})[
            ["table", "column", "type", "unit", "meaning"]
        ],
        rows={one["name"]: one["rows"] for one in package["resources"]},
        sources=tuple(_worded(source) for source in package["sources"]),
        licence="; ".join(_worded(licence) for licence in package["licenses"]),
        synthetic=package["synthetic"],
        citation=package["citation"],
    )


def _package(name: str) -> dict[str, Any]:
    """Read a descriptor, and say what is missing in it.

    Raises
    ------
    ValueError
        If it is not JSON, or lacks what every data set needs.
    """
    file = _places()[name] / DESCRIPTOR
    try:
        package = json.loads(file.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise ValueError(
            f"{name}/{DESCRIPTOR} is not JSON, line {error.lineno}, column {error.colno}: "
            f"{error.msg}. Look for a comma too many or too few just before."
        ) from error
    missing = [repr(key) for key in NEEDED if key not in package]
    for number, table in enumerate(package.get("resources", []), start=1):
        missing += [f"{key!r} of table {number}" for key in OF_A_TABLE if key not in table]
    if missing:
        raise ValueError(
            f"{name}/{DESCRIPTOR} lacks {', '.join(missing)}: copy it from another data set and "
            "rewrite it."
        )
    return package


def _worded(one: dict[str, str]) -> str:
    title = one.get("title") or one["name"]
    return f"{title}, {one['path']}" if "path" in one else title
