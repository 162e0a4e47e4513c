"""Whether the rates found give the looks that were seen."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ...counting import bincount
from .estimate import PanelEstimate
from .observations import Observations
from .transition import transition_matrix


def fitted_looks(estimate: PanelEstimate) -> pd.DataFrame:
    """Set what was seen at the looks beside what the rates say should be.

    Parameters
    ----------
    estimate : PanelEstimate
        What `fit_panel` returns.

    Returns
    -------
    pandas.DataFrame
        `stage` (at a look), `next_stage` (at the next), `seen` and `expected` (moves).

    Notes
    -----
    Moves to a stage whose moment is known are compared with its share at the usual next look, so
    only the moves between looks of the usual gap, and the losses before them, are counted.
    """
    seen = estimate.likelihood.seen
    gap = seen.usual_gap()
    kept = np.isclose(seen.gap, gap) | (seen.timed & (seen.gap <= gap))
    part = Observations(
        seen.start[kept],
        seen.end[kept],
        seen.gap[kept],
        seen.group[kept],
        seen.count[kept],
        seen.covariates,
        seen.names,
        seen.exact,
        seen.stages,
        seen.pairs,
    )
    size = len(seen.stages)
    rates = estimate.likelihood.rates(estimate.parameters)
    expected = np.zeros((size, size))
    for k, generator in enumerate(estimate.likelihood.generators(rates)):
        at = part.group == k
        began = bincount(part.start[at], part.count[at], size)
        expected += began[:, None] * transition_matrix(generator, gap)
    here, there = np.nonzero((part.table() > 0) | (expected > 0.5))
    names = np.array(seen.stages, object)
    return pd.DataFrame(
        {
            "stage": names[here],
            "next_stage": names[there],
            "seen": part.table()[here, there],
            "expected": expected[here, there],
        }
    )
