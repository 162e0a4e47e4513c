from .closing import closed, one_layer
from .pictures import plot_neighbours, plot_reach, plot_step, plot_street
from .porch_world import PorchWorld
from .reaching import reach
from .worlds import worlds

__all__ = [
    "PorchWorld",
    "closed",
    "one_layer",
    "plot_neighbours",
    "plot_reach",
    "plot_step",
    "plot_street",
    "reach",
    "worlds",
]
