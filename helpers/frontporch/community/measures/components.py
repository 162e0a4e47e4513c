"""How large a part hangs together: closed forms of random communities, and the count itself."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...counting import bincount
from ..graph.ties import Community


def giant_share(mean_ties: ArrayLike) -> NDArray[np.float64]:
    """Give the share of people in the giant part of a very large random community.

    Parameters
    ----------
    mean_ties : array_like of float
        c, mean ties of a person, from 0 up.

    Returns
    -------
    numpy.ndarray of float
        S with S = 1 − exp(−cS); 0 up to c = 1.

    Notes
    -----
    Source: Erdős & Rényi (1960), On the evolution of random graphs.

    Examples
    --------
    >>> giant_share([0.5, 1.5, 2.0]).round(10).tolist()
    [0.0, 0.5828116439, 0.79681213]
    """
    from scipy import special

    c = np.asarray(mean_ties, float)
    if not (c >= 0).all():
        raise ValueError(f"mean_ties is {mean_ties!r}, but must be from 0 up.")
    above = np.where(c > 1, c, 2.0)
    solution = 1 + special.lambertw(-above * np.exp(-above)).real / above
    return np.where(c > 1, solution, 0.0)


def molloy_reed(degree: ArrayLike) -> float:
    """Say whether people with these many ties form a giant part if tied at random: above 0.

    Parameters
    ----------
    degree : array_like of int
        Ties of each person.

    Notes
    -----
    Mean of k(k − 2). Source: Molloy & Reed (1995), Random Structures & Algorithms 6:161-180.

    Examples
    --------
    >>> molloy_reed([1, 1, 1, 3]), molloy_reed([1, 1, 2, 2])
    (0.0, -0.5)
    """
    k = np.asarray(degree, float)
    return float((k * (k - 2)).mean())


def largest_part(community: Community) -> float:
    """Give the share of people in the largest part that hangs together.

    Examples
    --------
    >>> from frontporch import community
    >>> largest_part(community.from_arrays([0, 2], [1, 3], people=6))
    0.3333333333333333
    """
    from scipy import sparse
    from scipy.sparse import csgraph

    matrix = sparse.csr_array(
        (np.ones(community.arcs, dtype=np.int8), community.targets, community.starts),
        shape=(community.size, community.size),
    )
    _, part = csgraph.connected_components(matrix, directed=False)
    return float(bincount(part).max() / community.size)
