from .break_even import PageAccount, break_even
from .conversion import conversions, customers_won
from .funnel import Funnel
from .lift import lift
from .pictures import plot_lift
from .quantity import fixed, measured, supposed
from .tenure import Cohort, tenure_against_profit
from .worth import worth_of_a_customer

__all__ = [
    "Cohort",
    "Funnel",
    "PageAccount",
    "break_even",
    "conversions",
    "customers_won",
    "fixed",
    "lift",
    "measured",
    "plot_lift",
    "supposed",
    "tenure_against_profit",
    "worth_of_a_customer",
]
