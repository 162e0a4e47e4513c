"""Communities and spreads as pictures of people in their places."""

from .layout import Layout, layout
from .pictures import plot_community, plot_groups
from .spread.pictures import plot_spread, plot_spread_at

__all__ = ["Layout", "layout", "plot_community", "plot_groups", "plot_spread", "plot_spread_at"]
