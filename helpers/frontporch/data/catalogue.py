"""The catalogue: every data set by its name: the kit's, networkx' and those of one's own."""

from __future__ import annotations

from types import ModuleType

import pandas as pd

from ..citing import KEY, Made
from ..names import pick
from . import graphs, packages
from .description import Description


def names() -> list[str]:
    """List the data sets.

    Examples
    --------
    >>> "karate_club" in names()
    True
    """
    return sorted([*packages.names(), *graphs.GRAPHS])


def load(name: str, table: str | None = None) -> pd.DataFrame:
    """Return a table of a data set.

    Parameters
    ----------
    name : str
        One of `names()`.
    table : str, optional
        Which table of it; `describe` lists them. The first where none is named; a graph has
        "ties" and "people".

    Returns
    -------
    pandas.DataFrame
        Typed as the data dictionary says: days as datetime64, whole numbers as int64 (Int64
        where some are missing), text as pandas' own.

    Raises
    ------
    UnknownName
        If there is no such data set or table; the text names the nearest.
    FileNotFoundError
        If the installation has no data sets.

    Examples
    --------
    >>> load("karate_club").shape
    (78, 3)
    >>> load("karate_club", "people").club.unique().tolist()
    ['Mr. Hi', 'Officer']
    """
    home = _home(name)
    found = home.load(name, table)
    said = f"data set {name}" + (f", table {table}" if table else "")
    found.attrs[KEY] = Made(data=(f"{said}: {home.describe(name).citation.rstrip('.')}",)).plain()
    return found


def describe(name: str) -> Description:
    """Return what a data set says about itself: columns, units, rows, source, licence.

    Parameters
    ----------
    name : str
        One of `names()`.

    Raises
    ------
    UnknownName
        If there is no such data set; the text names the nearest.
    FileNotFoundError
        If the installation has no data sets.

    Examples
    --------
    >>> describe("karate_club").rows["ties"]
    78
    >>> describe("les_miserables").synthetic
    False
    """
    return _home(name).describe(name)


def _home(name: str) -> ModuleType:
    if name in graphs.GRAPHS:
        return graphs
    pick(name, names(), "data set")
    return packages
