from .checking import check
from .designs import sample
from .running import run
from .study import read

__all__ = ["check", "read", "run", "sample"]
