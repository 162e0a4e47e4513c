from .checking import check
from .contract import Contract, describe, names
from .faults import Fault, TableError
from .reader import read
from .writer import write

__all__ = [
    "Contract",
    "Fault",
    "TableError",
    "check",
    "describe",
    "names",
    "read",
    "write",
]
