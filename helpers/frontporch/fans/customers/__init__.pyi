from .beta_geometric import bg_nbd, mbg_nbd
from .estimate import fit_customers
from .gamma_gamma import fit_spend
from .holdout_sample import holdout
from .orders import rfm_summary, simulate_orders
from .pareto import pareto_nbd
from .pictures import plot_lifetime_value
from .value import lifetime_value

__all__ = [
    "bg_nbd",
    "fit_customers",
    "fit_spend",
    "holdout",
    "lifetime_value",
    "mbg_nbd",
    "pareto_nbd",
    "plot_lifetime_value",
    "rfm_summary",
    "simulate_orders",
]
