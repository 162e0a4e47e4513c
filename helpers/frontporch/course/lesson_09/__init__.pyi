from .accounts import page_accounts, profits
from .books import bought_by
from .cohorts import cohorts
from .pictures import plot_page, plot_tenure
from .worlds import PageWorld, worlds

__all__ = [
    "PageWorld",
    "bought_by",
    "cohorts",
    "page_accounts",
    "plot_page",
    "plot_tenure",
    "profits",
    "worlds",
]
