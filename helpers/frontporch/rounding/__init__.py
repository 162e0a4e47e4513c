"""No more digits than are certain: numbers in words, and statements that need a margin."""

from .margins import SLACK, above, highest, lowest, nought, ranking, same, whole, within
from .numbers import MISSING, about, as_given, decimal, number, percent, solved, to_error

__all__ = [
    "MISSING",
    "SLACK",
    "about",
    "above",
    "as_given",
    "decimal",
    "highest",
    "lowest",
    "nought",
    "number",
    "percent",
    "ranking",
    "same",
    "solved",
    "to_error",
    "whole",
    "within",
]
