from .pictures import plot_ladder, plot_repeats, plot_stages, plot_two_worlds
from .repeats import repeat
from .selection import only_pairs_that_ever
from .worlds import arrivals, worlds

__all__ = [
    "arrivals",
    "only_pairs_that_ever",
    "plot_ladder",
    "plot_repeats",
    "plot_stages",
    "plot_two_worlds",
    "repeat",
    "worlds",
]
