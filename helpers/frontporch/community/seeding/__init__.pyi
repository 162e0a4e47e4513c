from .choice import Seeds, influence_maximization
from .greedy import OpenCascades, greedy, lazy_greedy
from .heuristics import heuristic_choices
from .opim import Certificate
from .percolation import LiveEdges, Reach, live_edges
from .pictures import lay_out, plot_starters, plot_ways
from .reverse_reachable import ReverseReachable, reverse_reachable_sets

__all__ = [
    "Certificate",
    "LiveEdges",
    "OpenCascades",
    "Reach",
    "ReverseReachable",
    "Seeds",
    "greedy",
    "heuristic_choices",
    "influence_maximization",
    "lay_out",
    "lazy_greedy",
    "live_edges",
    "plot_starters",
    "plot_ways",
    "reverse_reachable_sets",
]
