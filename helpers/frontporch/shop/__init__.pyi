from . import sensitivity
from .acts import Acts
from .claims import claims
from .market import Market
from .policies import policy
from .simulation import simulate
from .world import World

__all__ = [
    "Acts",
    "Market",
    "World",
    "claims",
    "policy",
    "sensitivity",
    "simulate",
]
