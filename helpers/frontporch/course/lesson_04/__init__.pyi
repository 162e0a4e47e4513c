from .closing import closed
from .meetings import shows_or_weekly
from .pictures import plot_neighbours, plot_reach, plot_step, plot_street
from .porch_world import PorchWorld, survey
from .reaching import reach
from .worlds import worlds

__all__ = [
    "PorchWorld",
    "closed",
    "plot_neighbours",
    "plot_reach",
    "plot_step",
    "plot_street",
    "reach",
    "shows_or_weekly",
    "survey",
    "worlds",
]
