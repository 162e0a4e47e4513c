from .letters import letters_shown
from .pictures import plot_by_strangers, plot_letters, plot_told, plot_ways, plot_ways_by_blame
from .shop import Praise, by_strangers, net_words
from .ways import ways
from .worlds import worlds

__all__ = [
    "Praise",
    "by_strangers",
    "letters_shown",
    "net_words",
    "plot_by_strangers",
    "plot_letters",
    "plot_told",
    "plot_ways",
    "plot_ways_by_blame",
    "ways",
    "worlds",
]
