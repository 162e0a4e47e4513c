"""How fast a relationship goes from stranger to friend, online and offline."""

from ..stats import Occupancy, aalen_johansen
from . import frailty, logs, offers, panel, reciprocity
from .comparison import Comparison, compare
from .estimate import Estimate, GroupEstimate, fit
from .hazards import hazard_ratios
from .holding import exponential, gamma, weibull
from .ladder import STAGES, Ladder
from .life_tables import encounters, only_pairs_that_ever, reached_by
from .pictures import (
    plot_comparison,
    plot_occupancy,
    plot_reach,
    plot_reached,
)
from .simulation import simulate

__all__ = [
    "STAGES",
    "Comparison",
    "Estimate",
    "GroupEstimate",
    "Ladder",
    "Occupancy",
    "aalen_johansen",
    "compare",
    "encounters",
    "exponential",
    "fit",
    "frailty",
    "gamma",
    "hazard_ratios",
    "logs",
    "offers",
    "only_pairs_that_ever",
    "panel",
    "plot_comparison",
    "plot_occupancy",
    "plot_reach",
    "plot_reached",
    "reached_by",
    "reciprocity",
    "simulate",
    "weibull",
]
