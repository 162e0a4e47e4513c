"""What a call of contagion asks for, looked through before anything runs."""

from __future__ import annotations

import operator

import numpy as np
from numpy.typing import NDArray

from ...names import nearest
from ..graph.ties import Community
from .engine.backends import BACKENDS
from .exposure import Rule, check_rule, name_of


def numbered(runs: int | range, other: str = "") -> NDArray[np.int64]:
    """Give the numbers of runs, from how many there are or from a range of them."""
    which = runs if isinstance(runs, range) else None
    if which is None and hasattr(runs, "__index__") and not isinstance(runs, bool):
        which = range(operator.index(runs))
    if which is None or not len(which) or min(which) < 0:
        known = ", ".join(filter(None, ("a whole number from 1 up", "a range from 0 up", other)))
        raise ValueError(f"runs is {runs!r}, but is {known}.")
    return np.array(which, dtype=np.int64)


def check_call(
    town: Community,
    begun: NDArray[np.int64],
    rule: Rule,
    steps: int | None,
    backend: str = "numpy",
    threads: int = 1,
) -> None:
    """Say what is wrong with a call before anything runs."""
    check_rule(rule)
    if backend not in BACKENDS:
        raise ValueError(f"backend is {backend!r}. {nearest(backend, BACKENDS)}")
    if threads < 1:
        raise ValueError(f"threads is {threads!r}, but is a whole number from 1 up.")
    period = getattr(rule, "each_period", False)
    if not len(begun) and not period:
        raise ValueError("start is empty: this rule needs somebody who has adopted.")
    if steps is None and period and not getattr(rule, "settles", False):
        raise ValueError(
            f"rule {name_of(rule)!r} is asked every period: say how many, such as steps=52."
        )
    if steps is not None and operator.index(steps) < 0:
        raise ValueError(f"steps is {steps!r}, but is a whole number from 0 up.")
