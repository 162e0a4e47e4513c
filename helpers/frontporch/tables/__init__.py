"""What a table must look like, and what is wrong with one, in words."""

from .check import check
from .contract import Contract, Field, Rule, names
from .faults import Fault, TableError
from .reader import read
from .writer import write

__all__ = [
    "Contract",
    "Fault",
    "Field",
    "Rule",
    "TableError",
    "check",
    "describe",
    "names",
    "read",
    "write",
]


def describe(name: str) -> Contract:
    """Return a contract of the kit, which shows itself as a data dictionary.

    Parameters
    ----------
    name : str
        One of `names()`: "interactions", "spells", "counts" and others.

    Raises
    ------
    UnknownName
        If there is none of that name; the text names the nearest.

    Examples
    --------
    >>> describe("counts").key
    ('platform', 'brand', 'date_from', 'date_to', 'source')
    """
    return Contract.load(name)
