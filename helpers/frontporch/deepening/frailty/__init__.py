"""Hidden differences: what nobody sees of people, and what it does to what is seen of all."""

from .attenuation import attenuation
from .bored import early_exit, leave_early
from .closeness import advice_flips, gain_of_offer, offer_closeness, unwanted_closeness
from .estimate import FrailtyEstimate, fit_frailty
from .mechanism import attenuated, cox_limit, gamma_frailty, marginal_hazard, marginal_survival
from .pictures import plot_attenuation, plot_flip, plot_marginal_hazard, plot_readings
from .simulation import climb, simulate_people
from .within import within_person
from .worlds import HiddenWorld, choose_channels, chosen_channel, hidden_speed, meet_shops

__all__ = [
    "FrailtyEstimate",
    "HiddenWorld",
    "advice_flips",
    "attenuated",
    "attenuation",
    "choose_channels",
    "chosen_channel",
    "climb",
    "cox_limit",
    "early_exit",
    "fit_frailty",
    "gain_of_offer",
    "gamma_frailty",
    "hidden_speed",
    "leave_early",
    "marginal_hazard",
    "marginal_survival",
    "meet_shops",
    "offer_closeness",
    "plot_attenuation",
    "plot_flip",
    "plot_marginal_hazard",
    "plot_readings",
    "simulate_people",
    "unwanted_closeness",
    "within_person",
]
