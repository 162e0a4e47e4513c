from .choice import Seeds, choose_seeds
from .greedy import OpenCascades, greedy, lazy_greedy
from .heuristics import choices_by_hand
from .live_edges import Reach, Worlds
from .opim import Certificate
from .percolation import draw_worlds
from .pictures import lay_out, plot_starters, plot_ways
from .reverse_reachable import ReverseReachable, reverse_reachable_sets

__all__ = [
    "Certificate",
    "OpenCascades",
    "Reach",
    "ReverseReachable",
    "Seeds",
    "Worlds",
    "choices_by_hand",
    "choose_seeds",
    "draw_worlds",
    "greedy",
    "lay_out",
    "lazy_greedy",
    "plot_starters",
    "plot_ways",
    "reverse_reachable_sets",
]
