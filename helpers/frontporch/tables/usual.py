"""Columns by the names that people use, and names for columns that have none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .cells import as_numbers
from .contract import Contract, Field
from .reading import Reading
from .sheet import Sheet
from .times import read_times

_SIGNS = re.compile(r"[\W_]+")
_UNIT = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*$")
"""What stands in brackets behind a name, such as a unit."""
_LEAST_SECONDS = 1e8


def plain(name: str) -> str:
    """Write a column's name without signs and capital letters.

    Examples
    --------
    >>> plain("Customer ID")
    'customerid'
    """
    return _SIGNS.sub("", str(name)).lower()


def proposed(header: Sequence[str], contract: Contract) -> dict[str, str]:
    """Say which columns of a table are meant by which of a contract, by their usual names.

    Parameters
    ----------
    header : sequence of str
        Names of the table's columns.
    contract : Contract
        The contract.

    Returns
    -------
    dict of str to str
        New names by old ones; only columns that have another name than the contract's.

    Examples
    --------
    >>> proposed(["Source", "Target", "Weight"], Contract.load("ties"))
    {'Source': 'source', 'Target': 'target', 'Weight': 'strength'}
    """
    lacking = [field for field in contract.fields if field.name not in header]
    free = [name for name in header if name not in {field.name for field in contract.fields}]
    found: dict[str, str] = {}
    for exact in (True, False):
        for field in sorted(lacking, key=lambda one: one.optional):
            if field.name in found.values():
                continue
            names = [field.name] if exact else list(field.usual_names)
            meant = _first(names, [name for name in free if name not in found])
            if meant is not None:
                found[meant] = field.name
    order = {field.name: k for k, field in enumerate(contract.fields)}
    return dict(sorted(found.items(), key=lambda one: order[one[1]]))


def _first(names: Sequence[str], free: Sequence[str]) -> str | None:
    by_name = {plain(_UNIT.sub("", name)): name for name in reversed(free)}
    by_name |= {plain(name): name for name in reversed(free)}
    return next((by_name[plain(one)] for one in names if plain(one) in by_name), None)


def without_names(header: Sequence[str], contract: Contract) -> bool:
    """Whether the first line is a row, because it has numbers or times and no known name."""
    known = {plain(name) for one in contract.fields for name in (one.name, *one.usual_names)}
    if any(plain(name) in known for name in header):
        return False
    return any(_number(name) or _time(name) for name in header)


def _number(cell: str) -> bool:
    return bool(cell) and as_numbers([cell]) is not None


def _time(cell: str) -> bool:
    found = read_times([cell], "datetime", Reading()) if cell else None
    return found is not None and (bool(found.good.all()) or found.asked is not None)


def names_for(sheet: Sheet, contract: Contract) -> list[str]:
    """Give names to columns that have none, by what stands in them.

    Examples
    --------
    >>> import numpy as np
    >>> cells = [["1", "3"], ["2", "4"], ["1082040961", "1082155839"]]
    >>> sheet = Sheet(["1", "2", "1082040961"], cells, np.arange(2))
    >>> names_for(sheet, Contract.load("interactions"))
    ['source', 'target', 'start']
    """
    kinds = [_kind(sheet.cells(k)) for k in range(len(sheet.header))]
    names = [f"column_{k}" for k in range(1, len(kinds) + 1)]
    free = list(range(len(kinds)))

    def take(field: Field, wanted: Sequence[str]) -> None:
        at = next((k for kind in wanted for k in free if kinds[k] == kind), None)
        if at is not None:
            names[at] = field.name
            free.remove(at)

    fields = [one for one in contract.fields if not one.optional and one.usual_value is None]
    extra = [one for one in contract.fields if one.optional and one.type in ("number", "string")]
    for field in fields:
        if field.type in ("date", "datetime"):
            take(field, ("time", "perhaps a time", "number"))
    for field in fields:
        if field.type in ("number", "integer"):
            take(field, ("number",))
    for field in fields:
        if field.type == "string":
            take(field, ("text", "perhaps a time", "number"))
    for field in extra:
        take(field, ("number",) if field.type == "number" else ("text", "perhaps a time"))
    return names


def _kind(cells: list[str]) -> str:
    numbers = as_numbers(cells) if cells else None
    if numbers is not None:
        return "time" if len(numbers) and numbers.min() >= _LEAST_SECONDS else "number"
    found = read_times(cells, "datetime", Reading()) if cells else None
    if found is None:
        return "text"
    if found.good.all():
        return "time"
    # Codes such as 0394 can be read as times; a column that is a time beyond doubt comes first.
    return "perhaps a time" if found.asked else "text"
