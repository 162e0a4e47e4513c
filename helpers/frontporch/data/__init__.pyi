from .catalogue import describe, load, names
from .description import Description
from .remote import fetch

__all__ = ["Description", "describe", "fetch", "load", "names"]
