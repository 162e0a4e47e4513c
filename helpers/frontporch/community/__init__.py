"""Who is tied to whom, and what spreads from person to person."""

from importlib import import_module
from typing import TYPE_CHECKING

from .adoption import bass, goldenberg_libai_muller, homophily_alone
from .arrays import from_arrays
from .components import giant_share, largest_part, molloy_reed
from .contacts import from_interactions
from .contagion import Spread, spread
from .courses import Courses, courses
from .crowds import equilibrium, granovetter, strangers, tipping_spread
from .exposure import Exposed
from .lattices import grid, ring, small_world
from .main_street import MainStreet, main_street, on_main_street, write_main_street
from .meetings import trade_shows, triadic_closure
from .neighbourhoods import fortress, neighbourhoods, two_layers, with_shortcuts
from .reading import from_matrix, from_networkx, from_table, to_networkx, to_table
from .rules import (
    by_exposure,
    complex_contagion,
    independent_cascade,
    linear_threshold,
    weighted_cascade,
)
from .seeding import Seeds, Worlds, choose_seeds, draw_worlds, reverse_reachable_sets
from .storage import from_parquet, load, save
from .structure import Circles, assortativity, circles, describe, modularity, people
from .ties import Community
from .tracing import trace
from .weak_ties import local_bridges, overlap, weak_ties

if TYPE_CHECKING:
    from .drawing import Layout, layout, plot_community, plot_groups, plot_spread, plot_spread_at
    from .pictures import plot_adopters, plot_carried

__all__ = [
    "Circles",
    "Community",
    "Courses",
    "Exposed",
    "Layout",
    "MainStreet",
    "Seeds",
    "Spread",
    "Worlds",
    "assortativity",
    "bass",
    "by_exposure",
    "choose_seeds",
    "circles",
    "complex_contagion",
    "courses",
    "describe",
    "draw_worlds",
    "equilibrium",
    "fortress",
    "from_arrays",
    "from_interactions",
    "from_matrix",
    "from_networkx",
    "from_parquet",
    "from_table",
    "giant_share",
    "goldenberg_libai_muller",
    "granovetter",
    "grid",
    "homophily_alone",
    "independent_cascade",
    "largest_part",
    "layout",
    "linear_threshold",
    "load",
    "local_bridges",
    "main_street",
    "modularity",
    "molloy_reed",
    "neighbourhoods",
    "on_main_street",
    "overlap",
    "people",
    "plot_adopters",
    "plot_carried",
    "plot_community",
    "plot_groups",
    "plot_spread",
    "plot_spread_at",
    "reverse_reachable_sets",
    "ring",
    "save",
    "small_world",
    "spread",
    "strangers",
    "tipping_spread",
    "to_networkx",
    "to_table",
    "trace",
    "trade_shows",
    "triadic_closure",
    "two_layers",
    "weak_ties",
    "weighted_cascade",
    "with_shortcuts",
    "write_main_street",
]

_WHERE = {
    "drawing": (
        "Layout", "layout", "plot_community", "plot_groups", "plot_spread", "plot_spread_at",
    ),
    "pictures": ("plot_adopters", "plot_carried"),
}  # fmt: skip
_PARTS = ("answering", "word_of_mouth")
_LATER = {name: module for module, names in _WHERE.items() for name in names}


def __getattr__(name: str) -> object:
    """Import pictures and parts when first asked for: a spread alone starts sooner."""
    if name in _PARTS:
        return import_module(f".{name}", __name__)
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f".{_LATER[name]}", __name__), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """List what there is, also what has not been imported yet."""
    return sorted({*globals(), *__all__, *_PARTS})
