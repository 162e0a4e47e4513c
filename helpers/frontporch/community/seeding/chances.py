"""How likely each tie carries in an independent cascade, as whole numbers held against coins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..graph.ties import Community
from ..spread.engine.compiled import chance_by
from ..spread.rule import Rule
from ..spread.rules import IndependentCascade

ALL, PERSON, ARC = 0, 1, 2
BITS = 2.0**53


@dataclass(frozen=True, eq=False)
class Chances:
    """Limits that the 53 bits of a coin must stay below.

    Parameters
    ----------
    by : {ALL, PERSON, ARC}
        Whether all ties are alike, or differ by the person who is reached, or by arc.
    limits : numpy.ndarray of uint64
        One, one a person, or one an arc of the community.
    """

    by: int
    limits: NDArray[np.uint64]


def chances_of(community: Community, rule: Rule) -> Chances:
    """Give the limits of every tie under a rule.

    Raises
    ------
    TypeError
        If the rule is no independent cascade, or its probability looks at more than the ties.

    Examples
    --------
    >>> from frontporch import community
    >>> trio = community.from_arrays([0, 1], [1, 2])
    >>> (chances_of(trio, community.independent_cascade(0.25)).limits / BITS).tolist()
    [0.25]
    >>> (chances_of(trio, community.weighted_cascade()).limits / BITS).tolist()
    [1.0, 0.5, 1.0]
    """
    if not isinstance(rule, IndependentCascade):
        named = getattr(rule, "__name__", None) or repr(rule)
        raise TypeError(
            f"whom to ask first is worked out for independent cascades, not for {named}: say "
            "independent_cascade(0.1), weighted_cascade(), or independent_cascade(function) where "
            "a function gives each tie its probability from the tie alone. For any other "
            "rule, compare the starts you think of with community.simulate."
        )
    by, chance = chance_by(rule, community)
    if chance is None:
        raise TypeError(
            "the probability of this cascade looks at more than the tie itself, or is not from 0 "
            "to 1: a function of strength, kind, source, target or degree is needed."
        )
    return Chances({"ALIKE": ALL, "BY_PERSON": PERSON, "BY_ARC": ARC}[by], _limits(chance))


def incoming(
    community: Community, chances: Chances
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.uint64]]:
    """Turn all arcs round: who leads to each person, and the limit of each such arc.

    Returns
    -------
    starts, sources : numpy.ndarray
        Compressed sparse rows of those whose arcs lead to each person.
    limits : numpy.ndarray of uint64
        As in `chances`, in the order of these rows where they differ by arc.
    """
    if not community.directed and chances.by != ARC:
        return community.starts, community.targets, chances.limits
    starts, sources, arc = turned(community)
    return (
        fixed(starts),
        fixed(sources),
        fixed(chances.limits[arc]) if chances.by == ARC else chances.limits,
    )


def turned(
    community: Community,
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int64]]:
    """Give compressed sparse columns: starts, sources, and the position of each arc.

    Where ties have no direction, entry q of the third is the way back of arc q.

    Examples
    --------
    >>> from frontporch import community
    >>> turned(community.from_arrays([0, 0], [1, 2], directed=True))[1].tolist()
    [0, 0]
    """
    from scipy import sparse

    rows = sparse.csr_array(
        (np.arange(community.arcs), community.targets, community.starts),
        shape=(community.size, community.size),
    )
    columns = rows.tocsc()
    return columns.indptr.astype(np.int64), columns.indices.astype(np.int32), columns.data


def both_ways(community: Community, chances: Chances) -> NDArray[np.uint64]:
    """Give limits of ties that carry as well one way as the other.

    Returns
    -------
    numpy.ndarray of uint64
        One for all, or one an arc.

    Raises
    ------
    ValueError
        If ties have a direction, or one carries better one way.
    """
    if community.directed:
        raise ValueError(
            "ties of this community have a direction: worlds are made of ties without one. "
            "spread and influence_maximization take both."
        )
    if chances.by == ALL:
        return chances.limits
    arcs = chances.limits[community.targets] if chances.by == PERSON else chances.limits
    differs = np.flatnonzero(arcs != arcs[turned(community)[2]])
    if len(differs):
        arc = int(differs[0])
        source = int(np.searchsorted(community.starts, arc, side="right") - 1)
        one, other = community.names([source, int(community.targets[arc])])
        raise ValueError(
            f"the tie of {one!r} and {other!r} carries better one way than the other: worlds "
            "need one probability a tie. spread and influence_maximization take both."
        )
    return fixed(arcs)


def fixed(array: NDArray) -> NDArray:
    """Keep an array from being written to: a kernel is compiled once for all such arrays."""
    array.flags.writeable = False
    return array


def _limits(chance: NDArray[np.float64]) -> NDArray[np.uint64]:
    return fixed(np.ceil(np.asarray(chance, float) * BITS).astype(np.uint64))
