"""Which engine runs a rule: decided here, and nowhere else.

========================  ==============================  ====================================
rule                      in numpy                        compiled (`backends.compiled_wanted`)
========================  ==============================  ====================================
cascade, ties alike       coins first (`tossing`)         many runs together (`lockstep`)
cascade, kinds of tie     frontier                        run by run (`kernels.cascade`)
thresholds, by exposure   frontier                        run by run (`kernels`)
every other               frontier                        none
========================  ==============================  ====================================

All give the same bits.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...graph.ties import Community
from ..rule import Rule
from ..rules import IndependentCascade
from . import tossing
from .backends import compiled_wanted
from .compiled import plan_of, run_compiled
from .frontier import BLOCK, Outcome, run_frontier

FEWEST, MOST = 32, 1 << 22
"""Runs that numpy takes at once at least, as long as they have no more entries than this."""


def run_rule(
    town: Community,
    begun: NDArray[np.int64],
    rule: Rule,
    keys: NDArray[np.uint64],
    steps: int | None = None,
    backend: str = "auto",
    threads: int = 1,
) -> tuple[str, Outcome]:
    """Run a rule on runs of these keys, and say what computed them.

    Raises
    ------
    ValueError
        If compiled kernels are asked for, and the rule has none.
    """
    compiled = compiled_wanted(backend, town.arcs * len(keys))
    # In numpy only cascades are planned: the others look at ties as they come to them.
    plan = plan_of(rule, town) if compiled or isinstance(rule, IndependentCascade) else None
    if compiled and plan is not None:
        return "numba", run_compiled(town, begun, plan, keys, steps, threads)
    if backend == "numba":
        raise ValueError(
            f"rule {rule.name!r} has no compiled kernel: leave backend out, or say "
            "backend='numpy'. A probability of one's own that looks at the tie alone has one, as "
            "independent_cascade(function)."
        )
    if plan is not None and plan.kernel == "cascades":
        tosses = tossing.Tosses(town, plan.mode, plan.values["limits"])
        pieces = _pieces(keys, town, tossing.BLOCK)
        parts = [tossing.run_cascades(tosses, begun, some, steps) for some in pieces]
    else:
        pieces = _pieces(keys, town, BLOCK)
        parts = [run_frontier(town, begun, rule, some, steps) for some in pieces]
    return "numpy", Outcome.together(parts)


def _pieces(keys: NDArray[np.uint64], town: Community, entries: int) -> list[NDArray[np.uint64]]:
    """Cut runs into pieces: near the processor, but not so few that calls cost more than runs."""
    people = max(town.size, 1)
    at_once = max(entries // people, min(FEWEST, MOST // people), 1)
    return [keys[first : first + at_once] for first in range(0, len(keys), at_once)]
