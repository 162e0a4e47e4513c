from .rules import Game

__all__ = [
    "Game",
]
