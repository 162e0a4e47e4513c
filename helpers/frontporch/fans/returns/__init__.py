"""What fans are worth: the funnel, the lift an experiment finds, and the cash register."""

from . import what_if
from .break_even import PageAccount, PageReturn
from .conversion import conversions, customers_won, share_difference, wilson
from .fan_lift import FanLift, fan_lift
from .fan_world import FanWorld, two_fan_worlds
from .funnel import Funnel
from .funnel_log import FunnelLog
from .heavy_buyers import HeavyBuyers
from .pictures import (
    plot_break_even,
    plot_fan_lift,
    plot_funnel,
    plot_heavy_buyers,
    plot_targeting,
    plot_tornado,
)
from .quantity import Quantity, fixed, measured, supposed
from .register import (
    PageWorld,
    bought_by,
    page_accounts,
    plot_bought,
    plot_page,
    plot_profits,
    plot_tenure,
    profit_by_tenure,
    profits,
    two_profit_worlds,
    worth_of_a_customer,
)
from .shop_funnel import shop_funnel, write_shop_funnel
from .targeting import Messages, message_trial
from .tenure import Cohort, TenureResult, tenure_against_profit, two_cohorts

__all__ = [
    "Cohort",
    "FanLift",
    "FanWorld",
    "Funnel",
    "FunnelLog",
    "HeavyBuyers",
    "Messages",
    "PageAccount",
    "PageReturn",
    "PageWorld",
    "Quantity",
    "TenureResult",
    "bought_by",
    "conversions",
    "customers_won",
    "fan_lift",
    "fixed",
    "measured",
    "message_trial",
    "page_accounts",
    "plot_bought",
    "plot_break_even",
    "plot_fan_lift",
    "plot_funnel",
    "plot_heavy_buyers",
    "plot_page",
    "plot_profits",
    "plot_targeting",
    "plot_tenure",
    "plot_tornado",
    "profit_by_tenure",
    "profits",
    "share_difference",
    "shop_funnel",
    "supposed",
    "tenure_against_profit",
    "two_cohorts",
    "two_fan_worlds",
    "two_profit_worlds",
    "what_if",
    "wilson",
    "worth_of_a_customer",
    "write_shop_funnel",
]
