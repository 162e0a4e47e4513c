"""Word of mouth: what carries over from week to week, and what only looks like influence."""

from .carry_over import CarryOver, carry_over
from .influence import METHODS, Influence, influence, overstated
from .pictures import plot_carry_over, plot_influence
from .tastes import Tastes, two_taste_worlds
from .weekly import Weeks

__all__ = [
    "METHODS",
    "CarryOver",
    "Influence",
    "Tastes",
    "Weeks",
    "carry_over",
    "influence",
    "overstated",
    "plot_carry_over",
    "plot_influence",
    "two_taste_worlds",
]
