from .choices import compare
from .factors import describe
from .indices import fit
from .towns import worlds
from .years import simulate

__all__ = [
    "compare",
    "describe",
    "fit",
    "simulate",
    "worlds",
]
