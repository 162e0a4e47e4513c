from .hindcast import hindcast
from .pictures import plot_beyond, plot_brands, plot_pages
from .talk import estimate_talk, talk_on_pages
from .worlds import worlds

__all__ = [
    "estimate_talk",
    "hindcast",
    "plot_beyond",
    "plot_brands",
    "plot_pages",
    "talk_on_pages",
    "worlds",
]
