from . import answering, seeding, word_of_mouth
from .graph.arrays import from_arrays
from .graph.block_models import block_model, fortress, two_layers, with_shortcuts
from .graph.contacts import from_interactions
from .graph.lattices import grid, ring, small_world
from .graph.main_street import MainStreet, main_street, on_main_street, write_main_street
from .graph.meetings import trade_shows, triadic_closure
from .graph.reading import from_matrix, from_networkx, from_table, to_networkx, to_table
from .graph.storage import from_parquet, load, save
from .graph.ties import Community
from .measures.components import giant_share, largest_part, molloy_reed
from .measures.partition import Partition, detect_communities
from .measures.structure import assortativity, describe, modularity, people
from .measures.weak_ties import local_bridges, overlap, weak_ties
from .pictures.adopters import plot_adopters, plot_carried
from .pictures.communities import plot_community, plot_groups
from .pictures.layout import Layout, layout
from .pictures.spreads import plot_spread, plot_spread_at
from .seeding import LiveEdges, Seeds, influence_maximization, live_edges, reverse_reachable_sets
from .spread.adoption import bass, goldenberg_libai_muller, homophily_alone
from .spread.contagion import Spread, simulate
from .spread.exposure import Exposed
from .spread.granovetter import equilibrium, granovetter, no_ties, tipping_spread
from .spread.rules import (
    by_exposure,
    complex_contagion,
    independent_cascade,
    linear_threshold,
    weighted_cascade,
)
from .spread.tracing import trace
from .spread.trajectories import Trajectories, trajectories

__all__ = [
    "Community",
    "Exposed",
    "Layout",
    "LiveEdges",
    "MainStreet",
    "Partition",
    "Seeds",
    "Spread",
    "Trajectories",
    "answering",
    "assortativity",
    "bass",
    "block_model",
    "by_exposure",
    "complex_contagion",
    "describe",
    "detect_communities",
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
    "influence_maximization",
    "largest_part",
    "layout",
    "linear_threshold",
    "live_edges",
    "load",
    "local_bridges",
    "main_street",
    "modularity",
    "molloy_reed",
    "no_ties",
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
    "tipping_spread",
    "to_networkx",
    "to_table",
    "trace",
    "trade_shows",
    "trajectories",
    "triadic_closure",
    "two_layers",
    "weak_ties",
    "weighted_cascade",
    "with_shortcuts",
    "word_of_mouth",
    "write_main_street",
]
