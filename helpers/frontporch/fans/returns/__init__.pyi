from .conversion import conversions, customers_won
from .fan_lift import lift
from .funnel import Funnel
from .page_account import PageAccount, break_even
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
