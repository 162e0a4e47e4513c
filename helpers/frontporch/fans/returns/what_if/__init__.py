"""What if: the experiment with the page repeated, and its pictures from plain numbers."""

from .pictures import plot_causes, plot_experiment, plot_purchases, plot_repeats
from .repeats import repeat_experiment

__all__ = [
    "plot_causes",
    "plot_experiment",
    "plot_purchases",
    "plot_repeats",
    "repeat_experiment",
]
