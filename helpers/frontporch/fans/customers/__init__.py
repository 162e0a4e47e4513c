"""How customers buy, leave and come back, and what they are worth."""

from .estimate import CustomerEstimate, fit_customers
from .gamma_gamma import SpendEstimate, fit_spend
from .holdout import HoldOut, hold_out
from .orders import customers_from_orders, simulate_orders
from .pictures import plot_holdout, plot_lifetime_value, plot_mean_purchases
from .value import discounted_purchases, lifetime_value, value_of_a_new_customer

__all__ = [
    "CustomerEstimate",
    "HoldOut",
    "SpendEstimate",
    "customers_from_orders",
    "discounted_purchases",
    "fit_customers",
    "fit_spend",
    "hold_out",
    "lifetime_value",
    "plot_holdout",
    "plot_lifetime_value",
    "plot_mean_purchases",
    "simulate_orders",
    "value_of_a_new_customer",
]
