"""What fans are worth: the funnel, the lift an experiment finds, and the cash register."""

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
    "Quantity",
    "TenureResult",
    "conversions",
    "customers_won",
    "fan_lift",
    "fixed",
    "measured",
    "message_trial",
    "plot_break_even",
    "plot_fan_lift",
    "plot_funnel",
    "plot_heavy_buyers",
    "plot_targeting",
    "plot_tornado",
    "share_difference",
    "shop_funnel",
    "supposed",
    "tenure_against_profit",
    "two_cohorts",
    "two_fan_worlds",
    "wilson",
    "write_shop_funnel",
]
