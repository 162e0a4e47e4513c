"""Word of mouth: what carries over from week to week, and what only looks like influence."""

from .carry_over import CarryOver, carry_over
from .influence import METHODS, Influence, influence
from .pictures import plot_carry_over, plot_influence
from .weekly import Weeks

__all__ = [
    "METHODS",
    "CarryOver",
    "Influence",
    "Weeks",
    "carry_over",
    "influence",
    "plot_carry_over",
    "plot_influence",
]
