from .attenuated_ratios import attenuation
from .estimate import fit_frailty
from .mechanism import gamma_frailty
from .pictures import plot_attenuation
from .simulation import simulate_people
from .within import within_person

__all__ = [
    "attenuation",
    "fit_frailty",
    "gamma_frailty",
    "plot_attenuation",
    "simulate_people",
    "within_person",
]
