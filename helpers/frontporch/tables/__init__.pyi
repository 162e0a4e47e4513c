from .checking import check
from .contract import Contract, describe, names
from .faults import Fault, TableError
from .noticed import noticed
from .reader import read
from .reading import Reading
from .writer import write

__all__ = [
    "Contract",
    "Fault",
    "Reading",
    "TableError",
    "check",
    "describe",
    "names",
    "noticed",
    "read",
    "write",
]
