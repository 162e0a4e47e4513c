"""Closing the front porches: how far word of mouth goes without neighbours, and with online."""

from .closing import closed, one_layer
from .pictures import plot_neighbours, plot_reach, plot_step, plot_street
from .reaching import Reach, reach

__all__ = [
    "Reach",
    "closed",
    "one_layer",
    "plot_neighbours",
    "plot_reach",
    "plot_step",
    "plot_street",
    "reach",
]
