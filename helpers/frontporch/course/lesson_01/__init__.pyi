from .pictures import plot_ladder, plot_repeats, plot_stages
from .repeats import repeat
from .worlds import arrivals, worlds

__all__ = [
    "arrivals",
    "plot_ladder",
    "plot_repeats",
    "plot_stages",
    "repeat",
    "worlds",
]
