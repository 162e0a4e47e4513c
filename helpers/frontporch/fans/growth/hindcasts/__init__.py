"""What a forecast would have been worth: made with what was known then, beside what came."""

from .hindcast import Hindcast, hindcast
from .pictures import plot_beyond, plot_hindcast

__all__ = ["Hindcast", "hindcast", "plot_beyond", "plot_hindcast"]
