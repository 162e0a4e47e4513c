from . import (
    classroom,
    community,
    course,
    data,
    deepening,
    fans,
    look,
    published,
    shop,
    stats,
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
    "look",
    "published",
    "shop",
    "stats",
    "tables",
]
