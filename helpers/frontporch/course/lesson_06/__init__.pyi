from .budgets import by_budget
from .contact_world import ContactWorld
from .pictures import plot_by_budget, plot_by_reply, plot_who_brought
from .replies import by_reply
from .tastes import overstated, taste_worlds
from .worlds import worlds

__all__ = [
    "ContactWorld",
    "by_budget",
    "by_reply",
    "overstated",
    "plot_by_budget",
    "plot_by_reply",
    "plot_who_brought",
    "taste_worlds",
    "worlds",
]
