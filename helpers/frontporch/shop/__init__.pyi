from .acts import Acts
from .market import Market
from .policies import policy
from .simulation import simulate
from .world import World

__all__ = [
    "Acts",
    "Market",
    "World",
    "policy",
    "simulate",
]
