from . import answering
from .comparison import compare
from .estimate import fit
from .graph.arrays import from_arrays
from .graph.block_models import block_model, two_layers
from .graph.contacts import from_interactions
from .graph.lattices import ring, small_world
from .graph.main_street import main_street, on_main_street
from .graph.reading import from_matrix, from_networkx, from_table
from .graph.storage import from_parquet, load, save
from .graph.ties import Community
from .measures.partition import detect_communities
from .measures.structure import describe, people
from .measures.weak_ties import local_bridges, weak_ties
from .pictures.communities import plot_community
from .pictures.spreads import plot_spread_at
from .seeding.choice import Precision, influence_maximization
from .seeding.percolation import live_edges
from .spread.adoption import bass_on_ties, goldenberg_libai_muller
from .spread.contagion import simulate
from .spread.granovetter import granovetter
from .spread.rules import (
    by_exposure,
    complex_contagion,
    independent_cascade,
    linear_threshold,
    weighted_cascade,
)
from .spread.tracing import trace
from .spread.trajectories import trajectories

__all__ = [
    "Community",
    "Precision",
    "answering",
    "bass_on_ties",
    "block_model",
    "by_exposure",
    "compare",
    "complex_contagion",
    "describe",
    "detect_communities",
    "fit",
    "from_arrays",
    "from_interactions",
    "from_matrix",
    "from_networkx",
    "from_parquet",
    "from_table",
    "goldenberg_libai_muller",
    "granovetter",
    "independent_cascade",
    "influence_maximization",
    "linear_threshold",
    "live_edges",
    "load",
    "local_bridges",
    "main_street",
    "on_main_street",
    "people",
    "plot_community",
    "plot_spread_at",
    "ring",
    "save",
    "simulate",
    "small_world",
    "trace",
    "trajectories",
    "two_layers",
    "weak_ties",
    "weighted_cascade",
]
