from .debriefing import debrief
from .rules import Game
from .store import load

__all__ = [
    "Game",
    "debrief",
    "load",
]
