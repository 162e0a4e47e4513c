"""How fast a relationship goes from stranger to friend, online and offline."""

from . import frailty, logs, offers, panel, reciprocity
from .aalen_johansen import Occupancy
from .compare import Comparison, compare
from .cox import cox
from .encounters import encounters, only_pairs_that_ever, reached_by
from .fit import Estimate, GroupEstimate, fit
from .holding import exponential, gamma, weibull
from .ladder import STAGES, Ladder
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
    "compare",
    "cox",
    "encounters",
    "exponential",
    "fit",
    "frailty",
    "gamma",
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
