from .pictures import plot_gain, plot_outcomes, plot_power, plot_stays, plot_trial
from .worlds import worlds

__all__ = [
    "plot_gain",
    "plot_outcomes",
    "plot_power",
    "plot_stays",
    "plot_trial",
    "worlds",
]
