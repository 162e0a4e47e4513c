from .debriefing import debrief
from .play import simulate
from .rules import Game
from .store import load

__all__ = [
    "Game",
    "debrief",
    "load",
    "simulate",
]
