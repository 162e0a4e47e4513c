from .actuarial import life_table
from .contrasts import mean_difference, risk_ratio
from .curve import SurvivalCurve
from .intervals import difference, wilson
from .log_rank import LogRank, logrank
from .multistate import Occupancy, aalen_johansen
from .product_limit import CumulativeHazard, kaplan_meier, nelson_aalen
from .proportional_hazards import CoxRegression, cox
from .trial_size import power, sample_size
from .weibull import WeibullRegression, weibull_regression

__all__ = [
    "CoxRegression",
    "CumulativeHazard",
    "LogRank",
    "Occupancy",
    "SurvivalCurve",
    "WeibullRegression",
    "aalen_johansen",
    "cox",
    "difference",
    "kaplan_meier",
    "life_table",
    "logrank",
    "mean_difference",
    "nelson_aalen",
    "power",
    "risk_ratio",
    "sample_size",
    "weibull_regression",
    "wilson",
]
