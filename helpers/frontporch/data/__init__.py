"""The catalogue of data sets: their names, what they say of themselves, and their tables."""

from .catalogue import describe, load, names
from .description import Description
from .fetch import fetch

__all__ = ["Description", "describe", "fetch", "load", "names"]
