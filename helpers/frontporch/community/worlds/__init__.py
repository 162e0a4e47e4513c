"""Pairs of worlds that look alike: in one a claim holds, in the other it does not."""

from .porch_double import two_porch_worlds
from .porches import Porches, PorchWorld, read_porches
from .stranger_double import two_stranger_worlds
from .strangers import Letters, StrangerWorld, read_letters

__all__ = [
    "Letters",
    "PorchWorld",
    "Porches",
    "StrangerWorld",
    "read_letters",
    "read_porches",
    "two_porch_worlds",
    "two_stranger_worlds",
]
