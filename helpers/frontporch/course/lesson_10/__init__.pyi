from .street import MainStreet
from .worlds import worlds

__all__ = [
    "MainStreet",
    "worlds",
]
