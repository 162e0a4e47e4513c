from .catalogue import describe, load, names
from .description import Description
from .packages import add
from .remote import fetch

__all__ = ["Description", "add", "describe", "fetch", "load", "names"]
