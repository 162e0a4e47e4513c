"""No more digits than are certain: numbers in words, and statements that need a margin."""

from .margins import SLACK, highest, lowest, nought, same, whole
from .numbers import MISSING, about, decimal, given, number, percent, to_error

__all__ = [
    "MISSING",
    "SLACK",
    "about",
    "decimal",
    "given",
    "highest",
    "lowest",
    "nought",
    "number",
    "percent",
    "same",
    "to_error",
    "whole",
]
