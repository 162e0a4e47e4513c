from . import answering, seeding, word_of_mouth
from .graph.arrays import from_arrays
from .graph.block_models import fortress, neighbourhoods, two_layers, with_shortcuts
from .graph.contacts import from_interactions
from .graph.lattices import grid, ring, small_world
from .graph.main_street import MainStreet, main_street, on_main_street, write_main_street
from .graph.meetings import trade_shows, triadic_closure
from .graph.reading import from_matrix, from_networkx, from_table, to_networkx, to_table
from .graph.storage import from_parquet, load, save
from .graph.ties import Community
from .measures.components import giant_share, largest_part, molloy_reed
from .measures.structure import Circles, assortativity, circles, describe, modularity, people
from .measures.weak_ties import local_bridges, overlap, weak_ties
from .pictures.adopters import plot_adopters, plot_carried
from .pictures.communities import plot_community, plot_groups
from .pictures.layout import Layout, layout
from .pictures.spreads import plot_spread, plot_spread_at
from .seeding import Seeds, Worlds, choose_seeds, draw_worlds, reverse_reachable_sets
from .spread.adoption import bass, goldenberg_libai_muller, homophily_alone
from .spread.contagion import Spread, simulate
from .spread.exposure import Exposed
from .spread.granovetter import equilibrium, granovetter, strangers, tipping_spread
from .spread.rules import (
    by_exposure,
    complex_contagion,
    independent_cascade,
    linear_threshold,
    weighted_cascade,
)
from .spread.tracing import trace
from .spread.trajectories import Courses, courses

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
    "answering",
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
    "seeding",
    "simulate",
    "small_world",
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
    "word_of_mouth",
    "write_main_street",
]
