from .hindcast import hindcast
from .pictures import plot_beyond, plot_brands, plot_pages
from .talk import estimate_talk
from .worlds import worlds

__all__ = [
    "estimate_talk",
    "hindcast",
    "plot_beyond",
    "plot_brands",
    "plot_pages",
    "worlds",
]
