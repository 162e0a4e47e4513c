from .heavy_buyers import HeavyBuyers
from .messages import Messages
from .pictures import plot_causes, plot_experiment, plot_purchases
from .repeats import repeat_experiment
from .worlds import FanWorld, worlds

__all__ = [
    "FanWorld",
    "HeavyBuyers",
    "Messages",
    "plot_causes",
    "plot_experiment",
    "plot_purchases",
    "repeat_experiment",
    "worlds",
]
