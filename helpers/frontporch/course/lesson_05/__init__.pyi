from .experiments import compared
from .letters import letters_shown
from .pictures import plot_letters, plot_told
from .shop import Praise, by_strangers, net_words
from .ways import ways
from .worlds import worlds

__all__ = [
    "Praise",
    "by_strangers",
    "compared",
    "letters_shown",
    "net_words",
    "plot_letters",
    "plot_told",
    "ways",
    "worlds",
]
