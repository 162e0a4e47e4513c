"""The arcs that leave some people."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...counting import repeat
from .ties import Community


def arcs_from(
    community: Community, people: NDArray[np.integer]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give the arcs that leave some people, one person after the other.

    Returns
    -------
    arc : numpy.ndarray of int64
        Positions of the arcs.
    which : numpy.ndarray of int64
        For each arc the position in `people` of the person whom it leaves.
    """
    first = community.starts[people]
    counts = community.starts[people + 1] - first
    ends = np.cumsum(counts)
    which = repeat(np.arange(len(people)), counts)
    return np.arange(len(which)) + repeat(first - (ends - counts), counts), which
