from . import (
    classroom,
    community,
    course,
    data,
    deepening,
    fans,
    game,
    look,
    published,
    shop,
    stats,
    sweep,
    tables,
)

__version__: str
__all__ = [
    "classroom",
    "community",
    "course",
    "data",
    "deepening",
    "fans",
    "game",
    "look",
    "published",
    "shop",
    "stats",
    "sweep",
    "tables",
]
