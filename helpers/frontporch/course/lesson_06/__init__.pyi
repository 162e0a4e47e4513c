from .budgets import by_budget
from .contact_world import ContactWorld
from .pictures import plot_by_reply
from .tastes import overstated, taste_worlds
from .worlds import worlds

__all__ = [
    "ContactWorld",
    "by_budget",
    "overstated",
    "plot_by_reply",
    "taste_worlds",
    "worlds",
]
