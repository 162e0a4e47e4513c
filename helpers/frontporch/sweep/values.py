"""What a parameter may be, and what a run may give: plain values that a text holds exactly."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]


def plain(value: Any, what: str, *, finite: bool = True) -> Any:
    """Give a value as Python's own kinds, so that every engine hands on the same.

    Parameters
    ----------
    value : object
        A number of numpy becomes Python's, a tuple a list, a path its text.
    what : str
        What the value is, for the error: "parameter 'people'".
    finite : bool
        Whether a missing or infinite number is refused.

    Raises
    ------
    ValueError
        If a number is missing or infinite.
    TypeError
        If it is of a kind that a text does not hold.

    Examples
    --------
    >>> plain((np.int64(3), 0.5), "parameter 'a'")
    [3, 0.5]
    """
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        if finite and not math.isfinite(value):
            raise ValueError(f"{what} is {value}, but a finite number is needed.")
        return value
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if isinstance(value, np.ndarray):
        return plain(value.tolist(), what, finite=finite)
    if isinstance(value, (Sequence, range)) and not isinstance(value, (bytes, bytearray)):
        return [plain(one, what, finite=finite) for one in value]
    if isinstance(value, Mapping):
        return {str(name): plain(one, what, finite=finite) for name, one in value.items()}
    raise TypeError(
        f"{what} is a {type(value).__name__}, but a number, a text, True, False, None or a list of "
        "them is needed."
    )


def rows_of(given: Any, taken: frozenset[str]) -> list[dict[str, Any]]:
    """Give what a run returned as rows of a table.

    Parameters
    ----------
    given : object
        A number (it becomes the column `value`), a mapping of names to numbers and texts, a list
        of such mappings, a table, or a result whose `summary()` is a table.
    taken : frozenset of str
        Names of columns that a result cannot have.

    Raises
    ------
    TypeError, ValueError
        If it is nothing of this kind; the text says what to return.

    Examples
    --------
    >>> rows_of({"reach": np.float64(12.5)}, frozenset())
    [{'reach': 12.5}]
    >>> rows_of(3, frozenset())
    [{'value': 3}]
    """
    if hasattr(given, "summary") and callable(given.summary):
        given = given.summary()
    if hasattr(given, "to_dict") and getattr(given, "ndim", 0) == 2:
        given = given.to_dict("records")
    elif hasattr(given, "to_dict") and getattr(given, "ndim", 0) == 1:
        given = given.to_dict()
    if given is None:
        raise TypeError("the function returned None: does it end with `return`?")
    if isinstance(given, (bool, int, float, str, np.generic)):
        given = {"value": given}
    if isinstance(given, Mapping):
        given = [given]
    if not isinstance(given, list) or not all(isinstance(one, Mapping) for one in given):
        raise TypeError(
            f"the function returned a {type(given).__name__}: return a number, or a dictionary "
            "such as {'reach': 12.5}."
        )
    if not given:
        raise ValueError("the function returned no row at all: return one row or more.")
    rows = [{str(name): _cell(one, str(name)) for name, one in row.items()} for row in given]
    clash = sorted(set().union(*rows) & taken)
    if clash:
        raise ValueError(
            f"the function returned {clash[0]!r}, which is the name of a parameter (or of the "
            "column that counts replications): return it under another name."
        )
    return rows


def _cell(value: Any, name: str) -> Any:
    value = plain(value, f"what the function returned as {name!r}", finite=False)
    if isinstance(value, (list, dict)):
        raise TypeError(
            f"the function returned several values as {name!r}: return each under a name of its "
            "own, or a list of dictionaries, one a row."
        )
    return value
