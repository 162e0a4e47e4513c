"""What a call of contagion asks for, looked through before anything runs."""

from __future__ import annotations

import operator
from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..graph.reading import as_community
from ..graph.ties import Community
from .engine.backends import check_backend
from .rule import AnyRule, Rule, as_rule

if TYPE_CHECKING:
    import networkx


def numbered(runs: int | range, other: str = "") -> NDArray[np.int64]:
    """Give the numbers of runs, from how many there are or from a range of them."""
    which = runs if isinstance(runs, range) else None
    if which is None and hasattr(runs, "__index__") and not isinstance(runs, bool):
        which = range(operator.index(runs))
    if which is None or not len(which) or min(which) < 0:
        known = ", ".join(filter(None, ("a whole number from 1 up", "a range from 0 up", other)))
        raise ValueError(f"runs is {runs!r}, but must be {known}.")
    return np.array(which, dtype=np.int64)


def read_call(
    community: Community | networkx.Graph,
    start: Hashable | Iterable[Hashable],
    rule: AnyRule,
    steps: int | None,
    backend: str = "numpy",
    threads: int = 1,
) -> tuple[Community, NDArray[np.int64], Rule]:
    """Give the community, the numbers of those at the start and the rule, or say what is wrong."""
    town = as_community(community)
    begun = np.unique(town.numbers(start))
    rule = as_rule(rule)
    check_backend(backend, threads)
    if not len(begun) and not rule.each_period:
        raise ValueError("start is empty: this rule needs somebody who has adopted.")
    if steps is None and rule.each_period and not rule.settles:
        raise ValueError(
            f"rule {rule.name!r} is asked every period: say how many, such as steps=52."
        )
    if steps is not None and operator.index(steps) < 0:
        raise ValueError(f"steps is {steps!r}, but must be a whole number from 0 up.")
    return town, begun, rule
