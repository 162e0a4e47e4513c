"""What several subjects estimate with: how long until something happens, and to how many."""

from .contrasts import mean_difference, risk_ratio
from .curve import SurvivalCurve
from .life_table import life_table
from .power import power, sample_size
from .product_limit import CumulativeHazard, kaplan_meier, nelson_aalen
from .weibull import WeibullRegression, weibull_regression

__all__ = [
    "CumulativeHazard",
    "SurvivalCurve",
    "WeibullRegression",
    "kaplan_meier",
    "life_table",
    "mean_difference",
    "nelson_aalen",
    "power",
    "risk_ratio",
    "sample_size",
    "weibull_regression",
]
