"""When should the shop open the door? Offers in time, and what they do to whom."""

from .contact import at_random, at_week, fading, ideal_point, never, steady
from .gain import GainEstimate, fit_gain
from .hazard import OfferEffect, adjusted, offer_effect
from .immortal import ImmortalTime, ever_offered, immortal_time, naive_hazard_ratio
from .model import OUTCOMES, Door
from .pictures import plot_gain, plot_immortal_time, plot_stays, plot_trial
from .simulation import simulate, simulate_gain
from .splitting import split_at_offer
from .trial import TrialResult, randomise, trial

__all__ = [
    "OUTCOMES",
    "Door",
    "GainEstimate",
    "ImmortalTime",
    "OfferEffect",
    "TrialResult",
    "adjusted",
    "at_random",
    "at_week",
    "ever_offered",
    "fading",
    "fit_gain",
    "ideal_point",
    "immortal_time",
    "naive_hazard_ratio",
    "never",
    "offer_effect",
    "plot_gain",
    "plot_immortal_time",
    "plot_stays",
    "plot_trial",
    "randomise",
    "simulate",
    "simulate_gain",
    "split_at_offer",
    "steady",
    "trial",
]
