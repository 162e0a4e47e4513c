from .pictures import plot_contacts, plot_door, plot_power, plot_trap
from .worlds import worlds

__all__ = [
    "plot_contacts",
    "plot_door",
    "plot_power",
    "plot_trap",
    "worlds",
]
