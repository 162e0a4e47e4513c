"""One run of a contagion, person by person."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING

import numpy as np

from ...streams import Seed, root_key, run_keys
from ..graph.ties import Community
from .calls import read_call
from .engine.frontier import Trace, run_frontier
from .rule import AnyRule

if TYPE_CHECKING:
    import networkx
    import pandas as pd


def trace(
    community: Community | networkx.Graph,
    start: Hashable | Iterable[Hashable],
    rule: AnyRule,
    run: int = 0,
    seed: Seed | None = None,
    *,
    steps: int | None = None,
) -> pd.DataFrame:
    """Follow one run, person by person; it is run number `run` of `simulate` with this seed.

    Returns
    -------
    pandas.DataFrame
        One row a person: `person`, `step` (0 at the start; missing: never adopted), `through`
        (who brought it; missing where nobody did) and, where ties have kinds, `kind`.

    Examples
    --------
    >>> from frontporch import community
    >>> line = community.from_arrays([0, 1], [1, 2])
    >>> trace(line, 0, community.independent_cascade(1.0), seed=7)["step"].tolist()
    [0, 1, 2]
    """
    import pandas as pd

    town, begun, rule = read_call(community, start, rule, steps)
    shape = (1, town.size)
    kept = Trace(np.full(shape, -1, dtype=np.int32), np.full(shape, -1, dtype=np.int64))
    kept.step[0, begun] = 0
    run_frontier(town, begun, rule, run_keys(root_key(seed), [run]), steps, kept)
    step, arc = kept.step[0], kept.arc[0]
    came = np.flatnonzero(arc >= 0)
    through = np.full(town.size, None, dtype=object)
    through[came] = town.names(np.searchsorted(town.starts, arc[came], side="right") - 1)
    table = pd.DataFrame(
        {
            "person": town.names(np.arange(town.size)),
            "step": pd.array(np.where(step < 0, 0, step), dtype="Int64"),
            "through": through,
        }
    )
    table.loc[step < 0, "step"] = pd.NA
    if town.kind is not None:
        table["kind"] = pd.Categorical.from_codes(
            np.where(arc >= 0, town.kind[np.maximum(arc, 0)].astype(int), -1), list(town.kinds)
        )
    return table
