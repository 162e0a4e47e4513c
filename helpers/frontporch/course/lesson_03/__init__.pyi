from .pictures import plot_depths, plot_phase
from .worlds import worlds

__all__ = [
    "plot_depths",
    "plot_phase",
    "worlds",
]
