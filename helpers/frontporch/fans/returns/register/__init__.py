"""Does it ring the cash register: one year of a page, read three ways, and tenure by profit."""

from .accounts import page_accounts, profits, worth_of_a_customer
from .page_world import PageWorld, bought_by, two_profit_worlds
from .pictures import plot_bought, plot_page, plot_profits, plot_tenure
from .tenure_groups import profit_by_tenure

__all__ = [
    "PageWorld",
    "bought_by",
    "page_accounts",
    "plot_bought",
    "plot_page",
    "plot_profits",
    "plot_tenure",
    "profit_by_tenure",
    "profits",
    "two_profit_worlds",
    "worth_of_a_customer",
]
