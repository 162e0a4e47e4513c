from .pictures import plot_depths, plot_messages, plot_path, plot_phase
from .worlds import worlds

__all__ = [
    "plot_depths",
    "plot_messages",
    "plot_path",
    "plot_phase",
    "worlds",
]
