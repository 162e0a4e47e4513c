"""Worlds in which a page grows because people talk, or because the platform does."""

from .growth_worlds import GrowthWorld, two_growth_worlds
from .pictures import plot_pages
from .talk import TalkEstimate, estimate_talk, readings

__all__ = [
    "GrowthWorld",
    "TalkEstimate",
    "estimate_talk",
    "plot_pages",
    "readings",
    "two_growth_worlds",
]
