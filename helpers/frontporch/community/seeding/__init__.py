"""Whom to ask first: worlds, certified choices, and what people do by hand beside them."""

from .by_hand import choices_by_hand, core_numbers
from .choice import Seeds, choose_seeds
from .greedy import OpenCascades, greedy, lazy_greedy
from .opim import Certificate
from .percolation import draw_worlds
from .pictures import lay_out, plot_starters, plot_ways
from .reverse_reachable import ReverseReachable, reverse_reachable_sets
from .worlds import Reach, Worlds

__all__ = [
    "Certificate",
    "OpenCascades",
    "Reach",
    "ReverseReachable",
    "Seeds",
    "Worlds",
    "choices_by_hand",
    "choose_seeds",
    "core_numbers",
    "draw_worlds",
    "greedy",
    "lay_out",
    "lazy_greedy",
    "plot_starters",
    "plot_ways",
    "reverse_reachable_sets",
]
