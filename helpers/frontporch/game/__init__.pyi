from .rules import Game
from .store import load

__all__ = [
    "Game",
    "load",
]
