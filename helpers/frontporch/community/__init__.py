"""Who is tied to whom, and what spreads from person to person."""

from .adoption import bass, goldenberg_libai_muller, homophily_alone
from .arrays import from_arrays
from .components import giant_share, largest_part, molloy_reed
from .contacts import from_interactions
from .contagion import Spread, spread
from .crowds import equilibrium, granovetter, strangers, tipping_spread
from .exposure import Exposed
from .lattices import grid, ring, small_world
from .letters import Quality, believed_quality, draw_letters
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
from .storage import from_parquet, load, save
from .structure import Circles, assortativity, circles, describe, modularity, people
from .testimonials import credibility_weighted, with_page
from .ties import Community
from .tracing import trace
from .weak_ties import local_bridges, overlap, weak_ties

__all__ = [
    "Circles",
    "Community",
    "Exposed",
    "Quality",
    "Spread",
    "assortativity",
    "bass",
    "believed_quality",
    "by_exposure",
    "circles",
    "complex_contagion",
    "credibility_weighted",
    "describe",
    "draw_letters",
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
    "linear_threshold",
    "load",
    "local_bridges",
    "modularity",
    "molloy_reed",
    "neighbourhoods",
    "overlap",
    "people",
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
    "with_page",
    "with_shortcuts",
]
