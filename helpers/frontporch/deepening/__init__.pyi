from . import frailty, logs, offers, panel, reciprocity
from .comparison import compare
from .estimate import aalen_johansen, fit
from .hazards import hazard_ratios
from .holding import exponential, gamma, weibull
from .ladder import Ladder
from .layouts import to_layout
from .life_tables import Curves, encounter_curves
from .simulation import simulate

__all__ = [
    "Curves",
    "Ladder",
    "aalen_johansen",
    "compare",
    "encounter_curves",
    "exponential",
    "fit",
    "frailty",
    "gamma",
    "hazard_ratios",
    "logs",
    "offers",
    "panel",
    "reciprocity",
    "simulate",
    "to_layout",
    "weibull",
]
